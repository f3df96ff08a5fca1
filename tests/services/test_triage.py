"""Triage: overdue work goes where there is room, in one undo step, and what was told to somebody stays (domain §13)."""

from __future__ import annotations

from collections import Counter
from datetime import date, time, timedelta

from followup_tui.domain.model import Question, Relation, State
from tests.factories import CONFIG, MONDAY, add, dump, failed, log, planned, plant

GOOD = frozenset({"phone", "mobile", "fax", "email", "address"})


def late(services, key: str, days: int, kind: str = "step", channel: str | None = "phone", **more) -> None:
    """Plant somebody whose touch is overdue by so many days."""
    state = State(
        Relation.ENGAGED, GOOD, plans=(planned(kind, MONDAY - timedelta(days=days), channel=channel, **more),)
    )
    plant(services, key, state)


def many_late(services, number: int) -> list[str]:
    """Add people and let their first step grow overdue."""
    return [add(services, f"P{n:02}").id for n in range(number)]


def test_a_spread_fills_the_days_up_to_their_capacity(services, clock):
    """Three hours of calls a day hold twenty touches of nine minutes; no day takes more, weekends take none."""
    ids = many_late(services, 50)
    clock.at("2026-11-24T08:00")
    view = services.triage.preview()
    assert (view.overdue, view.stays + len(view.moved)) == (50, 50)
    days = Counter(one.date_to for one in view.moved)
    assert {one.date: one.added for one in view.days} == {date(2026, 11, 24): view.stays} | days
    assert all(day.weekday() < 5 and number * 9 <= 180 for day, number in days.items())
    assert view.stays * 9 <= 180
    assert next(iter(days.values())) == view.stays == 20
    done, changes = services.triage.spread()
    assert done == view
    assert changes.name == "Spread 30 overdue over 2 days"
    moved = {one.prospect.id: one.date_to for one in view.moved}
    for who in ids:
        assert services.prospects.get(who).next_touch.date == moved.get(who, MONDAY)
    assert failed(services) == []
    assert services.triage.preview().moved == ()


def test_a_spread_is_one_undo_step(services, clock, path):
    """Taken back, every row is what it was."""
    many_late(services, 40)
    clock.at("2026-11-25T08:00")
    before = dump(path)
    services.triage.spread()
    assert dump(path) != before
    services.undo.undo()
    assert dump(path) == before


def test_what_was_told_to_somebody_is_never_spread(services, clock):
    """Promises, meetings, answers, decisions stay though no day has room; so does what misses a detail."""
    late(services, "promise", 3, "promise", at=time(9))
    late(services, "meeting", 3, "meeting", "in person", at=time(9))
    late(services, "answer", 3, "answer")
    late(services, "decision", 3, "decision", None, question=Question.ENDED)
    late(services, "detail", 3, channel=None)
    clock.at("2026-11-23T17:30")
    view = services.triage.preview()
    assert (view.overdue, view.moved, view.untouched >= 3) == (0, (), True)


def test_the_best_stay_today(services, clock):
    """Who loses most momentum stays; late in the day only what is left of the blocks is room."""
    for number in range(30):
        late(services, f"p{number:02}", 1 + number, step=1)
    clock.at("2026-11-23T16:30")
    view = services.triage.preview()
    assert view.stays == 6  # half an hour of calls
    assert {one.prospect.id for one in view.moved} == {f"p{number:02}" for number in range(6, 30)}
    assert [one.overdue_days for one in services.triage.overdue()] == list(range(1, 31))


def test_what_no_block_takes_stays(path, clock):
    """A fax without any block has no day with room: it is not sent to the end of time."""
    from dataclasses import replace

    from tests.factories import open_at

    services = open_at(path, clock, replace(CONFIG, blocks=CONFIG.blocks[1:2]))
    late(services, "fax", 3, channel="fax")
    view = services.triage.preview()
    assert (view.overdue, view.stays, view.moved) == (1, 1, ())
    services.close()


def test_a_touch_moved_by_a_spread_can_be_worked_and_moved_on(services, clock):
    """The spread is a stored fact: logging goes on from the touch, replay equals the state."""
    ids = many_late(services, 25)
    clock.at("2026-11-24T08:00")
    moved = services.triage.spread()[0].moved
    log(services, moved[0].prospect.id)
    services.log.move(moved[1].prospect.id, date(2026, 12, 1))
    assert set(ids) >= {one.prospect.id for one in moved}
    assert failed(services) == []
