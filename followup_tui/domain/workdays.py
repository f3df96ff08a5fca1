"""Local days, working days and holidays: wall-clock arithmetic without a clock (domain §5)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import field
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from followup_tui.records import dataclass

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

FIRST_YEAR, LAST_YEAR = 1970, 2300
"""What the clock may be set to, the last one not: plans reach years ahead, and a calendar ends."""


def no_holidays(year: int) -> frozenset[date]:
    """Return no holidays at all."""
    return frozenset()


@lru_cache(maxsize=600)
def zone_of(name: str) -> ZoneInfo:
    """Return the zone of an IANA name; UTC when the name is unknown."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def plus_days(day: date, days: int) -> date:
    """Return the calendar day `days` later (or earlier); days have no clock, so no zone matters."""
    return date.fromordinal(day.toordinal() + days)


def plus_months(day: date, months: int, month_day: int = 0) -> date:
    """Return the day `months` later, clamped to the month's end and anchored to `month_day` (31 Jan → 28 Feb, §5)."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(month_day or day.day, monthrange(year, month + 1)[1]))


def day_name(day: date) -> str:
    """Return the day as people say it: `Fri 20 Nov`."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def local_day(instant: datetime, zone: str, day_starts: time) -> date:
    """Return the working day an instant belongs to: before `day_starts` it is still yesterday (04:00 ours)."""
    local = instant.astimezone(zone_of(zone))
    return plus_days(local.date(), -1) if local.time() < day_starts else local.date()


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are worked."""

    working_days: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    """0 is Monday."""
    holidays: Callable[[int], frozenset[date]] = field(default=no_holidays, compare=False)
    """The holidays of a year."""
    away: tuple[tuple[date, date], ...] = ()
    """The user's own holidays: first and last day of each (§5)."""

    def is_working(self, day: date) -> bool:
        """Whether the user works on this day."""
        return day.weekday() in self.working_days and not self.is_away(day) and day not in self.holidays(day.year)

    def is_away(self, day: date) -> bool:
        """Whether the user is away on this day."""
        return any(first <= day <= last for first, last in self.away)

    def roll(self, day: date) -> date:
        """Return the day itself or the next working day; itself when two months hold none (nothing may stop).

        Days away don't count among these two months.
        """
        if not self.working_days:
            return day
        candidate = day
        for _ in range(60):
            candidate = max(
                (plus_days(last, 1) for first, last in self.away if first <= candidate <= last), default=candidate
            )
            if self.is_working(candidate):
                return candidate
            candidate = plus_days(candidate, 1)
        return day

    def before(self, day: date) -> date:
        """Return the last working day before this one."""
        for days in range(1, 60):
            candidate = plus_days(day, -days)
            if self.is_working(candidate):
                return candidate
        return plus_days(day, -1)

    def after(self, day: date) -> date:
        """Return the first working day after this one."""
        return self.roll(plus_days(day, 1))


def rolled_words(nominal: date, day: date) -> str:
    """Say a roll: `Sat → Mon`, or with the date when it is a week or more; empty without one."""
    if nominal == day:
        return ""
    if (day - nominal).days < 7:
        return f"{WEEKDAYS[nominal.weekday()]} → {WEEKDAYS[day.weekday()]}"
    return f"{day_name(nominal)} → {day_name(day)}"
