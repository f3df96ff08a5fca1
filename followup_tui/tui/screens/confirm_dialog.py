"""The one hard question: `y` does it, anything else leaves everything as it is."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from followup_tui.tui import commands, dialog_bindings
from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.text import content


class ConfirmDialog(Dialog[bool]):
    """Gives True on `y`; None on `n` or esc."""

    HEADING = "Confirm"
    BINDINGS = commands.as_bindings(dialog_bindings.CONFIRM)

    def __init__(self, title: str, text: str, yes: str) -> None:
        """`text` says what would happen, `yes` is the line of the key that does it."""
        super().__init__()
        self._title, self._text, self._yes = title, text, yes

    def compose(self) -> ComposeResult:
        """Show what would happen."""
        with Vertical(id="confirm", classes="box small grave"):
            yield Static(content(self._text))
            yield Static(Content.assemble("\n", content(self._yes, "bold $error"), "     n  no, leave it"))

    def on_mount(self) -> None:
        """Name the box."""
        super().on_mount()
        self.query_one("#confirm").border_title = Content.assemble(content(self._title, "bold"))

    def action_yes(self) -> None:
        """Do it."""
        self.dismiss(True)
