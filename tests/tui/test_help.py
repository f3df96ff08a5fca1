"""Help: kept and used again, for whatever screen it is opened on."""

from __future__ import annotations

import pytest
from textual.geometry import Region

from followup_tui.tui.screens import between, panel
from followup_tui.tui.screens.help import HelpDialog
from followup_tui.tui.screens.history_dialog import HistoryDialog
from followup_tui.tui.screens.today import TodayScreen
from followup_tui.tui.screens.working_dialog import WorkingDialog
from followup_tui.tui.typing_pauses import Typing
from followup_tui.tui.widgets.dimmed import Dimmed
from followup_tui.tui.widgets.key_lines import KeyLines, Line, lines_of
from tests.tui.driving import lines, press, running, settle, shown
from tests.tui.fake_services import fake_services
from tests.tui.test_keys_cost import frames, layouts, mounted


async def test_the_second_help_makes_no_widget_and_lays_nothing_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its box alone is painted when it comes, and what it covered when it goes, in one frame each."""
    async with running(fake_services()) as (app, pilot):
        before = shown(app)
        await press(app, pilot, "question_mark", "j", "escape")
        drawn: list[object] = []
        monkeypatch.setattr(panel, "see_through", lambda *below: drawn.append(below) or [])
        with frames(monkeypatch) as painted, layouts(app) as seen, mounted() as made:
            await pilot.press("question_mark")
            await pilot.pause()
            opened = list(painted)
            painted.clear()
            await pilot.press("escape")
            await pilot.pause()
        assert (made, seen, drawn) == ([], [], [])
        ((above, box),), ((below, rest),) = opened, painted
        assert (type(above), type(below)) == (HelpDialog, TodayScreen)
        assert box == rest
        assert 0 < len(box) < app.size.height - 2
        assert shown(app) == before


async def test_the_same_keys_are_not_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Help opened again on the same screen shows the lines it drew; scrolled, or in another theme, it draws them."""
    async with running(fake_services(), (80, 24)) as (app, pilot):
        drawn: list[int] = []
        usual = KeyLines.render_line
        monkeypatch.setattr(KeyLines, "render_line", lambda self, y: drawn.append(y) or usual(self, y))
        await press(app, pilot, "question_mark")
        first = shown(app)
        assert drawn
        await press(app, pilot, "escape")
        drawn.clear()
        await press(app, pilot, "question_mark")
        assert (drawn, shown(app)) == ([], first)
        await press(app, pilot, "pagedown", "escape", "question_mark")
        assert shown(app) == first
        await press(app, pilot, "escape")
        drawn.clear()
        app.theme = "paper"
        await settle(app, pilot)
        await press(app, pilot, "question_mark")
        assert drawn
        assert shown(app) == first


