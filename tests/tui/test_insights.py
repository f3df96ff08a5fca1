"""Insights by keys alone, over a real database: sections, spans, what is told about a measure."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date

import pytest

from followup_tui.services.measures import MeasureService
from followup_tui.services.views.measures import SECTIONS
from followup_tui.tui.screens.insights import InsightsScreen
from followup_tui.tui.text import cells
from followup_tui.tui.widgets.insight_page import InsightPage
from tests.factories import CONFIG, add, log, open_at
from tests.tui.driving import lines, press, running, settle, shown, until


@pytest.fixture
def lived(services, clock):
    """Two people, one tried twice in spring and once today."""
    clock.at("2026-03-02T09:00")
    ann = add(services, "Ann Lee").id
    log(services, ann, "no answer")
    log(services, ann, "spoke", reason="")
    clock.at("2026-11-23T09:00")
    log(services, add(services, "Bo Chan").id, "left voicemail")
    return services


async def counted(app, pilot):
    """Look at what the counting thread has ready, as the timer does."""
    await settle(app, pilot)
    app.screen._look()
    await settle(app, pilot)


def page_text(app) -> str:
    """Return the whole page, also what is scrolled out of sight."""
    page = app.screen.query_one(InsightPage)
    top = page.scroll_offset.y
    return "\n".join(page.render_line(row + page.head_lines - top).text.rstrip() for row in range(page.height_in_lines))


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_every_section_is_there(lived, size):
    """At any size each section has its name and each number its n; nothing is wider than the screen."""
    async with running(lived, size) as (app, pilot):
        await press(app, pilot, "4")
        await counted(app, pilot)
        text = page_text(app)
        assert [title for title in SECTIONS.values() if title not in text] == []
        assert "counting" not in text
        assert "Attempts per prospect" in text
        assert "n = 2 prospects" in text
        assert max(cells(line) for line in lines(app)) <= size[0]
        assert "4 Insights" in lines(app)[0]
        assert "s since" in lines(app)[-1]


async def test_the_span_is_changed_by_a_key(lived):
    """A year, all time, 30 and 90 days in turn: the page says which, and counts what lies in it."""
    async with running(lived) as (app, pilot):
        await press(app, pilot, "4")
        await counted(app, pilot)
        assert "Insights · a year · since Mon 24 Nov 2025" in shown(app)
        for said, people in (("all time", 2), ("30 days · since Sun 25 Oct 2026", 1), ("90 days", 1), ("a year", 2)):
            await press(app, pilot, "s")
            await counted(app, pilot)
            assert f"Insights · {said}" in shown(app)
            assert f"n = {people} prospects ·" in page_text(app)


async def test_keys_go_through_the_page(lived):
    """Down and up by measures, n and p by sections, page keys and ends; the pane tells how it is counted."""
    async with running(lived, (80, 24)) as (app, pilot):
        await press(app, pilot, "4")
        await counted(app, pilot)
        page = app.screen.query_one(InsightPage)
        assert page.current.name == "lines_in_the_water"
        await press(app, pilot, "n")
        assert page.current.name == "attempts_per_prospect"
        assert "a companion counts with its step" in shown(app)
        await press(app, pilot, "n", "n", "n", "p")
        assert page.current.name == "wins_from_5th_touch"
        await press(app, pilot, "G")
        assert page.current.name == "load_ahead"
        assert "week from 11 Jan" in shown(app)
        await press(app, pilot, "pageup", "g")
        assert page.current.name == "lines_in_the_water"
        assert "Today ─" in shown(app)


async def test_a_log_is_counted_at_the_return(lived):
    """Logged on Today, counted here; undone, no longer."""
    async with running(lived) as (app, pilot):
        await press(app, pilot, "4")
        await counted(app, pilot)
        assert "n = 3 · too few to judge · S0" in page_text(app)
        await press(app, pilot, "1", "l", "1", "4")
        await counted(app, pilot)
        assert "n = 4 · too few to judge · S0" in page_text(app)
        await press(app, pilot, "u")
        await counted(app, pilot)
        assert "n = 3 · too few to judge · S0" in page_text(app)


async def test_nothing_yet_says_how_to_get_it(services):
    """An empty database: no number is made up, and each measure names the key or command that fills it."""
    async with running(services) as (app, pilot):
        await press(app, pilot, "4")
        await counted(app, pilot)
        text = page_text(app)
        assert "Attempts per prospect" in text
        assert " – n = 0 · S4, S1 · how often you try" in text
        await press(app, pilot, "n")
        assert "nothing yet: how often you try, once something is logged: l on Today" in shown(app)
        await press(app, pilot, "question_mark")
        assert "The next section" in shown(app)


async def test_ascii_draws_without_symbols(path, clock):
    """With plain symbols the page has none but letters, digits and signs of ASCII, dashes and dots aside."""
    services = open_at(path, clock, replace(CONFIG, symbols="ascii"))
    services.__dict__["backups"] = type("None", (), {"is_due": lambda _: False, "newest_good": lambda _: None})()
    who = add(services).id
    for _ in range(25):
        log(services, who, "no answer")
    async with running(services) as (app, pilot):
        await press(app, pilot, "4")
        await counted(app, pilot)
        text = page_text(app)
        assert "####" in text
        assert "o---" in text
        assert set(text) - {chr(code) for code in range(128)} <= {"–", "·", "…"}
    services.close()


async def test_leaving_ends_the_counting(lived, monkeypatch):
    """A counting nobody looks at ends at once, and begins again at the return; keys work meanwhile."""
    quick, asked, ended = threading.Event(), [], []
    stats = MeasureService.stats

    def slow(self, since=None, tell=None, progress=None):
        asked.append(since)
        while not quick.wait(0.01):
            if not progress("touches", 1, 2):
                ended.append(since)
                break
        return stats(self, since, tell, progress)

    monkeypatch.setattr(MeasureService, "stats", slow)
    async with running(lived) as (app, pilot):
        await pilot.press("4")
        await until(app, pilot, lambda: "counting touches 50 %" in shown(app))
        assert isinstance(app.screen, InsightsScreen)
        assert "counting touches 50 %" in shown(app)
        await press(app, pilot, "1")
        assert len(ended) == len(asked)
        quick.set()
        await press(app, pilot, "4")
        await counted(app, pilot)
        assert len(asked) > len(ended)
        assert set(asked) == {date(2025, 11, 24)}
        assert "n = 2 prospects" in page_text(app)
