"""The coach: twelve rules of the sources, each with condition, one line, source; it never blocks (domain §11)."""

from __future__ import annotations

from collections.abc import Callable

from followup_tui.domain.model import Relation
from followup_tui.records import dataclass

QUITTING_POINTS = (1, 3, 5, 6)
DENSE_DAYS = 21
SLOW_MINUTES = 5
_WRITTEN = ("email", "mail", "fax", "text", "article")
_OTHER_THAN_EMAIL = frozenset({"phone", "mobile", "fax", "address"})


@dataclass(frozen=True, slots=True)
class Sent:
    """One outbound touch, companions left out."""

    channel: str
    value: bool = False
    template: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules look at."""

    relation: Relation = Relation.ENGAGED
    attempts: int = 0
    interacted: bool = False
    touches: int = 0
    good: frozenset[str] = frozenset()
    sent: tuple[Sent, ...] = ()
    """The newest first."""
    benefit: bool = True
    """Whether it is known what is in it for them."""
    contact_info: bool = True
    """Whether the user's own phone or email is configured."""
    planned: bool = True
    """Whether a next touch is planned."""
    blocked: bool = False
    gap: int | None = None
    """Days from the last touch to the next one."""
    burst: bool = False
    """Whether there was more contact than the guard allows."""
    waiting_minutes: int | None = None
    """How long New inbound's first step waits."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule."""

    id: str
    line: str
    source: str
    applies: Callable[[Facts], bool]


def _same(sent: tuple[Sent, ...], number: int) -> bool:
    return len(sent) >= number and len({one.channel for one in sent[:number]}) == 1


def _email_only(facts: Facts) -> bool:
    return _same(facts.sent, 2) and facts.sent[0].channel == "email"


def _same_again(facts: Facts) -> bool:
    first, *rest = facts.sent or (Sent(""),)
    return bool(first.template and rest) and (rest[0].channel, rest[0].template) == (first.channel, first.template)


def _slow(facts: Facts) -> bool:
    return facts.waiting_minutes is not None and facts.waiting_minutes >= SLOW_MINUTES


def _rests(facts: Facts) -> bool:
    return facts.relation.in_play and (not facts.planned or facts.blocked)


def _under_worked(facts: Facts) -> bool:
    stopped = facts.relation is Relation.DO_NOT_CONTACT
    return not (facts.planned or facts.interacted or stopped) and facts.touches > 0 and facts.attempts < 3


RULES: tuple[Rule, ...] = (
    Rule("slow-first", "They came to you and wait: the first to call back wins", "S1", _slow),
    Rule("rests", "In play, but nothing can be done next: find a detail or a date", "S2", _rests),
    Rule("burst", "Many touches in a few days: give room, or even the interested are lost", "S2", lambda f: f.burst),
    Rule("under-worked", "Fewer than 3 attempts and nothing planned: most stop here, try again", "S0", _under_worked),
    Rule(
        "no-benefit",
        "Five attempts without a benefit: write down what is in it for them",
        "S3",
        lambda f: f.attempts >= 5 and not f.benefit,
    ),
    Rule(
        "quitting-point",
        "Here most people give up; most sales come later",
        "S0, S3, S4",
        lambda f: f.relation.in_play and f.attempts in QUITTING_POINTS,
    ),
    Rule("same-again", "The same words by the same channel twice running: say something new", "S0", _same_again),
    Rule(
        "email-only",
        "Only e-mails lately: another way to reach them is there, call",
        "S1",
        lambda f: _email_only(f) and bool(f.good & _OTHER_THAN_EMAIL),
    ),
    Rule("one-channel", "The last four by one channel: try another", "S0", lambda f: _same(f.sent, 4)),
    Rule(
        "naked",
        "Two touches without anything of value for them: bring an article, news, an idea",
        "S0",
        lambda f: len(f.sent) >= 2 and not any(one.value for one in f.sent[:2]),
    ),
    Rule(
        "no-contact-info",
        "Your own phone or email is not in the configuration: put it into every message",
        "S1",
        lambda f: not f.contact_info and bool(f.sent) and f.sent[0].channel in _WRITTEN,
    ),
    Rule(
        "too-dense",
        "Less than three weeks between touches is no nurturing: once a month is enough",
        "S1",
        lambda f: f.relation is Relation.NURTURE and f.gap is not None and f.gap < DENSE_DAYS,
    ),
)
BY_ID = {rule.id: rule for rule in RULES}


def hint(facts: Facts, shown: frozenset[str]) -> Rule | None:
    """Return the first rule that applies and was not shown to its end for this prospect: at most one at a time."""
    return next((rule for rule in RULES if rule.id not in shown and rule.applies(facts)), None)
