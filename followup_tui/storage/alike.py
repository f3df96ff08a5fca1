"""Reading everybody at once, lightly, to find who is in the database twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

SHARED_SQL = (
    "SELECT CASE WHEN kind = 'email' THEN 'email' ELSE 'phone' END AS way, key, group_concat(DISTINCT prospect_id) "
    "FROM detail WHERE kind IN ('email', 'phone', 'mobile') AND key != '' GROUP BY way, key "
    "HAVING count(DISTINCT prospect_id) > 1 ORDER BY way, key"
)


def everybody(connection: Any) -> list[tuple[str, str]]:
    """Return id and search text (folded name, line break, folded company) of everybody, by id."""
    found: list[tuple[str, str]] = connection.execute("SELECT id, search FROM prospect ORDER BY id").fetchall()
    return found


def shared(connection: Any) -> Iterator[tuple[str, str, list[str]]]:
    """Yield `email` or `phone`, the normalised value, and the ids of the people who share it."""
    for way, key, owners in connection.execute(SHARED_SQL):
        yield way, key, sorted(owners.split(","))


def apart(connection: Any) -> set[tuple[str, str]]:
    """Return the pairs that are known to be two people, the smaller id first."""
    return {(row[0], row[1]) for row in connection.execute("SELECT first_id, second_id FROM apart")}
