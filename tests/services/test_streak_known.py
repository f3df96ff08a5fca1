"""Days that are over are counted once, and again as soon as anything that concerns them was written."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import date, datetime, time

import pytest

from followup_tui import __version__
from followup_tui.config import Streak
from followup_tui.services.views import ProspectDraft, TemplateDraft
from followup_tui.storage import day_facts
from tests.factories import BERLIN, CONFIG, add, log, open_at

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


def added(services, ids):
    add(services, "Eve", email="eve@eve.example", tags=("new",))


def starred(services, ids):
    services.prospects.star([ids[0]], True)


def renamed(services, ids):
    services.prospects.edit(ids[1], ProspectDraft(name="Other", phone="+49 30 901899", tags=("fair",)))


def kept_words(services, ids):
    services.templates.add(TemplateDraft("Hello", body="Dear"))


@pytest.mark.parametrize("change", [added, starred, renamed, kept_words])
def test_what_says_nothing_about_the_past_counts_only_today(services, clock, path, ids, asked, change):
    """Somebody new, a star, another name or number, a template: no day that is over is told again."""
    change(services, ids)
    found = services.days.streak().days
    assert asked == {date(2026, 11, 23)}
    with contextlib.closing(open_at(path, clock)) as other:
        assert found == other.days.streak().days


def told_late(services, ids):
    log(services, ids[0], at=datetime.combine(FRIDAY, time(10), BERLIN))


def corrected(services, ids):
    services.log.correct(services.prospects.timeline(ids[0]).timeline[-1].id, note="wrong number")


def undone(services, ids):
    services.undo.undo()


def away(services, ids):
    services.away.apply(date(2026, 11, 18), date(2026, 11, 18))


def erased(services, ids):
    services.prospects.erase(ids[0])


def merged(services, ids):
    services.merging.merge(ids[2], ids[3])


@pytest.mark.parametrize("change", [told_late, corrected, undone, away, erased, merged])
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


@pytest.fixture
def memory(services, path, ids, clock):
    """The folder in which a first program, which is over, kept what it had counted."""
    folder = path.with_name("days")
    with contextlib.closing(remembering(path, clock, folder)) as first:
        assert first.days.streak().days == 0
    assert [file.stat().st_mode & 0o777 for file in folder.iterdir()] == [0o600]
    return folder


def remembering(path, clock, folder, config=CONFIG):
    opened = open_at(path, clock, config)
    opened.memory = folder
    return opened


def test_the_next_program_counts_only_what_is_new(path, ids, clock, memory, asked):
    """Later that day it is today alone; on the next day the one that is over since, whatever was logged meanwhile."""
    with contextlib.closing(remembering(path, clock, memory)) as second:
        second.days.streak()
        assert asked == {date(2026, 11, 23)}
        log(second, ids[0])
    asked.clear()
    clock.at("2026-11-24T09:00")
    with contextlib.closing(remembering(path, clock, memory)) as third:
        third.days.streak()
    assert asked == {date(2026, 11, 23), date(2026, 11, 24)}


@pytest.mark.parametrize("on_day", ["2026-11-23T11:00", "2026-11-24T09:00"])
@pytest.mark.parametrize("change", [told_late, corrected, undone, away])
def test_a_memory_is_never_believed_against_the_database(services, path, ids, clock, memory, asked, change, on_day):
    """What was written about the past after it was counted counts it again, that day and on the next one."""
    for who in [*ids, ids[0]]:
        log(services, who)
    clock.at(on_day)
    change(services, ids)
    with contextlib.closing(remembering(path, clock, memory)) as second:
        found = second.days.streak().days
    assert FRIDAY in asked
    with contextlib.closing(open_at(path, clock)) as other:
        assert found == other.days.streak().days


def test_what_was_counted_again_is_remembered_again(services, path, ids, clock, memory, asked):
    """Once the past was counted anew, the next program has no need to, though the days are as many as before."""
    told_late(services, ids)
    with contextlib.closing(remembering(path, clock, memory)) as second:
        second.days.streak()
    assert FRIDAY in asked
    asked.clear()
    with contextlib.closing(remembering(path, clock, memory)) as third:
        third.days.streak()
    assert asked == {date(2026, 11, 23)}


def other_settings(path, clock, memory):
    return remembering(path, clock, memory, replace(CONFIG, streak=Streak(1)))


def other_file(path, clock, memory):
    copy = path.with_name("copy.db")
    copy.write_bytes(path.read_bytes())
    copy.replace(path)
    return remembering(path, clock, memory)


def other_version(path, clock, memory):
    for file in memory.iterdir():
        file.write_text(file.read_text().replace(__version__, "0.0.0"))
    return remembering(path, clock, memory)


def clock_put_back(path, clock, memory):
    clock.at("2026-11-22T09:00")
    return remembering(path, clock, memory)


def damaged(text):
    def damage(path, clock, memory):
        for file in memory.iterdir():
            file.write_text(text)
        return remembering(path, clock, memory)

    return damage


@pytest.mark.parametrize(
    "opened",
    [other_settings, other_file, other_version, clock_put_back, *map(damaged, ("", "{", "[]", '{"version": 1}', "9"))],
)
def test_a_memory_of_something_else_is_left_aside(path, ids, clock, memory, asked, opened):
    """Other settings, another file in the database's place, a newer program, a clock put back, a damaged memory."""
    with contextlib.closing(opened(path, clock, memory)) as second:
        second.days.streak()
    assert FRIDAY in asked


def test_without_a_place_to_remember_it_is_counted(path, ids, clock, asked):
    """A folder that can't be made is no reason to fail."""
    with contextlib.closing(remembering(path, clock, path / "days")) as opened:
        assert opened.days.streak().days == 0
