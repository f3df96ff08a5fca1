"""When a filter's next touches, last touches and makings lie: local days against stored dates and instants."""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import String, and_, false, func, literal, not_, or_, true

from followup_tui.domain.momentum import momentum
from followup_tui.domain.workdays import plus_days, zone_of
from followup_tui.errors import PhraseError
from followup_tui.language.filter_fields import FIELDS, NONE, age_days, day_of
from followup_tui.language.filters import Term
from followup_tui.records import dataclass
from followup_tui.storage.filter_words import Condition, prospect, standing

COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_OLDER = {"=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
"""An age of more days is an earlier day."""
_FADED = 100
"""Overdue days after which no momentum is left to show."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When the filter is used."""

    today: date
    """The user's local day; it starts at `day_starts`."""
    now: datetime
    """Aware, in the user's zone."""
    zone: str
    day_starts: time
    date_order: str = "dmy"

    def start_of(self, day: date) -> datetime:
        """Return the instant a local day starts, in UTC."""
        return datetime.combine(day, self.day_starts, zone_of(self.zone)).astimezone(UTC)


def paused(moment: Moment) -> Condition:
    """Return whether the clock stands still; a dated pause ends by itself."""
    lasting = or_(standing.paused_until.is_(None), standing.paused_until > moment.today)
    return and_(standing.paused_from.is_not(None), lasting)


def asks(moment: Moment) -> Condition:
    """Return whether the next touch is a question: a decision, or a meeting whose day has passed (§4)."""
    over = and_(standing.next_kind == "meeting", standing.next_date < moment.today)
    return and_(standing.next_kind.is_not(None), or_(standing.next_kind == "decision", over))


def due(sign: str, day: date, moment: Moment) -> Condition:
    """Return whether the next touch is dated so; hidden while paused, a decision is dated today."""
    today = moment.today
    dated = and_(standing.next_date.is_not(None), COMPARE[sign](standing.next_date, day))
    if COMPARE[sign](today, day):
        dated = dated if sign in ("<", "<=") else or_(dated, asks(moment))
    elif sign not in (">", ">="):
        dated = and_(dated, not_(asks(moment)))
    return and_(dated, not_(paused(moment)))


def overdue(moment: Moment, days: int = 1) -> Condition:
    """Return whether the next touch is at least so many days late; a decision never is."""
    return due("<=", plus_days(moment.today, -days), moment)


def momentum_found(term: Term, moment: Moment) -> Condition:
    """Return whether the momentum, in whole per cent as shown, compares so: fewer per cent is more overdue days."""
    wanted = int(term.value)

    def late(fits: Callable[[int, int], bool]) -> Condition:
        days = next((day for day in range(_FADED) if fits(round(100 * momentum(day)), wanted)), None)
        return false() if days is None else true() if days == 0 else overdue(moment, days)

    below, at_most = late(operator.lt), late(operator.le)
    match term.operator:
        case "<":
            return below
        case "<=":
            return at_most
        case ">":
            return not_(at_most)
        case ">=":
            return not_(below)
        case _:
            return and_(at_most, not_(below))


def day_found(term: Term, moment: Moment) -> Condition:
    """Return a condition on a day: of the next touch, the last one, or the making."""
    name, sign = term.field, term.operator
    if name == "due" and term.value == NONE:
        return or_(standing.next_date.is_(None), paused(moment))
    column = prospect.created_at if name == "created" else standing.last_touch_at
    if term.value == NONE:
        return column.is_(None)
    try:
        age = age_days(term.value)
        if age is not None and name != "due":
            return _aged(column, sign, plus_days(moment.today, -age), moment)
        day = day_of(name, term.value, term.column, today=moment.today, now=moment.now, order=moment.date_order)
        return due(sign, day, moment) if name == "due" else _instant(column, sign, day, moment)
    except (OverflowError, ValueError):
        raise PhraseError(f"“{term.value}” is no day the calendar has", FIELDS[name].example, term.column) from None


def _aged(column: Any, sign: str, day: date, moment: Moment) -> Condition:
    """Return whether an instant is so long ago; never counts as longer. No index: most are."""
    if sign not in (">", ">="):
        return _instant(column, _OLDER[sign], day, moment)
    end = moment.start_of(day if sign == ">" else plus_days(day, 1))
    older: Condition = func.coalesce(column, literal("", String)) < end
    return older


def _instant(column: Any, sign: str, day: date, moment: Moment) -> Condition:
    """Return whether an instant lies on a local day, before or after it."""
    start, end = moment.start_of(day), moment.start_of(plus_days(day, 1))
    bounds = {
        "=": (column >= start, column < end),
        "<": (column < start,),
        "<=": (column < end,),
        ">": (column >= end,),
        ">=": (column >= start,),
    }
    return and_(column.is_not(None), *bounds[sign])
