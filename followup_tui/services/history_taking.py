"""Touches out of another program's history: recorded and counted, and no date moves (domain §4, back-dated)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import field

from followup_tui.domain.events import Logged
from followup_tui.domain.folding import fold
from followup_tui.domain.model import Outcome, Touch
from followup_tui.errors import UsageError
from followup_tui.exchange.activities import TouchDraft
from followup_tui.exchange.activity_columns import IDS
from followup_tui.exchange.drafts import Draft, Rejection
from followup_tui.records import dataclass
from followup_tui.services.arrivals import Arrivals, Counts
from followup_tui.services.arriving import arriving, keys_of
from followup_tui.services.context import Context
from followup_tui.services.recording import record, refuse_future
from followup_tui.storage import lookup
from followup_tui.storage.unit_of_work import UnitOfWork, instant

_Same = tuple[str, str, str, bool]
"""Prospect, instant, channel, direction: what tells a touch from another, whatever its note says by now."""


@dataclass(slots=True)
class Taken:
    """What became of some touches."""

    people: Counts = field(default_factory=lambda: Counts([], [], []))
    channels: Counter[str] = field(default_factory=Counter)
    doubled: int = 0
    rejected: list[Rejection] = field(default_factory=list)


class HistoryTaking:
    """Takes touches into the database within one unit of work."""

    def __init__(self, context: Context, work: UnitOfWork, arrivals: Arrivals, known_only: bool) -> None:
        self._context, self._work, self._arrivals, self._known_only = context, work, arrivals, known_only
        self._there: dict[str, Counter[_Same]] = {}
        """Of each prospect met so far, the touches that were there before the import and are not met yet."""
        self._ids: dict[str, list[str]] | None = None
        """The other program's id → prospects; None until one is asked for."""

    def take(self, drafts: Sequence[TouchDraft]) -> Taken:
        """Record the touches of a lot; who is not here comes into the pool, unless only known people are wanted."""
        done = Taken()
        persons = list({_who(draft.person): draft.person for draft in drafts}.values())
        found, unclear = self._pointed_at(persons)
        others = [person for person in persons if _who(person) not in found and _who(person) not in unclear]
        if not self._known_only:
            done.people = self._arrivals.take([arriving(person) for person in others if person.name])
        found |= self._found(others)
        for draft in drafts:
            prospect_id = found.get(_who(draft.person))
            if prospect_id is None:
                why = unclear.get(_who(draft.person)) or f"nobody here is {_called(draft.person)}; left out"
                done.rejected.append(Rejection(draft.line, "", why))
            elif self._was_there(prospect_id, draft):
                done.doubled += 1
            else:
                self._record(prospect_id, draft, done)
        return done

    def _pointed_at(self, persons: Sequence[Draft]) -> tuple[dict[object, str], dict[object, str]]:
        """Return who is meant by the other program's id or by a mere name, and why that is unclear."""
        found: dict[object, str] = {}
        unclear: dict[object, str] = {}
        if self._ids is None and any(person.extra for person in persons):
            self._ids = lookup.kept_beside(self._work, [name for names in IDS.values() for name in names])
        for person in persons:
            owners = next((owners for id in person.extra.values() if (owners := (self._ids or {}).get(id))), [])
            if not owners and not person.company and person.name and not _keys_of(person):
                owners = lookup.called(self._work, fold(person.name))
                if len(owners) > 1:
                    unclear[_who(person)] = f"{len(owners)} people here are called {_called(person)}; left out"
            if len(owners) == 1:
                found[_who(person)] = owners[0]
        return found, unclear

    def _found(self, persons: Sequence[Draft]) -> dict[object, str]:
        who = [(_keys_of(person), fold(person.name), fold(person.company)) for person in persons]
        known = lookup.Known(self._work, who)
        found = ((_who(person), known.find(*one)) for person, one in zip(persons, who, strict=True) if person.name)
        return {who: prospect_id for who, prospect_id in found if prospect_id is not None}

    def _was_there(self, prospect_id: str, draft: TouchDraft) -> bool:
        """Return whether a touch is there already: as often as it was there it is not taken again."""
        if prospect_id not in self._there:
            rows = self._work.execute(
                "SELECT at, channel, inbound FROM journal WHERE prospect_id = ? AND +kind = 'touch'", (prospect_id,)
            )
            self._there[prospect_id] = Counter((prospect_id, at, channel, bool(of)) for at, channel, of in rows)
        same = (prospect_id, instant(draft.at), draft.channel, draft.inbound)
        if not self._there[prospect_id][same]:
            return False
        self._there[prospect_id][same] -= 1
        return True

    def _record(self, prospect_id: str, draft: TouchDraft, done: Taken) -> None:
        touch = Touch(
            draft.channel, Outcome(draft.outcome), draft.at, inbound=draft.inbound, note=draft.note, back_dated=True
        )
        try:
            refuse_future(draft.at, self._work.now)
            record(self._context, self._work, prospect_id, Logged(touch))
        except UsageError as error:
            done.rejected.append(Rejection(draft.line, "", f"{draft.person.name[:60]}: {error.title}"))
            return
        done.channels[draft.channel] += 1


def _keys_of(person: Draft) -> tuple[tuple[str, str], ...]:
    return keys_of((detail.kind, detail.key) for detail in person.details)


def _who(person: Draft) -> object:
    return _keys_of(person), fold(person.name), fold(person.company), tuple(person.extra.values())


def _called(person: Draft) -> str:
    return person.name[:60] or " ".join(f"{name} {id}" for name, id in person.extra.items())
