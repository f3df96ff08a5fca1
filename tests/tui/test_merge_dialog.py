"""Merging side by side, by keys, on a real database: the search, the choice, the consequence, the next pair."""

from __future__ import annotations

import threading
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from followup_tui import long_work
from followup_tui.bootstrap import Services
from followup_tui.tui.screens.merge_dialog import MergeDialog
from tests.factories import add, failed, log
from tests.tui.driving import lines, press, running, settle, shown, toasts, until
from tests.tui.fake_services import HOSTILE


@pytest.fixture
def pairs(services: Services) -> Services:
    """Two pairs of people who look like one, and somebody who does not."""
    ann = add(services, "Ann Lee", company="Acme", why="the hail", email="ann@acme.example")
    anne = add(services, "Anne Lee", "cold", company="Acme GmbH", why="the fair", email="a.lee@acme.example")
    log(services, ann.id, note="asked for Bob")
    log(services, ann.id, "spoke")
    log(services, anne.id, "call back", until=date(2026, 11, 26), until_time=time(10))
    for name in ("Robert Ray", "Bob Ray"):
        add(services, name, "pool", company="Delta Freight", phone=None, email=None)
    add(services, "Cy Diaz", "pool", company="Eastside", phone=None, email=None)
    return services


def names(services: Services) -> list[str]:
    return [row.name for row in services.prospects.rows()]


async def test_a_merge_by_keys(pairs: Services) -> None:
    """The surest pair first, the one with more touches kept; the consequence stands below before enter."""
    async with running(pairs) as (app, pilot):  # type: ignore[arg-type]
        await press(app, pilot, "M")
        text = shown(app)
        for words in ("1 of 2", "same phone", "Ann Lee · engaged", "● ", "2 touches", "1 touch", "asked for Bob"):
            assert words in text
        assert "Steady runs on, step 2 (Ann Lee); Cold six ends (Anne Lee)" in text
        assert "stays: promise on Thu 26 Nov" in text
        assert "kept as “other name”" in text
        await press(app, pilot, "down", "right")
        assert "●  Acme GmbH" in shown(app)
        await press(app, pilot, "space", "space", "enter")
        assert "Merged Anne Lee into Ann Lee: 3 touches · u undo" in toasts(app)[-1]
        assert "1 of 1" in shown(app)
        assert pairs.prospects.get(pairs.prospects.resolve("Ann Lee")).company == "Acme GmbH"
        await press(app, pilot, "escape", "u")
        assert "Anne Lee" in names(pairs)
    assert failed(pairs) == []


async def test_two_people_are_not_asked_again(pairs: Services) -> None:
    """a remembers it; n and p go round; after the last pair the dialog leaves; the next search finds nobody."""
    async with running(pairs) as (app, pilot):  # type: ignore[arg-type]
        await press(app, pilot, "M", "n")
        assert "2 of 2" in shown(app)
        await press(app, pilot, "n", "p", "a")
        assert "Two people: " in toasts(app)[-1]
        assert "1 of 1" in shown(app)
        await press(app, pilot, "a")
        assert not isinstance(app.screen, MergeDialog)
        assert len(names(pairs)) == 5
        await press(app, pilot, "M")
        assert "nobody is here twice" in shown(app)
        await press(app, pilot, "escape")
        assert not isinstance(app.screen, MergeDialog)


async def test_the_other_one_can_stay(pairs: Services) -> None:
    """s turns the two round, and what was chosen goes with its person."""
    async with running(pairs) as (app, pilot):  # type: ignore[arg-type]
        await press(app, pilot, "M", "down", "right", "s")
        assert any("a  Anne Lee" in line and "b  Ann Lee" in line for line in lines(app))
        assert "●  Acme GmbH" in shown(app)
        app.drafts[pairs.prospects.resolve("Ann Lee")] = "half a note"
        kept = pairs.prospects.resolve("Anne Lee")
        await press(app, pilot, "enter")
        assert "Merged Ann Lee into Anne Lee" in toasts(app)[-1]
        assert app.drafts[kept] == "half a note"
    assert pairs.prospects.get(kept).touches == 3


