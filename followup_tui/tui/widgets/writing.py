"""A text of several lines being written; what is pasted or loaded is cleaned before it stands there."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.message import Message
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult

from followup_tui.tui.text import clean


class Writing(TextArea):
    """Printable keys are words here; esc leaves the words at once, so that the next key is the dialog's."""

    takes_words: ClassVar[bool] = True

    class Left(Message):
        """The words were left with esc."""

    def __init__(self, text: str = "", *, id: str) -> None:
        super().__init__(
            clean(text, one_line=False), id=id, compact=True, highlight_cursor_line=False, tab_behavior="focus"
        )

    def load_text(self, text: str) -> None:
        """Replace everything, cleaned."""
        super().load_text(clean(text, one_line=False))

    def edit(self, edit: Edit) -> EditResult:
        """Take an edit, its words cleaned."""
        edit.text = clean(edit.text, one_line=False)
        return super().edit(edit)

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "escape":
            event.stop()
            event.prevent_default()
            self.screen.set_focus(None)
            self.post_message(self.Left())
            return
        await super()._on_key(event)
