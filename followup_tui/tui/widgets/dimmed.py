"""The screen below a dialog, dimmed: each style is tinted once, not every piece of text at every repaint."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.renderables.background_screen import BackgroundScreen


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
