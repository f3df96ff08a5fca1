"""Away: what an absence does to the plan, looked at first, and then one undo step (domain §5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from followup_tui.domain.being_away import Span, day_after, in_span, joined
from followup_tui.domain.cadence import Rules
from followup_tui.domain.events import LoadMoved
from followup_tui.domain.model import PauseRule, Planned, State
from followup_tui.domain.workdays import day_name, plus_days
from followup_tui.errors import UsageError
from followup_tui.services.changes import Changes
from followup_tui.services.context import Context, changes_of
from followup_tui.services.load import Capacity
from followup_tui.services.recording import record
from followup_tui.services.views import AwayKept, AwayMove, AwayView, WhoView
from followup_tui.storage import queue, settings
from followup_tui.storage.codec import loads
from followup_tui.storage.rulebook import span_of

_FARTHEST = 250
"""Working days looked at for room; beyond them a touch stays where the rule puts it."""


class AwayService:
    """The user's own holidays."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def spans(self) -> tuple[Span, ...]:
        """Return the stored spans, first and last day of each: working days and streak skip them."""
        with self._context.database.reading() as connection:
            return _stored(connection)

    def preview(self, first: date, last: date, rule: str = "freeze") -> AwayView:
        """Return what an absence would do; UsageError for a span that ends before it begins."""
        with self._context.database.reading() as connection:
            return self._plan(connection, _span(first, last), _rule(rule))

    def apply(self, first: date, last: date, rule: str = "freeze") -> tuple[AwayView, Changes]:
        """Store the absence and move what is planned in it: the same as the preview, one undo step."""
        span = _span(first, last)
        with self._context.working(f"Away {day_name(first)} to {day_name(last)}") as work:
            view = self._plan(work.connection, span, _rule(rule))
            spans = joined(_stored(work.connection), span)
            settings.write(work, settings.AWAY, " ".join(f"{begin}/{end}" for begin, end in spans))
            for move in view.moved:
                record(self._context, work, move.prospect.id, LoadMoved(move.date_to, move.reason, move.kind))
        return view, changes_of(work)

    def _plan(self, connection: Any, span: Span, rule: PauseRule) -> AwayView:
        context = self._context
        rules = context.rules(connection)
        calendar = replace(rules.calendar, away=joined(rules.calendar.away, span))
        rules = replace(rules, calendar=calendar)
        today = context.today()
        back = calendar.roll(max(plus_days(span[1], 1), today))
        kept: list[AwayKept] = []
        wanted: list[tuple[date, Planned, WhoView, str | None]] = []
        for row in queue.planned_until(connection, max(span[1], today)):
            state = loads(State, row.state)
            if state.paused is not None and state.paused.until is None:
                continue
            who = WhoView(row.id, row.name, row.company, row.zone or context.config.zone)
            stays, moves = in_span(state, span)
            kept += [AwayKept(who, plan.kind, plan.date, plan.time, plan.channel) for plan in stays]
            wanted += [(day_after(state, plan, span, rule, back, rules), plan, who, row.companion) for plan in moves]
        wanted.sort(key=lambda one: (one[0], one[1].date, one[2].id))
        moved = self._spread(connection, wanted, rules, rule)
        return AwayView(span[0], span[1], rule.value, back, tuple(kept), moved)

    def _spread(
        self, connection: Any, wanted: list[tuple[date, Planned, WhoView, str | None]], rules: Rules, rule: PauseRule
    ) -> tuple[AwayMove, ...]:
        """Lay the moved touches on the first working days with room for their channel, the earliest first."""
        capacity = Capacity(connection, self._context.config)
        moved = []
        for day, plan, who, companion in wanted:
            minutes = capacity.minutes(plan.channel, companion)
            to = _with_room(rules.calendar.roll(day), plan.channel, minutes, capacity, rules)
            capacity.take(to, plan.channel, minutes)
            moved.append(AwayMove(who, plan.kind, plan.channel, plan.date, to, f"away, {rule} → {day_name(to)}"))
        return tuple(moved)


def _with_room(day: date, channel: str | None, minutes: int, capacity: Capacity, rules: Rules) -> date:
    if not capacity.has_block(channel):
        return day
    found = day
    for _ in range(_FARTHEST):
        fill = capacity.fill(found, channel)
        if fill.room and fill.used + minutes <= max(fill.room, minutes):
            return found
        found = rules.calendar.after(found)
    return day


def _stored(connection: Any) -> tuple[Span, ...]:
    return tuple(span_of(text) for text in settings.read(connection, settings.AWAY).split())


def _span(first: date, last: date) -> Span:
    if last < first:
        raise UsageError(f"{day_name(last)} is before {day_name(first)}", "say the first day away, then the last")
    if (last - first).days > 366:
        raise UsageError("nobody is away for more than a year at once", "pause people instead")
    return first, last


def _rule(text: str) -> PauseRule:
    try:
        return PauseRule(text)
    except ValueError:
        raise UsageError(f"unknown rule “{text}”", "use freeze, restart or keep") from None
