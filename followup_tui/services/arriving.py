"""People of a file as rows: all that can be said of them without a look into the database.

What is made here may come from another process (`reading_beside.py`), so it holds plain values only.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

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
_BY = {"email": "email", "phone": "phone", "mobile": "phone"}
_json = json.JSONEncoder(ensure_ascii=False).encode
Begins = tuple[str, tuple[str, ...], bool, str, tuple[str, ...]]
"""Relation, kinds of good details, star, birthday, channels not wanted: what a beginning depends on."""
DetailRow = tuple[str, str, str, str, int, int]


class Arriving(NamedTuple):
    """Somebody a file describes."""

    keys: tuple[tuple[str, str], ...]
    """E-mails and phones, by which the person is recognised."""
    who: str
    """The folded name."""
    firm: str
    """The folded company."""
    person: tuple[str | int, ...]
    """In the order of `PERSON`."""
    details: tuple[DetailRow, ...]
    """Each once, in the order of `DETAIL`."""
    tags: tuple[str, ...]
    """As they are kept, each once."""
    begins: Begins
    own: str = ""
    """The id in the database the file is an export of: two ids are two people."""

    @property
    def facts(self) -> tuple[object, ...]:
        """All that is stored: who comes with the same once more brings nothing new."""
        return self.person, self.details, self.tags, self.begins

    @property
    def name(self) -> str:
        """The name as it is written."""
        return str(self.person[0])


def arriving(draft: Draft, given: tuple[str, ...] = ()) -> Arriving:
    """Return the person of a draft as rows, with the tags that are given to everybody."""
    _, name, company, title, found, why, benefit, source, birthday, zone, tags, star = draft[:12]
    note, relation, _, extra, not_by, own = draft[12:]
    who, firm = fold(name), _firm(company)
    rows, good = [], []
    for place, (kind, value, key, label, bad) in enumerate(_once(found)):
        rows.append((kind, value, key, label, 1 if bad else 0, place))
    for kind, _, _, _, bad in found:
        if not bad:
            good.append(kind)
    tags = tags + given if given else tags
    starred = 1 if star else 0
    beside = _json(dict(extra)) if extra else "{}"
    confirmed, zone = (1, zone) if zone else (0, _zone_of(found))
    search = f"{who}\n{firm}"
    person = (name, company, title, why, benefit, source, note, starred, zone, confirmed, birthday, beside, search)
    begins = (relation, tuple(good), star, birthday, not_by)
    return _arriving((keys_of(draft), who, firm, person, tuple(rows), _folded(tags) if tags else (), begins, own))


_arriving = Arriving._make
_firm = lru_cache(maxsize=4000)(fold)
"""A company has many people."""


def keys_of(draft: Draft) -> tuple[tuple[str, str], ...]:
    """Return what the person is recognised by: e-mails and phones."""
    return tuple([(_BY[kind], key) for kind, _, key, _, _ in draft.details if key and kind in _BY])


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
