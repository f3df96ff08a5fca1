"""The screen below a dialog, dimmed: each style is tinted once, not every piece of text at every repaint."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Region, Size
from textual.renderables.background_screen import BackgroundScreen
from textual.strip import Strip

if TYPE_CHECKING:
    from textual.app import App
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


@lru_cache(maxsize=1024)
def dimmed(style: Style | None, color: Color) -> Style:
    """Return a style under a translucent colour, as Textual tints it."""
    (found,) = BackgroundScreen.process_segments([Segment(" ", style)], color)
    return found.style or Style()


def see_through(below: Screen[object] | None, crop: Region, app: App[object], color: Color = CLEAR) -> list[Strip]:
    """Return a part of the screen below, tinted, links left out; blank where there is none, as while it is resized."""
    width, height = below.outer_size if below is not None else Size(0, 0)
    lines: list[list[Segment]] = []
    if below is not None and width and height:
        options = app.console.options.update(width=width, height=height)
        lines = app.console.render_lines(Dimmed(below, color), options, pad=False)
    wanted = [lines[y] if y < len(lines) else [] for y in crop.line_range]
    strips = [Strip(line).adjust_cell_length(crop.right).crop(crop.x, crop.right) for line in wanted]
    for filter in app.get_line_filters() if color.a else ():
        strips = [strip.apply_filter(filter, color) for strip in strips]
    return strips
