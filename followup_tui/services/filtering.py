"""Filters as people type them, asked of the database; imported only when somebody filters."""

from __future__ import annotations

from typing import Any

from followup_tui.language.filters import parse_filter
from followup_tui.services.context import Context
from followup_tui.storage import filter_sql


def matching_ids(context: Context, connection: Any, text: str, limit: int | None, offset: int) -> list[str]:
    """Return the ids of matching prospects, by name; PhraseError with the column of what is not understood."""
    found: list[str] = filter_sql.matching_ids(
        connection, parse_filter(text), today=context.today(), now=context.now(), limit=limit, offset=offset
    )
    return found


def count_matching(context: Context, connection: Any, text: str) -> int:
    """Return how many prospects match."""
    return int(filter_sql.count(connection, parse_filter(text), today=context.today(), now=context.now()))
