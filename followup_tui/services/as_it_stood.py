"""How prospects stood at an earlier moment, from their journals: what was due on a day nobody looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from itertools import islice, takewhile
from typing import Any

from followup_tui.domain.cadence import Rules
from followup_tui.domain.events import Logged
from followup_tui.domain.model import PlanKind, State
from followup_tui.domain.retelling import retold
from followup_tui.services.holiday_calendar import holidays_of
from followup_tui.storage import journal, rulebook


class AsItStood:
    """Reads a journal each time it is asked: told again it takes four times as long, and thousands fill the memory."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    @cached_property
    def _rules(self) -> Mapping[int, Rules]:
        return rulebook.all_rules(self._connection, holidays_of)

    def state(self, prospect_id: str, at: datetime) -> State | None:
        """Return the state as of an instant; None before the prospect was there."""
        return self._retold(entry for entry in self._entries(prospect_id) if entry[3] < at)

    def before_touch(self, prospect_id: str, since: datetime) -> State | None:
        """Return the state right before the first touch of ours that was written since an instant."""

        def is_touch(entry: Any) -> bool:
            return isinstance(entry[2], Logged) and not entry[2].touch.inbound and entry[3] >= since

        return self._retold(takewhile(lambda entry: not is_touch(entry), self._entries(prospect_id)))

    def _entries(self, prospect_id: str) -> Iterator[Any]:
        return journal.entries(self._connection, prospect_id)

    def _retold(self, entries: Iterable[Any]) -> State | None:
        until = [(strand, event, now, self._rules[key]) for _, strand, event, now, key in entries]
        return retold(until) if until else None

    def waiting(self, ids: Iterable[str], day: date, at: datetime, most: int) -> int:
        """Return how many of these prospects were due on a day and still waiting at an instant, `most` at most.

        Telling a journal again takes a millisecond; whoever is beyond what counts is not asked about.
        """
        states = (self.state(key, at) for key in ids)
        due = (state for state in states if state is not None and due_on(state, day) is not None)
        return sum(1 for _ in islice(due, most))


def due_on(state: State, day: date) -> int | None:
    """Return by how many days the next touch was overdue; None when it was not due, or was a decision."""
    plan = state.next_touch
    if plan is None or plan.kind is PlanKind.DECISION or plan.date > day or state.is_paused(day):
        return None
    return (day - plan.date).days
