"""Writing, calling and copying from any screen: what goes out, and the library it comes from."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from textual.app import App

if TYPE_CHECKING:
    from followup_tui.services.views import DialView
    from followup_tui.tui.app import FollowupApp

MUTE = frozenset({"linux", "dumb", "vt100", "vt220"})
"""Terminals that know no OSC 52: nothing reaches their clipboard."""


def reaches_clipboard(env: Mapping[str, str]) -> bool:
    """Whether what is copied by OSC 52 can be expected to arrive in the clipboard."""
    return env.get("TERM", "") not in MUTE and env.get("TERM_PROGRAM") != "Apple_Terminal" and not env.get("STY")


class Reaching(App[int]):
    """The part of the app that sends, dials and copies."""

    _copied = ""

    def start_compose(self, prospect: str, channel: str | None = None) -> None:
        """Write a message to a prospect; `channel` is the planned one."""
        from followup_tui.tui.screens.compose import ComposeDialog

        self.push_screen(ComposeDialog(prospect, channel))

    def start_dial(self, prospect: str) -> None:
        """Call at once where there is one number and nothing to mind; else ask."""
        self._app.ops.query("dial", lambda services: services.reach.dialling(prospect), self._dial)

    def _dial(self, view: DialView) -> None:
        from followup_tui.tui.screens.dial_dialog import DialDialog

        good = [one for one in view.numbers if not one.bad]
        if view.stopped:
            self._app.say(f"{view.name} {view.stopped}: nothing was dialled", "warning")
        elif not view.numbers:
            self._app.say(f"{view.name} has no number · E adds one", "warning")
        elif len(good) == 1 and not view.guard:
            self.call_number(view, good[0].number)
        else:
            self.push_screen(DialDialog(view))

    def call_number(self, view: DialView, number: str) -> None:
        """Hand a number to the dialler; say the line to begin with while it rings."""

        def rings(_: DialView) -> None:
            self._app.say(f"Calling {view.name} · {number}\n{view.opener}\nl logs what came of it")

        self._app.ops.query("dialled", lambda services: services.reach.dial(view.prospect, number), rings)

    def copy_text(self, text: str, said: str) -> None:
        """Put a text on the clipboard; show it to be selected where that can't work, or at the second time."""
        from followup_tui.tui.screens.shown_text import ShownText

        again, self._copied = self._copied == text, text
        self.copy_to_clipboard(text)
        if again or not reaches_clipboard(os.environ):
            self._copied = ""
            self.push_screen(ShownText(text))
        else:
            self._app.say(said)

    def action_library(self) -> None:
        """Show the value library."""
        from followup_tui.tui.screens.library import LibraryScreen

        if not isinstance(self.screen, LibraryScreen):
            self.push_screen(LibraryScreen())

    def action_templates(self) -> None:
        """Show the templates, filled for the selected prospect; else for the next in today's queue."""
        from followup_tui.tui.screens.templates import TemplatesScreen

        if isinstance(self.screen, TemplatesScreen):
            return
        entry = getattr(self.screen, "entry", None)
        selected = getattr(self.screen, "prospect", None) or (entry.prospect.id if entry is not None else None)
        self.push_screen(TemplatesScreen(selected or next(iter(self._app.queue), None)))

    @property
    def _app(self) -> FollowupApp:
        return cast("FollowupApp", self)
