"""Whether the app has come to rest: asked of the event loop and of the screens, never guessed from time that passed.

Textual's own pilot waits until the process uses little processor time, twice for a key: that is slow where nothing is
to be done, and wrong where something else keeps the machine busy.
"""

from __future__ import annotations

import asyncio
import gc
import time
from contextlib import suppress

import pytest
from textual.app import App
from textual.screen import Screen
from textual.timer import Timer
from textual.worker import WorkerCancelled

PATIENCE = 60.0
"""Seconds after which what never comes to rest fails; a limit, never a pause."""
ROUNDS = 3
"""Turns of the loop without anything to do after which it rests: one takes in timers and threads, one runs them."""
BUSY = 1.0
"""Seconds a loop that always has something to do is waited for, as the pilot does."""
SOON = 0.3
"""Seconds until a timer that is waited for: what was typed is looked at so long after the last key."""


async def at_rest(*_: float) -> None:
    """Wait until nothing is ready to run on this loop."""
    loop = asyncio.get_running_loop()
    until, still = time.monotonic() + BUSY, 0
    while still < ROUNDS and time.monotonic() < until:
        await asyncio.sleep(0)
        still = 0 if loop._ready else still + 1  # type: ignore[attr-defined]


async def workers_done(app: App[int]) -> None:
    """Wait for every worker, those that others start as well."""
    while under_way := [worker for worker in app.workers if not worker.is_finished]:
        with suppress(WorkerCancelled):  # replaced by a later one
            await app.workers.wait_for_complete(under_way)


def unpainted(app: App[int]) -> list[Screen[object]]:
    """Return the screens that have something to paint, or to do once they are painted."""
    return [
        screen
        for screen in app.screen_stack
        if screen.is_running and (screen._callbacks or screen._update_timer._active.is_set())
    ]


def due_soon(app: App[int]) -> list[Timer]:
    """Return the timers that run once, and soon."""
    nodes = [app, *(node for screen in app.screen_stack for node in screen.walk_children(with_self=True))]
    return [
        timer
        for node in nodes
        for timer in list(node._timers)
        if timer._repeat == 0
        and timer._interval <= SOON
        and timer._task is not None
        and not timer._task.done()
        and timer._active.is_set()
    ]


@pytest.fixture(autouse=True)
def pilots_wait_for_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pilot wait for the loop in place of the processor."""
    monkeypatch.setattr("textual.pilot.wait_for_idle", at_rest)
    monkeypatch.setattr("textual.app.wait_for_idle", at_rest)


@pytest.fixture(autouse=True)
def every_app_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an app leave out of later collections what was imported, once; after that every test's app would stay."""
    if gc.get_freeze_count():
        monkeypatch.setattr(gc, "freeze", lambda: None)
