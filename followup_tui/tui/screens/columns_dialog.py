"""The columns of the table of prospects: which, in which order, how wide, and by which it is sorted."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from followup_tui.tui import commands, dialog_bindings
from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.text import content
from followup_tui.tui.widgets.canvas import Canvas
from followup_tui.tui.widgets.line_list import LineList
from followup_tui.tui.widgets.table_columns import COLUMNS, Arrangement


class ColumnList(LineList):
    """The columns shown, in their order, then the others."""

    head_lines = 0

    def __init__(self, arrangement: Arrangement, symbols: str) -> None:
        super().__init__(id="columns")
        self.arrangement = arrangement
        self._mark, self._down, self._up = ("+", "v", "^") if symbols == "ascii" else ("✓", "▾", "▴")

    @property
    def names(self) -> list[str]:
        """Every column."""
        shown = self.arrangement.columns
        return [*shown, *(name for name in COLUMNS if name not in shown)]

    @property
    def count(self) -> int:
        """Number of columns."""
        return len(COLUMNS)

    @property
    def current(self) -> str:
        """The column under the cursor."""
        return self.names[self.cursor]

    def take_in(self, arrangement: Arrangement, stay_on: str) -> None:
        """Take in a change; the cursor stays on its column."""
        self.arrangement = arrangement
        self.show(self.names.index(stay_on))

    def draw_row(self, row: int, canvas: Canvas) -> None:
        """Draw one column."""
        name, said = self.names[row], self.arrangement
        shown = name in said.columns
        canvas.cell(self._mark if shown else "", 2, "accent").cell(COLUMNS[name].name, 14, "text" if shown else "muted")
        canvas.cell(f"{said.widths[name]} wide" if name in said.widths else "", 9, "muted")
        if name == said.order:
            canvas.write(f"{self._up if said.backwards else self._down} sorted by this", "accent")


class ColumnsDialog(Dialog[Arrangement]):
    """Gives the arrangement when it is left; enter sorts and leaves."""

    HEADING = "Columns"
    AUTO_FOCUS: ClassVar[str] = "ColumnList"
    BINDINGS = commands.as_bindings(dialog_bindings.COLUMNS)

    def __init__(self, arrangement: Arrangement) -> None:
        super().__init__()
        self._arrangement = arrangement

    def compose(self) -> ComposeResult:
        """Show the columns."""
        with Vertical(id="columns-box", classes="box small") as box:
            box.border_title = content(" Columns ")
            box.border_subtitle = Content(" enter sorts · space shows · J K move · + - width · esc ")
            yield ColumnList(self._arrangement, self.home.config.symbols)

    @property
    def columns(self) -> ColumnList:
        """The list."""
        return self.query_one(ColumnList)

    def _change(self, arrangement: Arrangement) -> None:
        self.columns.take_in(arrangement, self.columns.current)

    def action_show_column(self) -> None:
        """Show or hide."""
        self._change(self.columns.arrangement.toggled(self.columns.current))

    def action_shift(self, by: int) -> None:
        """Move the column."""
        self._change(self.columns.arrangement.shifted(self.columns.current, by))

    def action_resize(self, by: int) -> None:
        """Make it wider or narrower."""
        self._change(self.columns.arrangement.resized(self.columns.current, by))

    def action_reset(self) -> None:
        """All as at first."""
        self._change(Arrangement())

    def action_sort(self) -> None:
        """Sort, and show the table."""
        self.dismiss(self.columns.arrangement.sorted_by(self.columns.current))

    def action_close(self) -> None:
        """Show the table as it is arranged now."""
        self.dismiss(self.columns.arrangement)
