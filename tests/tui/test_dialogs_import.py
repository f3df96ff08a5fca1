"""Importing a file: complete its name, see what would happen, import with a bar, call it off."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from followup_tui.bootstrap import Services
from followup_tui.errors import FollowupError
from followup_tui.services.changes import Changes
from followup_tui.services.views import FileReportView, ImportView, RejectedView
from followup_tui.tui.screens.help import HelpDialog
from followup_tui.tui.screens.import_choosing import SOON
from followup_tui.tui.screens.import_dialog import ImportDialog
from followup_tui.tui.text import cells
from followup_tui.tui.widgets.file_names import common_start, matches
from followup_tui.tui.widgets.import_report import progress_line, report
from tests.factories import add
from tests.tui.driving import press, running, settle, shown, toasts
from tests.tui.fake_services import FakeServices, fake_services

REPORT = FileReportView(
    "people.csv", "csv", "cp1252", ";", 120, 100, 12, 8, (RejectedView(17, "email", "“ann@” is not an address"),),
    {"Firma": "company", "Name": "name"}, ("Ann Lee", "[@click=app.quit]x[/]"),
)  # fmt: skip


asked: list[tuple[set[str], dict[str, Any]]] = []
"""What the last imports were asked for."""


def importing(run: Callable[[Callable[[int], bool]], None] = lambda _: None) -> FakeServices:
    """Return services whose import reports a file, and runs `run` with its progress."""
    services = fake_services()

    def import_files(
        paths: Any, *, dry_run: bool = False, progress: Any = None, **wishes: Any
    ) -> tuple[ImportView, Changes]:
        services.ran("dry run" if dry_run else "import")
        asked.append(({path.name for path in paths}, wishes))
        if dry_run:
            seen = replace(REPORT, columns=wishes["placed"] or REPORT.columns)
            return ImportView((seen,), True, ""), Changes(frozenset(), frozenset(), "")
        run(progress)
        view = ImportView((REPORT,), False, "Import 112 prospects")
        return view, services.change(view.undo, [], services.state)

    services.exchange.import_files = import_files
    services.duplicates = SimpleNamespace(similar=lambda change: 0)
    return services


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with files, the current one."""
    for name in ("people.csv", "partners.vcf", "notes.md", ".hidden.csv"):
        (tmp_path / name).write_text("Name\nAnn\n", encoding="utf-8")
    (tmp_path / "papers").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_names_that_can_be_imported_and_folders_match(folder: Path) -> None:
    """Files of other kinds and hidden ones are left out; a folder ends in a slash."""
    assert matches("") == ["partners.vcf", "people.csv", "papers/"]
    assert matches("pe") == ["people.csv"]
    assert matches(f"{folder}/pa") == [f"{folder}/partners.vcf", f"{folder}/papers/"]
    assert matches("nowhere/x") == []
    assert common_start(matches("pa")) == "pa"
    assert common_start([]) == ""


def test_progress_has_bar_count_rate_and_time_left() -> None:
    """Long work says how far it is."""
    line = progress_line(1_000, 4_000, 2.0, "ascii", width=8)
    assert line == "##...... 1,000 of 4,000 · 500 a second · 6 s left"
    assert progress_line(0, 0, 0, "ascii", width=2) == ".. 0 of 0"


async def test_the_report_comes_before_anything_is_stored(folder: Path) -> None:
    """Enter reads; the report says how, how many, who, which columns and what is refused."""
    services = importing()
    async with running(services) as (app, pilot):
        await press(app, pilot, "ctrl+o", *"pe", "tab")
        await press(app, pilot, "enter")
        text = shown(app)
        told = ("cp1252", "semicolon", "120", "create 100", "update 12", "skip 8", "refuse 1", "Ann Lee", "→ company")
        for words in told:
            assert words in text
        assert "line 17: email" in text
        assert "import" not in services.calls
        await press(app, pilot, "enter")
        assert services.calls.count("import") == 1
        assert not isinstance(app.screen, ImportDialog)
        assert "Imported 100 prospects · 12 updated · 1 rejected · u undo" in toasts(app)[-1]


def test_long_names_stay_on_one_line() -> None:
    """The names of those who come are cut to their line, so that each label keeps its own."""
    long = "Maximiliane Alexandra Konstanze Freifrau von und zu Hohenzollern-Sigmaringen"
    for names in ((long, "Bo"), ("Bo", long, "Cy"), (long,) * 5):
        (said,) = (line.plain for line in report(replace(REPORT, sample=names)) if line.plain.startswith("create"))
        assert cells(said) <= 9 + 66
        assert said.startswith(f"create   {names[0][:20]}")


