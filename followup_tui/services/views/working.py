"""Working the day: a block's clock, what a day came to, the streak."""

from __future__ import annotations

from datetime import date, datetime

from followup_tui.records import dataclass

Day = date
"""A calendar day, where a field is itself called `date`."""


@dataclass(frozen=True, slots=True)
class RunView:
    """One block as it is or was worked."""

    day: date
    name: str
    start: datetime
    """When the block begins by the plan, with the user's offset."""
    end: datetime
    slots: int
    """What it held when its clock was started."""
    began_at: datetime
    ended_at: datetime | None
    done: int
    """Touches of ours made while the clock ran."""
    minutes: int
    """How long it ran, at most as long as the block is."""
    behind: int
    """Minutes behind the plan, slots in equal shares; negative: ahead."""


@dataclass(frozen=True, slots=True)
class StreakView:
    """Working days running that were kept."""

    days: int
    today_kept: bool
    percent: int
    """The share of the slots, or of the blocks' minutes, that keeps a day."""


@dataclass(frozen=True, slots=True)
class KeptView:
    """One day that was looked at."""

    date: Day
    slots: int
    """Touches its first plan held."""
    done: int
    kept: bool


@dataclass(frozen=True, slots=True)
class DayView:
    """What a day came to, so far or at its end."""

    date: Day
    working: bool
    slots: int
    """Touches the day's first plan held in its blocks, as far as it was looked at."""
    done: int
    """Prospects touched by us on the day."""
    moved: int
    left_over: int
    """Due and not done: of today what is left now."""
    block_minutes: int
    worked_minutes: int
    momentum_saved: float
    """Momentum the day's touches kept from being lost, in whole prospects: 1.0 is all of one."""
    kept: bool
    closed: bool
    tomorrow: Day
    """The next working day."""
    tomorrow_planned: int
    tomorrow_minutes: int
    tomorrow_capacity: int
    streak: int
    runs: tuple[RunView, ...]
