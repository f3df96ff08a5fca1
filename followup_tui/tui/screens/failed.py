"""The state when the database can't be opened: what is wrong, what to do, and nothing else."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from followup_tui.errors import FollowupError
from followup_tui.tui import bindings
from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.text import content


class FailedScreen(Dialog[None]):
    """Fills the screen; `q` or esc leaves with the error's exit code, `r` tries again."""

    HEADING = "Failed"
    BINDINGS = bindings.as_bindings(bindings.FAILED)

    def __init__(self, error: FollowupError) -> None:
        super().__init__()
        self._error = error

    def compose(self) -> ComposeResult:
        """Show the line, the hint and the two keys."""
        with Vertical(id="failed"):
            yield Static(content(self._error.title), id="failed-title")
            yield Static(content(self._error.hint), id="failed-hint")
            yield Static(content("Nothing was changed.   r try again   q quit"), id="failed-keys")

    def action_again(self) -> None:
        """Try once more."""
        self.dismiss(None)
        self.home.changes.publish(None)

    def action_close(self) -> None:
        """Leave with the exit code that scripts would get."""
        self.home.exit(self._error.exit_code)
