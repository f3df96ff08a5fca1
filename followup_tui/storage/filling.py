"""Filling a new, throw-away database at the speed of the disk: nobody else knows the file, and nothing is undone."""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import chain
from pathlib import Path
from types import TracebackType

from followup_tui.errors import FollowupError
from followup_tui.storage import finding
from followup_tui.storage.connection import prepare_folder, translated
from followup_tui.storage.database import Database
from followup_tui.storage.unit_of_work import UnitOfWork, Value

_FAST = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA temp_store = FILE",
    "PRAGMA cache_size = -64000",
)
"""A draft that breaks is thrown away, so nothing guards it; `doctor` proves the keys of the whole."""
_STEPS = 1_000_000
"""SQLite's own steps between two looks whether Ctrl-C was pressed."""
_AT_ONCE = 40
"""Rows in one statement: a quarter less work for SQLite, and few enough variables."""


Progress = Callable[[str, int, int], object]
"""Gets what is made, how much of it is done, and how much there is."""


class Filling(UnitOfWork):
    """One transaction into a new file at `path`: it appears there whole, or not at all, and its history is empty."""

    def __init__(self, path: Path, now: datetime, progress: Progress | None = None) -> None:
        if os.path.lexists(path):
            raise FollowupError(f"{path} is there already", "choose another folder")
        prepare_folder(path.parent)
        self._path = path
        self._progress = progress or (lambda what, done, of: None)
        self._draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
        self._indexes: list[tuple[str, str, str]] = []
        """Names, statements and kinds of what is made at the end: indexes, and then triggers."""
        self.indexed: set[str] = set()
        """What triggers keep and was filled beside the rows: indexes of words, columns of `standing`; see `finding`."""
        super().__init__(Database(self._draft), "Fill", now)
        for pragma in _FAST:
            self.connection.execute(pragma)
        self.connection.set_progress_handler(lambda: 0, _STEPS)

    def __enter__(self) -> Filling:
        """Begin, without indexes and triggers: what they keep up is made in one go at the end."""
        super().__enter__()
        self._indexes = self.execute(
            "SELECT name, sql, type FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql <> ''"
        ).fetchall()
        for name, _, kind in self._indexes:
            self.connection.execute(f"DROP {kind} {name}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Put the file in its place, or leave nothing."""
        try:
            if error is None:
                self._finish()
            elif isinstance(error, sqlite3.Error):
                raise error
        except OSError as problem:
            raise FollowupError(f"{self._path} can't be made: {problem.strerror}", "choose another folder") from None
        except sqlite3.Error as problem:
            raise _meant(problem, self._path) from None
        finally:
            self.database.close()
            self._draft.unlink(missing_ok=True)

    def _finish(self) -> None:
        """Make what was left for the end, and put the whole on the disk and in its place."""
        self._make_again("index")
        self._progress("columns for filters", 0, 1)
        finding.fill(self.connection, set(finding.INDEXES) - self.indexed, columns="standing" not in self.indexed)
        self._make_again("trigger")
        self.connection.execute("DELETE FROM change")
        self.connection.execute("DELETE FROM sqlite_sequence WHERE name = 'change'")
        self._progress("writes to the disk", 0, 1)
        self.connection.execute("COMMIT")
        self.database.close()
        _sync(self._draft)
        os.link(self._draft, self._path)

    def _make_again(self, wanted: str) -> None:
        statements = [sql for _, sql, kind in self._indexes if kind == wanted]
        for number, sql in enumerate(statements):
            self._progress("indexes" if wanted == "index" else "triggers", number, len(statements))
            self.connection.execute(sql)

    def fill(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
        """Insert rows that carry their primary keys, many with one statement."""
        into = f"INSERT INTO {table} ({', '.join(columns)}) VALUES "
        one = f"({', '.join('?' * len(columns))})"
        whole = len(rows) - len(rows) % _AT_ONCE
        many = (chain.from_iterable(rows[begin : begin + _AT_ONCE]) for begin in range(0, whole, _AT_ONCE))
        self.connection.executemany(into + ", ".join([one] * _AT_ONCE), map(tuple, many))
        self.connection.executemany(into + one, rows[whole:])


def _meant(error: sqlite3.Error, path: Path) -> BaseException:
    """Return what an error means: SQLite can't be told apart from Ctrl-C that stopped it, but by its word."""
    return KeyboardInterrupt() if "interrupted" in str(error) else translated(error, path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
