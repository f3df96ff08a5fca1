"""The cadences, one line each: name, for whom, who is on it, its steps."""

from __future__ import annotations

from collections.abc import Sequence

from followup_tui.services.views import CadenceView
from followup_tui.tui.widgets.canvas import Canvas
from followup_tui.tui.widgets.line_list import LineList


class CadenceList(LineList):
    """Shows what it was given."""

    def __init__(self, *, id: str | None = None, symbols: str = "unicode") -> None:
        super().__init__(id=id)
        self._cadences: Sequence[CadenceView] = ()
        self._join = " - " if symbols == "ascii" else " · "

    @property
    def count(self) -> int:
        """Number of cadences."""
        return len(self._cadences)

    def set_cadences(self, cadences: Sequence[CadenceView]) -> None:
        """Show cadences; the cursor stays on its place."""
        self._cadences = cadences
        self.show()

    @property
    def current(self) -> CadenceView | None:
        """The cadence under the cursor."""
        return self._cadences[self.cursor] if self._cadences else None

    def draw_head(self, canvas: Canvas) -> None:
        """Name the columns."""
        canvas.skip_to(1).cell("name", 18, "muted").cell("for", 14, "muted").cell("on it", 6, "muted", right=True)
        canvas.skip_to(canvas.at + 2).write("steps: day and channel", "muted")

    def draw_row(self, row: int, canvas: Canvas) -> None:
        """Draw a cadence."""
        cadence = self._cadences[row]
        canvas.skip_to(1).cell(cadence.name, 18, "strong").cell(cadence.for_relation, 14, "muted")
        canvas.cell(f"{cadence.enrolled:,}" if cadence.enrolled else "–", 6, "text", right=True)
        canvas.skip_to(canvas.at + 2).write(self._join.join(cadence.steps) or cadence.then, "muted")