async def test_help_is_made_while_nobody_waits_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Made behind the keys, without anything being painted; the first one makes no widget then, in half the
    frames, and shows the place around it."""
    async with running(fake_services()) as (app, pilot):
        today, before = app.screen, shown(app)
        with frames(monkeypatch) as painted:
            monkeypatch.setattr(Typing, "keys_pause", 1.0)
            app.prepare_help()
            assert app._kept_help is None
            monkeypatch.setattr(Typing, "keys_pause", 0.0)
            app.prepare_help()
            await settle(app, pilot)
        assert painted == []
        assert app.screen is today
        drawn: list[object] = []
        usual = panel.see_through
        monkeypatch.setattr(panel, "see_through", lambda *below: drawn.append(below) or usual(*below))
        with mounted() as made, frames(monkeypatch) as painted:
            await press(app, pilot, "question_mark")
        assert made == []
        assert len(painted) <= 2
        assert len(drawn) >= sum(len(rows) == app.size.height for _, rows in painted), "a frame without the place below"
        assert all(isinstance(screen, HelpDialog) for screen, _ in painted)
        await press(app, pilot, "escape")
        assert shown(app) == before


async def test_each_screen_has_its_own_keys_from_the_first_line_on() -> None:
    """Opened on Today, scrolled, then on the log: nothing of Today is left, and the box fits what it holds."""
    async with running(fake_services(), (120, 44)) as (app, pilot):
        await press(app, pilot, "question_mark", "pagedown")
        assert app.screen.query_one(KeyLines).scroll_offset.y > 0
        high = app.screen.query_one("#help").region.height
        await press(app, pilot, "escape", "question_mark")
        assert app.screen.query_one(KeyLines).scroll_offset.y == 0
        await press(app, pilot, "pagedown", "escape", "l", "question_mark")
        assert isinstance(app.screen, HelpDialog)
        assert app.screen.query_one(KeyLines).scroll_offset.y == 0
        assert app.screen.query_one("#help").region.height < high
        assert "no answer" in shown(app)
        assert "Pass this step and say why" not in shown(app)
        await press(app, pilot, "question_mark")
        assert "Log ·" in shown(app)
        await press(app, pilot, "escape", "question_mark")
        assert app.screen.query_one("#help").region.height == high


async def test_help_is_broken_anew_for_a_narrower_terminal() -> None:
    """Every word can be read at whatever width; closed, it leaves what was there."""
    async with running(fake_services()) as (app, pilot):
        await press(app, pilot, "question_mark")
        for size in ((60, 24), (120, 36)):
            await pilot.resize_terminal(*size)
            await settle(app, pilot)
            view = app.screen.query_one(KeyLines)
            width = view.scrollable_content_region.width
            assert width == min(100, size[0]) - 7
            assert width - 16 >= max(len(line.words) for line in view._lines) > 36
            assert all(len(line) <= size[0] for line in lines(app))
        await press(app, pilot, "escape")
        assert isinstance(app.screen, TodayScreen)


def test_what_is_too_long_goes_on_below_itself() -> None:
    """Words stay behind the column of keys; sections stand apart."""
    sections = [("Today", [("l enter", "log what happened")]), ("Lists", [("ctrl+pagedown home", "a page down")])]
    assert list(lines_of(sections, 28)) == [
        Line("Today"),
        Line("", "l enter", "log what"),
        Line("", "", "happened"),
        Line(),
        Line("Lists"),
        Line("", "ctrl+pagedown home", "a page"),
        Line("", "", "down"),
    ]


async def test_help_above_a_dialog_paints_its_box_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The dialog below stays as painted, and the place below that: nothing of both is drawn again, and when help goes
    what it covered is painted, in one frame.
    """
    async with running(fake_services()) as (app, pilot):
        await press(app, pilot, "H")
        before = shown(app)
        await press(app, pilot, "question_mark", "escape")
        drawn: list[object] = []
        for module in (panel, between):
            monkeypatch.setattr(module, "see_through", lambda *below: drawn.append(below) or [])
        with frames(monkeypatch) as painted, layouts(app) as seen:
            await pilot.press("question_mark")
            await pilot.pause()
            opened = list(painted)
            painted.clear()
            await pilot.press("escape")
            await pilot.pause()
        ((above, box),), ((below, rest),) = opened, painted
        assert (seen, drawn) == ([], [])
        assert (type(above), type(below)) == (HelpDialog, HistoryDialog)
        assert box == rest
        assert 0 < len(box) < app.size.height - 2
        assert shown(app) == before


async def test_nothing_a_dialog_asked_for_is_forgotten_when_help_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    """What changed outside the box of help and what changes in the very moment it goes are painted as well."""
    async with running(fake_services()) as (app, pilot):
        await press(app, pilot, "H", "question_mark", "escape")
        below = app.screen
        box = below.query_one(".box")
        monkeypatch.setattr(Typing, "keys_pause", 3600.0)
        for meanwhile in (True, False):
            await press(app, pilot, "question_mark")
            top = app.screen
            assert isinstance(top, HelpDialog)
            above = top.query_one("#help").region.y
            with frames(monkeypatch) as painted:
                box.refresh(Region(0, 0, 9, 1))
                if meanwhile:
                    await settle(app, pilot)
                    assert painted == []
                top.dismiss(None)
                await settle(app, pilot)
            assert any(screen is below and min(rows) < above for screen, rows in painted), meanwhile
            assert not any(len(rows) == app.size.height for _, rows in painted)


