"""A week at a glance: each day's blocks with their load, what stands fixed, and what is left over (domain §13)."""

from __future__ import annotations

from datetime import date

from followup_tui.domain.cadence import Rules
from followup_tui.domain.workdays import plus_days
from followup_tui.services.context import Context
from followup_tui.services.today import TodayService
from followup_tui.services.views import TodayView
from followup_tui.services.views.planning import WeekDayView, WeekView


class WeekService:
    """Seven plans side by side."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def week(self, day: date | None = None) -> WeekView:
        """Return the week a day is in, from its Monday; without a day this week."""
        context = self._context
        chosen = day or context.today()
        start = plus_days(chosen, -chosen.weekday())
        plan = TodayService(context).plan
        with context.database.reading() as connection:
            rules = context.rules(connection)
        days = tuple(_day(plan(plus_days(start, offset)), rules) for offset in range(7))
        return WeekView(start, context.now(), days)


def _day(view: TodayView, rules: Rules) -> WeekDayView:
    slots = [*view.promises, *(slot for block in view.blocks for slot in block.slots)]
    left = tuple(one for one in view.left_over if one.kind != "decision")
    return WeekDayView(
        date=view.date,
        working=rules.calendar.is_working(view.date),
        free=_free(view, rules),
        own_blocks=view.own_blocks,
        blocks=view.blocks,
        fixed=tuple(sorted((slot for slot in slots if slot.fixed), key=lambda slot: slot.start)),
        left_over=left,
        decisions=len(view.decisions),
        planned=len(slots),
        done=view.totals.done,
        planned_minutes=sum(slot.minutes for slot in slots),
        capacity_minutes=sum(block.capacity_minutes for block in view.blocks),
    )


def _free(view: TodayView, rules: Rules) -> str:
    """Say why nobody works on a day."""
    calendar = rules.calendar
    if calendar.is_away(view.date):
        return "away"
    if view.date in calendar.holidays(view.date.year):
        return "holiday"
    if view.own_blocks and not view.blocks:
        return "day off"
    return "" if calendar.is_working(view.date) else "no working day"