@pytest.mark.parametrize(("number", "room", "most"), [(1, 75, 10), (3, 75, 10), (9, 75, 10), (9, 112, 10), (9, 75, 0)])
def test_refusals_are_whole_or_counted(number: int, room: int, most: int) -> None:
    """Refusals are told to their last word, which says what to do; those there is no room for are counted."""
    why = (
        "12/11/1980 may be two dates, 12 November or 11 December: write 1980-11-12 or 1980-12-11, or set default_region"
    )
    rows = tuple(RejectedView(line, "birthday", why) for line in range(2, number + 2))
    said = [one.plain for one in report(replace(REPORT, rejected=rows), room=room, most=most)]
    assert not most or len(said) <= most
    assert all(cells(line) <= room for line in said)
    told = sum(line.endswith("default_region") for line in said)
    more = f"and {number - told} more"
    assert told >= 1
    assert any(more in line for line in said) == (told < number)


async def test_esc_calls_a_running_import_off(folder: Path) -> None:
    """The worker is told at its next row; the dialog stays and says that nothing was stored."""
    started, off = threading.Event(), threading.Event()

    def run(progress: Callable[[int], bool]) -> None:
        started.set()
        while progress(50):
            off.wait(0.01)
        raise FollowupError("called off")

    async with running(importing(run)) as (app, pilot):
        await press(app, pilot, "ctrl+o", *"pe", "tab", "enter")
        await pilot.press("enter")
        while not started.is_set():
            await pilot.pause()
        assert isinstance(app.screen, ImportDialog)
        await pilot.press("escape")
        await settle(app, pilot)
        assert "Called off; nothing was stored" in shown(app)
        await press(app, pilot, "escape")
        assert len(app.screen_stack) == 1


async def test_an_import_that_ends_below_help_takes_its_dialog_away(folder: Path) -> None:
    """Help stays until it is closed; then nothing is left of the dialog, and help opens again above Today."""
    begun, go_on = threading.Event(), threading.Event()

    def run(progress: Callable[[int], bool]) -> None:
        begun.set()
        go_on.wait(10)

    async with running(importing(run)) as (app, pilot):
        await press(app, pilot, "ctrl+o", *"pe", "tab", "enter")
        await pilot.press("enter")
        while not begun.is_set():
            await pilot.pause()
        await pilot.press("question_mark")
        while not isinstance(app.screen, HelpDialog):
            await pilot.pause()
        go_on.set()
        await settle(app, pilot)
        assert "Imported 100 prospects" in toasts(app)[-1]
        assert isinstance(app.screen, HelpDialog)
        await press(app, pilot, "escape")
        assert len(app.screen_stack) == 1
        await press(app, pilot, "question_mark")
        assert isinstance(app.screen, HelpDialog)


async def test_a_file_that_is_not_there_is_said_in_the_dialog(folder: Path) -> None:
    """The path stays, to be mended."""
    services = importing()
    async with running(services) as (app, pilot):
        await press(app, pilot, "ctrl+o", *"no")
        services.fail_with = FollowupError("nobody.csv is not there", "check the path")
        await press(app, pilot, "enter")
        services.fail_with = None
        assert "nobody.csv is not there" in shown(app)
        assert isinstance(app.screen, ImportDialog)


async def test_columns_are_put_elsewhere_by_keys(folder: Path) -> None:
    """The arrows, the list of fields, leave out and keep beside: what stands there is what is imported."""
    asked.clear()
    async with running(importing()) as (app, pilot):
        await press(app, pilot, "ctrl+o", *"pe", "tab", "enter")
        await press(app, pilot, "right", "down", "x")
        await asyncio.sleep(SOON * 2)
        await settle(app, pilot)
        assert "left out" in shown(app)
        await press(app, pilot, "space", "home", "down", "enter", "r", "enter")
    files, wishes = asked[-1]
    assert files == {"people.csv"}
    assert wishes["placed"] == {"Firma": "title", "Name": "first_name"}
    assert wishes["all_or_nothing"] is True
    assert asked[0][1]["placed"] is None, "untouched columns are the program's own choice"


async def test_cadence_tags_and_pace_are_given(folder: Path) -> None:
    """What everybody gets is chosen before the import, and several files go in at once."""
    asked.clear()
    async with running(importing()) as (app, pilot):
        await press(app, pilot, "ctrl+o", *"p*", "enter", "t", *"fair", "enter", "c", "enter", "+")
        await asyncio.sleep(SOON * 2)
        await settle(app, pilot)
        await press(app, pilot, "enter")
    files, wishes = asked[-1]
    assert files == {"people.csv", "partners.vcf"}
    assert (wishes["tags"], wishes["per_day"]) == (("fair",), 21)
    assert wishes["cadence"]


