"""Taking the write lock in turn: several writers get it evenly, and who waits long says so (quality R8).

SQLite's own waiting looks again every 100 ms once it has waited a while: whoever came later and looks more often is
served first, and under load one of several writers can stand there until its time is up.
"""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable

from followup_tui.storage import connection as door

SAID_AFTER = 2.0
"""Seconds of waiting after which it is said."""
SAID_EVERY = 6.0
"""Seconds until it is said again."""
LOOKS = (0.002, 0.02)
"""Seconds between two looks: by chance, so that nobody's look always comes too late."""
Told = Callable[[], object]


def take_turn(connection: sqlite3.Connection, told: Told | None = None) -> None:
    """Begin a transaction that writes, once nobody else does; sqlite3.OperationalError after BUSY_SECONDS.

    `told` is called, in the thread that waits, when it has taken SAID_AFTER seconds, and again from time to time.
    """
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        _wait(connection, told)
    finally:
        connection.execute(f"PRAGMA busy_timeout = {door.BUSY_SECONDS * 1000}")


def _wait(connection: sqlite3.Connection, told: Told | None) -> None:
    begun = time.monotonic()
    say_at = begun + SAID_AFTER
    while True:
        try:
            connection.execute("BEGIN IMMEDIATE")
            return
        except sqlite3.OperationalError as error:
            if not _is_busy(error) or time.monotonic() - begun >= door.BUSY_SECONDS:
                raise
        if told is not None and time.monotonic() >= say_at:
            told()
            say_at += SAID_EVERY
        time.sleep(random.uniform(*LOOKS))


def _is_busy(error: sqlite3.OperationalError) -> bool:
    """Whether somebody else holds the lock; errors made by tests carry no code."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
