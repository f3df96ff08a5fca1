"""Opening the SQLite file: identity, permissions and pragmas before anything is read or written (quality §1)."""

from __future__ import annotations

import os
import re
import sqlite3
import stat
from pathlib import Path

from followup_tui.digest import sha256
from followup_tui.domain.cleaning import clean
from followup_tui.errors import DatabaseBusy, FollowupError, NewerVersion, NotOurDatabase

APPLICATION_ID = 0x466F6C75
"""“Folu” in the file's header: this database is ours."""
HEAD = "0004"
"""The newest revision; a test holds it against the migrations folder."""
TRIGGERS = "9de7231722892ac75fbad24e9451cb08d7d0a8d7fbbb1b4c447eb6a88062db8f"
"""The sha256 of the triggers and views of that revision; a test holds it against them."""
STATEMENTS = 96
"""Statements each connection keeps prepared: a log, a plan and a card have some sixty; each takes 10 KB and more."""
BUSY_SECONDS = 30
"""How long a lock that somebody else holds is waited for."""
CACHE = 1_000
"""KiB of pages kept in memory by a connection that writes: the system keeps the file anyway."""
READING = 500
"""The same for one that has only read so far: several threads have one each."""
WAITING = 4_000
"""KiB of changed pages that may wait for the commit beyond that: what does not fit has to be synced before it."""
_REVISION = re.compile(r"\d{4}", re.ASCII)
_MAGIC = b"SQLite format 3\x00"
_WAL_IS_SAFE = sqlite3.sqlite_version_info >= (3, 51, 3)
"""Older ones can corrupt a WAL database when two connections write at the same instant."""


def path_of(text: str) -> Path:
    """Return the file that `--db PATH|URL` names; FollowupError for another kind of database."""
    if text.startswith("sqlite:///"):
        text = text.removeprefix("sqlite:///")
    elif "://" in text:
        kind = text.split("://", 1)[0]
        raise FollowupError(f"“{kind}” databases are not supported", "name an SQLite file, or sqlite:///PATH")
    return Path(text).expanduser()


def check_file(path: Path) -> bool:
    """Return whether the file exists and may be a database of ours; NotOurDatabase when something else is there.

    Links are not followed: what is behind one could be changed under us.
    """
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        return False
    except NotADirectoryError:
        raise NotOurDatabase(f"{path.parent} is not a folder", "choose another path with --db") from None
    except OSError as error:
        raise DatabaseBusy(f"{path} can't be read: {error.strerror}", "check its permissions") from None
    if stat.S_ISLNK(found.st_mode):
        raise NotOurDatabase(f"{path} is a link", "give the file itself with --db")
    if not stat.S_ISREG(found.st_mode):
        raise NotOurDatabase(f"{path} is not a file", "choose another path with --db")
    try:
        with path.open("rb") as handle:
            head = handle.read(100)
    except OSError as error:
        raise DatabaseBusy(f"{path} can't be read: {error.strerror}", "check its permissions") from None
    if not head.startswith(_MAGIC):
        raise NotOurDatabase(f"{path} is not a Followup database", "it was left untouched; choose another with --db")
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise NotOurDatabase(f"{path} belongs to another program", "it was left untouched; choose another with --db")
    return True


def connect(path: Path, *, writable: bool = True) -> sqlite3.Connection:
    """Return a connection in autocommit mode with our pragmas; the caller begins and commits."""
    try:
        connection = _connected(path, "rw" if writable else "ro")
        configure(connection)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise translated(error, path) from error
    return connection


def watch(path: Path) -> sqlite3.Connection:
    """Return a connection that only looks whether others wrote: it never reads the schema, which takes 300 KB."""
    try:
        return _connected(path, "rw")
    except sqlite3.DatabaseError as error:
        raise translated(error, path) from error


def _connected(path: Path, mode: str) -> sqlite3.Connection:
    uri = path.absolute().as_uri() + f"?mode={mode}"
    return sqlite3.connect(
        uri,
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=STATEMENTS,
    )


