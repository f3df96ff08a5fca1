"""Seven days as seven lines: each block where it lies in the day, filled as far as it is planned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field
from datetime import date, time
from typing import TYPE_CHECKING

from followup_tui.records import dataclass
from followup_tui.tui import wording
from followup_tui.tui.widgets.canvas import Canvas
from followup_tui.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from followup_tui.config import BlockConfig
    from followup_tui.services.views.planning import WeekView

LABEL = 12
"""Cells of a day's name."""


@dataclass(frozen=True, slots=True)
class Span:
    """One block on the line of its day."""

    start: int
    """Minutes after midnight."""
    end: int
    share: float
    """How much of it is planned; above 1 it is too full."""
    color: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day: its blocks, and what is said behind them."""

    name: str
    spans: tuple[Span, ...]
    said: tuple[tuple[str, str], ...] = ()
    """Pieces of text with their roles."""
    role: str = "text"
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """The hours shown, and the cells they are shown in."""

    first: int = 8 * 60
    last: int = 18 * 60
    cells: int = 40
    hours: tuple[int, ...] = field(default=())

    @classmethod
    def around(cls, spans: Iterable[Span], cells: int) -> Frame:
        """Return the hours that hold every block, whole hours, at least eight of them."""
        known = list(spans)
        first = min((span.start for span in known), default=9 * 60) // 60
        last = -(-max((span.end for span in known), default=17 * 60) // 60)
        last = max(last, min(24, first + 8))
        step = 1 if cells >= (last - first) * 4 else 2
        return cls(first * 60, last * 60, cells, tuple(range(first, last, step)))

    def cell(self, minute: int) -> int:
        """Return the cell a minute of the day lies in."""
        return round((minute - self.first) * self.cells / max(1, self.last - self.first))


def minutes_of(at: time) -> int:
    """Return minutes after midnight."""
    return at.hour * 60 + at.minute


def template_lines(blocks: Sequence[BlockConfig], marked: BlockConfig | None = None) -> list[DayLine]:
    """Return the seven days of a week's template; the marked block stands out."""
    names = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    lines = []
    for weekday, name in enumerate(names):
        own = sorted((one for one in blocks if weekday in one.days), key=lambda one: one.start)
        spans = tuple(
            Span(
                minutes_of(one.start),
                minutes_of(one.end),
                1.0,
                "next" if one is marked else one.color,
                one.name,
            )
            for one in own
        )
        total = sum(span.end - span.start for span in spans)
        said = ((wording.span(total), "text") if spans else ("no blocks", "muted"),)
        lines.append(DayLine(name, spans, said, "text" if spans else "muted"))
    return lines


def week_lines(view: WeekView, today: date) -> list[DayLine]:
    """Return the seven days of a week with their load and what else they hold."""
    lines = []
    for day in view.days:
        spans = tuple(
            Span(
                minutes_of(block.start.time()),
                minutes_of(block.end.time()),
                block.planned_minutes / max(1, block.capacity_minutes),
                block.color,
                block.name,
            )
            for block in day.blocks
            if block.end.date() == block.start.date()
        )
        busy = day.planned or day.blocks
        said: list[tuple[str, str]] = []
        if busy:
            said.append((f"{wording.span(day.planned_minutes)} of {wording.span(day.capacity_minutes)}", "text"))
        if day.done:
            said.append((f"{day.done} done", "done"))
        if day.fixed:
            said.append((wording.count(len(day.fixed), "fixed", "fixed"), "fixed"))
        if day.left_over:
            said.append((f"{len(day.left_over)} left over", "overdue"))
        if day.decisions:
            said.append((wording.count(day.decisions, "decision"), "fixed"))
        if day.own_blocks:
            said.append(("own blocks", "value"))
        if day.free:
            said.append((day.free, "muted"))
        role = "next" if day.date == today else "text" if day.working else "muted"
        lines.append(DayLine(f"{day.date:%a} {day.date.day} {day.date:%b}", spans, tuple(said), role, day.date))
    return lines


class WeekStrip(LineList):
    """Draws day lines; the cursor stands on a day."""

    def __init__(self, symbols: str, *, id: str, marks: bool = True) -> None:
        """Without `marks` no day stands out."""
        super().__init__(id=id)
        self._marks = marks
        self._lines: list[DayLine] = []
        self._full, self._free, self._over = ("#", "-", "!") if symbols == "ascii" else ("█", "░", "▓")

    @property
    def count(self) -> int:
        """Number of days."""
        return len(self._lines)

    def row_of(self, index: int) -> int:
        """Return the line of a day; none is marked when nothing is to be chosen."""
        return index if self._marks else -1

    def set_lines(self, lines: list[DayLine], cursor: int | None = None) -> None:
        """Show other days."""
        self._lines = lines
        self.show(cursor)

    def _frame(self, width: int) -> Frame:
        cells = max(20, min(72, (width - LABEL) * (6 if width >= 100 else 5) // 10))
        return Frame.around((span for line in self._lines for span in line.spans), cells)

    def draw_head(self, canvas: Canvas) -> None:
        """Draw the hours."""
        frame = self._frame(canvas.room)
        for hour in frame.hours:
            canvas.skip_to(LABEL + frame.cell(hour * 60)).write(f"{hour:02d}", "muted")

    def draw_row(self, row: int, canvas: Canvas) -> None:
        """Draw a day."""
        frame, line = self._frame(canvas.room), self._lines[row]
        canvas.skip_to(1).write(line.name, line.role, to=LABEL - 1)
        for span in line.spans:
            begin, end = frame.cell(span.start), frame.cell(span.end)
            end = max(end, begin + 1)
            wide = end - begin - (end - begin > 2)  # a cell between neighbours
            filled = wide if span.share >= 1 else min(wide - 1, round(wide * span.share)) if wide > 1 else 0
            if span.share > 0 and not filled:
                filled = 1
            full = self._over if span.share > 1.001 else self._full
            canvas.skip_to(LABEL + begin).write(full * filled, "overdue" if span.share > 1.001 else _role(span))
            canvas.write(self._free * (wide - filled), "faint" if not span.color else span.color)
        canvas.skip_to(LABEL + frame.cells + 2)
        for number, (text, role) in enumerate(line.said):
            canvas.write(" · " if number else "", "muted").write(text, role)


def _role(span: Span) -> str:
    return span.color or "block"
