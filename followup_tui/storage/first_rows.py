"""What a new database holds from the start: the built-in cadences."""

from __future__ import annotations

import sqlite3

from followup_tui.domain.builtin import BUILTIN
from followup_tui.storage.codec import dumps


def fill(connection: sqlite3.Connection) -> None:
    """Write the nine cadences of domain §5; their ids are those of `BUILTIN`."""
    connection.execute("BEGIN IMMEDIATE")
    for cadence in BUILTIN:
        connection.execute(
            "INSERT INTO cadence (id, name, version, retired, document) VALUES (?, ?, ?, 0, ?)",
            (cadence.id, cadence.name, cadence.version, dumps(cadence)),
        )
    connection.execute("COMMIT")
