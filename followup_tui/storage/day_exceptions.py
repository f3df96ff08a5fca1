"""Blocks of single dates, where these differ from the week's template; undo covers them."""

from __future__ import annotations

from datetime import date
from typing import Any

from followup_tui.storage.unit_of_work import UnitOfWork


def read(connection: Any, day: date) -> str | None:
    """Return the blocks of a date as a JSON list; None when the template holds."""
    row = connection.execute("SELECT blocks FROM day_exception WHERE day = ?", (day.isoformat(),)).fetchone()
    return None if row is None else str(row[0])


def between(connection: Any, first: date, last: date) -> dict[date, str]:
    """Return the blocks of every date from `first` to `last` that has its own."""
    sql = "SELECT day, blocks FROM day_exception WHERE day >= ? AND day <= ? ORDER BY day"
    rows = connection.execute(sql, (first.isoformat(), last.isoformat()))
    return {date.fromisoformat(row[0]): str(row[1]) for row in rows}


def write(work: UnitOfWork, day: date, blocks: str | None) -> None:
    """Store the blocks of a date, or go back to the template with None."""
    key = day.isoformat()
    known = work.one("day_exception", key) is not None
    if blocks is None:
        work.delete("day_exception", key)
    elif known:
        work.update("day_exception", key, {"blocks": blocks})
    else:
        work.insert("day_exception", {"day": key, "blocks": blocks})
