"""Says how far bringing an old database to this version is: at ten years of work that takes a minute."""

from __future__ import annotations

import asyncio
import time

from textual.app import App

EVERY = 0.5
"""Seconds between two words."""
STAYS = 60.0
"""Seconds a word stays unless the next one takes its place."""


class MigrationNotice:
    """Called in the thread that does it; the end of the app calls it off."""

    def __init__(self, app: App[int], loop: asyncio.AbstractEventLoop) -> None:
        self._app = app
        self._loop = loop
        self._last = 0.0

    def __call__(self, what: str, done: int, of: int) -> bool:
        """Show what is done and how much of it, an empty text at the end; whether anybody is there."""
        if not what or time.monotonic() - self._last >= EVERY:
            self._last = time.monotonic()
            try:
                self._loop.call_soon_threadsafe(self._show, what, done, of)
            except RuntimeError:  # the app has ended
                return False
        return True

    def _show(self, what: str, done: int, of: int) -> None:
        self._app.clear_notifications()
        if what:
            far = f" · {done:,} of {of:,}" if of else " …"
            words = f"{what[0].upper()}{what[1:]}{far}\nAn older version made it: the old file is kept"
            self._app.notify(words, timeout=STAYS, markup=False)
