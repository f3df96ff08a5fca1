"""Whom an enrolment refuses, what it replaces and when the others start is shown, and then done so (domain §3)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from followup_tui.config import WORKING_DAYS, BlockConfig
from followup_tui.errors import NothingFound, UsageError
from tests.factories import CONFIG, MONDAY, add, dump, failed, log, open_at


def pool(services, number: int, **facts) -> list[str]:
    return [add(services, f"Pool {turn}", "pool", **facts).id for turn in range(number)]


def small(path, clock, minutes: int):
    """Services with so many minutes of calls a day, and nothing else."""
    block = BlockConfig("C", WORKING_DAYS, time(9), (time(9, minutes)), ("phone",))
    return open_at(path, clock, replace(CONFIG, blocks=(block,)))


@pytest.mark.parametrize("per_day", [None, 2, 7])
@pytest.mark.parametrize("cadence", ["Cold six", "Busy executive", "Stay in touch"])
def test_what_is_shown_is_what_is_done(services, path, per_day, cadence):
    """New, enrolled, customers, closed and unreachable people at once: the preview is the act's own answer."""
    ids = pool(services, 6)
    ids += [add(services, f"Ann {turn}").id for turn in range(3)]
    ids.append(add(services, "Cus", "customer").id)
    ids.append(add(services, "No way", "pool", phone=None, email=None).id)
    ids.append(add(services, "Gone", "closed").id)
    before = dump(path)
    seen = services.cadences.enrol_preview(ids, cadence, per_day=per_day)
    assert dump(path) == before
    done, _ = services.cadences.enrol(ids, cadence, per_day=per_day)
    assert done == seen
    starts = Counter(services.prospects.get(who).next_touch.date for who in ids[:10])
    assert tuple(sorted(starts.items())) == done.days
    assert dict(done.replaced) == {"Steady": 3, "Customer": 1}
    assert [who.name for who, _ in done.refused] == ["No way", "Gone"]
    assert failed(services) == []
    services.undo.undo()
    assert dump(path) == before


def test_without_a_number_the_blocks_say_how_many_start(path, clock):
    """Nine minutes a call with its e-mail, twenty a day: two a working day; one who was due already takes one place."""
    services = small(path, clock, 20)
    add(services, "Ann")
    view = services.cadences.enrol(pool(services, 5), "Cold six")[0]
    assert view.days == ((MONDAY, 1), (MONDAY + timedelta(1), 2), (MONDAY + timedelta(2), 2))
    assert view.full > 0
    services.close()


def test_what_is_over_of_today_is_no_room(path, clock):
    """When the calls of today are over everybody starts from Tuesday on."""
    services = small(path, clock, 20)
    clock.at("2026-11-23T09:20")
    assert services.cadences.enrol_preview(pool(services, 2), "Cold six").days == ((MONDAY + timedelta(1), 2),)
    services.close()


def test_an_explicit_number_wins(path, clock):
    """--per-day 4 puts four on a day with room for two."""
    services = small(path, clock, 20)
    view = services.cadences.enrol(pool(services, 6), "Cold six", per_day=4)[0]
    assert (view.days, view.full) == (((MONDAY, 4), (MONDAY + timedelta(1), 2)), 0)
    services.close()


def test_one_alone_starts_as_said(services, clock):
    """One person on a Sunday starts on it; the first touch rolls to Monday, and that date is the one shown."""
    clock.at("2026-11-22T10:00")
    who = pool(services, 1)
    seen = services.cadences.enrol_preview(who, "Cold six")
    assert (seen.first, seen.last, seen.channels, seen.per_day) == (MONDAY, MONDAY, (("phone", 1),), None)
    later = services.cadences.enrol_preview(who, "Busy executive", on=date(2026, 11, 30))
    assert later.first == date(2026, 12, 7)


def test_nonsense_is_refused_and_writes_nothing(services, path):
    """A day gone by, no number, nobody of that id, a step that is not there."""
    who = pool(services, 1)
    before = dump(path)
    with pytest.raises(UsageError):
        services.cadences.enrol_preview(who, "Cold six", on=date(2026, 11, 20))
    with pytest.raises(UsageError):
        services.cadences.enrol_preview(who, "Cold six", per_day=0)
    with pytest.raises(NothingFound):
        services.cadences.enrol(["nobody"], "Cold six")
    assert "no step 9" in services.cadences.enrol(who, "Cold six", step=9)[0].refused[0][1]
    assert dump(path) == before


def test_who_answered_and_is_enrolled_again_keeps_a_next_touch(services):
    """Somebody with a promise stays promised; the cadence stands behind it."""
    who = add(services).id
    log(services, who, "call back", until=date(2026, 11, 25), until_time=time(10))
    seen = services.cadences.enrol_preview([who], "Twelve")
    assert services.cadences.enrol([who], "Twelve")[0] == seen
    assert services.prospects.get(who).next_touch is not None
