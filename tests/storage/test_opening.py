"""Making and opening the file: identity, permissions, and refusing whatever is not ours (quality §1, R7, R15, R18)."""

from __future__ import annotations

import contextlib
import os
import socket
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from followup_tui.errors import DatabaseBusy, FollowupError, NewerVersion, NotOurDatabase
from followup_tui.storage import connection as door
from followup_tui.storage.database import Database
from tests.factories import add, change, log, open_at

NOBODY = 65534
MIGRATIONS = Path(door.__file__).parent / "migrations" / "versions"


@pytest.fixture
def writes_stay_in_memory() -> None:
    """Write as the program does: how is what is looked at here."""


def opened(path: Path) -> None:
    """Open and close, as every command does first."""
    database = Database(path)
    try:
        with database.reading() as connection:
            connection.execute("SELECT count(*) FROM prospect").fetchone()
    finally:
        database.close()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@contextlib.contextmanager
def as_an_ordinary_user(file: bytes | None = None) -> Iterator[Path]:
    """Give a folder of root's that others may only read; root itself may everything, so it steps down."""
    from followup_tui.storage import migrating  # noqa: F401 – what is imported later may be unreadable

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if file is not None:
            (folder / "followup.db").write_bytes(file)
            (folder / "followup.db").chmod(0o444)
        folder.chmod(0o755 if os.geteuid() == 0 else 0o555)
        root = os.geteuid() == 0
        if root:
            os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            if root:
                os.seteuid(0)
            folder.chmod(0o755)


@pytest.mark.parametrize("pragma", ["journal_mode", "synchronous", "foreign_keys", "busy_timeout"])
def test_every_connection_is_as_safe_as_quality_asks(path, pragma):
    """DELETE with EXTRA, or WAL with FULL where SQLite is new enough; foreign keys on; writers wait."""
    wanted = {"journal_mode": "delete", "synchronous": 3, "foreign_keys": 1, "busy_timeout": 30000}
    if sqlite3.sqlite_version_info >= (3, 51, 3):
        wanted |= {"journal_mode": "wal", "synchronous": 2}
    database = Database(path)
    assert database.connection().execute(f"PRAGMA {pragma}").fetchone()[0] == wanted[pragma]
    database.close()


@pytest.mark.parametrize(
    "planted", ["CREATE TRIGGER t AFTER INSERT ON tag BEGIN SELECT 1; END", "CREATE VIEW v AS SELECT 1", ""]
)
def test_triggers_are_trusted_only_when_all_are_ours(path, planted):
    """A file with a trigger or view we don't know runs nothing of it that SQLite calls unsafe."""
    opened(path)
    if planted:
        change(path, planted)
    with contextlib.closing(door.connect(path)) as connection:
        found = connection.execute("SELECT sql FROM sqlite_master WHERE type IN ('trigger', 'view') ORDER BY name")
        ours = sha256("\n".join(row[0] for row in found).encode()).hexdigest() == door.TRIGGERS
        assert ours is not bool(planted), "TRIGGERS is the sha256 of the newest revision's triggers and views"
        assert connection.execute("PRAGMA trusted_schema").fetchone()[0] == int(not planted)


def test_the_file_says_what_it_is(path):
    """The application id is in the header; the revision is HEAD, and HEAD is the newest migration."""
    assert int.from_bytes(path.read_bytes()[68:72], "big") == door.APPLICATION_ID
    with contextlib.closing(sqlite3.connect(path)) as plain:
        assert plain.execute("SELECT version_num FROM alembic_version").fetchall() == [(door.HEAD,)]
    assert max(file.name[:4] for file in MIGRATIONS.glob("[0-9]*.py")) == door.HEAD


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_file_and_folder_are_private(tmp_path, umask):
    """Whatever the umask: 0700 for the folder we make, 0600 for the file (T12)."""
    path = tmp_path / "deep" / "own" / "followup.db"
    before = os.umask(umask)
    try:
        opened(path)
    finally:
        os.umask(before)
    assert (mode(path.parent), mode(path)) == (0o700, 0o600)
    assert [found.name for found in path.parent.iterdir()] == [path.name], "nothing is left behind"


@pytest.mark.parametrize(
    "name", ["a?b.db", "a#b.db", "a%20b.db", "it's.db", 'q"q.db', "a b.db", "ü.db", "q?x=1/y.db", ":memory:", "-x"]
)
def test_any_name_will_do(tmp_path, name):
    """The path means itself: nothing in it is taken for a URL or a pattern."""
    opened(tmp_path / name)
    opened(tmp_path / name)
    assert [str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*") if p.is_file()] == [name]


def png(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))


