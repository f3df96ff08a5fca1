"""Removing a person for good: the one change that leaves no image, because that is what is asked for."""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime
from typing import Any

from followup_tui.errors import NothingFound
from followup_tui.records import dataclass
from followup_tui.storage import finding, lots
from followup_tui.storage.connection import translated
from followup_tui.storage.database import Database
from followup_tui.storage.lots import Image
from followup_tui.storage.settings import CARDS
from followup_tui.storage.turns import take_turn
from followup_tui.storage.unit_of_work import LOT, instant

ERASED = "erased:"
"""The prefix of the setting that keeps the id, so that restoring a backup can leave the person out."""
_SOMEBODY = "an erased prospect"
_OWNED = ("detail", "tag", "journal")
"""Tables whose rows belong to a prospect and have ids of their own."""
_LEFT = "SELECT 1 FROM change_image WHERE change_id = ? AND NOT (tbl = 'setting' AND pk = ?) LIMIT 1"
"""Whether anything is left of a change; that cards were looked at with it is nothing by itself."""


@dataclass(slots=True)
class _Images:
    """Which images of the undo history speak of the person."""

    rows: list[Image] = field(default_factory=list)
    """Images to remove."""
    changes: set[int] = field(default_factory=set)
    """The changes they belonged to."""
    names: set[str] = field(default_factory=set)
    """Names the person ever had."""
    people: set[str] = field(default_factory=set)
    """Their id, and those of records that were merged into theirs."""


def erase(database: Database, prospect_id: str, now: datetime) -> None:
    """Remove a person everywhere; only the id is kept. NothingFound when there is none; cannot be undone."""
    connection = database.writing()
    try:
        connection.execute("PRAGMA secure_delete = ON").fetchall()
        take_turn(connection, database.told)
        _erase(connection, prospect_id, now)
        connection.execute("COMMIT")
        _leave_no_trace(connection)
    except sqlite3.Error as error:
        raise translated(error, database.path) from error
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _leave_no_trace(connection: sqlite3.Connection) -> None:
    """Write the file anew: older changes, made without secure_delete, leave text in free space.

    When it can't be done, for the file is busy or the disk full, the rows are gone and zeroed all the same.
    """
    with contextlib.suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA temp_store = FILE")  # a large database does not fit into memory
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.execute("PRAGMA temp_store = MEMORY")


def erased(connection: Any) -> list[str]:
    """Return the ids of everybody who was erased."""
    rows = connection.execute("SELECT key FROM setting WHERE key LIKE 'erased:%' ORDER BY key").fetchall()
    return [str(row[0]).removeprefix(ERASED) for row in rows]


def _erase(connection: sqlite3.Connection, prospect_id: str, now: datetime) -> None:
    if connection.execute("SELECT 1 FROM prospect WHERE id = ?", (prospect_id,)).fetchone() is None:
        raise NothingFound(f"there is no prospect {prospect_id}", "followup find lists them")
    found = _images(connection, prospect_id)
    lots.forget(connection, found.rows)
    for table in (*_OWNED, "standing"):
        connection.execute(f"DELETE FROM {table} WHERE prospect_id = ?", (prospect_id,))
    connection.execute("DELETE FROM prospect WHERE id = ?", (prospect_id,))
    for key in found.people:
        _forget_referrer(connection, key)
        connection.execute(
            "INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", (f"{ERASED}{key}", instant(now))
        )
    _rename(connection, found)
    finding.tidy(connection)


def _images(connection: sqlite3.Connection, prospect_id: str) -> _Images:
    """Return the images of the person's rows: those that are there, and those that were."""
    found = _Images(people={prospect_id})
    found.names.add(str(connection.execute("SELECT name FROM prospect WHERE id = ?", (prospect_id,)).fetchone()[0]))
    keys = {table: _keys(connection, table, prospect_id) for table in _OWNED}
    lots.unpack(connection, {(table, pk) for table, some in keys.items() for pk in some})
    for table, some in keys.items():
        for pk in some:
            _take(found, _of_row(connection, table, pk, prospect_id))
            found.people |= _merged(connection, table, pk)
    lots.unpack(connection, {(table, one) for table in ("prospect", "standing") for one in found.people})
    for one in found.people:
        own = connection.execute(
            f"SELECT id, pk, lot, change_id, image FROM {lots.IMAGES} WHERE tbl IN ('prospect', 'standing') AND pk = ?",
            (one,),
        )
        for key, pk, lot, change, image in own.fetchall():
            _take(found, [((key, pk, lot), change)])
            found.names.add(str(json.loads(image or "{}").get("name", "")))
    return found


