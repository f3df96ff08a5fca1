"""What keys cost, without a clock: what is laid out, made and read; fast typing reaches the right prospect too."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from textual import events
from textual.geometry import Region
from textual.widget import Widget

from followup_tui.tui import ops
from followup_tui.tui.app import FollowupApp
from followup_tui.tui.screens import panel, today_cards
from followup_tui.tui.screens import today as today_screen
from followup_tui.tui.screens.log_dialog import LogDialog
from followup_tui.tui.screens.today import TodayScreen
from followup_tui.tui.typing_pauses import Rest
from followup_tui.tui.widgets.dimmed import see_through
from followup_tui.tui.widgets.header import Header
from followup_tui.tui.widgets.notice_board import NoticeBoard
from tests.tui.driving import press, running, settle, shown, toasts
from tests.tui.fake_services import fake_services


@contextmanager
def layouts(app: FollowupApp) -> Iterator[list[object]]:
    """Collect what is laid out meanwhile."""
    seen: list[object] = []
    screen = app.screen
    screen.screen_layout_refresh_signal.subscribe(screen, seen.append, immediate=True)
    yield seen
    screen.screen_layout_refresh_signal.unsubscribe(screen)


@contextmanager
def frames(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[object, set[int]]]]:
    """Collect what is painted meanwhile: the screen and its lines; all of them for a whole one."""
    seen: list[tuple[object, set[int]]] = []

    def noted(app: FollowupApp, screen: object, frame: object) -> None:
        if frame is not None:
            spans = getattr(frame, "spans", [(line, 0, 0) for line in range(app.size.height)])
            seen.append((screen, {line for line, _, _ in spans}))

    with monkeypatch.context() as patched:
        patched.setattr(FollowupApp, "_display", noted)
        yield seen


@contextmanager
def mounted() -> Iterator[list[str]]:
    """Collect the widgets that are made meanwhile."""
    made: list[str] = []
    usual = Widget.__init__

    def noted(self: Widget, *arguments: object, **options: object) -> None:
        made.append(type(self).__name__)
        usual(self, *arguments, **options)  # type: ignore[arg-type]

    Widget.__init__ = noted  # type: ignore[method-assign, assignment]
    try:
        yield made
    finally:
        Widget.__init__ = usual  # type: ignore[method-assign]


async def test_a_key_on_today_lays_nothing_out() -> None:
    """A cursor key redraws lines of the list and the card; no widget moves."""
    async with running(fake_services()) as (app, pilot):
        await press(app, pilot, "j")
        with layouts(app) as seen:
            await press(app, pilot, "j", "j", "k", "j", "j")
        assert seen == []


async def test_the_second_log_makes_no_widget() -> None:
    """The log is kept when it closes; what was typed into it is not."""
    async with running(fake_services()) as (app, pilot):
        await press(app, pilot, "l", "tab", *"gone", "enter", "+", "escape", "j")
        with mounted() as made:
            await press(app, pilot, "l")
        assert isinstance(app.screen, LogDialog)
        assert made == []
        assert "gone" not in shown(app)
        assert "1 day later" not in shown(app)


async def test_a_log_makes_no_widget_for_its_toast() -> None:
    """The second notice stands where the first stood; the rows, the header and the toast show one log without it."""
    async with running(fake_services()) as (app, pilot):
        await press(app, pilot, "l", "4")
        assert [type(one).__name__ for one in app.screen.query(NoticeBoard)] == ["NoticeBoard"]
        with mounted() as made:
            await press(app, pilot, "l", "4")
        assert made == []
        assert len(toasts(app)) == 1
        assert "u undo" in shown(app)


async def test_one_log_plans_once() -> None:
    """After a log the day is planned one time, whatever else is looked up."""
    services = fake_services()
    asked = Counter[str]()
    usual = ops.Ops.query

    def noted(self: ops.Ops, group: str, *arguments: object, **options: object) -> None:
        asked[group] += 1
        usual(self, group, *arguments, **options)  # type: ignore[arg-type]

    async with running(services) as (app, pilot):
        ops.Ops.query = noted  # type: ignore[method-assign, assignment]
        try:
            await press(app, pilot, "l", "4")
        finally:
            ops.Ops.query = usual  # type: ignore[method-assign]
        assert (asked["plan"], asked["preview"]) == (1, 1)


async def test_a_saved_row_is_marked_and_counted_before_the_day_is_planned(monkeypatch: pytest.MonkeyPatch) -> None:
    """With keys that never rest the plan waits, but what is certain shows: the mark, the count, the toast."""
    services = fake_services()
    async with running(services) as (app, pilot):
        monkeypatch.setattr(today_screen, "ENOUGH", Rest(3600.0, 3600.0))
        before = services.calls.count("plan")
        assert app.progress is not None
        done = app.progress.done
        await pilot.press("l", "4")
        await app.ops.settled()
        for _ in range(3):
            await pilot.pause()
        assert services.calls.count("plan") == before
        assert app.progress.done == done + 1
        assert f"{done + 1}/" in "".join(text for text, _ in app.screen.query_one(Header)._right())
        assert isinstance(app.screen, TodayScreen)
        row = app.screen.queue.arrangement.rows[app.screen.queue.arrangement.index("p009 1") or 0]
        assert row.done == "sent"
        app.workers.cancel_all()


async def test_keys_typed_without_a_pause_log_one_prospect_after_the_other() -> None:
    """`l1l1l1` typed at once logs the first three still to do, each once, in their order."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await press(app, pilot, "j", "j", "j", "j")
        assert isinstance(app.screen, TodayScreen)
        queue = app.screen.queue
        at = queue.arrangement.index(queue.entry.key if queue.entry else None)
        wanted = [row.prospect.id for row in queue.arrangement.rows[at:] if row.open][:3]
        made = {id: len(services.state.touches.get(id, ())) for id in services.state.people}
        for key in "l1l1l1":
            app.post_message(events.Key(key, key))
        await settle(app, pilot)
        logged = [id for id in services.state.people if len(services.state.touches.get(id, ())) > made[id]]
        assert sorted(logged) == sorted(wanted)
        assert all(len(services.state.touches[id]) == made[id] + 1 for id in wanted)
        assert [one for one in app.queue if one in wanted] == []


