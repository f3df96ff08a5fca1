"""The terminal app: its places, its theme and keys, the signal of changes, and errors as toasts."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from textual import events
from textual.app import App
from textual.notifications import Notifications
from textual.screen import Screen
from textual.signal import Signal
from textual.widgets import Input

from followup_tui.config import Config, load_config
from followup_tui.drafts import Drafts, drafts_of
from followup_tui.errors import FollowupError, NothingFound, NotOurDatabase
from followup_tui.tui import bindings, everywhere
from followup_tui.tui.afterwards import Afterwards
from followup_tui.tui.clock import Clock
from followup_tui.tui.covering import Covering
from followup_tui.tui.dress import Dress
from followup_tui.tui.driver import driver_class
from followup_tui.tui.everywhere import DEMO, Everywhere
from followup_tui.tui.garbage import EVERY, Garbage
from followup_tui.tui.keeping import Keeping
from followup_tui.tui.notices import Notices
from followup_tui.tui.ops import Ops
from followup_tui.tui.reaching import Reaching
from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.screens.place import Place
from followup_tui.tui.screens.today import TodayScreen
from followup_tui.tui.text import clean
from followup_tui.tui.themes import theme_folders
from followup_tui.tui.whole_lines import let_whole_lines_go
from followup_tui.tui.widgets.field import Field
from followup_tui.tui.widgets.paint import PAINT
from followup_tui.tui.working import Working

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from followup_tui.bootstrap import Services
    from followup_tui.early_picture import EarlyPicture
    from followup_tui.headstart import Headstart
    from followup_tui.services.changes import Changes
    from followup_tui.tui.widgets.header import Progress

STYLES = ("common", "today")
"""The style sheets of the first frame; those of everything else are read before something else is opened."""

PREPARED = 0.5
"""Seconds after the first plan is shown until what will be opened is made."""
LEAVING = frozenset({"q", "ctrl+q", "ctrl+c", "escape"})
"""Keys that never wait."""


class FollowupApp(Covering, Notices, Dress, Everywhere, Afterwards, Reaching, Keeping, Working, App[int]):
    """Modes are places; dialogs are fresh screens. Nothing here touches the database: `ops` does, in threads."""

    TITLE = "Followup"
    CSS_PATH = [f"screens/{name}.tcss" for name in STYLES]
    BINDINGS = bindings.as_bindings(bindings.EVERYWHERE, bindings.AFTERWARDS)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (108, "-wide"), (160, "-vast")]
    ENABLE_COMMAND_PALETTE = False
    NOTIFICATION_TIMEOUT = 6
    DEFAULT_MODE = "today"
    COMPONENT_CLASSES = PAINT

    def __init__(
        self,
        open_services: Callable[[], Services],
        config: Config,
        folders: Sequence[Traversable] | None = None,
        picture: EarlyPicture | None = None,
    ) -> None:
        """`open_services` is called in a thread, on first use; `folders` hold the themes, later ones win."""
        let_whole_lines_go()
        super().__init__(driver_class=driver_class(config.prompt_keys, picture))
        self.picture = picture
        self.config = config
        self.notices = Notifications()
        self.clock = Clock()
        self.changes: Signal[Changes | None] = Signal(self, "changes")
        """What a mutation touched; None when another process wrote."""
        self.ops = Ops(self, open_services, self._changed, self.failed, self._waiting)
        self.progress: Progress | None = None
        """How far the day is, for the header."""
        self.today: date | None = None
        """The user's local day, as the services said."""
        self.is_demo = False
        """Fictional people in a throw-away database; the header says so."""
        self.drafts = Drafts()
        """Notes typed and not yet saved, by prospect."""
        self.queue: tuple[str, ...] = ()
        """Prospects of today's queue that are still to do, in its order: for `n` and `p` inside a prospect."""
        self.problems = [*config.problems, *self.dress(config, folders or theme_folders())]
        self.garbage = Garbage()
        self._early: list[events.Key] | None = []
        """Keys typed before the first plan was there."""
        self.add_mode("prospects", _prospects)
        self.add_mode("cadences", _cadences)
        self.add_mode("insights", _insights)

    def get_default_screen(self) -> Screen[None]:
        """Begin on Today; as a mode to be switched to it would have every rule of style read again."""
        screen = TodayScreen()
        for least, name in self.HORIZONTAL_BREAKPOINTS:
            screen.set_class(least == max(n for n, _ in self.HORIZONTAL_BREAKPOINTS if n <= self.size.width), name)
        return screen

    async def on_mount(self) -> None:
        """Today's frame is up; the database is opened after it is painted."""
        self.add_mode("today", TodayScreen)
        for problem in self.problems:
            self.say(problem, "warning")
        self.listen()
        self.set_interval(1, self.ops.poll)

    async def on_event(self, event: events.Event) -> None:
        """Run keys in the order typed: a key that opens a dialog has opened it before the next key is looked at."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            self.ops.key_typed()
            if await self._ran(event):
                return
            field = self.focused
            await super().on_event(event)
            if isinstance(field, Field):
                await field.looked_at(event)
        else:
            await super().on_event(event)

    async def _ran(self, event: events.Key) -> bool:
        """Run a key at once; False when it goes its usual way."""
        if isinstance(self.screen, Dialog) and self.screen.takes(event):
            return True
        if isinstance(self.focused, Input) or getattr(self.focused, "takes_words", False):
            return False
        if self._early is not None and event.key not in LEAVING:
            self._early.append(event)
            return True
        if event.key not in LEAVING and isinstance(self.screen, Place | Dialog):
            await self.screen.caught_up()
        screen = self.screen
        if isinstance(screen, Dialog) and screen.keep(event):
            return True
        active = screen.active_bindings.get(event.key)
        return active is not None and active.enabled and await self.run_action(active.binding.action, active.node)

    def post_display_hook(self) -> None:
        """A frame is on its way."""
        self.garbage.frame_painted(lambda: self.ops.keys_rested)

    def _changed(self, changes: Changes | None) -> None:
        self.forget_latest()
        self.note_change(changes)
        self.note_news()
        self.changes.publish(changes)

    def _waiting(self) -> None:
        self.say("Waiting for another copy of Followup to finish writing: nothing you typed is lost", "warning")

    def say(self, text: str, severity: Literal["information", "warning", "error"] = "information") -> None:
        """Show a toast; the text may hold anything."""
        self.notify(clean(text), severity=severity, markup=False)

    def failed(self, error: FollowupError, has_read: bool) -> None:
        """Show an error: as a toast, or as the whole screen when nothing can be read: then it shows the way back."""
        if has_read and not isinstance(error, NotOurDatabase):
            self.say(str(error), "warning" if isinstance(error, NothingFound) else "error")
            return
        from followup_tui.tui.screens.failed import FailedScreen

        self._early = None

        if not any(isinstance(screen, FailedScreen) for screen in self.screen_stack):  # perhaps below its question
            self.push_screen(FailedScreen(error))

    def set_terminal_title(self, left: int, minutes: int | None = None) -> None:
        """Name the terminal's window: fixed words and digits only, so that no data ever reaches it."""
        if self._driver is not None and not self.is_headless:
            block = f" – {minutes:d} min left in the block" if minutes is not None else ""
            self._driver.write(f"\x1b]2;Followup – {left:d} left today{block}\x07")

    def ready(self) -> None:
        """The first plan is shown: run the keys typed before it; once it is painted, do what nobody waits for."""
        early, self._early = self._early or (), None
        for event in early:
            self.post_message(events.Key(event.key, event.character))
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        """Begin the day and keep it safe; collect once, and leave what lives on out of later collections."""
        self.offer_drafts()
        self.begin_day()
        self.back_up()
        self.set_timer(PREPARED, self.prepare_log)
        self.set_timer(everywhere.PREPARED, self.prepare_help)
        for problem in self.load_all_themes():
            self.say(problem, "warning")
        self.garbage.begin()
        self.set_interval(EVERY, lambda: self.garbage.look(self.ops.keys_rested))


