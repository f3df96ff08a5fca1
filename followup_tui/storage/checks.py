"""What doctor asks the database."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Any

from followup_tui.errors import FollowupError

_QUEUE = (
    "prospect_id, relation, next_kind, next_date, next_time, next_channel, next_step, blocked, attempts, touches, "
    "last_touch_at, last_channel, cadence_id, step, steps_total, companion, fixed_date, paused_from, paused_until, "
    "reachable"
)
_SHOWN = 8
_DAY, _CLOCK, _INSTANT = date.fromisoformat, time.fromisoformat, datetime.fromisoformat
_SHAPES: dict[tuple[str, str], Callable[[str], object]] = {
    ("prospect", "extra"): json.loads,
    ("prospect", "created_at"): _INSTANT,
    ("standing", "next_date"): _DAY,
    ("standing", "next_time"): _CLOCK,
    ("standing", "last_touch_at"): _INSTANT,
    ("standing", "fixed_date"): _DAY,
    ("standing", "paused_from"): _DAY,
    ("standing", "paused_until"): _DAY,
    ("standing", "snoozed_until"): _INSTANT,
    ("journal", "at"): _INSTANT,
    ("journal", "logged_at"): _INSTANT,
    ("rules", "document"): json.loads,
    ("change", "at"): _INSTANT,
    ("change_image", "image"): json.loads,
}
"""Texts that have to be something; states, events and cadences are read whole."""


def integrity(connection: Any) -> list[str]:
    """Return what SQLite finds wrong with the file; empty when it is whole."""
    rows = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
    return [] if rows == ["ok"] else rows


def unreadable(connection: Any) -> list[str]:
    """Return stored values that are not what their column says, at most a few: bits may flip inside a value."""
    found: list[str] = []
    for table in sorted({table for table, _ in _SHAPES} | {"detail", "tag", "cadence"}):
        for _, column, declared, needed, *_ in connection.execute(f"PRAGMA table_info({table})").fetchall():
            kinds = "'integer'" if declared in ("INTEGER", "BOOLEAN") else "'text'"
            kinds += "" if needed else ", 'null'"
            wrong = connection.execute(
                f"SELECT rowid FROM {table} WHERE typeof({column}) NOT IN ({kinds}) LIMIT {_SHOWN}"
            ).fetchall()
            found += [f"{table} row {row[0]}: {column} is no {declared.lower()}" for row in wrong]
    return found or [problem for shape in _SHAPES for problem in _misshapen(connection, *shape)] + _undecoded(
        connection
    )


def _misshapen(connection: Any, table: str, column: str) -> Iterator[str]:
    read = _SHAPES[table, column]
    for key, text in connection.execute(f"SELECT rowid, {column} FROM {table} WHERE {column} IS NOT NULL"):
        try:
            read(text)
        except ValueError:
            yield f"{table} row {key}: {column} can't be read"


def _undecoded(connection: Any) -> list[str]:
    """Return states, events and cadences that don't fit the domain."""
    from followup_tui.domain.cadence import Cadence
    from followup_tui.domain.model import State
    from followup_tui.storage.codec import loads
    from followup_tui.storage.journal import KINDS

    found: list[str] = []

    def tried(kind: Any, text: str, where: str) -> None:
        try:
            loads(kind, text)
        except FollowupError as error:
            found.append(f"{where}: {error.title}")

    for key, text in connection.execute("SELECT prospect_id, state FROM standing"):
        tried(State, text, str(key))
    for key, text in connection.execute("SELECT name, document FROM cadence"):
        tried(Cadence, text, f"cadence {key}")
    for key, kind, text in connection.execute("SELECT id, kind, event FROM journal"):
        if kind in KINDS:
            tried(KINDS[kind], text, f"journal {key}")
        else:
            found.append(f"journal {key}: no kind “{kind}”")
    return found


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
