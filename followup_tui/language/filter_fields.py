"""The fields of the filter language, and what may stand behind each: words, choices, numbers, days."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from datetime import UTC, date, datetime, time

from followup_tui.domain.channels import CHANNELS, DETAIL_KINDS, find_channel
from followup_tui.domain.cleaning import clean_stored
from followup_tui.domain.folding import fold
from followup_tui.domain.model import PlanKind, Relation
from followup_tui.domain.outcomes import find_outcome
from followup_tui.errors import PhraseError, UsageError
from followup_tui.language.dates import parse_when
from followup_tui.records import dataclass

TEXT, TAG, CHOICE, NUMBER, DAY, LIST = "text", "tag", "choice", "number", "day", "list"
NONE = "none"
"""The value of a field that holds nothing: `due:none`, `last:none`, `cadence:none`, `touched:never`."""
MAX_DAYS = 36_500
LONGEST_VALUE = 200
"""Characters of one value; a search for more is a mistake, and SQLite limits patterns."""
_AGE = re.compile(r"(\d{1,6})\s*(d|days?|w|weeks?|m|months?|y|years?)", re.ASCII | re.IGNORECASE)
_UNIT_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
_ANY_DAY = datetime(2026, 11, 24, 12, tzinfo=UTC)
"""Only to try a phrase; what it means is decided when the filter is used."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its kind decides the operators, its choices the values."""

    kind: str
    example: str
    choices: Mapping[str, str] = field(default_factory=dict)
    """What may be typed (folded) → what it means."""
    finder: Callable[[str], str] | None = None
    """Takes what the choices don't name; UsageError for what it doesn't know."""
    empty: bool = False
    """Whether `none` asks for those that have nothing there."""
    future: bool = True
    """Whether a bare weekday is the coming one."""


def _same(words: Iterable[str], **synonyms: str) -> dict[str, str]:
    """Return choices that mean themselves, and comma-separated synonyms of some; `_` stands for a space."""
    choices = {word: word for word in words}
    for meaning, others in synonyms.items():
        choices |= {other.strip(): meaning.replace("_", " ") for other in others.split(",")}
    return choices


_RELATIONS = _same(
    (relation.value for relation in Relation),
    do_not_contact="dnc, stop, opted out",
    customer="customers, won",
    engaged="engage, warm",
    nurture="nurturing",
    closed="close, lost",
)
_STATES = _same(
    ("overdue", "new", "paused", "blocked", "decision", "resting", "starred", "due", "today", "promise", "in play"),
    decision="decisions, question",
    resting="at rest, rest",
    starred="star, ★",
    promise="promised, promises, meeting",
    in_play="playing",
    naked="naked",
    blocked="stuck",
)
_KINDS = _same((kind.value for kind in PlanKind), decision="decisions, question", own="own date")
_FACTS = _same(
    (*DETAIL_KINDS, "note", "birthday", "benefit", "why", "company", "title", "source", "zone", "goal", "tag"),
    address="addresses, mail",
    detail="detail, details",
    phone="phones",
    email="emails, e mail",
    note="notes",
    tag="tags",
    cadence="cadence",
    response="response, reply",
    touch="touch, touches",
)
_YES = {"yes": "yes", "y": "yes", "true": "yes", "1": "yes", "no": "no", "n": "no", "false": "no", "0": "no"}


def _channel(text: str) -> str:
    return find_channel(text).name


def _outcome(text: str) -> str:
    return find_outcome(text).value


_CHANNELS = {channel.name: channel.name for channel in CHANNELS}
FIELDS: dict[str, Field] = {
    "relation": Field(CHOICE, "relation:cold", _RELATIONS),
    "is": Field(CHOICE, "is:overdue", _STATES | _RELATIONS),
    "has": Field(CHOICE, "has:email", _FACTS),
    "kind": Field(CHOICE, "kind:promise", _KINDS, empty=True),
    "channel": Field(CHOICE, "channel:phone", _CHANNELS, _channel, empty=True),
    "last": Field(CHOICE, "last:phone", _CHANNELS, _channel, empty=True),
    "outcome": Field(CHOICE, 'outcome:"left voicemail"', {}, _outcome, empty=True),
    "star": Field(CHOICE, "star:yes", _YES),
    "tag": Field(TAG, "tag:roof", empty=True),
    "list": Field(LIST, 'list:"Went quiet"'),
    "name": Field(TEXT, "name:lee"),
    "company": Field(TEXT, 'company:"Acme Ltd"', empty=True),
    "title": Field(TEXT, "title:owner", empty=True),
    "email": Field(TEXT, "email:ann@example.org", empty=True),
    "phone": Field(TEXT, "phone:0151", empty=True),
    "mobile": Field(TEXT, "mobile:0151", empty=True),
    "fax": Field(TEXT, "fax:0151", empty=True),
    "address": Field(TEXT, "address:Berlin", empty=True),
    "source": Field(TEXT, "source:fair", empty=True),
    "why": Field(TEXT, "why:storm", empty=True),
    "benefit": Field(TEXT, "benefit:time", empty=True),
    "note": Field(TEXT, "note:ladder", empty=True),
    "zone": Field(TEXT, "zone:Berlin", empty=True),
    "cadence": Field(TEXT, "cadence:steady", empty=True),
    "attempts": Field(NUMBER, "attempts<3"),
    "touches": Field(NUMBER, "touches>=5"),
    "momentum": Field(NUMBER, "momentum<50%"),
    "due": Field(DAY, "due<=today", empty=True),
    "touched": Field(DAY, "touched>14d", empty=True, future=False),
    "created": Field(DAY, "created<7d", future=False),
}


