"""The block that is worked, on whatever screen: its minutes and pace in header and title, a quiet bell at its end."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, cast

from textual.app import App

from followup_tui import long_work
from followup_tui.config import machine_zone
from followup_tui.tui import wording

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services
    from followup_tui.errors import FollowupError
    from followup_tui.services.views import BlockView
    from followup_tui.services.views.working import RunView, StreakView
    from followup_tui.tui.app import FollowupApp

EVERY = 5
"""Seconds between two looks at the clock of a block."""


class DayState(NamedTuple):
    """What the services say about today."""

    streak: StreakView
    run: RunView | None
    zone: str = ""
    """The zone the day goes on in, where that is not the one the app was started in."""


class Working(App[int]):
    """The part of the app that works a block; what it shows survives a restart, for it is stored."""

    at_work: RunView | None = None
    """The block whose clock runs."""
    streak = 0
    """Working days running that were kept."""
    left_today: int | None = None
    elsewhere = ""
    """The zone the user is in now, while the day is still planned in another."""
    _started_in = ""
    _news = False
    """Something changed since streak and pace were last asked for."""

    def begin_day(self) -> None:
        """Note what the day holds at its first look, and find a block that runs on; then look now and then."""
        self._started_in = machine_zone(os.environ)
        self._worker.ops.query("day", _begun, self._know, self._quiet)
        self.set_interval(EVERY, self.look_at_block)

    def note_news(self) -> None:
        """Something was changed: what was done in the block is counted anew, the streak at the next look."""
        self._news = True
        if self.at_work is not None:
            self._ask()

    def look_at_block(self) -> None:
        """End the block when it is over; keep title, pace and streak up to date."""
        now = self._worker.clock.now()
        if self.at_work is not None and now is not None and now >= self.at_work.end:
            name, self.at_work = self.at_work.name, None
            self._worker.ops.mutate(lambda services: services.clock.stop(), self._over, lambda error: None)
            self._worker.say(f"{name} is over")
        elif self._news:
            self._ask()
        self.retitle()
        self._look_at_zone()

    def acknowledge_zone(self, then: Callable[[], None]) -> None:
        """Plan by the zone the user is in now; without another one nothing changes."""
        zone, self.elsewhere = self.elsewhere, ""

        def go(services: Services) -> None:
            if zone:
                services.travel(zone)
                services.days.note_zone()

        def gone(_: None) -> None:
            if zone:
                self._worker.config = replace(self._worker.config, zone=zone)
            then()

        self._worker.ops.query("zone", go, gone)

    def _look_at_zone(self) -> None:
        """See whether the machine's clock was set to another zone: the list stays as it is until `r`."""
        here = machine_zone(os.environ)
        if here != self._started_in and self._worker.config.zone == self._started_in:
            self.elsewhere = here if here != self._worker.config.zone else ""
            self._worker.say(f"You are in {here} now · r plans for it")
            self._started_in = here

    def toggle_block(self, block: BlockView | None) -> None:
        """Stop the block that runs, else start one."""
        home = self._worker
        if self.at_work is not None:
            home.ops.mutate(lambda services: services.clock.stop(), self._stopped)
        elif block is None:
            home.say("No block is left today")
        else:
            slots = len(block.slots)
            home.ops.mutate(
                lambda services: services.clock.start(block.name, block.start, block.end, slots), self._started
            )

    def retitle(self) -> None:
        """Name the terminal's window: what is left, and the minutes of a running block."""
        if self.left_today is not None:
            minutes = minutes_left(self.at_work, self._worker.clock.now()) if self.at_work is not None else None
            self._worker.set_terminal_title(self.left_today, minutes)

    def _ask(self) -> None:
        self._news = False
        self._worker.ops.query("day", _state, self._know, self._quiet, patient=True)

    def _know(self, state: DayState) -> None:
        self.at_work, self.streak = state.run, state.streak.days
        if state.zone:
            self.elsewhere = self._worker.config.zone
            self._worker.config = replace(self._worker.config, zone=state.zone)
            self._worker.changes.publish(None)
        self.retitle()
        self._redraw()

    def _redraw(self) -> None:
        """Show it in the header of the screen on top at once."""
        from followup_tui.tui.widgets.header import Header

        for header in self.screen.query(Header):
            header.tick()

    def _quiet(self, error: FollowupError) -> None:
        """A look that failed is no news: the screens say what is wrong."""

    def _started(self, run: RunView) -> None:
        self.at_work = run
        what = wording.count(run.slots, "touch", "touches") if run.slots else "nothing planned"
        self._worker.say(f"{run.name} started: {what} until {wording.clock(run.end)} · b stops")
        self.retitle()
        self._redraw()

    def _stopped(self, run: RunView) -> None:
        self.at_work = None
        self._worker.say(f"{run.name} stopped after {wording.span(run.minutes)}: {_done_words(run)}")
        self._ask()

    def _over(self, run: RunView) -> None:
        self.bell()
        self._worker.say(f"{run.name}: {_done_words(run)}")
        self._ask()

    @property
    def _worker(self) -> FollowupApp:
        return cast("FollowupApp", self)


def minutes_left(run: RunView, now: datetime | None) -> int:
    """Return the whole minutes until a block is over."""
    return max(0, int((run.end - now).total_seconds() // 60)) if now is not None else 0


def pace_words(run: RunView) -> str:
    """Return the pace against the plan: `2 ahead`, `6 min behind`, `on pace`; empty when nothing was planned."""
    if not run.slots:
        return ""
    share = max(1, int((run.end - run.start).total_seconds() // 60) // run.slots)
    if run.behind >= share:
        return f"{run.behind} min behind"
    ahead = -run.behind // share
    return f"{ahead} ahead" if ahead >= 1 else "on pace"


def _done_words(run: RunView) -> str:
    done = wording.count(run.done, "touch", "touches")
    return f"{done} of {run.slots}" if run.slots else done


def _begun(services: Services) -> DayState:
    """Begin the day, or go on with it in the zone it was begun in: what was planned stays until that is known."""
    zone = services.days.planned_zone()
    if not zone or zone == services.config.zone:
        services.days.begin()
        return _state(services)
    services.travel(zone)
    return _state(services)._replace(zone=zone)


def _state(services: Services) -> DayState:
    return DayState(long_work.streak(services), services.clock.running())
