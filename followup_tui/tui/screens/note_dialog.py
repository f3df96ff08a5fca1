"""Asks for one line of words."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.text import content
from followup_tui.tui.widgets.field import CleanInput


class NoteDialog(Dialog[str]):
    """Gives the words on enter, also empty ones; None on esc."""

    HEADING = "Note"
    FIELD = "#words"

    def __init__(self, title: str, words: str = "", label: str = "note", hint: str = "enter saves · esc") -> None:
        super().__init__()
        self._title, self._words, self._label, self._hint = title, words, label, hint

    def compose(self) -> ComposeResult:
        """Show the field."""
        with Vertical(id="note-box", classes="box small"), Horizontal(classes="line"):
            yield Static(content(self._label), classes="label")
            yield CleanInput(self._words, id="words", compact=True, select_on_focus=False)

    def on_mount(self) -> None:
        """Name the box."""
        box = self.query_one("#note-box")
        box.border_title = Content.assemble(content(self._title, "bold"))
        box.border_subtitle = Content.assemble(content(self._hint))
        super().on_mount()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip())
