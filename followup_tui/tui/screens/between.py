"""A screen between others: what a dialog shows of the place below, and what is painted when something above it goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Self, TypeVar

from textual import events
from textual.await_complete import AwaitComplete
from textual.geometry import Region
from textual.messages import Update
from textual.screen import ModalScreen, Screen
from textual.strip import Strip
from textual.widget import Widget

from followup_tui.tui.screens.coverable import Coverable
from followup_tui.tui.screens.place import Place
from followup_tui.tui.widgets.dimmed import see_through

T = TypeVar("T")


class Between(Coverable[T], ModalScreen[T]):
    """Draws the place below once, and what a panel covered once when that goes."""

    def __init__(self) -> None:
        super().__init__()
        self._dressed_in = self.app.theme
        self._below: tuple[object, list[Strip]] | None = None
        """The place below as it was drawn, behind what differs when it looks different."""
        self._unseen: set[Widget] = set()
        """What of this was to be painted since a panel was put on top: perhaps behind that."""
        self._as_covered: object = None
        """What lay below when the panel was put on top; None when more than single widgets has changed since."""
        self._repainted = False
        """It has been painted for what follows on its being on top again, or will be in a moment."""
        self._uncovering = False
        """What lies on top is going."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the screen below, dimmed; a place that has not changed since is not drawn again."""
        below, color = self.screen_below, self.styles.background
        if below is None or color.a == 1:
            return super().render_lines(crop)
        seen = (*looks, crop) if (looks := self._looks_below()) else None
        if seen is None or self._below is None or self._below[0] != seen:
            self._below = seen, see_through(below, crop, self.app, color)
        return self._below[1]

    @property
    def screen_below(self) -> Screen[object] | None:
        """The screen it lies on, as the stack tells; None while it is not open."""
        stack = self.app.screen_stack
        return stack[stack.index(self) - 1] if self in stack[1:] else None

    def _looks_below(self) -> tuple[object, ...]:
        """Return what differs when the place below looks different; nothing when it lies on another dialog."""
        place = self.screen_below
        if not isinstance(place, Place):
            return ()
        return (place, place.drawn, place.outer_size, self.app.size, self.styles.background)

    def on_unmount(self) -> None:
        """Let go of what was drawn below."""
        self._below = None
        self._unseen.clear()

    @contextmanager
    def covered(self) -> Iterator[None]:
        """Stay as painted while another dialog is put on top, and note what changes until that goes."""
        self._unseen.clear()
        self._as_covered = self._looks_below()
        with super().covered():
            yield

    def on_update(self, event: Update) -> None:
        """Something of it is to be painted, perhaps behind the box of a panel."""
        if not self.is_active or self._repainted:
            self._unseen.add(event.widget)

    def on_layout(self) -> None:
        """Everything may lie elsewhere."""
        self._as_covered = None

    on_update_scroll = on_layout

    def uncover(self, close: Callable[[], AwaitComplete], covered: Sequence[Region] | None) -> AwaitComplete:
        """Close what lies above and paint once what that has `covered`; all of it if more has changed, or for None."""
        looks = self._looks_below()
        if covered is None or not looks or looks != self._as_covered or self._dressed_in != self.app.theme:
            return close()
        super().refresh(*covered, *(region for widget in self._unseen if (region := widget.region)))
        self._unseen.clear()
        self._repainted = self._uncovering = True
        self.call_after_refresh(self._paint_forgotten)
        closing = close()
        self.app.call_next(self.app.call_next, self._uncovered)  # the second time behind what takes the other away
        return closing

    def _uncovered(self) -> None:
        self._uncovering = False

    def _paint_forgotten(self) -> None:
        """Paint what was asked for while parts of the screen were: Textual forgets it then."""
        self._repainted = False
        for widget in self._unseen:
            widget.refresh()
        self._unseen.clear()

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint again; parts are asked for by what is drawn below.

        What lies behind the box is seen when that goes: a bar of progress there costs nothing meanwhile.
        """
        self._look_below(regions)
        if (self.hides(regions) or (self._uncovering and not regions)) and not layout and not recompose:
            return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _look_below(self, regions: Sequence[Region]) -> None:
        """Note that the places below are no longer as they were covered, when parts of them are to be seen."""
        for screen in self.app.screen_stack if regions and not self.shows_a_dialog else ():
            if isinstance(screen, Place):
                screen.drawn_below()

    @property
    def shows_a_dialog(self) -> bool:
        """Whether parts to be painted are those of a dialog below; a place below that notes by itself what it draws."""
        below = self.screen_below
        return isinstance(below, Between) and below.covers is None and below.has_asked

    @property
    def covers(self) -> Sequence[Region] | None:
        """The parts of the screen below that it has painted over; None for all of it, dimmed."""
        return None

    @property
    def has_asked(self) -> bool:
        """Whether something of it was to be painted since something lies on top."""
        return bool(self._unseen)

    def hides(self, regions: Sequence[Region]) -> bool:
        """Whether these are parts of the screen below of which nothing can be seen."""
        boxes = [child.region for child in self.children if child.has_class("box")]
        return bool(regions) and all(any(box.contains_region(one) for box in boxes) for one in regions if one)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Keep the styles it has while the theme is the same: Textual would find every rule for every widget again."""
        event.refresh_styles = self.app.theme != self._dressed_in
        self._dressed_in = self.app.theme
        if self._repainted and not event.refresh_styles:
            event.prevent_default()
            self.refresh_bindings()