def read_value(name: str, operator: str, text: str, column: int) -> tuple[str, str]:
    """Return operator and value of a term in their one form; PhraseError, with the column, for what can't be.

    Words come back folded, choices as the domain names them, numbers as digits, days as the phrase that says them.
    """
    known = FIELDS[name]
    value = clean_stored(text)
    folded = fold(value.replace("\u2019", "'"))
    if not folded:
        raise PhraseError(f"“{name}” has no value", f"write {known.example}", column)
    if len(value) > LONGEST_VALUE or len(folded) > 2 * LONGEST_VALUE:
        raise PhraseError(f"a value of {len(value)} characters is too long", f"{LONGEST_VALUE} will do", column)
    exact = "=" if operator == ":" and known.kind != TEXT else operator
    if known.empty and folded in (NONE, "never", "nothing", "nobody") and operator in (":", "="):
        return "=", NONE
    if known.kind == CHOICE:
        return exact, _choice(name, known, value, column)
    if known.kind == NUMBER:
        return exact, _number(name, known, folded, column)
    if known.kind == DAY:
        return exact, _day(name, known, value, column)
    return exact, folded


def _choice(name: str, known: Field, value: str, column: int) -> str:
    """Return the choice that was meant, hyphens and underscores being spaces."""
    wanted = fold(value.replace("-", " ").replace("_", " "))
    if wanted in known.choices:
        return known.choices[wanted]
    names = list(dict.fromkeys(known.choices.values()))
    if known.finder is not None:
        try:
            return known.finder(value)
        except UsageError as error:
            hint = did_you_mean(wanted, names) or error.hint
            raise PhraseError(f"“{name}” has no value {shown(value)}", hint, column) from None
    hint = did_you_mean(wanted, known.choices) or "use one of " + ", ".join(names)
    raise PhraseError(f"“{name}” has no value {shown(value)}", hint, column)


def _number(name: str, known: Field, value: str, column: int) -> str:
    """Return the digits of a whole number; momentum may carry its per cent sign."""
    digits = value.removesuffix("%").rstrip() if name == "momentum" else value
    if not re.fullmatch("[0-9]{1,9}", digits):
        raise PhraseError(f"“{name}” needs a whole number, not {shown(value)}", f"write {known.example}", column)
    return str(int(digits))


def _day(name: str, known: Field, value: str, column: int) -> str:
    """Return a day's phrase, tried once, so that a mistake shows while it is typed."""
    if age_days(value) is not None and not known.future:
        return value
    if value.isdecimal() or age_days(value) is not None:
        meant = f"{name}<=+{value}" if known.future else f"{name}>{value}d"
        hint = f"write {meant}" + ("d" if value.isdecimal() and known.future else "")
        raise PhraseError(f"{shown(value)} is not a day", hint, column)
    if _AGE.fullmatch(value):
        raise PhraseError(f"{shown(value)} is longer than {MAX_DAYS} days", f"write {known.example}", column)
    try:
        day_of(name, value, column, today=_ANY_DAY.date(), now=_ANY_DAY)
    except PhraseError:
        day_of(name, value, column, today=_ANY_DAY.date(), now=_ANY_DAY, order="mdy")
    return value


def age_days(value: str) -> int | None:
    """Return the days of an age such as 14d, 2w, 3m or 1y (months of 30, years of 365 days), or None."""
    match = _AGE.fullmatch(value.strip())
    days = int(match[1]) * _UNIT_DAYS[match[2][0].lower()] if match else MAX_DAYS + 1
    return days if days <= MAX_DAYS else None


def day_of(name: str, value: str, column: int, *, today: date, now: datetime, order: str = "dmy") -> date:
    """Return the day a phrase means; before the day starts, today is still yesterday's date."""
    moment = now if now.date() == today else datetime.combine(today, time(23, 59), now.tzinfo)
    example = FIELDS[name].example
    try:
        when = parse_when(value, now=moment, order=order, future=FIELDS[name].future)
    except PhraseError as error:
        hint = f"write {example}, or a day such as tomorrow, fri, +3d or 2026-11-24"
        raise PhraseError(error.title, hint, column + error.column - 1) from None
    if when.time is not None:
        raise PhraseError(f"“{name}” needs a day without a time", f"write {example}", column)
    return when.date


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the hint that names what is nearest, or nothing."""
    from difflib import get_close_matches

    near = get_close_matches(word[:40], list(known), n=1, cutoff=0.6)
    return f"did you mean {near[0]}?" if near else ""


def shown(words: str) -> str:
    """Return words of the user in quotes, fit for one line."""
    line = "".join(character if character.isprintable() else "·" for character in words)
    return f"“{line[:39]}…”" if len(line) > 40 else f"“{line}”"
