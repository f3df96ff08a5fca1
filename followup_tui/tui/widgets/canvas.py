"""One line of the line API, built from pieces of clean text at cell positions."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from followup_tui.tui.text import cells, clean, fit
from followup_tui.tui.widgets.paint import Piece


class Canvas:
    """A line of fixed width, written from left to right; what does not fit is cut, never overlapped."""

    def __init__(self, width: int, role: Callable[[str], Style]) -> None:
        """`role` gives the style of a role of text: `muted`, `next` …"""
        self._width = width
        self._role = role
        self._segments: list[Segment] = []
        self.at = 0
        """The next free cell."""

    @property
    def room(self) -> int:
        """Cells left on the line."""
        return max(0, self._width - self.at)

    def write(self, text: str, role: str = "text", *, to: int | None = None) -> Canvas:
        """Write text in as many cells as it needs, ending before the cell `to` with an ellipsis when it is longer."""
        room = self.room if to is None else min(self.room, to - self.at)
        if room > 0 and text:
            self._add(_cut(text, room), role)
        return self

    def cell(self, text: str, width: int, role: str = "text", *, right: bool = False) -> Canvas:
        """Write text into a column of exactly this many cells, with one blank after it."""
        width = min(width, self.room)
        if width <= 0:
            return self
        shown, end = _cut(text, width), self.at + width
        if right:
            self.skip_to(end - cells(shown))
        self._add(shown, role)
        return self.skip_to(end + 1)

    def skip_to(self, cell: int) -> Canvas:
        """Leave blanks up to a cell."""
        blanks = min(cell, self._width) - self.at
        if blanks > 0:
            self._segments.append(Segment(" " * blanks, self._role("text")))
            self.at += blanks
        return self

    def pieces(self, pieces: Iterable[Piece]) -> Canvas:
        """Write pieces: bars and the like."""
        for text, role in pieces:
            self.write(text, role)
        return self

    def _add(self, text: str, role: str) -> None:
        if text:
            self._segments.append(Segment(text, self._role(role)))
            self.at += cells(text)

    def strip(self) -> Strip:
        """Return the finished line, blank to its end."""
        self.skip_to(self._width)
        return Strip(self._segments, self._width)


def _cut(text: str, width: int) -> str:
    """Return the cleaned text in at most this many cells."""
    line = clean(text)
    return line if cells(line) <= width else fit(line, width)
