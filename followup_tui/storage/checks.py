"""What doctor asks the database."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Any

from followup_tui.errors import FollowupError
from followup_tui.storage.settings import AWAY, STANDING_ORDER, TABLE

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
    ("value_item", "created_at"): _INSTANT,
    ("template", "created_at"): _INSTANT,
    ("day_exception", "day"): _DAY,
    ("day_exception", "blocks"): json.loads,
    ("block_run", "day"): _DAY,
    ("block_run", "planned_start"): _CLOCK,
    ("block_run", "planned_end"): _CLOCK,
    ("block_run", "began_at"): _INSTANT,
    ("block_run", "ended_at"): _INSTANT,
    ("day_record", "day"): _DAY,
    ("day_load", "day"): _DAY,
}
"""Texts that have to be something; states, events and cadences are read whole."""

_OTHERS = {"detail", "tag", "cadence", "setting", "smart_list", "apart", "finding"}
"""Tables whose values have no shape but their column's."""


def _spans(text: str) -> list[date]:
    return [_DAY(day) for span in text.split() for day in span.split("/", 1)]


_SETTINGS: dict[str, Callable[[str], object]] = {AWAY: _spans, STANDING_ORDER: json.loads, TABLE: json.loads}


def integrity(connection: Any) -> list[str]:
    """Return what SQLite finds wrong with the file; empty when it is whole."""
    rows = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
    return [] if rows == ["ok"] else rows


def unreadable(connection: Any) -> list[str]:
    """Return stored values that are not what their column says, at most a few: bits may flip inside a value."""
    found: list[str] = []
    for table in sorted(
        {table for table, _ in _SHAPES} | {"detail", "tag", "cadence", "setting", "smart_list", "apart", "finding"}
    ):
        for _, column, declared, needed, *_ in connection.execute(f"PRAGMA table_info({table})").fetchall():
            kinds = "'integer'" if declared in ("INTEGER", "BOOLEAN") else "'text'"
            kinds += "" if needed else ", 'null'"
            wrong = connection.execute(
                f"SELECT {_key(table)} FROM {table} WHERE typeof({column}) NOT IN ({kinds}) LIMIT {_SHOWN}"
            ).fetchall()
            found += [f"{table} row {row[0]}: {column} is no {declared.lower()}" for row in wrong]
    if found:
        return found
    shapes = [problem for shape in _SHAPES for problem in _misshapen(connection, *shape)]
    return [*shapes, *_unset(connection), *_undecoded(connection)]


def _key(table: str) -> str:
    """Return what names a row; the load of a day has no number."""
    return "day" if table == "day_load" else "rowid"


def _unset(connection: Any) -> Iterator[str]:
    """Yield settings that are not what their key says."""
    for key, text in connection.execute("SELECT key, value FROM setting WHERE value <> ''"):
        try:
            _SETTINGS.get(key, str)(text)
        except ValueError:
            yield f"the setting “{key}” can't be read"


def _misshapen(connection: Any, table: str, column: str) -> Iterator[str]:
    read = _SHAPES[table, column]
    for key, text in connection.execute(f"SELECT {_key(table)}, {column} FROM {table} WHERE {column} IS NOT NULL"):
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


def days(connection: Any) -> Iterator[str]:
    """Yield days and blocks that can't have been: ended before they began, or counted below nothing."""
    for key, day in connection.execute("SELECT id, day FROM block_run WHERE ended_at < began_at"):
        yield f"the block {key} of {day} ended before it began"
    if (open_ones := connection.execute("SELECT count(*) FROM block_run WHERE ended_at IS NULL").fetchone()[0]) > 1:
        yield f"{open_ones} blocks run at once"
    counted = "due, done, moved, left_over, block_minutes, worked_minutes"
    for (day,) in connection.execute(f"SELECT day FROM day_record WHERE min({counted}) < 0"):
        yield f"the record of {day} counts below nothing"


def strands(connection: Any) -> Iterator[str]:
    """Yield people whose journal has a strand that no merge names: nobody knows whose it was."""
    sql = (
        "SELECT prospect_id, strand FROM journal WHERE strand <> '' EXCEPT "
        "SELECT prospect_id, json_extract(event, '$.strand') FROM journal WHERE kind = 'merge' AND json_valid(event)"
    )
    for who, strand in connection.execute(sql):
        yield f"{who}: no merge names the strand {strand} of its journal"


def pairs(connection: Any) -> Iterator[str]:
    """Yield pairs said to be two people that name one person twice, or stand out of their order."""
    for (key,) in connection.execute("SELECT id FROM apart WHERE first_id >= second_id"):
        yield f"the pair {key} of people kept apart is not in its order"


def images(connection: Any) -> Iterator[str]:
    """Yield images that undo could not put back: of tables nobody knows."""
    from followup_tui.storage.unit_of_work import PRIMARY_KEYS

    known = ", ".join(f"'{table}'" for table in PRIMARY_KEYS)
    for key, table in connection.execute(f"SELECT id, tbl FROM change_image WHERE tbl NOT IN ({known})"):
        yield f"the image {key} of an undo step is of no table ({table})"


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
