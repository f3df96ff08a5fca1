"""One prospect of a complete export, checked field by field and with its state recomputed from its journal."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, cast

from followup_tui.config import is_zone
from followup_tui.domain.channels import BY_NAME, DETAIL_KINDS
from followup_tui.domain.cleaning import clean_stored
from followup_tui.domain.events import Added, Event, Logged, Merged
from followup_tui.domain.model import State
from followup_tui.domain.retelling import Retelling
from followup_tui.errors import FollowupError
from followup_tui.exchange.birthdays import NotADate, birthday
from followup_tui.exchange.drafts import DetailDraft
from followup_tui.exchange.values import text_of
from followup_tui.exchange.whole import Whole
from followup_tui.records import dataclass
from followup_tui.services.details import typed
from followup_tui.services.returned_rules import Rulebook
from followup_tui.storage.journal import KINDS, Placement
from followup_tui.storage.sound import sound

WORDS = ("name", "company", "title", "why", "benefit", "source", "goal")
_ID = re.compile(r"[0-9a-z]{1,16}")
_PACE = re.compile(r"normal|gentle|\+?\d{1,3}(?: ?\+?\d{1,3}){0,20}")
_SENTIMENTS = {"", "good", "neutral", "bad"}
_SHORT = 60
"""Characters of a name that is remembered once it was cleaned."""


class Refused(ValueError):
    """The prospect can't be taken; the words say why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a journal, its ids already ours but for its own."""

    number: int
    """Its id in the file; a companion names the touch it accompanies by it."""
    event: Event
    at: datetime
    logged_at: datetime
    rules_id: int
    placed: Placement
    template: str | None
    strand: str


@dataclass(slots=True)
class Returned:
    """One prospect, ready to be stored."""

    line: int
    id: str
    """Empty when the file has none that could be used."""
    words: dict[str, str]
    details: list[DetailDraft]
    tags: list[str]
    extra: dict[str, str]
    zone: str
    zone_confirmed: bool
    birthday: str
    referred_by: str | None
    created_at: datetime
    entries: list[Entry]
    state: State
    problems: list[tuple[str, str]] = field(default_factory=list)
    """Field and reason of what was left out."""


def checked(whole: Whole, rulebook: Rulebook, region: str) -> Returned:
    """Return a prospect of the file; Refused when its name or its journal is not what it has to be."""
    try:
        facts = _cleaned(whole.document)
        entries = list(_entries(facts, rulebook))
        state = _retold(entries, rulebook)
    except FollowupError as error:
        raise Refused(f"its journal can't be replayed: {error.title}") from None
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise Refused(f"its journal can't be read: {str(error)[:120]}") from None
    words = {name: clean_stored(text_of(facts.get(name))) for name in WORDS}
    words["note"] = text_of(facts.get("note"))
    if not words["name"]:
        raise Refused("the name is missing")
    found = Returned(
        line=whole.line,
        id=id_of(facts) or "",
        words=words,
        details=[],
        tags=_tags(facts.get("tags")),
        extra=_extra(facts.get("extra")),
        zone="",
        zone_confirmed=False,
        birthday="",
        referred_by=id_of(facts, "referred_by"),
        created_at=_instant(facts.get("created_at")) or entries[0].logged_at,
        entries=entries,
        state=state,
    )
    _add_details(found, facts.get("details"), region)
    _add_zone_and_birthday(found, facts)
    return found


def _retold(entries: list[Entry], rulebook: Rulebook) -> State:
    """Return the state by the journal; ValueError when a strand of it was never merged."""
    telling = Retelling()
    for entry in entries:
        telling.tell(entry.strand, entry.event, entry.logged_at, rulebook.by_id[entry.rules_id])
    if telling.loose:
        raise ValueError("it holds the entries of somebody else")
    return telling.state


def _cleaned(value: Any) -> Any:
    """Return a JSON value with all its texts fit to be stored."""
    kind = type(value)
    if kind is str:
        plain = value.isascii() and value.isprintable() and value[:1] != " " and value[-1:] != " "
        return value if plain else clean_stored(value, multiline=True)
    if kind is dict:
        return {
            _key(key) if len(key) < _SHORT else clean_stored(key): _cleaned(item) if item else item
            for key, item in value.items()
        }
    if kind is list:
        return [_cleaned(item) for item in value]
    return value


@lru_cache(maxsize=1000)
def _key(name: str) -> str:
    return clean_stored(name)


def id_of(document: Mapping[str, Any], name: str = "id") -> str | None:
    """Return an id out of a document when it is one of the shape ours have."""
    value = document.get(name)
    return value if isinstance(value, str) and _ID.fullmatch(value) else None


