"""Reading everybody at once, lightly, to find who is in the database twice."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from followup_tui.storage.unit_of_work import LOT

_LOT = 400
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


def who(connection: Any, ids: Sequence[str]) -> Iterator[tuple[str, str, str, str, int, int, str]]:
    """Yield id, name, company, zone, number of touches, whether out of the pool, and since when some are here."""
    for begin in range(0, len(ids), _LOT):
        lot = ids[begin : begin + _LOT]
        marks = ", ".join("?" * len(lot))
        yield from connection.execute(
            "SELECT p.id, p.name, p.company, p.zone, s.touches, s.relation != 'pool', p.created_at FROM prospect p "
            f"JOIN standing s ON s.prospect_id = p.id WHERE p.id IN ({marks})",
            lot,
        )


def made_by(connection: Any, change: int) -> set[str]:
    """Return the ids of the prospects that a change made and that are here."""
    made: set[str] = set()
    images = "SELECT pk, image FROM change_image WHERE change_id = ? AND tbl = 'prospect' AND (pk = ? OR image IS NULL)"
    for key, image in connection.execute(images, (change, LOT)):
        made |= {one for one, row in json.loads(image).items() if row is None} if image else {key}
    return {key for key in made if connection.execute("SELECT 1 FROM prospect WHERE id = ?", (key,)).fetchone()}


def apart(connection: Any) -> set[tuple[str, str]]:
    """Return the pairs that are known to be two people, the smaller id first."""
    return {(row[0], row[1]) for row in connection.execute("SELECT first_id, second_id FROM apart")}
