"""A connection at its ease while many rows of ours come at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from followup_tui.storage.connection import CACHE


@contextmanager
def many_at_once(connection: sqlite3.Connection, held: int, *, with_owners: bool = False) -> Iterator[None]:
    """Hold back so many KiB of new pages meanwhile; begun and ended outside of a transaction.

    `with_owners`: whoever a row belongs to is written before it, so SQLite need not look for them each time, which is
    a tenth of an import.
    """
    connection.execute(f"PRAGMA cache_size = -{held}")
    if with_owners:
        connection.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = -{CACHE}")
