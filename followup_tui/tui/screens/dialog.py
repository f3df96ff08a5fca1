"""What all dialogs share: only their own keys, `?` and esc; keys typed before the field is there are kept for it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Self, TypeVar, cast

from rich.console import RenderableType
from textual import events
from textual.await_complete import AwaitComplete
from textual.geometry import Region
from textual.screen import ModalScreen

from followup_tui.tui import commands, dialog_bindings
from followup_tui.tui.screens.coverable import Coverable
from followup_tui.tui.screens.place import Place
from followup_tui.tui.widgets.dimmed import Dimmed, Remembered

if TYPE_CHECKING:
    from followup_tui.tui.app import FollowupApp

T = TypeVar("T")


class Dialog(Coverable[T], ModalScreen[T]):
    """Closes with None on esc. `FIELD` is the selector of the field that has the focus from the start, if any."""

    AUTO_FOCUS = ""
    BINDINGS = commands.as_bindings(dialog_bindings.DIALOG)
    FIELD: ClassVar[str] = ""
    HEADING: ClassVar[str] = ""
    """The heading of its commands in help."""

    def __init__(self) -> None:
        super().__init__()
        self._early: list[events.Key] | None = [] if self.FIELD else None
        self._dressed_in = self.app.theme
        self._below: Remembered | None = None
        """The place below, as it was drawn."""
        self._parting: list[T | None] = []
        """What it answers once nothing lies above it any more."""

    @property
    def home(self) -> FollowupApp:
        """The app, by its own type."""
        return cast("FollowupApp", self.app)

    def render(self) -> RenderableType:
        """Draw the screen below, dimmed; a place that has not changed since is not drawn again.

        Which screen that is the stack tells: Textual hands out those below from the topmost down, each dialog one, and
        a panel takes none of them.
        """
        stack = self.app.screen_stack
        color = self.styles.background
        if self not in stack[1:] or color.a == 1:
            return super().render()
        place = stack[stack.index(self) - 1]
        if not isinstance(place, Place):
            return Dimmed(place, color)
        seen = (place, place.drawn, place.outer_size, self.app.size, color)
        if self._below is None or self._below.seen != seen:
            self._below = Remembered(place, color, seen)
        return self._below

    def on_unmount(self) -> None:
        """Let go of what was drawn below."""
        self._below = None

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint again; parts are asked for by what is drawn below.

        What lies behind the box is seen when that goes: a bar of progress there costs nothing meanwhile.
        """
        self.look_below(regions)
        if self.hides(regions) and not layout and not recompose:
            return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def look_below(self, regions: Sequence[Region]) -> None:
        """Note that the places below are no longer as they were covered, when parts of them are to be seen."""
        for screen in self.app.screen_stack if regions else ():
            if isinstance(screen, Place):
                screen.drawn_below()

    def hides(self, regions: Sequence[Region]) -> bool:
        """Whether these are parts of the screen below of which nothing can be seen."""
        boxes = [child.region for child in self.children if child.has_class("box")]
        return bool(regions) and all(any(box.contains_region(one) for box in boxes) for one in regions if one)

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
        """Keep the styles it has while the theme is the same: Textual would find every rule for every widget again."""
        event.refresh_styles = self.app.theme != self._dressed_in
        self._dressed_in = self.app.theme
        if self._parting:
            self.leave(self._parting.pop())

    def leave(self, answer: T | None = None) -> None:
        """Close with an answer, as soon as nothing lies above it: help may have been opened while something ran."""
        if self.is_active:
            self.dismiss(answer)
        else:
            self._parting = [answer]

    @property
    def covers(self) -> Sequence[Region] | None:
        """The parts of the screen below that it has painted over; None for all of it, dimmed."""
        return None

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Close; the place below paints what was covered, once."""
        close = partial(super().dismiss, result)
        below = self.app.screen_stack[-2] if self.is_active else None
        return below.uncover(close, self.covers) if isinstance(below, Place) else close()

    def action_close(self) -> None:
        """Close without an answer."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Show the keys of this dialog."""
        self.home.action_help()
