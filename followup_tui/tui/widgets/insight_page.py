"""The measures as one page to go up and down in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from typing import TYPE_CHECKING

from followup_tui.tui.insight_drawing import ASCII, UNICODE, Columns, Line
from followup_tui.tui.insight_lines import chosen, lines_of
from followup_tui.tui.widgets.canvas import Canvas
from followup_tui.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from followup_tui.services.views.measures import MeasureView, SectionView


class InsightPage(LineList):
    """The cursor stands on what has a number; names of sections are passed over."""

    def __init__(self, symbols: str, *, id: str) -> None:
        super().__init__(id=id)
        self._signs = ASCII if symbols == "ascii" else UNICODE
        self._lines: list[Line] = []
        self._chosen: list[int] = []

    @property
    def count(self) -> int:
        """Number of lines a cursor can stand on."""
        return len(self._chosen)

    @property
    def height_in_lines(self) -> int:
        """Number of all lines."""
        return len(self._lines)

    @property
    def current(self) -> MeasureView | None:
        """The measure under the cursor."""
        return self._lines[self._chosen[self.cursor]].measure if self._chosen else None

    def row_of(self, index: int) -> int:
        """Return the line of an item; the heading above the first one scrolls in with it."""
        return self._chosen[index] if self._chosen else 0

    def index_at(self, row: int) -> int:
        """Return the item on a line, else the next one below, else the last."""
        return min(bisect_left(self._chosen, row), len(self._chosen) - 1)

    def set_sections(self, sections: Mapping[str, SectionView], titles: Mapping[str, str]) -> None:
        """Show what was counted so far; the cursor stays on its measure."""
        before = self.current
        self._lines = lines_of(sections, titles)
        self._chosen = chosen(self._lines)
        cursor = self.cursor
        if before is not None:
            named = [place for place, row in enumerate(self._chosen) if self._name_at(row) == before.name]
            cursor = named[0] if named and cursor not in named else cursor
        self.show(cursor)

    def _name_at(self, row: int) -> str:
        measure = self._lines[row].measure
        return measure.name if measure is not None else ""

    def to_section(self, by: int) -> None:
        """Go to the first measure of the next or the previous section."""
        starts = [place for place, row in enumerate(self._chosen) if row and self._lines[row - 1].measure is None]
        later = [place for place in starts if (place > self.cursor if by > 0 else place < self.cursor)]
        if later:
            self.move_to(later[0] if by > 0 else later[-1])

    def draw_head(self, canvas: Canvas) -> None:
        """Name the columns."""
        columns = Columns.at(canvas.room)
        canvas.skip_to(columns.label).cell("yours", 8, "muted", right=True)
        canvas.skip_to(columns.label + columns.bar + 11).write("how many, whose measure", "muted")

    def draw_row(self, row: int, canvas: Canvas) -> None:
        """Draw a line of the page."""
        self._lines[row].draw(canvas, self._signs)
