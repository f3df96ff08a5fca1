"""Dates as people say them: "tue 3pm", "+3d", "first monday of january". Unknown is an error, never a guess.

The words and their order are in dates.lark, the arithmetic in the *_rules modules. ISO text never imports lark.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from followup_tui.domain.workdays import FIRST_YEAR, LAST_YEAR
from followup_tui.errors import PhraseError
from followup_tui.language import clock_rules, day_rules
from followup_tui.language.frame import EXAMPLES, Frame, Node
from followup_tui.records import dataclass

if TYPE_CHECKING:
    from lark import Lark

MAX_LENGTH = 120

_ISO = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)(?:[T ](?P<clock>\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?) ?(?P<offset>Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII | re.IGNORECASE,
)
_TIMES = {"clock", "dotted", "bare", "at"}
_MOMENTS = {"now", "signed", "coming", "gone", "span"}
_SPELLED = (
    *("tomorrow", "yesterday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january"),
    *("february", "march", "april", "august", "september", "october", "november", "december", "weekend", "business"),
)
"""Words asked about when one is nearly typed."""
_FOLDED = str.maketrans({"’": "'", "−": "-"})


@dataclass(frozen=True, slots=True)
class When:
    """What a date phrase means, in the user's zone: a local date, and a wall-clock time if one was said."""

    date: dt.date
    time: dt.time | None = None


def weekday(day: dt.date) -> bool:
    """Return whether the day is Monday to Friday: what "working" means until a calendar says otherwise."""
    return day.weekday() < 5


def parse_when(
    text: str,
    *,
    now: dt.datetime,
    order: str = "dmy",
    is_working: Callable[[dt.date], bool] = weekday,
    future: bool = True,
) -> When:
    """Return the local date, and time if one is said, that `text` means at `now` (aware, in the user's zone).

    `order` ("dmy" or "mdy") decides what 3/4 is. `future` looks forward: a bare weekday is the next one strictly after
    today, day and month the next one from today on, a bare time the next one. `future=False`, for back-dating, takes
    the latest one not after now. Phrases that say where they lie are taken at their word: "next tue" is the Tuesday of
    next week, "last mon" the latest Monday before today, "this fri" the Friday of this week even when past, weeks
    starting on Monday. "now" keeps its seconds; hours and minutes are elapsed time, cut to the minute.

    Raises PhraseError, with the 1-based column, for anything unknown, impossible or ambiguous.
    """
    phrase = text.strip()
    try:
        iso = _ISO.fullmatch(phrase)
        frame = Frame(now, now.date(), now.time(), order, is_working, future)
        when = _read_iso(iso, now) if iso else _read_phrase(text, frame)
    except (OverflowError, ValueError):
        raise PhraseError(f"{_shown(phrase)} is not a date the calendar has", EXAMPLES) from None
    if not FIRST_YEAR <= when.date.year < LAST_YEAR:
        reach = f"a year from {FIRST_YEAR} until {LAST_YEAR - 1}"
        raise PhraseError(f"{_shown(phrase)} is out of reach", reach)
    return when


def _read_iso(match: re.Match[str], now: dt.datetime) -> When:
    """Return the moment of an ISO text, in the zone of `now` if it carries an offset."""
    day, clock, offset = match["day"], match["clock"], match["offset"]
    if clock is None:
        return When(dt.date.fromisoformat(day))
    moment = dt.datetime.fromisoformat(f"{day}T{clock}{(offset or '').upper()}")
    if offset:
        moment = moment.astimezone(now.tzinfo)
    return When(moment.date(), moment.time())


def _read_phrase(text: str, frame: Frame) -> When:
    """Return what a phrase of the grammar means."""
    if not text.strip():
        raise PhraseError("No date was given", EXAMPLES)
    if len(text) > MAX_LENGTH:
        raise PhraseError(f"A date of {len(text)} characters is too long", EXAMPLES)
    items = [child for child in _parse(text).children if not isinstance(child, str)]
    names = [item.data for item in items]
    if len(items) == 1 and names[0] in _MOMENTS:
        meant = day_rules.moment(items[0], frame)
        return When(meant.date(), meant.time()) if isinstance(meant, dt.datetime) else When(meant)
    days = [item for item, name in zip(items, names, strict=True) if name not in _TIMES]
    times = [item for item, name in zip(items, names, strict=True) if name in _TIMES]
    if len(times) == 1 and times[0].data == "dotted" and clock_rules.dotted_is_date(times[0], days):
        days, times = times, []
    elif len(times) == 2 and not days and names[0] == "dotted":
        days, times = times[:1], times[1:]
    if len(times) > 1:
        raise PhraseError("Two times are one too many", "say one date and one time", times[1].meta.column)
    clock = clock_rules.clock(times[0], alone=not days) if times else None
    if not days:
        assert clock is not None
        return When(clock_rules.day_of_clock(clock, frame), clock)
    if clock is not None and any(item.data == "clock" and item.children[0].type == "MIDNIGHT" for item in _flat(times)):
        raise PhraseError("Midnight of a day is its start or its end", "say 0:00 or 23:59", times[0].meta.column)
    return When(day_rules.one_day(days, clock, frame), clock)


def _flat(times: list[Node]) -> list[Node]:
    """Return the times themselves, without the "at" before them."""
    return [item.children[0] if item.data == "at" else item for item in times]


def _parse(text: str) -> Node:
    """Return the tree of a phrase, its text folded to lower case without accents, one character for one."""
    from lark.exceptions import UnexpectedInput

    plain = unicodedata.normalize("NFC", text)
    folded = "".join(_fold(character) for character in plain)
    try:
        tree: Node = _parser().parse(folded)
        return tree
    except UnexpectedInput as unexpected:
        column = unexpected.column if isinstance(unexpected.column, int) and unexpected.column > 0 else 0
        word = re.match(r"\S+", plain[column - 1 :]) if column and not _at_end(unexpected) else None
        if word is None:
            raise PhraseError(f"{_shown(plain)} is not a whole date", EXAMPLES, len(plain.rstrip()) + 1) from None
        where = "a date" if not plain[: column - 1].strip() else f"part of a date here, at column {column}"
        said = f"{_shown(word.group())} is not understood as {where}"
        raise PhraseError(said, _meant(word.group()) or EXAMPLES, column) from None


def _meant(word: str) -> str:
    """Return the question whether a known word was meant, for one that is nearly it; never an answer."""
    from difflib import get_close_matches

    plain = "".join(map(_fold, word)).strip(",.")
    near = get_close_matches(plain, _SPELLED, 1, 0.8) if len(plain) > 3 else []
    return f"did you mean {near[0]}?" if near and near[0] != plain else ""


def _at_end(unexpected: Exception) -> bool:
    """Return whether the text ended too early."""
    return getattr(getattr(unexpected, "token", None), "type", "") == "$END"


def _fold(character: str) -> str:
    """Return one plain lower-case character, so that columns stay true."""
    if character.isspace():
        return " "
    return unicodedata.normalize("NFD", character)[0].lower()[0].translate(_FOLDED)


def _shown(words: str) -> str:
    """Return words of the user in quotes, fit for one line."""
    line = "".join(character if character.isprintable() else "·" for character in words)
    return f"“{line[:39]}…”" if len(line) > 40 else f"“{line}”"


@cache
def _parser() -> Lark:
    """Return the parser, built once, at the first phrase that is not ISO."""
    from lark import Lark

    grammar = files("followup_tui.language").joinpath("dates.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", propagate_positions=True)
