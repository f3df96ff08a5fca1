"""A day: blocks, slots, decisions, and what is left over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from followup_tui.records import dataclass
from followup_tui.services.views.made import Made
from followup_tui.services.views.people import WhoView


@dataclass(frozen=True, slots=True)
class SlotView:
    """One due touch laid into the day."""

    start: datetime
    """With the user's offset."""
    prospect: WhoView
    channel: str
    step: int | None
    steps_total: int | None
    due: date
    overdue_days: int
    momentum: float
    phase: str
    local_time: str
    """HH:MM at the prospect's when the slot starts."""
    companion: str | None
    reasons: tuple[str, ...]
    """Why here, one sentence each (`i`)."""
    kind: str = "step"
    minutes: int = 5
    fixed: bool = False
    star: bool = False
    zone_confirmed: bool = True
    cadence: str | None = None
    done: str | None = None
    """The outcome when it was worked today; the row stays, marked."""
    window_open: bool = True
    """Whether the prospect may be contacted at this time."""
    time: str | None = None
    """HH:MM promised, for fixed ones."""


@dataclass(frozen=True, slots=True)
class BlockView:
    """One reserved span of the day."""

    name: str
    start: datetime
    end: datetime
    channels: tuple[str, ...]
    """Empty: any."""
    capacity_minutes: int
    planned_minutes: int
    slots: tuple[SlotView, ...]
    done: int = 0
    """Touches made inside this block today."""
    color: str = ""
    """The role of the theme it is drawn in; empty: plain."""


@dataclass(frozen=True, slots=True)
class LeftOverView:
    """A due touch that does not fit, with the true reason."""

    prospect: WhoView
    channel: str | None
    reason: str
    due: date | None = None
    kind: str = "step"


LeftOver = Made[LeftOverView]
"""What is left over, made as it is looked at: of ten thousand nobody sees more than a few."""


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A question the app asks; the preselected choice is never executed by itself."""

    prospect: WhoView
    question: str
    text: str
    """The question in words."""
    choices: tuple[ChoiceView, ...]
    preselected: str
    since: date


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One answer with what it would do."""

    key: str
    choice: str
    consequence: str
    asks: str = ""
    """`when` (a date or time is needed), `cadence` (one is to be chosen), `reason` (optional words) or empty."""


@dataclass(frozen=True, slots=True)
class TotalsView:
    """The day in numbers."""

    due: int
    planned: int
    done: int
    left_over: int
    decisions: int
    overdue: int
    at_risk: float
    """Momentum that all due prospects lose by tomorrow, summed."""
    prospects: int
    """Everybody in the database; 0 is the first run."""
    tomorrow: int
    streak: int | None = None
    """Working days running that were kept, where it was asked for: the command line does."""


@dataclass(frozen=True, slots=True)
class TodayView:
    """The plan of one day."""

    date: date
    zone: str
    now: datetime
    blocks: tuple[BlockView, ...]
    promises: tuple[SlotView, ...]
    """What stands outside every block: fixed ones, and what wants to be done now (answers, New inbound)."""
    left_over: Sequence[LeftOverView]
    decisions: tuple[DecisionView, ...]
    totals: TotalsView
    done: tuple[SlotView, ...] = ()
    """Touches made today, oldest first."""
    companions: tuple[SlotView, ...] = ()
    """What waits under a step made today, kind `companion`; it lapses at the day's end."""
    confirms: tuple[SlotView, ...] = ()
    """Meetings of the next working day to confirm, kind `confirm`; any touch today ends it."""
    standing: int = 0
    """How many the standing order would draw from the pool now; it draws nobody by itself."""
    own_blocks: bool = False
    """Whether the date has blocks of its own instead of the week's template."""
    left_by_reason: tuple[tuple[str, int], ...] = ()
    """How many are left over for each reason, most first; decisions are not counted."""


@dataclass(frozen=True, slots=True)
class UpcomingView:
    """A promise or meeting about to come."""

    prospect: WhoView
    kind: str
    channel: str | None
    at: datetime
