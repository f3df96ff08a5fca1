"""Whether what was counted of days that are over still holds, or something was written since that concerns them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from followup_tui.storage.unit_of_work import instant

_LATER = (
    "SELECT 1 FROM change_image i LEFT JOIN journal j ON i.tbl = 'journal' AND j.id = CAST(i.pk AS INTEGER) "
    "WHERE i.change_id > ? AND i.tbl IN ('journal', 'setting', 'cadence', 'day_exception', 'block_run', 'day_record') "
    "AND NOT (i.tbl = 'setting' AND i.pk = 'cards') AND NOT coalesce("
    "i.tbl = 'journal' AND i.image IS NULL AND j.at >= ? AND j.logged_at >= ?, 0) LIMIT 1"
)
"""Anything the days are counted from but journal entries of today that were added; cards are of today.

Standings follow from the journals; nobody's name, details or tags say when something was due.
"""
_FACTS = (
    "SELECT (SELECT count(*) FROM change WHERE undone = 1), "
    "(SELECT count(*) FROM setting WHERE key >= 'erased:' AND key < 'erased;'), "
    "(SELECT max(id) FROM rules), (SELECT count(*) || ' ' || max(ended_at) FROM block_run WHERE day < :day), "
    "(SELECT group_concat(day || due || '/' || block_minutes, ' ') FROM day_record WHERE day < :day)"
)
"""What is written without a change to take back, and what taking one back alters."""


class Mark(NamedTuple):
    """How far the database was when the days before one were counted."""

    day: str
    """The first day that was not counted, as ISO text."""
    change: int
    """The newest change; 0 for none."""
    made: str
    """When that was made, for another file may have the same number."""
    facts: tuple[Any, ...]


def mark(connection: Any, day: str) -> Mark:
    """Return how far the database is."""
    newest = connection.execute("SELECT id, at FROM change ORDER BY id DESC LIMIT 1").fetchone()
    change, made = newest or (0, "")
    return Mark(day, int(change), str(made), tuple(connection.execute(_FACTS, {"day": day}).fetchone()))


def still_holds(connection: Any, before: Mark, now: Mark, begin: datetime) -> bool:
    """Whether only entries about the day that began at `begin` (aware), or later ones, were written between two marks.

    Both are of that day: what the days before it came to does not depend on when it is asked.
    """
    if (before.day, before.facts) != (now.day, now.facts) or now.change < before.change:
        return False
    if before.change:
        found = connection.execute("SELECT at FROM change WHERE id = ?", (before.change,)).fetchone()
        if found is None or found[0] != before.made:
            return False
    start = instant(begin)
    return connection.execute(_LATER, (before.change, start, start)).fetchone() is None
