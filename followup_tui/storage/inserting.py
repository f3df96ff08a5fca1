"""Many rows with each statement."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import lru_cache

_VARIABLES = 900
"""Values in one statement: below SQLite's smallest limit."""
_TOGETHER = 128
"""Rows in one statement: more take longer to prepare and no less to run."""
Value = str | int | float | None


@lru_cache(maxsize=256)
def _inserting(table: str, names: tuple[str, ...], each: int, shared: tuple[int, ...], columns: int, many: int) -> str:
    """Return the statement that inserts `each` rows of so many; the values of the `shared` places come first, once."""
    others = len(names) - 2
    given = {place: f"?{number}" for number, place in enumerate(shared, 1)}
    own = [place for place in range(columns) if place not in given]
    rows = []
    for one in range(many):
        begin = 1 + len(shared) + one * len(own)
        found = given | {place: f"?{number}" for number, place in enumerate(own, begin)}
        marks = [found[place] for place in range(columns)]
        rows.append(f"({','.join(marks[: 2 + others])})")
        for row in range(1, each):
            values = marks[2 + row * others : 2 + (row + 1) * others]
            rows.append(f"({','.join([f'{marks[0]}+{row}', marks[1], *values])})")
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES {','.join(rows)}"


def insert_columns(
    connection: sqlite3.Connection, table: str, names: Sequence[str], columns: Sequence[Sequence[Value]], each: int = 1
) -> None:
    """Insert many rows with each statement: half the time of one after the other; other threads run meanwhile.

    What is the same in all rows is handed over once for many: most people of a file begin alike. `each`: so many rows
    of everybody, under numbers that follow one another; `columns` are the numbers of the first rows, the owners, and
    then what else `names` says of the first rows, of the second …
    """
    number, into = len(columns[0]), tuple(names)
    shared = tuple([place for place, values in enumerate(columns) if _is_one(values)])
    if number == 1 or len(shared) == len(columns):
        shared = ()
    once = [columns[place][0] for place in shared]
    varying = [values for place, values in enumerate(columns) if place not in shared]
    width = len(varying)
    values: list[Value] = [None] * (number * width)
    for place, column in enumerate(varying):
        values[place::width] = column
    most = max(1, min(_TOGETHER // each, (_VARIABLES - len(shared)) // width))
    begin = 0
    while begin < number:
        many = 1 << (min(most, number - begin).bit_length() - 1)  # few different statements, whatever the number
        sql = _inserting(table, into, each, shared, len(columns), many)
        connection.execute(sql, (*once, *values[begin * width : (begin + many) * width]))
        begin += many


def _is_one(values: Sequence[Value]) -> bool:
    """Whether a column says the same throughout."""
    return values[0] == values[-1] and values.count(values[0]) == len(values)


def insert_rows(
    connection: sqlite3.Connection, table: str, names: Sequence[str], rows: Sequence[tuple[Value, ...]]
) -> None:
    """Insert rows as `insert_columns` does."""
    insert_columns(connection, table, names, list(zip(*rows, strict=True)))


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
