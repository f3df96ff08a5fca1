"""What became of promises: a journal is told again, and only what came since when it was told before (domain §4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from threading import Lock
from typing import Any

from followup_tui.domain import promises
from followup_tui.domain.model import Planned
from followup_tui.errors import FollowupError
from followup_tui.services.holiday_calendar import holidays_of
from followup_tui.services.views import PromisesView
from followup_tui.storage import journal, rulebook, timelines

Fate = tuple[PromisesView | None, dict[str, bool]]
"""How many promises to one prospect were kept (None when none came due), and which, by date and time."""
NONE: Fate = (None, {})
_LOT = 200
"""Entries told between two looks at whether anybody waits."""


def told(connection: Any, prospect_id: str, rules: Any) -> list[tuple[Planned, bool]]:
    """Return each promise to a prospect that came due by a touch, and whether it was kept."""
    entries = journal.entries(connection, prospect_id)
    return promises.told_and_kept((strand, event, at, rules[rules_id]) for _, strand, event, at, rules_id in entries)


def in_numbers(kept: list[bool]) -> PromisesView:
    """Return how many of these were kept."""
    return PromisesView(sum(kept), len(kept), sum(kept) / len(kept) if kept else None)


def promises_of(connection: Any, prospect_id: str) -> Fate:
    """Return what became of the promises to one prospect."""
    return _fate(told(connection, prospect_id, rulebook.all_rules(connection, holidays_of)))


class Fates:
    """Answers as `promises_of` does; of the prospect asked for last only what came since is told.

    What was told before is compared entry by entry as it is stored: an entry that was changed, taken back or put
    between the others lets it begin anew.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._start("")

    def _start(self, prospect_id: str) -> None:
        self._who, self._number, self._sum, self._telling = prospect_id, 0, 0, promises.Telling()

    def of(self, connection: Any, prospect_id: str, alive: Callable[[], bool] | None = None) -> Fate:
        """Return what became of the promises to one prospect; FollowupError when nobody waits for it any more."""
        with self._lock:
            if self._who != prospect_id:
                self._start(prospect_id)
            if not self._tell(connection, alive):
                self._start(prospect_id)
                self._tell(connection, alive)
            return _fate(self._telling.found)

    def _tell(self, connection: Any, alive: Callable[[], bool] | None) -> bool:
        """Tell what is new; False when what was told before is not there as it was."""
        rules = rulebook.all_rules(connection, holidays_of)
        known, known_sum, seen = self._number, self._sum, 0
        found = 0
        for row in timelines.stored_entries(connection, self._who):
            if seen == known and found != known_sum:
                return False
            if seen % _LOT == 0 and alive is not None and not alive():
                raise FollowupError("nobody waits for it any more")
            seen += 1
            found = hash((found, row))
            if seen > known:
                strand, kind, event, logged_at, rules_id = row[:5]
                entry = journal.event(kind, event)
                self._telling.tell((strand, entry, datetime.fromisoformat(logged_at), rules[rules_id]))
                self._number, self._sum = seen, found
        return seen >= known and found == self._sum


def _fate(found: list[tuple[Planned, bool]]) -> Fate:
    return in_numbers([kept for _, kept in found]) if found else None, {_words(plan): kept for plan, kept in found}


def _words(plan: Planned) -> str:
    """Return date and time of a promise as its touch stores them."""
    return plan.date.isoformat() + (f"T{plan.time.isoformat('minutes')}" if plan.time else "")
