"""The state when the database can't be opened: what is wrong, what to do, and the way back from a damaged file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from followup_tui.errors import FollowupError, NotOurDatabase
from followup_tui.tui import commands, dialog_bindings, wording
from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.text import content

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services
    from followup_tui.services.backups import BackupView, RestoreView

KEYS = "Nothing was changed.   r try again   q quit"


class FailedScreen(Dialog[None]):
    """Fills the screen; `q` or esc leaves with the error's exit code, `r` tries again, `b` brings a backup back."""

    HEADING = "Failed"
    BINDINGS = commands.as_bindings(dialog_bindings.FAILED)

    def __init__(self, error: FollowupError) -> None:
        super().__init__()
        self._error = error
        self._backup: BackupView | None = None

    def compose(self) -> ComposeResult:
        """Show the line, the hint and the keys."""
        with Vertical(id="failed"):
            yield Static(content(self._error.title), id="failed-title")
            yield Static(content(self._error.hint), id="failed-hint")
            yield Static(content(KEYS), id="failed-keys")

    def on_mount(self) -> None:
        """Look for a good backup when the file is damaged."""
        super().on_mount()
        if isinstance(self._error, NotOurDatabase):
            ops = self.home.ops
            ops.query("newest backup", _newest, self._offer, self._none, owner=self, beside=True)

    def _offer(self, found: BackupView | None) -> None:
        self._backup = found
        if found is not None:
            line = f"Nothing was changed.   r try again   q quit\nb look at the backup of {_when(found)}"
            self.query_one("#failed-keys", Static).update(content(line))

    def _none(self, error: FollowupError) -> None:
        self._backup = None

    def action_restore(self) -> None:
        """Show what the backup holds; `y` restores it."""
        found = self._backup
        if found is None:
            self.home.say("There is no good backup here", "warning")
            return
        from followup_tui.tui.screens.confirm_dialog import ConfirmDialog

        newest = f", the newest touch on {found.newest_touch:%Y-%m-%d %H:%M}" if found.newest_touch else ""
        text = (
            f"The backup of {_when(found)} holds {wording.count(found.prospects or 0, 'prospect')} and "
            f"{wording.count(found.touches or 0, 'touch', 'touches')}{newest}. A damaged file is kept beside it."
        )
        self.home.push_screen(ConfirmDialog("Restore a backup", text, "y  yes, restore it"), self._restore)

    def _restore(self, yes: bool | None) -> None:
        found = self._backup
        if yes and found is not None:
            file = Path(found.file)
            self.home.ops.mutate(lambda services: services.backups.restore(file), self._restored, self._unrestored)

    def _unrestored(self, error: FollowupError) -> None:
        self.home.say(str(error), "error")

    def _restored(self, done: RestoreView) -> None:
        self.home.say(f"Restored. The damaged file is kept as {done.kept}" if done.kept else "Restored")
        self.action_again()

    def action_again(self) -> None:
        """Try once more."""
        self.dismiss(None)
        self.home.changes.publish(None)

    def action_close(self) -> None:
        """Leave with the exit code that scripts would get."""
        self.home.exit(self._error.exit_code)


def _newest(services: Services) -> BackupView | None:
    return services.backups.newest_good()


def _when(found: BackupView) -> str:
    return f"{found.made:%Y-%m-%d %H:%M}" if found.made else found.file
