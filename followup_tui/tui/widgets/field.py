"""A line to type in, inside a dialog that has keys of its own."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

from textual import events
from textual.message import Message
from textual.widgets import Input

from followup_tui.tui.text import clean


class CleanInput(Input):
    """A line to type in; what is typed, pasted or loaded into it reaches the screen cleaned."""

    def validate_value(self, value: str) -> str:
        """Clean it before it stands there: Textual draws an input's text as it is."""
        return clean(value)


class Field(CleanInput):
    """Leaves itself on enter, tab and esc at once, so that a key typed right behind reaches the dialog's keys."""

    class Left(Message):
        """The field was left; `entered` with enter or tab rather than esc."""

        def __init__(self, field: Field, *, entered: bool) -> None:
            super().__init__()
            self.field = field
            self.entered = entered

    LEAVING = frozenset({"enter", "tab", "escape"})
    PATIENCE = 2.0
    """Seconds the app waits at most for a field that is left; one that is gone never answers."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._looked_at = asyncio.Event()

    async def looked_at(self, event: events.Key) -> None:
        """Wait until a key that leaves the field has left it: the next key is no longer the field's."""
        if event.key in self.LEAVING:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._looked_at.wait(), self.PATIENCE)
                self._looked_at.clear()

    def on_key(self, event: events.Key) -> None:
        """Leave, or hand on a key that was meant for the dialog."""
        if event.key in self.LEAVING:
            self.call_next(self._looked_at.set)
        if self.screen.focused is not self:
            event.stop()
            event.prevent_default()
            self.app.post_message(events.Key(event.key, event.character))
        elif event.key in self.LEAVING:
            event.stop()
            event.prevent_default()
            self.screen.set_focus(None)
            self.post_message(self.Left(self, entered=event.key != "escape"))
