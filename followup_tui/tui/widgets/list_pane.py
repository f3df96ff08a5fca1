"""The smart lists beside the table of prospects, with how many each finds now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from followup_tui.tui.bindings import LIST_PANE, as_bindings
from followup_tui.tui.widgets.canvas import Canvas
from followup_tui.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from followup_tui.services.smart_lists import SmartListView


class ListPane(LineList):
    """Everybody first, then the lists; the one whose filter is shown is the brightest."""

    BINDINGS: ClassVar[list[BindingType]] = as_bindings(LIST_PANE)
    head_lines = 0

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.lists: Sequence[SmartListView] = ()
        self._total: int | None = None
        self._shown = ""

    @property
    def count(self) -> int:
        """Everybody, and each list."""
        return 1 + len(self.lists)

    @property
    def total(self) -> int:
        """How many everybody is; 0 while nobody has counted."""
        return self._total or 0

    def set_lists(self, lists: Sequence[SmartListView], total: int) -> None:
        """Take in lists and counts; the cursor stays on its place."""
        changed = len(lists) != len(self.lists)
        self.lists, self._total = lists, total
        if changed:
            self.show()
        else:
            self.forget_lines()
            self.refresh()

    def set_shown(self, filter: str) -> None:
        """Say which filter the table shows."""
        if filter != self._shown:
            self._shown = filter
            self.forget_lines()
            self.refresh()

    @property
    def current(self) -> SmartListView | None:
        """The list under the cursor; None for everybody."""
        return self.lists[self.cursor - 1] if 0 < self.cursor <= len(self.lists) else None

    def draw_row(self, row: int, canvas: Canvas) -> None:
        """Draw a name and a number."""
        one = self.lists[row - 1] if row else None
        name, filter = (one.name, one.filter) if one else ("Everybody", "")
        number = one.count if one else self._total
        said = f"{number:,}" if number is not None else "?" if one else ""
        is_shown = filter == self._shown
        role = "accent" if is_shown else "text" if number or not one else "muted"
        width = max(4, canvas.room - len(said) - 1)
        canvas.cell(name, width, role).write(said, role if is_shown else "muted")