async def test_touches_of_known_people_only(services: Services, tmp_path: Path) -> None:
    """k leaves out whom a history names and nobody here knows; a file of people offers no such choice."""
    add(services, "Ann Lee", email="ann@x.example", phone=None)
    rows = "\n".join(f"Call,Call,2026-11-0{n},Done,{who}@x.example" for n, who in ((2, "ann"), (3, "zoe")))
    file = tmp_path / "touches.csv"
    file.write_text(f"Activity - Subject,Activity - Type,Activity - Due date,Activity - Done,Person - Email\n{rows}\n")
    async with running(services) as (app, pilot):
        await press(app, pilot, "ctrl+o", *str(file), "enter")
        assert "k new people come too" in shown(app)
        await press(app, pilot, "k")
        await asyncio.sleep(SOON * 2)
        await settle(app, pilot)
        assert "k only who is here" in shown(app)
        assert "nobody here is zoe@x.example" in shown(app)
        await press(app, pilot, "enter")
    assert [row.name for row in services.prospects.rows()] == ["Ann Lee"]


def counting(go_on: threading.Event) -> FakeServices:
    """Return services that look at the first rows at once, and at all of them when they are let go on."""
    services = importing()
    whole = services.exchange.import_files

    def import_files(paths: Any, *, first: int | None = None, progress: Any = None, **wishes: Any) -> Any:
        view, changes = whole(paths, progress=progress, **wishes)
        if first is not None:
            cut = replace(view.files[0], rows=first, created=first, updated=0, skipped=0)
            return replace(view, files=(cut,), looked_at=first), changes
        for _ in range(2000 if view.dry_run else 0):
            if go_on.wait(0.01):
                break
            if not progress(60_000):
                raise FollowupError("the import was cancelled: nothing was changed")
        return view, changes

    services.exchange.import_files = import_files
    return services


async def test_the_first_rows_are_shown_while_the_rest_is_counted(folder: Path) -> None:
    """What is said of a thousand rows is said of a thousand rows; the whole follows without a key."""
    go_on = threading.Event()
    async with running(counting(go_on)) as (app, pilot):
        await press(app, pilot, "ctrl+o", *"pe", "tab")
        await pilot.press("enter")
        while "counting …" not in shown(app):
            await pilot.pause(0.02)
        assert "create 1,000 · update 0 · skip 0 · refuse 1 · of the first 1,000 rows" in shown(app)
        assert "counting the rows …" in shown(app)
        go_on.set()
        await settle(app, pilot)
        assert "create 100 · update 12 · skip 8 · refuse 1" in shown(app)
        assert "of the first" not in shown(app)
        assert "enter imports 112 prospects" in shown(app)


async def test_an_import_need_not_wait_for_the_count(folder: Path) -> None:
    """Enter ends the count and imports; what the count says then is nothing any more."""
    async with running(counting(threading.Event())) as (app, pilot):
        await press(app, pilot, "ctrl+o", *"pe", "tab")
        await pilot.press("enter")
        while "counting …" not in shown(app):
            await pilot.pause(0.02)
        await press(app, pilot, "enter")
        assert not isinstance(app.screen, ImportDialog)
        assert "Imported 100 prospects" in toasts(app)[-1]


async def test_a_choice_ends_the_count(folder: Path) -> None:
    """A column put elsewhere begins anew with the first rows, and nothing is called off."""
    asked.clear()
    async with running(counting(threading.Event())) as (app, pilot):
        await press(app, pilot, "ctrl+o", *"pe", "tab")
        await pilot.press("enter")
        while "counting …" not in shown(app):
            await pilot.pause(0.02)
        await pilot.press("x")
        while len(asked) < 4:  # the first rows and the count, twice
            assert "Called off" not in shown(app)
            await pilot.pause(0.02)
        assert asked[-1][1]["placed"] == {"Firma": "", "Name": "name"}
        await pilot.press("escape")
        await settle(app, pilot)
        assert len(app.screen_stack) == 1


async def test_too_many_to_compare_is_said(folder: Path) -> None:
    """Where the new people were not held against the others, the toast names the key that does it."""
    services = importing()
    services.duplicates = SimpleNamespace(similar=lambda change: None)
    async with running(services) as (app, pilot):
        await press(app, pilot, "ctrl+o", *"pe", "tab", "enter", "enter")
        assert "too many to compare in passing: M looks for people who are there twice" in toasts(app)[-1]
