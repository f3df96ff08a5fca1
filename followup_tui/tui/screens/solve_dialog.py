"""The ways out for what is left over: make room, the lightest day, another channel, drop (domain §13).

Whom nothing reaches is offered the detail that is missing first: no time and no channel would help.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from followup_tui.tui import commands, dialog_bindings, wording
from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.text import clean, content

if TYPE_CHECKING:
    from datetime import date

    from followup_tui.services.views.solving import SolveView


class SolveDialog(Dialog[tuple[str, str]]):
    """Gives the way chosen and, for another channel, which."""

    HEADING = "Left over"
    BINDINGS = commands.as_bindings(dialog_bindings.SOLVING)

    def __init__(self, view: SolveView, today: date) -> None:
        super().__init__()
        self._view, self._today = view, today

    def compose(self) -> ComposeResult:
        """Show each way with what it would do."""
        with Vertical(id="solve", classes="box small") as box:
            box.border_title = content(f" Left over · {clean(self._view.prospect.name)} ")
            yield Static(Content("\n").join(self._lines()), markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only the ways there are."""
        if action == "way":
            return self._is_open(str(parameters[0]))
        return super().check_action(action, parameters)

    def action_way(self, way: str) -> None:
        """Take a way."""
        if self._is_open(way):
            self.dismiss((way, self._view.channels[0] if way == "channel" else ""))

    def _is_open(self, way: str) -> bool:
        view = self._view
        if way == "detail":
            return view.channel is None
        if way == "room":
            return view.room is not None
        if way == "channel":
            return bool(view.channels)
        return view.droppable

    def _lines(self) -> list[Content]:
        view = self._view
        if view.channel is None:
            return self._without_detail()
        room = (
            f"today at {wording.clock(view.room)}; the others flow around it"
            if view.room
            else "no time within their hours"
        )
        channel = f"today by {view.channels[0]}" if view.channels else "no other block has room for one they have"
        return [
            content(f"{wording.VERBS.get(view.channel or '', view.channel or 'touch')}: {view.reason}", "$overdue"),
            content(""),
            self._way("r", "make room", room, "room"),
            self._way("l", "lightest day", wording.day_and_distance(view.lightest, self._today), "lightest"),
            self._way("c", "other channel", channel, "channel"),
            self._way("x", "drop", "pass this step", "drop"),
            content(""),
            content("each is one step, u undoes it · esc", "$muted"),
        ]

    def _without_detail(self) -> list[Content]:
        """Return the ways for whom no detail works."""
        lightest = wording.day_and_distance(self._view.lightest, self._today)
        return [
            content("no phone, e-mail or address that works", "$overdue"),
            content(""),
            self._way("E", "add a detail", "a phone, an e-mail, an address", "detail"),
            self._way("l", "lightest day", f"ask again {lightest}", "lightest"),
            self._way("x", "drop", "pass this step", "drop"),
            content(""),
            content("u undoes each · esc", "$muted"),
        ]

    def _way(self, key: str, name: str, what: str, way: str) -> Content:
        is_open = self._is_open(way)
        styles = ("$key", "", "$muted") if is_open else ("$muted", "$muted", "$muted")
        return Content.assemble(
            content(f" {key}  ", styles[0]), content(f"{name:<15}", styles[1]), content(what, styles[2])
        )
