"""What is left over has four ways out, each one undo step (domain §13)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from followup_tui.config import BlockConfig
from followup_tui.errors import UsageError
from tests.factories import CONFIG, MONDAY, add, dump, failed, open_at, slots

WEEK = frozenset(range(5))


@pytest.fixture
def full(path, clock):
    """A day whose one block of calls holds two of three, and one for writing with room."""
    blocks = (
        BlockConfig("Calls", WEEK, time(9), time(9, 20), ("phone",)),
        BlockConfig("Write", WEEK, time(11), time(12), ("email",)),
    )
    clock.at("2026-11-23T08:50")
    services = open_at(path, clock, replace(CONFIG, blocks=blocks))
    for number in range(3):
        add(services, f"P{number}")
    yield services
    services.close()


def left(services) -> str:
    found = services.today.plan().left_over
    assert [one.reason for one in found] == ["block full"]
    return found[0].prospect.id


def test_room_is_made_where_the_weakest_stood(full):
    """It gets the last slot of the block, fixed; who stood there is left over now."""
    who = left(full)
    assert full.solving.ways(who).room == time(9, 9)
    full.solving.make_room(who)
    plan = full.today.plan()
    mine = next(slot for slot in slots(plan) if slot.prospect.id == who)
    assert (f"{mine.start:%H:%M}", mine.fixed) == ("09:09", True)
    assert "you gave it a time" in mine.reasons[0]
    assert left(full) != who
    assert failed(full) == []


def test_the_lightest_day_and_another_channel_and_drop(full):
    """Tomorrow is empty; e-mail has a block with room; dropping passes the step. Each is one undo step."""
    who = left(full)
    ways = full.solving.ways(who)
    assert (ways.lightest, ways.channels, ways.droppable) == (date(2026, 11, 24), ("email",), True)
    before = dump(full.path)
    for act in (
        lambda: full.solving.to_lightest(who),
        lambda: full.solving.by_channel(who, "email"),
        lambda: full.solving.make_room(who),
        lambda: full.log.skip(who),
    ):
        act()
        assert who not in [one.prospect.id for one in full.today.plan().left_over]
        full.undo.undo()
        assert dump(full.path) == before


def test_who_is_closed_now_gets_the_hour_they_open(path, clock):
    """Outside their hours while the blocks run: room is made when their day begins, outside every block."""
    services = open_at(path, clock, replace(CONFIG, blocks=CONFIG.blocks[1:2]))
    who = add(services, "Lea", zone="America/New_York").id
    assert services.solving.ways(who).room == time(14)
    services.solving.make_room(who)
    assert [f"{slot.start:%H:%M}" for slot in services.today.plan().promises] == ["14:00"]
    services.close()


def test_a_channel_nobody_reaches_them_by_is_refused(full):
    """The names of what is wrong and of what to do are said."""
    with pytest.raises(UsageError, match="fax"):
        full.solving.by_channel(left(full), "fax")
    with pytest.raises(UsageError, match="nothing of theirs is left over"):
        full.solving.ways(slots(full.today.plan())[0].prospect.id)


def test_a_time_of_ones_own_holds_for_its_day_only(full, clock):
    """Missed, it flows on the next day like everything else."""
    who = left(full)
    full.log.move(who, MONDAY, time(15))
    assert [slot.prospect.id for slot in full.today.plan().promises] == [who]
    clock.at("2026-11-24T08:00")
    assert not any(slot.fixed for slot in slots(full.today.plan()))


def test_hours_that_meet_no_block_are_said_at_enrolment_and_after_three_days(path, clock):
    """Honolulu sleeps through every block of Berlin's calls: said at once, and again when it has waited three days."""
    services = open_at(path, clock)
    ids = [add(services, "Kiri", "pool", zone="Pacific/Honolulu").id, add(services, "Ann", "pool").id]
    view = services.cadences.enrol_preview(ids, "Steady")
    done = services.cadences.enrol(ids, "Steady")[0]
    assert [one.name for one in view.unmet] == [one.name for one in done.unmet] == ["Kiri"]
    clock.at("2026-11-24T10:30")
    assert [one.reason for one in services.today.plan().left_over if "no block of the week" in one.reason] == []
    clock.at("2026-11-26T10:30")
    (left,) = [one for one in services.today.plan().left_over if one.prospect.id == ids[0]]
    assert left.reason.startswith("outside their hours")
    assert "another channel, a time of your own, or an extra block" in left.reason
    services.close()
