"""Today's own keys: triage, the clock of a block, what is left over, the end of the day; over a real database."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from followup_tui.config import BlockConfig
from followup_tui.tui.screens.prospect_dialog import EditDialog
from followup_tui.tui.screens.today import TodayScreen
from followup_tui.tui.screens.triage_dialog import TriageDialog
from tests.factories import CONFIG, MONDAY, Clock, add, log, open_at
from tests.tui.driving import lines, press, running, settle, shown, toasts

WEEK = frozenset(range(5))


@asynccontextmanager
async def working(tmp_path, people: int, begin: str, *, added: str = "2026-11-20T09:00", config=CONFIG, size=(120, 36)):
    """Run the app at a time over people who were added at another."""
    clock = Clock(added)
    services = open_at(tmp_path / "followup.db", clock, config)
    for number in range(people):
        add(services, f"P{number:02}")
    clock.at(begin)
    services.config = config
    async with running(services, size, lambda: services) as (app, pilot):
        app.at = clock
        yield app, pilot, services
    services.close()


async def test_overdue_work_is_offered_as_a_line_and_spread_by_two_keys(tmp_path):
    """`t` shows the days with their counts, `s` moves; one `u` takes it all back."""
    async with working(tmp_path, 60, "2026-11-23T08:00") as (app, pilot, services):
        assert "60 overdue: t spreads them" in shown(app)
        await press(app, pilot, "t")
        assert "20 stay" in shown(app)
        assert "tomorrow" in shown(app)
        await press(app, pilot, "s")
        assert isinstance(app.screen, TodayScreen)
        assert any(toast.startswith("Spread 40 touches until") for toast in toasts(app))
        assert services.today.plan().totals.overdue == 20
        await press(app, pilot, "u")
        assert services.today.plan().totals.overdue == 60


async def test_triage_one_card_at_a_time(tmp_path):
    """Today keeps, the rest writes at once; the number left falls; `u` inside takes back step by step."""
    async with working(tmp_path, 6, "2026-11-23T08:00", size=(80, 24)) as (app, pilot, services):
        await press(app, pilot, "t", "o")
        assert "6 left" in shown(app)
        await press(app, pilot, "t", "n", "w", "x")
        assert "2 left" in shown(app)
        assert "until zero" in shown(app)
        dates = sorted(services.prospects.get(one.id).next_touch.date for one in services.prospects.find())
        assert dates.count(MONDAY + timedelta(days=1)) == 1
        assert dates.count(MONDAY + timedelta(days=7)) == 1
        await press(app, pilot, "u", "u", "u", "u")
        assert "6 left" in shown(app)
        assert len(services.triage.overdue()) == 6
        assert isinstance(app.screen, TriageDialog)


async def test_a_block_runs_in_the_header(tmp_path):
    """`b` starts the block of now; minutes and pace stand in the header; `u` takes a log back, not the clock."""
    async with working(tmp_path, 4, "2026-11-23T09:00", added="2026-11-23T08:00") as (app, pilot, services):
        await press(app, pilot, "b")
        assert "Calls started: 4 touches until 11:00 · b stops" in toasts(app)
        assert "119 min left, on pace" in shown(app)
        await press(app, pilot, "l", "1")
        assert "1 ahead" in shown(app)
        await press(app, pilot, "u")
        assert (services.clock.running().name, services.clock.running().done) == ("Calls", 0)
        await press(app, pilot, "b")
        assert services.clock.running() is None
        assert any(toast.startswith("Calls stopped after") for toast in toasts(app))


async def test_a_block_ends_with_a_quiet_bell(tmp_path):
    """Once its time is over: a bell, a toast, and the end is stored as planned."""
    async with working(tmp_path, 4, "2026-11-23T09:00", added="2026-11-23T08:00") as (app, pilot, services):
        await press(app, pilot, "b")
        rung = []
        app.bell = lambda: rung.append(True)
        app.at.at("2026-11-23T11:04")
        app.clock.set(app.at.now)
        app.look_at_block()
        await settle(app, pilot)
        assert rung == [True]
        assert services.clock.running() is None
        assert services.days.view().worked_minutes == 120


async def test_a_restart_finds_the_block_still_running(tmp_path):
    """What was started in a session that ended is shown by the next."""
    async with working(tmp_path, 2, "2026-11-23T09:00", added="2026-11-23T08:00") as (app, _pilot, services):
        services.clock.start(
            *next((b.name, b.start, b.end, 2) for b in services.today.plan().blocks if b.name == "Calls")
        )
    clock = Clock("2026-11-23T10:00")
    again = open_at(tmp_path / "followup.db", clock, CONFIG)
    async with running(again, (120, 36), lambda: again) as (app, _):
        assert "59 min left, 60 min behind" in shown(app)
    again.close()


async def test_what_is_left_over_names_its_ways_out(tmp_path):
    """`f` on a left-over row: each way with what it would do; `r` makes room, and the toast names `u`."""
    config = replace(CONFIG, blocks=(BlockConfig("Calls", WEEK, time_of(9), time_of(9, 20), ("phone",)),))
    async with working(tmp_path, 3, "2026-11-23T08:50", added="2026-11-23T08:00", config=config) as (
        app,
        pilot,
        services,
    ):
        await press(app, pilot, "G", "f")
        assert "make room      today at 09:09" in shown(app)
        assert "lightest day   tomorrow" in shown(app)
        await press(app, pilot, "r")
        assert any("Room made" in toast and "u undo" in toast for toast in toasts(app))
        await press(app, pilot, "u")
        assert len(services.today.plan().left_over) == 1


async def test_whom_nothing_reaches_is_offered_the_missing_detail_first(tmp_path):
    """`f` on a left-over row without any detail: E opens its form; on a row in its place one line says so."""
    async with working(tmp_path, 1, "2026-11-23T08:50", added="2026-11-23T08:00", size=(80, 24)) as (
        app,
        pilot,
        services,
    ):
        add(services, "Bare", phone="", email="")
        await press(app, pilot, "r", "g", "f")
        assert "f is for what is left over" in toasts(app)[-1]
        await press(app, pilot, "G", "f")
        seen = shown(app)
        assert "E  add a detail   a phone, an e-mail, an address" in seen
        assert "no phone, e-mail or address that works" in seen
        assert "make room" not in seen
        assert "other channel" not in seen
        await press(app, pilot, "E")
        assert isinstance(app.screen, EditDialog)


async def test_a_late_promise_whose_detail_is_bad_is_due_now(tmp_path):
    """`b` on a promise of yesterday: preview and toast both say it is due now, by the other channel; its date stays."""
    async with working(tmp_path, 1, "2026-11-20T09:00", added="2026-11-20T08:00") as (app, pilot, services):
        who = services.prospects.resolve("P00")
        log(services, who, "call back", until=date(2026, 11, 23), until_time=time_of(15))
        app.at.at("2026-11-24T09:00")
        await press(app, pilot, "r", "g", "l")
        row = next(line for line in lines(app) if "bad detail" in line)
        assert "due now" in row
        assert "promised email" in row
        assert "23 Nov" not in row
        await press(app, pilot, "b")
        assert "→ due now promised email" in toasts(app)[-1]
        after = services.prospects.get(who).next_touch
        assert (after.kind, after.channel, after.date) == ("promise", "email", date(2026, 11, 23))


async def test_the_day_ends_with_its_figures(tmp_path):
    """`F` shows done, left over, moved, momentum saved, tomorrow, the streak; enter stores them."""
    async with working(tmp_path, 4, "2026-11-23T17:30", added="2026-11-23T08:00", size=(80, 24)) as (
        app,
        pilot,
        services,
    ):
        await press(app, pilot, "l", "1")
        assert "the last block is over: F ends the day" in shown(app)
        await press(app, pilot, "F")
        for words in ("1 of 4 slots planned", "left over   3", "momentum", "tomorrow", "streak"):
            assert words in shown(app)
        await press(app, pilot, "enter")
        assert services.days.view().closed
        await press(app, pilot, "u")
        assert services.days.view().done == 0


def time_of(hour: int, minute: int = 0):
    from datetime import time

    return time(hour, minute)


async def test_the_list_stays_until_the_flight_is_acknowledged(tmp_path, monkeypatch):
    """The machine's zone changes mid-session: a line says so, nothing moves, `r` plans for where one is."""
    async with working(tmp_path, 3, "2026-11-23T09:00", added="2026-11-23T08:00") as (app, pilot, services):
        before = app.screen.queue.arrangement.rows
        app._started_in = "Europe/Berlin"
        monkeypatch.setattr("followup_tui.tui.working.machine_zone", lambda env: "Asia/Tokyo")
        app.look_at_block()
        await press(app, pilot, "j", "k")
        app.screen.reload()
        await settle(app, pilot)
        assert "you are in Asia/Tokyo now: r plans for it" in shown(app)
        assert app.screen.queue.arrangement.rows == before
        await press(app, pilot, "r")
        assert "you are in" not in shown(app)
        assert "17:00" in shown(app)  # nine in Berlin
        assert services.today.plan().zone == "Asia/Tokyo"


async def test_a_start_after_a_flight_goes_on_with_the_day_begun(tmp_path):
    """Begun in Berlin, opened again in Tokyo the same day: Berlin's blocks and clock, until `r`."""
    async with working(tmp_path, 3, "2026-11-23T09:00", added="2026-11-23T08:00"):
        pass
    tokyo = replace(CONFIG, zone="Asia/Tokyo")
    clock = Clock("2026-11-23T17:20", ZoneInfo("Asia/Tokyo"))
    again = open_at(tmp_path / "followup.db", clock, tokyo)
    async with running(again, (120, 36), lambda: again) as (app, pilot):
        assert "you are in Asia/Tokyo now: r plans for it" in shown(app)
        assert again.today.plan().zone == "Europe/Berlin"
        assert "09:20" in shown(app)
        await press(app, pilot, "r")
        assert again.today.plan().zone == "Asia/Tokyo"
        assert "17:20" in shown(app)
    again.close()
