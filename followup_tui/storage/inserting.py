"""Many rows with each statement."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

_VARIABLES = 900
"""Values in one statement: below SQLite's smallest limit."""
_TOGETHER = 128
"""Rows in one statement: more take longer to prepare and no less to run."""
Value = str | int | float | None


@lru_cache(maxsize=256)
def _inserting(table: str, names: tuple[str, ...], shared: tuple[int, ...], rows: int) -> str:
    """Return the statement that inserts so many rows; the values of the `shared` places are given once, first."""
    given = {place: f"?{number}" for number, place in enumerate(shared, 1)}
    number = len(shared)
    texts = []
    for _ in range(rows):
        marks = []
        for place in range(len(names)):
            number += place not in given
            marks.append(given.get(place) or f"?{number}")
        texts.append(f"({','.join(marks)})")
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES {','.join(texts)}"


def insert_rows(
    connection: sqlite3.Connection, table: str, names: Sequence[str], rows: Sequence[tuple[Value, ...]]
) -> None:
    """Insert many rows with each statement: half the time of one after the other; other threads run meanwhile.

    What is the same in all rows is handed over once for many: most people of a file begin alike.
    """
    number, columns = len(rows), list(zip(*rows, strict=True))
    shared = tuple([place for place, values in enumerate(columns) if values.count(values[0]) == number])
    if number == 1 or len(shared) == len(columns):
        shared = ()
    once = [columns[place][0] for place in shared]
    varying = list(zip(*[values for place, values in enumerate(columns) if place not in shared], strict=True))
    most = min(_TOGETHER, (_VARIABLES - len(shared)) // len(varying[0]))
    begin, into = 0, tuple(names)
    while begin < number:
        together = 1 << (min(most, number - begin).bit_length() - 1)  # few different statements, whatever the number
        sql = _inserting(table, into, shared, together)
        connection.execute(sql, (*once, *chain.from_iterable(varying[begin : begin + together])))
        begin += together


def without_null_columns(
    names: Sequence[str], rows: Sequence[tuple[Value, ...]]
) -> tuple[Sequence[str], Sequence[tuple[Value, ...]]]:
    """Leave out columns that are NULL in every row: sqlite3 takes a slow way round for each None."""
    if not any(None in row for row in rows):
        return names, rows
    columns = list(zip(*rows, strict=True))
    kept = [place for place, values in enumerate(columns) if values.count(None) < len(values)]
    if len(kept) == len(names):
        return names, rows
    return [names[place] for place in kept], list(zip(*[columns[place] for place in kept], strict=True))
