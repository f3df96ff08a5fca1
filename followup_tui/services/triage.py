"""Triage: overdue work spread within capacity as one undo step, or looked at card by card (domain §13)."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from followup_tui.domain.cadence import Rules
from followup_tui.domain.events import LoadMoved
from followup_tui.domain.model import PlanKind
from followup_tui.domain.momentum import momentum
from followup_tui.domain.workdays import day_name
from followup_tui.services.changes import Changes
from followup_tui.services.context import Context, changes_of
from followup_tui.services.day_blocks import blocks_on, length
from followup_tui.services.day_items import DayItems, Due
from followup_tui.services.load import Capacity
from followup_tui.services.recording import record
from followup_tui.services.views.people import WhoView
from followup_tui.services.views.triage import OverdueView, SpreadDay, SpreadMove, SpreadView
from followup_tui.storage import day_load, queue

MOVABLE = ("step", "own")
"""What a spread moves: a step, a date of the user's own. What was told to somebody, or waits for them, stays."""
_FARTHEST = 250
"""Working days looked at for room; beyond them a touch stays where it is."""


class TriageService:
    """Overdue work."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def overdue(self) -> tuple[OverdueView, ...]:
        """Return the overdue touches that may be moved, in the order of the queue."""
        with self._context.database.reading() as connection:
            rules = self._context.rules(connection)
            return tuple(_overdue_view(due, rules) for due in self._waiting(connection, rules)[0])

    def preview(self) -> SpreadView:
        """Return what a spread would do."""
        with self._context.database.reading() as connection:
            return self._spread(connection)

    def spread(self) -> tuple[SpreadView, Changes]:
        """Move the overdue touches that don't fit today to the first working days with room: one undo step."""
        with self._context.working("Spread the overdue work") as work:
            view = self._spread(work.connection)
            work.name = f"Spread {len(view.moved)} overdue over {len({one.date_to for one in view.moved})} days"
            for one in view.moved:
                event = LoadMoved(one.date_to, f"spread → {day_name(one.date_to)}", PlanKind(one.kind))
                record(self._context, work, one.prospect.id, event)
        return view, changes_of(work)

    def _waiting(self, connection: Any, rules: Rules) -> tuple[list[Due], int]:
        """Return what is overdue and may be moved, in the queue's order, and how many others wait untouched."""
        context = self._context
        today = context.today()
        dues = DayItems(context, rules, context.now(), today).of(queue.due(connection, today))
        late = [due for due in dues if due.row.kind in MOVABLE and due.overdue > 0 and due.row.channel]
        late.sort(key=lambda due: (-due.item.score, due.item.due, due.item.id))
        return late, sum(1 for due in dues if due.row.kind not in MOVABLE)

    def _spread(self, connection: Any) -> SpreadView:
        context = self._context
        rules = context.rules(connection)
        late, untouched = self._waiting(connection, rules)
        capacity = Capacity(connection, context.config, context.now())
        today = context.today()
        reached: dict[tuple[str | None, int], date] = {}
        added: Counter[date] = Counter({today: 0})
        minutes: Counter[date] = Counter()
        moved = []
        for due in late:
            key = (due.row.channel, due.item.minutes)
            to = reached[key] = self._with_room(reached.get(key, today), due, capacity, rules)
            capacity.take(to, due.row.channel, due.item.minutes)
            added[to] += 1
            minutes[to] += due.item.minutes
            if to > today:
                moved.append(SpreadMove(_who(due), due.row.kind, due.row.channel, date.fromisoformat(due.row.date), to))
        days = tuple(self._day(connection, day, added[day], minutes[day], capacity) for day in sorted(added))
        return SpreadView(len(late), tuple(moved), len(late) - len(moved), untouched, days)

    def _with_room(self, day: date, due: Due, capacity: Capacity, rules: Rules) -> date:
        """Return the first day from `day` on whose blocks have room for the touch; today when none ever has."""
        today = self._context.today()
        if not capacity.has_block(due.row.channel):
            return today
        for _ in range(_FARTHEST):
            fill = capacity.fill(day, due.row.channel)
            room = fill.room if day == today else max(fill.room, due.item.minutes)
            if fill.room and fill.used + due.item.minutes <= room:
                return day
            day = rules.calendar.after(day)
        return today

    def _day(self, connection: Any, day: date, added: int, more: int, capacity: Capacity) -> SpreadDay:
        loads = day_load.load_on(connection, day)
        planned = sum(capacity.minutes(channel, beside) * number for channel, beside, number in loads)
        room = sum(length(block) for block in blocks_on(connection, self._context.config, day))
        return SpreadDay(day, sum(number for _, _, number in loads), added, planned + more, room)


def _who(due: Due) -> WhoView:
    return WhoView(due.row.id, due.row.name, due.row.company, due.zone)


def _overdue_view(due: Due, rules: Rules) -> OverdueView:
    row = due.row
    cadence = rules.cadences.get(row.cadence_id) if row.cadence_id is not None else None
    return OverdueView(
        prospect=_who(due),
        kind=row.kind,
        channel=row.channel,
        step=row.step,
        steps_total=row.steps_total,
        cadence=cadence.name if cadence else None,
        due=date.fromisoformat(row.date),
        overdue_days=due.overdue,
        momentum=momentum(due.overdue),
        star=bool(row.star),
        attempts=row.attempts,
    )
