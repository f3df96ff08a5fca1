"""Reading the smart lists that were saved."""

from __future__ import annotations

from typing import Any


def saved(connection: Any) -> list[tuple[int, str, str]]:
    """Return key, name and filter of every saved list, in their order."""
    return [
        (int(row[0]), str(row[1]), str(row[2]))
        for row in connection.execute("SELECT id, name, filter FROM smart_list ORDER BY position, id")
    ]