async def test_the_screen_of_the_merged_one_shows_who_stays(pairs: Services) -> None:
    """A merge from the screen of the one who goes leads to the one who stays, without an error."""
    async with running(pairs) as (app, pilot):  # type: ignore[arg-type]
        await press(app, pilot, "2", "j", "enter")
        assert "Anne Lee" in shown(app)
        await press(app, pilot, "M", "enter", "escape")
        assert "Ann Lee" in shown(app)
        assert "asked for Bob" in shown(app)
        assert [toast for toast in toasts(app) if "no prospect" in toast] == []


async def test_two_marked_are_merged_whether_alike_or_not(pairs: Services) -> None:
    """In the table M takes exactly two marked; three are refused with a word; without marks it looks for pairs."""
    async with running(pairs) as (app, pilot):  # type: ignore[arg-type]
        await press(app, pilot, "2", "space", "space", "space", "M")
        assert "3 are marked" in toasts(app)[-1]
        await press(app, pilot, "g", "space", "M")
        assert isinstance(app.screen, MergeDialog)
        assert "Bob Ray" in shown(app)
        assert "n p" not in shown(app)
        await press(app, pilot, "enter")
        assert "Merged" in toasts(app)[-1]
        assert len(names(pairs)) == 4
        await press(app, pilot, "V", "V", "M")
        assert "of 1" in shown(app)


async def test_the_search_shows_how_far_it_is_and_can_be_called_off(pairs: Services) -> None:
    """esc tells the worker at its next step, and leaves."""
    started, off = threading.Event(), threading.Event()

    def scan(progress: Any) -> list[Any]:
        started.set()
        while progress(50_000, 100_000):
            off.wait(0.01)
        return []

    pairs.duplicates.scan = scan  # type: ignore[method-assign, assignment]
    async with running(pairs, (80, 24)) as (app, pilot):  # type: ignore[arg-type]
        await pilot.press("M")
        await until(app, pilot, lambda: started.is_set() and "50,000 of 100,000" in shown(app))
        await until(app, pilot, lambda: "a second" in shown(app))
        assert "esc calls it off" in shown(app)
        assert "looking for people who are here twice" in shown(app)
        await pilot.press("escape")
        await settle(app, pilot)
        assert "nobody" in shown(app)


async def test_of_very_many_pairs_the_surest_are_shown(pairs: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred thousand pairs are not brought to the screen; how many there are is said."""
    monkeypatch.setattr(long_work, "MOST_PAIRS", 1)
    async with running(pairs) as (app, pilot):  # type: ignore[arg-type]
        await press(app, pilot, "M")
        assert "1 of the surest 1 of 2 · " in shown(app)
        await press(app, pilot, "a")
        assert not isinstance(app.screen, MergeDialog)
        await press(app, pilot, "M")
        assert "1 of 1 · " in shown(app)


async def test_somebody_gone_meanwhile(pairs: Services) -> None:
    """A pair of which one was removed by another window is left out with a word."""
    async with running(pairs) as (app, pilot):  # type: ignore[arg-type]
        await press(app, pilot, "M")
        pairs.prospects.erase(pairs.prospects.resolve("Bob Ray"))
        await press(app, pilot, "n")
        assert "1 of 1" in shown(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_hostile_names_side_by_side(services: Services, size: tuple[int, int]) -> None:
    """Markup, escapes, wide and stacked characters are drawn cleaned; every line keeps its width."""
    for text in HOSTILE:
        add(services, f"Ann {text}" * 3, company="Acme", phone="+49 30 901820", why=text * 30, email=None)
    async with running(services, size) as (app, pilot):  # type: ignore[arg-type]
        await press(app, pilot, "M", "n", "space", "s", "down", "space")
        assert "\x1b" not in shown(app)
        assert "‮" not in shown(app)
        assert all(strip.cell_length == size[0] for strip in app.screen._compositor.render_strips())
        await press(app, pilot, "enter", "a")
        assert app.is_running


async def test_after_an_import(services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The toast of an import says how many look like people who are here, and the key that looks at them."""
    add(services, "Ann Lee", "pool", company="Acme", phone=None, email=None)
    (tmp_path / "people.csv").write_text("Name,Company,Email\nAnne Lee,Acme,anne@x.example\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    async with running(services) as (app, pilot):  # type: ignore[arg-type]
        await press(app, pilot, "ctrl+o", *"pe", "tab", "enter", "enter")
        assert "1 looks like people you know: M looks at the pairs" in toasts(app)[-1]
