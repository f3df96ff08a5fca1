"""People arriving from a file: recognised when they are there already, created when not, a few hundred at a time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache

from followup_tui.domain.events import Changed, Placed
from followup_tui.domain.folding import fold
from followup_tui.domain.model import Relation
from followup_tui.exchange.address_zones import zone_of_address
from followup_tui.exchange.drafts import DetailDraft, Draft
from followup_tui.records import dataclass
from followup_tui.services.beginnings import ENTRY, Beginnings
from followup_tui.services.cards import tell_birthday
from followup_tui.services.context import Context, FreshIds
from followup_tui.services.details import good_kinds, suggested_zone
from followup_tui.services.joining import put_beside
from followup_tui.services.recording import record, stored
from followup_tui.storage import finding, lookup, people, standing
from followup_tui.storage.unit_of_work import Row, UnitOfWork, Value, instant

_FILLED = ("company", "title", "why", "benefit", "source", "birthday", "zone", "note")
_CLASHING = ("name", *(name for name in _FILLED if name != "note"))
_BY = {"email": "email", "phone": "phone", "mobile": "phone"}
_PROSPECT = (
    *("id", "name", "company", "title", "why", "benefit", "source", "note", "star", "zone", "zone_confirmed"),
    *("birthday", "extra", "search", "created_at"),
)
_DETAIL = ("id", "prospect_id", "kind", "value", "key", "label", "bad", "position")
_TAG = ("id", "prospect_id", "tag")
_json = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of some drafts."""

    created: list[str]
    """Names."""
    updated: list[str]
    skipped: list[str]


class Arrivals:
    """Takes drafts into the database within one unit of work."""

    def __init__(self, context: Context, work: UnitOfWork, cadence: str | None, per_day: int | None) -> None:
        self._context = context
        self._work = work
        self._beginnings = Beginnings(context, work, cadence, per_day)
        self._now = instant(work.now)
        self._index: finding.Newcomers | None = None
        self._ids = FreshIds(work)
        self._next_detail = lookup.next_id(work, "detail")
        self._next_tag = lookup.next_id(work, "tag")
        self._there: dict[str, people.Person] = {}
        """People of the lot as they are stored, until something about them changes."""

    @property
    def enrolled(self) -> int:
        """How many were put on the cadence."""
        return self._beginnings.enrolled

    def take(self, drafts: Sequence[Draft]) -> Counts:
        """Create, complete or skip the people of a lot."""
        self._index = self._index or finding.Newcomers(self._work.connection)
        who = [(keys_of(draft), fold(draft.name), fold(draft.company)) for draft in drafts]
        known = lookup.Known(self._work, who)
        here = [match for one in who if (match := known.find(*one)) is not None]
        ids = iter(self._ids.some(len(drafts)))
        fresh: list[tuple[str, Draft, str]] = []
        later: list[tuple[str, Draft]] = []
        counts = Counts([], [], [])
        for draft, one in zip(drafts, who, strict=True):
            match = known.find(*one)
            if match is None:
                prospect_id = next(ids)
                known.add(prospect_id, *one)
                fresh.append((prospect_id, draft, f"{one[1]}\n{one[2]}"))
                counts.created.append(draft.name)
            else:
                later.append((match, draft))
        self._create(fresh)
        matched = dict.fromkeys([*here, *(match for match, _ in later)])
        self._there = {one.id: one for one in people.people(self._work.connection, matched)}
        for match, draft in later:
            (counts.updated if self._complete(match, draft) else counts.skipped).append(draft.name)
        return counts

    def finish(self) -> None:
        """Leave the schema as it is between imports; more may still come."""
        if self._index is not None:
            self._index.finish()
            self._index = None

    def _create(self, fresh: Sequence[tuple[str, Draft, str]]) -> None:
        """Write new people with a handful of statements: in the pool, or on the cadence asked for."""
        persons: list[tuple[Value, ...]] = []
        details: list[tuple[Value, ...]] = []
        tags: list[tuple[Value, ...]] = []
        entries: list[tuple[Value, ...]] = []
        states: list[tuple[Value, ...]] = []
        next_detail, next_tag, next_entry = self._next_detail, self._next_tag, lookup.next_id(self._work, "journal")
        for prospect_id, draft, label in fresh:
            persons.append(_person_row(prospect_id, draft, label, self._now))
            for place, (kind, value, key, name, bad) in enumerate(_once(draft.details)):
                details.append((next_detail, prospect_id, kind, value, key, name, 1 if bad else 0, place))
                next_detail += 1
            for tag in _folded(draft.tags):
                tags.append((next_tag, prospect_id, tag))
                next_tag += 1
            begun = self._beginnings.of(draft)
            for entry in begun.entries:
                entries.append((next_entry, prospect_id, *entry))
                next_entry += 1
            states.append((prospect_id, *begun.row))
        self._next_detail, self._next_tag = next_detail, next_tag
        self._work.insert_lot("prospect", _PROSPECT, persons)
        self._work.insert_lot("detail", _DETAIL, details)
        self._work.insert_lot("tag", _TAG, tags)
        self._work.insert_lot("journal", ("id", "prospect_id", *ENTRY), entries)
        self._work.insert_lot("standing", ("prospect_id", *self._beginnings.columns), states)
        if self._index is not None:
            self._index.take_in()

    def _detail_row(self, prospect_id: str, detail: DetailDraft, position: int) -> Row:
        self._next_detail += 1
        kind, value, key, label, bad = detail
        row = (self._next_detail - 1, prospect_id, kind, value, key, label, int(bool(bad)), position)
        return dict(zip(_DETAIL, row, strict=True))

    def _tag_row(self, prospect_id: str, tag: str) -> Row:
        self._next_tag += 1
        return {"id": self._next_tag - 1, "prospect_id": prospect_id, "tag": tag}

    def _complete(self, prospect_id: str, draft: Draft) -> bool:
        """Fill what is empty about somebody known, keep beside it what differs, and return whether anything was new."""
        person = self._there.pop(prospect_id, None) or stored(self._work.connection, prospect_id)
        changes = _news(person, draft)
        if changes:
            changes["search"] = people.search_text(person.name, str(changes.get("company", person.company)))
            self._work.update("prospect", prospect_id, changes)
        new = [detail for detail in _once(draft.details) if not _has(person, detail)]
        for number, detail in enumerate(new):
            self._work.insert("detail", self._detail_row(prospect_id, detail, len(person.details) + number))
        tags = [tag for tag in _folded(draft.tags) if tag not in person.tags]
        for tag in tags:
            self._work.insert("tag", self._tag_row(prospect_id, tag))
        if new:
            self._tell_rules(prospect_id)
        if "birthday" in changes:
            tell_birthday(self._context, self._work, prospect_id)
        stopped = self._stop(prospect_id, draft)
        if not (changes or new or tags or stopped):
            self._there[prospect_id] = person
            return False
        return True

    def _stop(self, prospect_id: str, draft: Draft) -> bool:
        """Honour a file that says somebody known asked not to be contacted; no other relation is taken over."""
        stop = Relation.DO_NOT_CONTACT
        if draft.relation != stop.value or standing.read(self._work, prospect_id).relation is stop:
            return False
        record(self._context, self._work, prospect_id, Placed(stop))
        return True

    def _tell_rules(self, prospect_id: str) -> None:
        person = stored(self._work.connection, prospect_id)
        state = standing.read(self._work, prospect_id)
        good = good_kinds(person.details)
        if good != state.good:
            record(self._context, self._work, prospect_id, Changed(good, person.star, state.pace))


