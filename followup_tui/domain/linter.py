"""What a message should be: six rules of the sources, each with its line and source (domain §8).

None blocks a message but a place left unfilled: that one is refused where it is sent (`require_filled`).
"""

from __future__ import annotations

import re

from followup_tui.domain.placeholders import gaps, places
from followup_tui.records import dataclass

WORDS = 80
"""Words a message may have, ours."""
_BUSY = r"(?:very |so |really |extremely |quite )?busy"
_DEFLECTIONS = re.compile(
    rf"\b(?:(?:i|we) (?:know|understand|reali[sz]e|am sure) (?:that )?you(?: are|'re|r schedule is) {_BUSY}"
    rf"|you(?: are|'re| must be) (?:probably |surely )?{_BUSY}|how busy you (?:are|must be)"
    r"|(?:sorry|apologies|i apologi[sz]e|excuse me) (?:to|for) "
    r"(?:bother|disturb|trouble|interrupt|intrud|tak(?:e|ing) (?:up )?your time|the (?:disturb|interrupt|intru))\w*"
    r"|(?:(?:don't|do not|didn't|did not) (?:want|mean|wish)|hate) to "
    r"(?:bother|disturb|trouble|interrupt|take (?:up )?your time)"
    r"|(?:if|when(?:ever)?) you (?:have|find|get) (?:a |some )?(?:free |spare )?(?:time|moment|minute|chance)"
    r"|(?:if|when(?:ever)?) (?:it is|it's) convenient|at your (?:earliest )?convenience"
    r"|your time is (?:valuable|limited|precious)"
    r"|no (?:rush|hurry|pressure)|just (?:wanted to )?(?:check(?:ing)? in|touch(?:ing)? base)|whenever it suits"
    r"|(?:ich|wir) (?:wei(?:ß|ss)|wissen),? (?:dass )?(?:sie|du) [^.!?\n]{0,30}beschäftigt"
    r"|(?:entschuldig\w*|verzeih\w*|sorry)[^.!?\n]{0,20} (?:störung|störe)"
    r"|(?:falls|wenn) (?:sie|du) (?:mal |einmal |gerade )?(?:zeit|eine minute|einen moment))\b",
    re.IGNORECASE,
)
_RECEIPTS = re.compile(
    r"disposition-notification-to|return-receipt-to|x-confirm-reading-to|\b(?:return|read(?:ing)?|delivery) receipts?\b"
    r"|\b(?:confirm|acknowledge) (?:the )?(?:receipt|reading|that you(?: have|'ve)? (?:got|received|read))\b"
    r"|\b(?:lese|empfangs|eingangs)bestätigung",
    re.IGNORECASE,
)
_ACTION = re.compile(
    r"\b(?:call me|ring me|phone me|write (?:to )?me|tell me|let me know|send me|text me|e-?mail me|reply|answer|"
    r"respond|book|choose|pick|sign up|register|confirm|come (?:by|to|and)|visit|order|click|"
    r"take part|say (?:yes|when)|"
    r"(?:rufen|antworten|schreiben|sagen|melden|wählen|bestätigen|buchen|klicken|kommen) sie|"
    r"ruf mich|antworte|schreib mir|sag mir|melde dich)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\S*\w\S*")
_DIGITS = re.compile(r"\D")


@dataclass(frozen=True, slots=True)
class Me:
    """What the user can be reached by."""

    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule over one message."""

    rule: str
    ok: bool
    line: str
    """What is wrong and what to do; what was found when all is well."""
    source: str
    """S1, S2 or ours."""


def lint(body: str, subject: str = "", *, me: Me | None = None, limit: int = WORDS) -> tuple[Finding, ...]:
    """Return the six rules over a message as it would be sent, in the order of domain §8."""
    me, whole = me or Me(), f"{subject}\n{body}"
    return (
        _contact(body, me),
        _length(body, limit),
        _absent("deflection", _DEFLECTIONS, whole, "gives them a way out: say what you want instead", "S2"),
        _absent("receipt", _RECEIPTS, whole, "asks for a receipt: it annoys and tells nothing, leave it out", "S1"),
        _action(body),
        _filled(whole),
    )


def lint_template(body: str, subject: str = "", *, limit: int = WORDS) -> tuple[Finding, ...]:
    """Return the rules over a template: places to fill are words, and those of the user count as contact."""
    contact = Finding("contact", True, "your phone or e-mail is in it", "S1")
    if not any(place.name in ("my_phone", "my_email") for place in places(body)):
        contact = Finding("contact", False, "put {my_phone} or {my_email} into it: they must be able to answer", "S1")
    _, length, deflection, receipt, action, _ = lint(body, subject, limit=limit)
    return contact, length, deflection, receipt, action


def _contact(body: str, me: Me) -> Finding:
    if not (me.phone or me.email):
        return Finding("contact", False, "your own phone and e-mail are not set: write them under [me]", "S1")
    digits = _DIGITS.sub("", me.phone)
    there = bool(digits) and digits[-7:] in _DIGITS.sub("", body)
    if there or (me.email and me.email.casefold() in body.casefold()):
        return Finding("contact", True, "your phone or e-mail is in it", "S1")
    return Finding("contact", False, "your phone or e-mail is missing: they must be able to answer", "S1")


def _length(body: str, limit: int) -> Finding:
    number = len(_WORD.findall(body))
    if number > limit:
        return Finding("length", False, f"{number} words, {number - limit} too many: at most {limit}", "ours")
    return Finding("length", True, f"{number} of at most {limit} words", "ours")


def _absent(rule: str, pattern: re.Pattern[str], text: str, wrong: str, source: str) -> Finding:
    found = pattern.search(text.replace("’", "'"))
    if found:
        return Finding(rule, False, f"“{' '.join(found[0].split())}” {wrong}", source)
    return Finding(rule, True, {"deflection": "no deflection", "receipt": "no return receipt"}[rule], source)


def _action(body: str) -> Finding:
    asks = "?" in re.sub(r"https?://\S+", "", body) or _ACTION.search(body)
    if asks:
        return Finding("action", True, "asks for something", "S2")
    return Finding("action", False, "asks for nothing: end with a question, or say what to do", "S2")


def _filled(text: str) -> Finding:
    if left := gaps(text):
        return Finding("placeholder", False, f"not filled: {left}", "ours")
    return Finding("placeholder", True, "everything is filled", "ours")
