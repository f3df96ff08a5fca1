"""Measures of what was done (domain §14)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from followup_tui.errors import FollowupError
from followup_tui.services.context import Context
from followup_tui.services.fates import in_numbers, told
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
            found = [kept for key in journal.promising(connection) for _, kept in told(connection, key, rules)]
        return in_numbers(found)

    def promises_to(
        self, people: Sequence[str], since: date | None = None, progress: Callable[[], bool] | None = None
    ) -> PromisesView:
        """Return how many promises to some people were kept, of those for a day since then; `progress` may end it."""
        found: list[bool] = []
        for start in range(0, len(people), _LOT):
            if progress is not None and not progress():
                raise FollowupError("the counting was cancelled")
            with self._context.database.reading() as connection:
                rules = rulebook.all_rules(connection, holidays_of)
                for key in people[start : start + _LOT]:
                    plans = told(connection, key, rules)
                    found += [kept for plan, kept in plans if since is None or plan.date >= since]
        return in_numbers(found)

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
