"""Driving the app by keys: run it on services, wait until nothing is under way, read the screen as lines of text."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from followup_tui.tui.app import FollowupApp
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
    """Wait for messages and workers, until both are quiet."""
    for _ in range(4):
        await pilot.pause()
        await app.workers.wait_for_complete()
    await pilot.pause()


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
