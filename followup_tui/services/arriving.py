"""People of a file as rows: all that can be said of them without a look into the database.

What is made here may come from another process (`reading_beside.py`), so it holds plain values only.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from typing import NamedTuple, cast

from followup_tui.domain.folding import fold
from followup_tui.exchange.address_zones import zone_of_address
from followup_tui.exchange.drafts import DetailDraft, Draft
from followup_tui.services.details import suggested_zone

PERSON = (
    *("name", "company", "title", "why", "benefit", "source", "note", "star", "zone", "zone_confirmed", "birthday"),
    *("extra", "search"),
)
"""The columns of `prospect` that a file says something about."""
DETAIL = ("kind", "value", "key", "label", "bad", "position")
"""Those of `detail`."""
BY = {"email": "email", "phone": "phone", "mobile": "phone"}
"""Kinds of details by which somebody is recognised."""
_json = json.JSONEncoder(ensure_ascii=False).encode
Begins = tuple[str, tuple[str, ...], bool, str, tuple[str, ...]]
"""Relation, kinds of good details, star, birthday, channels not wanted: what a beginning depends on."""
DetailRow = tuple[str, str, str, str, int, int]
_WIDE = len(DETAIL)


class Arriving(NamedTuple):
    """Somebody a file describes."""

    person: tuple[str | int, ...]
    """In the order of `PERSON`."""
    details: tuple[str | int, ...]
    """Each once, in the order of `DETAIL`, one behind the other."""
    tags: tuple[str, ...]
    """As they are kept, each once."""
    begins: Begins
    own: str = ""
    """The id in the database the file is an export of: two ids are two people."""

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """E-mails and phones, by which the person is recognised."""
        return keys_of(self.kinds_and_keys)

    @property
    def kinds_and_keys(self) -> Iterable[tuple[str, str]]:
        """Of the details."""
        found = self.details
        return zip(found[::_WIDE], found[2::_WIDE], strict=True)  # type: ignore[arg-type]

    @property
    def label(self) -> tuple[str, str]:
        """The folded name and the folded company."""
        who, _, firm = str(self.person[-1]).partition("\n")
        return who, firm

    @property
    def rows(self) -> list[DetailRow]:
        """The details, each in the order of `DETAIL`."""
        found = self.details
        return [found[begin : begin + _WIDE] for begin in range(0, len(found), _WIDE)]  # type: ignore[misc]

    @property
    def facts(self) -> tuple[object, ...]:
        """All that is stored: who comes with the same once more brings nothing new."""
        return self[:4]

    @property
    def name(self) -> str:
        """The name as it is written."""
        return str(self.person[0])


def arriving(draft: Draft, given: tuple[str, ...] = ()) -> Arriving:
    """Return the person of a draft as rows, with the tags that are given to everybody."""
    _, name, company, title, found, why, benefit, source, birthday, zone, tags, star = draft[:12]
    note, relation, _, extra, not_by, own = draft[12:]
    rows: list[str | int] = []
    for place, (kind, value, key, label, bad) in enumerate(_once(found)):
        rows += (kind, value, key, label, 1 if bad else 0, place)
    good = tuple([kind for kind, _, _, _, bad in found if not bad])
    tags = tags + given if given else tags
    starred = 1 if star else 0
    beside = _json(dict(extra)) if extra else "{}"
    confirmed, zone = (1, zone) if zone else (0, _zone_of(found))
    search = f"{fold(name)}\n{_firm(company)}"
    person = (name, company, title, why, benefit, source, note, starred, zone, confirmed, birthday, beside, search)
    begins = _begins((relation, good, star, birthday, not_by))
    return made_of((person, tuple(rows), _folded(tags) if tags else (), begins, own))


made_of = partial(cast(Callable[..., Arriving], tuple.__new__), Arriving)
"""What `_make` does, at a third of the time."""
_firm = lru_cache(maxsize=4000)(fold)
"""A company has many people."""


@lru_cache(maxsize=4000)
def _begins(found: Begins) -> Begins:
    """Return the same object for the same beginning: it is handed over once for all who have it."""
    return found


def keys_of(details: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return what somebody with details of these kinds and keys is recognised by: e-mails and phones."""
    return tuple([(BY[kind], key) for kind, key in details if key and kind in BY])


def _zone_of(details: Sequence[DetailDraft]) -> str:
    """Return the zone the first telling phone suggests, else the first telling address; empty when none does."""
    for kind, _, key, _, _ in details:
        if (kind == "phone" or kind == "mobile") and (zone := suggested_zone(key)):
            return zone
    return next((zone for one in details if one.kind == "address" and (zone := zone_of_address(one.value))), "")


@lru_cache(maxsize=2000)
def _folded(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Return tags as they are kept, each once."""
    return tuple(dict.fromkeys([tag.casefold() for tag in tags]))


def _once(details: Sequence[DetailDraft]) -> Sequence[DetailDraft]:
    """Return details without repetitions."""
    if len(details) == len({detail[2] for detail in details}):
        return details  # no key is there twice
    return list({(detail.kind, detail.key or detail.value): detail for detail in reversed(details)}.values())[::-1]
