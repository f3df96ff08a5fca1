"""Images of many rows in one: what an import inserted, looked into one row at a time when somebody is erased."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Container, Iterable

from followup_tui.storage.unit_of_work import LOT, rows_of_lot

Image = tuple[int, str, int]
"""Id in `change_image`, key of the row, and whether it stands in a lot."""
IMAGES = (
    f"(SELECT id, change_id, tbl, pk, image, 0 AS lot FROM change_image WHERE pk <> '{LOT}' "
    "UNION ALL SELECT id, change_id, tbl, pk, image, 1 FROM temp.unpacked)"
)
"""All images of single rows; `unpack` has to be called before."""
_EACH = f"FROM change_image i, json_each(i.image) e WHERE i.pk = '{LOT}'"


def unpack(connection: sqlite3.Connection, keys: Iterable[tuple[str, str]]) -> None:
    """Lay the images of these rows (table, key) that stand in lots beside the others, for this transaction."""
    wanted = set(keys)
    _spread(connection, wanted)
    connection.execute("DROP TABLE IF EXISTS temp.wanted")
    connection.execute("DROP TABLE IF EXISTS temp.unpacked")
    connection.execute("CREATE TEMP TABLE wanted (tbl TEXT, pk TEXT, PRIMARY KEY (tbl, pk))")
    connection.executemany("INSERT INTO temp.wanted VALUES (?, ?)", wanted)
    connection.execute(
        "CREATE TEMP TABLE unpacked AS SELECT i.id, i.change_id, i.tbl, e.key AS pk, e.value AS image "
        f"{_EACH} AND (i.tbl, e.key) IN (SELECT tbl, pk FROM temp.wanted)"
    )


def _spread(connection: sqlite3.Connection, wanted: Container[tuple[str, str]]) -> None:
    """Write the keys of a lot out one by one where one of these rows is among them."""
    packed = f"SELECT id, tbl, image FROM change_image WHERE pk = '{LOT}' AND image GLOB '{{\"[0-9]*-[0-9]*\":null}}'"
    for key, table, image in connection.execute(packed).fetchall():
        rows = rows_of_lot(table, image)
        if any((table, one) in wanted for one in rows):
            connection.execute("UPDATE change_image SET image = ? WHERE id = ?", (json.dumps(rows), key))


def owned(connection: sqlite3.Connection, table: str, prospect_id: str) -> set[str]:
    """Return the keys of rows in lots that were a prospect's when the lot was taken back."""
    rows = connection.execute(
        f"SELECT e.key {_EACH} AND i.tbl = ? AND json_extract(e.value, '$.prospect_id') = ?", (table, prospect_id)
    )
    return {str(row[0]) for row in rows}


def forget(connection: sqlite3.Connection, images: Iterable[Image]) -> None:
    """Remove images; a lot keeps its other rows, and goes when none is left."""
    for key, pk, lot in images:
        if lot:
            path = f'$."{pk}"'
            connection.execute("UPDATE change_image SET image = json_remove(image, ?) WHERE id = ?", (path, key))
            connection.execute("DELETE FROM change_image WHERE id = ? AND image = '{}'", (key,))
        else:
            connection.execute("DELETE FROM change_image WHERE id = ?", (key,))


def forget_referrer(connection: sqlite3.Connection, prospect_id: str) -> None:
    """Let nobody in a lot be referred by the prospect any more."""
    found = connection.execute(
        f"SELECT i.id, e.key {_EACH} AND i.tbl = 'prospect' AND json_extract(e.value, '$.referred_by') = ?",
        (prospect_id,),
    )
    for key, pk in found.fetchall():
        path = f'$."{pk}".referred_by'
        connection.execute("UPDATE change_image SET image = json_set(image, ?, NULL) WHERE id = ?", (path, key))
