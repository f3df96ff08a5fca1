"""A screen that shows what is stored: it reloads when concerned by a change, later when it was out of sight."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar, Self, cast

from textual.geometry import Region
from textual.screen import Screen

if TYPE_CHECKING:
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
        self._being_covered = True
        try:
            yield
        finally:
            self._being_covered = False

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint again, unless it is only being covered."""
        if self._being_covered:
            return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

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

    def on_screen_resume(self) -> None:
        """Catch up with what changed and what was said meanwhile."""
        self.home.show_notices()
        if self.stale:
            self.stale = False
            self.reload()
