"""A dialog that leaves the screen below as it is: when it comes and goes its box alone is painted."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Self, TypeVar

from textual import events
from textual.geometry import Region
from textual.strip import Strip

from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.widgets.dimmed import see_through

T = TypeVar("T")
OLDEST = 2.0
"""Seconds that what a dialog below tells may be old while keys are typed above it."""


class Panel(Dialog[T]):
    """Kept by the app and used again: it opens with what was laid out before.

    A dimmed screen costs a whole frame each way: thirty thousand characters, and every line of every widget. Here the
    terminal goes on showing what is below, and what is painted lies within the box. Whenever that is not certain
    (something is laid out, the terminal has another size, something changed below) the whole frame is painted.
    """

    def __init__(self) -> None:
        super().__init__()
        self._opens = False
        """It is about to be shown, with its box to be painted."""
        self._only_box = False
        """The next frame shows nothing new but the box."""
        self._is_new = False
        """It was made, or changed, while it was not open: what was to be laid out is, with all of it, when it opens."""
        self._more = 0
        """Frames to come that may show more than the box."""
        self._postponed_parts = set[Region]()
        """Parts of a dialog below to be painted when the keys rest."""
        self._postponed_since = 0.0
        """When the first of them was asked for; 0 when none is."""

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Let the box alone be painted when it opens, if it has been laid out for this terminal and in this theme."""
        opens, self._opens = self._opens, False
        if opens and self.outer_size == self.app.size and self._dressed_in == self.app.theme:
            event.prevent_default()
            self.refresh_bindings()
            self.paint_box()

    @property
    def covers(self) -> list[Region]:
        """Return the parts of the screen below that it has painted over."""
        return [child.region for child in self.children if child.display]

    def paint_box(self) -> None:
        """Say that the next frame shows nothing new but the box, unless something else asked for one already."""
        self._only_box = not self._more and not self._is_new

    def _paint_more(self) -> None:
        self._only_box = False
        if self.call_after_refresh(self._painted_more):
            self._more += 1

    def _painted_more(self) -> None:
        self._more -= 1

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint again; where a part is asked for, as by what is drawn below, the box is not to be lost for it.

        While it is not open nothing of it is painted, and not all of it when it opens because it was asked for before.
        """
        if self not in self.app.screen_stack and not recompose:
            self._is_new = self._is_new or layout
            return super().refresh(repaint=False, layout=layout) if self.is_mounted and layout else self
        if not self.hides(regions):
            if not layout and not recompose and self._postponed(regions):
                return self
            self._paint_more()
        return super().refresh(
            *regions, *(self.covers if regions else ()), repaint=repaint, layout=layout, recompose=recompose
        )

    def _postponed(self, regions: Sequence[Region]) -> bool:
        """Leave what a dialog below tells for a rest of the keys: a frame of its bar of progress would be in the way.

        It is not lost when the panel goes before: the dialog paints then what it asked for.
        """
        pause, now = self.home.ops.keys_pause, time.monotonic()
        if not regions or not self.shows_a_dialog:
            return False
        if pause <= 0 or now - (self._postponed_since or now) >= OLDEST:
            self._postponed_since = 0.0
            return False
        self._postponed_since = self._postponed_since or now
        if not self._postponed_parts:
            self.set_timer(pause, self._paint_later)
        self._postponed_parts.update(regions)
        return True

    def _paint_later(self) -> None:
        later, self._postponed_parts = self._postponed_parts, set()
        if self.is_active:
            self.refresh(*later)
        else:
            self._postponed_since = 0.0

    def on_layout(self) -> None:
        """What the box covered may come to light."""
        self._is_new = self._is_new or self not in self.app.screen_stack
        self._paint_more()

    def on_resize(self) -> None:
        """All of it is laid out for the new size."""
        self._paint_more()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the place below as it is; while only the box is painted nothing of it is asked for."""
        only_box, self._only_box = self._only_box, False
        if only_box and self.is_active:
            return [Strip.blank(crop.width)] * crop.height
        self._is_new = False
        return see_through(self.screen_below, crop, self.app)
