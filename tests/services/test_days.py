"""What a day came to: the clock of a block, the day's record, and the streak, counted honestly (domain §13)."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from followup_tui.errors import NothingFound
from followup_tui.services import days
from followup_tui.services.as_it_stood import AsItStood
from followup_tui.storage.database import Database
from tests.factories import BERLIN, MONDAY, add, log, open_at

FRIDAY = date(2026, 11, 20)


def at(text: str, day: date = MONDAY) -> datetime:
    return datetime.combine(day, time.fromisoformat(text), BERLIN)


def begin_calls(services, slots: int = 10):
    return services.clock.start("Calls", at("09:00"), at("11:00"), slots)[0]


def test_a_block_runs_from_start_to_stop(services, clock):
    """Touches made meanwhile and minutes are counted; stopping early is stored as it was."""
    who = add(services).id
    begin_calls(services)
    clock.at("2026-11-23T09:30")
    log(services, who)
    run = services.clock.running()
    assert (run.done, run.minutes, run.behind) == (1, 30, 18)  # thirty minutes in, one share of twelve done
    clock.at("2026-11-23T09:45")
    ended = services.clock.stop()[0]
    assert (ended.minutes, ended.ended_at, services.clock.running()) == (45, clock.now, None)
    with pytest.raises(NothingFound):
        services.clock.stop()


def test_a_running_block_survives_a_restart(services, clock, path):
    """Another process, an hour later: the clock still runs; one that was forgotten ends when its block did."""
    begin_calls(services)
    services.close()
    clock.at("2026-11-23T10:00")
    again = open_at(path, clock)
    assert again.clock.running().minutes == 60
    clock.at("2026-11-23T13:00")
    assert again.clock.stop()[0].minutes == 120
    again.close()


def test_yesterdays_block_does_not_run_today(services, clock):
    """The day changed while it ran: it counts to its end, and today starts with none."""
    begin_calls(services)
    clock.at("2026-11-24T09:00")
    assert services.clock.running() is None
    services.clock.start("Calls", at("09:00", date(2026, 11, 24)), at("11:00", date(2026, 11, 24)), 3)
    assert services.days.view(MONDAY).worked_minutes == 120


def test_a_clock_set_back_makes_no_negative_time(services, clock):
    """Half an hour back: nothing was worked yet, and stopping works."""
    begin_calls(services)
    clock.at("2026-11-23T08:30")
    assert services.clock.running().minutes == 0
    ended = services.clock.stop()[0]
    assert (ended.minutes, ended.ended_at) == (0, ended.began_at)


def test_the_clock_is_no_undo_step(services):
    """The last log is what `u` takes back, whatever was started since."""
    who = add(services).id
    log(services, who)
    begin_calls(services)
    services.days.begin()
    services.clock.stop()
    services.days.close()
    assert services.undo.undo()[0][0].name == "Log phone, left voicemail · Ann Lee"
    assert len(services.days.view().runs) == 1


def test_the_day_is_counted_against_its_first_plan(services, clock):
    """Five slots, four worked: kept; what is added later doesn't count against it; an undone log no longer counts."""
    ids = [add(services, f"P{n}").id for n in range(5)]
    assert services.days.begin()[0] == 5
    for who in ids[:4]:
        log(services, who)
    add(services, "Late")
    assert services.days.begin()[0] == 5
    day = services.days.view()
    assert (day.slots, day.done, day.kept, day.left_over) == (5, 4, True, 2)
    assert day.momentum_saved == pytest.approx(0.4)
    services.undo.undo(2)
    assert (services.days.view().done, services.days.view().kept) == (3, False)


def test_minutes_of_blocks_keep_a_day_too(services, clock):
    """Worked through the calls and the rest of the blocks, nobody reached twice: kept by the minutes."""
    for number in range(5):
        add(services, f"P{number}")
    services.days.begin()
    clock.at("2026-11-23T08:30")
    for name, begin, end in (("a", "08:30", "12:00"), ("b", "14:00", "17:20")):
        clock.at(f"2026-11-23T{begin}")
        services.clock.start(name, at(begin), at(end), 5)
        clock.at(f"2026-11-23T{end}")
        services.clock.stop()
    day = services.days.view()
    assert (day.done, day.worked_minutes, day.block_minutes, day.kept) == (0, 410, 410, True)


