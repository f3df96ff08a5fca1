"""When a prospect may be contacted, in their own zone, as minutes since the epoch (domain §2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time

from followup_tui.domain.workdays import plus_days, zone_of
from followup_tui.records import dataclass

Window = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of the configuration, all in the prospect's local time."""

    hard_start: time
    hard_end: time
    start: time
    end: time


def minute(day: date, at: time, zone: str) -> int:
    """Return a wall time as whole minutes since the epoch; a time that clocks skip moves on with them."""
    return int(datetime.combine(day, at, zone_of(zone)).timestamp() // 60)


def open_windows(
    day: date, zone: str, begin: time, end: time, is_working: Callable[[date], bool]
) -> tuple[Window, ...]:
    """Return the spans around a day of the user in which the prospect's day of `begin` to `end` runs.

    The prospect's weekend and holidays are left out; far away two of their days touch one of ours.
    """
    found: list[Window] = []
    for offset in (-1, 0, 1):
        their_day = plus_days(day, offset)
        if is_working(their_day):
            found.append((minute(their_day, begin, zone), minute(their_day, end, zone)))
    return tuple(window for window in found if window[0] < window[1])
