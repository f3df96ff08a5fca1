"""Fields of a form: a line of text that takes no control characters, and a choice moved with the arrows."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from followup_tui.tui.text import clean
from followup_tui.tui.widgets.canvas import Canvas
from followup_tui.tui.widgets.field import CleanInput, Field
from followup_tui.tui.widgets.paint import Painter


class TextField(CleanInput):
    """One line; what is pasted is cleaned before it stands there."""

    def __init__(self, value: str = "", *, id: str, hint: str = "") -> None:
        super().__init__(clean(value), placeholder=hint, id=id, compact=True, select_on_focus=False)

    def validate_value(self, value: str) -> str:
        """Keep the value harmless."""
        return clean(value)


class FilterField(Field):
    """One line above a list: enter and esc hand the focus back at once, so that the next key is the list's."""

    def __init__(self, *, id: str, hint: str = "") -> None:
        super().__init__(placeholder=hint, id=id, compact=True, select_on_focus=False)
        self.back: Widget | None = None
        """Who gets the focus."""

    def validate_value(self, value: str) -> str:
        """Keep the value harmless."""
        return clean(value)

    def on_key(self, event: events.Key) -> None:
        """Leave, or hand on a key that was meant for the list."""
        super().on_key(event)
        if self.screen.focused is None and self.back is not None:
            self.can_focus = False
            self.screen.set_focus(self.back)


class Choice(Painter, can_focus=True):
    """One of a few words; left and right change it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space", "turn(1)", "next", show=False),
        Binding("left", "turn(-1)", "previous", show=False),
    ]
    value: reactive[str] = reactive("")

    class Changed(Message):
        """Another word was chosen."""

    class Submitted(Message):
        """Enter on the choice: go on."""

    def __init__(self, words: tuple[str, ...], value: str, *, id: str, symbols: str = "unicode") -> None:
        super().__init__(id=id)
        self.words = words
        self._ends = ("<", ">") if symbols == "ascii" else ("‹", "›")
        self.set_reactive(Choice.value, value if value in words else words[0])

    def render_line(self, y: int) -> Strip:
        """Draw `‹ cold ›   2 of 5`."""
        canvas = Canvas(self.size.width, self.role)
        canvas.write(f"{self._ends[0]} ", "accent" if self.has_focus else "muted")
        canvas.write(self.value, "next" if self.has_focus else "text")
        canvas.write(f" {self._ends[1]}", "accent" if self.has_focus else "muted")
        if self.has_focus:
            canvas.write(f"   {self.words.index(self.value) + 1} of {len(self.words)} · ←→", "muted")
        return canvas.strip()

    def action_turn(self, by: int) -> None:
        """Take the next or the previous word."""
        self.value = self.words[(self.words.index(self.value) + by) % len(self.words)]
        self.post_message(self.Changed())

    def on_click(self) -> None:
        """Take the next word."""
        self.focus()
        self.action_turn(1)

    def on_key(self, event: events.Key) -> None:
        """Go on with enter."""
        if event.key == "enter":
            event.stop()
            self.post_message(self.Submitted())
