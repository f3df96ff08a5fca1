"""The arithmetic of spans: +3d, in two weeks, an hour ago. Days by the calendar, hours and minutes elapsed."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Any

from followup_tui.errors import PhraseError
from followup_tui.language.frame import EXAMPLES, Frame, Node, spoken_number


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day some months on, clamped to the month's end: 31 Jan + 1 is 28 Feb.

    ValueError beyond the calendar's years. By pendulum; the domain counts its own months, for the start needs those.
    """
    import pendulum

    moved = pendulum.date(day.year, day.month, day.day).add(months=months)
    return dt.date(moved.year, moved.month, moved.day)


def length(year: int, month: int) -> int:
    """Return the days of a month; beyond the calendar's years it is a ValueError."""
    dt.date(year, month, 1)
    return calendar.monthrange(year, month)[1]


def monday(day: dt.date, weeks: int = 0) -> dt.date:
    """Return the Monday of the day's week, or of a week some weeks on."""
    return day + dt.timedelta(days=7 * weeks - day.weekday())


def shift(item: Node, frame: Frame, _: dt.time | None) -> dt.date:
    """+3d, in two weeks, an hour ago; two weeks alone lie where the speaker looks."""
    words = [token for token in item.children if token.type != "NOW"]
    back = item.data == "gone" or words[0] == "-" or (item.data == "span" and not frame.future)
    sign = -1 if back else 1
    if words[-1].type in ("HOUR_SPAN", "HALF_HOURS"):
        return _elapsed(sign * dt.timedelta(minutes=_minutes(words[-1])), frame)
    return moved(words[-2:], sign, frame, item.meta.column)


def moved(words: list[Any], sign: int, frame: Frame, column: int) -> dt.date:
    """Return the day, or for hours and minutes the moment, that an amount and a unit lie away."""
    amount = spoken_number(words[0]) * sign
    match words[1].type:
        case "DAYS":
            return frame.today + dt.timedelta(days=amount)
        case "WEEKS":
            return frame.today + dt.timedelta(weeks=amount)
        case "FORTNIGHTS":
            return frame.today + dt.timedelta(weeks=2 * amount)
        case "MONTHS" | "MONTHS_SHORT":
            return add_months(frame.today, amount)
        case "YEARS":
            return add_months(frame.today, 12 * amount)
        case "WORKDAYS":
            return workdays(amount, frame, column)
        case unit:
            return _elapsed(dt.timedelta(hours=amount) if unit == "HOURS" else dt.timedelta(minutes=amount), frame)


def _elapsed(span: dt.timedelta, frame: Frame) -> dt.datetime:
    later = (frame.now.astimezone(dt.UTC) + span).astimezone(frame.now.tzinfo)
    return later.replace(second=0, microsecond=0)


def _minutes(token: str) -> int:
    """Return the minutes of half an hour, an hour and a half, 1.5 hours, 1h30."""
    numbers = re.findall("[0-9]+", token)
    if not numbers:
        return 90 if " and a" in token else 30
    if re.match("[0-9]+[.,]", token):
        return round(60 * float(".".join(numbers[:2])))
    return 60 * int(numbers[0]) + int(numbers[1])


def workdays(amount: int, frame: Frame, column: int) -> dt.date:
    """Return the day that many working days away; the first counted is the next one."""
    day, left = frame.today, abs(amount)
    for _ in range(abs(amount) * 8 + 400):
        if not left:
            return day
        if left > 2000:
            break
        day += dt.timedelta(days=1 if amount > 0 else -1)
        left -= frame.is_working(day)
    raise PhraseError("No working day is that far in the calendar", EXAMPLES, column)
