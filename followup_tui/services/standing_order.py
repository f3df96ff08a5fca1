"""The standing order: so many lines in the water, drawn from the pool, and shown before it happens (domain §3, S0)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from followup_tui.domain.cadence import Cadence, Rules
from followup_tui.domain.channels import CHANNELS, usable
from followup_tui.domain.events import Enrolled
from followup_tui.domain.model import Relation
from followup_tui.domain.workdays import plus_days, zone_of
from followup_tui.errors import NothingFound, UsageError
from followup_tui.language.smart_lists import SMART_LISTS
from followup_tui.services import present
from followup_tui.services.changes import Changes
from followup_tui.services.context import Context, changes_of
from followup_tui.services.filtering import matching_ids
from followup_tui.services.load import Capacity
from followup_tui.services.recording import record
from followup_tui.services.views import StandingView, WhoView
from followup_tui.storage import people, queue, settings

LINES = 100
"""S0: a hundred lines in the water."""
_LOOKED_AT = 500
"""People of the pool looked at beyond those wanted: some have no detail that works."""

_LOT = 50


class StandingOrderService:
    """One order; it proposes each morning, and draws only when it is told to."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def set(self, filter: str, cadence: str, lines: int = LINES, per_day: int | None = None) -> Changes:
        """Store the order, in place of another one; PhraseError for a bad filter, UsageError for bad numbers."""
        with self._context.working(f"Standing order: {lines} lines") as work:
            order = self._checked(work.connection, filter, cadence, lines, per_day)
            settings.write(work, settings.STANDING_ORDER, json.dumps(order, ensure_ascii=False))
        return changes_of(work)

    def preview(self, filter: str, cadence: str, lines: int = LINES, per_day: int | None = None) -> StandingView:
        """Return whom an order would draw now, before it is set; the same errors as setting it."""
        with self._context.database.reading() as connection:
            order = self._checked(connection, filter, cadence, lines, per_day)
            return _view_of(order, connection, self._context)

    def _checked(self, connection: Any, filter: str, cadence: str, lines: int, per_day: int | None) -> dict[str, Any]:
        if lines < 1 or (per_day is not None and per_day < 1):
            raise UsageError("a standing order needs numbers from 1 on", "as --lines 100 --per-day 10")
        chosen = self._context.cadence_named(connection, cadence)
        wanted = _filter_of(filter)
        if wanted:
            matching_ids(self._context, connection, _from_pool(wanted), 1, 0)
        return {"filter": wanted, "cadence": chosen.name, "lines": lines, "per_day": per_day}

    def off(self) -> Changes:
        """End the order; NothingFound when there is none."""
        with self._context.working("End the standing order") as work:
            _order(work.connection)
            settings.write(work, settings.STANDING_ORDER, "")
        return changes_of(work)

    def proposal(self) -> StandingView | None:
        """Return who would be drawn from the pool now and why; None without an order."""
        with self._context.database.reading() as connection:
            return proposed(connection, self._context, self._context.now())

    def apply(self) -> tuple[StandingView, Changes]:
        """Enrol whom the proposal names, one undo step; UsageError when nobody would be drawn."""
        context = self._context
        with context.working("Draw from the pool") as work:
            _order(work.connection)
            view = proposed(work.connection, context, context.now())
            if view is None or not view.drawn:
                raise UsageError("nobody is to be drawn now", view.why if view else "")
            cadence = context.cadence_named(work.connection, view.cadence)
            for who in view.drawn:
                record(context, work, who.id, Enrolled(cadence.id, context.today()))
            work.name = f"Draw {len(view.drawn)} from the pool into {cadence.name}"
        return view, changes_of(work)


def proposed(connection: Any, context: Context, now: datetime) -> StandingView | None:
    """Return the proposal as it stands now."""
    text = settings.read(connection, settings.STANDING_ORDER)
    if not text:
        return None
    return _view_of(json.loads(text), connection, context)


def _view_of(order: Mapping[str, Any], connection: Any, context: Context) -> StandingView:
    rules = context.rules(connection)
    cadence = context.cadence_named(connection, order["cadence"])
    in_play = queue.count_in_play(connection)
    number, why = _number(connection, context, order, in_play, cadence, rules)
    drawn = _drawn(connection, context, order["filter"], number) if number > 0 else ()
    if len(drawn) < number:
        why += f"; only {len(drawn)} of the pool match and can be reached"
    return StandingView(order["filter"], cadence.name, order["lines"], order["per_day"], in_play, drawn, why)


def _number(
    connection: Any, context: Context, order: Mapping[str, Any], in_play: int, cadence: Cadence, rules: Rules
) -> tuple[int, str]:
    """Return how many lines are missing, as far as the day has room, and why."""
    missing = order["lines"] - in_play
    said = f"{in_play} of {order['lines']} lines in play"
    if missing <= 0:
        return 0, said
    today = context.today()
    if not rules.calendar.is_working(today):
        return 0, f"{said}; today is no working day"
    most = order["per_day"] or context.config.limits.per_day
    begin = datetime.combine(today, rules.day_starts, zone_of(rules.zone))
    end = datetime.combine(plus_days(today, 1), rules.day_starts, zone_of(rules.zone))
    begun = queue.enrolled_between(connection, begin, end)
    why = f"{said}, {missing} missing; at most {most} a day" + (f", {begun} enrolled today already" if begun else "")
    number = min(missing, most - begun)
    first = cadence.steps[0] if cadence.steps else None
    if first is not None and first.gap == 0:
        capacity = Capacity(connection, context.config, context.now())
        fill = capacity.fill(today, first.channels[0])
        if fill.room:
            room = max(0, fill.room - fill.used) // capacity.minutes(first.channels[0], first.companion)
            number = min(number, room)
            why += f"; room for {room} by {first.channels[0]} today"
    return max(0, number), why


def _drawn(connection: Any, context: Context, filter: str, number: int) -> tuple[WhoView, ...]:
    found: list[WhoView] = []
    ids = matching_ids(context, connection, _from_pool(filter), number + _LOOKED_AT, 0)
    for begin in range(0, len(ids), _LOT):
        for person in people.people(connection, ids[begin : begin + _LOT]):
            state = present.state_of(person)
            works = any(usable(one.name, state.good, state.stopped_channels) for one in CHANNELS)
            if works and state.relation is Relation.POOL:
                found.append(present.who_view(person, context))
        if len(found) >= number:
            break
    return tuple(found[:number])


def _filter_of(text: str) -> str:
    """Return the filter meant: the name of a smart list that ships stands for its filter."""
    name = " ".join(text.split())
    return next((one.filter for one in SMART_LISTS if one.name.casefold() == name.casefold()), name)


def _from_pool(filter: str) -> str:
    return f"relation:pool ({filter})" if filter.strip() else "relation:pool"


def _order(connection: Any) -> None:
    if not settings.read(connection, settings.STANDING_ORDER):
        raise NothingFound("there is no standing order", "followup standing “has:phone” “Cold six” --lines 100")
