"""A complete export coming back: people with their journals, as they were, in one unit of work.

Ids are kept where they are free. Somebody who is here already is left alone: skipped with the same id and as many
entries, reported otherwise, for two journals can't be laid into one another without inventing an order.
What the file does not hold: the undo history, and a snooze, which ends within the hour.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from itertools import islice

from followup_tui.domain.cleaning import clean_stored
from followup_tui.domain.events import Referred
from followup_tui.domain.folding import fold
from followup_tui.errors import FollowupError
from followup_tui.exchange.drafts import Rejection
from followup_tui.exchange.reading import Reading
from followup_tui.exchange.whole import Complete, Whole
from followup_tui.records import dataclass
from followup_tui.services.cards import tell_birthday
from followup_tui.services.context import Context, new_id
from followup_tui.services.returned_library import take_library
from followup_tui.services.returned_people import Refused, Returned, checked, id_of
from followup_tui.services.returned_rules import take_rulebook
from followup_tui.storage import journal, lookup, people, standing
from followup_tui.storage.journal import Placement
from followup_tui.storage.unit_of_work import Row, UnitOfWork, instant
from followup_tui.storage.whole import lengths

_LOT = 200
_NAMED = 5
_ENTRY: Row = {
    **dict.fromkeys(("channel", "outcome", "step", "cadence_id", "companion_of", "template", "promise")),
    **dict.fromkeys(("note", "value", "sentiment", "reason"), ""),
    "inbound": 0,
}
"""What a journal row has when its event says nothing of it: all rows of a lot share their columns."""


@dataclass(slots=True)
class Outcome:
    """What became of some prospects of a file."""

    created: int = 0
    skipped: int = 0
    rejected: list[Rejection] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    """Of the first people."""

    def add(self, other: Outcome) -> None:
        """Add what became of others."""
        self.created += other.created
        self.skipped += other.skipped
        self.rejected += other.rejected
        self.names += other.names[: _NAMED - len(self.names)]


def bring_back(context: Context, work: UnitOfWork, reading: Reading, progress: Callable[[int], bool] | None) -> Outcome:
    """Take everybody in a complete export; FollowupError when it was cancelled, or its cadences or rules are broken."""
    assert reading.complete is not None
    try:
        returning = Returning(context, work, reading.complete)
    except ValueError as error:
        raise FollowupError(f"{reading.file}: {error}", "export it again") from None
    done = Outcome(rejected=take_library(work, reading.complete.library))
    lot: list[Whole] = []
    for found in reading.wholes():
        if isinstance(found, Rejection):
            done.rejected.append(found)
            continue
        lot.append(found)
        if len(lot) >= _LOT:
            done.add(returning.take(lot))
            lot.clear()
            if progress is not None and not progress(reading.rows):
                raise FollowupError("the import was cancelled: nothing was changed")
    done.add(returning.take(lot))
    returning.finish()
    if progress is not None:
        progress(reading.rows)
    return done


class Returning:
    """Takes the prospects of one complete export into the database."""

    def __init__(self, context: Context, work: UnitOfWork, complete: Complete) -> None:
        self._context = context
        self._work = work
        self._region = context.config.default_region
        self._rulebook = take_rulebook(work, complete)
        self._rules = context.rules(work.connection)
        self._first = lookup.next_id(work, "journal")
        """The first id no entry ever had here."""
        self._ids: dict[str, str] = {}
        """Id in the file → id here, of those who got another one."""
        self._created: set[str] = set()
        self._referred: dict[str, str] = {}
        self._referring: list[str] = []
        """Those who named somebody."""
        self._born: list[str] = []
        """Those whose rules know another birthday than the file: it is older than cards."""

    def take(self, wholes: Sequence[Whole]) -> Outcome:
        """Store the people of a lot who are not here yet."""
        done = Outcome()
        found: list[Returned] = []
        unchanged = lengths(self._work, [key for whole in wholes if (key := id_of(whole.document))])
        for whole in wholes:
            if _same(whole, unchanged):
                done.skipped += 1
                continue
            try:
                found.append(checked(whole, self._rulebook, self._region))
            except Refused as refused:
                name = clean_stored(str(whole.document.get("name") or "somebody"))[:60]
                done.rejected.append(Rejection(whole.line, "", f"{name}: {refused}"))
        known = lookup.Known(self._work, [_who(one) for one in found])
        fresh: list[tuple[str, Returned]] = []
        for one in found:
            here = self._here(one, known)
            if here is None:
                fresh.append((self._new_id(one), one))
                done.rejected += [Rejection(one.line, name, why) for name, why in one.problems]
            else:
                done.rejected.append(Rejection(one.line, "", self._clash(one, here)))
                if one.id and one.id != here:
                    self._ids.setdefault(one.id, here)
        self._store(fresh)
        done.created = len(fresh)
        done.names = [one.words["name"] for _, one in fresh]
        return done

    def finish(self) -> None:
        """Let those who were referred, and who named them, name each other by the ids they have here."""
        for prospect_id, referrer in self._referred.items():
            if referrer in self._ids:
                self._work.update("prospect", prospect_id, {"referred_by": self._ids[referrer]})
        for prospect_id in self._referring if self._ids else ():
            journal.rename_referred(self._work, prospect_id, self._ids)
        for prospect_id in self._born:
            tell_birthday(self._context, self._work, prospect_id)

    def _here(self, one: Returned, known: lookup.Known) -> str | None:
        """Return who this is among those who were here before the file."""
        keys, name, company = _who(one)
        match = known.find(keys, name, company, self._created)
        row = self._work.one("prospect", one.id) if one.id and one.id not in self._created else None
        if row is not None and (match == one.id or match is None) and fold(str(row["name"])) == name:
            return one.id
        return match

    def _clash(self, one: Returned, here: str) -> str:
        _, length = lengths(self._work, [here])[here]
        entries = f"{length} journal entries, the file has {len(one.entries)}"
        return f"{one.words['name'][:60]} is here already as {here} with {entries}; nothing was merged"

    def _new_id(self, one: Returned) -> str:
        def taken(key: str) -> bool:
            return key in self._created or self._work.one("prospect", key) is not None

        prospect_id = one.id
        if not prospect_id or taken(prospect_id):
            prospect_id = new_id(taken)
            if one.id:
                self._ids.setdefault(one.id, prospect_id)
        self._created.add(prospect_id)
        if one.referred_by:
            self._referred[prospect_id] = one.referred_by
        if any(isinstance(entry.event, Referred) for entry in one.entries):
            self._referring.append(prospect_id)
        if one.birthday != one.state.birthday:
            self._born.append(prospect_id)
        return prospect_id

    def _store(self, fresh: Sequence[tuple[str, Returned]]) -> None:
        """Write new people with a handful of statements."""
        details: list[Row] = []
        tags: list[Row] = []
        next_detail, next_tag = lookup.next_id(self._work, "detail"), lookup.next_id(self._work, "tag")
        for prospect_id, one in fresh:
            for place, detail in enumerate(one.details):
                row: Row = {name: getattr(detail, name) for name in ("kind", "value", "key", "label")}
                row |= {"id": next_detail + len(details), "prospect_id": prospect_id, "position": place}
                details.append(row | {"bad": int(bool(detail.bad))})
            tags += [
                {"id": next_tag + len(tags) + n, "prospect_id": prospect_id, "tag": t} for n, t in enumerate(one.tags)
            ]
        self._work.insert_many("prospect", [_person(prospect_id, one) for prospect_id, one in fresh])
        self._work.insert_many("detail", details)
        self._work.insert_many("tag", tags)
        self._work.insert_many("journal", self._journal(fresh))
        states = [standing.columns(prospect_id, one.state, self._rules) for prospect_id, one in fresh]
        self._work.insert_many("standing", states)

    def _journal(self, fresh: Sequence[tuple[str, Returned]]) -> list[Row]:
        """Return the rows of all journals; a companion names its touch by the id it has here."""
        wanted = [[entry.number for entry in one.entries] for _, one in fresh]
        told = iter(lookup.entry_ids(self._work, wanted, self._first))
        rows: list[Row] = []
        for prospect_id, one in fresh:
            keys = list(islice(told, len(one.entries)))
            ours = {entry.number: key for entry, key in zip(one.entries, keys, strict=True)}
            for entry, key in zip(one.entries, keys, strict=True):
                placed = entry.placed
                beside = ours.get(placed.companion_of) if placed.companion_of is not None else None
                placed = Placement(placed.step, placed.cadence_id, beside, placed.promise)
                row = journal.row_of(prospect_id, entry.event, entry.at, entry.logged_at, entry.rules_id, placed)
                rows.append({**_ENTRY, **row, "template": entry.template, "strand": entry.strand, "id": key})
        return rows


def _same(whole: Whole, here: Mapping[str, tuple[str, int]]) -> bool:
    """Whether this very person is here already with as many entries: then nothing is even looked at."""
    name, length = here.get(id_of(whole.document) or "", ("", 0))
    journal = whole.document.get("journal")
    return bool(name) and whole.document.get("name") == name and isinstance(journal, list) and len(journal) == length


def _names(one: Returned) -> tuple[str, str]:
    return one.words["name"], one.words["company"]


def _who(one: Returned) -> lookup.Who:
    name, company = _names(one)
    return _keys(one), fold(name), fold(company)


def _keys(one: Returned) -> tuple[lookup.Key, ...]:
    return tuple(
        ("email" if detail.kind == "email" else "phone", detail.key)
        for detail in one.details
        if detail.key and detail.kind in ("email", "phone", "mobile")
    )


def _person(prospect_id: str, one: Returned) -> Row:
    return {
        **one.words,
        "id": prospect_id,
        "star": int(one.state.star),
        "zone": one.zone,
        "zone_confirmed": int(one.zone_confirmed),
        "birthday": one.birthday,
        "referred_by": one.referred_by,
        "extra": json.dumps(one.extra, ensure_ascii=False),
        "search": people.search_text(*_names(one)),
        "created_at": instant(one.created_at),
    }
