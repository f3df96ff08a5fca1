"""Undo and redo: every change keeps images of the rows it touched, across restarts (architecture 4)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from followup_tui.storage.inserting import insert_rows, without_null_columns
from followup_tui.storage.unit_of_work import LOT, PRIMARY_KEYS, UnitOfWork, lot_image, rows_of_lot

Entry = tuple[int, datetime, str, bool, str]
"""Id, when (UTC), name, undone, session."""
_LOT = 100
_AT_ONCE = 400
"""Keys in one statement: below SQLite's smallest limit of variables."""
_ABOVE_ALL = 1 << 62
_COLUMNS = "id, at, name, undone, session"


def _entry(row: tuple[Any, ...]) -> Entry:
    return int(row[0]), datetime.fromisoformat(row[1]), str(row[2]), bool(row[3]), str(row[4])


def listed(connection: Any, limit: int) -> list[Entry]:
    """Return changes, the newest first; what can't be redone any more is left out."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM change WHERE dropped = 0 ORDER BY id DESC LIMIT ?", (limit,)
    ).fetchall()
    return [_entry(row) for row in rows]


def newest_done(connection: Any) -> Entry | None:
    """Return the change that undo would take back."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM change WHERE undone = 0 ORDER BY id DESC LIMIT 1").fetchone()
    return _entry(row) if row else None


def oldest_undone(connection: Any) -> Entry | None:
    """Return the change that redo would bring back."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM change WHERE undone = 1 AND dropped = 0 ORDER BY id LIMIT 1"
    ).fetchone()
    return _entry(row) if row else None


def swap(work: UnitOfWork, change_id: int, *, undone: bool) -> None:
    """Put back the images of a change and keep what stood there, so that the same call reverses it."""
    work.connection.execute("PRAGMA defer_foreign_keys = ON")
    for image_id, table, key, image in _images(work, change_id, backwards=undone):
        if key == LOT:
            text: str | None = lot_image(table, _put_lot_back(work, table, rows_of_lot(table, image or "{}")))
        else:
            stood = _put_back(work, table, key, json.loads(image) if image is not None else None)
            text = None if stood is None else json.dumps(stood, ensure_ascii=False, separators=(",", ":"))
        work.connection.execute("UPDATE change_image SET image = ? WHERE id = ?", (text, image_id))
        work.tables.add(table)
    work.connection.execute("UPDATE change SET undone = ? WHERE id = ?", (int(undone), change_id))


def _images(work: UnitOfWork, change_id: int, *, backwards: bool) -> Iterator[tuple[int, str, str, str | None]]:
    """Yield the images of a change, the newest first when backwards; a lot at a time, for an import has a million."""
    order, sign = ("DESC", "<") if backwards else ("ASC", ">")
    where = f"WHERE change_id = ? AND id {sign} ? ORDER BY id {order} LIMIT {_LOT}"
    sql = f"SELECT id, tbl, pk, image FROM change_image {where}"
    last = _ABOVE_ALL if backwards else 0
    while lot := work.connection.execute(sql, (change_id, last)).fetchall():
        yield from lot
        last = lot[-1][0]


def _put_back(work: UnitOfWork, table: str, key: str, image: dict[str, Any] | None) -> dict[str, Any] | None:
    """Restore one row and return what stood there: the same columns, the whole row, or None for no row."""
    primary = PRIMARY_KEYS[table]
    now = work.one(table, key)
    owner = (now or image or {}).get("id" if table == "prospect" else "prospect_id")
    if owner is not None:
        work.prospects.add(str(owner))
    if image is None:
        work.connection.execute(f"DELETE FROM {table} WHERE {primary} = ?", (key,))
        return dict(now) if now else None
    if now is None:
        marks = ", ".join("?" * len(image))
        work.connection.execute(f"INSERT INTO {table} ({', '.join(image)}) VALUES ({marks})", tuple(image.values()))
        return None
    sets = ", ".join(f"{name} = ?" for name in image)
    work.connection.execute(f"UPDATE {table} SET {sets} WHERE {primary} = ?", (*image.values(), key))
    return {name: now[name] for name in image}


def _put_lot_back(work: UnitOfWork, table: str, images: dict[str, Any]) -> dict[str, Any]:
    """Restore the rows of a lot and return what stood there."""
    primary = PRIMARY_KEYS[table]
    keys = list(images)
    stood: dict[str, Any] = dict.fromkeys(images)
    for begin in range(0, len(keys), _AT_ONCE):
        some = keys[begin : begin + _AT_ONCE]
        where = f"{primary} IN ({', '.join('?' * len(some))})"
        cursor = work.connection.execute(f"SELECT * FROM {table} WHERE {where}", some)
        names = [column[0] for column in cursor.description]
        for values in cursor.fetchall():
            row = dict(zip(names, values, strict=True))
            stood[str(row[primary])] = row
            work.prospects.add(_owner(table, row))
        if not any(images.values()):
            work.connection.execute(f"DELETE FROM {table} WHERE {where}", some)
    wanted = [tuple(image) for image in images.values() if image]
    if not wanted:
        return stood
    if any(stood.values()) or len(wanted) < len(images) or len(set(wanted)) > 1:
        return {key: _put_back(work, table, key, image) for key, image in images.items()}
    rows = [tuple(image.values()) for image in images.values()]
    insert_rows(work.connection, table, *without_null_columns(wanted[0], rows))
    work.prospects.update(_owner(table, image) for image in images.values())
    return stood


def _owner(table: str, row: dict[str, Any]) -> str:
    return str(row.get("id" if table == "prospect" else "prospect_id"))
