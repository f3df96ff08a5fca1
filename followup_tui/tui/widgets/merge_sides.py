"""Two prospects side by side: the facts to choose from, and what the two come to."""

from __future__ import annotations

from datetime import date

from textual.strip import Strip

from followup_tui.services.views.merging import MergeFieldView, MergeSideView, MergeView
from followup_tui.tui import wording
from followup_tui.tui.text import fit
from followup_tui.tui.widgets.canvas import Canvas
from followup_tui.tui.widgets.line_list import LineList
from followup_tui.tui.widgets.paint import Painter, Piece

_LABEL = 10
_MARKS = {"unicode": ("●", "○", "="), "ascii": ("*", ".", "=")}
TOLD = 4
"""Sentences shown; the rest is in `followup merge --dry-run`."""


class FieldList(LineList):
    """One line a fact: the value of each side, the chosen one marked; what both say alike stands back."""

    def __init__(self, symbols: str) -> None:
        super().__init__(id="merge-fields")
        self._chosen, self._other, self._same = _MARKS["ascii" if symbols == "ascii" else "unicode"]
        self._view: MergeView | None = None
        self._fields: tuple[MergeFieldView, ...] = ()

    @property
    def count(self) -> int:
        """Number of facts that one of the two has."""
        return len(self._fields)

    def set_view(self, view: MergeView, *, fresh: bool) -> None:
        """Show two people; `fresh` puts the cursor on the first fact that differs."""
        self._view = view
        self._fields = tuple(one for one in view.fields if one.a or one.b)
        first = next((place for place, one in enumerate(self._fields) if one.differs), 0)
        self.show(first if fresh else None)

    @property
    def current(self) -> MergeFieldView | None:
        """The fact under the cursor."""
        return self._fields[self.cursor] if self._fields else None

    def draw_head(self, canvas: Canvas) -> None:
        """Name the two: the left one's id stays."""
        if self._view is None:
            return
        wide = self._half(canvas)
        canvas.skip_to(1).cell("", _LABEL, "muted")
        canvas.cell(f"a  {_standing(self._view.a)}", wide, "strong").cell(
            f"b  {_standing(self._view.b)}", wide, "muted"
        )

    def draw_row(self, row: int, canvas: Canvas) -> None:
        """Draw one fact."""
        one, wide = self._fields[row], self._half(canvas)
        canvas.skip_to(1).cell(one.field, _LABEL, "muted")
        for side, value in (("a", one.a), ("b", one.b)):
            if not one.differs:
                canvas.cell(f"{self._same}  {value}", wide, "muted")
                continue
            chosen = one.chosen == side
            mark = self._chosen if chosen else self._other
            canvas.cell(f"{mark}  {value or '–'}", wide, "next" if chosen else "text" if value else "muted")

    @staticmethod
    def _half(canvas: Canvas) -> int:
        return max(8, (canvas.room + canvas.at - _LABEL - 4) // 2)


class Together(Painter):
    """Both timelines in short, and below what the merge means: whose cadence runs on, the next touch."""

    def __init__(self, symbols: str) -> None:
        super().__init__(id="merge-together")
        self._arrow = "->" if symbols == "ascii" else "→"
        self._lines: list[list[Piece]] = []
        self._view: MergeView | None = None
        self._today = date.min

    def set_view(self, view: MergeView | None, today: date) -> None:
        """Show what two people come to; None for nobody."""
        self._view, self._today = view, today
        self._lines = self._drawn() if view is not None else []
        self.refresh()

    def on_resize(self) -> None:
        """Draw again in the new width."""
        self.set_view(self._view, self._today)

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        return self.strip(self._lines[y] if y < len(self._lines) else (), self.size.width)

    def _drawn(self) -> list[list[Piece]]:
        view = self._view
        assert view is not None
        wide = max(8, (self.size.width - 1 - _LABEL - 4) // 2)  # the list above keeps a cell for its scroll bar
        lines = [self._both("touches", _number(view.a), _number(view.b), wide, "text")]
        newest = range(max(len(view.a.newest), len(view.b.newest)))
        for place in newest:
            words = [self._touch(side, place) for side in (view.a, view.b)]
            lines.append(self._both("newest" if place == 0 else "", words[0], words[1], wide, "muted"))
        nexts = [wording.next_touch(side.next_touch, self._today) for side in (view.a, view.b)]
        lines.append(self._both("next", nexts[0], nexts[1], wide, "due"))
        lines.append([])
        room = max(8, self.size.width - _LABEL - 6)
        for place, said in enumerate(view.told[:TOLD]):
            label = "together" if place == 0 else ""
            lines.append([(" " + fit(label, _LABEL + 4), "muted"), (fit(said, room), "text")])
        planned = f"{self._arrow} {wording.next_touch(view.next_touch, self._today)}"
        if view.next_touch is not None and view.next_touch.kind == "step" and view.cadence:
            planned += f" · {view.cadence}"
        lines.append([(" " + fit("", _LABEL + 4), "muted"), (fit(planned, room), "next")])
        return lines

    def _both(self, label: str, a: str, b: str, wide: int, role: str) -> list[Piece]:
        return [(" " + fit(label, _LABEL + 4), "muted"), (fit(a, wide - 3) + "    ", role), (fit(b, wide - 3), role)]

    def _touch(self, side: MergeSideView, place: int) -> str:
        if place >= len(side.newest):
            return ""
        touch = side.newest[place]
        note = f" “{touch.note}”" if touch.note else ""
        return f"{wording.day(touch.at.date(), self._today)} {touch.channel}, {touch.outcome}{note}"


def _standing(side: MergeSideView) -> str:
    return " · ".join(part for part in (side.name, side.relation, side.id) if part)


def _number(side: MergeSideView) -> str:
    words = wording.count(side.touches, "touch", "touches")
    return f"{words} · {side.cadence}" if side.cadence else words
