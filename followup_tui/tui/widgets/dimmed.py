"""The screen below a dialog, dimmed: each style is tinted once, not every piece of text at every repaint."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Region
from textual.renderables.background_screen import BackgroundScreen
from textual.strip import Strip

if TYPE_CHECKING:
    from rich.console import Console
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


def see_through(below: Screen[object] | None, crop: Region, console: Console) -> list[Strip]:
    """Return a part of the screen below as it is, links left out; blanks when there is none."""
    if below is None:
        return [Strip.blank(crop.width)] * crop.height
    width, height = below.outer_size
    options = console.options.update(width=width, height=height)
    lines = console.render_lines(Dimmed(below, CLEAR), options, pad=False)
    return [Strip(line).crop(crop.x, crop.right) for line in lines[crop.y : crop.bottom]]
