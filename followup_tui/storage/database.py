"""One SQLite file: connections per thread, made or migrated on first use (quality §1)."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from followup_tui.errors import DatabaseBusy, FollowupError, NotOurDatabase
from followup_tui.storage.checks import integrity, unreadable
from followup_tui.storage.connection import (
    CACHE,
    HEAD,
    READING,
    check_file,
    connect,
    new_private_file,
    prepare_folder,
    revision,
    translated,
    watch,
)

NOT_UNDERSTOOD = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError)
"""What reading a damaged value raises somewhere; a fault of the program raises the same."""
NEW_VERSION = "bringing the database to this version"
Going = Callable[[str, int, int], bool]
"""Gets what is done, how much of it, and how much there is (0: nobody knows); returns False to call it off."""


class Database:
    """The door to the data; opening is lazy and happens once, in whatever thread asks first."""

    def __init__(
        self, path: Path, told: Callable[[], object] | None = None, going: Going = lambda what, done, of: True
    ) -> None:
        """`told` is called while a write waits long for another one's, in the thread that waits; `going` gets how far
        bringing an old file to this version is, and an empty text once that is over."""
        self.path = path
        self.told = told
        self._going = going
        self._local = threading.local()
        self._lock = threading.Lock()
        self._ready = False
        self._open: list[sqlite3.Connection] = []
        self._watch: sqlite3.Connection | None = None
        self.session = os.urandom(4).hex()
        """Names this process in the list of changes."""

    def prepare(self) -> None:
        """Make the file, or bring it to the newest revision; errors of `check_file` and `revision`."""
        with self._lock:
            if self._ready:
                return
            if not check_file(self.path):
                _begun_anew(self.path)
                _create(self.path)
            connection = connect(self.path)
            try:
                if revision(connection, self.path) != HEAD:
                    connection.close()
                    try:
                        _migrate(self.path, self._going)
                    finally:
                        self._going("", 0, 0)
                    connection = connect(self.path)
            finally:
                connection.close()
            self._ready = True

    def is_ready(self) -> bool:
        """Whether it can be read as it is: it is there, and nothing has to be made or migrated first."""
        if not check_file(self.path):
            return False
        with contextlib.closing(connect(self.path)) as connection:
            self._ready = revision(connection, self.path) == HEAD
        return self._ready

    def connection(self) -> sqlite3.Connection:
        """Return this thread's connection."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            self.prepare()
            found = connect(self.path)
            found.execute(f"PRAGMA cache_size = -{READING}")
            self._local.connection = found
            with self._lock:
                self._open.append(found)
        return found

    def writing(self) -> sqlite3.Connection:
        """Return this thread's connection, from now on with room for what a transaction writes."""
        connection = self.connection()
        if not getattr(self._local, "has_room", False):
            connection.execute(f"PRAGMA cache_size = -{CACHE}")
            self._local.has_room = True
        return connection

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give a connection inside one read transaction, so that several reads agree; never held over an await.

        What is read has to be understood inside, so that a value nobody can read is named as damage of the file.
        """
        connection = self.connection()
        if connection.in_transaction:
            yield connection
            return
        try:
            connection.execute("BEGIN")
            yield connection
        except (sqlite3.Error, *NOT_UNDERSTOOD) as error:
            self.explain(error, connection)
            raise
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")

    def explain(self, error: BaseException, connection: sqlite3.Connection) -> None:
        """Raise what an error means to a person; return when it is none of the data's, but a fault of the program."""
        if isinstance(error, sqlite3.Error):
            raise translated(error, self.path) from error
        if isinstance(error, NOT_UNDERSTOOD):
            try:
                problems = integrity(connection) or unreadable(connection)
            except (sqlite3.Error, UnicodeDecodeError) as worse:
                raise translated(worse, self.path) from error
            if problems:
                raise NotOurDatabase(f"{self.path} is damaged ({problems[0]})", "restore a backup") from error

    def version(self) -> int:
        """Return a number that changes when another process (or thread) wrote to the file."""
        self.prepare()
        with self._lock:
            if self._watch is None:
                self._watch = watch(self.path)
            try:
                return int(self._watch.execute("PRAGMA data_version").fetchone()[0])
            except sqlite3.Error as error:
                raise translated(error, self.path) from error

    def commits(self) -> int | None:
        """Return the counter in the file's header, one more at each commit by whomever; None where it does not count.

        A write-ahead log leaves the counter alone.
        """
        try:
            if not stat.S_ISREG(os.lstat(self.path).st_mode):
                return None  # reading a pipe would wait for ever
            with self.path.open("rb") as handle:
                head = handle.read(28)
        except OSError:
            return None
        return int.from_bytes(head[24:28], "big") if len(head) == 28 and head[18] == 1 else None

    def let_go(self) -> None:
        """Open anew at the next use: the file was replaced. Who reads just now still comes to an end by itself."""
        with self._lock:
            self._open.clear()
            self._watch = None
            self._local = threading.local()

    def close(self) -> None:
        """Close every connection; the database can be opened again."""
        with self._lock:
            for connection in [*self._open, *([self._watch] if self._watch else [])]:
                with contextlib.suppress(sqlite3.Error):
                    connection.close()
            self._open.clear()
            self._watch = None
            self._local = threading.local()


