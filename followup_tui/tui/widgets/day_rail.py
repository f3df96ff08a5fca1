"""The day at a glance: blocks with what is done, where now is, what waits for an answer, what is left over and why."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip

from followup_tui.records import dataclass
from followup_tui.tui import wording
from followup_tui.tui.arrangement import Arrangement
from followup_tui.tui.text import clean, fit
from followup_tui.tui.widgets.meters import glyphs
from followup_tui.tui.widgets.paint import Painter, Piece, cells_of

if TYPE_CHECKING:
    from followup_tui.services.views import BlockView, TodayView


@dataclass(frozen=True, slots=True)
class Chip:
    """One block with its counts."""

    block: BlockView
    done: int
    total: int


def chips_of(view: TodayView, arrangement: Arrangement) -> list[Chip]:
    """Return every block of the day with the rows that stand in it."""
    counts: dict[str, tuple[int, int]] = {}
    for section in arrangement.sections:
        if section.block is not None:
            done = sum(1 for entry in section.entries if entry.done)
            rows = sum(1 for entry in section.entries if not entry.offered)
            counts[f"{section.block.start}{section.block.name}"] = (done, rows)
    return [Chip(block, *counts.get(f"{block.start}{block.name}", (0, 0))) for block in view.blocks]


class DayRail(Painter):
    """The column at the left of wide screens, or one line of chips on narrow ones."""

    def __init__(self, symbols: str = "unicode") -> None:
        super().__init__(id="day")
        self._symbols = symbols
        self._view: TodayView | None = None
        self._chips: list[Chip] = []
        self._now: datetime | None = None
        self._drawn: list[list[Piece]] | None = None
        """The lines of the plan that is shown, for the size the column has."""

    def on_mount(self) -> None:
        """Name the column."""
        self.border_title = Content("Day")

    def show(self, view: TodayView, arrangement: Arrangement, now: datetime) -> None:
        """Show another plan; only the lines that differ are drawn again."""
        self._view, self._now = view, now
        self._chips = chips_of(view, arrangement)
        before, self._drawn = self._drawn, self._lines()
        if before is None or len(before) != len(self._drawn):
            self.refresh()
            return
        for y, (old, new) in enumerate(zip(before, self._drawn, strict=True)):
            if old != new:
                self.refresh(Region(0, y, self.size.width, 1))

    def on_resize(self) -> None:
        """Draw for the new size; the frame of the new layout was painted before."""
        self._drawn = self._lines() if self._view is not None else None
        self.refresh()

    def _lines(self) -> list[list[Piece]]:
        width, height = self.size
        return [self._line_of_chips(width)] if height == 1 else self._column(width)[:height]

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width = self.size.width
        if self._view is None:
            return self.strip(
                [(" " + "─" * (width - 8 if y < 6 and width > 12 and self.size.height > 1 else 0), "muted")], width
            )
        lines = self._drawn or []
        return self.strip(lines[y] if y < len(lines) else (), width)

    def _column(self, width: int) -> list[list[Piece]]:
        assert self._view is not None
        assert self._now is not None
        signs = glyphs(self._symbols)
        today = self._view.date == self._now.date()
        lines: list[list[Piece]] = []
        marked = not today or not self._chips
        if not self._chips:
            lines.append([(" no blocks this day", "muted")])
        for chip in self._chips:
            block = chip.block
            if not marked and self._now < block.start:
                lines.append(self._now_line(width))
                marked = True
            current = today and block.start <= self._now < block.end
            over = today and block.end <= self._now
            all_done = chip.total > 0 and chip.done == chip.total
            counts = f"{chip.done}/{chip.total}" if chip.total else "–"
            counts = f"{signs.done} {counts}" if all_done else counts
            role = "next" if current else "muted" if over or not chip.total else "text"
            name = fit(block.name, max(0, width - 10 - len(counts)))
            mark: Piece = (signs.here if current else " ", "accent")
            start: Piece = (f"{wording.clock(block.start)} ", "strong" if current else block.color or "muted")
            lines.append([mark, start, (name, role), (f" {counts} ", "done" if all_done else role)])
            if current:
                lines.append(self._now_line(width))
                marked = True
        if not marked:
            lines.append(self._now_line(width))
        return [*lines, [], *self._waiting(width)]

    def _now_line(self, width: int) -> list[Piece]:
        rule = glyphs(self._symbols).rule
        return [(f" {rule} now ", "accent"), (rule * max(0, width - 8), "muted")]

    def _waiting(self, width: int) -> list[list[Piece]]:
        """Return what waits: decisions, and what is left over by its reason."""
        assert self._view is not None
        lines: list[list[Piece]] = []
        if self._view.decisions:
            lines.append([(f" {wording.count(len(self._view.decisions), 'decision')}", "fixed")])
        left = self._view.left_by_reason
        if left:
            lines.append([(f" Left over {sum(number for _, number in left)}", "overdue")])
            lines += [[(fit(f"  {number} {clean(reason)}", width - 1), "muted")] for reason, number in left[:8]]
        elif not lines:
            lines.append([(" nothing left over", "muted")])
        return lines

    def _line_of_chips(self, width: int) -> list[Piece]:
        """Return the blocks in one line, from the one before the current on."""
        assert self._view is not None
        assert self._now is not None
        signs = glyphs(self._symbols)
        tail: list[Piece] = []
        left = sum(number for _, number in self._view.left_by_reason)
        if self._view.decisions:
            tail.append((f" {wording.count(len(self._view.decisions), 'decision')} ", "fixed"))
        if left:
            tail.append((f" {left} left over ", "overdue"))
        pieces: list[Piece] = []
        for chip in self._chips:
            if not chip.total:
                continue
            current = chip.block.start <= self._now < chip.block.end
            done = signs.done if chip.done == chip.total else f"{chip.done}/{chip.total}"
            name = fit(chip.block.name, min(12, len(chip.block.name))).rstrip()
            more: list[Piece] = [
                (signs.here if current else " ", "accent"),
                (f"{name} {done} ", "next" if current else "muted"),
            ]
            if cells_of(pieces) + cells_of(more) + cells_of(tail) > width:
                break
            pieces += more
        gap = width - cells_of(pieces) - cells_of(tail)
        return [*pieces, (" " * max(0, gap), "text"), *tail]
