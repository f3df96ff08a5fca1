"""The screen of one prospect, driven by keys."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from textual.pilot import Pilot

from followup_tui.errors import NothingFound
from followup_tui.services.views.opened import OpenedView
from followup_tui.tui.app import FollowupApp
from followup_tui.tui.screens.prospect import NEWEST, ProspectScreen
from followup_tui.tui.widgets.timeline import Timeline
from tests.tui.driving import lines, matches_snapshot, press, running, settle, shown, toasts
from tests.tui.fake_services import FakeServices, fake_services, hostile

ANN = "p001"


def rich_in_touches(number: int = 12) -> FakeServices:
    """Return services where Ann has touches on five channels, both ways, with values and notes."""
    services = fake_services()
    first = services.state.touches[ANN][0]
    channels = ("phone", "email", "text", "mail", "in person")
    touches = [
        replace(
            first,
            id=f"t{n}",
            channel=channels[n % 5],
            outcome="replied" if n % 4 == 3 else "sent" if n % 5 else "left voicemail",
            direction="inbound" if n % 4 == 3 else "outbound",
            at=services.at - timedelta(days=2 * (number - n), hours=n % 3),
            note=f"note {n}: call after the 20th" if n % 3 == 0 else "",
            value="press article" if n % 5 == 1 else "",
        )
        for n in range(number)
    ]
    services.state.touches[ANN] = tuple(touches)
    return services


async def typing(app: FollowupApp, pilot: Pilot[int], *keys: str) -> None:
    """Press keys as fast as they come, then wait once."""
    await pilot.press(*keys)
    await settle(app, pilot)


async def opened(app: FollowupApp, pilot: Pilot[int], who: str) -> None:
    """Open a prospect and wait until it is read."""
    app.open_prospect(who)
    await settle(app, pilot)


def timeline_of(app: FollowupApp) -> Timeline:
    return app.screen.query_one(Timeline)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_whole_screen(size: tuple[int, int]) -> None:
    """Who it is, how it stands, and the timeline in lanes; at 80 columns the lanes shrink to letters."""
    async with running(rich_in_touches(), size) as (app, pilot):
        await opened(app, pilot, ANN)
        matches_snapshot(app, f"prospect_{size[0]}x{size[1]}")


async def test_the_newest_touch_is_selected_and_its_note_is_shown_in_full() -> None:
    """Opening shows the latest first; moving shows each note in the pane below."""
    services = rich_in_touches(10)
    async with running(services) as (app, pilot):
        await opened(app, pilot, ANN)
        await press(app, pilot, "k", "j")
        assert timeline_of(app).cursor == 9
        assert "note 9: call after the 20th" in "\n".join(lines(app)[-6:])
        await press(app, pilot, "g")
        assert "note 0: call after the 20th" in "\n".join(lines(app)[-6:])
        await press(app, pilot, "G")
        assert timeline_of(app).ahead is not None


async def test_a_cursor_key_lays_nothing_out() -> None:
    """With a thousand touches a key repaints lines; the height stays, nothing else is drawn."""
    async with running(rich_in_touches(1000)) as (app, pilot):
        await opened(app, pilot, ANN)
        height = timeline_of(app).virtual_size
        drawn: list[int] = []
        original = timeline_of(app).draw_row
        timeline_of(app).draw_row = lambda row, canvas: (drawn.append(row), original(row, canvas))[1]  # type: ignore[func-returns-value,method-assign]
        await press(app, pilot, "k")
        assert timeline_of(app).virtual_size == height
        assert len(set(drawn)) <= 2


class Gate:
    """Lets what is read behind the first picture wait until it is opened."""

    def __init__(self, services: FakeServices) -> None:
        self.open = threading.Event()
        real = services.prospects.opened

        def opened(id: str, newest: int | None = None, **more: object) -> OpenedView:
            if newest is None:
                self.open.wait(5)
            return real(id, newest)

        services.prospects.opened = opened  # type: ignore[method-assign]


async def the_newest(app: FollowupApp, pilot: Pilot[int]) -> None:
    """Open a prospect and wait for the first picture; the rest is held back."""
    app.open_prospect(ANN)
    while not any(timeline.rows for timeline in app.screen.query(Timeline)):
        await pilot.pause()
    await pilot.pause()


async def the_rest(app: FollowupApp, pilot: Pilot[int], gate: Gate) -> None:
    """Let the rest be read, and wait until it is shown."""
    gate.open.set()
    screen = app.screen
    assert isinstance(screen, ProspectScreen)
    while screen._loaded is None or screen._loaded.opened.goes_on:
        await pilot.pause()
    await settle(app, pilot)


@pytest.mark.parametrize("moves", [[], ["k"] * 3, ["k"] * 40, ["pageup", "pageup"]], ids=len)
async def test_older_touches_come_without_moving_the_picture(moves: list[str]) -> None:
    """The newest are shown first; when the rest is read the lines on screen and the cursor stay what they were."""
    services = rich_in_touches(300)
    gate = Gate(services)
    async with running(services) as (app, pilot):
        await the_newest(app, pilot)
        assert timeline_of(app).rows.touches == NEWEST  # type: ignore[union-attr]
        await pilot.press(*moves)
        before, touch = lines(app), timeline_of(app).touch
        await the_rest(app, pilot, gate)
        assert timeline_of(app).rows.touches == 300  # type: ignore[union-attr]
        assert timeline_of(app).touch == touch
        assert [line[:-3] for line in lines(app)] == [line[:-3] for line in before]  # but for the scrollbar


async def test_the_first_touch_is_the_first_of_all() -> None:
    """`g` typed before the older touches are read goes to the first of them, and `f` leaves none of a channel out."""
    services = rich_in_touches(300)
    gate = Gate(services)
    async with running(services) as (app, pilot):
        await the_newest(app, pilot)
        await pilot.press("g")
        await the_rest(app, pilot, gate)
        assert timeline_of(app).touch.id == "t0"  # type: ignore[union-attr]
    services = rich_in_touches(300)
    gate = Gate(services)
    async with running(services) as (app, pilot):
        await the_newest(app, pilot)
        await pilot.press("f")
        await the_rest(app, pilot, gate)
        assert "phone only" in shown(app)
        assert timeline_of(app).rows.touches == 60  # type: ignore[union-attr]


async def test_f_cycles_through_the_channels_and_back() -> None:
    """Each press shows the next channel and says which; after the last one everything is there again."""
    async with running(rich_in_touches()) as (app, pilot):
        await opened(app, pilot, ANN)
        await press(app, pilot, "f")
        assert "phone only" in shown(app)
        counts = [timeline_of(app).count]
        for _ in range(5):
            await press(app, pilot, "f")
            counts.append(timeline_of(app).count)
        assert counts[-1] > max(counts[:-1])
        assert " only" not in lines(app)[8]


async def test_n_and_p_walk_through_todays_queue() -> None:
    """The next slot opens in place; esc leads back to Today, not through all of them."""
    async with running(fake_services()) as (app, pilot):
        await press(app, pilot, "o")
        queue = app.queue
        await press(app, pilot, "n", "n")
        assert isinstance(app.screen, ProspectScreen)
        assert app.screen.prospect == queue[2]
        await press(app, pilot, "p", "p", "p")
        assert app.screen.prospect == queue[0]
        assert "first slot" in toasts(app)[-1]
        await press(app, pilot, "escape")
        assert len(app.screen_stack) == 1


async def test_a_log_shows_at_once_in_the_timeline() -> None:
    """Two keys log from here too; the new touch is selected, and undo takes it away again."""
    services = rich_in_touches(4)
    async with running(services) as (app, pilot):
        await opened(app, pilot, ANN)
        await press(app, pilot, "l", "2")
        assert timeline_of(app).rows is not None
        assert timeline_of(app).rows.touches == 5  # type: ignore[union-attr]
        assert timeline_of(app).cursor == 4
        await press(app, pilot, "u")
        assert timeline_of(app).rows.touches == 4  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("keys", "call"), [(("x",), "skip"), (("s",), "snooze"), (("asterisk",), "star"), (("P", "enter"), "pause")]
)
async def test_a_verb_acts_on_this_prospect(keys: tuple[str, ...], call: str) -> None:
    """Each key is one change, said in a toast with how to undo it."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await opened(app, pilot, ANN)
        await press(app, pilot, *keys)
        assert call in " ".join(services.calls)
        assert "u undo" in toasts(app)[-1]


