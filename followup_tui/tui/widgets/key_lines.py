"""Keys and what they do, below headings: one widget draws them line by line, however many there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import NamedTuple

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from followup_tui.tui.text import cells, clean
from followup_tui.tui.widgets.canvas import Canvas
from followup_tui.tui.widgets.paint import Painter

KEYS = 14
"""Cells of the column of keys, at least."""
GAP = 2
FEWEST = 10
"""Cells words get however narrow the terminal is."""

Sections = Sequence[tuple[str, Sequence[tuple[str, str]]]]
"""Headings, each with keys and what they do."""


class Line(NamedTuple):
    """What stands on one line; what is empty is not drawn."""

    heading: str = ""
    keys: str = ""
    words: str = ""


class KeyLines(Painter, ScrollView, can_focus=False):
    """Shows lines that were broken for its width, and scrolls."""

    DEFAULT_CSS = """
    KeyLines { overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: Sequence[Line] = ()

    def show(self, lines: Sequence[Line]) -> None:
        """Show these, from the first on; laid out again only when there are more or fewer than before.

        The same again, not scrolled, are there as they were drawn.
        """
        if lines == self._lines and self.scroll_target_y == self.scroll_offset.y == 0:
            return
        self._lines = lines
        self.virtual_size = Size(0, len(lines))
        self.scroll_to(y=0, animate=False)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line of what is in view."""
        canvas = Canvas(self.scrollable_content_region.width, self.role)
        at = y + self.scroll_offset.y
        if at < len(self._lines):
            heading, keys, words = self._lines[at]
            canvas.write(heading, "block")
            if keys:
                canvas.skip_to(KEYS - cells(keys)).write(keys, "key")
            if words:
                canvas.skip_to(max(KEYS, canvas.at) + GAP).write(words)
        return canvas.strip()


def lines_of(sections: Sections, width: int) -> Iterator[Line]:
    """Return the lines, with a blank one between two sections; words too long for one go on below themselves."""
    for number, (heading, commands) in enumerate(sections):
        if number:
            yield Line()
        yield Line(heading=clean(heading))
        for keys, words in commands:
            shown, said = clean(keys), clean(words)
            room = max(FEWEST, width - max(KEYS, cells(shown)) - GAP)
            first, *others = wrap(said, room) if len(said) > room else [said]
            yield Line(keys=shown, words=first)
            yield from (Line(words=more) for more in others)
