"""The last line: the keys of the screen on top, from its commands."""

from __future__ import annotations

from textual import events
from textual.strip import Strip

from followup_tui.tui import commands
from followup_tui.tui.widgets.paint import Painter, Piece, cells_of

ALWAYS = ("undo", "help")
"""Actions whose keys stay in the line however narrow it is."""


class KeyLine(Painter):
    """Shows the commands marked `show`; help always stays in sight."""

    def render_line(self, y: int) -> Strip:
        """Draw as many keys as fit."""
        return self.strip([piece for _, pieces in self._entries() for piece in pieces], self.size.width)

    def on_click(self, event: events.Click) -> None:
        """A click on a key presses it."""
        at = 0
        for key, pieces in self._entries():
            at += cells_of(pieces)
            if event.x < at:
                self.app.simulate_key(key)
                return

    def _entries(self) -> list[tuple[str, list[Piece]]]:
        shown: dict[str, tuple[str, list[Piece]]] = {}
        for key, active in self.screen.active_bindings.items():
            binding = active.binding
            if binding.show and active.enabled and binding.action not in shown:
                label = commands.label_of(key)
                shown[binding.action] = (key, [(f" {label} ", "key"), (f"{binding.description} ", "muted")])
        kept = [entry for action, entry in shown.items() if action in ALWAYS]
        room = self.size.width - sum(cells_of(pieces) for _, pieces in kept)
        before = []
        for action, entry in shown.items():
            room -= 0 if action in ALWAYS else cells_of(entry[1])
            if action in ALWAYS or room < 0:
                continue
            before.append(entry)
        return before + kept
