"""The words of the product as types: relations, outcomes, plans, and the state of one prospect."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum

from followup_tui.records import dataclass

Day = date
"""A local calendar day, where a field is itself called `date`."""


class Relation(StrEnum):
    """Where the relationship stands (domain §3)."""

    POOL = "pool"
    COLD = "cold"
    ENGAGED = "engaged"
    NURTURE = "nurture"
    CUSTOMER = "customer"
    CLOSED = "closed"
    DO_NOT_CONTACT = "do not contact"

    @property
    def in_play(self) -> bool:
        """Whether the invariant wants a next touch for it (§3)."""
        return self in (Relation.COLD, Relation.ENGAGED, Relation.NURTURE, Relation.CUSTOMER)


class OutcomeKind(StrEnum):
    """What an outcome means for the counters; the kind decides, not the key (§4)."""

    ATTEMPT = "attempt"
    RESPONSE = "response"
    NONE = "none"


class Outcome(StrEnum):
    """What happened in a touch (§4); names are fixed, labels may be renamed."""

    NO_ANSWER = "no answer"
    LEFT_VOICEMAIL = "left voicemail"
    LEFT_MESSAGE = "left message"
    SENT = "sent"
    SPOKE = "spoke"
    CALL_BACK = "call back"
    MEETING_SET = "meeting set"
    REPLIED = "replied"
    NOT_NOW = "not now"
    DEFINITE_NO = "definite no"
    WON = "won"
    BAD_DETAIL = "bad detail"
    DO_NOT_CONTACT = "do not contact"
    SKIP = "skip"
    NO_SHOW = "no-show"

    @property
    def key(self) -> str:
        """The key that logs it."""
        return OUTCOME_KEYS[self]

    @property
    def kind(self) -> OutcomeKind:
        """Attempt, response or none."""
        return _KINDS[self]

    @property
    def asks_when(self) -> bool:
        """Whether it needs a date before it can be saved: a promise or a meeting."""
        return self in (Outcome.CALL_BACK, Outcome.MEETING_SET)


_ATTEMPTS = (Outcome.NO_ANSWER, Outcome.LEFT_VOICEMAIL, Outcome.LEFT_MESSAGE, Outcome.SENT)
_NEITHER = (Outcome.BAD_DETAIL, Outcome.SKIP, Outcome.NO_SHOW)
_KINDS = (
    dict.fromkeys(Outcome, OutcomeKind.RESPONSE)
    | dict.fromkeys(_ATTEMPTS, OutcomeKind.ATTEMPT)
    | dict.fromkeys(_NEITHER, OutcomeKind.NONE)
)
OUTCOME_KEYS: dict[Outcome, str] = dict(zip(Outcome, "1234567890wbDx–", strict=True))


class PlanKind(StrEnum):
    """What a planned date is for (§3)."""

    DECISION = "decision"
    ANSWER = "answer"
    PROMISE = "promise"
    MEETING = "meeting"
    STEP = "step"
    CARD = "card"
    OWN = "own"


class Question(StrEnum):
    """What a decision asks; its choices are in `decisions.CHOICES`."""

    LIMIT = "limit"
    """The attempts are used up (§3): nurture, keep going, close."""
    ENDED = "ended"
    """The cadence has no further step and asks: nurture, keep going, close."""
    PERMISSION = "permission"
    """Not now: may we stay in touch? yes, no (§10)."""
    RESUME = "resume"
    """They wrote and were answered: resume, enrol, own date (§4)."""
    WHAT_NEXT = "what next"
    """In play without a cadence: enrol, own date, nurture, close."""
    MEETING = "meeting"
    """The meeting's time has passed: held, no-show, moved, cancelled (§4)."""
    AFTER_MEETING = "after meeting"
    """Held: won, call back, resume, enrol, not now, definite no (§4)."""
    PAUSE = "pause"
    """A customer said not now: pause, keep going, close."""


class PauseRule(StrEnum):
    """How a paused cadence resumes (§5)."""

    FREEZE = "freeze"
    RESTART = "restart"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Planned:
    """One planned date of a prospect; the earliest is its next touch."""

    kind: PlanKind
    date: date
    """Local date in the user's zone."""
    time: time | None = None
    """Wall time in `zone` (the user's when None); only promises and meetings are fixed by it."""
    zone: str | None = None
    channel: str | None = None
    """None for a decision, or when no channel has a good detail (blocked)."""
    step: int | None = None
    """The step this is, or stands in for."""
    reason: str = ""
    """Why this date and channel, for people: `+7 after voicemail on Fri 20 Nov; Sat → Mon`."""
    question: Question | None = None
    since: datetime | None = None
    """The inbound touch that waits for an answer, UTC; momentum counts from it."""
    nominal: Day | None = None
    """The date before it was rolled to a working day; monthly gaps count from it."""
    occasion: str = ""
    """What a card is for: `birthday` or `holiday`."""
    card_for: Day | None = None
    """The day of that occasion; a card lapses after it."""

    @property
    def fixed(self) -> bool:
        """Whether nothing may move it: a time was told to the prospect."""
        return self.kind in (PlanKind.PROMISE, PlanKind.MEETING)

    @property
    def blocked(self) -> bool:
        """Whether it waits for a detail nobody has."""
        return self.channel is None and self.kind not in (PlanKind.DECISION, PlanKind.MEETING)


