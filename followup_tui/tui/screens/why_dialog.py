"""Why a row stands where it stands, one sentence a line."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from followup_tui.tui.arrangement import Entry
from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.text import content


class WhyDialog(Dialog[None]):
    """Shows the reasons the plan gave; any key closes."""

    HEADING = "Why here"

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self._entry = entry

    def compose(self) -> ComposeResult:
        """Show the reasons."""
        with Vertical(id="why", classes="box small"):
            for reason in reasons(self._entry):
                yield Static(Content.assemble("· ", content(reason)))

    def on_mount(self) -> None:
        """Name the box."""
        super().on_mount()
        box = self.query_one("#why")
        box.border_title = Content.assemble("Why here · ", content(self._entry.prospect.name, "bold"))
        box.border_subtitle = Content("esc")

    def on_key(self, event: events.Key) -> None:
        """Close on any key."""
        event.stop()
        self.dismiss(None)


def reasons(entry: Entry) -> list[str]:
    """Return why a row is where it is."""
    if entry.done is not None:
        return [f"made today: {entry.done}"]
    if entry.decision is not None:
        return ["a decision waits until it is answered", entry.decision.text]
    if entry.left is not None:
        return [f"left over: {entry.left.reason}"]
    return list(entry.slot.reasons) if entry.slot and entry.slot.reasons else ["planned for this time"]
