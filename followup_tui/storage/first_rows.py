"""What a new database holds from the start: the built-in cadences, and three templates."""

from __future__ import annotations

import sqlite3

from followup_tui import shipped
from followup_tui.domain.builtin import BUILTIN
from followup_tui.storage.codec import dumps


def fill(connection: sqlite3.Connection) -> None:
    """Write the nine cadences of domain §5; their ids are those of `BUILTIN`. Templates come with revision 2."""
    connection.execute("BEGIN IMMEDIATE")
    for cadence in BUILTIN:
        connection.execute(
            "INSERT INTO cadence (id, name, version, retired, document) VALUES (?, ?, ?, 0, ?)",
            (cadence.id, cadence.name, cadence.version, dumps(cadence)),
        )
    connection.execute("COMMIT")


def shipped_templates() -> list[dict[str, str | int]]:
    """Return the rows of the templates that ship."""
    return [{**one, "retired": 0, "created_at": "2026-11-22T00:00:00.000000+00:00"} for one in shipped.templates()]
