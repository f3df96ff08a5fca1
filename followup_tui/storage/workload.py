"""Everybody in play, grouped by what decides about the days ahead: people who stand alike are counted once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

_ASIDE = ", ".join(
    f"'$.{name}'"
    for name in (
        *("last_at", "last_touch", "touches", "consent", "coached", "referral_slots", "before", "phase"),
        *(f"plans[{place}].reason" for place in range(4)),
    )
)
"""What moves no date."""
_GROUPED = (
    "SELECT CASE WHEN s.cadence_id IN ({marks}) THEN json_remove(s.state, {aside}) "
    "ELSE json_replace(json_remove(s.state, {aside}), '$.enrolment.started', '2000-01-01') END AS alike, count(*) "
    "FROM standing s WHERE s.next_kind IS NOT NULL AND min(s.next_date, ifnull(s.fixed_date, s.next_date)) <= ? "
    "AND (s.paused_from IS NULL OR s.paused_until IS NOT NULL) GROUP BY alike"
)


def alike(connection: Any, until: date, anchored: Sequence[int]) -> Iterator[tuple[str, int]]:
    """Yield the states (JSON) of everybody with something planned up to a day, each with how many stand so.

    `anchored` are the cadences with steps that count from the day somebody started: only there that day matters.
    """
    sql = _GROUPED.format(marks=", ".join("?" * len(anchored)), aside=_ASIDE)
    for row in connection.execute(sql, (*anchored, until.isoformat())):
        yield str(row[0]), int(row[1])


def count_overdue(connection: Any, today: date) -> int:
    """Return how many touches wait since before today, decisions and paused people left out."""
    day = today.isoformat()
    sql = (
        "SELECT count(*) FROM standing s WHERE s.next_date < ? AND s.next_kind != 'decision' "
        "AND (s.paused_from IS NULL OR (s.paused_until IS NOT NULL AND s.paused_until <= ?))"
    )
    return int(connection.execute(sql, (day, day)).fetchone()[0])
