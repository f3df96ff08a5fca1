"""What people call an outcome: its name, its key, or a clear synonym (domain §4)."""

from __future__ import annotations

from followup_tui.domain.model import Outcome
from followup_tui.errors import UsageError

_SYNONYMS: dict[Outcome, str] = {
    Outcome.NO_ANSWER: "na, n/a, noanswer, unanswered, nobody, busy, no reply",
    Outcome.LEFT_VOICEMAIL: "vm, voicemail, voice mail, mailbox, left vm, left a voicemail",
    Outcome.LEFT_MESSAGE: "message, msg, left msg, left a message",
    Outcome.SENT: "send, mailed, emailed, posted, delivered",
    Outcome.SPOKE: "talked, reached, conversation, visited, had a talk",
    Outcome.CALL_BACK: "callback, cb, promise, call later",
    Outcome.MEETING_SET: "meeting, appointment, booked, meet",
    Outcome.REPLIED: "reply, wrote, wrote back, wrote us",
    Outcome.NOT_NOW: "notnow, later, not yet, no time",
    Outcome.DEFINITE_NO: "no, refused, declined, not interested, rejected",
    Outcome.WON: "win, sold, sale, deal, bought",
    Outcome.BAD_DETAIL: "bad, bounce, bounced, wrong number, bad number, wrong address, bad address, invalid",
    Outcome.DO_NOT_CONTACT: "dnc, stop, unsubscribe, unsubscribed, opt out, optout, remove",
    Outcome.SKIP: "skipped, pass",
    Outcome.NO_SHOW: "noshow, missed meeting, did not come",
}


def find_outcome(text: str) -> Outcome:
    """Return the outcome people mean by a name, its beginning, a key or a clear synonym; UsageError otherwise."""
    wanted = _folded(text)
    named = {_folded(word): outcome for outcome, words in _SYNONYMS.items() for word in words.split(",")}
    named |= {_folded(outcome.value): outcome for outcome in Outcome}
    named |= {outcome.key.casefold(): outcome for outcome in Outcome} | {"-": Outcome.NO_SHOW}
    if wanted in named:
        return named[wanted]
    begun = [outcome for outcome in Outcome if len(wanted) > 2 and _folded(outcome.value).startswith(wanted)]
    if len(begun) == 1:
        return begun[0]
    names = ", ".join(outcome.value for outcome in (begun or Outcome))
    raise UsageError(f"unknown outcome “{text}”", f"use one of {names}")


def _folded(text: str) -> str:
    """Return words without their hyphens, underscores and capitals; a lone dash stays."""
    plain = " ".join(text.casefold().replace("-", " ").replace("_", " ").split())
    return plain or text.strip()