def work(services, clock, day: str, ids, number: int) -> None:
    """Begin a day and log a number of touches."""
    clock.at(f"{day}T09:00")
    services.days.begin()
    for who in ids[:number]:
        log(services, who, completes=False)


def test_the_streak_counts_working_days_that_were_kept(services, clock):
    """Thursday, Friday, Monday: the weekend breaks nothing; a day not over breaks nothing either."""
    ids = []
    clock.at("2026-11-19T08:00")
    ids = [add(services, f"P{n}").id for n in range(4)]
    for day in ("2026-11-19", "2026-11-20", "2026-11-23"):
        work(services, clock, day, ids, 4)
    assert (services.days.streak().days, services.days.streak().today_kept) == (3, True)
    clock.at("2026-11-24T09:00")
    services.days.begin()
    assert services.days.streak().days == 3


def test_a_day_on_which_nobody_looked_breaks_the_streak(services, clock):
    """Work was due on Friday and the app was not even opened: no record, and no excuse."""
    clock.at("2026-11-19T08:00")
    ids = [add(services, f"P{n}").id for n in range(4)]
    work(services, clock, "2026-11-19", ids, 2)
    for who in ids:
        log(services, who)
        services.log.move(who, FRIDAY)
    clock.at("2026-11-23T09:00")
    for who in ids:
        log(services, who, completes=False)
    assert (services.days.streak().days, services.days.view(FRIDAY).kept) == (1, False)


def test_journals_are_told_again_in_reads_of_their_own(services, clock, monkeypatch):
    """However many tell whether a day was kept: each lot is a read of its own, so that a log can be stored between."""
    lots, reads, told = list[tuple[int, int]](), list[int](), AsItStood.waiting
    reading = Database.reading

    def waiting(then, ids, day, at, most):
        lots.append((len(ids), len(reads)))
        return told(then, ids, day, at, most)

    def noted(database):
        reads.append(1)
        return reading(database)

    monkeypatch.setattr(AsItStood, "waiting", waiting)
    monkeypatch.setattr(Database, "reading", noted)
    monkeypatch.setattr(days, "LOT", 2)
    clock.at("2026-11-19T08:00")
    ids = [add(services, f"P{n}").id for n in range(5)]
    work(services, clock, "2026-11-19", ids, 5)
    for who in ids:
        services.log.move(who, MONDAY)
    clock.at("2026-11-23T09:00")
    for who in ids:
        log(services, who, completes=False)
    services.days.streak()
    assert [many for many, _ in lots][:3] == [2, 2, 1]
    assert len({number for _, number in lots}) == len(lots)


def test_being_away_in_the_past_mends_the_streak(services, clock):
    """Friday off, said on Monday: Thursday counts again."""
    test_a_day_on_which_nobody_looked_breaks_the_streak(services, clock)
    services.away.apply(FRIDAY, FRIDAY)
    assert services.days.streak().days == 2


def test_nothing_due_keeps_a_day(services, clock):
    """A working day on which nobody was due is kept without a look."""
    clock.at("2026-11-19T08:00")
    who = add(services).id
    log(services, who)
    services.log.pause(who)
    clock.at("2026-11-23T09:00")
    assert services.days.streak().days == 3


def test_the_end_of_the_day_is_stored(services, clock):
    """Closed: done, left, moved, saved, kept as they are shown; tomorrow's load counts what is planned for it."""
    ids = [add(services, f"P{n}").id for n in range(3)]
    services.days.begin()
    log(services, ids[0])
    services.log.move(ids[1], date(2026, 11, 24))
    view = services.days.close()[0]
    assert (view.done, view.left_over, view.moved, view.closed) == (1, 1, 1, True)
    assert (view.tomorrow, view.tomorrow_planned, view.tomorrow_capacity) == (date(2026, 11, 24), 1, 410)
    assert services.days.view() == view


def test_a_late_look_does_not_shrink_the_day(services, clock):
    """First opened in the evening: the slots of the morning were missed, and count."""
    for number in range(5):
        add(services, f"P{number}")
    clock.at("2026-11-23T17:30")
    assert services.days.begin()[0] == 5
