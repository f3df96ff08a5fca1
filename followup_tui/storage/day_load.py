"""How many touches are planned on a day, by channel and companion: kept by triggers, for every log asks for it.

A day may hold thousands of planned touches; counted from `standing` they cost a log more than all it writes. Undoing,
importing, merging and restoring all go through that table, so that the triggers keep the counts true.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import Any

_COUNTED = (
    "FROM standing s WHERE {of} s.next_date IS NOT NULL AND s.next_kind NOT IN ('decision', 'answer', 'meeting') "
    "AND (s.paused_from IS NULL OR s.paused_until <= s.next_date)"
)
"""What takes room in the blocks of its day; who is paused beyond it does not. The triggers say the same."""
_COUNTS = (
    "SELECT s.next_date, coalesce(s.next_channel, ''), coalesce(s.companion, ''), count(*) "
    + _COUNTED.format(of="")
    + " GROUP BY 1, 2, 3"
)
_KEPT = "SELECT day, channel, companion, number FROM day_load"
LOAD_SQL = "SELECT channel, companion, number FROM day_load WHERE day = ?"
OWN_SQL = "SELECT coalesce(s.next_channel, ''), coalesce(s.companion, '') " + _COUNTED.format(
    of="s.prospect_id = ? AND s.next_date = ? AND"
)
Load = tuple[str | None, str | None, int]
"""Channel, companion, touches."""


def load_on(connection: Any, day: date, without: str = "") -> list[Load]:
    """Return how many touches are planned on a day by channel and companion, one prospect left out."""
    text = day.isoformat()
    rows = connection.execute(LOAD_SQL, (text,)).fetchall()
    own = connection.execute(OWN_SQL, (without, text)).fetchone() if without and rows else None
    counted = ((row[0], row[1], int(row[2]) - ((row[0], row[1]) == own)) for row in rows)
    return [(channel or None, companion or None, number) for channel, companion, number in counted if number]


def fill(connection: sqlite3.Connection) -> None:
    """Count anew, inside the caller's transaction."""
    connection.execute("DELETE FROM day_load")
    connection.execute(f"INSERT INTO day_load (day, channel, companion, number) {_COUNTS}")


def problems(connection: Any) -> Iterator[str]:
    """Yield days whose counts differ from what is planned on them."""
    wrong = f"SELECT * FROM ({_COUNTS} EXCEPT {_KEPT}) UNION SELECT * FROM ({_KEPT} EXCEPT {_COUNTS})"
    for (day,) in connection.execute(f"SELECT DISTINCT day FROM (SELECT next_date AS day FROM ({wrong})) ORDER BY 1"):
        yield f"{day}: another number of touches is planned than counted"
