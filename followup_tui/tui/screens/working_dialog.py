"""Long work on many: how far it is, how long it still takes, and esc to leave everything as it was."""

from __future__ import annotations

import time

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.text import content
from followup_tui.tui.widgets.import_report import EVERY, progress_line


class WorkingDialog(Dialog[None]):
    """`progress` is called from the thread that works; `finished` takes the dialog away."""

    HEADING = "Working"

    def __init__(self, title: str, total: int) -> None:
        super().__init__()
        self._title, self._total = title, total
        self._done = 0
        self._began = time.monotonic()
        self._cancelled = False

    def progress(self, done: int) -> bool:
        """Note how far it is; False once the user cancelled."""
        self._done = done
        return not self._cancelled

    def compose(self) -> ComposeResult:
        """Show the bar."""
        with Vertical(id="working", classes="box small") as box:
            box.border_title = content(f" {self._title} ")
            box.border_subtitle = Content(" esc cancels, nothing is changed then ")
            yield Static(id="bar", markup=False)

    def on_mount(self) -> None:
        """Look how far it is, a few times a second."""
        super().on_mount()
        self.set_interval(EVERY, self._look)

    def _look(self) -> None:
        if self._cancelled:
            words = "taking it back …"
        else:
            took = time.monotonic() - self._began
            words = progress_line(self._done, self._total, took, self.home.config.symbols, 20)
        self.query_one("#bar", Static).update(content(words), layout=False)

    def finished(self) -> None:
        """Go away, from wherever in the stack."""
        self.leave()

    def action_close(self) -> None:
        """Cancel."""
        self._cancelled = True
