"""People arriving from a file: recognised when they are there already, created when not, a few hundred at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from typing import cast

from followup_tui.domain.events import Changed, Placed
from followup_tui.domain.model import Relation
from followup_tui.records import dataclass
from followup_tui.services.arriving import DETAIL, PERSON, Arriving, DetailRow
from followup_tui.services.beginnings import ENTRY, Beginning, Beginnings
from followup_tui.services.cards import tell_birthday
from followup_tui.services.context import Context, FreshIds
from followup_tui.services.details import good_kinds
from followup_tui.services.news_of_known import has, news
from followup_tui.services.recording import record, stored
from followup_tui.storage import finding, lookup, people, standing
from followup_tui.storage.unit_of_work import Row, UnitOfWork, Value, instant

_PROSPECT = ("id", *PERSON, "created_at")
_DETAIL = ("id", "prospect_id", *DETAIL)
_TAG = ("id", "prospect_id", "tag")
_ENTRY = ("id", "prospect_id", *ENTRY)


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
        self.work = work
        self._beginnings = Beginnings(context, work, cadence, per_day)
        self._now = instant(work.now)
        self._index: finding.Newcomers | None = None
        self._quiet = cadence is None
        """Whether nobody who comes has a plan or a touch."""
        self._ids = FreshIds(work)
        self._detail, self._tag = lookup.next_id(work, "detail"), lookup.next_id(work, "tag")
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

    def take(self, some: Sequence[Arriving], ids: Sequence[str] = (), closer: Iterable[int] | None = None) -> Counts:
        """Create, complete or skip the people of a lot; `ids` are for those who are new, in their order.

        Only those at the places `closer` may be somebody who is there or in the lot, when it is given.
        """
        self._index = self._index or finding.Newcomers(self.work.connection, quiet=self._quiet)
        free = self._free(ids, len(some))
        matches = self._matches(some, free, range(len(some)) if closer is None else closer)
        fresh, theirs = some, free[: len(some)]
        if matches:
            new = [place not in matches for place in range(len(some))]
            fresh, theirs = list(compress(some, new)), list(compress(free, new))
        self._create(theirs, fresh)
        counts = Counts([one.name for one in fresh], [], [])
        if matches:
            self._meet(
                [(match, some[place]) for place, match in matches.items()],
                dict(zip(theirs, fresh, strict=True)),
                counts,
            )
        return counts

    def _matches(self, some: Sequence[Arriving], free: Sequence[str], closer: Iterable[int]) -> dict[int, str]:
        """Return place → prospect of those who are there, or came earlier in the lot under their id."""
        asked = [(place, one, one.keys, one.label) for place in closer for one in [some[place]]]
        known = lookup.Known(self.work, [(keys, *label) for _, _, keys, label in asked])
        here = lookup.named(self.work, [one.own for _, one, _, _ in asked if one.own])
        found: dict[int, str] = {}
        for place, one, keys, label in asked:
            match = self._match(one, known, here) if one.own else known.find(keys, *label)
            if match is None:
                if one.own:
                    self._speak_for(one, free[place])
                known.add(free[place], keys, *label)
            else:
                found[place] = match
        return found

    def _meet(self, again: Sequence[tuple[str, Arriving]], created: Mapping[str, Arriving], counts: Counts) -> None:
        """Complete those who are there already, or skip them; nobody created brings something new with the same."""
        same = [match in created and created[match].facts == one.facts for match, one in again]
        matched = dict.fromkeys([match for (match, _), is_same in zip(again, same, strict=True) if not is_same])
        self._there = {one.id: one for one in people.people(self.work.connection, matched)}
        for (match, one), is_same in zip(again, same, strict=True):
            done = not is_same and self._complete(match, one)
            (counts.updated if done else counts.skipped).append(one.name)

    def _match(self, one: Arriving, known: lookup.Known, here: Mapping[str, str]) -> str | None:
        """Return who somebody of our own export is: by id, else as anybody, but nobody another id stands for."""
        who, firm = one.label
        match = self._own.get((one.own, who))
        if match is None and here.get(one.own) == who and one.own not in self._spoken_for:
            match = one.own
        match = match or known.find(one.keys, who, firm, self._spoken_for)
        if match is not None:
            self._speak_for(one, match)
        return match

    def _speak_for(self, one: Arriving, prospect_id: str) -> None:
        self._own[one.own, one.label[0]] = prospect_id
        self._spoken_for.add(prospect_id)

    def _free(self, ids: Sequence[str], number: int) -> list[str]:
        """Return so many ids nobody has: those that came along, others where one is taken."""
        found = self._ids.free(list(ids)) if ids else []
        return found if len(found) >= number else [*found, *self._ids.some(number - len(found))]

    def expect_touches(self) -> None:
        """Note that touches of those who come are recorded in between."""
        self.finish()
        self._quiet = False

    def finish(self) -> None:
        """Leave the schema as it is between imports; more may still come."""
        if self._index is not None:
            self._index.finish()
            self._index = None

    def _create(self, ids: Sequence[str], fresh: Sequence[Arriving]) -> None:
        """Write new people with a handful of statements: in the pool, or on the cadence asked for."""
        if not fresh:
            return
        work, now = self.work, [self._now] * len(ids)
        persons, details, tags, begins, _ = zip(*fresh, strict=True)
        columns = list(zip(*persons, strict=True))
        work.insert_columns("prospect", _PROSPECT, [ids, *columns, now])
        self._detail = work.insert_of_each("detail", _DETAIL, ids, details, self._detail)
        self._tag = work.insert_of_each("tag", _TAG, ids, tags, self._tag)
        begun = list(map(self._beginnings.of, begins))
        entries = [beginning.entries for beginning in begun]
        work.insert_of_each("journal", _ENTRY, ids, entries, lookup.next_id(work, "journal"))
        self._place(ids, begun)
        if self._index is not None:
            self._index.expect(len(ids), _is_plain(columns, details))

    def _place(self, ids: Sequence[str], begun: Sequence[Beginning]) -> None:
        """Write where new people stand; those of the same columns together."""
        for columns in dict.fromkeys([beginning.columns for beginning in begun]):
            alike = [beginning.columns == columns for beginning in begun]
            rows = [beginning.row for beginning in compress(begun, alike)]
            values = [list(compress(ids, alike)), *zip(*rows, strict=True)]
            self.work.insert_columns("standing", ("prospect_id", *columns), values)

    def _detail_row(self, prospect_id: str, detail: DetailRow, position: int) -> Row:
        self._detail += 1
        return dict(zip(_DETAIL, (self._detail - 1, prospect_id, *detail[:-1], position), strict=True))

    def _tag_row(self, prospect_id: str, tag: str) -> Row:
        self._tag += 1
        return {"id": self._tag - 1, "prospect_id": prospect_id, "tag": tag}

    def _complete(self, prospect_id: str, one: Arriving) -> bool:
        """Fill what is empty about somebody known, keep beside it what differs, and return whether anything was new."""
        person = self._there.pop(prospect_id, None) or stored(self.work.connection, prospect_id)
        changes = news(person, one)
        if changes:
            if self._index is not None:
                self._index.take_in_before(prospect_id)
            changes["search"] = people.search_text(person.name, str(changes.get("company", person.company)))
            self.work.update("prospect", prospect_id, changes)
        new = [detail for detail in one.rows if not has(person, *detail[:3])]
        for number, detail in enumerate(new):
            self.work.insert("detail", self._detail_row(prospect_id, detail, len(person.details) + number))
        tags = [tag for tag in one.tags if tag not in person.tags]
        for tag in tags:
            self.work.insert("tag", self._tag_row(prospect_id, tag))
        if new:
            self._tell_rules(prospect_id)
        if "birthday" in changes:
            tell_birthday(self._context, self.work, prospect_id)
        stopped = self._stop(prospect_id, one.begins[0]) | self._stop_channels(prospect_id, one.begins[4])
        if not (changes or new or tags or stopped):
            self._there[prospect_id] = person
            return False
        return True

    def _stop(self, prospect_id: str, relation: str) -> bool:
        """Honour a file that says somebody known asked not to be contacted; no other relation is taken over."""
        stop = Relation.DO_NOT_CONTACT
        if relation != stop.value or standing.read(self.work, prospect_id).relation is stop:
            return False
        record(self._context, self.work, prospect_id, Placed(stop))
        return True

    def _stop_channels(self, prospect_id: str, channels: Sequence[str]) -> bool:
        """Honour a file that says somebody known is not to be contacted on some channels."""
        if not channels:
            return False
        state = standing.read(self.work, prospect_id)
        stopped = frozenset(channels) - state.stopped_channels
        if stopped:
            told = Changed(state.good, state.star, state.pace, stopped)
            record(self._context, self.work, prospect_id, told)
        return bool(stopped)

    def _tell_rules(self, prospect_id: str) -> None:
        person = stored(self.work.connection, prospect_id)
        state = standing.read(self.work, prospect_id)
        good = good_kinds(person.details)
        if good != state.good:
            record(self._context, self.work, prospect_id, Changed(good, person.star, state.pace))


def _is_plain(columns: Sequence[Sequence[Value]], details: Sequence[Sequence[Value]]) -> bool:
    """Whether all words of some people are ASCII: the columns about them, and the values of their details."""
    texts = [column for column in columns if type(column[0]) is str]
    values = [value for found in details for value in found[1 :: len(DETAIL)]]
    return all("".join(column).isascii() for column in cast(list[Sequence[str]], [*texts, values]))
