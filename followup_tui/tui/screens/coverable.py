"""A screen that stays as painted while another one is put on top of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self, TypeVar

from textual.geometry import Region
from textual.screen import Screen

T = TypeVar("T")


class Coverable(Screen[T]):
    """Textual asks for all of a screen again when it is covered, though nothing of it changes."""

    _being_covered = False

    @contextmanager
    def covered(self) -> Iterator[None]:
        """Put a screen on top meanwhile."""
        self._being_covered = True
        try:
            yield
        finally:
            self._being_covered = False

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint again, unless it is only being covered."""
        if self._being_covered and not layout and not recompose:
            return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
