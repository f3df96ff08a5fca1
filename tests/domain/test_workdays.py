"""Local days, zones, changes of clocks, working days (domain §5)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.domain.workdays import (
    WorkCalendar,
    day_name,
    local_day,
    plus_days,
    plus_months,
    rolled_words,
    zone_of,
)
from tests.domain.factories import EVERY_DAY, WEEK, day

FOUR = time(4)


@pytest.mark.parametrize(
    ("instant", "zone", "expected"),
    [
        # Half past two at night is still yesterday; at four the day begins.
        ("2026-03-11T02:30", "UTC", "10 Mar"),
        ("2026-03-11T03:59", "UTC", "10 Mar"),
        ("2026-03-11T04:00", "UTC", "11 Mar"),
        # The user's zone decides, not UTC.
        ("2026-03-11T02:30", "Asia/Kathmandu", "11 Mar"),
        ("2026-03-11T02:30", "America/New_York", "10 Mar"),
        ("2026-03-10T21:00", "Pacific/Kiritimati", "11 Mar"),
        ("2026-03-10T21:00", "Pacific/Apia", "11 Mar"),
        # Berlin 29 March: 02:00 becomes 03:00, so four o'clock comes an hour early in UTC.
        ("2026-03-29T01:59", "Europe/Berlin", "28 Mar"),
        ("2026-03-29T02:00", "Europe/Berlin", "29 Mar"),
        # Berlin 25 October: 03:00 becomes 02:00 again.
        ("2026-10-25T02:59", "Europe/Berlin", "24 Oct"),
        ("2026-10-25T03:00", "Europe/Berlin", "25 Oct"),
        # Lord Howe moves by half an hour.
        ("2026-04-04T17:29", "Australia/Lord_Howe", "4 Apr"),
        ("2026-04-04T17:30", "Australia/Lord_Howe", "5 Apr"),
    ],
)
def test_the_day_an_instant_belongs_to(instant: str, zone: str, expected: str) -> None:
    """A day starts at 04:00 by the user's clock, whatever the clocks do that night."""
    assert local_day(datetime.fromisoformat(instant).replace(tzinfo=UTC), zone, FOUR) == day(expected)


def test_a_day_that_starts_at_midnight() -> None:
    """The start of the day can be changed."""
    instant = datetime(2026, 3, 11, 2, 30, tzinfo=UTC)
    assert local_day(instant, "UTC", time(0)) == day("11 Mar")
    assert local_day(instant, "UTC", time(2, 31)) == day("10 Mar")


ZONES = (
    "America/New_York", "Europe/London", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia",
    "Pacific/Kiritimati", "Pacific/Chatham", "Africa/Casablanca", "Asia/Tehran", "America/St_Johns", "UTC",
)  # fmt: skip


@given(
    st.sampled_from(ZONES),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),
    st.integers(1, 36 * 60),
)
def test_days_never_run_backwards(zone: str, instant: datetime, minutes: int) -> None:
    """Later instants never belong to earlier days, and 36 hours never skip more than two, in any zone."""
    later = instant + timedelta(minutes=minutes)
    days = (local_day(later, zone, FOUR) - local_day(instant, zone, FOUR)).days
    assert 0 <= days <= 2


@pytest.mark.parametrize("name", ["Nowhere/Here", "", "../etc/passwd", "America", "a\0b"])
def test_an_unknown_zone_is_utc(name: str) -> None:
    """A zone nobody knows must not stop anything."""
    assert str(zone_of(name)) == "UTC"


def test_working_days_roll_forward() -> None:
    """Saturday and Sunday roll to Monday; a working day stays."""
    assert [WEEK.roll(day(text)) for text in ("6 Mar", "7 Mar", "8 Mar")] == [day("6 Mar"), day("9 Mar"), day("9 Mar")]
    assert EVERY_DAY.roll(day("7 Mar")) == day("7 Mar")


def test_working_days_before_and_after() -> None:
    """The working day before a Monday is Friday, the one after a Friday is Monday."""
    assert WEEK.before(day("9 Mar")) == day("6 Mar")
    assert WEEK.after(day("6 Mar")) == day("9 Mar")


def test_nobody_works() -> None:
    """Without any working day dates stay, so that nothing is ever stuck."""
    never = WorkCalendar(frozenset())
    assert never.roll(day("7 Mar")) == day("7 Mar")
    assert never.before(day("7 Mar")) == day("6 Mar")
    closed = WorkCalendar(holidays=lambda year: frozenset(plus_days(date(year, 1, 1), step) for step in range(366)))
    assert closed.roll(day("7 Mar")) == day("7 Mar")
    assert closed.before(day("7 Mar")) == day("6 Mar")


def test_holidays_are_asked_for_their_own_year() -> None:
    """New Year's Day of the next year is found when a date rolls over the year's end."""
    new_year = WorkCalendar(holidays=lambda year: frozenset({date(year, 1, 1)}))
    assert new_year.roll(day("1 Jan 2027")) == day("4 Jan 2027")


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.sets(st.integers(0, 6), min_size=1))
def test_a_rolled_day_is_the_first_working_one(start: date, worked: set[int]) -> None:
    """Rolling gives a working day, and none lies between."""
    calendar = WorkCalendar(frozenset(worked))
    rolled = calendar.roll(start)
    assert calendar.is_working(rolled)
    assert not any(calendar.is_working(plus_days(start, step)) for step in range((rolled - start).days))


@pytest.mark.parametrize(
    ("nominal", "rolled", "words"),
    [("7 Mar", "7 Mar", ""), ("7 Mar", "9 Mar", "Sat → Mon"), ("7 Mar", "14 Mar", "Sat 7 Mar → Sat 14 Mar")],
)
def test_a_roll_in_words(nominal: str, rolled: str, words: str) -> None:
    """Weekdays suffice within a week."""
    assert rolled_words(day(nominal), day(rolled)) == words


def test_a_day_in_words() -> None:
    """A day as people say it."""
    assert day_name(day("20 Nov")) == "Fri 20 Nov"


@given(st.dates(date(1970, 1, 1), date(2299, 12, 31)), st.integers(-24, 24), st.integers(0, 31))
def test_months_are_counted_as_pendulum_counts_them(start: date, months: int, month_day: int) -> None:
    """A month later is the calendar's: pendulum, left off the start path for its imports, says the same (§5)."""
    first = pendulum.date(start.year, start.month, 1).add(months=months)
    expected = date(first.year, first.month, min(month_day or start.day, first.days_in_month))
    assert plus_months(start, months, month_day) == expected
