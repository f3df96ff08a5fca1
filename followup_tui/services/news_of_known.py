"""What a file adds to somebody who is there already."""

from __future__ import annotations

import json

from followup_tui.domain.folding import fold
from followup_tui.services.arriving import PERSON, Arriving
from followup_tui.services.joining import put_beside
from followup_tui.storage import people
from followup_tui.storage.unit_of_work import Row

_FILLED = ("company", "title", "why", "benefit", "source", "birthday", "zone", "note")
_CLASHING = ("name", *(name for name in _FILLED if name != "note"))


def news(person: people.Person, one: Arriving) -> Row:
    """Return what a file adds to somebody known: what was empty, another note, and beside them what clashes.

    Nothing is overwritten and nothing dropped, as when two people are merged; the same file again adds nothing.
    """
    said = dict(zip(PERSON, one.person, strict=True))
    if not said["zone_confirmed"]:
        said["zone"] = ""
    changes: Row = {name: said[name] for name in _FILLED if said[name] and not getattr(person, name)}
    note = str(said["note"])
    if note and "note" not in changes and note not in person.note:
        changes["note"] = f"{person.note}\n\n{note}"
    before = json.loads(person.extra)
    extra = dict(before)
    for key, text in json.loads(str(said["extra"])).items():
        put_beside(extra, key, text)
    for name in _CLASHING:
        text, here = str(said[name]), getattr(person, name)
        if text and here and fold(text) != fold(here) and not (name == "zone" and not person.zone_confirmed):
            put_beside(extra, f"other {name}", text)
    if extra != before:
        changes["extra"] = json.dumps(extra, ensure_ascii=False)
    return changes


def has(person: people.Person, kind: str, value: str, key: str) -> bool:
    """Return whether somebody has this detail already, however it is written."""
    same = (other for other in person.details if other.kind == kind)
    return any(other.value == value or (other.key and other.key == key) for other in same)
