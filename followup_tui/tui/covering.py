"""Dialogs come and go without what lies below being painted more often than it shows."""

from __future__ import annotations

from contextlib import ExitStack, nullcontext
from typing import Any, Self

from textual.app import App
from textual.await_complete import AwaitComplete
from textual.messages import Update

from followup_tui.tui.screens.coverable import Coverable
from followup_tui.tui.screens.kept_place import KeptPlace
from followup_tui.tui.screens.place import Place

LONGEST = 0.5
"""Seconds after which the place that is gone to is shown, painted in one go or not."""


class Covering(App[int]):
    """The part of the app that puts screens on one another."""

    _going: ExitStack | None = None
    """What keeps the picture as it is on the way to another place."""

    def push_screen(self, *arguments: Any, **options: Any) -> Any:
        """Put a screen on top; what lies below it stays as painted."""
        below = self.screen_stack[-1] if self.screen_stack else None
        with below.covered() if isinstance(below, Coverable) else nullcontext():
            return super().push_screen(*arguments, **options)

    def delay_update(self, delay: float = LONGEST) -> None:
        """Paint nothing on the way to another place, until that says it has arrived.

        Textual calls it there, and for so long nothing is shown, however soon the place is ready.
        """
        if self._going is None:
            self._going = ExitStack()
            self._going.enter_context(self.batch_update())
            self._going.callback(self.set_timer(max(delay, LONGEST), self.arrived).stop)

    def arrived(self) -> None:
        """Paint the place that was gone to, all of it."""
        going, self._going = self._going, None
        if going is not None:
            going.close()
            self.screen.refresh()
            self.screen.post_message(Update(self.screen))  # what is to be laid out comes in the same picture

    def pop_screen(self) -> AwaitComplete:
        """Close the screen on top; a place below it is painted once, and one that is kept forgets whom it showed."""
        closed, below, close = self.screen_stack[-1], self.screen_stack[-2:-1], super().pop_screen
        covered = below[0] if below and isinstance(closed, Place) else None
        closing = covered.uncover(close) if isinstance(covered, Place) else close()
        if isinstance(closed, KeptPlace):
            closed.put_away()
        return closing

    def refresh(self, *, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint the screen on top again, but not because a dialog has been taken away: that is on its way."""
        below = self.screen_stack[-1] if self.screen_stack else None
        if isinstance(below, Place) and below.being_uncovered and not recompose:
            return self
        return super().refresh(repaint=repaint, layout=layout, recompose=recompose)
