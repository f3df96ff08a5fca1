"""The user's own holiday: looked at first, spread within capacity, one undo, and never a promise moved (domain §5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from followup_tui.config import WORKING_DAYS, BlockConfig
from followup_tui.errors import UsageError
from tests.factories import CONFIG, add, dump, failed, log, open_at

TUESDAY, FRIDAY, MONDAY = date(2026, 11, 24), date(2026, 11, 27), date(2026, 11, 30)
CALLS = replace(CONFIG, blocks=(BlockConfig("Calls", WORKING_DAYS, time(9), time(9, 10), ("phone",)),))
"""Ten minutes: two calls a day."""


def callers(services, number: int) -> list[str]:
    """Return people whose next call is on Tuesday."""
    found = []
    for turn in range(number):
        who = add(services, f"P{turn}", "cold", email=None).id
        services.log.move(who, TUESDAY)
        found.append(who)
    return found


def test_the_act_is_the_preview_and_one_undo(services, path):
    """Everything in the span moves behind it; nothing else does; undo takes calendar and dates back."""
    who = add(services, "Ann").id
    services.log.move(who, TUESDAY)
    later = add(services, "Bob").id
    services.log.move(later, date(2026, 12, 3))
    before = dump(path)
    seen = services.away.preview(TUESDAY, FRIDAY)
    assert dump(path) == before
    done, changes = services.away.apply(TUESDAY, FRIDAY)
    assert done == seen
    assert [(one.prospect.id, one.date_to) for one in done.moved] == [(who, MONDAY)]
    assert services.prospects.get(who).next_touch.reason.endswith("away, freeze → Mon 30 Nov")
    assert services.prospects.get(later).next_touch.date == date(2026, 12, 3)
    assert services.away.spans() == ((TUESDAY, FRIDAY),)
    assert changes.prospects == {who}
    assert failed(services) == []
    services.undo.undo()
    assert dump(path) == before
    assert services.away.spans() == ()


@pytest.mark.parametrize(
    ("rule", "falls_on"), [("freeze", date(2026, 12, 2)), ("restart", date(2026, 12, 2)), ("keep", MONDAY)]
)
def test_the_rule_decides_the_day(services, rule, falls_on):
    """Planned two days into the span, after a gap of two: wait out the rest, the gap again, or the first day back."""
    who = add(services, "Ann").id
    log(services, who)
    assert services.prospects.get(who).next_touch.date == date(2026, 11, 25)
    done, _ = services.away.apply(date(2026, 11, 23), FRIDAY, rule)
    assert [one.date_to for one in done.moved] == [falls_on]


def test_what_moves_is_spread_within_capacity(path, clock):
    """Five calls, two fit a day: three working days, and no day off among them."""
    services = open_at(path, clock, CALLS)
    people = callers(services, 5)
    busy = add(services, "Busy", "cold", email=None).id
    services.log.move(busy, MONDAY)
    services.away.apply(TUESDAY, FRIDAY)
    days = sorted(services.prospects.get(who).next_touch.date.day for who in people)
    assert days == [1, 1, 2, 2, 30]
    assert failed(services) == []
    services.close()


def test_promises_and_meetings_are_listed_and_stay(services):
    """A time told to somebody is the user's to decide about."""
    who = add(services, "Ann").id
    log(services, who, "call back", until=FRIDAY, until_time=time(10))
    done, _ = services.away.apply(TUESDAY, FRIDAY)
    assert [(one.prospect.id, one.kind, one.date, one.time) for one in done.kept] == [
        (who, "promise", FRIDAY, time(10))
    ]
    assert done.moved == ()
    assert services.prospects.get(who).next_touch.date == FRIDAY


def test_days_away_are_no_working_days_afterwards(services):
    """A call whose gap ends in the span rolls behind it; the reason says from where."""
    services.away.apply(TUESDAY, FRIDAY)
    who = add(services, "Ann", "cold").id
    after = log(services, who).after
    assert (after.channel, after.date) == ("phone", MONDAY)
    assert "Wed → Mon" in after.reason
    assert failed(services) == []


def test_it_may_lie_in_the_past(services, clock):
    """Back from an illness: what stood in those days is due from today on, spans that touch are one."""
    who = add(services, "Ann").id
    clock.at("2026-11-26T09:00")
    done, _ = services.away.apply(date(2026, 11, 23), date(2026, 11, 24), "keep")
    assert [one.date_to for one in done.moved] == [date(2026, 11, 26)]
    services.away.apply(date(2026, 11, 25), date(2026, 11, 25))
    assert services.away.spans() == ((date(2026, 11, 23), date(2026, 11, 25)),)
    assert services.prospects.get(who).overdue_days == 0
    with pytest.raises(UsageError):
        services.away.preview(FRIDAY, TUESDAY)
