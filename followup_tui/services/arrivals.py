"""People arriving from a file: recognised when they are there already, created when not, a few hundred at a time."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import count

from followup_tui.domain.events import Changed, Placed
from followup_tui.domain.folding import fold
from followup_tui.domain.model import Relation
from followup_tui.records import dataclass
from followup_tui.services.arriving import DETAIL, PERSON, Arriving, DetailRow
from followup_tui.services.beginnings import ENTRY, Beginning, Beginnings
from followup_tui.services.cards import tell_birthday
from followup_tui.services.context import Context, FreshIds
from followup_tui.services.details import good_kinds
from followup_tui.services.joining import put_beside
from followup_tui.services.recording import record, stored
from followup_tui.storage import finding, lookup, people, standing
from followup_tui.storage.unit_of_work import Row, UnitOfWork, Value, instant

_FILLED = ("company", "title", "why", "benefit", "source", "birthday", "zone", "note")
_CLASHING = ("name", *(name for name in _FILLED if name != "note"))
_PROSPECT = ("id", *PERSON, "created_at")
_DETAIL = ("id", "prospect_id", *DETAIL)
_TAG = ("id", "prospect_id", "tag")
_ENTRY = ("id", "prospect_id", *ENTRY)
_NOBODY = Arriving((), "", "", (), (), (), ("", (), False, "", ()))


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
        self._details, self._tags = count(lookup.next_id(work, "detail")), count(lookup.next_id(work, "tag"))
        """The next ids."""
        self._own: dict[tuple[str, str], str] = {}
        """Id in the database a file is an export of, and folded name → prospect here, of those who came."""
        self._spoken_for = set[str]()
        """Those prospects."""
        self._there: dict[str, people.Person] = {}
        """People of the lot as they are stored, until something about them changes."""

    @property
    def enrolled(self) -> int:
        """How many were put on the cadence."""
        return self._beginnings.enrolled

    def take(self, some: Sequence[Arriving], ids: Sequence[str] = ()) -> Counts:
        """Create, complete or skip the people of a lot; `ids` are for those who are new, in their order."""
        self._index = self._index or finding.Newcomers(self._work.connection)
        known = lookup.Known(self._work, [(one.keys, one.who, one.firm) for one in some])
        here = lookup.named(self._work, [one.own for one in some if one.own])
        next_id = iter(self._free(ids, len(some)))
        fresh: list[tuple[str, Arriving]] = []
        later: list[tuple[str, Arriving]] = []
        for one in some:
            match = self._match(one, known, here) if one.own else known.find(one.keys, one.who, one.firm)
            if match is None:
                prospect_id = next(next_id)
                if one.own:
                    self._speak_for(one, prospect_id)
                known.add(prospect_id, one.keys, one.who, one.firm)
                fresh.append((prospect_id, one))
            else:
                later.append((match, one))
        self._create(fresh)
        counts = Counts([one.name for _, one in fresh], [], [])
        created = dict(fresh) if later else {}
        again = [created.get(match, _NOBODY).facts == one.facts for match, one in later]
        matched = dict.fromkeys([match for (match, _), same in zip(later, again, strict=True) if not same])
        self._there = {one.id: one for one in people.people(self._work.connection, matched)}
        for (match, one), same in zip(later, again, strict=True):
            (counts.updated if not same and self._complete(match, one) else counts.skipped).append(one.name)
        return counts

    def _match(self, one: Arriving, known: lookup.Known, here: Mapping[str, str]) -> str | None:
        """Return who somebody of our own export is: by id, else as anybody, but nobody another id stands for."""
        match = self._own.get((one.own, one.who))
        if match is None and here.get(one.own) == one.who and one.own not in self._spoken_for:
            match = one.own
        match = match or known.find(one.keys, one.who, one.firm, self._spoken_for)
        if match is not None:
            self._speak_for(one, match)
        return match

    def _speak_for(self, one: Arriving, prospect_id: str) -> None:
        self._own[one.own, one.who] = prospect_id
        self._spoken_for.add(prospect_id)

    def _free(self, ids: Sequence[str], number: int) -> list[str]:
        """Return so many ids nobody has: those that came along, others where one is taken."""
        found = self._ids.free(list(ids)) if ids else []
        return found if len(found) >= number else [*found, *self._ids.some(number - len(found))]

    def finish(self) -> None:
        """Leave the schema as it is between imports; more may still come."""
        if self._index is not None:
            self._index.finish()
            self._index = None

    def _create(self, fresh: Sequence[tuple[str, Arriving]]) -> None:
        """Write new people with a handful of statements: in the pool, or on the cadence asked for."""
        write, now = self._work.insert_lot, self._now
        write("prospect", _PROSPECT, [(key, *one.person, now) for key, one in fresh])
        n = self._details
        write("detail", _DETAIL, [(next(n), key, *detail) for key, one in fresh for detail in one.details])
        n = self._tags
        write("tag", _TAG, [(next(n), key, tag) for key, one in fresh for tag in one.tags])
        begun = [(key, self._beginnings.of(one.begins)) for key, one in fresh]
        n = count(lookup.next_id(self._work, "journal"))
        write("journal", _ENTRY, [(next(n), key, *entry) for key, begins in begun for entry in begins.entries])
        self._place(begun)
        if self._index is not None:
            self._index.expect(len(fresh), _is_plain(fresh))

    def _place(self, begun: Sequence[tuple[str, Beginning]]) -> None:
        """Write where new people stand; those of the same columns together."""
        alike: dict[tuple[str, ...], list[tuple[Value, ...]]] = {}
        columns, rows = tuple[str, ...](), list[tuple[Value, ...]]()
        for key, beginning in begun:
            if beginning.columns is not columns:
                columns = beginning.columns
                rows = alike.setdefault(columns, [])
            rows.append((key, *beginning.row))
        for columns, rows in alike.items():
            self._work.insert_lot("standing", ("prospect_id", *columns), rows)

    def _detail_row(self, prospect_id: str, detail: DetailRow, position: int) -> Row:
        return dict(zip(_DETAIL, (next(self._details), prospect_id, *detail[:-1], position), strict=True))

    def _tag_row(self, prospect_id: str, tag: str) -> Row:
        return {"id": next(self._tags), "prospect_id": prospect_id, "tag": tag}

    def _complete(self, prospect_id: str, one: Arriving) -> bool:
        """Fill what is empty about somebody known, keep beside it what differs, and return whether anything was new."""
        person = self._there.pop(prospect_id, None) or stored(self._work.connection, prospect_id)
        changes = _news(person, one)
        if changes:
            if self._index is not None:
                self._index.take_in_before(prospect_id)
            changes["search"] = people.search_text(person.name, str(changes.get("company", person.company)))
            self._work.update("prospect", prospect_id, changes)
        new = [detail for detail in one.details if not _has(person, *detail[:3])]
        for number, detail in enumerate(new):
            self._work.insert("detail", self._detail_row(prospect_id, detail, len(person.details) + number))
        tags = [tag for tag in one.tags if tag not in person.tags]
        for tag in tags:
            self._work.insert("tag", self._tag_row(prospect_id, tag))
        if new:
            self._tell_rules(prospect_id)
        if "birthday" in changes:
            tell_birthday(self._context, self._work, prospect_id)
        stopped = self._stop(prospect_id, one.begins[0]) | self._stop_channels(prospect_id, one.begins[4])
        if not (changes or new or tags or stopped):
            self._there[prospect_id] = person
            return False
        return True

    def _stop(self, prospect_id: str, relation: str) -> bool:
        """Honour a file that says somebody known asked not to be contacted; no other relation is taken over."""
        stop = Relation.DO_NOT_CONTACT
        if relation != stop.value or standing.read(self._work, prospect_id).relation is stop:
            return False
        record(self._context, self._work, prospect_id, Placed(stop))
        return True

    def _stop_channels(self, prospect_id: str, channels: Sequence[str]) -> bool:
        """Honour a file that says somebody known is not to be contacted on some channels."""
        if not channels:
            return False
        state = standing.read(self._work, prospect_id)
        stopped = frozenset(channels) - state.stopped_channels
        if stopped:
            told = Changed(state.good, state.star, state.pace, stopped)
            record(self._context, self._work, prospect_id, told)
        return bool(stopped)

    def _tell_rules(self, prospect_id: str) -> None:
        person = stored(self._work.connection, prospect_id)
        state = standing.read(self._work, prospect_id)
        good = good_kinds(person.details)
        if good != state.good:
            record(self._context, self._work, prospect_id, Changed(good, person.star, state.pace))


def _is_plain(fresh: Sequence[tuple[str, Arriving]]) -> bool:
    """Whether all words of some people are ASCII."""
    words = [text for _, one in fresh for text in one.person if type(text) is str]
    return "".join(words).isascii() and "".join([detail[1] for _, one in fresh for detail in one.details]).isascii()


def _news(person: people.Person, one: Arriving) -> Row:
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


def _has(person: people.Person, kind: str, value: str, key: str) -> bool:
    """Whether somebody has this detail already, however it is written."""
    same = (other for other in person.details if other.kind == kind)
    return any(other.value == value or (other.key and other.key == key) for other in same)
