"""Today: the day's queue, worked top to bottom with two keys a touch."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content

from followup_tui.headstart import listed
from followup_tui.tui import bindings, commands
from followup_tui.tui.arrangement import Arrangement, Entry, arrange, current_block, due_promises
from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.screens.place import Place
from followup_tui.tui.screens.today_cards import DayCards
from followup_tui.tui.screens.today_day import DayVerbs
from followup_tui.tui.screens.today_states import empty_day, first_run
from followup_tui.tui.text import content
from followup_tui.tui.typing_pauses import Rest
from followup_tui.tui.widgets.card import Card
from followup_tui.tui.widgets.day_rail import DayRail
from followup_tui.tui.widgets.ground import Column, Ground
from followup_tui.tui.widgets.header import Header, Progress
from followup_tui.tui.widgets.key_line import KeyLine
from followup_tui.tui.widgets.queue import Queue
from followup_tui.tui.worked import with_log

if TYPE_CHECKING:
    from followup_tui.services.changes import Changes
    from followup_tui.services.views import LogView, ProspectView, TodayView

ENOUGH = Rest(0.6, 15.0)
"""A plan takes 60 ms of the interpreter: after a log, which is shown already, it waits until nobody logs the next."""


class TodayScreen(DayCards, DayVerbs, Place):
    """Shows a plan; its verbs are in TodayVerbs and DayVerbs."""

    HEADING = "Today"
    BINDINGS = commands.as_bindings(bindings.TODAY, bindings.FIRST_RUN, bindings.LISTS)

    def __init__(self) -> None:
        super().__init__()
        self._view: TodayView | None = None
        self._day: date | None = None
        """None is today."""
        self._people: dict[str, ProspectView] = {}
        self._fresh = True
        """Order anew at the next plan."""
        self._came_up: frozenset[str] = frozenset()
        self._block: str | None = None
        self._stamp = ""
        """Of the database before the plan was read."""
        self._shown_changes: set[int] = set()
        """Logs whose rows are marked before the day was planned with them."""
        self._marked = 0
        """How many there were: a plan that was asked for before the last one is older than what is shown."""
        self._in_no_hurry = False
        """Nothing else changed since the last plan was asked for."""
        self._kept: tuple[int, tuple[str, TodayView]] | None = None
        """A plan that came below a dialog, and how many rows were marked then."""
        self._offered = ("", "")
        """What stands at the foot of the queue."""

    def compose(self) -> ComposeResult:
        """Put the empty frame up; it needs nothing stored."""
        symbols = self.home.config.symbols
        yield Header()
        with Ground(id="today"):
            yield DayRail(symbols)
            with Column(id="work"):
                yield Queue(symbols, self._selected)
                yield Card(symbols)
        yield KeyLine()

    def on_mount(self) -> None:
        """Look at the clock now and then; a Place loads by its own `on_mount`, which runs too."""
        self.set_interval(10, self.tick)

    def begin(self) -> None:
        """Show the plan that was made ahead before anything is painted; without one the frame comes first."""
        ahead = self.home.ops.first_plan()
        if ahead is None:
            super().begin()
        else:
            self._shown((ahead.stamp, ahead.view))

    def first_frame(self) -> tuple[str, TodayView] | None:
        """Show the frame the next start would begin with, and return its plan behind the stamp of the database.

        None where that can't be told: another day or a list of nobody is shown, or there is more to come.
        """
        view, now = self._view, self.home.clock.now()
        if view is None or now is None or self._day is not None or self.stale or not self.queue.arrangement.rows:
            return None
        arrangement = arrange(view, now)
        self.queue.show(arrangement, now, None, [])
        self.queue.scroll_to(y=0, animate=False, immediate=True)
        self.query_one(DayRail).show(view, arrangement, now)
        return self._stamp, view

    @property
    def queue(self) -> Queue:
        """The list."""
        return self.query_one(Queue)

    @property
    def entry(self) -> Entry | None:
        """The selected row."""
        return self.queue.entry

    @property
    def is_first_run(self) -> bool:
        """Whether nobody is stored at all."""
        return self._view is not None and self._view.totals.prospects == 0

    @property
    def standing(self) -> int:
        """How many the standing order would draw now."""
        return self._view.standing if self._view is not None else 0

    def reload(self) -> None:
        """Ask for the plan of the day that is shown; when the keys rest if all that changed is shown already."""
        day, marked, patient = self._day, self._marked, self._in_no_hurry
        self._in_no_hurry = False

        def read(found: tuple[str, TodayView]) -> None:
            if marked == self._marked:  # else a row was marked meanwhile that this plan may hold as open
                self._show_or_keep(found)

        self.home.ops.query(
            "plan",
            lambda services: (services.stamp(), listed(services.today.plan(day))),
            read,
            owner=self,
            patient=patient and ENOUGH,
        )

    def logged(self, entry: Entry, log: LogView | None) -> None:
        """Mark the row as done and count it at once; the new plan, with all that follows from it, comes later."""
        if log is None:
            self.queue.unmark_saving(entry.key)
            self._show_kept()
            return
        self.queue.mark_saved(entry.key)
        now = self.home.clock.now()
        if self._view is None or entry.slot is None or entry.offered or now is None or self._day is not None:
            return
        view = with_log(self._view, entry.slot, log, now)
        if view is not None:
            self._shown_changes.add(log.change)
            self._marked += 1
            self.show(view)

    def _show_or_keep(self, found: tuple[str, TodayView]) -> None:
        """Show a plan; below a dialog that leaves the screen as it is, once that has gone."""
        top = self.home.screen
        if self._view is not None and isinstance(top, Dialog) and top.covers is not None:
            self._kept = self._marked, found
        else:
            self._shown(found)

    @on(events.ScreenResume)
    def _show_kept(self) -> None:
        """Show the plan that came meanwhile, unless what was done here since goes beyond it, or is about to."""
        if self.queue.is_saving:
            return
        kept, self._kept = self._kept, None
        if kept is not None:
            marked, found = kept
            self.call_after_refresh(lambda: self._shown(found) if marked == self._marked else None)

    def _shown(self, found: tuple[str, TodayView]) -> None:
        self._kept = None
        self._stamp, view = found
        self.show(view)

    def concerned(self, changes: Changes | None) -> bool:
        """Every change can move the plan; the cards it touched are fetched again."""
        shown = changes is not None and changes.change in self._shown_changes
        self._in_no_hurry = shown and (self._in_no_hurry or not self.stale)
        if changes is not None:
            self._shown_changes.discard(changes.change)
        if changes is None:
            self._people.clear()
        else:
            for id in changes.prospects:
                self._people.pop(id, None)
        return True

    def tick(self) -> None:
        """Plan again when a block begins or ends, a promise comes up, or the day is over."""
        now = self.home.clock.now()
        if self._view is None or now is None or self._day is not None or not self.is_current:
            return
        block = current_block(self._view, now)
        if (block.name if block else None) != self._block or due_promises(self._view, now) - self._came_up:
            self.reload()

    def show(self, view: TodayView) -> None:
        """Show a plan: known rows keep their order unless it is a new block, a promise came up, or `r` was pressed."""
        home, queue, first = self.home, self.queue, self._view is None
        home.clock.set(view.now)
        if self._day is None:
            home.today = view.date
        block = current_block(view, view.now)
        came_up = due_promises(view, view.now)
        name = block.name if block else None
        stable = not self._fresh and name == self._block and not came_up - self._came_up
        self._fresh, self._block, self._came_up = False, name, came_up
        before = queue.arrangement
        arrangement = arrange(view, view.now, before if stable else None)
        another_day = self._view is not None and self._view.date != view.date
        self._view = view
        cursor = self._cursor_after(before, arrangement)
        today = self._day is None
        message = first_run(home) if self.is_first_run else empty_day(view, today)
        if another_day:
            self._people.clear()
        queue.show(arrangement, view.now, cursor, message)
        offer = self.offer(view, view.now)
        if offer != self._offered:
            self._offered = offer
            queue.border_subtitle = Content.assemble(content(*offer))
        self.query_one(DayRail).show(view, arrangement, view.now)
        done = sum(1 for row in arrangement.rows if row.done)
        left = sum(1 for row in arrangement.rows if row.open)
        home.progress = Progress(view.date, done, done + left)
        self.query_one(Header).tick()
        if today:
            home.queue = tuple(dict.fromkeys(row.prospect.id for row in arrangement.rows if row.open))
            home.left_today = left
            home.retitle()
        self.query_one(KeyLine).refresh()
        if first:
            self.call_after_refresh(self._first_cards)
            home.ready()

    def _cursor_after(self, before: Arrangement, after: Arrangement) -> str | None:
        """Return the row to select: the same one; the next to do when it was worked; the one that undo brought back."""
        worked = {e.prospect.id for e in before.rows if e.done}
        back = next((e for e in after.rows if e.open and e.prospect.id in worked and _gone(before, after, e)), None)
        if back is not None:
            return back.key
        entry = self.entry
        if entry is None or after.index(entry.key) is not None:
            return entry.key if entry else None
        at = after.index(f"{entry.key} 1")
        if at is None:
            at = before.index(entry.key)
        found = after.next_open(min(at or 0, len(after.rows)))
        return after.rows[found].key if found is not None else None

    @on(Queue.Chosen)
    def _chosen(self, message: Queue.Chosen) -> None:
        self.action_log()

    def action_replan(self) -> None:
        """Put the queue in order again."""
        self._fresh = True
        self.home.acknowledge_zone(self.reload)

    def action_day(self, by: int) -> None:
        """Show the plan of another day; today's keeps its order."""
        now = self.home.clock.now()
        if now is None or self._view is None:
            return
        day = self._view.date + timedelta(days=by)
        if self.home.progress is not None:
            day = self.home.progress.day + timedelta(days=by)
        self.show_day(day)

    def show_day(self, day: date) -> None:
        """Show the plan of a day."""
        now = self.home.clock.now()
        self._day = None if now is None or day == now.date() else day
        self._fresh = True
        self.home.progress = Progress(day, 0, 0)
        self.reload()


def _gone(before: Arrangement, after: Arrangement, entry: Entry) -> bool:
    """Whether a touch of this prospect was taken back."""
    return before.index(f"{entry.prospect.id} 1") is not None and after.index(f"{entry.prospect.id} 1") is None
