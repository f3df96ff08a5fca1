"""A line to type in, inside a dialog that has keys of its own."""

from __future__ import annotations

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

    def on_key(self, event: events.Key) -> None:
        """Leave, or hand on a key that was meant for the dialog."""
        if self.screen.focused is not self:
            event.stop()
            event.prevent_default()
            self.app.post_message(events.Key(event.key, event.character))
        elif event.key in ("enter", "tab", "escape"):
            event.stop()
            event.prevent_default()
            self.screen.set_focus(None)
            self.post_message(self.Left(self, entered=event.key != "escape"))
