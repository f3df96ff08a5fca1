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


def arriving(draft: Draft) -> Arriving:
    """Return the person of a draft as rows."""
    details = _once(draft.details)
    who, firm = fold(draft.name), fold(draft.company)
    zone = draft.zone or _zone_of(draft.details)
    good = tuple([kind for kind, _, _, _, bad in draft.details if not bad])
    person = (
        *(draft.name, draft.company, draft.title, draft.why, draft.benefit, draft.source, draft.note),
        *(1 if draft.star else 0, zone, 1 if draft.zone else 0, draft.birthday),
        *(_json(dict(draft.extra)) if draft.extra else "{}", f"{who}\n{firm}"),
    )
    return Arriving(
        keys_of(draft),
        who,
        firm,
        person,
        tuple([(*detail[:4], 1 if detail.bad else 0, place) for place, detail in enumerate(details)]),
        _folded(draft.tags),
        (draft.relation, good, draft.star, draft.birthday, draft.not_by),
        draft.own,
    )


def keys_of(draft: Draft) -> tuple[tuple[str, str], ...]:
    """Return what the person is recognised by: e-mails and phones."""
    return tuple([(_BY[kind], key) for kind, _, key, _, _ in draft.details if key and kind in _BY])


def _zone_of(details: Sequence[DetailDraft]) -> str:
    """Return the zone the first telling phone suggests, else the first telling address; empty when none does."""
    for detail in details:
        if detail.kind in ("phone", "mobile") and (zone := suggested_zone(detail.key)):
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