def _merged(connection: sqlite3.Connection, table: str, pk: str) -> set[str]:
    """Return who had this row before it was handed over, and is there no more."""
    rows = connection.execute(
        f"SELECT DISTINCT json_extract(image, '$.prospect_id') AS owner FROM {lots.IMAGES} WHERE tbl = ? AND pk = ? "
        "AND json_extract(image, '$.id') IS NULL AND owner NOT IN (SELECT id FROM prospect)",
        (table, pk),
    )
    return {str(row[0]) for row in rows.fetchall()}


def _take(found: _Images, images: Iterable[tuple[Image, int]]) -> None:
    for key, change in images:
        found.rows.append(key)
        found.changes.add(change)


def _keys(connection: sqlite3.Connection, table: str, prospect_id: str) -> set[str]:
    """Return the keys of the rows that are or ever were the person's."""
    now = connection.execute(f"SELECT id FROM {table} WHERE prospect_id = ?", (prospect_id,))
    once = connection.execute(
        "SELECT DISTINCT pk FROM change_image "
        f"WHERE tbl = ? AND pk <> '{LOT}' AND json_extract(image, '$.prospect_id') = ?",
        (table, prospect_id),
    )
    removed = lots.owned(connection, table, prospect_id)
    return {str(row[0]) for row in (*now.fetchall(), *once.fetchall())} | removed


def _of_row(connection: sqlite3.Connection, table: str, pk: str, prospect_id: str) -> list[tuple[Image, int]]:
    """Return the images of one row while it was the person's: the key of a removed row may be somebody else's now.

    Images made while a row was there are told apart by the next one that is whole, for that names the owner; after the
    last of them the owner is whoever has the row now. What can't be redone any more is removed whoever it was.
    """
    rows = connection.execute(
        "SELECT i.id, i.lot, i.change_id, i.image, c.undone, c.dropped "
        f"FROM {lots.IMAGES} i JOIN change c ON c.id = i.change_id WHERE i.tbl = ? AND i.pk = ? ORDER BY i.id",
        (table, pk),
    ).fetchall()
    images: list[tuple[Image, int, str | None, int, int]] = [((id, pk, lot), *rest) for id, lot, *rest in rows]
    row = connection.execute(f"SELECT prospect_id FROM {table} WHERE id = ?", (pk,)).fetchone()
    theirs = [(key, change) for key, change, _, _, dropped in images if dropped]
    waiting: list[tuple[Image, int]] = []
    for key, change, image, undone, dropped in images:
        if dropped or undone:
            continue
        waiting.append((key, change))
        owner = _owner(image)
        if owner is not None:
            theirs += waiting if owner == prospect_id else []
            waiting = []
    holder = row[0] if row else None
    theirs += waiting if holder == prospect_id else []
    for key, change, image, undone, dropped in images:
        if dropped or not undone:
            continue
        holder = _owner(image) or holder  # an undone insertion holds the whole row: from here on it would be theirs
        theirs += [(key, change)] if holder == prospect_id else []
    return theirs


def _owner(image: str | None) -> str | None:
    """Return whose row a whole image is; None for none, or one of some columns only."""
    values: Mapping[str, Any] = json.loads(image) if image else {}
    return str(values["prospect_id"]) if "id" in values else None


def _forget_referrer(connection: sqlite3.Connection, prospect_id: str) -> None:
    """Let nobody be referred by the person any more, in the undo history neither."""
    connection.execute("UPDATE prospect SET referred_by = NULL WHERE referred_by = ?", (prospect_id,))
    connection.execute(
        "UPDATE change_image SET image = json_set(image, '$.referred_by', NULL) "
        f"WHERE tbl = 'prospect' AND pk <> '{LOT}' AND json_extract(image, '$.referred_by') = ?",
        (prospect_id,),
    )
    lots.forget_referrer(connection, prospect_id)


def _rename(connection: sqlite3.Connection, found: _Images) -> None:
    """Take the name out of the names of changes; a change of which nothing is left is forgotten.

    Somebody else of the same name keeps the changes that are about them alone.
    """
    for change in found.changes:
        if connection.execute(_LEFT, (change, CARDS)).fetchone() is None:
            connection.execute("DELETE FROM change_image WHERE change_id = ?", (change,))
            connection.execute("DELETE FROM change WHERE id = ?", (change,))
    for name in sorted(filter(None, found.names), key=len, reverse=True):
        shared = connection.execute("SELECT 1 FROM prospect WHERE name = ? LIMIT 1", (name,)).fetchone() is not None
        pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        said = connection.execute("SELECT id, name FROM change WHERE instr(name, ?)", (name,))
        for change, words in said.fetchall():
            if change in found.changes or not shared:
                connection.execute("UPDATE change SET name = ? WHERE id = ?", (pattern.sub(_SOMEBODY, words), change))
