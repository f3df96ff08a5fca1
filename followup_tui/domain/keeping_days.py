"""When a day was kept, and how many running days were: the streak (domain §13). Attempts count, not results (S0)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from followup_tui.domain.workdays import WorkCalendar, plus_days
from followup_tui.records import dataclass


@dataclass(frozen=True, slots=True)
class DayTally:
    """What counts of one day."""

    slots: int
    """Touches the day's plan held."""
    done: int
    """Of them made, an attempt as good as an answer."""
    block_minutes: int = 0
    worked_minutes: int = 0


def is_kept(tally: DayTally, percent: int) -> bool:
    """Whether a share of the slots was worked, or of the blocks' minutes, or nothing was due."""
    if not tally.slots or tally.done * 100 >= tally.slots * percent:
        return True
    return bool(tally.block_minutes) and tally.worked_minutes * 100 >= tally.block_minutes * percent


def streak(today: date, first: date, calendar: WorkCalendar, kept: Callable[[date], bool]) -> int:
    """Return how many working days running were kept, back to `first` at most.

    Holidays, weekends and days away are passed over. Today counts once it is kept; until it is over it
    breaks nothing.
    """
    found = int(calendar.is_working(today) and kept(today))
    day = plus_days(today, -1)
    while day >= first:
        if calendar.is_working(day):
            if not kept(day):
                break
            found += 1
        day = plus_days(day, -1)
    return found


def behind(planned: int, done: int, elapsed: int, length: int) -> int:
    """Return minutes behind the plan of a block, in equal shares; negative when ahead.

    `planned` slots take `length` minutes, of which `elapsed` are over; each slot done is worth its share.
    """
    if not planned or not length:
        return 0
    share = length / planned
    return round(min(elapsed, length) - done * share)
