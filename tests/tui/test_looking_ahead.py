"""Blocks, week, forecast and the prospect's clock, by keys alone, over a real database."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from followup_tui.bootstrap import Services
from followup_tui.config import BlockConfig, load_config
from tests.factories import add, log
from tests.tui.driving import press, running, settle, shown, toasts

TEXT = """\
zone = "Europe/Berlin"
default_region = "DE"
[[block]] # loud hours
name = "Calls"
start = "09:00"
end = "11:00"
channels = ["phone"]
[[block]]
name = "Write"
start = "11:00"
end = "12:00"
channels = ["email"]
"""
TUESDAY = date(2026, 11, 24)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text(TEXT)
    return path


@pytest.fixture
def services(path, clock, file):
    made = Services(path, load_config(file), clock, file)
    add(made, "Ann Lee", phone="+1 212 555 0123", company="Acme Roofing")
    add(made, "Bo Chan")
    yield made
    made.close()


async def test_the_week_leads_to_a_day(services):
    """Arrows go from day to day and over the week's end; enter opens the plan of the day."""
    async with running(services) as (app, pilot):
        await press(app, pilot, "W")
        assert "Week of 23 Nov" in shown(app)
        assert "Mon 23 Nov · today" in shown(app)
        await press(app, pilot, "right", "right")
        assert "Wed 25 Nov · in 2 days" in shown(app)
        await press(app, pilot, "n")
        assert "Week of 30 Nov" in shown(app)
        assert "Wed 2 Dec" in shown(app)
        await press(app, pilot, "t", "right", "enter")
        assert "the plan of Tue 24 Nov" in shown(app)


async def test_a_dates_blocks_are_changed_from_the_week_and_undone(services):
    """A day off for one date: removed, saved, named with its undo; `u` brings the week's blocks back."""
    async with running(services, (80, 24)) as (app, pilot):
        await press(app, pilot, "W", "right", "B")
        assert "Tue 24 Nov only, as every week" in shown(app)
        await press(app, pilot, "o", "ctrl+s")
        assert services.blocks.on(TUESDAY).blocks == ()
        assert "Tue 24 Nov has no blocks · u undo" in toasts(app)[-1]
        assert "day off" in shown(app)
        await press(app, pilot, "u")
        assert [block.name for block in services.blocks.on(TUESDAY).blocks] == ["Calls", "Write"]


async def test_the_week_is_edited_and_holds_at_once(services, file):
    """An overlap is said while editing and refused; once it fits, the file and the plan follow without a restart."""
    async with running(services) as (app, pilot):
        await press(app, pilot, "B", "tab", "+")
        assert "overlaps Calls 09:15–11:15" in shown(app)
        await press(app, pilot, "ctrl+s")
        assert "Blocks · every week" in shown(app)
        assert file.read_text() == TEXT
        await press(app, pilot, "less_than_sign", "enter")
        await press(app, pilot, "end", "space", "u", "p", "ctrl+s")
        assert "Calls up" in shown(app)
        await press(app, pilot, "ctrl+s")
        assert 'name = "Calls up"' in file.read_text()
        assert "# loud hours" in file.read_text()
        assert "Calls up" in shown(app)
        assert "09:15" in shown(app)
        assert services.config.blocks[0].name == "Calls up"


async def test_minutes_and_unsaved_changes(services, file):
    """Minutes a touch takes are saved with the week; esc asks once before it throws changes away."""
    async with running(services) as (app, pilot):
        await press(app, pilot, "B", "m", "down", "end", "backspace", "9", "ctrl+s")
        await press(app, pilot, "escape")
        assert "esc again throws the changes away" in shown(app)
        await press(app, pilot, "ctrl+s")
        assert load_config(file).minutes["phone"] == 9
        assert services.config.minutes["phone"] == 9


async def test_the_forecast_says_what_more_would_add(services):
    """Eight weeks against the blocks, and again with people imagined; nothing is written."""
    before = len(services.undo.history())
    async with running(services) as (app, pilot):
        await press(app, pilot, "w")
        assert "Forecast · 2 prospects in play" in shown(app)
        assert "Mon 11 Jan" in shown(app)
        await press(app, pilot, "+", "ctrl+s")
        assert "20 more on Cold six, 20 a day" in shown(app)
        assert "+20" in shown(app)
        await press(app, pilot, "down", "enter")
        assert "Week of 30 Nov" in shown(app)
    assert len(services.undo.history()) == before


async def test_a_clock_is_confirmed_by_two_keys(services):
    """`z` says what suggests the zone; enter confirms it; a few letters choose another, typed as fast as one likes."""
    who = next(row.id for row in services.prospects.find("Ann"))
    async with running(services) as (app, pilot):
        await press(app, pilot, "/", *"Ann", "enter", "z")
        assert "America/New_York after the phone +1 212 555 0123" in shown(app)
        assert "not confirmed" in shown(app)
        await press(app, pilot, "enter")
        assert services.prospects.get(who).zone_confirmed
        assert "u undo" in toasts(app)[-1]
        await pilot.press("z", *"kathm", "enter")
        await settle(app, pilot)
        assert services.prospects.get(who).zone == "Asia/Kathmandu"


async def test_a_promise_is_seen_in_the_week(services):
    """What was promised stands in the week with its time."""
    who = next(row.id for row in services.prospects.find("Bo"))
    told = services.now() + timedelta(days=1)
    log(services, who, "call back", until=TUESDAY, until_time=told.time().replace(tzinfo=None))
    async with running(services, (80, 24)) as (app, pilot):
        await press(app, pilot, "W", "right")
        assert "09:00  promise  Bo Chan" in shown(app)


@pytest.mark.parametrize("keys", [("W",), ("w",), ("z",), ("B",), ("B", "enter"), ("B", "tab"), ("W", "B", "a")])
@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_hostile_names_stay_names(services, keys, size):
    """Names with markup and escapes, of people and of blocks, are drawn cleaned, every line keeps its width."""
    for name in ("[@click=app.quit]x[/]", "[/b]\x1b]0;t\x07", "\u202egnirts"):
        add(services, name, company="[red]" + name)
    block = BlockConfig("[/][b]\x1b[31mB", frozenset({0}), time(9), time(11), ("phone",), "", "accent")
    services.blocks.save_day(services.local_today(), [block])
    async with running(services, size) as (app, pilot):
        await press(app, pilot, *keys)
        assert "\x1b" not in shown(app)
        assert "\u202e" not in shown(app)
        assert all(strip.cell_length == size[0] for strip in app.screen._compositor.render_strips())


async def test_an_empty_database_has_weeks_too(path, clock, file):
    """On the first run the week, the forecast and the blocks say that there is nothing, and nothing breaks."""
    made = Services(path, load_config(file), clock, file)
    async with running(made, (80, 24)) as (app, pilot):
        await press(app, pilot, "W")
        assert "free" in shown(app)
        await press(app, pilot, "escape", "w")
        assert "Every day has room" in shown(app)
        await press(app, pilot, "escape", "z", "B")
        assert "Calls" in shown(app)
    made.close()
