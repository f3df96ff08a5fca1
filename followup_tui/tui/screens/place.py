"""A screen that shows what is stored: it reloads when concerned by a change, later when it was out of sight."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar, Self, cast

from textual import events
from textual.geometry import Region, Size
from textual.screen import Screen

if TYPE_CHECKING:
    from textual.await_complete import AwaitComplete

    from followup_tui.services.changes import Changes
    from followup_tui.tui.app import FollowupApp


class Place(Screen[None]):
    """Subclasses say how to `reload`; widgets on them only show views."""

    AUTO_FOCUS = ""
    HEADING: ClassVar[str] = ""
    """The heading of its commands in help."""
    stale = False
    """Something changed while the screen was out of sight."""
    _listens = False
    _being_covered = False
    _drew_below = False
    """Something was drawn while a dialog was on top."""
    _size_below = Size(0, 0)
    """How large it was when it was covered."""
    _panel: AwaitComplete | None = None
    """A panel that left everything but its own place as it was, and is going."""

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
        """Stay as painted while a dialog is put on top: Textual asks for all of it again, though nothing changes."""
        self._being_covered, self._drew_below, self._size_below = True, False, self.outer_size
        try:
            yield
        finally:
            self._being_covered = False

    def uncover(self, regions: Iterable[Region], close: Callable[[], AwaitComplete]) -> AwaitComplete:
        """Close a panel and paint again what it has covered, and no more when nothing changed below it.

        Textual would paint the whole screen: thirty thousand characters, and every line of every widget. It is asked
        for before the panel goes, so that one frame shows it together with what the panel has led to.
        """
        if self._drew_below or self.outer_size != self._size_below or self._size_below != self.app.size:
            return close()
        for child in self.children:
            parts = [part for region in regions if (part := child.region.intersection(region))]
            if parts and child.display:
                child.refresh(*(part.translate(-child.content_region.offset) for part in parts))
        self._panel = close()
        return self._panel

    @property
    def _keeps_picture(self) -> bool:
        """Whether the whole of it is on the terminal already, but for what was asked for by itself."""
        return self._being_covered or (self._panel is not None and not self._panel.is_done)

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint again, unless it is only being covered or uncovered."""
        if self._keeps_picture and not layout and not recompose:
            return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def on_update(self) -> None:
        """Something is to be drawn: below a dialog Textual paints that through it, and forgets what else there is."""
        if self.app.screen_stack[-1:] != [self]:
            self._drew_below = True

    on_layout = on_update_scroll = on_update

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

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Catch up with what changed and what was said meanwhile; behind a panel once the picture is there."""
        if self._panel is None or self.outer_size != self.app.size:
            self._catch_up()
            return
        event.prevent_default()
        self.refresh_bindings()
        self.call_after_refresh(self._catch_up)

    def _catch_up(self) -> None:
        self._panel = None
        self.home.show_notices()
        if self.stale:
            self.stale = False
            self.reload()
