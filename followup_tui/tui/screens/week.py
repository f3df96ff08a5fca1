"""The week: seven days with their blocks and load, and below it what the chosen day holds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from followup_tui.tui import bindings, commands, wording
from followup_tui.tui.screens.place import Place
from followup_tui.tui.text import content
from followup_tui.tui.widgets.header import Header
from followup_tui.tui.widgets.key_line import KeyLine
from followup_tui.tui.widgets.line_list import LineList
from followup_tui.tui.widgets.week_strip import WeekStrip, week_lines

if TYPE_CHECKING:
    from followup_tui.services.views.planning import WeekDayView, WeekView
    from followup_tui.tui.screens.today import TodayScreen

_LISTED = 6
"""Names in one line of the day."""


class WeekScreen(Place):
    """Lies over Today; enter opens the day there."""

    HEADING = "Week"
    BINDINGS = commands.as_bindings(bindings.WEEK)
    AUTO_FOCUS: ClassVar[str] = "#week"

    def __init__(self, day: date | None = None) -> None:
        """`day` is the one to look at first; None: today."""
        super().__init__()
        self._day = day
        self._view: WeekView | None = None

    def compose(self) -> ComposeResult:
        """Show the empty week."""
        yield Header()
        strip = WeekStrip(self.home.config.symbols, id="week")
        strip.border_title = Content(" Week ")
        yield strip
        with VerticalScroll(id="week-day", can_focus=False) as pane:
            pane.border_title = Content(" Day ")
            yield Static(id="week-said", markup=False)
        yield KeyLine()

    def reload(self) -> None:
        """Ask for the week again."""
        day = self._day
        self.home.ops.query("week", lambda services: services.week.week(day), self._show, owner=self)

    def _show(self, view: WeekView) -> None:
        now = self.home.clock.now() or view.now
        chosen = self._day or now.date()
        self._view, self._day = view, chosen
        strip = self.query_one(WeekStrip)
        last = view.days[-1].date
        total = wording.count(sum(day.planned for day in view.days), "touch", "touches")
        span = f"{view.start.day} {view.start:%b} – {last.day} {last:%b}"
        strip.border_title = content(f" Week of {span} · {total} planned ")
        strip.set_lines(week_lines(view, now.date()), (chosen - view.start).days)

    @on(LineList.Moved)
    def _moved(self) -> None:
        if self._view is None:
            return
        view = self._view.days[self.query_one(WeekStrip).cursor]
        self._day = view.date
        pane = self.query_one("#week-day")
        now = self.home.clock.now()
        pane.border_title = content(f" {wording.full_day(view.date, now.date() if now else view.date)} ")
        self.query_one("#week-said", Static).update(Content("\n").join(_told(view)))

    def action_day(self, by: int) -> None:
        """Go to another day, over the week's end too."""
        self._go(timedelta(days=by))

    def action_week(self, by: int) -> None:
        """Go to another week."""
        self._go(timedelta(days=7 * by))

    def _go(self, by: timedelta) -> None:
        if self._view is None or self._day is None:
            return
        self._day += by
        place = (self._day - self._view.start).days
        if 0 <= place < 7:
            self.query_one(WeekStrip).move_to(place)
        else:
            self.reload()

    def action_now(self) -> None:
        """Go back to this week."""
        self._day = None
        self.reload()

    @on(LineList.Chosen)
    def action_open(self) -> None:
        """Open the plan of the day in Today."""
        day = self._day
        self.home.action_place("today")
        while len(self.home.screen_stack) > 1:
            self.home.pop_screen()
        if day is not None:
            cast("TodayScreen", self.home.screen).show_day(day)

    def action_blocks(self) -> None:
        """Change the blocks of the day, or of every week."""
        if self._day is not None:
            self.home.edit_blocks(self._day)


def _told(day: WeekDayView) -> list[Content]:
    """Return what a day holds, block by block."""
    lines = [_block_line(day, place) for place in range(len(day.blocks))]
    if not lines:
        lines = [content(f"No blocks{f': {day.free}' if day.free else ''}.", "$muted")]
    for slot in day.fixed:
        what = f"{slot.time or wording.clock(slot.start)}  {slot.kind}  {slot.prospect.name}"
        lines.append(Content.assemble(content(what, "$fixed"), content(f"  {slot.prospect.company}", "$muted")))
    if day.left_over:
        reasons: dict[str, int] = {}
        for one in day.left_over:
            reason = one.reason.split("(")[0].strip()
            reasons[reason] = reasons.get(reason, 0) + 1
        said = ", ".join(f"{number} {reason}" for reason, number in reasons.items())
        lines.append(Content.assemble(content("Left over  ", "$overdue"), content(said, "$muted")))
    return lines


def _block_line(day: WeekDayView, place: int) -> Content:
    block = day.blocks[place]
    span = f"{wording.clock(block.start)}–{wording.clock(block.end)}  "
    load = f"{block.planned_minutes:>3} of {block.capacity_minutes} min  "
    names = [slot.prospect.name for slot in block.slots[:_LISTED]]
    more = len(block.slots) - len(names)
    who = ", ".join(names) + (f" and {more} more" if more > 0 else "")
    done = f"{block.done} done  " if block.done else ""
    return Content.assemble(
        content(span, "$muted"),
        content(f"{block.name:<10.10} ", "bold" if block.slots else ""),
        content(load, "$overdue" if block.planned_minutes > block.capacity_minutes else "$muted"),
        content(done, "$done"),
        content(who or "free", "" if who else "$muted"),
    )
