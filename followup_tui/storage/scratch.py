"""A copy of the database to try something on: nobody waits for it meanwhile, and nothing of it stays."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from typing import cast

from followup_tui.storage.backup import copy_pages
from followup_tui.storage.connection import configure, connect, translated
from followup_tui.storage.database import Database


class Scratch(Database):
    """SQLite's own temporary file: private, and gone with its connection, even when the program is killed."""

    def __init__(self, original: Database) -> None:
        super().__init__(original.path, original.told)
        self._only = sqlite3.connect("", isolation_level=None, cached_statements=256)

    def prepare(self) -> None:
        """Nothing has to be made: it is a copy."""

    def connection(self) -> sqlite3.Connection:
        """Return the only connection, for the thread that made it."""
        return self._only

    def close(self) -> None:
        """Let the copy go."""
        self._only.close()


@contextlib.contextmanager
def scratch(original: Database, going: Callable[[], object]) -> Iterator[Database]:
    """Give a copy of a database as it stands; `going` is called between its pieces and may raise.

    Where there is no room for one, the database itself is given.
    """
    original.prepare()
    copied = Scratch(original)
    try:
        yield copied if _filled(original, copied, going) else original
    finally:
        copied.close()


def _filled(original: Database, copied: Scratch, going: Callable[[], object]) -> bool:
    """Copy a piece at a time, so that others write in between; then it is begun anew."""
    try:
        with contextlib.closing(connect(original.path)) as source:
            copy_pages(source, copied.connection(), lambda what, done, of: cast(bool, going() or True))
        configure(copied.connection())
    except sqlite3.Error as error:
        if "full" in str(error).lower():
            return False
        raise translated(error, original.path) from error
    return True
