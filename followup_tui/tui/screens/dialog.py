"""What all dialogs share: only their own keys, `?` and esc; keys typed before the field is there are kept for it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual import events
from textual.await_complete import AwaitComplete

from followup_tui.tui import commands, dialog_bindings
from followup_tui.tui.screens.between import Between
from followup_tui.tui.screens.place import Place

if TYPE_CHECKING:
    from followup_tui.tui.app import FollowupApp

T = TypeVar("T")


class Dialog(Between[T]):
    """Closes with None on esc. `FIELD` is the selector of the field that has the focus from the start, if any."""

    AUTO_FOCUS = ""
    BINDINGS = commands.as_bindings(dialog_bindings.DIALOG)
    FIELD: ClassVar[str] = ""
    HEADING: ClassVar[str] = ""
    """The heading of its commands in help."""

    def __init__(self) -> None:
        super().__init__()
        self._early: list[events.Key] | None = [] if self.FIELD else None
        self._parting: list[T | None] = []
        """What it answers once nothing lies above it any more."""

    @property
    def home(self) -> FollowupApp:
        """The app, by its own type."""
        return cast("FollowupApp", self.app)

    def keep(self, event: events.Key) -> bool:
        """Take a key typed before the field is there; False when the dialog is ready and the key goes its usual way."""
        if self._early is None:
            return False
        self._early.append(event)
        return True

    def takes(self, event: events.Key) -> bool:
        """Act on a key at once, even while a field has the focus; False when the key goes its usual way."""
        return False

    async def caught_up(self) -> None:
        """Come back when what was typed before is done, so that the next key acts on that; most never wait."""

    def on_mount(self) -> None:
        """Give the field the focus and the keys that came early."""
        early, self._early = self._early, None
        if self.FIELD:
            field = self.query_one(self.FIELD)
            self.set_focus(field)
            for event in early or ():
                field.post_message(events.Key(event.key, event.character))

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Go now, if it was to go while something lay above it."""
        if self._parting:
            self.leave(self._parting.pop())

    def leave(self, answer: T | None = None) -> None:
        """Close with an answer, as soon as nothing lies above it: help may have been opened while something ran."""
        if self.is_active:
            self.dismiss(answer)
        else:
            self._parting = [answer]

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Close; the place below paints what was covered, once."""
        close = partial(super().dismiss, result)
        below = self.app.screen_stack[-2] if self.is_active else None
        return below.uncover(close, self.covers) if isinstance(below, Place | Between) else close()

    def action_close(self) -> None:
        """Close without an answer."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Show the keys of this dialog."""
        self.home.action_help()
