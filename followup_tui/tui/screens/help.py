"""The keys of the screen it was opened on, then those that work everywhere."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen

from followup_tui.tui import bindings, dialog_bindings
from followup_tui.tui.commands import as_bindings, keys_of
from followup_tui.tui.screens.panel import Panel
from followup_tui.tui.widgets.key_lines import KeyLines, lines_of
from followup_tui.tui.widgets.notice_board import NoticeRack

WIDTH = 100
"""Cells of the box, where there is room."""
BESIDE = 7
"""Those of them that are border, padding and scrollbar."""
ABOVE = 4
"""Lines of the box that are border and padding."""


class HelpDialog(Panel[None]):
    """Derived from the commands: nothing is written twice.

    The app keeps one and uses it again; all its lines are one widget, for a widget each takes ten times as long.
    """

    HEADING = "Help"
    BINDINGS = as_bindings(dialog_bindings.HELP)

    def __init__(self) -> None:
        super().__init__()
        self.in_use = False
        """It is open; another screen's help needs another dialog."""
        self._made = False
        """Its widgets are there."""

    def begin(self, screen: Screen[object], keymap: Mapping[str, str]) -> None:
        """Start anew, right before it is opened: with the keys of the screen it is opened on."""
        self.in_use = True
        self._sections = [
            (heading, [(keys_of(command, keymap), command.tooltip or command.description) for command in commands])
            for heading, commands in sections_of(screen)
        ]
        self._opens = self._made
        if self._made:
            self.query_one(NoticeRack).show(())
            self._show()

    def compose(self) -> ComposeResult:
        """Show the lines in a box."""
        with Vertical(id="help", classes="box"):
            yield KeyLines(id="help-lines")
        yield self.home.notice_rack()

    def on_mount(self) -> None:
        """Name the box."""
        super().on_mount()
        box = self.query_one("#help")
        box.border_title = Content("Keys")
        box.border_subtitle = Content("↑ ↓ scroll · esc")
        self._made = True
        self._show()

    def on_resize(self) -> None:
        """Break the lines for the new width."""
        if self._made:
            self._show()

    def _show(self) -> None:
        """Show the lines in a box as high as they are, or as there is room."""
        lines = list(lines_of(self._sections, min(WIDTH, self.app.size.width) - BESIDE))
        box = self.query_one("#help")
        box.styles.height = len(lines) + ABOVE
        box.refresh()
        self.query_one(KeyLines).show(lines)

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close, and be free for another screen."""
        self.in_use = False
        return super().dismiss(result)

    def action_cursor(self, by: int) -> None:
        """Scroll by a line."""
        self.query_one(KeyLines).scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        """Scroll by a page."""
        lines = self.query_one(KeyLines)
        lines.scroll_relative(y=by * max(1, lines.size.height - 2), animate=False)

    def action_help(self) -> None:
        """`?` closes what it opened."""
        self.dismiss(None)


def sections_of(screen: Screen[object]) -> list[tuple[str, list[Binding]]]:
    """Return the commands that can be run on a screen now, by heading; those of the screen first."""
    active = {active.binding.id for active in screen.active_bindings.values() if active.binding.id}
    found = [
        (heading, [command for command in commands if command.id in active])
        for heading, commands in bindings.places().items()
    ]
    found.sort(key=lambda pair: pair[0] in ("Everywhere", "Lists", "Dialogs"))
    return [(heading, commands) for heading, commands in found if commands]