def _news(person: people.Person, draft: Draft) -> Row:
    """Return what a file adds to somebody known: what was empty, another note, and beside them what clashes.

    Nothing is overwritten and nothing dropped, as when two people are merged; the same file again adds nothing.
    """
    changes: Row = {name: text for name in _FILLED if (text := getattr(draft, name)) and not getattr(person, name)}
    if draft.note and "note" not in changes and draft.note not in person.note:
        changes["note"] = f"{person.note}\n\n{draft.note}"
    before = json.loads(person.extra)
    extra = dict(before)
    for key, text in draft.extra.items():
        put_beside(extra, key, text)
    for name in _CLASHING:
        text, here = getattr(draft, name), getattr(person, name)
        if text and here and fold(text) != fold(here) and not (name == "zone" and not person.zone_confirmed):
            put_beside(extra, f"other {name}", text)
    if extra != before:
        changes["extra"] = json.dumps(extra, ensure_ascii=False)
    return changes


def _person_row(prospect_id: str, draft: Draft, label: str, now: str) -> tuple[Value, ...]:
    zone = draft.zone or _zone_of(draft.details)
    return (
        *(prospect_id, draft.name, draft.company, draft.title, draft.why, draft.benefit, draft.source, draft.note),
        *(1 if draft.star else 0, zone, 1 if draft.zone else 0, draft.birthday),
        *(_json(dict(draft.extra)) if draft.extra else "{}", label, now),
    )


def _zone_of(details: Sequence[DetailDraft]) -> str:
    """Return the zone the first telling phone suggests, else the first telling address; empty when none does."""
    for detail in details:
        if detail.kind in ("phone", "mobile") and (zone := suggested_zone(detail.key)):
            return zone
    return next((zone for one in details if one.kind == "address" and (zone := zone_of_address(one.value))), "")


def keys_of(draft: Draft) -> tuple[tuple[str, str], ...]:
    """Return what the person is recognised by: e-mails and phones."""
    return tuple([(_BY[kind], key) for kind, _, key, _, _ in draft.details if key and kind in _BY])


@lru_cache(maxsize=2000)
def _folded(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Return tags as they are kept, each once."""
    return tuple(dict.fromkeys([tag.casefold() for tag in tags]))


def _once(details: Sequence[DetailDraft]) -> Sequence[DetailDraft]:
    """Return details without repetitions."""
    if len(details) == len({detail[2] for detail in details}):
        return details  # no key is there twice
    return list({(detail.kind, detail.key or detail.value): detail for detail in reversed(details)}.values())[::-1]


def _has(person: people.Person, detail: DetailDraft) -> bool:
    """Whether somebody has this detail already, however it is written."""
    same = (other for other in person.details if other.kind == detail.kind)
    return any(other.value == detail.value or (other.key and other.key == detail.key) for other in same)
