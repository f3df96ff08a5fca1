"""The arithmetic of date phrases: what each rule of dates.lark means on a given day. Wall-clock dates, elapsed hours."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from lark import Tree

    Node: TypeAlias = Tree[Any]
else:
    Node = Any

WEEKDAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
ORDINALS = ("first", "second", "third", "fourth", "fifth")
CALENDAR = frozenset({"iso", "dotted_date", "slashed", "day_month", "day_only", "dotted"})
"""The rules that name a day of the calendar, which a weekday may stand before."""

REACH = 60
"""How many weeks, months or years a search for the nearest one looks; 29 February needs nine."""


class Refusal(Exception):
    """A phrase that can't be meant; turned into a PhraseError at the door."""

    def __init__(self, title: str, hint: str = "", column: int = 1) -> None:
        super().__init__(title)
        self.title, self.hint, self.column = title, hint, column


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the speaker stands: now in their zone, their day order and working days, and which way they look."""

    now: dt.datetime
    today: dt.date
    clock: dt.time
    order: str
    is_working: Callable[[dt.date], bool]
    future: bool


def moment(item: Node, frame: Frame, clock: dt.time | None = None) -> dt.date:
    """Return the day an item means, or the exact local datetime for "now" and for hours and minutes."""
    return _RULES[str(item.data)](item, frame, clock)


def weekday_number(item: Node) -> int:
    """Return 0 for Monday to 6 for Sunday."""
    return WEEKDAYS.index(item.children[0].type)


def dotted_is_date(item: Node, days: list[Node]) -> bool:
    """Return whether 24.12 is a date rather than the time 24:12; refuse when it could be both and nothing decides."""
    first, second = (int(part) for part in item.children[0].split("."))
    as_time = first < 24 and second < 60 and len(item.children[0].split(".")[1]) == 2
    as_date = 1 <= first <= 31 and 1 <= second <= 12
    if any(day.data != "weekday" for day in days):
        return False
    if as_time and as_date:
        hint = f"say {first}:{second:02} for the time, {first}.{second}. for the date"
        raise Refusal(f"{item.children[0]} is a time or a date", hint, item.meta.column)
    return as_date and not days


def clock(item: Node, *, alone: bool) -> dt.time:
    """Return the wall-clock time of a time item; `alone` when no date stands beside it."""
    column = item.meta.column
    if item.data == "at":
        item, alone = item.children[0], False
    token = item.children[0]
    if item.data == "bare":
        raise Refusal(f"{token[:12]} alone is not a time", "say 9am or 9:00, 24.12. for a date, +3d for days", column)
    if token.type in ("NOON", "MIDNIGHT"):
        return dt.time(12 if token.type == "NOON" else 0)
    if token.type == "HOUR_MARK" and alone and token.endswith("h") and int(token[:-1]) <= 12:
        raise Refusal(f"{token} is a time or a span", f"say {token[:-1]}:00 or +{token}", column)
    hour, minute, second = ([int(part) for part in re.findall("[0-9]+", token)] + [0, 0])[:3]
    if len(item.children) > 1:
        if not 1 <= hour <= 12:
            raise Refusal(f"{token[:12]} has no am or pm", "say 3pm or 15:00", column)
        hour = hour % 12 + (12 if item.children[1][0] == "p" else 0)
    if hour > 23 or minute > 59 or second > 59:
        raise Refusal(f"{token[:12]} is not a time of day", "say 3pm or 15:00", column)
    return dt.time(hour, minute, second)


def day_of_clock(clock: dt.time, frame: Frame) -> dt.date:
    """Return the day of a bare time: its next occurrence, or looking back its latest."""
    if frame.future:
        return frame.today if clock > frame.clock else frame.today + dt.timedelta(days=1)
    return frame.today if clock <= frame.clock else frame.today - dt.timedelta(days=1)


def _add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day some months on, clamped to the month's end: 31 Jan + 1 is 28 Feb."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, _length(year, month + 1)))


def _length(year: int, month: int) -> int:
    """Return the days of a month; beyond the calendar's years it is a ValueError."""
    dt.date(year, month, 1)
    return calendar.monthrange(year, month)[1]


