"""The arithmetic of date phrases: what each rule of dates.lark that names a day means for the speaker."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from followup_tui.errors import PhraseError
from followup_tui.language import part_rules
from followup_tui.language.frame import EXAMPLES, Frame, Node, spoken_number
from followup_tui.language.part_rules import month_number
from followup_tui.language.span_rules import add_months, length, monday, moved, shift, workdays

_WEEKDAYS = (
    *(("mo", 0), ("lu", 0), ("tu", 1), ("die", 1), ("mar", 1), ("we", 2), ("mi", 2), ("mer", 2), ("th", 3), ("don", 3)),
    *(("je", 3), ("ju", 3), ("fr", 4), ("ve", 4), ("vi", 4), ("sa", 5), ("su", 6), ("so", 6), ("dim", 6), ("dom", 6)),
    *(("di", 1), ("do", 3)),
)
"""How the names of weekdays begin; the first that fits counts."""
CALENDAR = frozenset({"iso", "compact", "dotted_date", "slashed", "day_month", "day_only", "dotted"})
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
    return next(number for beginning, number in _WEEKDAYS if item.children[0].startswith(beginning))


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
    return _dated(spoken_number(numbers[0]), month_number(month), year, item, frame, clock)


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


def _nth_day(item: Node, frame: Frame, clock: dt.time | None) -> dt.date:
    """First monday of january, last working day of the month, the 15th of next month."""
    which, *rest = item.children
    what = rest.pop(0) if isinstance(rest[0], str) or rest[0].data == "weekday" else None
    month = rest[0]
    year = rest[1] if len(rest) > 1 else None

    def at(first: dt.date) -> dt.date | None:
        return _pick(first, which, what, frame)

    this_month = part_rules.period("MONTHS", 0, frame)
    match month.data:
        case "this_month" | "next_month":
            found = at(part_rules.period("MONTHS", 1 if month.data == "next_month" else 0, frame))
        case "the_month":
            found = _nearest(frame, clock, lambda step: at(add_months(this_month, step)), today=True)
        case _:
            number = month_number(month)
            if year:
                found = at(dt.date(int(year), number, 1))
            else:
                found = _nearest(frame, clock, lambda step: at(dt.date(frame.today.year + step, number, 1)))
    if found is None:
        raise PhraseError("That month has no such day", "say first to fourth, or last", item.meta.column)
    return found


def _pick(first: dt.date, which: Any, what: Any, frame: Frame) -> dt.date | None:
    """Return the nth, or last, weekday, working day or day of the month that starts at `first`; None without one."""
    days = [first.replace(day=number) for number in range(1, length(first.year, first.month) + 1)]
    if what is not None and not isinstance(what, str):
        days = [day for day in days if day.weekday() == weekday_number(what)]
    elif getattr(what, "type", "") == "WORKDAYS":
        days = [day for day in days if frame.is_working(day)]
    if which.type == "LAST":
        return days[-1] if days else None
    number = spoken_number(which)
    return days[number - 1] if 1 <= number <= len(days) else None


def _week_on(item: Node, frame: Frame, clock: dt.time | None) -> dt.date:
    """Monday week, tomorrow week, two weeks on friday."""
    *amount, named = [child for child in item.children if getattr(child, "type", "") != "WEEKS"]
    weeks = spoken_number(amount[0]) if amount else 1
    return moment(named, frame, clock) + dt.timedelta(weeks=weeks)


def _from_day(item: Node, frame: Frame, clock: dt.time | None) -> dt.date:
    """A week from monday, 3 working days after 24.12., 2 days before eom."""
    amount, unit, anchor = item.children
    if unit.type in ("HOURS", "MINUTES"):
        raise PhraseError("Hours and minutes are counted from now", "say +2h, or a day and a time", item.meta.column)
    start = replace(frame, today=moment(anchor, frame, clock))
    return moved([amount, unit], -1 if item.data == "before_day" else 1, start, item.meta.column)


def _near(item: Node, frame: Frame, _: dt.time | None) -> dt.date:
    """Yesterday, today, tomorrow."""
    return frame.today + dt.timedelta(days=("YESTERDAY", "TODAY", "TOMORROW").index(item.children[0].type) - 1)


def _days_on(days: int) -> Callable[[Node, Frame, dt.time | None], dt.date]:
    """Return the rule for a day that many days from today."""
    return lambda item, frame, _: frame.today + dt.timedelta(days=days)


_RULES: dict[str, Callable[[Node, Frame, dt.time | None], dt.date]] = {
    "iso": lambda item, frame, clock: dt.date.fromisoformat(re.sub("[/.]", "-", item.children[0])),
    "compact": lambda item, frame, clock: dt.date.fromisoformat(item.children[0]),
    "dotted": _numeric,
    "dotted_date": _numeric,
    "slashed": _numeric,
    "day_month": _day_month,
    "day_only": _day_only,
    "weekday": _weekday,
    "weekday_next_week": _of_week(1),
    "next_weekday": _of_week(1),
    "this_weekday": _of_week(0),
    "weekday_after_next": _of_week(2),
    "coming_weekday": lambda item, frame, clock: _weekday(item.children[0], frame, clock),
    "last_weekday": _last_weekday,
    "next_period": part_rules.next_period,
    "period_after_next": part_rules.period_after_next,
    "part_of": part_rules.part_of,
    "month_begins": part_rules.month_begins,
    "calendar_week": part_rules.calendar_week,
    "next_named": part_rules.month_begins,
    "weekend": part_rules.weekend,
    "this_weekend": part_rules.weekend_of(0),
    "next_weekend": part_rules.weekend_of(1),
    "next_workday": lambda item, frame, clock: workdays(1, frame, item.meta.column),
    "week_on": _week_on,
    "from_day": _from_day,
    "before_day": _from_day,
    "span": shift,
    "nth_day": _nth_day,
    "near": _near,
    "overmorrow": _days_on(2),
    "ereyesterday": _days_on(-2),
    "now": lambda item, frame, clock: frame.now,
    "signed": shift,
    "coming": shift,
    "gone": shift,
}
