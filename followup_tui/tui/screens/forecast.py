"""The workload ahead: eight weeks against the blocks, the chosen week day by day, and what more people would add."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from followup_tui import long_work
from followup_tui.errors import FollowupError
from followup_tui.tui import bindings, commands, wording
from followup_tui.tui.screens.place import Place
from followup_tui.tui.text import content
from followup_tui.tui.widgets.header import Header
from followup_tui.tui.widgets.key_line import KeyLine
from followup_tui.tui.widgets.line_list import LineList
from followup_tui.tui.widgets.load_chart import LoadChart

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services
    from followup_tui.services.views.planning import ForecastView
    from followup_tui.tui.screens.what_if_form import Imagined


class ForecastScreen(Place):
    """Lies over the place it was opened from; simulated in a thread, which ends when the screen is left."""

    HEADING = "Forecast"
    BINDINGS = commands.as_bindings(bindings.FORECAST)
    AUTO_FOCUS: ClassVar[str] = "#weeks"

    def __init__(self) -> None:
        super().__init__()
        self._view: ForecastView | None = None
        self._imagined: Imagined | None = None
        self._ending = threading.Event()
        self._done = (0, 0)

    def compose(self) -> ComposeResult:
        """Show the empty weeks."""
        symbols = self.home.config.symbols
        yield Header()
        weeks = LoadChart(symbols, id="weeks")
        weeks.border_title = Content(" Forecast ")
        yield weeks
        days = LoadChart(symbols, id="days-ahead", marks=False)
        days.can_focus = False
        days.border_title = Content(" Days ")
        yield days
        yield Static(id="forecast-said", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Simulate, and say how far that is."""
        super().on_mount()
        self.set_interval(0.2, self._tell_progress)

    def on_unmount(self) -> None:
        """End the simulation when nobody looks any more."""
        self._ending.set()

    def reload(self) -> None:
        """Simulate again; a simulation under way ends."""
        self._ending.set()
        ending = self._ending = threading.Event()
        imagined = self._imagined

        def progress(done: int, of: int) -> bool:
            self._done = (done, of)
            return not ending.is_set()

        wished = (imagined.number, imagined.cadence, imagined.per_day) if imagined else (0, None, None)

        def ahead(services: Services) -> ForecastView:
            return long_work.run(services, long_work.look_ahead, progress, *wished)

        self.home.ops.query("forecast", ahead, self._show, self._failed, owner=self)

    def _failed(self, error: FollowupError) -> None:
        self._done = (0, 0)
        if "cancelled" not in error.title:
            self._imagined = None
            self.home.say(str(error), "error")

    def _tell_progress(self) -> None:
        done, of = self._done
        if of and done < of - 1 and self._view is None:
            self._say(content(f"simulating day {done + 1} of {of} …", "$muted"))

    def _show(self, view: ForecastView) -> None:
        self._view, self._done = view, (0, 0)
        weeks = self.query_one("#weeks", LoadChart)
        imagined = f" · {view.what_if} more on {view.cadence}, {view.per_day} a day" if view.what_if else ""
        weeks.border_title = content(f" Forecast · {wording.count(view.prospects, 'prospect')} in play{imagined} ")
        weeks.set_weeks(view)
        now = self.home.clock.now()
        today = now.date() if now else view.start
        late = f"{view.overdue:,} overdue. " if view.overdue else ""
        full = f"First day too full: {wording.day(view.full_on, today)}." if view.full_on else "Every day has room."
        self._say(
            Content.assemble(
                content(late, "$overdue"),
                content(full, "$overdue" if view.full_on else "$done"),
                content(" If each touch is made on its day, unanswered.", "$muted"),
            )
        )

    def _say(self, text: Content) -> None:
        self.query_one("#forecast-said", Static).update(text, layout=False)

    @on(LineList.Moved, "#weeks")
    def _moved(self) -> None:
        if self._view is None:
            return
        week = self._view.weeks[self.query_one("#weeks", LoadChart).cursor]
        days = self.query_one("#days-ahead", LoadChart)
        days.border_title = content(f" Week from {week.start:%a} {week.start.day} {week.start:%b} ")
        days.set_days(week)

    @on(LineList.Chosen, "#weeks")
    def action_open(self) -> None:
        """Open the week under the cursor."""
        from followup_tui.tui.screens.week import WeekScreen

        if self._view is not None:
            self.home.push_screen(WeekScreen(self._view.weeks[self.query_one("#weeks", LoadChart).cursor].start))

    def action_what_if(self) -> None:
        """Ask how many more, and on which cadence."""
        from followup_tui.tui.screens.what_if_form import WhatIfForm

        def ask(names: tuple[str, ...]) -> None:
            self.home.push_screen(WhatIfForm(names, self._imagined, self.home.config.limits.per_day), self._imagine)

        self.home.ops.query(
            "cadences", lambda services: tuple(one.name for one in services.cadences.list()), ask, owner=self
        )

    def _imagine(self, imagined: Imagined | None) -> None:
        if imagined is not None:
            self._imagined = imagined if imagined.number else None
            self.reload()
