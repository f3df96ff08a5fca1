"""The screen below a dialog, dimmed: each style is tinted once, not every piece of text at every repaint."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Region, Size
from textual.renderables.background_screen import BackgroundScreen
from textual.strip import Strip

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from textual.screen import Screen

CLEAR = Color(0, 0, 0, 0)


class Dimmed(BackgroundScreen):
    """Paints what BackgroundScreen paints."""

    @classmethod
    def process_segments(cls, segments: Iterable[Segment], color: Color) -> Iterable[Segment]:
        """Return the segments in their dimmed styles, without links."""
        return [
            segment if segment.control else Segment(segment.text, dimmed(segment.style, color)) for segment in segments
        ]


class Remembered(Dimmed):
    """Is drawn once, as long as nothing below changes: when a dialog above this one goes it is only shown again."""

    def __init__(self, screen: Screen[Any], color: Color, seen: object) -> None:
        """`seen` differs when the screen below looks different."""
        super().__init__(screen, color)
        self.seen = seen
        self._painted: RenderResult | None = None

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw it, or give what was drawn."""
        if self._painted is None:
            self._painted = list(super().__rich_console__(console, options))
        return self._painted


@lru_cache(maxsize=1024)
def dimmed(style: Style | None, color: Color) -> Style:
    """Return a style under a translucent colour, as Textual tints it."""
    (found,) = BackgroundScreen.process_segments([Segment(" ", style)], color)
    return found.style or Style()


def see_through(below: Screen[object] | None, crop: Region, console: Console) -> list[Strip]:
    """Return a part of the screen below as it is, links left out; blank where there is none, as while it is resized."""
    width, height = below.outer_size if below is not None else Size(0, 0)
    lines: list[list[Segment]] = []
    if below is not None and width and height:
        options = console.options.update(width=width, height=height)
        lines = console.render_lines(Dimmed(below, CLEAR), options, pad=False)
    wanted = [lines[y] if y < len(lines) else [] for y in crop.line_range]
    return [Strip(line).adjust_cell_length(crop.right).crop(crop.x, crop.right) for line in wanted]
