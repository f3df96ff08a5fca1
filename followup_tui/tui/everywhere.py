"""The commands that work everywhere, each opening its screen on first use."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from followup_tui.errors import FollowupError, NothingFound
from followup_tui.tui.ringing import Ringing

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from followup_tui.bootstrap import Services
    from followup_tui.services.changes import Changes
    from followup_tui.services.views import HistoryView
    from followup_tui.tui.app import FollowupApp
    from followup_tui.tui.screens.help import HelpDialog
    from followup_tui.tui.screens.prospect import ProspectScreen

    Walk = Callable[[Services, Callable[[int], bool]], tuple[list[HistoryView], Changes]]

DEMO = 1000
"""What `exit` is given to go on with the demo; no exit code is this large."""
PREPARED = 1.2
"""Seconds after the first plan is shown until help is made, and between two tries."""
LONG = 1.0
"""Seconds of undoing that pass without a word."""


class Everywhere(Ringing):
    """The part of the app that goes places and opens dialogs."""

    _kept_help: HelpDialog | None = None
    """Help, kept when it is closed."""
    _kept_prospect: ProspectScreen | None = None
    """The screen of a prospect, kept when it is closed."""

    def action_place(self, mode: str) -> None:
        """Go to a place; once there, back to its first screen."""
        if mode != self.current_mode:
            self.switch_mode(mode)
            return
        while len(self.screen_stack) > 1:
            self.pop_screen()

    async def action_back(self) -> None:
        """Leave the screen on top."""
        if len(self.screen_stack) > 1:
            self.pop_screen()

    async def action_quit(self) -> None:
        """Leave, after what is being saved is saved."""
        await self._home.ops.settled()
        self.exit(0)

    def start_demo(self) -> None:
        """Leave this database and go on with fictional people in a throw-away one."""
        self.exit(DEMO)

    def action_undo(self) -> None:
        """Take back the newest change, one from before a restart too; not one of another open window."""
        self._walk(_undo, "Taking it back …", "Undone", "U redo")

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._walk(_redo, "Doing it again …", "Done again", "u undo")

    def _walk(self, go: Walk, meanwhile: str, said: str, back: str) -> None:
        """Go through the changes; what was done to thousands takes seconds, and they are told about."""
        foreign = self._home.ops.is_foreign
        waiting = self.set_timer(LONG, lambda: self._home.say(meanwhile))

        def told(done: list[HistoryView]) -> None:
            waiting.stop()
            self._told(said, back, done)

        def failed(error: FollowupError) -> None:
            waiting.stop()
            self._home.failed(error, True)

        self._home.ops.mutate(lambda services: go(services, foreign), told, failed)

    def action_help(self) -> None:
        """Show the keys of the screen on top."""
        dialog = self._free_help()
        dialog.begin(self.screen, self._home.keymap_shown)
        self.push_screen(dialog)

    def _free_help(self) -> HelpDialog:
        """Return the help that is kept; another one while it is open somewhere."""
        from followup_tui.tui.screens.help import HelpDialog

        if self._kept_help is None:
            self._kept_help = HelpDialog()
            self.install_screen(self._kept_help, "help")
        return HelpDialog() if self._kept_help.in_use else self._kept_help

    def prepare_help(self) -> None:
        """Make help while nobody waits for it: what the first one needs is four frames, before a key that follows."""
        screen = self.screen_stack[-1] if self.screen_stack else None
        if self._home.ops.keys_pause > 0:
            self.set_timer(PREPARED, self.prepare_help)
        elif self._kept_help is None and screen is not None and not screen.is_modal:
            help = self._free_help()
            help.begin(screen, self._home.keymap_shown)
            self.push_screen(help)
            help.dismiss(None)

    def action_palette(self) -> None:
        """Open the palette of commands; the chosen one runs where it was opened."""
        from followup_tui.tui.palette import LISTS, PEOPLE, Palette, choices

        opener = self.screen

        async def run(id: str | None) -> None:
            if id is not None and id.startswith(PEOPLE):
                self.open_prospect(id.removeprefix(PEOPLE))
            elif id is not None and id.startswith(LISTS):
                await self.show_list(id.removeprefix(LISTS))
            for active in opener.active_bindings.values():
                if id is not None and active.binding.id == id:
                    await self.run_action(active.binding.action, active.node)
                    return

        self.push_screen(Palette(choices(opener, self._home.keymap_shown)), run)

    async def show_list(self, filter: str) -> None:
        """Go to the prospects a filter finds."""
        from followup_tui.tui.screens.prospects import ProspectsScreen

        await self.switch_mode("prospects")
        if isinstance(self.screen, ProspectsScreen):
            self.screen.show_filter(filter)

    def action_add(self) -> None:
        """Ask for a new prospect."""
        from followup_tui.tui.screens.prospect_dialog import AddDialog

        self.push_screen(AddDialog())

    def action_away(self) -> None:
        """Ask for an absence of the user's own."""
        from followup_tui.tui.screens.away_form import AwayForm

        self.push_screen(AwayForm())

    def action_week(self) -> None:
        """Show the week of the day that is looked at."""
        from followup_tui.tui.screens.week import WeekScreen

        if not isinstance(self.screen, WeekScreen):
            self.push_screen(WeekScreen(self._home.progress.day if self._home.progress else None))

    def action_forecast(self) -> None:
        """Show the workload of the weeks ahead."""
        from followup_tui.tui.screens.forecast import ForecastScreen

        if not isinstance(self.screen, ForecastScreen):
            self.push_screen(ForecastScreen())

    def edit_blocks(self, day: date) -> None:
        """Ask for the blocks of a day, or of every week."""
        from followup_tui.tui.screens.block_editor import BlockEditor

        self.push_screen(BlockEditor(day))

    def confirm_zone(self, prospect: str) -> None:
        """Ask for the time zone of one prospect, by its id."""
        from followup_tui.tui.screens.zone_dialog import ZoneDialog

        self.push_screen(ZoneDialog(prospect))

    def dismiss_hint(self, prospect: str) -> None:
        """Put the coach's hint for a prospect away, for ever."""
        self._home.ops.mutate(
            lambda services: services.coach.dismiss(prospect),
            lambda rule: self._home.say(f"Hint put away: {rule.id} ({rule.source}) · u undo"),
        )

    def action_import(self) -> None:
        """Ask for a file of people."""
        from followup_tui.tui.screens.import_dialog import ImportDialog

        self.push_screen(ImportDialog())

    def action_duplicates(self) -> None:
        """Look for people who are here twice."""
        from followup_tui.tui.screens.merge_dialog import MergeDialog

        self.push_screen(MergeDialog())

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
        screen = self._free_prospect()
        self.push_screen(screen)
        screen.show_prospect(prospect)

    def _free_prospect(self) -> ProspectScreen:
        """Return the screen of a prospect that is kept; another one while it is open somewhere."""
        from followup_tui.tui.screens.prospect import ProspectScreen

        if self._kept_prospect is None:
            self._kept_prospect = ProspectScreen()
            self.install_screen(self._kept_prospect, "prospect")
        return ProspectScreen() if self._kept_prospect.in_use else self._kept_prospect

    def edit_prospect(self, prospect: str) -> None:
        """Ask for changes to one prospect, by its id."""
        from followup_tui.tui.screens.prospect_dialog import EditDialog

        self.push_screen(EditDialog(prospect))

    @property
    def _home(self) -> FollowupApp:
        return cast("FollowupApp", self)

    def _told(self, verb: str, back: str, done: list[HistoryView]) -> None:
        self._home.say(f"{verb}: {' · '.join(change.name for change in done)} · {back}")


def _undo(services: Services, foreign: Callable[[int], bool]) -> tuple[list[HistoryView], Changes]:
    newest = next((change for change in services.undo.history() if not change.undone), None)
    _refuse_foreign(newest, foreign, "undo")
    return services.undo.undo()


def _redo(services: Services, foreign: Callable[[int], bool]) -> tuple[list[HistoryView], Changes]:
    last = next((change for change in reversed(services.undo.history()) if change.undone), None)
    _refuse_foreign(last, foreign, "redo")
    return services.undo.redo()


def _refuse_foreign(change: HistoryView | None, foreign: Callable[[int], bool], verb: str) -> None:
    """Raise NothingFound for nothing, and for what another open window did: that goes through history, by name."""
    if change is None:
        raise NothingFound(f"There is nothing to {verb}")
    if foreign(change.id):
        raise NothingFound(f"“{change.name}” was done in another window", f"H shows all changes; {verb} it there")
