"""A place the app keeps when it is closed and fills anew: making widgets takes ten times as long as showing them."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from textual import events
from textual.messages import Update

from followup_tui.tui.screens.place import Place
from followup_tui.tui.widgets.header import Header

AT_ONCE = 0.08
"""Seconds until it is shown, whether what was asked for is there or not: one frame shows both, nearly always."""


class KeptPlace(Place):
    """Asks for what it shows when it is put on top. Subclasses empty themselves when they are put away."""

    in_use = False
    """It is open; another one needs another place."""
    _made = False
    """Its widgets are there."""
    _opens = False
    """It is about to be shown."""

    def __init__(self) -> None:
        super().__init__()
        self._answered = asyncio.Event()
        """What was asked for is there, or never will be."""

    @property
    def is_laid_out(self) -> bool:
        """Whether its widgets have the sizes they will be painted in."""
        return self._made and self.outer_size == self.app.size

    def taken(self) -> None:
        """Begin anew, right after it was put on top: what to show is asked for now."""
        self.in_use, self._opens, self.stale = True, True, False
        self._answered.clear()

    def put_away(self) -> None:
        """Let go of all that is shown and asked for, right after it was closed."""
        self.in_use = self._opens = self.stale = False
        self.workers.cancel_node(self)
        self._answered.set()

    def begin(self) -> None:
        """The widgets are there; what to show was asked for already."""
        self._made = True

    async def on_screen_resume(self, event: events.ScreenResume) -> None:  # type: ignore[override]  # it is awaited
        """Wait a moment for what was asked for; all of it is laid out and painted in one go.

        Textual would paint what is to be laid out first and then all of it; an update of the screen itself makes that
        one picture.
        """
        opens, self._opens = self._opens, False
        if not opens:
            return
        if not self._answered.is_set():
            with suppress(TimeoutError), self.app.batch_update():
                await asyncio.wait_for(self._answered.wait(), AT_ONCE)
        if self.is_laid_out:
            self.query_one(Header).come_back()
            self.refresh(layout=True)
            self.post_message(Update(self))
