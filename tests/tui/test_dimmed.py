"""The screen below a dialog."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.renderables.background_screen import BackgroundScreen

from followup_tui.tui.widgets.dimmed import Dimmed

PIECES = [
    Segment("plain"),
    Segment("red", Style.parse("bold #ff0000 on #101010")),
    Segment("again", Style.parse("bold #ff0000 on #101010")),
    Segment("linked", Style.parse("#00ff00 link https://example.com")),
    Segment("below", Style.parse("on #202040")),
]


def test_the_dimmed_screen_is_the_one_textual_paints() -> None:
    """Text, colours and what is left out agree with the stock renderable, for translucent and transparent dialogs."""
    for color in (Color(16, 16, 32, 0.7), Color(0, 0, 0, 0)):
        stock = list(BackgroundScreen.process_segments(PIECES, color))
        assert list(Dimmed.process_segments(PIECES, color)) == stock, color
