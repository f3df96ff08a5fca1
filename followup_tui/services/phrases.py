"""Dates as people say them, with the user's own calendar: a business day is none of their holidays or days away."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from followup_tui.domain.workdays import WorkCalendar
from followup_tui.services.context import Context

if TYPE_CHECKING:
    from followup_tui.language.dates import When


def understood(context: Context, text: str, future: bool) -> When:
    """Return what a phrase means; `future=False` looks back. PhraseError for what is none."""
    from followup_tui.language.dates import parse_when

    return parse_when(
        text,
        now=context.now(),
        order=context.config.date_order,
        is_working=_Calendar(context).is_working,
        future=future,
    )


class _Calendar:
    """Looks up which days are worked when a phrase asks for it; most don't."""

    def __init__(self, context: Context) -> None:
        self._context = context

    @cached_property
    def _days(self) -> WorkCalendar:
        with self._context.database.reading() as connection:
            return self._context.rules(connection).calendar

    def is_working(self, day: date) -> bool:
        return self._days.is_working(day)
