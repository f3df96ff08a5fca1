"""The arithmetic of time phrases: what 3pm, 15h and 9.30 mean, and when a number could mean two things."""

from __future__ import annotations

import datetime as dt
import re

from followup_tui.errors import PhraseError
from followup_tui.language.frame import Frame, Node


def dotted_is_date(item: Node, days: list[Node]) -> bool:
    """Return whether 24.12 is a date rather than the time 24:12; refuse when it could be both and nothing decides."""
    first, second = (int(part) for part in item.children[0].split("."))
    as_time = first < 24 and second < 60 and len(item.children[0].split(".")[1]) == 2
    as_date = 1 <= first <= 31 and 1 <= second <= 12
    if any(day.data != "weekday" for day in days):
        return False
    if as_time and as_date:
        hint = f"say {first}:{second:02} for the time, {first}.{second}. for the date"
        raise PhraseError(f"{item.children[0]} is a time or a date", hint, item.meta.column)
    return as_date and not days


def clock(item: Node, *, alone: bool) -> dt.time:
    """Return the wall-clock time of a time item; `alone` when no date stands beside it."""
    column = item.meta.column
    if item.data == "at":
        item, alone = item.children[0], False
    token = item.children[0]
    if item.data == "bare":
        raise PhraseError(
            f"{token[:12]} alone is not a time", "say 9am or 9:00, 24.12. for a date, +3d for days", column
        )
    if token.type in ("NOON", "MIDNIGHT"):
        return dt.time(12 if token.type == "NOON" else 0)
    if token.type == "HOUR_MARK" and alone and token.endswith("h") and int(token[:-1]) <= 12:
        raise PhraseError(f"{token} is a time or a span", f"say {token[:-1]}:00 or +{token}", column)
    if token.type == "HOUR_MARK" and token.endswith("clock") and int(re.split("[^0-9]", token)[0]) <= 12:
        raise PhraseError(f"{token} has no am or pm", "say 3pm or 15:00", column)
    hour, minute, second = ([int(part) for part in re.findall("[0-9]+", token)] + [0, 0])[:3]
    if len(item.children) > 1:
        if not 1 <= hour <= 12:
            raise PhraseError(f"{token[:12]} has no am or pm", "say 3pm or 15:00", column)
        hour = hour % 12 + (12 if item.children[1][0] == "p" else 0)
    if hour > 23 or minute > 59 or second > 59:
        raise PhraseError(f"{token[:12]} is not a time of day", "say 3pm or 15:00", column)
    return dt.time(hour, minute, second)


def day_of_clock(clock: dt.time, frame: Frame) -> dt.date:
    """Return the day of a bare time: its next occurrence, or looking back its latest."""
    if frame.future:
        return frame.today if clock > frame.clock else frame.today + dt.timedelta(days=1)
    return frame.today if clock <= frame.clock else frame.today - dt.timedelta(days=1)
