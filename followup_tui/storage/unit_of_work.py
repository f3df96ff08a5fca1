"""One unit of work = one transaction = one undo step, with an image of every row it changes.

Text SQL on purpose: logging has to feel instant, and SQLModel would add half a second to the start and milliseconds to
every log. Tables and columns come from `tables.py`; a test holds the two together.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import accumulate, compress
from types import TracebackType
from typing import Any

from followup_tui.domain.cleaning import clean_stored
from followup_tui.errors import FollowupError
from followup_tui.storage.connection import translated
from followup_tui.storage.database import Database
from followup_tui.storage.inserting import Value as Value
from followup_tui.storage.inserting import insert_columns, without_null_columns
from followup_tui.storage.turns import take_turn

PRIMARY_KEYS = {
    "prospect": "id",
    "detail": "id",
    "tag": "id",
    "standing": "prospect_id",
    "journal": "id",
    "cadence": "id",
    "setting": "key",
    "value_item": "id",
    "template": "id",
    "smart_list": "id",
    "apart": "id",
    "day_exception": "day",
    "block_run": "id",
    "day_record": "day",
}
"""The tables whose changes can be undone, with their primary keys."""
LOT = ""
"""The key of an image that stands for many rows inserted at once: an object of key → row, null for no row.

Rows that are not there, with keys that follow one another, take one entry: `"17-420": null`.
"""
_NUMBERED = ("detail", "tag", "journal")
"""The tables of such keys."""
Row = dict[str, Value]


def lot_image(table: str, rows: Mapping[str, Any]) -> str:
    """Return the image of a lot; see `LOT`."""
    if table in _NUMBERED and len(rows) > 1 and not any(rows.values()):
        keys = list(map(int, rows))
        if keys == list(range(keys[0], keys[0] + len(keys))):
            rows = {f"{keys[0]}-{keys[-1]}": None}
    return _compact(rows)


def _image_of_new(table: str, keys: Sequence[Value]) -> str:
    """Return the image of a lot that is inserted."""
    if table in _NUMBERED and isinstance(first := keys[0], int) and len(keys) > 1:
        last = first + len(keys) - 1
        if keys == list(range(first, last + 1)):
            return f'{{"{first}-{last}":null}}'
    return lot_image(table, dict.fromkeys(map(str, keys)))


def rows_of_lot(table: str, image: str) -> dict[str, Any]:
    """Return the rows of a lot by key."""
    rows: dict[str, Any] = json.loads(image)
    if table in _NUMBERED and len(rows) == 1 and "-" in (key := next(iter(rows))):
        first, last = key.split("-")
        return dict.fromkeys(map(str, range(int(first), int(last) + 1)))
    return rows


_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def instant(moment: datetime) -> str:
    """Return an aware instant as it is stored."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