def _begun_anew(path: Path) -> None:
    """Refuse to begin anew where backups say that there was a database: it was moved, or its disk is not there."""
    from followup_tui import paths
    from followup_tui.storage.backup import listed

    folder = paths.backups_dir(database=str(path))
    if listed(folder):
        hint = f"restore one (followup backup --list), or move {folder} away to begin anew"
        raise NotOurDatabase(f"there is no database at {path}, though there are backups of it", hint)


def _create(path: Path) -> None:
    """Make a new database beside its place and put it there in one step, so that nobody sees half of it."""
    from followup_tui.storage.first_rows import fill
    from followup_tui.storage.migrating import upgrade

    prepare_folder(path.parent)
    draft = path.with_name(f".{path.name}.{os.urandom(4).hex()}.new")
    try:
        new_private_file(draft)
        upgrade(draft)
        connection = connect(draft)
        fill(connection)
        connection.close()
        _sync(draft)
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    except sqlite3.Error as error:
        raise translated(error, path) from error
    except PermissionError as error:
        raise DatabaseBusy(f"{path} can't be made: {error.strerror}", "check the folder, or use --db") from None
    except OSError as error:
        raise FollowupError(f"{path} can't be made: {error.strerror}", "check the folder, or use --db") from None
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()


def _migrate(path: Path, going: Going) -> None:
    """Migrate a copy and put it in the file's place; the old file is kept beside it.

    The old file is locked meanwhile: nobody writes what the copy lacks; of two who migrate the second finds it done.
    FollowupError when `going` calls it off.
    """
    from followup_tui.storage.backup import copy_pages
    from followup_tui.storage.migrating import upgrade

    draft = path.with_name(f".{path.name}.{os.urandom(4).hex()}.new")
    before = path.stat()
    stamp = datetime.fromtimestamp(before.st_mtime).strftime("%Y%m%d-%H%M%S")  # noqa: DTZ006 – a file name
    kept = path.with_name(f"{path.name}.before-{HEAD}-{stamp}")
    try:
        with contextlib.closing(connect(path)) as holder, contextlib.closing(connect(path)) as source:
            holder.execute("BEGIN IMMEDIATE")
            if not os.path.samestat(before, path.stat()):
                return
            new_private_file(draft)
            with contextlib.closing(sqlite3.connect(draft)) as target:
                copy_pages(source, target, going)
            upgrade(draft, going=lambda: going(NEW_VERSION, 0, 0))
            _sync(draft)
            if not kept.exists():
                os.link(path, kept)
            os.replace(draft, path)
            _sync(path.parent)
    except sqlite3.Error as error:
        raise translated(error, path) from error
    except OSError as error:
        kind = DatabaseBusy if isinstance(error, PermissionError) else FollowupError
        raise kind(f"{path} can't be brought to this version: {error.strerror}", "nothing was changed") from None
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
