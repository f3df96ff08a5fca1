"""What a configured value may be. A rule returns what it understood, or a ValueError says what was expected."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from string import Formatter

from followup_tui.domain.channels import CHANNELS, find_channel
from followup_tui.domain.model import Relation
from followup_tui.domain.occasions import next_day
from followup_tui.errors import UsageError

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_NAMES = {
    name: number
    for number, names in enumerate(
        ("mon monday", "tue tues tuesday", "wed wednesday", "thu thur thurs thursday", "fri friday", "sat saturday")
    )
    for name in names.split()
} | {"sun": 6, "sunday": 6}
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)", re.ASCII)
_HOLIDAYS = re.compile(r"[A-Z]{2,5}(-[A-Z0-9]{1,10})?", re.ASCII)
_MONTH_DAY = re.compile(r"\d\d-\d\d", re.ASCII)
_HARMLESS = str.maketrans("", "", "\u200c\u200d\u00a0\u202f\u3000")
_REGION = re.compile(r"[A-Z]{2}", re.ASCII)
_THEME = re.compile(r"[a-z0-9][a-z0-9 _-]*", re.ASCII | re.IGNORECASE)


def line(value: object) -> str:
    """Take one line of text of at most 500 characters; joiners and spaces of other scripts are part of names."""
    text = _text(value)
    if len(text) > 500 or not text.translate(_HARMLESS).isprintable():
        raise ValueError("is not one line of text")
    return text


def clock(value: object) -> time:
    """Take a time of day: `09:00`, or TOML's own 09:00:00."""
    if isinstance(value, time):
        return value.replace(second=0, microsecond=0, tzinfo=None)
    match = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        raise ValueError("is not a time, expected HH:MM")
    return time(int(match[1]), int(match[2]))


def day_start(value: object) -> time:
    """Take the time at which a day starts: in the morning."""
    start = clock(value)
    if start >= time(12):
        raise ValueError("is too late for a day to start, expected HH:MM before 12:00")
    return start


def whole(low: int, high: int) -> Callable[[object], int]:
    """Return the rule of a whole number within limits."""

    def rule(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise ValueError(f"is not right, expected a whole number from {low} to {high}")
        return value

    return rule


def number(low: float, high: float) -> Callable[[object], float]:
    """Return the rule of a number within limits."""

    def rule(value: object) -> float:
        if not isinstance(value, int | float) or isinstance(value, bool) or not low <= value <= high:
            raise ValueError(f"is not right, expected a number from {low:g} to {high:g}")
        return float(value)

    return rule


def yes_or_no(value: object) -> bool:
    """Return a yes or no."""
    if not isinstance(value, bool):
        raise ValueError("expected true or false")
    return value


def one_of(*choices: str) -> Callable[[object], str]:
    """Return the rule of a text that is one of a few words."""

    def rule(value: object) -> str:
        if not isinstance(value, str) or value.casefold() not in choices:
            raise ValueError("is not known, expected " + " or ".join(f"“{choice}”" for choice in choices))
        return value.casefold()

    return rule


def days(value: object) -> frozenset[int]:
    """Take a list of weekdays, at least one; 0 is Monday."""
    expected = "expected a list of " + ", ".join(DAYS)
    if not isinstance(value, list) or not value:
        raise ValueError(f"names no days, {expected}")
    numbers = set()
    for item in value:
        name = item.strip().casefold() if isinstance(item, str) else ""
        if name not in _DAY_NAMES:
            raise ValueError(f"has a day nobody knows, {expected}")
        numbers.add(_DAY_NAMES[name])
    return frozenset(numbers)


def channels(value: object) -> tuple[str, ...]:
    """Take a list of channels by name, letter or synonym, in order and each once; empty: any."""
    if not isinstance(value, list):
        raise ValueError("is not a list of channels")
    found: dict[str, None] = {}
    for item in value:
        try:
            found[find_channel(_text(item)).name] = None
        except UsageError:
            names = ", ".join(channel.name for channel in CHANNELS)
            raise ValueError(f"has a channel nobody knows, expected some of {names}") from None
    return tuple(found)


def color(value: object) -> str:
    """Take a role of the theme by name; an empty text is plain."""
    from followup_tui.config import BLOCK_COLORS

    name = _text(value).strip().casefold()
    if name and name not in BLOCK_COLORS:
        raise ValueError("is not a colour, expected one of " + ", ".join(BLOCK_COLORS))
    return name


def channel(value: object) -> str:
    """Take one channel by name, letter or synonym."""
    return channels([value])[0]


def relations(value: object) -> frozenset[str]:
    """Take a list of relations in play; true for those we would choose, false for none."""
    from followup_tui.config import CARDS_FOR

    if isinstance(value, bool):
        return CARDS_FOR if value else frozenset()
    known = [relation.value for relation in Relation if relation.in_play]
    items = value if isinstance(value, list) else [None]
    names = {item.strip().casefold() if isinstance(item, str) else "" for item in items}
    if not names <= set(known):
        raise ValueError("is not right, expected a list of " + ", ".join(known))
    return frozenset(names)


def month_day(value: object) -> str:
    """Take month and day as `12-25`, or a whole date whose year is left out; empty: none."""
    text = value.isoformat() if isinstance(value, date) else _text(value).strip()
    short = text[5:10] if len(text) == 10 else text
    if short and (not _MONTH_DAY.fullmatch(short) or next_day(short, date(2024, 1, 1)) is None):
        raise ValueError("is not a day of the year, expected month and day as 12-25")
    return short


def zone(value: object) -> str:
    """Take an IANA zone."""
    from followup_tui.config import is_zone

    name = _text(value).strip()
    if not is_zone(name):
        raise ValueError("is not a zone, expected a name as Europe/Berlin")
    return name


def holidays(value: object) -> str:
    """Take a country, or a part of one, by shape only: whether it has holidays is known where they are read."""
    code = _text(value).strip().upper()
    if code and not _HOLIDAYS.fullmatch(code):
        raise ValueError("is not a country, expected a code as DE, US or DE-BY, or an empty text for none")
    return code


def region(value: object) -> str:
    """Take a country of two letters."""
    code = _text(value).strip().upper()
    if code and not _REGION.fullmatch(code):
        raise ValueError("is not a country, expected two letters as DE")
    return code


def theme(value: object) -> str:
    """Take the name of a theme, by shape."""
    name = _text(value).strip()
    if not _THEME.fullmatch(name):
        raise ValueError("is not the name of a theme, expected letters and digits")
    return name


def command(*places: str) -> Callable[[object], str]:
    """Return the rule of a program with places to fill; its own name has none, so that data never names a program."""
    shown = ", ".join(f"{{{place}}}" for place in places)

    def rule(value: object) -> str:
        import shlex

        text = line(value).strip()
        try:
            words = shlex.split(text)
            used = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
        except ValueError:
            raise ValueError("has quotes or braces that do not match") from None
        if words and "{" in words[0]:
            raise ValueError("has a place to fill in the program's name, expected it after the name")
        if used - set(places):
            raise ValueError(f"has a place nobody fills, expected {shown}")
        return text

    return rule


def _text(value: object) -> str:
    """Return a text, or say that it is none."""
    if not isinstance(value, str):
        raise ValueError("is not a text, expected it in quotes")
    return value
