"""The first frame, and what happens when the database can't be opened."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from textual.css.query import NoMatches

from followup_tui.config import Config
from followup_tui.errors import DatabaseBusy, FollowupError, NewerVersion, NotOurDatabase
from followup_tui.headstart import FirstPlan
from followup_tui.tui import dress
from followup_tui.tui.app import STYLES, FollowupApp
from followup_tui.tui.screens.failed import FailedScreen
from tests.tui.driving import press, running, settle, shown
from tests.tui.fake_services import fake_services


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NotOurDatabase("a.db is not a Followup database", "choose another file"), 6),
        (NewerVersion("newer"), 5),
        (DatabaseBusy("busy"), 4),
    ],
)
async def test_an_error_at_opening_fills_the_screen(error: FollowupError, code: int) -> None:
    """What is wrong and what to do is shown, and leaving gives the exit code scripts get."""

    def refuse() -> None:
        raise error

    async with running(fake_services(), open_services=refuse) as (app, pilot):
        assert isinstance(app.screen, FailedScreen)
        assert error.title in shown(app)
        await pilot.press("q")
    assert app.return_value == code


async def test_a_second_look_that_fails_covers_no_question() -> None:
    """The next error is the same trouble: what lies above the screen that tells it stays where the keys go."""

    def refuse() -> None:
        raise NotOurDatabase("a.db is damaged", "restore a backup")

    async with running(fake_services(), open_services=refuse) as (app, pilot):
        await press(app, pilot, "question_mark")
        asked = app.screen
        app.ops.query("again", lambda services: services.today.plan(None), lambda _: None)
        await settle(app, pilot)
        assert app.screen is asked
        assert not isinstance(asked, FailedScreen)


@pytest.mark.parametrize("what", ["query", "poll"])
async def test_a_look_begun_before_the_way_back_condemns_nothing(what: str) -> None:
    """A look that met the damaged file and ends after it was brought back says nothing about the present one."""
    services = fake_services()
    began, go, tries = threading.Event(), threading.Event(), []

    def look(_: object = None) -> int:
        tries.append(what)
        if len(tries) == 1:
            began.set()
            go.wait(10)
            raise NotOurDatabase("a.db is damaged", "restore a backup")
        return 1

    async with running(services) as (app, pilot):
        if what == "query":
            app.ops.query("look", look, lambda _: None)
        else:
            services.version = look
            app.ops.poll()
        while not began.is_set():
            await pilot.pause()
        done: list[object] = []
        app.ops.mutate(lambda services: services.lists.arrange("name"), done.append)
        while not done:
            await pilot.pause()
        go.set()
        await settle(app, pilot)
        assert not isinstance(app.screen, FailedScreen)


async def test_an_answer_nobody_waits_for_any_more_harms_nothing() -> None:
    """What was read for a dialog that has gone finds no widgets to fill and is dropped; for one there it counts."""
    async with running(fake_services()) as (app, pilot):
        await press(app, pilot, ":")
        palette = app.screen
        with pytest.raises(NoMatches):
            app.ops._answer(palette, lambda _: palette.query_one("#gone"), None)
        await press(app, pilot, "escape")
        app.ops._answer(palette, lambda _: palette.query_one("#gone"), None)


async def test_trying_again_after_the_reason_is_gone() -> None:
    """`r` opens once more and shows the day."""
    services = fake_services()
    gone: list[bool] = []

    def sometimes() -> object:
        if not gone:
            raise DatabaseBusy("busy")
        return services

    async with running(services, open_services=sometimes) as (app, pilot):
        gone.append(True)
        await press(app, pilot, "r")
        assert "Ines Rocha" in shown(app)


async def test_keys_typed_before_the_plan_is_there() -> None:
    """What is typed while the database is being opened is done as soon as it is open."""
    services = fake_services()
    opened = threading.Event()

    def slowly() -> object:
        opened.wait(5)
        return services

    app = FollowupApp(slowly, services.config)  # type: ignore[arg-type]
    async with app.run_test(notifications=True) as pilot:
        await pilot.press("l", "4")
        assert "Today" in shown(app)
        opened.set()
        await settle(app, pilot)
        await settle(app, pilot)
        assert "log email sent" in services.calls


async def test_problems_of_the_config_are_said_once() -> None:
    """A wrong line of the config is a toast, and its default holds."""
    config = Config(
        zone="Europe/Berlin", keys={"today.nope": "z"}, theme="nowhere", problems=("config.toml line 3: no",)
    )
    async with running(fake_services(config=config)) as (app, pilot):
        await settle(app, pilot)
        assert "config.toml line 3" in shown(app)
        assert "today.nope" in shown(app)
        assert "nowhere" in shown(app)


def test_the_first_frame_needs_no_storage() -> None:
    """Importing the app brings in neither database nor validation nor calendars."""
    heavy = ("sqlalchemy", "sqlmodel", "pydantic", "alembic", "icalendar", "holidays", "pendulum", "lark", "sqlite3")
    code = f"import sys, followup_tui.tui.app; print([m for m in {heavy!r} if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_the_first_plan_loads_only_what_it_needs(tmp_path: Path) -> None:
    """What nobody waits for – cards, coach, backups, undo, logging, calendars, an ORM – is loaded after the plan."""
    later = ("pendulum", "sqlalchemy", "sqlmodel", "pydantic", "alembic", "icalendar", "holidays", "lark", "rapidfuzz")
    later += ("phonenumbers", "hashlib", "secrets", "_hashlib")
    ours = ("coach", "knowing", "library", "recording", "backups", "undo", "prospects", "days", "log", "exchange")
    ours += ("views.cadences", "views.files", "views.saying")
    path = str(tmp_path / "followup.db")
    opened = "from followup_tui.bootstrap import open_services\n" + f"services = open_services(db={path!r})\n"
    subprocess.run([sys.executable, "-c", f"{opened}services.today.plan()"], check=True)
    names = (*later, *(f"followup_tui.services.{name}" for name in ours))
    code = f"import sys, followup_tui.tui.app\n{opened}services.today.plan()\n"
    code += f"print(*[name for name in {names!r} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split() == []


@pytest.mark.parametrize(("key", "ruled"), [("2", "#table"), ("question_mark", "#help")])
async def test_other_screens_find_their_rules_of_style(key: str, ruled: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Today's first frame waits for its own style sheets alone; no place or dialog shows before its own are read."""
    monkeypatch.setattr("followup_tui.tui.app.PREPARED", 3600)
    names = {path.name for path in (Path(dress.__file__).parent / "screens").glob("*.tcss")}
    assert names == {f"{name}.tcss" for name in (*STYLES, *dress.LATER_STYLES)}
    async with running(fake_services()) as (app, pilot):
        assert _sheets(app) == {f"{name}.tcss" for name in STYLES}
        await press(app, pilot, key)
        assert _sheets(app) == names
        assert app.screen.query_one(ruled).styles.border_top[0] == "round"


