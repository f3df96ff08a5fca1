"""A text to be selected with the mouse or the terminal's own keys, where the clipboard can't be reached."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical

from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.text import content
from followup_tui.tui.widgets.writing import Writing


class ShownText(Dialog[None]):
    """Shows the words as they are; nothing in it is an action."""

    HEADING = "Text"

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """Show the words."""
        with Vertical(id="shown-text", classes="box") as box:
            box.border_title = content(" Select and copy ")
            box.border_subtitle = content(" esc ")
            writing = Writing(self._text, id="words")
            writing.read_only = True
            yield writing