def another_database(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as other:
        other.executescript("CREATE TABLE prospect (id); CREATE TABLE alembic_version (version_num)")


def anothers_identity(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as other:
        other.executescript(f"PRAGMA application_id = {door.APPLICATION_ID + 1}; CREATE TABLE t (id)")


def our_identity_alone(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as other:
        other.executescript(f"PRAGMA application_id = {door.APPLICATION_ID}; CREATE TABLE t (id)")


def numbered_like_ours(revision: str) -> Callable[[Path], None]:
    """Make another program's database, whose tables and revision happen to be called as ours are."""

    def make(path: Path) -> None:
        with contextlib.closing(sqlite3.connect(path)) as other:
            other.executescript("CREATE TABLE prospect (id, name); CREATE TABLE alembic_version (version_num)")
            other.execute("INSERT INTO prospect VALUES (1, 'a hill of gold')")
            other.execute("INSERT INTO alembic_version VALUES (?)", (revision,))
            other.commit()

    return make


STRANGERS = {
    "0 bytes": lambda path: path.touch(),
    "text": lambda path: path.write_text("Dear diary"),
    "PNG": png,
    "another database": another_database,
    "another program's": anothers_identity,
    "our id without tables": our_identity_alone,
    "another's, numbered as ours": numbered_like_ours(door.HEAD),
    "another's, numbered as ours was": numbered_like_ours("0001"),
    "the header alone": lambda path: path.write_bytes(b"SQLite format 3\x00"),
}


@pytest.mark.parametrize("kind", STRANGERS)
def test_what_is_not_ours_is_refused_untouched(tmp_path, kind):
    """Somebody else's file keeps every byte and its time; exit code 6 (R15)."""
    path = tmp_path / "followup.db"
    STRANGERS[kind](path)
    before = path.read_bytes(), path.stat().st_mtime_ns
    with pytest.raises(NotOurDatabase) as error:
        opened(path)
    assert error.value.exit_code == 6
    assert str(path) in str(error.value)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_newer_database_is_refused_untouched(path):
    """A file of the future is left alone; exit code 5 (R18)."""
    change(path, "UPDATE alembic_version SET version_num = '0099'")
    before = path.read_bytes()
    with pytest.raises(NewerVersion) as error:
        opened(path)
    assert error.value.exit_code == 5
    assert path.read_bytes() == before


@pytest.mark.parametrize("found", ["", "0000", "²²²²", "00q1", "x" * 40])
def test_a_revision_nobody_wrote_is_damage(path, found):
    """A revision that never was is named as damage, and the file stays as it is."""
    change(path, "UPDATE alembic_version SET version_num = ?", found)
    before = path.read_bytes()
    with pytest.raises(NotOurDatabase):
        opened(path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def folder(path: Path) -> None:
    path.mkdir()


def dangling(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere"))


def link_to_a_database(path: Path) -> None:
    opened(path.with_name("real.db"))
    path.symlink_to("real.db")


def a_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


@pytest.mark.parametrize("make", [folder, dangling, link_to_a_database, os.mkfifo, a_socket])
def test_what_is_no_ordinary_file_is_refused(tmp_path, make):
    """A folder, a link, a pipe or a socket at the path is named and left; nothing hangs (R7)."""
    path = tmp_path / "followup.db"
    make(path)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(NotOurDatabase):
        opened(path)
    assert sorted(tmp_path.iterdir()) == before


def test_a_file_in_the_folders_place_is_named(tmp_path):
    """The parent is a file: refused, not traced back (R7)."""
    (tmp_path / "data").write_text("mine")
    for path in (tmp_path / "data" / "followup.db", tmp_path / "data" / "deep" / "followup.db"):
        with pytest.raises(FollowupError) as error:
            opened(path)
        assert "is not a folder" in str(error.value)


def test_a_missing_folder_is_made(tmp_path):
    """The first start needs no preparation."""
    opened(tmp_path / "a" / "b" / "followup.db")
    assert mode(tmp_path / "a" / "b") == 0o700


def test_a_folder_that_may_not_be_written_is_named():
    """Exit code 4 and the path, for a new file and for a new folder (R7)."""
    with as_an_ordinary_user() as folder:
        for path in (folder / "followup.db", folder / "new" / "followup.db"):
            with pytest.raises(DatabaseBusy) as error:
                opened(path)
            assert str(folder) in str(error.value)
        assert list(folder.iterdir()) == []


def test_a_file_that_may_only_be_read_is_read(path):
    """Looking works on a read-only file; writing says what is wrong, exit code 4, and changes nothing (R7)."""
    services = open_at(path)
    who = add(services).id
    services.close()
    before = path.read_bytes()
    with as_an_ordinary_user(before) as folder:
        copy = folder / "followup.db"
        services = open_at(copy)
        assert services.today.plan().totals.prospects == 1
        with pytest.raises(DatabaseBusy) as error:
            log(services, who)
        assert "read-only" in str(error.value)
        services.close()
        assert copy.read_bytes() == before


MAKE = """
import sys
from pathlib import Path
from followup_tui.storage import first_rows, migrating
from followup_tui.storage.database import Database
print("ready", flush=True)
sys.stdin.readline()
with Database(Path(sys.argv[1])).reading() as connection:
    print(connection.execute("SELECT count(*) FROM cadence").fetchone()[0])
"""


def test_two_first_starts_at_once_both_work(tmp_path):
    """Two processes make the database at the same moment: one file, whole, and both go on."""
    path = tmp_path / "new" / "followup.db"
    pair = [
        subprocess.Popen(
            [sys.executable, "-c", MAKE, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    for one in pair:
        assert one.stdout.readline() == "ready\n"
    for one in pair:
        one.stdin.write("go\n")
        one.stdin.flush()
    answers = [one.communicate(timeout=60)[0].strip() for one in pair]
    assert answers == ["9", "9"]
    assert list(path.parent.iterdir()) == [path]
    assert path.stat().st_nlink == 1


def test_changes_wait_in_memory_for_the_commit(tmp_path: Path) -> None:
    """A connection keeps a megabyte of pages, but what a larger write has changed locks nobody out before its end."""
    path = tmp_path / "followup.db"
    opened(path)
    database, reader = Database(path), sqlite3.connect(path, timeout=0)
    connection = database.writing()
    assert door.CACHE * 2 < door.WAITING
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("CREATE TABLE filler (text)")
    connection.executemany("INSERT INTO filler VALUES (?)", [("x" * 1024,)] * (door.CACHE * 2))
    assert reader.execute("SELECT count(*) FROM prospect").fetchone() == (0,)
    connection.execute("ROLLBACK")
    reader.close()
    database.close()
