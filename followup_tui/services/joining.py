"""The facts of two prospects as those of one person: nothing is lost, one value of each stands first."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field

from followup_tui.domain.channels import DETAIL_KINDS
from followup_tui.errors import UsageError
from followup_tui.records import dataclass
from followup_tui.services.present import state_of
from followup_tui.services.views.merging import MergeFieldView
from followup_tui.storage.people import Detail, Person, search_text
from followup_tui.storage.unit_of_work import Value

TO_EXTRA = ("name", "company", "title", "source", "birthday", "zone", "goal")
TO_NOTE = ("why", "benefit")
TEXTS = ("name", "company", "title", "why", "benefit", "source", "birthday", "zone")
FIELDS = (*TEXTS, "pace", *DETAIL_KINDS, "cadence")
"""What can be chosen: texts, pace, whose detail of a kind stands first, whose cadence runs on."""
A, B = "a", "b"


@dataclass(slots=True)
class Joined:
    """The facts of one person out of two."""

    columns: dict[str, Value]
    """Of the kept row of `prospect`."""
    pace: str
    details: list[Detail] = field(default_factory=list)
    """In their order; labels and bad marks of both."""
    same: list[int] = field(default_factory=list)
    """Details that the kept prospect has as well."""


def checked_choices(keep: Mapping[str, str]) -> dict[str, str]:
    """Return field → `a` or `b`; UsageError naming what can be chosen."""
    for name, side in keep.items():
        if name not in FIELDS:
            raise UsageError(f"--keep: there is no field “{name}” to choose", "use one of " + ", ".join(FIELDS))
        if side not in (A, B):
            raise UsageError(f"--keep {name}: “{side}” is no side", "a is the first prospect, b the second")
    return dict(keep)


def choices(a: Person, b: Person, keep: Mapping[str, str]) -> list[MergeFieldView]:
    """Return every field with the value that stands first: as chosen, else a's unless only b has one."""
    found: list[MergeFieldView] = []
    for name in FIELDS[:-1]:
        one, two = _value(a, name), _value(b, name)
        preset = A if one or not two else B
        if name == "zone" and two and b.zone_confirmed and not a.zone_confirmed:
            preset = B
        chosen = keep.get(name, preset)
        left = two if chosen == A else one
        found.append(MergeFieldView(name, one, two, chosen, _kept_where(name, left, one == two)))
    return found


def _value(person: Person, name: str) -> str:
    if name == "pace":
        pace = state_of(person).pace
        return "" if pace == "normal" else pace
    return person.detail(name) if name in DETAIL_KINDS else str(getattr(person, name))


def _kept_where(name: str, left: str, same: bool) -> str:
    if same or not left:
        return ""
    if name in DETAIL_KINDS:
        return "stays as a further one"
    return "goes to the note" if name in TO_NOTE else f"kept as “other {name}”"


def join(a: Person, b: Person, fields: list[MergeFieldView]) -> Joined:
    """Return the facts of the person that a and b are."""
    chosen = {one.field: one.chosen for one in fields}
    sides = {A: a, B: b}
    columns: dict[str, Value] = {name: getattr(sides[chosen[name]], name) for name in TEXTS}
    columns["goal"] = a.goal or b.goal
    columns["zone_confirmed"] = int(sides[chosen["zone"]].zone_confirmed)
    columns["star"] = int(a.star or b.star)
    columns["search"] = search_text(str(columns["name"]), str(columns["company"]))
    columns["note"] = _note(a, b, chosen)
    columns["extra"] = json.dumps(_extra(a, b, chosen), ensure_ascii=False)
    columns["referred_by"] = _referrer(a, b)
    joined = Joined(columns, state_of(sides[chosen["pace"]]).pace)
    _join_details(joined, a, b, chosen)
    return joined


def _note(a: Person, b: Person, chosen: Mapping[str, str]) -> str:
    """Return both notes, and why and benefit of the side that was not chosen."""
    parts = [a.note] if a.note else []
    if b.note and b.note != a.note:
        parts.append(b.note)
    for name in TO_NOTE:
        left = getattr(b if chosen[name] == A else a, name)
        if left and left != getattr(a if chosen[name] == A else b, name):
            parts.append(f"Other {name}: {left}")
    return "\n\n".join(parts)


def _extra(a: Person, b: Person, chosen: Mapping[str, str]) -> dict[str, str]:
    """Return both extras; what clashes, and facts that were not chosen, under a second key."""
    extra: dict[str, str] = dict(json.loads(a.extra))
    for key, value in json.loads(b.extra).items():
        put_beside(extra, key, value)
    for name in TO_EXTRA:
        side = chosen.get(name, A if a.goal else B)
        left, right = (b, a) if side == A else (a, b)
        value = str(getattr(left, name))
        guessed = name == "zone" and not left.zone_confirmed
        if value and not guessed and value != getattr(right, name):
            put_beside(extra, f"other {name}", value)
    pace = state_of(b if chosen["pace"] == A else a).pace
    if pace not in ("normal", state_of(a if chosen["pace"] == A else b).pace):
        put_beside(extra, "other pace", pace)
    return extra


def put_beside(extra: dict[str, str], key: str, value: str) -> None:
    """Add a value under its key, or under the next free one when that holds another value."""
    number, free = 1, key
    while free in extra:
        if extra[free] == value:
            return
        number += 1
        free = f"{key} {number}"
    extra[free] = value


def _referrer(a: Person, b: Person) -> str | None:
    """Return who referred the person: a's referrer, else b's; nobody refers themselves."""
    for key in (a.referred_by, b.referred_by):
        if key not in (None, a.id, b.id):
            return key
    return None


def _join_details(joined: Joined, a: Person, b: Person, chosen: Mapping[str, str]) -> None:
    found: dict[tuple[str, str], Detail] = {}
    first: set[tuple[str, str]] = set()
    for side, person in ((A, a), (B, b)):
        led: set[str] = set()
        for detail in person.details:
            key = (detail.kind, detail.key or detail.value)
            had = found.get(key)
            if had is None:
                found[key] = detail
            else:
                found[key] = Detail(had.id, had.kind, had.value, _labels(had, detail), had.bad or detail.bad, had.key)
                joined.same.append(detail.id)
            if chosen[detail.kind] == side and detail.value == person.detail(detail.kind) and detail.kind not in led:
                led.add(detail.kind)
                first.add(key)
    ranked = sorted(found, key=lambda key: key not in first)
    joined.details = [found[key] for key in ranked]


def _labels(one: Detail, other: Detail) -> str:
    return ", ".join(dict.fromkeys(label for label in (one.label, other.label) if label))
