"""The arithmetic of date phrases: what each rule of dates.lark that names a day means for the speaker."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from followup_tui.errors import PhraseError
from followup_tui.language.frame import EXAMPLES, Frame, Node, spoken_number
from followup_tui.language.span_rules import add_months, length, monday, shift

WEEKDAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
CALENDAR = frozenset({"iso", "dotted_date", "slashed", "day_month", "day_only", "dotted"})
"""The rules that name a day of the calendar, which a weekday may stand before."""

REACH = 60
"""How many weeks, months or years a search for the nearest one looks; 29 February needs nine."""


def moment(item: Node, frame: Frame, clock: dt.time | None = None) -> dt.date:
    """Return the day an item means, or the exact local datetime for "now" and for hours and minutes."""
    return _RULES[item.data](item, frame, clock)


def one_day(items: list[Node], clock: dt.time | None, frame: Frame) -> dt.date:
    """Return the one day that the date items say; a weekday beside a date must agree with it."""
    named, rest = None, items
    if len(items) == 2 and items[0].data == "weekday":
        named, rest = items[0], items[1:]
    if len(rest) > 1 or (named is not None and rest[0].data not in CALENDAR):
        raise PhraseError("Two dates are one too many", "say one date and one time", items[1].meta.column)
    found = moment(rest[0], frame, clock)
    if isinstance(found, dt.datetime):
        raise PhraseError("Now, hours and minutes stand alone", "say +2h, or a day and a time", rest[0].meta.column)
    if named is None or found.weekday() == weekday_number(named):
        return found
    if frame.future:
        yesterday = replace(frame, today=frame.today - dt.timedelta(days=1))
        if moment(rest[0], yesterday, clock) == frame.today and frame.today.weekday() == weekday_number(named):
            return frame.today
    hint = "leave out the weekday or mend the date"
    raise PhraseError(f"{found.day} {found:%b %Y} is a {found:%A}", hint, named.meta.column)


def weekday_number(item: Node) -> int:
    """Return 0 for Monday to 6 for Sunday."""
    return WEEKDAYS.index(item.children[0].type)


def _nearest(
    frame: Frame, clock: dt.time | None, nth: Callable[[int], dt.date | None], *, today: bool = False
) -> dt.date | None:
    """Return the nearest of a series of days: after today, or looking back not after now; `today` counts it in."""
    for step in range(-1, REACH) if frame.future else range(1, -REACH, -1):
        day = nth(step)
        if day is None:
            continue
        if frame.future and (day > frame.today or (today and day == frame.today)):
            return day
        if not frame.future and (day, clock or dt.time.min) <= (frame.today, frame.clock):
            return day
    return None


def _dated(day: int, month: int, year: str | None, item: Node, frame: Frame, clock: dt.time | None) -> dt.date:
    """Return a day of the calendar, the nearest one when no year is said; refuse the 30th of February."""

    def in_year(number: int) -> dt.date | None:
        return dt.date(number, month, day) if 1 <= day <= length(number, month) else None

    found: dt.date | None = None
    if 1 <= month <= 12:
        if year:
            found = in_year(int(year) + (2000 if len(year) == 2 else 0))
        else:
            found = _nearest(frame, clock, lambda step: in_year(frame.today.year + step), today=True)
    if found is None:
        said = item.children[0] if item.data == "slashed" else f"{day}.{month}.{year or ''}"
        hint = f"days and months are read as {'month/day' if frame.order == 'mdy' else 'day/month'}"
        raise PhraseError(
            f"{said} is not in the calendar", hint if item.data == "slashed" else EXAMPLES, item.meta.column
        )
    return found


def _numeric(item: Node, frame: Frame, clock: dt.time | None) -> dt.date:
    """24.12., 24.12.2026, 3/4, 3/4/27: dots are always day first, slashes by the user's order."""
    numbers = re.findall("[0-9]+", item.children[0])
    day, month = int(numbers[0]), int(numbers[1])
    if item.data == "slashed" and frame.order == "mdy":
        day, month = month, day
    return _dated(day, month, numbers[2] if len(numbers) > 2 else None, item, frame, clock)


def _day_month(item: Node, frame: Frame, clock: dt.time | None) -> dt.date:
    """Dec 24, 24th of December 2026."""
    month = next(child for child in item.children if not isinstance(child, str))
    numbers = [child for child in item.children if isinstance(child, str)]
    year = numbers[1] if len(numbers) > 1 else None
    return _dated(spoken_number(numbers[0]), MONTHS.index(month.children[0].type) + 1, year, item, frame, clock)


