"""What lies behind other widgets: nothing on it ever changes, so it is drawn once, however often it is uncovered."""

from __future__ import annotations

from textual.containers import Container, Vertical
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class _Blank(Widget):
    """Keeps its lines until its size or the theme is another one; it has no border and no words of its own."""

    _kept: tuple[Region, list[Strip]] | None = None

    def notify_style_update(self) -> None:
        """Forget the colours of the theme before."""
        self._kept = None
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines as they were drawn; Textual draws those anew that something above them uncovers."""
        if self._kept is None or self._kept[0] != crop:
            self._kept = crop, super().render_lines(crop)
        return self._kept[1]


class Ground(_Blank, Container):
    """A container that is never written on."""


class Column(_Blank, Vertical):
    """A column that is never written on."""