class UnitOfWork:
    """A named transaction; leaving the block commits, an error rolls everything back."""

    def __init__(self, database: Database, name: str, now: datetime, *, amends: int | None = None) -> None:
        self.database = database
        self.name = clean_stored(name)
        self.now = now
        self._change = amends or 0
        self._noted = ""
        """The name it has among the changes so far."""
        self._amends = amends is not None
        self.tables: set[str] = set()
        self.prospects: set[str] = set()
        self.connection = database.writing()

    def __enter__(self) -> UnitOfWork:
        """Begin; the write lock is taken at once, so that what is read stays true."""
        try:
            take_turn(self.connection, self.database.told)
        except sqlite3.Error as error:
            self._roll_back()
            raise translated(error, self.database.path) from error
        return self

    @property
    def change(self) -> int:
        """Its id among the changes, noted when it is first asked for; 0 when nothing was written in the end.

        An amendment joins an older one.
        """
        if not self._change and not self._amends and self.connection.in_transaction:
            self._noted = clean_stored(self.name)
            cursor = self.connection.execute(
                "INSERT INTO change (at, name, session) VALUES (?, ?, ?)",
                (instant(self.now), self._noted, self.database.session),
            )
            self._change = int(cursor.lastrowid or 0)
        return self._change

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Commit, or leave everything as it was."""
        if error is not None:
            self._roll_back()
            self.database.explain(error, self.connection)
            return
        try:
            if not self.tables:
                self._roll_back()
                self._change = 0
                return
            if not self._amends:
                self.connection.execute("UPDATE change SET dropped = 1 WHERE undone = 1 AND dropped = 0")
                change, name = self.change, clean_stored(self.name)
                if name != self._noted:
                    self.connection.execute("UPDATE change SET name = ? WHERE id = ?", (name, change))
            self.connection.execute("COMMIT")
        except sqlite3.Error as problem:
            self._roll_back()
            raise translated(problem, self.database.path) from problem

    def _roll_back(self) -> None:
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")

    def execute(self, sql: str, values: Sequence[Value] = ()) -> sqlite3.Cursor:
        """Read inside the transaction; writes go through insert, update and delete."""
        return self.connection.execute(sql, values)

    def one(self, table: str, key: Value) -> Row | None:
        """Return a row as a dictionary."""
        cursor = self.connection.execute(f"SELECT * FROM {table} WHERE {PRIMARY_KEYS[table]} = ?", (key,))
        row = cursor.fetchone()
        return dict(zip((column[0] for column in cursor.description), row, strict=True)) if row else None

    def insert(self, table: str, row: Mapping[str, Value]) -> int:
        """Insert a row and return its rowid."""
        names = ", ".join(row)
        marks = ", ".join("?" * len(row))
        cursor = self.connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))
        rowid = int(cursor.lastrowid or 0)
        key = row.get(PRIMARY_KEYS[table], rowid)
        self._image(table, key if key is not None else rowid, None)
        self._touched(table, row)
        return rowid

    def insert_many(self, table: str, rows: Sequence[Mapping[str, Value]]) -> None:
        """Insert rows that carry their primary keys and share their columns."""
        if rows:
            key = PRIMARY_KEYS[table]
            names = (key, *(name for name in rows[0] if name != key))
            kept, values = without_null_columns(names, [tuple([row[name] for name in names]) for row in rows])
            self.insert_columns(table, kept, list(zip(*values, strict=True)))

    def insert_columns(self, table: str, names: Sequence[str], columns: Sequence[Sequence[Value]]) -> None:
        """Insert rows by columns, at least one; the primary key stands first.

        One image holds the keys of the whole lot (see `LOT`).
        """
        assert names[0] == PRIMARY_KEYS[table]
        insert_columns(self.connection, table, names, columns)
        self._keep(table, LOT, _image_of_new(table, list(columns[0])))
        self.tables.add(table)

    def insert_of_each(
        self, table: str, names: Sequence[str], owners: Sequence[str], rows: Sequence[Sequence[Value]], first: int
    ) -> int:
        """Insert rows of many, numbered from `first` on, and return the next number.

        `rows`: for each owner what `names` says behind number and owner, one row behind the other. One image holds the
        numbers of all.
        """
        others = len(names) - 2
        each = [len(values) // others for values in rows]
        following = first + sum(each)
        numbers = list(accumulate(each, initial=first))
        for size in sorted(set(each) - {0}):
            of_these = [one == size for one in each]
            whose, begin, alike = compress(owners, of_these), compress(numbers, of_these), compress(rows, of_these)
            insert_columns(self.connection, table, names, [list(begin), list(whose), *zip(*alike, strict=True)], size)
        if following > first:
            self._keep(table, LOT, _image_of_new(table, list(range(first, following))))
            self.tables.add(table)
        return following

    def update(self, table: str, key: Value, changes: Mapping[str, Value], before: Row | None = None) -> None:
        """Change columns of one row; nothing is written, or remembered, where nothing differs.

        `before` is the row as it stands, when it was read already.
        """
        before = before or self.one(table, key)
        if before is None:
            raise FollowupError(f"{table} {key} is gone", "somebody removed it meanwhile")
        different = {name: value for name, value in changes.items() if before[name] != value}
        if not different:
            return
        self._image(table, key, {name: before[name] for name in different})
        sets = ", ".join(f"{name} = ?" for name in different)
        self.connection.execute(
            f"UPDATE {table} SET {sets} WHERE {PRIMARY_KEYS[table]} = ?", (*different.values(), key)
        )
        self._touched(table, before)

    def delete(self, table: str, key: Value) -> None:
        """Remove one row, remembering it whole."""
        before = self.one(table, key)
        if before is None:
            return
        self._image(table, key, before)
        self.connection.execute(f"DELETE FROM {table} WHERE {PRIMARY_KEYS[table]} = ?", (key,))
        self._touched(table, before)

    def remember_prospects(self, ids: Iterable[str]) -> None:
        """Name prospects that this work concerns."""
        self.prospects.update(ids)

    def _image(self, table: str, key: Value, image: Mapping[str, Value] | None) -> None:
        self._keep(table, key, None if image is None else _compact(image))

    def _keep(self, table: str, key: Value, image: str | None) -> None:
        self.connection.execute(
            "INSERT INTO change_image (change_id, tbl, pk, image) VALUES (?, ?, ?, ?)",
            (self.change, table, str(key), image),
        )

    def _touched(self, table: str, row: Mapping[str, Any]) -> None:
        self.tables.add(table)
        owner = row.get("id") if table == "prospect" else row.get("prospect_id")
        if owner is not None:
            self.prospects.add(str(owner))
