"""The weeks ahead as bars: the work against what the blocks hold, what is too much, and what is only imagined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followup_tui.tui import wording
from followup_tui.tui.widgets.canvas import Canvas
from followup_tui.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from followup_tui.services.views.planning import DayLoadView, ForecastView, WeekLoadView

LABEL = 13


class LoadChart(LineList):
    """One line a week; the cursor's week shows its days in a chart of their own."""

    def __init__(self, symbols: str, *, id: str, marks: bool = True) -> None:
        """Without `marks` no line stands out."""
        super().__init__(id=id)
        self._marks = marks
        self._rows: list[tuple[str, WeekLoadView | DayLoadView]] = []
        self._full, self._free, self._over, self._more = "#-!+" if symbols == "ascii" else "█░▓▒"

    @property
    def count(self) -> int:
        """Number of lines."""
        return len(self._rows)

    def row_of(self, index: int) -> int:
        """Return the line; none is marked when nothing is to be chosen."""
        return index if self._marks else -1

    def set_weeks(self, view: ForecastView, cursor: int | None = None) -> None:
        """Show the weeks."""
        self._rows = [(f"{week.start:%a} {week.start.day} {week.start:%b}", week) for week in view.weeks]
        self.show(cursor)

    def set_days(self, week: WeekLoadView) -> None:
        """Show the days of one week."""
        self._rows = [(f"{day.date:%a} {day.date.day} {day.date:%b}", day) for day in week.days]
        self.show(0)

    def draw_head(self, canvas: Canvas) -> None:
        """Name the columns."""
        bar = self._bar(canvas.room)
        canvas.skip_to(1).cell("from" if len(self._rows) != 7 else "", LABEL - 2, "muted")
        canvas.skip_to(LABEL).write("work against your blocks"[:bar], "muted")
        canvas.skip_to(LABEL + bar + 1).cell("touches", 8, "muted", right=True).cell("work", 9, "muted", right=True)
        canvas.cell("blocks", 9, "muted", right=True).write("too much", "muted")

    def draw_row(self, row: int, canvas: Canvas) -> None:
        """Draw one week or day."""
        name, load = self._rows[row]
        bar = self._bar(canvas.room)
        quiet = not load.minutes and not load.capacity_minutes
        canvas.skip_to(1).cell(name, LABEL - 2, "muted" if quiet else "strong")
        canvas.skip_to(LABEL)
        most = max(max(one.minutes, one.capacity_minutes) for _, one in self._rows) or 1
        fits = max(0, load.minutes - load.over_minutes)
        extra = min(load.extra_minutes, fits)
        cells = [round(part * bar / most) for part in (fits - extra, fits, load.minutes, max(load.capacity_minutes, 0))]
        if load.over_minutes and cells[2] <= cells[1]:
            cells[2] = min(bar, cells[1] + 1)
        canvas.write(self._full * cells[0], "high").write(self._more * (cells[1] - cells[0]), "value")
        canvas.write(self._over * (cells[2] - cells[1]), "overdue")
        canvas.write(self._free * max(0, cells[3] - cells[2]), "faint")
        canvas.skip_to(LABEL + bar + 1)
        canvas.cell(f"{load.touches:,}", 8, "muted" if quiet else "text", right=True)
        canvas.cell(wording.span(load.minutes) if load.minutes else "–", 9, "muted" if quiet else "text", right=True)
        canvas.cell(wording.span(load.capacity_minutes) if load.capacity_minutes else "–", 9, "muted", right=True)
        canvas.cell(wording.span(load.over_minutes) if load.over_minutes else "", 8, "overdue")
        if load.extra:
            canvas.write(f"+{load.extra:,} ", "value")
        if load.decisions:
            canvas.write(
                wording.count(load.decisions, "decision") if canvas.room > 12 else f"{load.decisions} ?", "fixed"
            )

    def _bar(self, room: int) -> int:
        return max(10, min(48, room - LABEL - 8 - 9 - 9 - 8 - 12))
