"""Everybody in an order: ids only, so that a table of 100,000 people knows every row's place without holding rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

from followup_tui.domain.model import Relation

_BY_NAME = "SELECT group_concat(id, char(10)) FROM (SELECT id FROM prospect ORDER BY search, id)"
_STANDING = "SELECT prospect_id, {} FROM standing"
_RELATIONS = {relation.value: place for place, relation in enumerate(Relation)}
_Key = Callable[[Any], Any]


def _last(value: Any) -> Any:
    return (value is None or value == "", value)


_KEYS: dict[str, tuple[str, _Key]] = {
    "company": ("SELECT id, substr(search, instr(search, char(10)) + 1) FROM prospect", _last),
    "relation": (_STANDING.format("relation"), lambda value: _RELATIONS.get(value, 99)),
    "next": (_STANDING.format("next_date || coalesce('T' || next_time, '')"), _last),
    "attempts": (_STANDING.format("-attempts"), lambda value: value),
    "touches": (_STANDING.format("-touches"), lambda value: value),
    "last": (_STANDING.format("last_touch_at"), lambda value: value or ""),
    "created": ("SELECT id, created_at FROM prospect", lambda value: value),
    "star": (_STANDING.format("1 - starred"), lambda value: value),
    "cadence": (
        "SELECT s.prospect_id, lower(c.name) FROM standing s LEFT JOIN cadence c ON c.id = s.cadence_id",
        _last,
    ),
    "phone": (
        "SELECT p.id, (SELECT key FROM detail d WHERE d.prospect_id = p.id AND d.kind IN ('phone', 'mobile') "
        "ORDER BY d.bad, d.position, d.id LIMIT 1) FROM prospect p",
        _last,
    ),
    "email": (
        "SELECT p.id, (SELECT key FROM detail d WHERE d.prospect_id = p.id AND d.kind = 'email' "
        "ORDER BY d.bad, d.position, d.id LIMIT 1) FROM prospect p",
        _last,
    ),
}
_NEWEST_FIRST = frozenset({"last", "created"})
ORDERS = ("name", *_KEYS)


def by_name(connection: sqlite3.Connection) -> list[str]:
    """Return all ids in the order of names."""
    joined = connection.execute(_BY_NAME).fetchone()[0]
    return str(joined).split("\n") if joined else []


def by(connection: sqlite3.Connection, order: str, names: list[str]) -> list[str]:
    """Return `names`, the ids in the order of names, sorted by another column; among equals the names stay in order.

    What is missing comes last; of numbers the largest and of times the newest come first.
    """
    sql, key = _KEYS[order]
    values: dict[str, Any] = {row[0]: key(row[1]) for row in connection.execute(sql)}

    def value(who: str) -> Any:
        return values[who]

    return sorted(names, key=value, reverse=order in _NEWEST_FIRST)
