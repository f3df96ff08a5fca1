"""Backups: copied by SQLite while others write, proved good, put in their place in one step (quality §1)."""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
import stat
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from followup_tui.errors import DatabaseBusy, FollowupError, NothingFound, NotOurDatabase
from followup_tui.records import dataclass
from followup_tui.storage.connection import (
    BUSY_SECONDS,
    check_file,
    connect,
    new_private_file,
    prepare_folder,
    revision,
    translated,
)

DAILY, WEEKLY, MONTHLY = 14, 8, 12
"""How many days, weeks and months of backups are kept."""
OF_ONE_DAY = 10
"""How many of the newest day are kept."""
_NAME = re.compile(r"followup-(\d{8}-\d{6})(?:-(import|restore|rebuild|migration))?\.db", re.ASCII)
_LEFT = re.compile(r"\.followup-\d{8}-\d{6}(?:-[a-z]+)?\.db(?:\.sha256)?\.[0-9a-f]{8}\.new", re.ASCII)
"""What a killed backup leaves."""
_PAGES = 4096
"""Pages copied between two words on how far it is."""
_MB = 1_000_000
Progress = Callable[[str, int, int], bool]
"""Gets what is done, how much of it, and how much there is to do; returns False to call it off."""
_STAMP = "%Y%m%d-%H%M%S"


@dataclass(frozen=True, slots=True)
class Kept:
    """One backup in the folder, by its name alone."""

    path: Path
    made: datetime
    """Local time, without a zone."""
    reason: str
    """Before what it was made; empty for the backup of a day."""


def name_at(now: datetime, reason: str = "") -> str:
    """Return the name of a backup made now."""
    return f"followup-{now.strftime(_STAMP)}{f'-{reason}' if reason else ''}.db"


def listed(folder: Path) -> list[Kept]:
    """Return the backups of a folder, the newest first; whatever has another name, or is a link, is not ours."""
    found = []
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return []
    for entry in entries:
        match = _NAME.fullmatch(entry.name)
        if match and entry.is_file(follow_symlinks=False):
            with contextlib.suppress(ValueError):
                made = datetime.fromisoformat(match[1].replace("-", "T"))  # as `_STAMP` wrote it, in half the memory
                found.append(Kept(Path(entry.path), made, match[2] or ""))
    return sorted(found, key=lambda kept: (kept.made, kept.path.name), reverse=True)


