"""What can happen to a prospect: the entries of its journal, which its state is the fold of (domain §1)."""

from __future__ import annotations

from datetime import date, time

from followup_tui.domain.model import PauseRule, PlanKind, Relation, State, Touch
from followup_tui.records import dataclass


@dataclass(frozen=True, slots=True)
class Added:
    """The prospect entered the database."""

    relation: Relation
    good: frozenset[str]
    star: bool = False
    pace: str = "normal"
    interacted: bool = False
    birthday: str = ""
    stopped: frozenset[str] = frozenset()
    """Channels they asked not to be contacted on."""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """The prospect was put on a cadence version."""

    cadence_id: int
    on: date
    step: int = 1


@dataclass(frozen=True, slots=True)
class Logged:
    """A touch was logged."""

    touch: Touch


@dataclass(frozen=True, slots=True)
class Skipped:
    """The planned step was passed without a touch."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """The planned date was changed by the user."""

    to: date
    at: time | None = None
    channel: str | None = None
    """Another channel for it; None: the planned one."""


@dataclass(frozen=True, slots=True)
class Paused:
    """The clock was stopped."""

    until: date | None = None
    rule: PauseRule = PauseRule.FREEZE


@dataclass(frozen=True, slots=True)
class Resumed:
    """The clock runs again."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A decision was answered."""

    choice: str
    until: date | None = None
    until_time: time | None = None
    cadence_id: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """Facts the rules look at were edited: details, star, pace."""

    good: frozenset[str]
    star: bool
    pace: str
    stopped: frozenset[str] = frozenset()
    """Channels they asked not to be contacted on, beside those known."""


@dataclass(frozen=True, slots=True)
class BirthdaySet:
    """The birthday was told, corrected or taken away; the card follows (§5)."""

    birthday: str = ""
    """`1980-12-03`, `--12-03`, or empty."""


@dataclass(frozen=True, slots=True)
class CardsPlanned:
    """The cards were looked at again: what the user wants of them changed, or one lapsed (§5)."""


@dataclass(frozen=True, slots=True)
class Closed:
    """The user closed the prospect."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """The user said where the relationship stands, as a correction."""

    relation: Relation


@dataclass(frozen=True, slots=True)
class Reopened:
    """The user reopened a closed prospect."""


@dataclass(frozen=True, slots=True)
class Migrated:
    """The running enrolment was moved to another version of its cadence."""

    cadence_id: int


@dataclass(frozen=True, slots=True)
class CompanionWaived:
    """The companion of a step made today is not sent (§4)."""


@dataclass(frozen=True, slots=True)
class LoadMoved:
    """A planned date fell later because a day was full or the user away: a stored fact, replayed, never recomputed."""

    to: date
    reason: str = ""
    kind: PlanKind = PlanKind.STEP


@dataclass(frozen=True, slots=True)
class Tuned:
    """Goal and phase were set; empty ones are the rules' own."""

    goal: str = ""
    phase: str = ""


@dataclass(frozen=True, slots=True)
class ReeledBack:
    """The user gives the prospect more room."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class Referred:
    """The prospect named somebody; a slot that a win opened is filled (§9)."""

    prospect: str
    """The id of who was named."""


@dataclass(frozen=True, slots=True)
class SlotsWaived:
    """Referral slots the user gives up."""

    number: int


@dataclass(frozen=True, slots=True)
class ConfirmWaived:
    """The meeting of the next working day is not confirmed by a touch today (§4)."""


@dataclass(frozen=True, slots=True)
class Coached:
    """A hint of the coach was shown, or put away: it is shown once (§11)."""

    rule: str
    dismissed: bool = True
    """False: it stood there when the next touch was logged."""


@dataclass(frozen=True, slots=True)
class Merged:
    """Another prospect turned out to be the same person; its entries are a strand of this journal from now on."""

    strand: str
    """The name of the strand: the id the other prospect had."""
    good: frozenset[str]
    star: bool
    pace: str
    runs_on: str = "kept"
    """Whose cadence runs on: `kept` or `taken`; the other's when that one has none."""
    taken: State | None = None
    """Where the strand stands: filled in when the journal is told (`retelling.py`), never stored."""


Event = (
    Added
    | Enrolled
    | Logged
    | Skipped
    | Moved
    | Paused
    | Resumed
    | Answered
    | Changed
    | Closed
    | Reopened
    | Migrated
    | Placed
    | CompanionWaived
    | LoadMoved
    | Tuned
    | ReeledBack
    | Referred
    | SlotsWaived
    | ConfirmWaived
    | Coached
    | Merged
    | BirthdaySet
    | CardsPlanned
)