def _monday(day: dt.date, weeks: int = 0) -> dt.date:
    """Return the Monday of the day's week, or of a week some weeks on."""
    return day + dt.timedelta(days=7 * weeks - day.weekday())


def _nearest(frame: Frame, clock: dt.time | None, nth: Callable[[int], dt.date | None]) -> dt.date | None:
    """Return the nearest of a series of days: strictly after today, or looking back not after now."""
    for step in range(-1, REACH) if frame.future else range(1, -REACH, -1):
        day = nth(step)
        if day is None:
            continue
        if frame.future and day > frame.today:
            return day
        if not frame.future and (day, clock or dt.time.min) <= (frame.today, frame.clock):
            return day
    return None


def _dated(day: int, month: int, year: str | None, item: Node, frame: Frame, clock: dt.time | None) -> dt.date:
    """Return a day of the calendar, the nearest one when no year is said; refuse the 30th of February."""

    def in_year(number: int) -> dt.date | None:
        return dt.date(number, month, day) if 1 <= day <= _length(number, month) else None

    found: dt.date | None = None
    if 1 <= month <= 12:
        if year:
            found = in_year(int(year) + (2000 if len(year) == 2 else 0))
        else:
            found = _nearest(frame, clock, lambda step: in_year(frame.today.year + step))
    if found is None:
        said = f"{day}.{month}.{year or ''}"
        hint = f"days and months are read as {'month/day' if frame.order == 'mdy' else 'day/month'}"
        raise Refusal(f"{said} is not in the calendar", hint if item.data == "slashed" else "", item.meta.column)
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
    return _dated(_number(numbers[0]), MONTHS.index(month.children[0].type) + 1, year, item, frame, clock)


def _day_only(item: Node, frame: Frame, clock: dt.time | None) -> dt.date:
    """The 24th: the nearest month that has one."""
    number, first = _number(item.children[0]), frame.today.replace(day=1)

    def in_month(step: int) -> dt.date | None:
        month = _add_months(first, step)
        return month.replace(day=number) if 1 <= number <= _length(month.year, month.month) else None

    found = _nearest(frame, clock, in_month)
    if found is None:
        raise Refusal(f"No month has a day {number}", "", item.meta.column)
    return found


def _number(token: str) -> int:
    """Return the number of 24, 24., 24th, two or an."""
    digits = re.match("[0-9]+", token)
    if digits:
        return int(digits.group()[:9])
    for names in (COUNTS, ORDINALS):
        if token in names:
            return names.index(token) + 1
    return 1


def _weekday(item: Node, frame: Frame, clock: dt.time | None) -> dt.date:
    """Tue: the nearest one, never today when looking forward."""
    days = weekday_number(item)
    found = _nearest(frame, clock, lambda step: _monday(frame.today, step) + dt.timedelta(days=days))
    assert found is not None
    return found


def _of_week(weeks: int) -> Callable[[Node, Frame, dt.time | None], dt.date]:
    """This fri, next tue, tue next week: a weekday of a given week."""
    return lambda item, frame, _: _monday(frame.today, weeks) + dt.timedelta(days=weekday_number(item.children[0]))


def _last_weekday(item: Node, frame: Frame, _: dt.time | None) -> dt.date:
    """Last mon: the latest one before today."""
    behind = (frame.today.weekday() - weekday_number(item.children[1])) % 7 or 7
    return frame.today - dt.timedelta(days=behind)


def _next_period(item: Node, frame: Frame, _: dt.time | None) -> dt.date:
    """Next week is its Monday, next month and next year are their first day."""
    match item.children[0].type:
        case "WEEKS":
            return _monday(frame.today, 1)
        case "MONTHS":
            return _add_months(frame.today.replace(day=1), 1)
        case _:
            return dt.date(frame.today.year + 1, 1, 1)


