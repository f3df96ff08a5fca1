"""Where people who are new begin: in the pool, or on the cadence asked for.

Most people of a file begin alike, so what is written of them is made once for all of these.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

from followup_tui.domain.cadence import Cadence
from followup_tui.domain.events import Added, Enrolled, Event, LoadMoved
from followup_tui.domain.lifecycle import BLANK, advance
from followup_tui.domain.model import Relation, State
from followup_tui.errors import UsageError
from followup_tui.records import dataclass
from followup_tui.services.arriving import Begins
from followup_tui.services.context import Context
from followup_tui.services.load import Capacity, LoadRule, Movable
from followup_tui.storage import journal, standing
from followup_tui.storage.unit_of_work import UnitOfWork, Value

ENTRY = ("kind", "at", "logged_at", "rules_id", "event", "reason")
"""The columns of a journal entry that `Beginning` has."""
_STAYS = {"do not contact": Relation.DO_NOT_CONTACT, "closed": Relation.CLOSED}
_KEPT = 4000
"""Different beginnings kept at hand: a file with birthdays has as many as there are days."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is written of somebody new, the ids left out."""

    entries: tuple[Value, ...]
    """Journal entries in the order of `ENTRY`, one behind the other."""
    columns: tuple[str, ...]
    """Those of the state that are not NULL."""
    row: tuple[Value, ...]
    """The state, in their order."""
    state: State


class _Start(NamedTuple):
    """An enrolment on a day, before it is asked whether the day is full."""

    state: State
    movable: Movable | None


class _Enrolled(NamedTuple):
    """An enrolment as it is written, and the room it takes."""

    begun: Beginning
    on: date | None
    channel: str | None
    minutes: int


class Beginnings:
    """Enrols new people as they come, so many a working day, and says what to write of each."""

    def __init__(self, context: Context, work: UnitOfWork, cadence: str | None, per_day: int | None) -> None:
        self._work = work
        self._rules = context.rules(work.connection)
        self._rules_id = context.rules_id(work)
        self._cadence: Cadence | None = context.cadence_named(work.connection, cadence) if cadence else None
        self._most = per_day or context.config.limits.per_day
        self._day: date = self._rules.calendar.roll(context.today())
        self._on_day = 0
        self._capacity = Capacity(work.connection, context.config)
        self._load = LoadRule(work.connection, context.config, self._rules, self._capacity)
        self._pool: dict[Begins, Beginning] = {}
        self._starts: dict[tuple[Begins, date], _Start | None] = {}
        self._enrolled: dict[tuple[Begins, date, date | None], _Enrolled] = {}
        self.enrolled = 0

    def of(self, key: Begins) -> Beginning:
        """Return how somebody new begins; without a usable detail, or out of play, nobody is enrolled."""
        begun = self._pool.get(key)
        if begun is None:
            if len(self._pool) >= _KEPT:
                self._pool.clear()
            begun = self._pool[key] = self._in_pool(*key)
        if self._cadence is None or not key[1] or key[0] in _STAYS:
            return begun
        return self._on_cadence(key, begun)

    def _in_pool(
        self, relation: str, good: Sequence[str], star: bool, birthday: str, not_by: Sequence[str]
    ) -> Beginning:
        stays = _STAYS.get(relation, Relation.POOL)
        added = Added(stays, frozenset(good), star, birthday=birthday, stopped=frozenset(not_by))
        state = advance(BLANK, added, self._work.now, self._rules).state
        return Beginning(self._entry(added), *self._row(state), state)

    def _on_cadence(self, key: Begins, begun: Beginning) -> Beginning:
        """Enrol somebody on the next day with a place; what is planned there takes its room."""
        assert self._cadence is not None
        if self._on_day >= self._most:
            self._day, self._on_day = self._rules.calendar.after(self._day), 0
            self._starts.clear()
            self._enrolled.clear()
        event = Enrolled(self._cadence.id, self._day)
        if (key, self._day) not in self._starts:
            self._starts[key, self._day] = self._started(begun.state, event)
        start = self._starts[key, self._day]
        if start is None:
            return begun
        move = self._load.move_of(start.movable) if start.movable is not None else None
        wanted = (key, self._day, move.to if move is not None else None)
        if wanted not in self._enrolled:
            self._enrolled[wanted] = self._written(begun, event, start.state, move)
        found = self._enrolled[wanted]
        if found.on is not None:
            self._capacity.take(found.on, found.channel, found.minutes)
        self._on_day += 1
        self.enrolled += 1
        return found.begun

    def _started(self, before: State, event: Enrolled) -> _Start | None:
        """Return where an enrolment leads; None for those no channel of ours reaches."""
        try:
            done = advance(before, event, self._work.now, self._rules)
        except UsageError:
            return None
        return _Start(done.state, self._load.movable(before, event, done, self._work.now))

    def _written(self, begun: Beginning, event: Enrolled, state: State, move: LoadMoved | None) -> _Enrolled:
        if move is not None:
            state = advance(state, move, self._work.now, self._rules).state
        events: tuple[Event, ...] = (event,) if move is None else (event, move)
        entries = chain(begun.entries, *map(self._entry, events))
        written = Beginning(tuple(entries), *self._row(state), state)
        plan = state.next_touch
        if plan is None:
            return _Enrolled(written, None, None, 0)
        minutes = self._capacity.minutes(plan.channel, self._load.beside(plan, state))
        return _Enrolled(written, plan.date, plan.channel, minutes)

    def _entry(self, event: Event) -> tuple[Value, ...]:
        row = journal.row_of("", event, self._work.now, self._work.now, self._rules_id)
        return tuple([row.get(name, "") for name in ENTRY])

    def _row(self, state: State) -> tuple[tuple[str, ...], tuple[Value, ...]]:
        row = standing.columns("", state, self._rules)
        del row["prospect_id"]
        said = {name: value for name, value in row.items() if value is not None}
        return tuple(said), tuple(said.values())