async def test_all_is_painted_when_help_goes_and_the_place_has_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The place below the dialog below help: what was drawn on it meanwhile shows, through both and afterwards."""
    async with running(fake_services()) as (app, pilot):
        place = app.screen
        assert isinstance(place, TodayScreen)
        await press(app, pilot, "H", "question_mark")
        place.queue.border_title = "Another title"
        await settle(app, pilot)
        assert "Another title" in shown(app)
        with frames(monkeypatch) as painted:
            await press(app, pilot, "escape")
        assert len(painted[0][1]) == app.size.height
        assert "Another title" in shown(app)


async def test_progress_below_help_waits_for_the_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a dialog tells outside the box of help, while keys are typed, is painted when they rest or help goes, and
    in any case before it is old.
    """
    async with running(fake_services()) as (app, pilot):
        await press(app, pilot, "H", "question_mark", "escape")
        box = app.screen.query_one(".box")
        await press(app, pilot, "question_mark")
        top = app.screen
        assert isinstance(top, HelpDialog)
        above = top.query_one("#help").region.y

        async def lines_told() -> list[int]:
            with frames(monkeypatch) as painted:
                box.refresh(Region(0, 0, 9, 1))
                await settle(app, pilot)
            return sorted(line for _, lines in painted for line in lines)

        monkeypatch.setattr(Typing, "keys_pause", 3600.0)
        assert await lines_told() == []
        monkeypatch.setattr(panel, "OLDEST", 0.0)
        assert (await lines_told())[0] < above
        monkeypatch.undo()
        monkeypatch.setattr(Typing, "keys_pause", 3600.0)
        assert await lines_told() == []
        monkeypatch.setattr(Typing, "keys_pause", 0.0)
        with frames(monkeypatch) as painted:
            top._paint_later()
            await settle(app, pilot)
        assert min(line for _, lines in painted for line in lines) < above


async def test_what_changes_behind_help_is_painted_when_help_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bar of progress below the box of help paints nothing meanwhile, and is up to date afterwards."""
    async with running(fake_services()) as (app, pilot):
        working = WorkingDialog("Working", 100)
        await app.push_screen(working)
        await settle(app, pilot)
        await press(app, pilot, "question_mark")
        with frames(monkeypatch) as painted:
            working.progress(70)
            working._look()
            await pilot.pause()
            await pilot.pause()
        assert painted == []
        await press(app, pilot, "escape")
        assert "70 of 100" in shown(app)


async def test_a_dialog_draws_the_place_below_once_until_that_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Help opened and closed above a dialog: the place stays as drawn; what is drawn on it later shows."""
    async with running(fake_services()) as (app, pilot):
        place = app.screen
        assert isinstance(place, TodayScreen)
        await press(app, pilot, "H", "question_mark", "escape")
        drawn: list[object] = []
        usual = Dimmed.process_segments
        noted = classmethod(lambda _, segments, color: drawn.append(color) or usual(segments, color))
        monkeypatch.setattr(Dimmed, "process_segments", noted)
        await press(app, pilot, "question_mark", "escape")
        assert drawn == []
        place.queue.border_title = "Another title"
        await settle(app, pilot)
        assert drawn != []
        drawn.clear()
        await press(app, pilot, "question_mark", "escape")
        assert drawn == []


async def test_the_place_is_seen_below_two_dialogs_when_the_terminal_is_resized() -> None:
    """Help shows the place through the dialog it lies on, also once all three have another size."""
    async with running(fake_services(), (120, 36)) as (app, pilot):
        await press(app, pilot, "H", "question_mark")
        top = lines(app)[0].split()[:4]
        assert top, shown(app)
        await pilot.resize_terminal(119, 36)
        await settle(app, pilot)
        assert lines(app)[0].split()[:4] == top