def _prospects() -> Screen[None]:
    from followup_tui.tui.screens.prospects import ProspectsScreen

    return ProspectsScreen()


def _cadences() -> Screen[None]:
    from followup_tui.tui.screens.cadences import CadencesScreen

    return CadencesScreen()


def _insights() -> Screen[None]:
    from followup_tui.tui.screens.insights import InsightsScreen

    return InsightsScreen()


def run_app(
    *,
    db: str | None,
    config_path: Path | None,
    now: str | None,
    demo: object = None,
    ahead: Headstart | None = None,
    picture: EarlyPicture | None = None,
) -> int:
    """Run the app until it is left and return the exit code.

    `ahead` makes its first plan meanwhile; `picture` may be on the screen already.

    Garbage collection is off until the first plan is painted (_settle); threads switch often, so that keys are
    served while the storage is still being imported.
    """
    from followup_tui import paths

    gc.disable()
    sys.setswitchinterval(0.0005)
    path = config_path or paths.config_path()
    config = load_config(path, required=config_path is not None)

    def open_services() -> Services:
        from followup_tui import bootstrap

        services = bootstrap.open_services(db=db, config_path=config_path, now=now, demo=bool(demo))
        services.keys_come_first = True
        return services

    app = FollowupApp(open_services, config, theme_folders(path.parent), picture)
    app.is_demo, app.ops.headstart = bool(demo), ahead
    if not demo:
        app.drafts = Drafts(drafts_of(db or paths.database_path()))
    try:
        code = app.run()
    finally:
        app.last_words()
        app.back_up_behind()
        app.ops.close()
    if code == DEMO:
        from followup_tui.services.demo import demo_database

        return run_app(db=str(demo_database()), config_path=config_path, now=now, demo=True)
    return code or 0
