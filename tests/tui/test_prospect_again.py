"""The screen of a prospect is kept and used again: the next one finds nothing of the one before."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from textual.pilot import Pilot

from followup_tui.services.views.opened import OpenedView
from followup_tui.tui import covering
from followup_tui.tui.app import FollowupApp
from followup_tui.tui.screens.prospect import ProspectScreen
from followup_tui.tui.widgets.header import Header
from followup_tui.tui.widgets.timeline import Timeline
from tests.tui.driving import lines, press, running, settle, shown, until
from tests.tui.fake_services import FakeServices, fake_services
from tests.tui.test_keys_cost import mounted
from tests.tui.test_prospect import ANN, rich_in_touches

BO = "p002"


async def opened(app: FollowupApp, pilot: Pilot[int], who: str) -> ProspectScreen:
    """Open a prospect and wait until it is read."""
    app.open_prospect(who)
    await settle(app, pilot)
    assert isinstance(app.screen, ProspectScreen)
    return app.screen


async def left(app: FollowupApp, pilot: Pilot[int], who: str) -> None:
    """Open a prospect and close it again."""
    await opened(app, pilot, who)
    await press(app, pilot, "escape")


class Slow:
    """Holds back what is read of one prospect until it is let go."""

    def __init__(self, services: FakeServices, who: str) -> None:
        self.asked, self.go = threading.Event(), threading.Event()
        real: Callable[..., OpenedView] = services.prospects.opened

        def opened(id: str, newest: int | None = None, **more: object) -> OpenedView:
            if id == who:
                self.asked.set()
                self.go.wait(10)
            return real(id, newest)

        services.prospects.opened = opened  # type: ignore[method-assign]


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_used_again_it_looks_as_if_made_anew(size: tuple[int, int]) -> None:
    """After a long timeline, scrolled, filtered and with a touch selected, another prospect looks as at first sight."""
    async with running(rich_in_touches(300), size) as (app, pilot):
        await opened(app, pilot, BO)
        first = lines(app)
        await press(app, pilot, "escape")
        screen = await opened(app, pilot, ANN)
        await press(app, pilot, "f", "g", "j", "pagedown", "escape")
        assert await opened(app, pilot, BO) is screen
        assert lines(app) == first


async def test_a_long_timeline_opens_at_its_newest_touch_each_time() -> None:
    """The place in the timeline belongs to one visit: the next begins at the newest, wherever the last one ended."""
    async with running(rich_in_touches(300)) as (app, pilot):
        await opened(app, pilot, ANN)
        first = lines(app)
        await press(app, pilot, "g", "escape")
        await left(app, pilot, BO)
        await opened(app, pilot, ANN)
        assert lines(app) == first


async def test_closed_it_keeps_nothing_of_the_prospect() -> None:
    """A closed prospect is out of memory, and no key finds a touch of it before the next one is read."""
    async with running(rich_in_touches(300)) as (app, pilot):
        screen = await opened(app, pilot, ANN)
        await press(app, pilot, "escape")
        assert (screen.view, screen.touch, screen.prospect) == (None, None, "")
        assert screen.query_one(Timeline).rows is None


async def test_what_is_read_of_the_one_before_is_never_shown() -> None:
    """Closed before it was read and another one opened: what comes late of the first paints nothing over the second."""
    services = rich_in_touches()
    async with running(services) as (app, pilot):
        await left(app, pilot, BO)
        slow = Slow(services, ANN)
        app.open_prospect(ANN)
        await until(app, pilot, slow.asked.is_set)
        await pilot.press("escape")
        app.open_prospect(BO)
        await until(app, pilot, lambda: isinstance(app.screen, ProspectScreen) and app.screen.view)
        slow.go.set()
        await settle(app, pilot)
        assert isinstance(app.screen, ProspectScreen)
        assert app.screen.view is not None
        assert (app.screen.prospect, app.screen.view.id) == (BO, BO)


async def test_while_the_next_one_is_read_the_one_before_is_gone() -> None:
    """A slow reading shows an empty frame, not the last prospect; enter finds no touch to correct there."""
    services = rich_in_touches()
    async with running(services) as (app, pilot):
        screen = await opened(app, pilot, ANN)
        name = screen.view.name if screen.view else ""
        assert name in shown(app)
        await press(app, pilot, "escape")
        slow = Slow(services, BO)
        app.open_prospect(BO)
        await until(app, pilot, lambda: slow.asked.is_set() and "Timeline" in shown(app))
        assert name not in shown(app)
        assert "note" not in shown(app)
        await pilot.press("enter")
        assert app.screen is screen
        slow.go.set()
        await settle(app, pilot)


async def test_keys_typed_before_the_next_one_is_read_are_for_that_one() -> None:
    """`l` typed right behind opens the log of the prospect that was opened last."""
    services = rich_in_touches()
    async with running(services) as (app, pilot):
        screen = await opened(app, pilot, BO)
        name = screen.view.name if screen.view else ""
        await press(app, pilot, "escape")
        await left(app, pilot, ANN)
        slow = Slow(services, BO)
        app.open_prospect(BO)
        await until(app, pilot, slow.asked.is_set)
        await pilot.press("l")
        slow.go.set()
        await settle(app, pilot)
        assert f"Log · {name}" in shown(app)


async def test_one_over_another_is_a_screen_of_its_own() -> None:
    """Opened from within a prospect, another one lies over it; esc shows the first as it was."""
    async with running(rich_in_touches()) as (app, pilot):
        below = await opened(app, pilot, ANN)
        await press(app, pilot, "g")
        before = lines(app)
        above = await opened(app, pilot, BO)
        assert above is not below
        assert above.prospect == BO
        await press(app, pilot, "escape")
        assert app.screen is below
        assert lines(app) == before
        await press(app, pilot, "escape")
        assert await opened(app, pilot, BO) is below


async def test_each_place_may_have_one_open() -> None:
    """One left open over Today is still there after another was opened over Prospects, each under its own tab."""
    async with running(rich_in_touches()) as (app, pilot):
        one = await opened(app, pilot, ANN)
        await press(app, pilot, "2")
        one.query_one(Header).tick()  # as once a second
        other = await opened(app, pilot, BO)
        tabs = list(other._compositor.render_strips()[0])
        assert other is not one
        await press(app, pilot, "escape", "1")
        assert app.screen is one
        assert one.prospect == ANN
        await press(app, pilot, "escape", "2")
        assert await opened(app, pilot, BO) is one
        assert list(one._compositor.render_strips()[0]) == tabs


async def test_a_decision_asked_about_the_one_before_opens_nothing_over_the_next() -> None:
    """What a key asked for and what comes late is dropped with the prospect it was about."""
    services = fake_services()
    asked, go = threading.Event(), threading.Event()
    real = services.log.decision

    def decision(who: str) -> object:
        asked.set()
        go.wait(10)
        return real(who)

    services.log.decision = decision  # type: ignore[method-assign, assignment]
    who = next(id for id in services.state.people if real(id) is not None)
    async with running(services) as (app, pilot):
        await opened(app, pilot, who)
        await pilot.press("enter")
        await until(app, pilot, asked.is_set)
        await pilot.press("escape")
        app.open_prospect(ANN)
        go.set()
        await settle(app, pilot)
        assert isinstance(app.screen, ProspectScreen)
        assert app.screen.prospect == ANN


@contextmanager
def pictures(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[object, int]]]:
    """Collect what is painted meanwhile: the screen and the cells, 0 for all of them; a line or a scrollbar apart."""
    seen: list[tuple[object, int]] = []

    def noted(app: FollowupApp, screen: object, frame: object) -> None:
        cells = sum(end - begin for _, begin, end in getattr(frame, "spans", ()))
        if frame is not None and (not cells or cells > 3 * app.size.width):
            seen.append((screen, cells))

    with monkeypatch.context() as patched:
        patched.setattr(FollowupApp, "_display", noted)
        yield seen


async def test_opened_again_it_is_one_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who it is, the timeline at its newest touch and that touch in full come in one frame, and no widget is made."""
    services = rich_in_touches(60)
    async with running(services) as (app, pilot):
        await left(app, pilot, ANN)
        with pictures(monkeypatch) as seen, mounted() as made:
            screen = await opened(app, pilot, ANN)
        assert seen == [(screen, 0)]
        assert made == []


