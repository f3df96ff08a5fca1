"""The journal of one prospect as its screen reads it: the newest first, the whole in numbers, entries as they lie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from followup_tui.storage.journal import TOUCH_COLUMNS
from followup_tui.storage.unit_of_work import Value

NEWEST_SQL = (
    f"SELECT {TOUCH_COLUMNS} FROM journal WHERE id IN (SELECT id FROM journal WHERE prospect_id = ? "
    "AND +kind = 'touch' ORDER BY at DESC, id DESC LIMIT ?) ORDER BY at, id"
)


def newest_touches(connection: Any, prospect_id: str, number: int) -> list[tuple[Value, ...]]:
    """Return the last so many of `touches`."""
    found: list[tuple[Value, ...]] = connection.execute(NEWEST_SQL, (prospect_id, number)).fetchall()
    return found


TALLY_SQL = (
    "SELECT channel, count(*), sum(inbound = 0), sum(outcome IN ({responses})), min(at), "
    "min(CASE WHEN inbound = 0 THEN at || substr('0000000000000000000' || id, -19) END) "
    "FROM journal WHERE prospect_id = ? AND +kind IN ('touch', 'refer') GROUP BY channel"
)
"""Read in one pass over the prospect's entries; only touches have a channel."""
Tally = tuple[str | None, int, int, int, str, str | None]


def tallies(connection: Any, prospect_id: str, responses: Sequence[str]) -> list[Tally]:
    """Return channel, touches, those of ours, responses, and the first touch; the channel we used first comes first.

    Channels that only they used come last; a row without a channel counts the referrals.
    """
    sql = TALLY_SQL.format(responses=", ".join("?" * len(responses)))
    found = connection.execute(sql, (*responses, prospect_id)).fetchall()
    return sorted(found, key=lambda row: (row[5] is None, row[5] or "", row[4]))


ENTRIES_SQL = (
    "SELECT strand, kind, event, logged_at, rules_id, id FROM journal WHERE prospect_id = ? ORDER BY prospect_id, id"
)


def stored_entries(connection: Any, prospect_id: str) -> Iterator[tuple[str, str, str, str, int, int]]:
    """Yield strand, kind, event, when it was written, rules and id of a prospect's entries, all as they are stored."""
    yield from connection.execute(ENTRIES_SQL, (prospect_id,))