@dataclass(frozen=True, slots=True)
class Enrolment:
    """One prospect on one cadence version at one step."""

    cadence_id: int
    step: int
    """The step that is planned next, from 1; beyond the list it counts repetitions."""
    started: date
    previous: date
    """Local date of the touch that completed the step before (the start for the first)."""
    keep_going: bool = False
    """The user chose to go on past the last step: every 30 days, phone and email in turn (§3)."""
    month_day: int = 0
    """The day of the month monthly gaps are anchored to; 0 until the first one."""


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock is stopped from `since` until `until` (None: open)."""

    since: date
    until: date | None
    rule: PauseRule
    plans: tuple[Planned, ...] = ()
    """The steps and own dates as they stood, so that an early end knows what was left."""


@dataclass(frozen=True, slots=True)
class Companion:
    """The second touch of a step, due the same day; it lapses at the day's end (§4)."""

    channel: str
    on: date
    step: int


@dataclass(frozen=True, slots=True)
class Consent:
    """The prospect's answer to the permission question (§10)."""

    given: bool
    on: date
    words: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """Everything the rules know about one prospect; the fold of its journal."""

    relation: Relation
    good: frozenset[str] = frozenset()
    """Kinds of detail that are there and not marked bad: phone, mobile, fax, email, address."""
    interacted: bool = False
    """Whether there ever was an interaction: a response, or a touch of theirs."""
    star: bool = False
    pace: str = "normal"
    """`normal`, `gentle` (×1.5 rounded up) or own gaps as `+3 +7 +14`."""
    attempts: int = 0
    """Outbound touches since the last response; a companion counts with its step (§3)."""
    ask_at: int | None = None
    """The attempt at which the app asks again after *keep going*; None: the relation's limit."""
    touches: int = 0
    last_touch: date | None = None
    last_at: datetime | None = None
    """UTC instant of the newest touch."""
    last_channel: str | None = None
    """Channel of the newest outbound touch."""
    enrolment: Enrolment | None = None
    plans: tuple[Planned, ...] = ()
    """All planned dates, the next touch first."""
    companion: Companion | None = None
    paused: Pause | None = None
    before: Relation | None = None
    """The relation before it was closed, for *reopen*."""
    consent: Consent | None = None
    stopped_channels: frozenset[str] = frozenset()
    """Channels on which the prospect asked not to be contacted."""
    referral_slots: int = 0
    """Slots opened by wins and not yet filled or waived (§9)."""
    coached: frozenset[str] = frozenset()
    """Ids of the coach's rules that were shown or put away: each speaks once."""
    confirm_waived: date | None = None
    """The day on which the user chose not to confirm a meeting."""
    goal: str = ""
    """`quick response`, `positive outcome` or empty: how the channels of a step are ranked."""
    phase: str = ""
    """The CARR phase when the user set it; empty: suggested from the attempts (§7)."""
    birthday: str = ""
    """`1980-12-03`, `--12-03` without a year, or empty."""
    birthday_card: date | None = None
    """The birthday the last card was for, sent or skipped."""
    holiday_card: date | None = None
    """The holiday the last card was for, sent or skipped."""
    held: Planned | None = None
    """The nurture step as it stood before a card took its place (§5)."""

    @property
    def next_touch(self) -> Planned | None:
        """The earliest planned date, paused or not."""
        return self.plans[0] if self.plans else None

    def is_paused(self, today: date) -> bool:
        """Whether the clock stands still on this local day; a dated pause ends by itself."""
        return self.paused is not None and (self.paused.until is None or today < self.paused.until)


@dataclass(frozen=True, slots=True)
class Touch:
    """One real contact or attempt, as it is logged."""

    channel: str
    outcome: Outcome
    at: datetime
    """UTC instant."""
    inbound: bool = False
    note: str = ""
    value: str = ""
    sentiment: str = ""
    """`good`, `neutral`, `bad` or empty."""
    until: date | None = None
    """The date asked for: promise, meeting, or the user's own next date."""
    until_time: time | None = None
    until_zone: str | None = None
    shift: int = 0
    """Days the user moved the next date by, before saving."""
    completes: bool | None = None
    """Whether it completes the planned step; None: the rule of §4 decides."""
    consent: bool | None = None
    """The answer to the permission question, when it is known already."""
    reason: str = ""
    channel_only: bool = False
    """Do not contact on this channel only."""
    detail: str = ""
    """The kind of detail used, for *bad detail*."""
    spare: bool = False
    """For *bad detail*: another good one of the kind is left, so that only the one that was used is bad."""
    back_dated: bool = False
    """Older than the newest journal entry: recorded and counted, moves no date (§4)."""
