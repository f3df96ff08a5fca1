"""Load: a full day lets a step fall a little later, shown before it happens and stored as a fact (domain §5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from followup_tui.config import WORKING_DAYS, BlockConfig, Load
from followup_tui.domain.loading import Fill, fall_later
from followup_tui.domain.workdays import WorkCalendar, plus_days
from followup_tui.storage import day_load
from tests.factories import CONFIG, add, failed, log, open_at

WEEK = WorkCalendar()
TIGHT = replace(CONFIG, blocks=(BlockConfig("Mail", WORKING_DAYS, time(11), time(11, 8), ("email", "article")),))
"""Eight minutes: room for two e-mails a day."""


@pytest.fixture
def tight(path, clock):
    services = open_at(path, clock, TIGHT)
    yield services
    services.close()


def put_on_email(services, name: str) -> str:
    """Return somebody whose next step, on Mon 7 Dec, is an e-mail after a gap of seven days."""
    who = add(services, name, cadence="Steady").id
    services.cadences.enrol([who], "Steady", step=3)
    return who


@pytest.mark.parametrize(
    ("gap", "percent", "fills", "falls_on"),
    [
        (7, 10, {3: 10, 4: 2}, 4),  # Thursday is full: Friday takes it
        (6, 10, {3: 10}, None),  # a short gap keeps its day
        (7, 0, {3: 10}, None),  # turned off
        (7, 10, {3: 5}, None),  # there is room
        (7, 10, {3: 10, 4: 10}, None),  # nothing lighter is near
        (30, 10, {3: 12, 4: 9}, 4),  # Sat and Sun are not worked
        (30, 10, {1: 12, 2: 9, 3: 8, 4: 7}, 4),  # the lightest of three, not the first
        (30, 10, {1: 12, 2: 7, 3: 7, 4: 7}, 2),  # the earliest of equals
        (7, 50, {1: 12, 2: 9, 3: 0, 4: 0}, 3),  # half of seven days is three
    ],
)
def test_how_far_a_step_may_fall(gap, percent, fills, falls_on):
    """At most a tenth of the gap, one to three days, on the lightest working day, and never for nothing."""
    base = date(2026, 11, 23)
    start = min(fills)

    def fill(day: date) -> Fill:
        return Fill(fills.get((day - base).days, 0), 10)

    move = fall_later(date(2026, 11, 23 + start), gap, 4, percent, fill, WEEK)
    assert (None if move is None else (move.to - base).days) == falls_on
    if falls_on == 4 and start == 3:
        assert move.reason == "Thu is full → Fri"


def test_a_day_without_a_block_is_not_full():
    """Where no block takes the channel there is no capacity to speak of: the plan says so in Left over."""
    assert fall_later(date(2026, 11, 26), 30, 4, 10, lambda day: Fill(100, 0), WEEK) is None


def test_the_third_email_of_a_day_falls_later_as_previewed(tight):
    """Two fill the day; the third goes to the next one, with the reason, in the preview and in the act."""
    people = [put_on_email(tight, name) for name in ("Ann", "Bob", "Cay")]
    dates = []
    for who in people:
        seen = {one.outcome: one for one in tight.log.preview(who).outcomes}["left voicemail"]
        done = log(tight, who)
        assert (seen.next_touch, seen.explanation) == (done.after, done.explanation)
        dates.append(done.after.date.isoformat())
    assert dates == ["2026-11-30", "2026-11-30", "2026-12-01"]
    assert done.after.reason.endswith("; Mon is full → Tue")
    assert "Mon is full → Tue" in done.explanation
    assert failed(tight) == []
    tight.undo.undo()
    assert tight.prospects.get(people[2]).next_touch.date == date(2026, 11, 23)


def test_a_date_the_user_chose_and_promises_stay(tight):
    """Fixed ones never move, however full their day is."""
    people = [put_on_email(tight, name) for name in ("Ann", "Bob", "Cay")]
    for who in people[:2]:
        log(tight, who)
    own = log(tight, people[2], until=date(2026, 11, 30))
    assert own.after.date == date(2026, 11, 30)
    tight.undo.undo()
    told = log(tight, people[2], until=date(2026, 11, 30), until_time=time(10))
    assert (told.after.kind, told.after.date) == ("promise", date(2026, 11, 30))


def test_zero_percent_turns_it_off(path, clock):
    """`[load] percent = 0`: dates are what the cadence says."""
    services = open_at(path, clock, replace(TIGHT, load=Load(0)))
    for name in ("Ann", "Bob", "Cay"):
        assert log(services, put_on_email(services, name)).after.date == date(2026, 11, 30)
    services.close()


def loads_on(services, day: date, without: str = "") -> list[tuple]:
    with services._context.database.reading() as connection:
        assert list(day_load.problems(connection)) == []
        return sorted(day_load.load_on(connection, day, without), key=repr)


def test_the_load_of_a_day_follows_whatever_happens(tight):
    """Enrolled, paused, moved, closed, taken back: each day has what takes room on it, by channel and companion."""
    one, two = add(tight, "Ann Lee").id, add(tight, "Bob Moor").id
    a_call, two_calls = [("phone", "email", 1)], [("phone", "email", 2)]
    day = tight.prospects.get(one).next_touch.date
    assert loads_on(tight, day) == two_calls
    assert loads_on(tight, day, one) == a_call
    tight.log.pause(two, plus_days(day, 3), "keep")
    assert loads_on(tight, day) == a_call
    assert loads_on(tight, day, one) == []
    tight.undo.undo()
    tight.log.move(two, plus_days(day, 1))
    assert loads_on(tight, day, two) == loads_on(tight, day) == a_call
    tight.prospects.close([one], "gone")
    assert loads_on(tight, day) == []
    tight.undo.undo(2)
    assert loads_on(tight, day) == two_calls
    tight.prospects.erase(two)
    assert loads_on(tight, day) == a_call


def test_promises_take_room_and_decisions_and_meetings_take_none(tight):
    """What has an hour of its own, or is only asked about, is no part of a day's load."""
    who = put_on_email(tight, "Ann Lee")
    day = plus_days(tight.local_today(), 2)
    log(tight, who, "call back", until=day)
    assert loads_on(tight, day) == [("phone", None, 1)]
    log(tight, who, "meeting set", until=day, until_time=time(10))
    assert loads_on(tight, day) == []