@pytest.fixture
def late_previews(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, Any]]:
    """Collect how previews are read and who is told, instead of reading them."""
    asked: list[tuple[Any, Any]] = []
    usual = ops.Ops.query

    def late(self: ops.Ops, group: str, *arguments: object, **options: object) -> None:
        if group != "preview":
            usual(self, group, *arguments, **options)  # type: ignore[arg-type]
        else:
            asked.append((arguments[0], arguments[1]))

    monkeypatch.setattr(ops.Ops, "query", late)
    return asked


async def test_esc_takes_back_an_outcome_that_still_waits(late_previews: list[tuple[Any, Any]]) -> None:
    """An outcome that asks for a date waits for its preview, and asks nothing when the dialog is closed first."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await press(app, pilot, "l", "escape", "l", "6", "escape")
        read, answer = late_previews[-1]
        answer(await asyncio.to_thread(read, services))
        await settle(app, pilot)
        assert not [call for call in services.calls if call.startswith("log ")]
        assert isinstance(app.screen, TodayScreen)


async def test_an_outcome_that_asks_nothing_waits_for_no_preview(late_previews: list[tuple[Any, Any]]) -> None:
    """One key logs, however long it takes to say what each outcome would do; the preview that comes late is dropped."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await press(app, pilot, "l", "+", "4")
        assert isinstance(app.screen, TodayScreen)
        assert [call for call in services.calls if call.startswith("log ")] == ["log email sent"]
        for read, answer in late_previews:
            answer(await asyncio.to_thread(read, services))
        await settle(app, pilot)
        assert isinstance(app.screen, TodayScreen)


