"""The keys of the screen it was opened on, then those that work everywhere."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from followup_tui.tui import bindings, dialog_bindings
from followup_tui.tui.commands import as_bindings, keys_of
from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.text import content


class HelpDialog(Dialog[None]):
    """Derived from the commands: nothing is written twice."""

    HEADING = "Help"
    BINDINGS = as_bindings(dialog_bindings.HELP)

    def __init__(self, screen: Screen[object], keymap: Mapping[str, str]) -> None:
        super().__init__()
        self._sections = sections_of(screen)
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        """Show a heading and its keys, one after the other."""
        with VerticalScroll(id="help", classes="box", can_focus=False):
            for heading, commands in self._sections:
                lines = [Content.assemble(content(heading, "bold $primary"))]
                lines += [
                    Content.assemble(
                        content(f"{keys_of(command, self._keymap):>14}  ", "bold $footer-key-foreground"),
                        content(command.tooltip or command.description),
                    )
                    for command in commands
                ]
                yield Static(Content("\n").join([*lines, Content("")]))

    def on_mount(self) -> None:
        """Name the box."""
        super().on_mount()
        box = self.query_one("#help")
        box.border_title = Content("Keys")
        box.border_subtitle = Content("↑ ↓ scroll · esc")

    def action_cursor(self, by: int) -> None:
        """Scroll by a line."""
        self.query_one("#help").scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        """Scroll by a page."""
        box = self.query_one("#help")
        box.scroll_relative(y=by * max(1, box.size.height - 2), animate=False)

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
