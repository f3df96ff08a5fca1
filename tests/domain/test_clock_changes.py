"""Twelve zones and every change of clocks in 2026 and 2027: a planned date is the same local date (domain §5)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_tui.domain.events import Added, Enrolled, Logged
from followup_tui.domain.lifecycle import BLANK, advance
from followup_tui.domain.model import Outcome, PlanKind, Relation, Touch
from followup_tui.domain.workdays import plus_days, zone_of
from tests.domain.factories import EVERYTHING, rules
from tests.domain.test_properties import CALENDARS

ZONES = (
    "America/New_York",
    "Europe/London",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Pacific/Chatham",
    "Africa/Casablanca",
    "Asia/Tehran",
    "America/St_Johns",
    "UTC",
)
CHANGING = {"America/New_York", "Europe/London", "Australia/Lord_Howe", "Pacific/Chatham", "Africa/Casablanca"}
CHANGING.add("America/St_Johns")


def changes(zone: str) -> list[date]:
    """Return the local days of 2026 and 2027 on which the clocks of a zone change; without any, some other days."""
    here, first = zone_of(zone), date(2026, 1, 1)
    days = [plus_days(first, number) for number in range(2 * 365)]
    offsets = [datetime.combine(day, time(0), here).utcoffset() for day in [*days, date(2028, 1, 1)]]
    found = [day for day, before, after in zip(days, offsets, offsets[1:], strict=False) if before != after]
    return found or [date(2026, 3, 29), date(2026, 10, 25)]


def test_the_zones_are_those_that_change() -> None:
    """Six of the twelve have changes of clocks, four of each (Casablanca: two around each Ramadan)."""
    assert {zone for zone in ZONES if changes(zone) != changes("UTC")} == CHANGING
    assert all(len(changes(zone)) == 4 for zone in CHANGING)


@pytest.mark.parametrize("calendar", sorted(CALENDARS))
@pytest.mark.parametrize("zone", ZONES)
def test_plans_over_a_change_of_clocks(zone: str, calendar: str) -> None:
    """Called at any hour of the day around a change, the next dates are those that a person in UTC gets."""
    there, here = rules(calendar=CALENDARS[calendar], zone=zone), rules(calendar=CALENDARS[calendar])
    for changed in changes(zone):
        for offset in (-1, 0, 1):
            on = plus_days(changed, offset)
            wanted = _dates(datetime.combine(on, time(12), UTC), here, on)
            for hour in (time(4), time(12), time(23, 59)):
                assert _dates(datetime.combine(on, hour, zone_of(zone)), there, on) == wanted
            night = datetime.combine(plus_days(on, 1), time(2, 30), zone_of(zone))
            assert there.day(night) == on
            assert _dates(night, there, on) == wanted


def _dates(now: datetime, of: object, on: date) -> list[date]:
    """Return what is planned after enrolling on Steady, a call, and a call made a month on."""
    state = advance(BLANK, Added(Relation.NURTURE, EVERYTHING), now, of).state  # type: ignore[arg-type]
    found = []
    for cadence in (1, 8):
        state = advance(state, Enrolled(cadence, on), now, of).state  # type: ignore[arg-type]
        state = advance(state, Logged(Touch("phone", Outcome.NO_ANSWER, now)), now, of).state  # type: ignore[arg-type]
        found += [plan.date for plan in state.plans if plan.kind is PlanKind.STEP]
    return found


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(ZONES),
    st.sampled_from(sorted(CALENDARS)),
    st.integers(1, 9),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 24 * 60 - 1)), min_size=4, max_size=14),
)
def test_no_date_on_a_day_off_and_none_backwards(
    zone: str, calendar: str, cadence: int, begun: datetime, delays: list[tuple[int, int]]
) -> None:
    """Whenever a cadence is begun and however late its steps are made: calls on working days, each after the last."""
    of = rules(calendar=CALENDARS[calendar], zone=zone)
    now = begun.replace(tzinfo=zone_of(zone))
    state = advance(BLANK, Added(Relation.CUSTOMER, EVERYTHING), now, of).state
    state = advance(state, Enrolled(cadence, of.day(now)), now, of).state
    for days, minutes in delays:
        plan = state.next_touch
        assert plan is not None
        if plan.kind is not PlanKind.STEP:
            break
        urgent = cadence == 5 and plan.step == 1
        assert urgent or plan.channel not in ("phone", "in person") or of.calendar.is_working(plan.date)
        on = plus_days(plan.date, days)
        start = datetime.combine(on, of.day_starts, zone_of(zone)).astimezone(UTC)
        now = max(start + timedelta(minutes=minutes % (22 * 60)), now.astimezone(UTC))
        state = advance(state, Logged(Touch(plan.channel or "phone", Outcome.NO_ANSWER, now)), now, of).state
        following = state.next_touch
        assert following is not None
        assert following.kind is not PlanKind.STEP or following.date > of.day(now)
