"""The journal of one prospect as it stands, for a replay that changes one entry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from followup_tui.domain.events import Event
from followup_tui.records import dataclass
from followup_tui.storage.codec import loads
from followup_tui.storage.journal import KINDS, TOUCH_COLUMNS
from followup_tui.storage.unit_of_work import Row, Value

_COLUMNS = f"kind, event, rules_id, strand, {TOUCH_COLUMNS}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One stored entry."""

    id: int
    kind: str
    event: Event
    rules_id: int
    strand: str
    """The merged prospect it was written to; empty: this one."""
    at: datetime
    logged_at: datetime
    touch: Row
    """The columns of `TOUCH_COLUMNS`, which say where a touch belongs."""


def owner_of_touch(connection: Any, touch_id: str) -> str | None:
    """Return the prospect of a touch; None when there is no such touch."""
    if not (touch_id.isascii() and touch_id.isdecimal()) or len(touch_id) > 18:
        return None
    row = connection.execute("SELECT prospect_id FROM journal WHERE id = ? AND kind = 'touch'", (touch_id,)).fetchone()
    return str(row[0]) if row else None


def stored_entries(connection: Any, prospect_id: str) -> list[Entry]:
    """Return a prospect's whole journal in its order."""
    names = [name.strip() for name in TOUCH_COLUMNS.split(",")]
    rows = connection.execute(f"SELECT {_COLUMNS} FROM journal WHERE prospect_id = ? ORDER BY id", (prospect_id,))
    return [_entry(row, dict(zip(names, row[4:], strict=True))) for row in rows.fetchall()]


def as_touch(row: Row) -> tuple[Value, ...]:
    """Return the columns as the row of `TOUCH_COLUMNS` that views are made of."""
    return tuple(row[name.strip()] for name in TOUCH_COLUMNS.split(","))


def _entry(row: Sequence[Any], touch: Row) -> Entry:
    at, logged_at = datetime.fromisoformat(str(touch["at"])), datetime.fromisoformat(str(touch["logged_at"]))
    kind, event, rules_id, strand = row[:4]
    return Entry(int(str(touch["id"])), kind, loads(KINDS[kind], event), rules_id, strand, at, logged_at, touch)