async def test_esc_paints_what_was_below_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Closing a prospect, kept or not, shows what was below in one frame."""
    async with running(rich_in_touches()) as (app, pilot):
        await opened(app, pilot, ANN)
        await opened(app, pilot, BO)
        for _ in range(2):
            with pictures(monkeypatch) as seen:
                await press(app, pilot, "escape")
            assert seen == [(app.screen, 0)]


async def test_another_place_is_one_picture_as_soon_as_it_is_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """Going to a place that was visited shows it in one frame, and no clock is waited for."""
    async with running(rich_in_touches()) as (app, pilot):
        await press(app, pilot, "2", "3", "1")
        monkeypatch.setattr(covering, "LONGEST", 3600.0)
        for key in "231":
            with pictures(monkeypatch) as seen:
                await press(app, pilot, key)
            assert [cells for _, cells in seen[:1]] == [0]
            assert {screen for screen, _ in seen} == {app.screen}


async def test_a_theme_chosen_in_another_place_is_worn_here() -> None:
    """A place that was out of sight when the theme changed wears it when it is gone to."""
    async with running(rich_in_touches()) as (app, pilot):
        await press(app, pilot, "2", "ctrl+t")
        worn = app.screen.query_one(Header).role("muted")
        await press(app, pilot, "1")
        assert app.screen.query_one(Header).role("muted") == worn


async def test_a_change_of_the_one_before_is_not_read_again() -> None:
    """Out of sight it takes no part: what changes meanwhile is read when it is opened, once."""
    services = rich_in_touches()
    async with running(services) as (app, pilot):
        screen = await opened(app, pilot, ANN)
        await press(app, pilot, "escape")
        app.changes.publish(None)
        await settle(app, pilot)
        asked: list[str] = []
        real = services.prospects.opened
        services.prospects.opened = lambda id, *more, **others: (asked.append(id), real(id, *more, **others))[1]  # type: ignore[func-returns-value,method-assign]
        assert await opened(app, pilot, ANN) is screen
        assert asked in ([ANN], [ANN, ANN])
        assert not screen.stale


async def test_a_theme_chosen_meanwhile_is_worn() -> None:
    """Opened again it wears what the screen below wears, whether the theme was chosen above it or below."""
    async with running(rich_in_touches()) as (app, pilot):
        screen = await opened(app, pilot, ANN)
        worn = {app.theme: screen.query_one(Timeline).role("muted")}
        await press(app, pilot, "ctrl+t")
        worn[app.theme] = screen.query_one(Timeline).role("muted")
        first, second = worn
        assert worn[first] != worn[second]
        for theme in (first, second, second, first):
            await press(app, pilot, "escape")
            app.theme = theme
            await settle(app, pilot)
            await opened(app, pilot, ANN)
            assert screen.query_one(Timeline).role("muted") == worn[theme]


async def test_a_terminal_of_another_size_meanwhile_is_what_it_is_laid_out_for() -> None:
    """Made smaller while it was out of sight, it looks as it does when it is opened for the first time there."""
    async with running(rich_in_touches(300), (80, 24)) as (app, pilot):
        await opened(app, pilot, ANN)
        wanted = lines(app)
    async with running(rich_in_touches(300)) as (app, pilot):
        await left(app, pilot, ANN)
        await pilot.resize_terminal(80, 24)
        await settle(app, pilot)
        await opened(app, pilot, ANN)
        assert lines(app) == wanted
