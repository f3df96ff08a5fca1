"""Lines of text in the product's roles: what the line-API widgets share to turn words into strips."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self, TypeAlias

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

Piece: TypeAlias = tuple[str, str]
"""Text, already cleaned and cut to its cells, and its role."""

ROLES = (
    *("text", "muted", "faint", "strong", "next", "due", "overdue", "done", "fixed", "value", "inbound"),
    *("high", "mid", "low", "accent", "error", "key", "tab", "cursor", "block"),
    *("notice-information", "notice-warning", "notice-error"),
)
PAINT = {f"paint--{role}" for role in ROLES}
"""For the app's COMPONENT_CLASSES: matched against the rules once, not for every widget that draws. The colours are in
common.tcss."""


class Painter(Widget):
    """A widget that draws lines of pieces; `cursor` lies under the roles of the row it marks."""

    ALLOW_SELECT = False
    _styles: dict[tuple[str, bool], Style] | None = None
    _edge: int | None = None
    """The line of the border that is being written on."""

    def notify_style_update(self) -> None:
        """Forget the colours of the theme before."""
        self._styles = None
        super().notify_style_update()

    def entitle(self, title: Content) -> None:
        """Write on the upper border and paint that line alone: Textual paints the whole widget for it."""
        self._edge = 0
        try:
            self.border_title = title
        finally:
            self._edge = None

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint again; the line of the border alone while that is written on."""
        if self._edge is not None and not regions and not layout and not recompose:
            line = Region(0, self._edge, self.outer_size.width, 1)
            regions = (line.translate(-self.content_offset),)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def role(self, name: str, *, marked: bool = False) -> Style:
        """Return the style of a role, on the cursor's background when `marked`."""
        if self._styles is None:
            self._styles = {}
        key = (name, marked)
        style = self._styles.get(key)
        if style is None:
            style = self._ink("cursor" if marked else name)
            if marked and name not in ("text", "strong", "next", "muted"):
                style = style + self.app.get_component_styles(f"paint--{name}").partial_rich_style
            self._styles[key] = style
        return style

    def _ink(self, name: str) -> Style:
        """Return the colours of a role on this widget's background."""
        styles, background = self.app.get_component_styles(f"paint--{name}"), self.background_colors[1]
        if styles.has_rule("background"):
            background += styles.background
        color = background.get_contrast_text(styles.color.a) if styles.auto_color else styles.color
        colors = Style.from_color((background + color).rich_color, background.rich_color)
        return self.text_style + styles.text_style + colors

    def strip(self, pieces: Iterable[Piece], width: int, *, marked: bool = False) -> Strip:
        """Return one line of exactly `width` cells."""
        segments = [Segment(text, self.role(role, marked=marked)) for text, role in pieces if text]
        return Strip(segments).adjust_cell_length(width, self.role("text", marked=marked))


def cells_of(pieces: Iterable[Piece]) -> int:
    """Return how many cells the pieces take."""
    return sum(Segment(text).cell_length for text, _ in pieces)