def _nth_day(item: Node, frame: Frame, clock: dt.time | None) -> dt.date:
    """First monday of january, last day of the month, third thursday in march 2027."""
    which, what, *where = item.children
    month = where[0]
    if isinstance(month, str) or month.data == "next_month":
        first = _add_months(frame.today.replace(day=1), 0 if isinstance(month, str) else 1)
        found = _pick(first, which, what)
    else:
        number = MONTHS.index(month.children[0].type) + 1
        if len(where) > 1:
            found = _pick(dt.date(int(where[1]), number, 1), which, what)
        else:
            found = _nearest(frame, clock, lambda step: _pick(dt.date(frame.today.year + step, number, 1), which, what))
    if found is None:
        raise Refusal("That month has no such day", "say first to fourth, or last", item.meta.column)
    return found


def _pick(first: dt.date, which: Any, what: Any) -> dt.date | None:
    """Return the nth, or last, weekday or day of the month that starts at `first`; None when it has none."""
    days = [first.replace(day=number) for number in range(1, _length(first.year, first.month) + 1)]
    if not isinstance(what, str):
        days = [day for day in days if day.weekday() == weekday_number(what)]
    if which.type == "LAST":
        return days[-1]
    number = _number(which)
    return days[number - 1] if 1 <= number <= len(days) else None


def _end_of(item: Node, frame: Frame, _: dt.time | None) -> dt.date:
    """End of the week is its Friday; of a month, quarter, year the last day."""
    today = frame.today
    match item.children[0].type:
        case "EOW" | "WEEKS":
            return _monday(today) + dt.timedelta(days=4)
        case "EOM" | "MONTHS":
            month = today.month
        case "EOQ" | "QUARTER":
            month = (today.month + 2) // 3 * 3
        case _:
            month = 12
    return dt.date(today.year, month, _length(today.year, month))


def _near(item: Node, frame: Frame, _: dt.time | None) -> dt.date:
    """Yesterday, today, tomorrow."""
    return frame.today + dt.timedelta(days=("YESTERDAY", "TODAY", "TOMORROW").index(item.children[0].type) - 1)


def _days_on(days: int) -> Callable[[Node, Frame, dt.time | None], dt.date]:
    """Return the rule for a day that many days from today."""
    return lambda item, frame, _: frame.today + dt.timedelta(days=days)


def _shift(item: Node, frame: Frame, _: dt.time | None) -> dt.date:
    """+3d, in two weeks, an hour ago."""
    words = [token for token in item.children if token.type not in ("NOW", "TODAY")]
    back = item.data == "gone" or words[0] == "-"
    amount = _number(words[-2]) * (-1 if back else 1)
    match words[-1].type:
        case "DAYS":
            return frame.today + dt.timedelta(days=amount)
        case "WEEKS":
            return frame.today + dt.timedelta(weeks=amount)
        case "MONTHS" | "MONTHS_SHORT":
            return _add_months(frame.today, amount)
        case "YEARS":
            return _add_months(frame.today, 12 * amount)
        case "WORKDAYS":
            return _workdays(amount, frame, item.meta.column)
        case unit:
            span = dt.timedelta(hours=amount) if unit == "HOURS" else dt.timedelta(minutes=amount)
            moved = (frame.now.astimezone(dt.UTC) + span).astimezone(frame.now.tzinfo)
            return moved.replace(second=0, microsecond=0)


def _workdays(amount: int, frame: Frame, column: int) -> dt.date:
    """Return the day that many working days away; the first counted is the next one."""
    day, left = frame.today, abs(amount)
    for _ in range(abs(amount) * 8 + 400):
        if not left:
            return day
        if left > 2000:
            break
        day += dt.timedelta(days=1 if amount > 0 else -1)
        left -= frame.is_working(day)
    raise Refusal("No working day is that far in the calendar", "", column)


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
    "signed": _shift,
    "coming": _shift,
    "gone": _shift,
}