def _sheets(app: FollowupApp) -> set[str]:
    """Return the style sheets in use."""
    return {Path(path).name for path, _ in app.stylesheet.source if path.endswith(".tcss")}


class _Ahead:
    """What another process planned, or did not."""

    def __init__(self, plan: FirstPlan | None) -> None:
        self.plan = plan

    def take(self) -> FirstPlan | None:
        return self.plan


@pytest.mark.parametrize(("commits", "plans"), [(7, 0), (6, 1), (None, 1)])
async def test_a_plan_made_ahead_is_shown_as_it_is_unless_somebody_wrote(commits: int | None, plans: int) -> None:
    """The app plans by itself only when the database moved on since, or when nobody can tell."""
    services = fake_services()
    services.commits = lambda: 7  # type: ignore[method-assign]
    planned: list[object] = []
    own = services.today.plan
    view = own(None)
    services.today.plan = lambda day=None: planned.append(day) or own(day)
    app = FollowupApp(lambda: services, services.config)  # type: ignore[arg-type, return-value]
    app.ops.headstart = _Ahead(FirstPlan(view, commits))  # type: ignore[assignment]
    async with app.run_test(notifications=True) as pilot:
        await settle(app, pilot)
        await settle(app, pilot)
        assert "Ines Rocha" in shown(app)
        assert len(planned) == plans


async def test_without_a_plan_made_ahead_the_app_plans() -> None:
    """The other process found a database it would have had to make."""
    services = fake_services()
    app = FollowupApp(lambda: services, services.config)  # type: ignore[arg-type, return-value]
    app.ops.headstart = _Ahead(None)  # type: ignore[assignment]
    async with app.run_test(notifications=True) as pilot:
        await settle(app, pilot)
        assert "Ines Rocha" in shown(app)