def _instant(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        return moment.astimezone(UTC) if moment and moment.tzinfo and 1900 <= moment.year < 2300 else None
    except ValueError:
        return None


def _entries(facts: Mapping[str, Any], rulebook: Rulebook) -> Iterator[Entry]:
    journal = facts.get("journal")
    if not isinstance(journal, list) or not journal:
        raise ValueError("there is none")
    begun = set[str]()
    for place, entry in enumerate(journal):
        kind = KINDS.get(str(entry.get("kind")))
        strand = clean_stored(text_of(entry.get("strand")))
        if kind is None or (kind is Added) != (strand not in begun):
            raise ValueError(f"entry {place + 1} is no {str(entry.get('kind'))[:20]}")
        event = _mapped(sound(kind, entry.get("event")), rulebook)
        at, logged_at = _instant(entry.get("at")), _instant(entry.get("logged_at"))
        if at is None or logged_at is None:
            raise ValueError(f"entry {place + 1} has no time")
        placed = Placement(
            _number(entry.get("step")),
            rulebook.cadences.get(_number(entry.get("cadence_id")) or 0),
            _number(entry.get("companion_of")),
            _words(entry.get("promise")),
        )
        number = _number(entry.get("id")) or -place
        rules_id = rulebook.rules[entry["rules_id"]][0]
        begun.add(strand)
        yield Entry(number, event, at, logged_at, rules_id, placed, _words(entry.get("template")), strand)


def _number(value: object) -> int | None:
    return value if type(value) is int and abs(value) < 1 << 53 else None


def _words(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _mapped(event: Event, rulebook: Rulebook) -> Event:
    """Return an event that speaks of our cadences; ValueError for words no event of ours has."""
    if isinstance(event, Logged):
        touch = event.touch
        if touch.channel not in BY_NAME:
            raise ValueError(f"the channel {touch.channel[:40]} is not known here")
        if touch.sentiment not in _SENTIMENTS or (touch.until_zone is not None and not is_zone(touch.until_zone)):
            raise ValueError("a touch has an unknown sentiment or zone")
    if isinstance(event, Merged):
        event = replace(event, taken=None)
    if (pace := getattr(event, "pace", None)) is not None and not _PACE.fullmatch(pace):
        raise ValueError("an unknown pace")
    if not getattr(event, "good", frozenset()) <= set(DETAIL_KINDS):
        raise ValueError("an unknown kind of detail")
    key = getattr(event, "cadence_id", None)
    if key is None:
        return event
    moved: Event = replace(cast(Any, event), cadence_id=rulebook.cadences[key])
    return moved


def _tags(value: object) -> list[str]:
    tags = value if isinstance(value, list) else []
    words = (clean_stored(tag).casefold() for tag in tags if isinstance(tag, str))
    return list(dict.fromkeys(word for word in words if word))


def _extra(value: object) -> dict[str, str]:
    if not isinstance(value, Mapping):
        return {}
    texts = {
        key: json.dumps(item, ensure_ascii=False) if isinstance(item, (dict, list)) else text_of(item)
        for key, item in value.items()
    }
    return {key: text for key, text in texts.items() if key and text}


def _add_details(found: Returned, value: object, region: str) -> None:
    for detail in value if isinstance(value, list) else []:
        given = detail if isinstance(detail, Mapping) else {}
        kind, text, key = given.get("kind"), clean_stored(text_of(given.get("value"))), given.get("key")
        if kind not in DETAIL_KINDS or not text:
            found.problems.append(("details", f"no detail of a known kind: {text_of(kind)[:20]} {text[:40]}; left out"))
            continue
        if not isinstance(key, str):
            try:
                key = typed(str(kind), text, region)[1]
            except FollowupError:
                key = ""
        bad = "bad" if given.get("bad") is True else ""
        found.details.append(DetailDraft(str(kind), text, key, clean_stored(text_of(given.get("label"))), bad))


def _add_zone_and_birthday(found: Returned, facts: Mapping[str, Any]) -> None:
    zone = clean_stored(text_of(facts.get("zone")))
    if is_zone(zone):
        found.zone, found.zone_confirmed = zone, facts.get("zone_confirmed") is True
    elif zone:
        found.problems.append(("zone", f"no time zone called {zone[:40]}; write it as Europe/Berlin"))
    text = clean_stored(text_of(facts.get("birthday")))
    try:
        found.birthday = birthday(text)
    except NotADate as error:
        found.problems.append(("birthday", str(error)))
