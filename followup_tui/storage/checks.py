"""What doctor asks the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

_QUEUE = (
    "prospect_id, relation, next_kind, next_date, next_time, next_channel, next_step, blocked, attempts, touches, "
    "last_touch_at, last_channel, cadence_id, step, steps_total, companion, fixed_date, paused_from, paused_until"
)


def integrity(connection: Any) -> list[str]:
    """Return what SQLite finds wrong with the file."""
    rows = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
    return [] if rows == ["ok"] else rows


def foreign_keys(connection: Any) -> list[str]:
    """Return rows that point to nothing."""
    return [f"{row[0]} row {row[1]} points to no {row[2]}" for row in connection.execute("PRAGMA foreign_key_check")]


def orphans(connection: Any) -> list[str]:
    """Return prospects without a state or a journal."""
    rows = connection.execute(
        "SELECT p.id FROM prospect p LEFT JOIN standing s ON s.prospect_id = p.id WHERE s.prospect_id IS NULL "
        "UNION SELECT p.id FROM prospect p WHERE NOT EXISTS (SELECT 1 FROM journal j WHERE j.prospect_id = p.id)"
    )
    return [f"{row[0]}: no state or no journal" for row in rows]


def states(connection: Any) -> Iterator[tuple[str, str]]:
    """Yield prospect and stored state as JSON."""
    for row in connection.execute("SELECT prospect_id, state FROM standing ORDER BY prospect_id"):
        yield str(row[0]), str(row[1])


def standing_row(connection: Any, prospect_id: str) -> dict[str, Any] | None:
    """Return the columns the queue reads, by name."""
    row = connection.execute(f"SELECT {_QUEUE} FROM standing WHERE prospect_id = ?", (prospect_id,)).fetchone()
    return dict(zip((name.strip() for name in _QUEUE.split(",")), row, strict=True)) if row else None


def sqlite_version() -> str:
    """Return the version of the linked SQLite."""
    return sqlite3.sqlite_version