def make(source: Path, target: Path, progress: Progress | None = None) -> None:
    """Copy a database to a new file that is whole, private and has its sha256 beside it, or leave nothing."""
    if os.path.lexists(target):
        raise FollowupError(f"{target} is there already", "choose another name; a backup replaces nothing")
    _own_folder(target.parent)
    draft = target.with_name(f".{target.name}.{os.urandom(4).hex()}.new")
    try:
        new_private_file(draft)
        copy(source, draft, progress=progress)
        sync(draft)
        _write_sum(target, digest(draft))
        os.replace(draft, target)
        sync(target.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            sum_of(target).unlink()
        raise _unwritten(error, target) from None
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()


def copy(source: Path, draft: Path, *, in_use: bool = True, progress: Progress | None = None) -> None:
    """Copy within one read transaction, then prove the copy: it is whole and has as many rows of each kind.

    A file that is not in use is only read, so that its sha256 stays what it is.
    """

    try:
        with (
            contextlib.closing(connect(source)) if in_use else reading(source) as original,
            contextlib.closing(sqlite3.connect(draft, isolation_level=None)) as fresh,
        ):
            original.execute("BEGIN")
            counts = rows(original)
            copy_pages(original, fresh, progress)
            if progress is not None and not progress("checks of the copy", 0, 1):
                raise _called_off()
            original.execute("ROLLBACK")
            fresh.execute("PRAGMA journal_mode = DELETE")
            wrong = unsound(fresh)
            if wrong or rows(fresh) != counts:
                raise NotOurDatabase(
                    f"{source} is damaged ({wrong or 'the copy has other rows'})",
                    "restore a backup; run followup doctor",
                )
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise translated(error, source) from error


def copy_pages(original: sqlite3.Connection, fresh: sqlite3.Connection, progress: Progress | None = None) -> None:
    """Copy some pages at a time, so that it can be told how far it is, and Ctrl-C is heard."""
    size = int(original.execute("PRAGMA page_size").fetchone()[0])

    def tell(status: int, left: int, of: int) -> None:
        if progress is not None and not progress("MB copied", (of - left) * size // _MB, of * size // _MB):
            raise _called_off()

    original.backup(fresh, pages=_PAGES, progress=tell)


def _called_off() -> FollowupError:
    return FollowupError("copying the database was called off", "nothing was changed")


def unsound(connection: sqlite3.Connection) -> str:
    """Return the first thing SQLite finds wrong; empty when the file is whole."""
    found = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    return "" if found == "ok" else found


def rows(connection: sqlite3.Connection) -> dict[str, int]:
    """Return the number of rows of every table; the index of words is counted in the tables it is stored in."""
    real = "type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    names = [row[0] for row in connection.execute(f"SELECT name FROM sqlite_master WHERE {real} ORDER BY name")]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def why_bad(path: Path) -> str:
    """Return what is wrong with a backup, empty when it is good; errors of `check_file` and `revision` are raised."""
    if not check_file(path):
        raise NothingFound(f"{path} is not there", "followup backup --list names those there are")
    wanted = _read_sum(path)
    if wanted and wanted != digest(path):
        return "it differs from its sha256: it was changed or damaged after it was made"
    try:
        with reading(path) as connection:
            revision(connection, path)
            return unsound(connection)
    except NotOurDatabase as error:
        return error.title
    except (sqlite3.Error, UnicodeDecodeError) as error:
        return str(translated(error, path).title)


@contextlib.contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection that can only read, and asks for no pragma that writes."""
    uri = path.absolute().as_uri() + "?mode=ro"
    with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
        yield connection


def prune(folder: Path, made: Path, now: datetime) -> list[Path]:
    """Remove what is older than 14 days, 8 weeks and 12 months of backups; only files of our own name, no links."""
    found = listed(folder)
    keep = {made}
    for number, period in ((DAILY, "%Y%m%d"), (WEEKLY, "%G-%V"), (MONTHLY, "%Y%m")):
        newest: dict[str, Path] = {}
        for kept in found:
            newest.setdefault(kept.made.strftime(period), kept.path)
        keep.update(list(newest.values())[:number])
    today = [kept.path for kept in found if kept.made.date() == found[0].made.date()]
    keep.update(today[:OF_ONE_DAY])
    gone = [kept.path for kept in found if kept.path not in keep]
    for path in gone:
        for file in (path, sum_of(path)):
            with contextlib.suppress(OSError):
                file.unlink()
    _clear_left(folder, now)
    return gone


def _clear_left(folder: Path, now: datetime) -> None:
    """Remove drafts of backups that were killed, once nobody can be writing them any more."""
    before = (now - timedelta(days=1)).timestamp()
    for entry in os.scandir(folder):
        if _LEFT.fullmatch(entry.name) and entry.stat(follow_symlinks=False).st_mtime < before:
            with contextlib.suppress(OSError):
                os.unlink(entry.path)


def sum_of(path: Path) -> Path:
    """Return the file that holds the sha256 of a backup."""
    return path.with_name(f"{path.name}.sha256")


def digest(path: Path) -> str:
    """Return the sha256 of a file."""
    import hashlib

    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _read_sum(path: Path) -> str:
    """Return the sha256 that was noted; empty when there is none, or it is no file of its own."""
    file = sum_of(path)
    if not file.is_file() or file.is_symlink():
        return ""
    with file.open("rb") as handle:
        return handle.read(64).decode("ascii", "replace")


def _write_sum(target: Path, sha256: str) -> None:
    """Note the sha256 as `sha256sum -c` reads it."""
    draft = target.with_name(f".{target.name}.sha256.{os.urandom(4).hex()}.new")
    try:
        new_private_file(draft)
        draft.write_text(f"{sha256}  {target.name}\n", encoding="utf-8")
        sync(draft)
        os.replace(draft, sum_of(target))
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()


def sync(path: Path) -> None:
    """Have a file, or a folder's list of files, on the disk before anything else is said."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _own_folder(folder: Path) -> None:
    """Make the folder when it is missing; a link in the place of our own folder is not followed."""
    if folder.name.endswith("backups") and folder.is_symlink():
        raise FollowupError(f"{folder} is a link", "replace it by a folder of your own")
    prepare_folder(folder)
    if not stat.S_ISDIR(os.stat(folder).st_mode):
        raise FollowupError(f"{folder} is not a folder", "choose another place for the backup")


def _unwritten(error: OSError, target: Path) -> FollowupError:
    words = f"{target} can't be written: {error.strerror}"
    if isinstance(error, PermissionError):
        return DatabaseBusy(words, "check the permissions of the folder")
    return FollowupError(words, "no backup was made")