async def test_a_log_opens_and_closes_without_painting_the_whole_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The box comes and goes without a layout, in one frame each of fewer lines than there are: what it leads to on
    Today, the mark and the next card, is in the frame that takes it away.
    """
    async with running(fake_services()) as (app, pilot):
        await press(app, pilot, "l", "4", "l", "escape")
        monkeypatch.setattr(app.ops, "mutate", lambda *arguments: None)
        monkeypatch.setattr(app.ops, "query", lambda *arguments, **options: None)
        drawn: list[object] = []
        monkeypatch.setattr(panel, "see_through", lambda *below: drawn.append(below) or [])
        with frames(monkeypatch) as painted, layouts(app) as seen:
            await pilot.press("l")
            await pilot.pause()
            opened = list(painted)
            painted.clear()
            await pilot.press("4")
            await pilot.pause()
        assert (seen, drawn) == ([], [])
        assert len(opened) == 1, [(type(a), sorted(b)) for a, b in opened]
        ((above, box),) = opened
        ((below, rest),) = painted
        assert (type(above), type(below)) == (LogDialog, TodayScreen)
        assert 0 < len(box) < len(rest) < app.size.height - 2
        assert "✓" in shown(app) or "…" in shown(app)


async def test_a_log_goes_in_one_frame_whatever_its_row_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it covered is painted with the mark and the next card, also when that begins to read on Today: each widget
    says in its own time that it is to be painted, and the frame may not wait for all.
    """
    async with running(fake_services()) as (app, pilot):
        await press(app, pilot, "l", "escape")
        today = app.screen
        assert isinstance(today, TodayScreen)
        monkeypatch.setattr(app.ops, "mutate", lambda *arguments: None)
        today._people.pop(today.queue.arrangement.rows[8].prospect.id)
        await press(app, pilot, "l")
        with frames(monkeypatch) as painted:
            await pilot.press("4")
            while not painted:  # noqa: ASYNC110 – a frame sets nothing
                await asyncio.sleep(0)
        (_, rows) = painted[0]
        covered = {line for region in app._kept_log.covers for line in region.line_range} if app._kept_log else set()
        assert covered
        assert covered <= rows


async def test_the_log_outlives_a_resize_of_the_terminal() -> None:
    """Wider or narrower than the place below still is, the frame is whole; closed, it leaves what was there."""
    async with running(fake_services()) as (app, pilot):
        await press(app, pilot, "l", "escape")
        before = shown(app)
        await press(app, pilot, "l")
        assert "Log ·" in shown(app)
        for size in ((90, 30), (140, 40), (120, 36)):
            await pilot.resize_terminal(*size)
            await settle(app, pilot)
            assert app.is_running
            assert "Log ·" in shown(app)
        crop = Region(0, 0, app.size.width + 9, app.size.height + 3)
        strips = see_through(app.screen_stack[0], crop, app)
        assert {strip.cell_length for strip in strips} == {crop.width}
        assert len(strips) == crop.height
        await press(app, pilot, "escape")
        assert shown(app) == before


async def test_a_plan_that_comes_below_the_log_is_shown_when_that_goes() -> None:
    """Meanwhile nothing is painted below; a plan older than what was done since is never shown."""
    services = fake_services()
    async with running(services) as (app, pilot):
        today = app.screen
        assert isinstance(today, TodayScreen)
        seen: list[object] = []
        usual, plan = today.show, await asyncio.to_thread(services.today.plan, None)
        today.show = lambda view: seen.append(view) or usual(view)  # type: ignore[method-assign]
        await press(app, pilot, "l")
        today._show_or_keep(("", plan))
        await settle(app, pilot)
        assert seen == []
        await press(app, pilot, "escape")
        assert seen == [plan]
        await press(app, pilot, "l")
        today._show_or_keep(("", plan))
        await press(app, pilot, "4")
        assert plan not in seen[1:]


