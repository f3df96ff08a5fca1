"""Days that are over are counted once, and again as soon as anything that concerns them was written."""

from __future__ import annotations

import contextlib
from datetime import date, datetime, time

import pytest

from followup_tui.storage import day_facts
from tests.factories import BERLIN, add, log, open_at

FRIDAY = date(2026, 11, 20)


def on(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), BERLIN)


@pytest.fixture
def ids(services, clock):
    """Four people: all touched on Thursday, none on Friday, when nobody looked; it is Monday."""
    clock.at("2026-11-19T08:00")
    found = [add(services, f"P{number}").id for number in range(4)]
    services.days.begin()
    for who in found:
        log(services, who)
        services.log.move(who, FRIDAY)
    clock.at("2026-11-23T09:00")
    assert services.days.streak().days == 0
    return found


@pytest.fixture
def asked(monkeypatch, ids):
    """The days that are counted."""
    found = set[date]()
    real = day_facts.count_touched_on

    def count(connection, begin, end):
        found.add(begin.date())
        return real(connection, begin, end)

    monkeypatch.setattr(day_facts, "count_touched_on", count)
    return found


def test_a_log_counts_only_today_again(services, ids, asked):
    """After a log, and after a plan was moved, the days before are not asked for a second time."""
    log(services, ids[0])
    services.log.move(ids[1], date(2026, 11, 25))
    services.days.streak()
    assert asked == {date(2026, 11, 23)}


def told_late(services, ids):
    log(services, ids[0], at=datetime.combine(FRIDAY, time(10), BERLIN))


def corrected(services, ids):
    services.log.correct(services.prospects.timeline(ids[0]).timeline[-1].id, note="wrong number")


def undone(services, ids):
    services.undo.undo()


def away(services, ids):
    services.away.apply(date(2026, 11, 18), date(2026, 11, 18))


@pytest.mark.parametrize("change", [told_late, corrected, undone, away])
def test_what_concerns_the_past_counts_it_again(services, clock, path, ids, asked, change):
    """A touch told late or told again, a change taken back, a day off said late: Friday is counted again."""
    change(services, ids)
    found = services.days.streak().days
    assert FRIDAY in asked
    with contextlib.closing(open_at(path, clock)) as other:
        assert found == other.days.streak().days


def test_another_window_counts_too(services, clock, path, ids, asked):
    """What another process wrote about Friday is counted here."""
    with contextlib.closing(open_at(path, clock)) as other:
        told_late(other, ids)
    services.days.streak()
    assert FRIDAY in asked
