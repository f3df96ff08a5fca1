"""A screen that shows what is stored: it reloads when concerned by a change, later when it was out of sight."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar, Self, cast

from textual import events
from textual.geometry import Region, Size
from textual.messages import Update
from textual.widget import Widget

from followup_tui.tui.screens.coverable import Coverable

if TYPE_CHECKING:
    from textual.await_complete import AwaitComplete

    from followup_tui.services.changes import Changes
    from followup_tui.tui.app import FollowupApp


class Place(Coverable[None]):
    """Subclasses say how to `reload`; widgets on them only show views."""

    AUTO_FOCUS = ""
    HEADING: ClassVar[str] = ""
    """The heading of its commands in help."""
    stale = False
    """Something changed while the screen was out of sight."""
    drawn = 0
    """Counts what was drawn: as long as it stays, the picture is the same."""
    _listens = False
    _drew_below = False
    """Something was drawn while a dialog was on top."""
    _size_below = Size(0, 0)
    """How large it was when it was covered."""
    _dressed_in = ""
    """The theme it wore when it was last on the screen."""
    _theme_below = ""
    """The theme it wore when it was uncovered."""
    _uncovering = False
    """A dialog is going."""
    _resumes = False
    """It has been painted for what follows on its being on top again."""

    @property
    def home(self) -> FollowupApp:
        """The app, by its own type."""
        return cast("FollowupApp", self.app)

    def on_mount(self) -> None:
        """Listen, and begin.

        Textual calls this for every class that has it, a subclass may have called it already: once is enough.
        """
        if self._listens:
            return
        self._listens = True
        self.home.changes.subscribe(self, self._hear)
        self.begin()

    def begin(self) -> None:
        """Load once the empty frame has been painted."""
        self.call_after_refresh(self.reload)

    @abstractmethod
    def reload(self) -> None:
        """Ask for the view again; the old one stays on screen until the new one is there."""

    async def caught_up(self) -> None:
        """Come back when what was asked for is shown, so that the next key acts on it; most places never wait."""

    @contextmanager
    def covered(self) -> Iterator[None]:
        """Stay as painted while a dialog is put on top, and note whether it still is as it was when that goes."""
        self._drew_below, self._size_below = False, self.outer_size
        with super().covered():
            yield

    def uncover(self, close: Callable[[], AwaitComplete], covered: Iterable[Region] | None = None) -> AwaitComplete:
        """Close a dialog and paint once what it has `covered`: these parts if nothing changed below, None for all.

        Textual would paint the whole screen, and again for each thing of the dialog that is taken away. It is asked
        for before the dialog goes, so that one frame shows it together with what the dialog has led to.
        """
        if self.outer_size != self.app.size:
            return close()
        if covered is None or self._drew_below or self.outer_size != self._size_below:
            self.refresh()
            self.post_message(Update(self))  # what is to be laid out as well comes in the same picture
        else:
            for child in self.children:
                parts = [part for region in covered if (part := child.region.intersection(region))]
                if parts and child.display:
                    child.refresh(*(part.translate(-child.content_region.offset) for part in parts))
            for widget in self.walk_children(Widget):
                self.post_message(Update(widget))  # each says so itself when its turn comes: one could miss the frame
        self._theme_below, self._uncovering, self._resumes = self.app.theme, True, True
        closing = close()
        self.app.call_next(self.app.call_next, self._uncovered)  # the second time behind what takes the dialog away
        return closing

    def _uncovered(self) -> None:
        self._uncovering = False

    @property
    def being_uncovered(self) -> bool:
        """Whether a dialog is going, and what it has covered is painted already or will be."""
        return self._uncovering and self._theme_below == self.app.theme

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint again, unless it is only being covered or uncovered."""
        if self.being_uncovered and not layout and not recompose:
            return self
        self.drawn += 1
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def on_update(self) -> None:
        """Something is to be drawn: below a dialog Textual paints that through it, and forgets what else there is."""
        self.drawn += 1
        if self.app.screen_stack[-1:] != [self]:
            self._drew_below = True

    on_layout = on_update_scroll = on_update

    def drawn_below(self) -> None:
        """Something was drawn below a dialog, perhaps asked for before that came: it counts in any case, for Textual
        forgets what else was asked for in the same moment.
        """
        self._drew_below = True
        self.drawn += 1

    def concerned(self, changes: Changes | None) -> bool:
        """Whether the change can show here; None is a change by another process."""
        return True

    def _hear(self, changes: Changes | None) -> None:
        if not self.concerned(changes):
            return
        if self.is_current:
            self.reload()
        else:
            self.stale = True

    def on_screen_suspend(self) -> None:
        """Note what it wears: up to now it was dressed with what is on the screen."""
        self._dressed_in = self.app.theme

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Catch up with what changed and what was said meanwhile; behind a dialog once the picture is there.

        The styles are those it has as long as the theme is the same: Textual would find every rule for every widget.
        """
        event.refresh_styles = event.refresh_styles and self.app.theme != self._dressed_in
        self.call_next(self.home.arrived)
        painted, self._resumes = self._resumes, False
        if not painted or self.outer_size != self.app.size:
            self._catch_up()
            return
        event.prevent_default()
        self.refresh_bindings()
        self.call_after_refresh(self._catch_up)

    def _catch_up(self) -> None:
        self.home.show_notices()
        if self.stale:
            self.stale = False
            self.reload()
