"""Where a date phrase is spoken from, and the numbers in it: what the rules for days and for times share."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any, Protocol

from followup_tui.records import dataclass

EXAMPLES = "try tomorrow, tue 3pm, +3d, in 2 weeks, 24.12. 9:00 or 2026-11-24"
COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
ORDINALS = ("first", "second", "third", "fourth", "fifth")


class Node(Protocol):
    """What the rules see of a parsed item: its rule, its words and items, and where it stands."""

    data: str
    children: list[Any]

    @property
    def meta(self) -> Any:
        """Return the place in the text, with a 1-based `column`."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the speaker stands: now in their zone, their day order and working days, and which way they look."""

    now: dt.datetime
    today: dt.date
    clock: dt.time
    order: str
    is_working: Callable[[dt.date], bool]
    future: bool


def spoken_number(token: str) -> int:
    """Return the number of 24, 24., 24th, two or an."""
    digits = re.match("[0-9]+", token)
    if digits:
        return int(digits.group()[:9])
    for names in (COUNTS, ORDINALS):
        if token in names:
            return names.index(token) + 1
    return 1