async def test_what_is_drawn_below_a_log_leaves_nothing_of_it_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Textual forgets what else is to be painted when something below a dialog was: then all is painted."""
    async with running(fake_services()) as (app, pilot):
        await press(app, pilot, "l", "escape")
        today = app.screen
        assert isinstance(today, TodayScreen)
        monkeypatch.setattr(app.ops, "query", lambda *arguments, **options: None)
        await pilot.press("l")
        await pilot.pause()
        with monkeypatch.context() as before:  # as when it was asked for before the log came
            before.setattr(TodayScreen, "on_update", lambda self: None)
            today.queue.refresh_line(0)
            await pilot.pause()
            await pilot.pause()
        with frames(monkeypatch) as painted:
            await pilot.press("escape")
            await pilot.pause()
        assert any(len(rows) == app.size.height for screen, rows in painted if screen is today)


async def test_a_patient_question_never_runs_beside_the_one_it_replaces() -> None:
    """Asked ten times while the first is still read: that one ends, then the last is read, nobody in between."""
    begun, go_on = threading.Event(), threading.Event()
    read, answers = list[int](), list[int]()

    def ask(number: int) -> int:
        read.append(number)
        begun.set()
        go_on.wait(10)
        return number

    async with running(fake_services()) as (app, pilot):
        app.ops.query("count", lambda _: ask(0), answers.append, patient=True)
        while not begun.is_set():
            await pilot.pause()
        for number in range(1, 10):
            app.ops.query("count", lambda _, number=number: ask(number), answers.append, patient=True)
            await pilot.pause()
        assert read == [0]
        go_on.set()
        await settle(app, pilot)
    assert read == [0, 9]
    assert answers == [9]


async def test_cards_are_read_before_the_cursor_comes_to_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whose card is missing soon below the cursor, also somebody a new plan put between others, and whose touch is to
    be done next however far away, is asked for between two keys: no key waits for a card.
    """
    monkeypatch.setattr(today_cards, "AROUND", 8)
    monkeypatch.setattr(today_cards, "SOON", 3)
    hurried: list[bool] = []
    usual = ops.Ops.query

    def noted(self: ops.Ops, group: str, *arguments: object, **options: object) -> None:
        if group == "cards":
            hurried.append(not options["patient"])
        usual(self, group, *arguments, **options)  # type: ignore[arg-type]

    async with running(fake_services()) as (app, pilot):
        today = app.screen
        assert isinstance(today, TodayScreen)
        monkeypatch.setattr(ops.Ops, "query", noted)
        today._people.pop(today.queue.arrangement.rows[3].prospect.id)
        await press(app, pilot, "j")
        assert today.queue.arrangement.rows[3].prospect.id in today._people
        await press(app, pilot, *"jjjjjjjj")
        assert today.queue.cursor >= 9
        first = today.queue.arrangement.next_open()
        assert first is not None
        assert first < 5
        await press(app, pilot, *"jjjjjjjjjjjjjjj")
        today._people.pop(today.queue.arrangement.rows[first].prospect.id)
        await press(app, pilot, "k")
        assert today.queue.arrangement.next_open(today.queue.cursor + 1) == first
        assert today.queue.arrangement.rows[first].prospect.id in today._people
        assert len(hurried) >= 2
        assert not any(hurried)


async def test_working_below_the_last_line_turns_the_page() -> None:
    """A log that leads to a row out of sight shows it at the top with those that follow; a key scrolls a line."""
    async with running(fake_services(), size=(80, 24)) as (app, pilot):
        today = app.screen
        assert isinstance(today, TodayScreen)
        queue = today.queue
        while queue.scroll_offset.y == 0:
            await press(app, pilot, "j")
        top = queue.scroll_offset.y
        assert top <= 3, "no more than to have the title of the rows in sight"
        await press(app, pilot, "l", "4")
        assert queue.scroll_offset.y > top + 3
        assert queue._line_of[queue.cursor] - queue.scroll_offset.y <= 3
