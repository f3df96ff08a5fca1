"""Where a date phrase is spoken from, and the numbers in it: what the rules for days and for times share."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any, Protocol

from followup_tui.records import dataclass

EXAMPLES = "try tomorrow, tue 3pm, +3d, in 2 weeks, 24.12. 9:00 or 2026-11-24"
_NUMBERS = """
1 a an one ein eine einem einer einen un une una
2 two zwei deux dos couple
3 three drei trois tres
4 four vier quatre cuatro
5 five funf fuenf cinq cinco
6 six sechs seis
7 seven sieben
8 eight acht
9 nine neun
10 ten zehn dix diez
11 eleven
12 twelve
13 thirteen
14 fourteen
15 fifteen
16 sixteen
17 seventeen
18 eighteen
19 nineteen
20 twenty
30 thirty
40 forty
50 fifty
60 sixty
90 ninety
"""
COUNTS = {word: int(line.split()[0]) for line in _NUMBERS.split("\n") if line for word in line.split()[1:]}
"""Numbers as words."""
ORDINALS = ("first", "second", "third", "fourth", "fifth")
_GERMAN = ("erst", "zweit", "dritt", "viert", "funft", "fuenft")


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
    """Return the number of 24, 24., 24th, two, forty-five, an or a couple of."""
    digits = re.match("[0-9]+", token)
    if digits:
        return int(digits.group()[:9])
    if token in ORDINALS:
        return ORDINALS.index(token) + 1
    if token.startswith(_GERMAN):
        return min(5, next(place for place, word in enumerate(_GERMAN, 1) if token.startswith(word)))
    return sum(COUNTS.get(word, 0) for word in re.split("[ -]+", token.removeprefix("a ").removesuffix("of"))) or 1
