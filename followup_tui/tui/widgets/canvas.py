"""One line of the line API, built from pieces of clean text at cell positions."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from followup_tui.tui.text import cells, clean, fit


class Canvas:
    """A line of fixed width, written from left to right; what does not fit is cut, never overlapped."""

    def __init__(self, width: int, base: Style) -> None:
        self._width = width
        self._base = base
        self._segments: list[Segment] = []
        self.at = 0
        """The next free cell."""

    @property
    def room(self) -> int:
        """Cells left on the line."""
        return max(0, self._width - self.at)

    def write(self, text: str, style: Style | None = None, *, to: int | None = None) -> Canvas:
        """Write text in as many cells as it needs, ending before the cell `to` with an ellipsis when it is longer."""
        room = self.room if to is None else min(self.room, to - self.at)
        if room > 0 and text:
            self._add(_cut(text, room), style)
        return self

    def cell(self, text: str, width: int, style: Style | None = None, *, right: bool = False) -> Canvas:
        """Write text into a column of exactly this many cells, with one blank after it."""
        width = min(width, self.room)
        if width <= 0:
            return self
        shown, end = _cut(text, width), self.at + width
        if right:
            self.skip_to(end - cells(shown))
        self._add(shown, style)
        return self.skip_to(end + 1)

    def skip_to(self, cell: int) -> Canvas:
        """Leave blanks up to a cell."""
        blanks = min(cell, self._width) - self.at
        if blanks > 0:
            self._segments.append(Segment(" " * blanks, self._base))
            self.at += blanks
        return self

    def _add(self, text: str, style: Style | None) -> None:
        if text:
            self._segments.append(Segment(text, self._base if style is None else self._base + style))
            self.at += cells(text)

    def strip(self) -> Strip:
        """Return the finished line, blank to its end."""
        self.skip_to(self._width)
        return Strip(self._segments, self._width)


def _cut(text: str, width: int) -> str:
    """Return the cleaned text in at most this many cells."""
    line = clean(text)
    return line if cells(line) <= width else fit(line, width)
