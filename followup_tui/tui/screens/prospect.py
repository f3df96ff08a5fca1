"""One prospect: who it is, how it stands, and the timeline of everything that happened and comes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from followup_tui.errors import FollowupError
from followup_tui.services.changes import Changes
from followup_tui.tui import bindings, commands
from followup_tui.tui.screens.kept_place import KeptPlace
from followup_tui.tui.screens.prospect_loading import Loaded, laid_out, load, same_place
from followup_tui.tui.screens.prospect_titles import hint_of, lanes_title, title_of
from followup_tui.tui.screens.prospect_verbs import ProspectVerbs
from followup_tui.tui.screens.verbs import Ids
from followup_tui.tui.widgets.facts import Facts
from followup_tui.tui.widgets.header import Header
from followup_tui.tui.widgets.key_line import KeyLine
from followup_tui.tui.widgets.line_list import LineList
from followup_tui.tui.widgets.timeline import Timeline
from followup_tui.tui.widgets.timeline_words import selected_words

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services
    from followup_tui.services.views import AheadView, DetailView, ProspectView, ReferredView, TouchView


NEWEST = 100
"""Touches read for the first picture: more than a screen shows."""
BEHIND = 0.03
"""Seconds until the rest is read: the picture is painted first, whoever the processor is shared with."""
PATIENCE = 5.0
"""Seconds a key waits at most for what was typed before it and waits for the prospect."""


class ProspectScreen(ProspectVerbs, KeptPlace):
    """Lies over Today or Prospects; `n` and `p` walk through today's queue without leaving it.

    The app keeps one and uses it again, for whomever; another one is made where it lies in the stack already.
    """

    HEADING = "Prospect"
    BINDINGS = commands.as_bindings(bindings.PROSPECT)
    AUTO_FOCUS: ClassVar[str] = "Timeline"

    def __init__(self) -> None:
        super().__init__()
        self.prospect = ""
        """The id of the prospect on screen."""
        self._loaded: Loaded | None = None
        self._unshown: Loaded | None = None
        """What was read before there were widgets to show it."""
        self._channel: str | None = None
        self._early = []
        self._acted = asyncio.Event()
        """What was typed early is done."""
        self._reading: object = None
        """Which reading is waited for; an older one that still runs gives up."""

    def show_prospect(self, prospect: str) -> None:
        """Start anew with a prospect, by its id, right after it was put on top: it is read at once."""
        self.taken()
        self.prospect = prospect
        self._read(NEWEST)

    def put_away(self) -> None:
        """Keep nothing of the one who was shown: neither what is painted nor what is still being read."""
        super().put_away()
        self.prospect, self._reading = "", None
        self._loaded = self._unshown = self._channel = None
        self._early = []
        self._acted.set()
        if self._made:
            facts, timeline = self.query_one(Facts), self.query_one(Timeline)
            facts.border_title = facts.border_subtitle = Content()
            facts.set_standing(None)
            timeline.clear()
            timeline.border_title = lanes_title(None)
            self.set_focus(timeline)
            self._tell(None, None)

    def compose(self) -> ComposeResult:
        """Show the empty frame."""
        symbols = self.home.config.symbols
        yield Header()
        yield Facts(id="facts", symbols=symbols)
        yield Timeline(id="timeline", symbols=symbols)
        yield Static(id="touch", markup=False)
        yield KeyLine()

    # Loading ------------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Show what was read while the widgets were made."""
        super().begin()
        if self._unshown is not None:
            self._show(self._unshown)

    def concerned(self, changes: Changes | None) -> bool:
        """Reload for this prospect, or when nobody says whose it was."""
        return changes is None or not changes.prospects or self.prospect in changes.prospects

    def reload(self) -> None:
        """Read the prospect again, the newest first; where the cursor stands on an older touch, all of it at once."""
        before = self._loaded
        at_end = before is None or self.query_one(Timeline).cursor >= before.rows.touches - 1
        self._read(NEWEST if at_end and self._channel is None else None)

    def _read(self, newest: int | None, promises: bool = False) -> None:
        who, channel = self.prospect, self._channel
        waiting = self._reading = object()

        def alive() -> bool:
            return self._reading is waiting and self.is_attached

        self.home.ops.query(
            "prospect",
            lambda services: load(services, who, channel, newest, promises, alive),
            self._show,
            self._gone,
            owner=self,
        )

    def _read_on(self, loaded: Loaded) -> None:
        """Read what the picture on screen leaves open: the older touches, then what became of promises."""
        if self._loaded is loaded:
            self._read(None, promises=loaded.whole)

    def _gone(self, error: FollowupError) -> None:
        self.home.say(str(error), "error")
        self._early.clear()
        self._acted.set()
        self._answered.set()
        if self.home.screen_stack[-1:] == [self]:
            self.home.pop_screen()

    def _show(self, loaded: Loaded) -> None:
        self._answered.set()
        if not self._made:
            self._unshown = loaded
            return
        self._unshown = None
        before, self._loaded = self._loaded, loaded
        self.home.clock.set(loaded.standing.now)
        prospect = loaded.standing.view.prospect
        facts, timeline = self.query_one(Facts), self.query_one(Timeline)
        facts.border_title = title_of(prospect, self.home.config.symbols)
        facts.border_subtitle = hint_of(prospect)
        facts.set_standing(loaded.standing)
        timeline.border_title = lanes_title(self._channel)
        cursor = None if before is None else same_place(before, loaded, timeline.cursor)
        if before is None and self.decides and loaded.rows.count > loaded.rows.touches:
            cursor = loaded.rows.touches
        if before is not None and cursor is not None and before.opened.goes_on | loaded.opened.goes_on:
            timeline.extend(loaded.rows, cursor)
        else:
            timeline.set_rows(loaded.rows, cursor, at_once=self.is_laid_out)
            self._moved()
        if loaded.opened.goes_on:
            self.set_timer(BEHIND, partial(self._read_on, loaded))
        self.query_one(KeyLine).refresh()
        if self._early:
            self.call_later(self._act)

    def _act(self) -> None:
        """Do what was typed before the prospect was read."""
        early, self._early = self._early, []
        for action in early:
            action()
        self._acted.set()

    async def caught_up(self) -> None:
        """Wait for what was typed before the prospect was read: the next key acts on what that opens."""
        if self._early:
            self._acted.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._acted.wait(), PATIENCE)

    # The selected line --------------------------------------------------------------------------------------------

    @on(LineList.Moved)
    def _moved(self) -> None:
        timeline = self.query_one(Timeline)
        self._tell(timeline.touch, timeline.ahead, timeline.named)

    def _tell(self, touch: TouchView | None, ahead: AheadView | None, named: ReferredView | None = None) -> None:
        """Show the selected line in full: facts in the first line, the note below."""
        words = Content()
        if self._loaded is not None:
            total = self._loaded.standing.view.prospect.steps_total
            words = selected_words(touch, ahead, named, self.today, total)
        pane = self.query_one("#touch", Static)
        if pane.content != words:
            pane.update(words, layout=False)

    # Keys ---------------------------------------------------------------------------------------------------------

    @property
    def view(self) -> ProspectView | None:
        """The prospect, once it is read."""
        return self._loaded.standing.view.prospect if self._loaded else None

    @property
    def touch(self) -> TouchView | None:
        """The touch under the cursor; none when a decision waits and the cursor was not moved to one."""
        return self.query_one(Timeline).touch

    @property
    def named(self) -> ReferredView | None:
        """The referral under the cursor."""
        return self.query_one(Timeline).named

    @property
    def details(self) -> tuple[DetailView, ...]:
        """What is known to reach it by."""
        return self._loaded.standing.view.details if self._loaded else ()

    def chosen(self) -> Callable[[Services], Ids] | None:
        """Act on this prospect."""
        who = self.prospect
        return lambda _: (who,)

    def chosen_words(self) -> str:
        """Return its name."""
        return self.view.name if self.view else ""

    def cadence_now(self) -> str | None:
        """Return the cadence it is on."""
        return self.view.cadence if self.view else None

    def action_filter(self) -> None:
        """Show the next channel only; after the last one all of them again."""
        if self._loaded is None:
            self._early.append(self.action_filter)
            return
        lanes: tuple[str | None, ...] = (None, *self._loaded.rows.lanes)
        place = lanes.index(self._channel) if self._channel in lanes else 0
        self._channel = lanes[(place + 1) % len(lanes)]
        if not self._loaded.whole:
            self._read(None)
            return
        opened, now, today, channel = self._loaded.opened, self._loaded.standing.now, self.today, self._channel
        self.home.ops.query("prospect", lambda _: laid_out(opened, now, today, channel), self._show, owner=self)

    def action_slot(self, by: int) -> None:
        """Go to another prospect of today's queue; the place in the queue is kept."""
        queue = self.home.queue
        place = queue.index(self.prospect) if self.prospect in queue else -1 if by > 0 else len(queue)
        if not 0 <= place + by < len(queue):
            self.home.say(f"This is the {'last' if by > 0 else 'first'} slot of today's queue")
            return
        self.prospect = queue[place + by]
        self._loaded = self._channel = None
        self.reload()
