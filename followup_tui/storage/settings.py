"""Small facts of a database, which undo covers like everything else: a span away, a standing order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from followup_tui.storage.unit_of_work import UnitOfWork

AWAY = "away"
"""Spans the user is away, as `2026-12-21/2026-12-31 …`."""

CARDS = "cards"
"""The day the cards were last looked at, and what the configuration said about them then."""

STANDING_ORDER = "standing_order"
"""What is drawn from the pool, as JSON."""

TABLE = "prospects_table"
"""Columns, widths and order of the table of prospects, as JSON."""

ZONE = "zone"
"""The last day that was begun, and the zone it was planned in: `2026-11-23 Europe/Berlin`."""


def read(connection: Any, key: str) -> str:
    """Return the text of a setting; empty when there is none."""
    row = connection.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
    return "" if row is None else str(row[0])


def write(work: UnitOfWork, key: str, value: str) -> None:
    """Store a setting, or remove it for an empty text."""
    known = work.one("setting", key) is not None
    if value and known:
        work.update("setting", key, {"value": value})
    elif value:
        work.insert("setting", {"key": key, "value": value})
    elif known:
        work.delete("setting", key)
