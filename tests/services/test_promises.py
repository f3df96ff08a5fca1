"""Promises are kept within half an hour and rung for; meetings are confirmed the day before (domain §4)."""

from __future__ import annotations

from datetime import date, time

import pytest

from followup_tui.errors import UsageError
from tests.factories import add, failed, log

TUESDAY, FRIDAY, NEXT_MONDAY = date(2026, 11, 24), date(2026, 11, 27), date(2026, 11, 30)


@pytest.mark.parametrize(
    ("called_at", "kept"),
    [("24T10:00", 1), ("24T10:30", 1), ("24T09:30", 1), ("24T10:31", 0), ("24T09:29", 0), ("25T10:00", 0)],
)
def test_kept_is_on_its_day_within_half_an_hour(services, clock, called_at, kept):
    """Ten o'clock on Tuesday was told; the call is logged when it is made."""
    who = add(services).id
    log(services, who, "call back", until=TUESDAY, until_time=time(10))
    assert services.insights.promises().n == 0
    clock.at(f"2026-11-{called_at}")
    log(services, who, "spoke")
    measure = services.insights.promises()
    assert (measure.kept, measure.n) == (kept, 1)
    assert services.prospects.timeline(who).promises == measure


def test_a_promise_moved_in_time_or_called_off_is_not_counted(services):
    """Only what came due counts."""
    who = add(services).id
    log(services, who, "call back", until=TUESDAY, until_time=time(10))
    services.log.move(who, FRIDAY, time(11))
    services.prospects.close([who])
    assert services.insights.promises().n == 0
    assert services.prospects.timeline(who).promises is None


def test_the_bell_rings_five_minutes_before(services, clock):
    """Promises and meetings, in their zones, even behind something else; not once their time has come."""
    who = add(services).id
    log(services, who, "call back", until=date(2026, 11, 23), until_time=time(10))
    log(services, who, "meeting set", "phone", until=TUESDAY, until_time=time(9))
    rung = {}
    for minute in ("23T09:54", "23T09:55", "23T09:59", "23T10:00", "24T08:56"):
        clock.at(f"2026-11-{minute}")
        rung[minute] = [one.kind for one in services.today.upcoming()]
    assert rung["24T08:56"] == ["meeting"]
    assert rung["23T09:54"] == rung["23T10:00"] == []
    assert services.today.upcoming(1) == ()


def test_a_meeting_is_confirmed_the_working_day_before(services, clock):
    """Monday's meeting on Friday, by phone; any touch of that day ends it, and so does leaving it."""
    who = add(services).id
    log(services, who, "meeting set", until=NEXT_MONDAY, until_time=time(14))

    def offered() -> list[tuple[str, str, str | None]]:
        return [(slot.kind, slot.channel, slot.time) for slot in services.today.plan().confirms]

    assert offered() == []
    for day, number in ((26, 0), (27, 1), (28, 0)):
        clock.at(f"2026-11-{day}T09:00")
        assert len(offered()) == number
    clock.at("2026-11-27T09:00")
    assert offered() == [("confirm", "phone", "14:00")]
    services.log.waive_confirm(who)
    assert offered() == []
    with pytest.raises(UsageError):
        services.log.waive_confirm(who)
    services.undo.undo()
    assert len(offered()) == 1
    log(services, who, "spoke")
    assert offered() == []
    assert failed(services) == []
