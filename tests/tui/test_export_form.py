"""Exporting from the table of prospects, by keys, into real files: whom, as what, never over a file unasked."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from followup_tui.bootstrap import Services
from followup_tui.tui.app import FollowupApp
from followup_tui.tui.screens.export_form import ExportForm
from tests.factories import add
from tests.tui.driving import press, running, settle, shown, toasts


@pytest.fixture
def four(services: Services) -> Services:
    """Ann and Bo are cold, Cy and Di engaged; one name would be a formula."""
    for name, relation in (("=Ann", "cold"), ("Bo", "cold"), ("Cy", "engaged"), ("Di", "engaged")):
        add(services, name, relation, phone=None, email=f"{name.strip('=').lower()}@x.example")
    return services


async def typing(app: FollowupApp, pilot: object, *keys: str) -> None:
    """Press keys as fast as they come, then wait once."""
    await pilot.press(*keys)  # type: ignore[attr-defined]
    await settle(app, pilot)  # type: ignore[arg-type]


def names(file: Path) -> list[str]:
    with file.open(encoding="utf-8", newline="") as lines:
        return [row["name"] for row in csv.DictReader(lines)]


async def test_the_marked_into_the_file_named(four: Services, tmp_path: Path) -> None:
    """Whoever is marked is written; the name is typed right behind the key, and ctrl+s writes from anywhere."""
    file = tmp_path / "some.csv"
    async with running(four) as (app, pilot):
        await press(app, pilot, "2", "space", "space")
        await typing(app, pilot, "x", *str(file))
        assert "the 2 marked" in shown(app)
        assert "2 prospects" in shown(app)
        await press(app, pilot, "ctrl+s")
        assert not isinstance(app.screen, ExportForm)
        assert f"Written: 2 prospects to {file}" in toasts(app)[-1].replace("\n", "")
    assert names(file) == ["'=Ann", "Bo"]


async def test_a_file_that_is_there_is_asked_about(four: Services, tmp_path: Path) -> None:
    """The first save only says that there is one; another name or a change takes the question back."""
    file = tmp_path / "all.csv"
    file.write_text("precious")
    async with running(four) as (app, pilot):
        await press(app, pilot, "2")
        await typing(app, pilot, "x", *str(file), "ctrl+s")
        assert "all.csv is there already: once more replaces it" in shown(app)
        assert file.read_text() == "precious"
        await press(app, pilot, "down", "right", "left", "ctrl+s")
        assert file.read_text() == "precious"
        await press(app, pilot, "ctrl+s")
    assert len(names(file)) == 4


async def test_format_and_ending_follow_each_other(four: Services, tmp_path: Path) -> None:
    """The ending typed chooses the format, a format chosen changes the ending; a name without one gets its own."""
    async with running(four) as (app, pilot):
        await press(app, pilot, "2")
        await typing(app, pilot, "x", *str(tmp_path / "people.vcf"))
        assert "‹ vCard ›" in shown(app)
        assert "cells" not in shown(app)
        await press(app, pilot, "down", "right")
        assert "people.json" in shown(app)
        assert "comes back without loss" in shown(app)
        await press(app, pilot, "ctrl+s")
        await typing(app, pilot, "x", *str(tmp_path / "plain"), "ctrl+s")
    assert len(json.loads((tmp_path / "people.json").read_text())["prospects"]) == 4
    assert len(names(tmp_path / "plain.csv")) == 4


async def test_raw_cells_and_a_filter(four: Services, tmp_path: Path) -> None:
    """Programs get cells as they are; a filter is counted as it is typed, its mistakes are said at their column."""
    file = tmp_path / "cold.csv"
    async with running(four) as (app, pilot):
        await press(app, pilot, "2")
        await typing(app, pilot, "x", *str(file), "enter", "enter", "right", "enter", "left")
        await typing(app, pilot, "enter", *"relation:nobody")
        assert "(column 10)" in shown(app)
        await typing(app, pilot, *["backspace"] * 6, *"cold")
        assert "2 prospects" in shown(app)
        await press(app, pilot, "enter")
    assert names(file) == ["=Ann", "Bo"]


async def test_what_can_not_be_written_stays_typed(four: Services, tmp_path: Path) -> None:
    """A folder that is missing is said in the form, and nobody a filter finds makes no file."""
    async with running(four) as (app, pilot):
        await press(app, pilot, "2")
        await typing(app, pilot, "x", *str(tmp_path / "no" / "a.csv"), "ctrl+s")
        assert isinstance(app.screen, ExportForm)
        assert "can't be written: No such file or directory" in " ".join(shown(app).replace("│", "").split())
        await press(app, pilot, "escape")
        assert not isinstance(app.screen, ExportForm)
    assert not (tmp_path / "no").exists()
