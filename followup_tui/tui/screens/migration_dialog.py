"""Who is on an older version of a cadence, and what moving them to the newest would change: keep, or migrate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from followup_tui.services.views import MigrationRow
from followup_tui.tui import commands, dialog_bindings, wording
from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.text import content
from followup_tui.tui.widgets.canvas import Canvas
from followup_tui.tui.widgets.line_list import LineList


class MigrationList(LineList):
    """One line a prospect: version, step → step, date → date."""

    def __init__(self, rows: Sequence[MigrationRow], today: date, symbols: str) -> None:
        super().__init__(id="migrations")
        self._rows, self._today = rows, today
        self._arrow = "->" if symbols == "ascii" else "→"

    @property
    def count(self) -> int:
        """Number of people."""
        return len(self._rows)

    def draw_head(self, canvas: Canvas) -> None:
        """Name the columns."""
        canvas.skip_to(1).cell("name", 26, "muted").cell("on", 4, "muted").cell("step", 10, "muted")
        canvas.write("date", "muted")

    def draw_row(self, row: int, canvas: Canvas) -> None:
        """Draw one of them; what stays the same stands back."""
        one = self._rows[row]
        canvas.skip_to(1).cell(one.prospect.name, 26, "strong").cell(f"v{one.version}", 4, "muted")
        step = f"{one.step_from} {self._arrow} {one.step_to}" if one.step_from != one.step_to else f"{one.step_from}"
        canvas.cell(step, 10, "text" if one.step_from != one.step_to else "muted")
        before, after = self._day(one.date_from), self._day(one.date_to)
        if before == after:
            canvas.write(f"{before}, unchanged", "muted")
        else:
            canvas.write(f"{before} {self._arrow} ", "text").write(after, "due")

    def _day(self, on: date | None) -> str:
        return wording.day(on, self._today) if on is not None else "no step planned"


class MigrationDialog(Dialog[bool]):
    """Gives True for migrate; esc keeps everybody on the version they are on."""

    HEADING = "Migrate"
    BINDINGS = commands.as_bindings(dialog_bindings.MIGRATING)

    AUTO_FOCUS: ClassVar[str] = "MigrationList"

    def __init__(self, cadence: str, rows: Sequence[MigrationRow], today: date) -> None:
        super().__init__()
        self._cadence, self._rows, self._today = cadence, rows, today

    def compose(self) -> ComposeResult:
        """Show the table."""
        number = len(self._rows)
        moved = sum(1 for row in self._rows if row.date_from != row.date_to)
        with Vertical(id="history", classes="box") as box:
            box.border_title = content(f" {self._cadence} · on an older version: {number:,} ")
            box.border_subtitle = Content("m migrate · esc keep")
            yield MigrationList(self._rows, self._today, self.home.config.symbols)
            words = f"m moves {wording.count(number, 'prospect')} to the newest version, {moved:,} to another date"
            yield Static(content(f"{words} · esc keeps", "$muted"), id="offer")

    def on_mount(self) -> None:
        """Show the rows."""
        super().on_mount()
        shown = self.query_one(MigrationList)
        shown.focus()
        shown.show(0)

    def action_migrate(self) -> None:
        """Move them all."""
        self.dismiss(True)