async def test_pause_shows_the_rules_and_refuses_the_past() -> None:
    """The date is understood as it is typed; a day gone by can't be taken."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await opened(app, pilot, ANN)
        await typing(app, pilot, "P", *"2026-11-01")
        assert "not in the future" in shown(app)
        await press(app, pilot, "enter")
        assert "pause" not in services.calls
        await typing(app, pilot, *["backspace"] * 10, *"+7d")
        assert "Mon 30 Nov, in 7 days" in shown(app)
        assert all(rule in shown(app) for rule in ("freeze", "restart", "keep"))
        await press(app, pilot, "down", "enter")
        assert services.state.people[ANN].paused


async def test_a_decision_is_answered_with_enter() -> None:
    """Where a decision waits, enter opens it; elsewhere the key is not offered."""
    services = fake_services()
    decided = next(iter(services.state.decisions))
    async with running(services) as (app, pilot):
        await opened(app, pilot, decided)
        await press(app, pilot, "enter")
        assert "12 attempts without an answer" in shown(app)


async def test_keys_typed_before_the_prospect_is_read_are_done_when_it_is() -> None:
    """A log begun at once opens for the right prospect; nothing typed is lost."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await pilot.press("o", "l", "2")
        await settle(app, pilot)
        assert "log" in " ".join(services.calls)
        assert services.state.done[-1][0] == app.screen.prospect  # type: ignore[attr-defined]


async def test_nobody_there_leads_back() -> None:
    """A prospect that is gone meanwhile is said, and the screen closes."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await opened(app, pilot, ANN)
        services.fail_with = NothingFound("this prospect is gone")
        app.changes.publish(None)
        await settle(app, pilot)
        services.fail_with = None
        assert "this prospect is gone" in toasts(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@pytest.mark.parametrize("keys", [(), ("f",), ("P",), ("C",), ("E",), ("j", "j"), ("c",), ("l",)])
async def test_hostile_text_stays_text(size: tuple[int, int], keys: tuple[str, ...]) -> None:
    """Markup, escapes and stacked accents in every field are drawn cleaned, on the screen and its dialogs."""
    services = hostile()
    who = next(iter(services.state.people))
    evil = services.state.people[who].why
    services.state.touches[who] = tuple(
        replace(touch, note=evil, value=evil, outcome=evil) for touch in services.state.touches[who]
    )
    async with running(services, size) as (app, pilot):
        await opened(app, pilot, who)
        await press(app, pilot, *keys)
        assert app.is_running
        assert "\x1b" not in shown(app)
        assert "‮" not in shown(app)
        assert all(strip.cell_length == size[0] for strip in app.screen._compositor.render_strips())
