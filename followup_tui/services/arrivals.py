"""People arriving from a file: recognised when they are there already, created when not, a few hundred at a time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from followup_tui.domain.cadence import Cadence
from followup_tui.domain.events import Added, Changed, Enrolled, Placed
from followup_tui.domain.folding import fold
from followup_tui.domain.lifecycle import BLANK, advance
from followup_tui.domain.model import Relation
from followup_tui.exchange.drafts import DetailDraft, Draft
from followup_tui.services.context import Context, new_id
from followup_tui.services.details import good_kinds, suggested_zone
from followup_tui.services.recording import record, stored
from followup_tui.storage import journal, lookup, people, standing
from followup_tui.storage.unit_of_work import Row, UnitOfWork, instant

_FILLED = ("company", "title", "why", "benefit", "source", "birthday", "zone", "note")
_STAYS = {"do not contact": Relation.DO_NOT_CONTACT, "closed": Relation.CLOSED}


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of some drafts."""

    created: int = 0
    updated: int = 0
    skipped: int = 0


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
        self._next_detail = lookup.next_id(work, "detail")
        self._next_tag = lookup.next_id(work, "tag")
        self._there: dict[str, people.Person] = {}
        """People of the lot as they are stored, until something about them changes."""
        self._beginnings: dict[tuple[Relation, frozenset[str], bool], tuple[Row, Row]] = {}

    def take(self, drafts: Sequence[Draft]) -> Counts:
        """Create, complete or skip the people of a lot."""
        known = lookup.Known(self._work, [_keys(draft) for draft in drafts], [_label(draft) for draft in drafts])
        there = (known.find(_keys(draft), fold(draft.name), fold(draft.company)) for draft in drafts)
        self._there = {one.id: one for one in people.people(self._work.connection, filter(None, there))}
        fresh: list[tuple[str, Draft]] = []
        created: dict[str, Draft] = {}
        updated = skipped = 0
        for draft in drafts:
            match = known.find(_keys(draft), fold(draft.name), fold(draft.company))
            if match is None:
                prospect_id = new_id(lambda key: key in created or known.taken(key))
                created[prospect_id] = draft
                known.add(prospect_id, _keys(draft), fold(draft.name), fold(draft.company))
                fresh.append((prospect_id, draft))
                continue
            if match in created:
                self._create(fresh)
                fresh = []
            if self._complete(match, draft):
                updated += 1
            else:
                skipped += 1
        self._create(fresh)
        return Counts(len(created), updated, skipped)

    def _create(self, fresh: Sequence[tuple[str, Draft]]) -> None:
        """Write new people with a handful of statements."""
        now = instant(self._work.now)
        persons: list[Row] = []
        details: list[Row] = []
        tags: list[Row] = []
        for prospect_id, draft in fresh:
            persons.append(_person_row(prospect_id, draft, now))
            details += [self._detail_row(prospect_id, detail, n) for n, detail in enumerate(_once(draft.details))]
            tags += [self._tag_row(prospect_id, tag) for tag in dict.fromkeys(tag.casefold() for tag in draft.tags)]
        self._work.insert_many("prospect", persons)
        self._work.insert_many("detail", details)
        self._work.insert_many("tag", tags)
        self._stand(fresh)

    def _stand(self, fresh: Sequence[tuple[str, Draft]]) -> None:
        """Write journal and state of new people: in the pool, or on the cadence asked for."""
        number = lookup.next_id(self._work, "journal")
        entries: list[Row] = []
        rows: list[Row] = []
        for prospect_id, draft in fresh:
            entry, row = self._first_rows(draft)
            entries.append({**entry, "id": number, "prospect_id": prospect_id})
            rows.append({**row, "prospect_id": prospect_id})
            number += 1
        self._work.insert_many("journal", entries)
        self._work.insert_many("standing", rows)
        if self._cadence is not None:
            for prospect_id, draft in fresh:
                self._enrol(prospect_id, draft)

    def _first_rows(self, draft: Draft) -> tuple[Row, Row]:
        """Return the first journal entry and the state of somebody new; most people of a file share them but the id."""
        relation = _STAYS.get(draft.relation, Relation.POOL)
        good = frozenset(detail.kind for detail in draft.details if not detail.bad)
        key = (relation, good, draft.star)
        if key not in self._beginnings:
            added, now = Added(*key), self._work.now
            state = advance(BLANK, added, now, self._rules).state
            entry = journal.row_of("", added, now, now, self._rules_id)
            self._beginnings[key] = (entry, standing.columns("", state, self._rules))
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
        return {
            "id": self._next_detail - 1,
            "prospect_id": prospect_id,
            "kind": detail.kind,
            "value": detail.value,
            "key": detail.key,
            "label": detail.label,
            "bad": int(bool(detail.bad)),
            "position": position,
        }

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


def _person_row(prospect_id: str, draft: Draft, now: str) -> Row:
    suggestions = (suggested_zone(detail.key) for detail in draft.details if detail.kind in ("phone", "mobile"))
    zone = draft.zone or next((found for found in suggestions if found), "")
    return {
        "id": prospect_id,
        "name": draft.name,
        "company": draft.company,
        "title": draft.title,
        "why": draft.why,
        "benefit": draft.benefit,
        "source": draft.source,
        "note": draft.note,
        "star": int(draft.star),
        "zone": zone,
        "zone_confirmed": int(bool(draft.zone)),
        "birthday": draft.birthday,
        "extra": json.dumps(draft.extra, ensure_ascii=False),
        "search": people.search_text(draft.name, draft.company),
        "created_at": now,
    }


def _keys(draft: Draft) -> tuple[tuple[str, str], ...]:
    """Return what the person is recognised by: e-mails and phones."""
    return tuple(
        ("email" if detail.kind == "email" else "phone", detail.key)
        for detail in draft.details
        if detail.key and detail.kind in ("email", "phone", "mobile")
    )


def _label(draft: Draft) -> str:
    return people.search_text(draft.name, draft.company)


def _once(details: Sequence[DetailDraft]) -> list[DetailDraft]:
    """Return details without repetitions."""
    return list({(detail.kind, detail.key or detail.value): detail for detail in reversed(details)}.values())[::-1]


def _has(person: people.Person, detail: DetailDraft) -> bool:
    """Whether somebody has this detail already, however it is written."""
    same = (other for other in person.details if other.kind == detail.kind)
    return any(other.value == detail.value or (other.key and other.key == detail.key) for other in same)
