"""Driving the app by keys: run it on services, wait until nothing is under way, read the screen as lines of text."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from followup_tui.tui.app import FollowupApp
from tests.tui.at_rest import PATIENCE, at_rest, due_soon, unpainted, workers_done
from tests.tui.fake_services import FakeServices

SNAPSHOTS = Path(__file__).parent / "snapshots"


@asynccontextmanager
async def running(
    services: FakeServices, size: tuple[int, int] = (120, 36), open_services: Callable[[], Any] | None = None
) -> AsyncIterator[tuple[FollowupApp, Pilot[int]]]:
    """Run the app on the services until the first plan is shown."""
    app = FollowupApp(open_services or (lambda: services), services.config)
    services.opened_in = "a thread"
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(app, pilot)
        yield app, pilot


async def settle(app: FollowupApp, pilot: Pilot[int]) -> None:
    """Wait until nothing is under way: no message, no worker, nothing to be painted, no timer that is due soon."""
    until = time.monotonic() + PATIENCE
    while True:
        await at_rest()
        await workers_done(app)
        await at_rest()
        soon, pictures = due_soon(app), unpainted(app)
        if not soon and not pictures and all(worker.is_finished for worker in app.workers):
            return
        assert time.monotonic() < until, f"still at work after {PATIENCE:.0f} seconds"
        for screen in pictures:
            screen._on_timer_update()
        if soon:
            await asyncio.wait([timer._task for timer in soon], timeout=1)


async def until(app: FollowupApp, pilot: Pilot[int], holds: Callable[[], object]) -> None:
    """Wait for what comes while something else is still at work; fail with the screen when it never comes."""
    limit = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < limit, shown(app)
        await pilot.pause(0.01)


async def press(app: FollowupApp, pilot: Pilot[int], *keys: str) -> None:
    """Press keys one after the other, waiting for each."""
    for key in keys:
        await pilot.press(key)
        await settle(app, pilot)


def lines(app: FollowupApp) -> list[str]:
    """Return the screen as text, without spaces at the ends of lines."""
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


def shown(app: FollowupApp) -> str:
    """Return the whole screen as one text."""
    return "\n".join(lines(app))


def toasts(app: FollowupApp) -> list[str]:
    """Return the messages of the toasts on screen."""
    return [notification.message for notification in app.notices]


def matches_snapshot(app: FollowupApp, name: str) -> None:
    """Compare the screen with a stored one; write it when there is none yet."""
    path = SNAPSHOTS / f"{name}.txt"
    now = shown(app) + "\n"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_text(now, encoding="utf-8")
    assert now == path.read_text(encoding="utf-8")
