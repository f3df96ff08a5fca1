"""People arriving from a file: recognised when they are there already, created when not, a few hundred at a time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from itertools import chain, starmap

from followup_tui.domain.cadence import Cadence
from followup_tui.domain.events import Added, Changed, Enrolled, Placed
from followup_tui.domain.folding import fold
from followup_tui.domain.lifecycle import BLANK, advance
from followup_tui.domain.model import Relation
from followup_tui.exchange.address_zones import zone_of_address
from followup_tui.exchange.drafts import DetailDraft, Draft
from followup_tui.records import dataclass
from followup_tui.services.cards import tell_birthday
from followup_tui.services.context import Context, FreshIds
from followup_tui.services.details import good_kinds, suggested_zone
from followup_tui.services.recording import record, stored
from followup_tui.storage import finding, journal, lookup, people, standing
from followup_tui.storage.unit_of_work import Row, UnitOfWork, Value, instant

_FILLED = ("company", "title", "why", "benefit", "source", "birthday", "zone", "note")
_BY = {"email": "email", "phone": "phone", "mobile": "phone"}
_PROSPECT = (
    *("id", "name", "company", "title", "why", "benefit", "source", "note", "star", "zone", "zone_confirmed"),
    *("birthday", "extra", "search", "created_at"),
)
_DETAIL = ("id", "prospect_id", "kind", "value", "key", "label", "bad", "position")
_TAG = ("id", "prospect_id", "tag")
_Beginning = tuple[tuple[Sequence[str], Sequence[str]], tuple[Value, ...], tuple[Value, ...]]
"""Columns of a journal entry and of a state, and their values."""
_json = json.JSONEncoder(ensure_ascii=False).encode
_STAYS = {"do not contact": Relation.DO_NOT_CONTACT, "closed": Relation.CLOSED}


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
        self._rules = context.rules(work.connection)
        self._rules_id = context.rules_id(work)
        self._cadence: Cadence | None = context.cadence_named(work.connection, cadence) if cadence else None
        self._spread = per_day or context.config.limits.per_day
        self._day: date = self._rules.calendar.roll(context.today())
        self._on_day = 0
        self.enrolled = 0
        self._index: finding.Newcomers | None = None
        self._ids = FreshIds(work)
        self._next_detail = lookup.next_id(work, "detail")
        self._next_tag = lookup.next_id(work, "tag")
        self._there: dict[str, people.Person] = {}
        """People of the lot as they are stored, until something about them changes."""
        self._beginnings: dict[tuple[Relation, frozenset[str], bool, str], _Beginning] = {}

    def take(self, drafts: Sequence[Draft]) -> Counts:
        """Create, complete or skip the people of a lot."""
        self._index = self._index or finding.Newcomers(self._work.connection)
        who = [(keys_of(draft), fold(draft.name), fold(draft.company)) for draft in drafts]
        known = lookup.Known(self._work, [keys for keys, _, _ in who], [f"{name}\n{firm}" for _, name, firm in who])
        self._there = {
            one.id: one for one in people.people(self._work.connection, filter(None, starmap(known.find, who)))
        }
        ids = iter(self._ids.some(len(drafts)))
        fresh: dict[str, Draft] = {}
        later: list[tuple[str, Draft]] = []
        counts = Counts([], [], [])
        for draft, (keys, name, firm) in zip(drafts, who, strict=True):
            match = known.find(keys, name, firm)
            if match is None:
                prospect_id = next(ids)
                known.add(prospect_id, keys, name, firm)
                fresh[prospect_id] = draft
                counts.created.append(draft.name)
            else:
                later.append((match, draft))
        self._create(list(fresh.items()))
        twice = [match for match, _ in later if match in fresh]
        self._there |= {one.id: one for one in people.people(self._work.connection, twice)}
        for match, draft in later:
            (counts.updated if self._complete(match, draft) else counts.skipped).append(draft.name)
        return counts

    def finish(self) -> None:
        """Leave the schema as it is between imports; more may still come."""
        if self._index is not None:
            self._index.finish()
            self._index = None

    def _create(self, fresh: Sequence[tuple[str, Draft]]) -> None:
        """Write new people with a handful of statements."""
        now = instant(self._work.now)
        details: list[tuple[Value, ...]] = []
        tags: list[tuple[Value, ...]] = []
        for prospect_id, draft in fresh:
            found = _once(draft.details) if len(draft.details) > 1 else draft.details
            for place, (kind, value, key, label, bad) in enumerate(found):
                details.append((self._next_detail, prospect_id, kind, value, key, label, int(bool(bad)), place))
                self._next_detail += 1
            for tag in dict.fromkeys(tag.casefold() for tag in draft.tags):
                tags.append((self._next_tag, prospect_id, tag))
                self._next_tag += 1
        self._work.insert_lot("prospect", _PROSPECT, [_person_row(key, draft, now) for key, draft in fresh])
        self._work.insert_lot("detail", _DETAIL, details)
        self._work.insert_lot("tag", _TAG, tags)
        self._stand(fresh)

    def _stand(self, fresh: Sequence[tuple[str, Draft]]) -> None:
        """Write journal and state of new people: in the pool, or on the cadence asked for."""
        number = lookup.next_id(self._work, "journal")
        entries: list[tuple[Value, ...]] = []
        rows: list[tuple[Value, ...]] = []
        names: tuple[Sequence[str], Sequence[str]] = ((), ())
        for place, (prospect_id, draft) in enumerate(fresh):
            names, entry, row = self._first_rows(draft)
            entries.append((number + place, prospect_id, *entry))
            rows.append((prospect_id, *row))
        self._work.insert_lot("journal", ("id", "prospect_id", *names[0]), entries)
        self._work.insert_lot("standing", ("prospect_id", *names[1]), rows)
        if self._index is not None:
            self._index.take_in()
        if self._cadence is not None:
            for prospect_id, draft in fresh:
                self._enrol(prospect_id, draft)

    def _first_rows(self, draft: Draft) -> _Beginning:
        """Return columns and values of the first journal entry and the state of somebody new, the ids left out.

        Most people of a file share them.
        """
        relation = _STAYS.get(draft.relation, Relation.POOL)
        good = frozenset([detail.kind for detail in draft.details if not detail.bad])
        key = (relation, good, draft.star, draft.birthday)
        if key not in self._beginnings:
            added, now = Added(relation, good, draft.star, birthday=draft.birthday), self._work.now
            state = advance(BLANK, added, now, self._rules).state
            entry = journal.row_of("", added, now, now, self._rules_id)
            row = standing.columns("", state, self._rules)
            del entry["prospect_id"], row["prospect_id"]
            self._beginnings[key] = ((tuple(entry), tuple(row)), tuple(entry.values()), tuple(row.values()))
        return self._beginnings[key]

    def _enrol(self, prospect_id: str, draft: Draft) -> None:
        """Enrol a new person, so many a working day; nobody without a usable detail, nobody who is out of play."""
        if self._cadence is None or draft.relation in _STAYS or not any(not detail.bad for detail in draft.details):
            return
        if self._on_day >= self._spread:
            self._day = self._rules.calendar.after(self._day)
            self._on_day = 0
        record(self._context, self._work, prospect_id, Enrolled(self._cadence.id, self._day))
        self._on_day += 1
        self.enrolled += 1

    def _detail_row(self, prospect_id: str, detail: DetailDraft, position: int) -> Row:
        self._next_detail += 1
        kind, value, key, label, bad = detail
        row = (self._next_detail - 1, prospect_id, kind, value, key, label, int(bool(bad)), position)
        return dict(zip(_DETAIL, row, strict=True))

    def _tag_row(self, prospect_id: str, tag: str) -> Row:
        self._next_tag += 1
        return {"id": self._next_tag - 1, "prospect_id": prospect_id, "tag": tag}

    def _complete(self, prospect_id: str, draft: Draft) -> bool:
        """Fill what is empty about somebody known and return whether anything was; nothing is overwritten."""
        person = self._there.pop(prospect_id, None) or stored(self._work.connection, prospect_id)
        changes: Row = {name: text for name in _FILLED if (text := getattr(draft, name)) and not getattr(person, name)}
        extra = json.loads(person.extra)
        added = {name: text for name, text in draft.extra.items() if name not in extra}
        if added:
            changes["extra"] = json.dumps(extra | added, ensure_ascii=False)
        if changes:
            changes["search"] = people.search_text(person.name, str(changes.get("company", person.company)))
            self._work.update("prospect", prospect_id, changes)
        new = [detail for detail in _once(draft.details) if not _has(person, detail)]
        for number, detail in enumerate(new):
            self._work.insert("detail", self._detail_row(prospect_id, detail, len(person.details) + number))
        tags = [tag for tag in dict.fromkeys(tag.casefold() for tag in draft.tags) if tag not in person.tags]
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


def _person_row(prospect_id: str, draft: Draft, now: str) -> tuple[Value, ...]:
    zone = draft.zone
    if not zone:
        suggestions = (suggested_zone(detail.key) for detail in draft.details if detail.kind in ("phone", "mobile"))
        addresses = (zone_of_address(detail.value) for detail in draft.details if detail.kind == "address")
        zone = next(filter(None, chain(suggestions, addresses)), "")
    return (
        *(prospect_id, draft.name, draft.company, draft.title, draft.why, draft.benefit, draft.source, draft.note),
        *(int(draft.star), zone, int(bool(draft.zone)), draft.birthday, _json(draft.extra) if draft.extra else "{}"),
        *(people.search_text(draft.name, draft.company), now),
    )


def keys_of(draft: Draft) -> tuple[tuple[str, str], ...]:
    """Return what the person is recognised by: e-mails and phones."""
    return tuple([(_BY[detail.kind], detail.key) for detail in draft.details if detail.key and detail.kind in _BY])


def _once(details: Sequence[DetailDraft]) -> list[DetailDraft]:
    """Return details without repetitions."""
    return list({(detail.kind, detail.key or detail.value): detail for detail in reversed(details)}.values())[::-1]


def _has(person: people.Person, detail: DetailDraft) -> bool:
    """Whether somebody has this detail already, however it is written."""
    same = (other for other in person.details if other.kind == detail.kind)
    return any(other.value == detail.value or (other.key and other.key == detail.key) for other in same)
