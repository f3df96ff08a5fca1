"""Filters as people type them, asked of the database; imported only when somebody filters."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from followup_tui.domain.folding import fold
from followup_tui.language.filters import And, Node, Words, parse_filter
from followup_tui.language.lists import with_lists
from followup_tui.language.smart_lists import SMART_LISTS
from followup_tui.services.context import Context
from followup_tui.storage import filter_sql, lists, ready_filters


def understood(connection: Any, text: str) -> Node:
    """Return what a filter means, its lists replaced by what they hold; PhraseError with a column otherwise."""
    node = _parsed(text)
    return with_lists(node, known_lists(connection)) if "list" in text.casefold() else node


@lru_cache(maxsize=128)
def _parsed(text: str) -> Node:
    return parse_filter(text)


def only_words(text: str) -> bool:
    """Whether a filter is nothing but words as people type names: no condition, no quotes (which mean exactly so)."""
    if any(mark in text for mark in '"“”'):
        return False
    if ready_filters.plain_words(text) is not None:
        return True
    node = _parsed(text)
    parts = node.parts if isinstance(node, And) else (node,)
    return all(isinstance(part, Words) for part in parts)


def known_lists(connection: Any) -> dict[str, str]:
    """Return the filter of every list, shipped or saved, by its folded name."""
    saved = {fold(name): filter for _, name, filter in lists.saved(connection)}
    return {fold(shipped.name): shipped.filter for shipped in SMART_LISTS} | saved


def matching_ids(context: Context, connection: Any, text: str, limit: int | None, offset: int) -> list[str]:
    """Return the ids of matching prospects, by name; PhraseError with the column of what is not understood."""
    if (ready := _ready(context, text)) is not None:
        return ready_filters.matching_ids(connection, ready, limit, offset)
    node = understood(connection, text)
    return filter_sql.matching_ids(connection, node, **_moment(context), limit=limit, offset=offset)


def found_ids(context: Context, connection: Any, text: str) -> set[str]:
    """Return the ids of matching prospects, in no order."""
    if (ready := _ready(context, text)) is not None:
        return ready_filters.found_ids(connection, ready)
    return filter_sql.found_ids(connection, understood(connection, text), **_moment(context))


def count_matching(context: Context, connection: Any, text: str) -> int:
    """Return how many prospects match."""
    if (ready := _ready(context, text)) is not None:
        return ready_filters.count(connection, ready)
    return filter_sql.count(connection, understood(connection, text), **_moment(context))


def _ready(context: Context, text: str) -> ready_filters.Ready | None:
    """Return the SQL of a filter that is ready: no grammar, no SQLAlchemy."""
    return ready_filters.ready(text, context.today(), context.config.zone, context.config.day_starts)


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