def _day_only(item: Node, frame: Frame, clock: dt.time | None) -> dt.date:
    """The 24th: the nearest month that has one."""
    number, first = spoken_number(item.children[0]), frame.today.replace(day=1)

    def in_month(step: int) -> dt.date | None:
        month = add_months(first, step)
        return month.replace(day=number) if 1 <= number <= length(month.year, month.month) else None

    found = _nearest(frame, clock, in_month)
    if found is None:
        raise PhraseError(f"No month has a day {number}", EXAMPLES, item.meta.column)
    return found


def _weekday(item: Node, frame: Frame, clock: dt.time | None) -> dt.date:
    """Tue: the nearest one, never today when looking forward."""
    days = weekday_number(item)
    found = _nearest(frame, clock, lambda step: monday(frame.today, step) + dt.timedelta(days=days))
    assert found is not None
    return found


def _of_week(weeks: int) -> Callable[[Node, Frame, dt.time | None], dt.date]:
    """This fri, next tue, tue next week: a weekday of a given week."""
    return lambda item, frame, _: monday(frame.today, weeks) + dt.timedelta(days=weekday_number(item.children[0]))


def _last_weekday(item: Node, frame: Frame, _: dt.time | None) -> dt.date:
    """Last mon: the latest one before today."""
    behind = (frame.today.weekday() - weekday_number(item.children[1])) % 7 or 7
    return frame.today - dt.timedelta(days=behind)


def _next_period(item: Node, frame: Frame, _: dt.time | None) -> dt.date:
    """Next week is its Monday, next month and next year are their first day."""
    match item.children[0].type:
        case "WEEKS":
            return monday(frame.today, 1)
        case "MONTHS":
            return add_months(frame.today.replace(day=1), 1)
        case _:
            return dt.date(frame.today.year + 1, 1, 1)


def _nth_day(item: Node, frame: Frame, clock: dt.time | None) -> dt.date:
    """First monday of january, last day of the month, third thursday in march 2027."""
    which, what, *where = item.children
    month = where[0]
    if isinstance(month, str) or month.data == "next_month":
        first = add_months(frame.today.replace(day=1), 0 if isinstance(month, str) else 1)
        found = _pick(first, which, what)
    else:
        number = MONTHS.index(month.children[0].type) + 1
        if len(where) > 1:
            found = _pick(dt.date(int(where[1]), number, 1), which, what)
        else:
            found = _nearest(frame, clock, lambda step: _pick(dt.date(frame.today.year + step, number, 1), which, what))
    if found is None:
        raise PhraseError("That month has no such day", "say first to fourth, or last", item.meta.column)
    return found


def _pick(first: dt.date, which: Any, what: Any) -> dt.date | None:
    """Return the nth, or last, weekday or day of the month that starts at `first`; None when it has none."""
    days = [first.replace(day=number) for number in range(1, length(first.year, first.month) + 1)]
    if not isinstance(what, str):
        days = [day for day in days if day.weekday() == weekday_number(what)]
    if which.type == "LAST":
        return days[-1]
    number = spoken_number(which)
    return days[number - 1] if 1 <= number <= len(days) else None


def _end_of(item: Node, frame: Frame, _: dt.time | None) -> dt.date:
    """End of the week is its Friday; of a month, quarter, year the last day."""
    today = frame.today
    match item.children[0].type:
        case "EOW" | "WEEKS":
            return monday(today) + dt.timedelta(days=4)
        case "EOM" | "MONTHS":
            month = today.month
        case "EOQ" | "QUARTER":
            month = (today.month + 2) // 3 * 3
        case _:
            month = 12
    return dt.date(today.year, month, length(today.year, month))


def _near(item: Node, frame: Frame, _: dt.time | None) -> dt.date:
    """Yesterday, today, tomorrow."""
    return frame.today + dt.timedelta(days=("YESTERDAY", "TODAY", "TOMORROW").index(item.children[0].type) - 1)


def _days_on(days: int) -> Callable[[Node, Frame, dt.time | None], dt.date]:
    """Return the rule for a day that many days from today."""
    return lambda item, frame, _: frame.today + dt.timedelta(days=days)


_RULES: dict[str, Callable[[Node, Frame, dt.time | None], dt.date]] = {
    "iso": lambda item, frame, clock: dt.date.fromisoformat(item.children[0]),
    "dotted": _numeric,
    "dotted_date": _numeric,
    "slashed": _numeric,
    "day_month": _day_month,
    "day_only": _day_only,
    "weekday": _weekday,
    "weekday_next_week": _of_week(1),
    "next_weekday": _of_week(1),
    "this_weekday": _of_week(0),
    "last_weekday": _last_weekday,
    "next_period": _next_period,
    "nth_day": _nth_day,
    "near": _near,
    "overmorrow": _days_on(2),
    "ereyesterday": _days_on(-2),
    "end_of": _end_of,
    "now": lambda item, frame, clock: frame.now,
    "signed": shift,
    "coming": shift,
    "gone": shift,
}
