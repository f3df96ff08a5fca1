"""The blocks being edited, one line each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from followup_tui.tui import wording
from followup_tui.tui.widgets.canvas import Canvas
from followup_tui.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from followup_tui.config import BlockConfig

SHORT = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


class BlockList(LineList):
    """Shows what it was given."""

    def __init__(self, symbols: str, *, id: str) -> None:
        super().__init__(id=id)
        self._symbols = symbols
        self._blocks: Sequence[BlockConfig] = ()
        self._with_days = True

    @property
    def count(self) -> int:
        """Number of blocks."""
        return len(self._blocks)

    def set_blocks(self, blocks: Sequence[BlockConfig], cursor: int | None, *, with_days: bool) -> None:
        """Show blocks; a single date needs no days."""
        self._blocks, self._with_days = blocks, with_days
        self.show(cursor)

    def draw_head(self, canvas: Canvas) -> None:
        """Name the columns."""
        canvas.skip_to(3).cell("from–to", 11, "muted").cell("name", 14, "muted")
        if self._with_days:
            canvas.cell("days", 14, "muted")
        canvas.cell("takes", 22, "muted").write("for", "muted")

    def draw_row(self, row: int, canvas: Canvas) -> None:
        """Draw one block."""
        block = self._blocks[row]
        mark = "#" if self._symbols == "ascii" else "█"
        canvas.skip_to(1).write(mark, block.color or "block")
        canvas.skip_to(3).cell(f"{wording.clock(block.start)}–{wording.clock(block.end)}", 11, "strong")
        canvas.cell(block.name, 14, "text")
        if self._with_days:
            days = "".join(name if day in block.days else "··" for day, name in enumerate(SHORT))
            canvas.cell(days, 14, "text")
        canvas.cell(", ".join(block.channels) or "any channel", 22, "text")
        canvas.write(block.filter or "everybody", "value" if block.filter else "muted")
