"""The terminal app: its places, its theme and keys, the signal of changes, and errors as toasts."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from textual import events
from textual.app import App
from textual.screen import Screen
from textual.signal import Signal
from textual.widgets import Input

from followup_tui.config import Config, load_config
from followup_tui.errors import FollowupError
from followup_tui.tui import bindings
from followup_tui.tui.afterwards import Afterwards
from followup_tui.tui.clock import Clock
from followup_tui.tui.ops import Ops
from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.screens.today import TodayScreen
from followup_tui.tui.text import clean
from followup_tui.tui.themes import VARIABLE_DEFAULTS, load_themes

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services
    from followup_tui.services.changes import Changes
    from followup_tui.services.views import HistoryView

SCREENS_CSS = ("common", "today", "dialogs")


class FollowupApp(Afterwards, App[int]):
    """Modes are places; dialogs are fresh screens. Nothing here touches the database: `ops` does, in threads."""

    TITLE = "Followup"
    CSS_PATH = [f"screens/{name}.tcss" for name in SCREENS_CSS]
    BINDINGS = bindings.as_bindings(bindings.EVERYWHERE, bindings.AFTERWARDS)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (160, "-vast")]
    ENABLE_COMMAND_PALETTE = False
    NOTIFICATION_TIMEOUT = 6

    def __init__(self, open_services: Callable[[], Services], config: Config, themes: tuple[Path, ...] = ()) -> None:
        """`open_services` is called in a thread, on first use; `themes` are folders, later ones win."""
        super().__init__()
        self.config = config
        self.clock = Clock()
        self.changes: Signal[Changes | None] = Signal(self, "changes")
        """What a mutation touched; None when another process wrote."""
        self.ops = Ops(self, open_services, self._changed, self.failed)
        self.problems = [*config.problems, *self._load_themes(themes), *self._load_keys()]
        self.drafts: dict[str, str] = {}
        """Notes typed and not yet saved, by prospect."""
        self.add_mode("today", TodayScreen)
        self.add_mode("prospects", _prospects)
        self.add_mode("cadences", _cadences)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return our own variables, so that a theme made for another app still parses."""
        return VARIABLE_DEFAULTS

    async def on_mount(self) -> None:
        """Show Today's frame; the database is opened after it is painted."""
        await self.switch_mode("today")
        for problem in self.problems:
            self.say(problem, "warning")
        self.set_interval(1, self.ops.poll)

    async def on_event(self, event: events.Event) -> None:
        """Run keys in the order typed: a key that opens a dialog has opened it before the next key is looked at."""
        if isinstance(event, events.Key) and not event.is_forwarded and not isinstance(self.focused, Input):
            if isinstance(self.screen, Dialog) and self.screen.keep(event):
                return
            active = self.screen.active_bindings.get(event.key)
            if active is not None and active.enabled and await self.run_action(active.binding.action, active.node):
                return
        await super().on_event(event)

    def _changed(self, changes: Changes | None) -> None:
        self.forget_latest()
        self.changes.publish(changes)

    def say(self, text: str, severity: Literal["information", "warning", "error"] = "information") -> None:
        """Show a toast; the text may hold anything."""
        self.notify(clean(text), severity=severity, markup=False)

    def failed(self, error: FollowupError, has_read: bool) -> None:
        """Show an error: as a toast, or as the whole screen when nothing could ever be read."""
        if has_read:
            self.say(str(error), "error")
            return
        from followup_tui.tui.screens.failed import FailedScreen

        if not isinstance(self.screen, FailedScreen):
            self.push_screen(FailedScreen(error))

    def set_terminal_title(self, left: int | None) -> None:
        """Name the terminal's window: fixed words and digits only, so that no data ever reaches it."""
        title = "Followup" if left is None else f"Followup – {int(left)} left today"
        if self._driver is not None and not self.is_headless:
            self._driver.write(f"\x1b]2;{title}\x07")

    # Commands that work everywhere

    def action_place(self, mode: str) -> None:
        """Go to a place; once there, back to its first screen."""
        if mode != self.current_mode:
            self.switch_mode(mode)
            return
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def action_back(self) -> None:
        """Leave the screen on top."""
        if len(self.screen_stack) > 1:
            self.pop_screen()

    async def action_quit(self) -> None:
        """Leave, after what is being saved is saved."""
        await self.ops.settled()
        self.exit(0)

    def action_undo(self) -> None:
        """Take back the newest change."""
        self.ops.mutate(lambda services: services.undo.undo(), lambda done: self._told("Undone", done))

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self.ops.mutate(lambda services: services.undo.redo(), lambda done: self._told("Done again", done))

    def _told(self, verb: str, done: list[HistoryView]) -> None:
        back = "U redo" if verb == "Undone" else "u undo"
        self.say(f"{verb}: {' · '.join(change.name for change in done)} · {back}")

    def action_help(self) -> None:
        """Show the keys of the screen on top."""
        from followup_tui.tui.screens.help import HelpDialog

        self.push_screen(HelpDialog(self.screen, self.keymap_shown))

    def action_palette(self) -> None:
        """Open the palette of commands."""
        from followup_tui.tui.palette import open_palette

        open_palette(self)

    def action_next_theme(self) -> None:
        """Show the next theme."""
        names = [name for name in self.own_themes if name in self.available_themes]
        self.theme = names[(names.index(self.theme) + 1) % len(names)] if self.theme in names else names[0]

    def action_add(self) -> None:
        """Ask for a new prospect."""
        from followup_tui.tui.screens.prospect_dialog import AddDialog

        self.push_screen(AddDialog())

    def action_import(self) -> None:
        """Ask for a file of people."""
        from followup_tui.tui.screens.import_dialog import ImportDialog

        self.push_screen(ImportDialog())

    def action_history(self) -> None:
        """Show all changes."""
        from followup_tui.tui.screens.history_dialog import HistoryDialog

        self.push_screen(HistoryDialog())

    def action_find(self) -> None:
        """Find a prospect by words; its screen opens."""
        from followup_tui.tui.screens.find_dialog import FindDialog

        self.push_screen(FindDialog(), lambda found: self.open_prospect(found) if found else None)

    def open_prospect(self, prospect: str) -> None:
        """Show the screen of one prospect, by its id."""
        from followup_tui.tui.screens.prospect import ProspectScreen

        self.push_screen(ProspectScreen(prospect))

    def edit_prospect(self, prospect: str) -> None:
        """Ask for changes to one prospect, by its id."""
        from followup_tui.tui.screens.prospect_dialog import EditDialog

        self.push_screen(EditDialog(prospect))

    def _load_themes(self, folders: tuple[Path, ...]) -> list[str]:
        themes, problems = load_themes(folders)
        for theme in themes:
            self.register_theme(theme)
        self.own_themes = [theme.name for theme in themes]
        if self.config.theme in self.available_themes:
            self.theme = self.config.theme
        else:
            problems = [*problems, f"There is no theme “{self.config.theme}”; ctrl+t shows the ones there are"]
        return list(problems)

    def _load_keys(self) -> list[str]:
        from followup_tui.tui.keymap import validate_keymap

        keymap, problems = validate_keymap(self.config.keys, bindings.known_commands())
        self.keymap_shown = dict(keymap)
        self.set_keymap(keymap)
        return list(problems)


def _prospects() -> Screen[None]:
    from followup_tui.tui.screens.prospects import ProspectsScreen

    return ProspectsScreen()


def _cadences() -> Screen[None]:
    from followup_tui.tui.screens.cadences import CadencesScreen

    return CadencesScreen()
