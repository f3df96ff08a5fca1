"""The arithmetic of parts of a calendar: next quarter, the week after next, mid march, end of next week, weekends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from followup_tui.errors import PhraseError
from followup_tui.language.frame import Frame, Node
from followup_tui.language.span_rules import add_months, length, monday

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_OTHERS = {
    "ene": 1, "fev": 2, "mae": 3, "avr": 4, "abr": 4, "mai": 5, "aou": 8, "ago": 8, "okt": 10, "dez": 12, "dic": 12,
}  # fmt: skip
_SHORT = {"w": "WEEKS", "m": "MONTHS", "q": "QUARTER", "y": "YEARS", "j": "YEARS"}
_LENGTHS = {"MONTHS": 1, "QUARTER": 3, "YEARS": 12}
"""Months of a period."""


def month_number(item: Node) -> int:
    """Return 1 for January to 12 for December."""
    name: str = item.children[0]
    if name.startswith("jui"):
        return 7 if name.startswith("juil") else 6
    return _OTHERS.get(name[:3]) or _MONTHS.index(name[:3]) + 1


def period(unit: str, steps: int, frame: Frame) -> dt.date:
    """Return the first day of a week, month, quarter or year, some of them on."""
    if unit == "WEEKS":
        return monday(frame.today, steps)
    months = _LENGTHS[unit]
    first = frame.today.replace(day=1, month=(frame.today.month - 1) // months * months + 1)
    return add_months(first, months * steps)


def next_period(item: Node, frame: Frame, _: dt.time | None) -> dt.date:
    """Next week is its Monday, next month, quarter and year are their first day."""
    return period(item.children[0].type, 1, frame)


def period_after_next(item: Node, frame: Frame, _: dt.time | None) -> dt.date:
    """The week after next."""
    return period(item.children[0].type, 2, frame)


def part_of(item: Node, frame: Frame, clock: dt.time | None) -> dt.date:
    """Eow, end of next month, mid march, start of q1: the end of a week is its Friday, the middle its Wednesday."""
    which = item.children[0]
    if which.type == "EO":
        unit = _SHORT[which[2] if which.startswith("eo") else which[0]]
        return _part(which, unit, period(unit, 0, frame))
    what = item.children[1]
    if what.data == "named_span":
        unit, first = _named(what, frame)
        days = (_part(which, unit, start) for start in first)
        return _ahead(days, frame) if len(what.children) == 1 else next(days)
    unit = what.children[0].type
    if which == "fin" and what.children[0].startswith("sem"):
        raise PhraseError("The end of a semaine may be a weekend", "say friday or weekend", item.meta.column)
    return _part(which, unit, period(unit, 1 if what.data == "next_span" else 0, frame))


def month_begins(item: Node, frame: Frame, _: dt.time | None) -> dt.date:
    """In march, march 2027, next january, in q1: the first day of it."""
    unit, first = _named(item, frame)
    if len(item.children) > 1:
        return next(first)
    found = _ahead(first, frame)
    begun = period(unit, 0, frame)
    if item.data == "month_begins" and frame.future and (found.month, found.year) == (begun.month, begun.year + 1):
        raise PhraseError("That has begun already", "say a day of it, or the year", item.meta.column)
    return found


def calendar_week(item: Node, frame: Frame, _: dt.time | None) -> dt.date:
    """KW 50, kw 1 2027: the Monday of the ISO week, the next one, or the latest; the one that runs has begun."""
    number = int("".join(filter(str.isdigit, item.children[0])))
    if len(item.children) > 1:
        return dt.date.fromisocalendar(int(item.children[1]), number, 1)
    ahead = 1 if frame.future else -1
    for year in range(frame.today.year - ahead, frame.today.year + 8 * ahead, ahead):  # every eighth year has 53 weeks
        try:
            found = dt.date.fromisocalendar(year, number, 1)
        except ValueError:
            continue
        if frame.future and found < frame.today <= found + dt.timedelta(days=6):
            raise PhraseError("That week has begun already", "say a day of it, or the year", item.meta.column)
        if (found >= frame.today) if frame.future else (found <= frame.today):
            return found
    raise PhraseError("There is no such week", "say kw 1 to kw 53", item.meta.column)


def weekend(item: Node, frame: Frame, _: dt.time | None) -> dt.date:
    """The weekend: the nearest Saturday, never today when looking forward."""
    saturday = monday(frame.today) + dt.timedelta(days=5)
    if frame.future:
        return saturday if saturday > frame.today else saturday + dt.timedelta(weeks=1)
    return saturday if saturday <= frame.today else saturday - dt.timedelta(weeks=1)


def weekend_of(weeks: int) -> Callable[[Node, Frame, dt.time | None], dt.date]:
    """Return the rule for the Saturday of this week, or of next."""
    return lambda item, frame, clock: monday(frame.today, weeks) + dt.timedelta(days=5)


def _named(item: Node, frame: Frame) -> tuple[str, Iterator[dt.date]]:
    """Return the unit of a named month or quarter, and its first days, those of the years around unless one is said."""
    name = item.children[0]
    if isinstance(name, str):
        unit, month = "QUARTER", 3 * int(name[1]) - 2
    else:
        unit, month = "MONTHS", month_number(name)
    if len(item.children) > 1:
        return unit, iter([dt.date(int(item.children[1]), month, 1)])
    years = (0, 1) if frame.future else (0, -1)
    return unit, (dt.date(frame.today.year + step, month, 1) for step in years)


def _ahead(days: Iterator[dt.date], frame: Frame) -> dt.date:
    """Return the first that lies where the speaker looks, today counted in; they come nearest first."""
    found: dt.date
    for found in days:
        if (found >= frame.today) if frame.future else (found <= frame.today):
            break
    return found


def _part(which: str, unit: str, first: dt.date) -> dt.date:
    """Return the start, middle or end of a week, month, quarter or year that begins on a day, as the word says."""
    if which[0] in "sbad":
        return first
    middle = which.startswith("mi")
    if unit == "WEEKS":
        return first + dt.timedelta(days=2 if middle else 4)
    months = _LENGTHS[unit]
    if middle:
        return add_months(first, months // 2).replace(day=1 if months == 12 else 15)
    last = add_months(first, months - 1)
    return last.replace(day=length(last.year, last.month))
