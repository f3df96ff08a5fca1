"""Measures of what was done (domain §14)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from followup_tui.domain import promises
from followup_tui.domain.model import Planned
from followup_tui.errors import FollowupError
from followup_tui.services.context import Context
from followup_tui.services.holiday_calendar import holidays_of
from followup_tui.services.views import PromisesView, ReasonView
from followup_tui.storage import journal, rulebook

_LOT = 25
"""People whose journals are told again in one read."""


class InsightService:
    """Looking back."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def promises(self) -> PromisesView:
        """Return how many promises were kept, over everybody."""
        with self._context.database.reading() as connection:
            rules = rulebook.all_rules(connection, holidays_of)
            told = [kept for key in journal.promising(connection) for kept in _settled(connection, key, rules)]
        return _view(told)

    def promises_to(
        self, people: Sequence[str], since: date | None = None, progress: Callable[[], bool] | None = None
    ) -> PromisesView:
        """Return how many promises to some people were kept, of those for a day since then; `progress` may end it."""
        told: list[bool] = []
        for start in range(0, len(people), _LOT):
            if progress is not None and not progress():
                raise FollowupError("the counting was cancelled")
            with self._context.database.reading() as connection:
                rules = rulebook.all_rules(connection, holidays_of)
                for key in people[start : start + _LOT]:
                    plans = _told(connection, key, rules)
                    told += [kept for plan, kept in plans if since is None or plan.date >= since]
        return _view(told)

    def reasons(self) -> tuple[ReasonView, ...]:
        """Return the reasons given for skips, closings and definite noes, the most frequent first (§11, S3)."""
        with self._context.database.reading() as connection:
            return tally(journal.reasons(connection))


def tally(rows: Iterable[tuple[str, str, int]]) -> tuple[ReasonView, ...]:
    """Add up reasons that differ only in case and spaces, the most frequent first."""
    found: dict[str, dict[str, int]] = {}
    for what, reason, number in rows:
        of = found.setdefault(" ".join(reason.split()).casefold(), {})
        of[what] = of.get(what, 0) + number
    views = (ReasonView(reason, sum(of.values()), of) for reason, of in found.items())
    return tuple(sorted(views, key=lambda one: (-one.n, one.reason)))


def promises_of(connection: Any, prospect_id: str) -> tuple[PromisesView | None, dict[str, bool]]:
    """Return how many promises to one prospect were kept (None when none came due), and which, by date and time."""
    told = _told(connection, prospect_id, rulebook.all_rules(connection, holidays_of))
    return _view([kept for _, kept in told]) if told else None, {_words(plan): kept for plan, kept in told}


def _words(plan: Planned) -> str:
    """Return date and time of a promise as its touch stores them."""
    return plan.date.isoformat() + (f"T{plan.time.isoformat('minutes')}" if plan.time else "")


def _settled(connection: Any, prospect_id: str, rules: Any) -> list[bool]:
    return [kept for _, kept in _told(connection, prospect_id, rules)]


def _told(connection: Any, prospect_id: str, rules: Any) -> list[tuple[Planned, bool]]:
    entries = journal.entries(connection, prospect_id)
    return promises.told_and_kept((strand, event, at, rules[rules_id]) for _, strand, event, at, rules_id in entries)


def _view(told: list[bool]) -> PromisesView:
    return PromisesView(sum(told), len(told), sum(told) / len(told) if told else None)