def configure(connection: sqlite3.Connection) -> None:
    """Set the pragmas that every connection needs (SQLAlchemy's too)."""
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA trusted_schema = " + ("ON" if _knows_triggers(connection) else "OFF"))
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute(f"PRAGMA cache_size = -{CACHE}")
    connection.execute(f"PRAGMA cache_spill = -{WAITING}")
    if _WAL_IS_SAFE and not _is_wal(connection):
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = " + ("FULL" if _WAL_IS_SAFE else "EXTRA"))


def _knows_triggers(connection: sqlite3.Connection) -> bool:
    """Return whether every trigger and view is ours: only then may they use the index of words.

    SQLite calls its own full-text tables unsafe there (before 3.44), and a file from somewhere may bring anything.
    """
    found = connection.execute("SELECT sql FROM sqlite_master WHERE type IN ('trigger', 'view') ORDER BY name")
    return sha256("\n".join(row[0] for row in found).encode()).hexdigest() == TRIGGERS


def _is_wal(connection: sqlite3.Connection) -> bool:
    return str(connection.execute("PRAGMA journal_mode").fetchone()[0]) == "wal"


def revision(connection: sqlite3.Connection, path: Path) -> str:
    """Return the schema's revision; NewerVersion when this program does not know it."""
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            raise NotOurDatabase(f"{path} has no Followup tables", "restore a backup, or choose another") from None
        raise translated(error, path) from error
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise translated(error, path) from error
    found = str(row[0]) if row else ""
    if not _REVISION.fullmatch(found):
        raise NotOurDatabase(f"{path} is damaged (no revision “{clean(found)[:20]}”)", "restore a backup")
    if int(found) > int(HEAD):
        raise NewerVersion(f"{path} was made by a newer Followup (revision {found})", "update Followup to open it")
    return found


def translated(error: sqlite3.Error | UnicodeDecodeError, path: Path) -> FollowupError:
    """Return what an SQLite error means to a person; damage may reach even the text of SQLite's own message."""
    if isinstance(error, UnicodeDecodeError):
        return NotOurDatabase(f"{path} is damaged", "run followup doctor; restore a backup")
    words = str(error).lower()
    if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_READONLY_DBMOVED:
        return DatabaseBusy(
            f"{path} was moved or replaced while it was open: nothing was saved", "start Followup again"
        )
    if "readonly" in words or "read-only" in words:
        return DatabaseBusy(f"{path} can't be written: it is read-only", "check the permissions of file and folder")
    if "locked" in words or "busy" in words:
        return DatabaseBusy("the database is busy in another program", "try again in a moment")
    if "full" in words:
        return FollowupError("the disk is full: nothing was saved", "make room, then do it again")
    if "unable to open" in words:
        return DatabaseBusy(f"{path} can't be opened", "check that the folder exists and is yours")
    if "disk i/o" in words:
        return FollowupError(f"the disk failed while using {path}", "nothing was saved; check the disk")
    if isinstance(error, sqlite3.DatabaseError) and ("malformed" in words or "not a database" in words):
        return NotOurDatabase(f"{path} is damaged ({error})", "run followup doctor; restore a backup")
    return FollowupError(f"the database refused: {error}", "run followup doctor")


def prepare_folder(folder: Path) -> None:
    """Make the folder with mode 0700 when it is missing; DatabaseBusy when it can't be made."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except FileExistsError:
        raise NotOurDatabase(f"{folder} is not a folder", "choose another path with --db") from None
    except NotADirectoryError:
        raise NotOurDatabase(f"{folder.parent} is not a folder", "choose another path with --db") from None
    except OSError as error:
        raise DatabaseBusy(f"{folder} can't be made: {error.strerror}", "choose another path with --db") from None


def new_private_file(path: Path) -> None:
    """Create an empty file with mode 0600; FileExistsError when something is there, links included."""
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
    os.close(descriptor)
