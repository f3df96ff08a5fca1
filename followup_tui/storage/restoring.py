"""Bringing a backup back: the file there is now is kept aside first, and other windows see the change (quality §1)."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from datetime import datetime
from pathlib import Path

from followup_tui.errors import FollowupError, NotOurDatabase
from followup_tui.records import dataclass
from followup_tui.storage.backup import copy, reading, sync, unsound
from followup_tui.storage.connection import (
    check_file,
    connect,
    new_private_file,
    prepare_folder,
    revision,
    translated,
)
from followup_tui.storage.database import Database

_PEOPLE = "SELECT count(*) FROM {0}.prospect WHERE id NOT IN (SELECT id FROM {1}.prospect)"
_TOUCHES = (
    "SELECT count(*) FROM {0}.journal a WHERE a.kind = 'touch' AND NOT EXISTS (SELECT 1 FROM {1}.journal b "
    "WHERE b.id = a.id AND b.prospect_id = a.prospect_id AND b.logged_at = a.logged_at)"
)


@dataclass(frozen=True, slots=True)
class Content:
    """What is in a database, beside another one."""

    prospects: int
    touches: int
    newest: str | None
    """Instant of the newest touch."""
    there: tuple[int, int] | None
    """People and touches only there; None when there is nothing to compare with."""
    here: tuple[int, int] | None


def content(path: Path, here: Path) -> Content:
    """Return what a good backup holds and how it differs from the database in use."""
    try:
        with reading(path) as connection:
            prospects = connection.execute("SELECT count(*) FROM prospect").fetchone()[0]
            touches, newest = connection.execute(
                "SELECT count(*), max(at) FROM journal WHERE kind = 'touch'"
            ).fetchone()
            there, other = _difference(connection, here)
            return Content(prospects, touches, newest, there, other)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise translated(error, path) from error


def _difference(connection: sqlite3.Connection, here: Path) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Return people and touches only there and only here; nothing when the database in use can't be read."""
    if not is_sound(here):
        return None, None
    connection.execute("ATTACH ? AS here", (here.absolute().as_uri() + "?mode=ro",))

    def only(one: str, other: str) -> tuple[int, int]:
        return (
            connection.execute(_PEOPLE.format(one, other)).fetchone()[0],
            connection.execute(_TOUCHES.format(one, other)).fetchone()[0],
        )

    try:
        return only("main", "here"), only("here", "main")
    except sqlite3.Error:
        return None, None  # it calls itself ours, and has not even our tables


def is_sound(path: Path) -> bool:
    """Whether the database in use is ours and whole, so that it can be compared, and written over in a transaction."""
    try:
        if not check_file(path):
            return False
        with contextlib.closing(connect(path)) as connection:
            revision(connection, path)
            return not unsound(connection)
    except (FollowupError, sqlite3.Error, UnicodeDecodeError):
        return False


def put_back(backup: Path, database: Database, now: datetime) -> Path | None:
    """Put a good backup in the place of the database; return where the file of before is kept, None without one.

    A sound database is overwritten in one transaction of SQLite's own, so that other windows see it and no journal is
    left over; a damaged one is moved aside, with its journal. Who was erased stays erased.
    """
    path = database.path
    prepare_folder(path.parent)
    draft = path.with_name(f".{path.name}.{os.urandom(4).hex()}.new")
    aside = _free(path, now)
    try:
        new_private_file(draft)
        copy(backup, draft, in_use=False)
        fresh = Database(draft)
        fresh.prepare()
        if is_sound(path):
            _leave_out_erased(path, fresh, now)
            fresh.close()
            new_private_file(aside)
            try:
                copy(path, aside)
                sync(aside)
                _overwrite(draft, path)
            except (sqlite3.Error, OSError):
                aside.unlink()  # nothing was replaced, and what is there needs no copy
                raise
            return aside
        fresh.close()
        sync(draft)
        kept = _set_aside(path, aside)
        os.replace(draft, path)
        sync(path.parent)
        return kept
    except sqlite3.Error as error:
        raise translated(error, path) from error
    except OSError as error:
        raise FollowupError(f"{path} can't be restored: {error.strerror}", "nothing was changed") from None
    finally:
        for left in (draft, *(draft.with_name(f"{draft.name}{end}") for end in ("-journal", "-wal", "-shm"))):
            with contextlib.suppress(OSError):
                left.unlink()


def _free(path: Path, now: datetime) -> Path:
    """Return a name beside the database that nobody has."""
    stem = f"{path.name}.aside-{now.strftime('%Y%m%d-%H%M%S')}"
    number = 1
    while os.path.lexists(path.with_name(stem + (f"-{number}" if number > 1 else ""))):
        number += 1
    return path.with_name(stem + (f"-{number}" if number > 1 else ""))


def _leave_out_erased(path: Path, fresh: Database, now: datetime) -> None:
    """Take people out of the copy who were erased after the backup was made."""
    with contextlib.closing(connect(path)) as connection:
        keys = [r[0] for r in connection.execute("SELECT key FROM setting WHERE key LIKE 'erased:%'")]
    if not keys:
        return
    from followup_tui.storage.erasing import erase

    for key in keys:
        who = str(key).removeprefix("erased:")
        if fresh.connection().execute("SELECT 1 FROM prospect WHERE id = ?", (who,)).fetchone():
            erase(fresh, who, now)
        else:
            fresh.connection().execute("INSERT OR REPLACE INTO setting (key, value) VALUES (?, '')", (key,))


def _overwrite(draft: Path, path: Path) -> None:
    """Replace the content of the database in one transaction; a lock that nobody lets go of is an error."""
    with contextlib.closing(connect(path)) as target, contextlib.closing(connect(draft)) as source:
        target.execute("BEGIN EXCLUSIVE")
        target.execute("ROLLBACK")
        source.backup(target)
        if wrong := unsound(target):
            raise NotOurDatabase(f"{path} is damaged after restoring ({wrong})", "restore again; the old file is kept")


def _set_aside(path: Path, aside: Path) -> Path | None:
    """Move a file that is no sound database, and the journal SQLite would play into the new one, out of the way."""
    if not os.path.lexists(path):
        return None
    if os.path.isdir(path) and not os.path.islink(path):
        raise NotOurDatabase(f"{path} is a folder", "move it away, then restore")
    for ending in ("-journal", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            os.rename(f"{path}{ending}", f"{aside}{ending}")
    os.rename(path, aside)
    return aside
