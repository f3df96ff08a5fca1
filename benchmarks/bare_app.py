"""The yardstick: the smallest Textual app that paints again on a key: j counts, o opens, ESC closes, q quits."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Static


class Second(Screen[None]):
    """What `o` opens."""

    BINDINGS: ClassVar = [("escape", "app.pop_screen", "back")]

    def compose(self) -> ComposeResult:
        """Show one word."""
        yield Static("second-screen")


class Bare(App[None]):
    """One word and a count."""

    BINDINGS: ClassVar = [("j", "count", "count"), ("o", "open", "open"), ("q", "quit", "quit")]
    count = 0

    def compose(self) -> ComposeResult:
        """Show the count."""
        yield Static("bare-ready n=0 ", id="count")

    def action_count(self) -> None:
        """Count one on."""
        self.count += 1
        self.query_one("#count", Static).update(f"bare-ready n={self.count} ")

    def action_open(self) -> None:
        """Open the other screen."""
        self.push_screen(Second())


if __name__ == "__main__":
    Bare().run()
