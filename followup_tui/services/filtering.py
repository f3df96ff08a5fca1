"""Filters as people type them, asked of the database; imported only when somebody filters."""

from __future__ import annotations

from typing import Any

from followup_tui.language.filters import parse_filter
from followup_tui.services.context import Context
from followup_tui.storage import filter_sql


def matching_ids(context: Context, connection: Any, text: str, limit: int | None, offset: int) -> list[str]:
    """Return the ids of matching prospects, by name; PhraseError with the column of what is not understood."""
    return filter_sql.matching_ids(connection, parse_filter(text), **_moment(context), limit=limit, offset=offset)


def count_matching(context: Context, connection: Any, text: str) -> int:
    """Return how many prospects match."""
    return filter_sql.count(connection, parse_filter(text), **_moment(context))


def _moment(context: Context) -> dict[str, Any]:
    """Return what words as `today` mean now, for this user."""
    config = context.config
    return {
        "today": context.today(),
        "now": context.now(),
        "zone": config.zone,
        "day_starts": config.day_starts,
        "date_order": config.date_order,
    }
