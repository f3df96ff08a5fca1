"""The spans measures are counted over: since so many days, weeks, months or years."""

from __future__ import annotations

import re
from datetime import date

from followup_tui.domain.workdays import plus_days

CHOICES: tuple[tuple[str, str], ...] = (("365d", "a year"), ("all", "all time"), ("30d", "30 days"), ("90d", "90 days"))
"""What the screen offers in turn, the first one first."""
_SPAN = re.compile(r"(\d{1,4}) ?(d|w|m|y|days?|weeks?|months?|years?)")
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


def first_day(text: str, today: date) -> date | None:
    """Return the first day of a span that ends today: `30d`, `2 weeks`, `1y`; None for other words."""
    found = _SPAN.fullmatch(text)
    if not found or not int(found[1]):
        return None
    days = int(found[1]) * _DAYS[found[2][0]]
    return plus_days(today, 1 - days) if days < (today - date.min).days else date.min
