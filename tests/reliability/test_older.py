"""Databases of older revisions: migrated on a copy, the old file kept, nothing lost (quality R18)."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from followup_tui.errors import FollowupError
from followup_tui.storage import database as database_of
from followup_tui.storage import migrating
from followup_tui.storage.connection import HEAD, connect
from followup_tui.storage.database import Database
from followup_tui.storage.migrating import upgrade
from tests.factories import add, failed, log, open_at
from tests.services.test_no_loss import room_for, story, who_is

__all__ = ["story"]
REVISIONS = [f"{number:04}" for number in range(1, int(HEAD))]
OPENING = """
import sys
from pathlib import Path
from followup_tui.storage import migrating
from followup_tui.storage.database import Database
print("ready", flush=True)
sys.stdin.readline()
with Database(Path(sys.argv[1])).reading() as connection:
    print(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
"""


def rows(path: Path, columns: dict[str, list[str]]) -> dict[str, list[tuple]]:
    """Return every row, by the columns named."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return {
            table: sorted(connection.execute(f"SELECT {', '.join(names)} FROM {table}").fetchall(), key=repr)
            for table, names in columns.items()
        }


def columns_of(path: Path) -> dict[str, list[str]]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        names = [table for table in tables if not table.startswith(("sqlite_", "alembic", "found_"))]
        return {name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")] for name in names}


def as_it_was(path: Path, revision: str) -> Path:
    """Return a database of an older revision, made by its own scripts, that holds what this one holds."""
    old = path.with_name(f"old{revision}.db")
    old.touch(0o600)
    upgrade(old, revision)
    with contextlib.closing(sqlite3.connect(old)) as connection, connection:
        connection.execute("ATTACH ? AS new", (str(path),))
        for table, names in columns_of(old).items():
            listed = ", ".join(names)
            connection.execute(f"DELETE FROM {table}")
            connection.execute(f"INSERT INTO {table} ({listed}) SELECT {listed} FROM new.{table}")
    return old


@pytest.fixture
def full(story) -> Path:
    """A database with a story in it: touches, a promise, an import, a version of a cadence, something undone."""
    log(story, who_is(story, "Ann"), "spoke", value="Guide", note="asked for Ølrabe")
    story.prospects.star([who_is(story, "Bob")], True)
    story.close()
    return story.path


@pytest.mark.parametrize("revision", REVISIONS)
def test_r18_an_older_database_is_migrated_on_a_copy(full, clock, revision, figure):
    """Every row comes along, the old file is kept byte by byte, doctor is content, and undo reaches back (R18)."""
    old = as_it_was(full, revision)
    columns, whole = columns_of(old), old.read_bytes()
    wanted = rows(old, columns)
    services = open_at(old, clock)
    assert failed(services) == []
    assert rows(old, columns) == wanted
    (kept,) = old.parent.glob(f"{old.name}.before-{HEAD}-*")
    assert kept.read_bytes() == whole
    assert kept.stat().st_mode & 0o777 == old.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in services.prospects.find("Ølrabe")] == ["Ann Lee"]
    services.undo.undo(2)
    assert log(services, add(services, "Eve").id).prospect.touches == 1
    assert failed(services) == []
    services.close()
    assert not [file for file in old.parent.iterdir() if file.name.startswith(".")]
    figure("R18", 1, f"database of revision {revision} migrated on a copy")


def test_r18_no_room_to_migrate_changes_nothing(full, clock, figure):
    """A full disk while migrating: one message, the old file as it was, and with room it works (R18, R5)."""
    old = as_it_was(full, "0001")
    whole, trials = old.read_bytes(), 0
    for limit in (4096, 60_000, len(whole), len(whole) + 30_000):
        trials += 1
        with room_for(limit), pytest.raises(FollowupError):
            open_at(old, clock).prospects.count()
        assert old.read_bytes() == whole
        assert [file.name for file in old.parent.iterdir() if "before" in file.name or ".new" in file.name] == []
    services = open_at(old, clock)
    assert failed(services) == []
    services.close()
    figure("R18", trials, "migrations without room")


def test_r18_it_says_how_far_it_is_and_can_be_called_off(full, clock, monkeypatch, figure):
    """Copy and new tables are told, an empty text ends it; called off or stopped anywhere, all is as it was (R18)."""
    monkeypatch.setattr(migrating, "_OFTEN", 200)
    old = as_it_was(full, "0001")
    whole, said = old.read_bytes(), []
    calling_off = "MB copied", database_of.NEW_VERSION
    for what in calling_off:
        services = open_at(old, clock)
        services.told_of_migration = lambda now, done, of, what=what: now != what
        with pytest.raises(FollowupError, match="called off – nothing was changed"):
            services.prospects.count()
        services.told_of_migration = lambda now, done, of, what=what: bool(now != what or 1 / 0)
        with pytest.raises(ZeroDivisionError):  # as Ctrl-C: an exception in the middle of a statement
            services.prospects.count()
    assert old.read_bytes() == whole
    assert [file.name for file in old.parent.iterdir() if "before" in file.name or ".new" in file.name] == []
    services = open_at(old, clock)
    services.told_of_migration = lambda *words: said.append(words) is None
    assert failed(services) == []
    services.close()
    assert list(dict.fromkeys(words[0] for words in said)) == [*calling_off, ""]
    figure("R18", 2 * len(calling_off), "migrations called off")


WRITE = "UPDATE prospect SET company = 'written meanwhile'"


def companies(path: Path) -> set[str]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return {row[0] for row in connection.execute("SELECT company FROM prospect")}


def test_r18_nobody_writes_while_the_copy_is_migrated(full, monkeypatch, figure):
    """Whoever has the old file open and writes meanwhile is told to wait: the copy would lack what they wrote (R18)."""
    old = as_it_was(full, "0001")
    before, refused = companies(old), 0

    def meanwhile(draft: Path, **options: Any) -> None:
        nonlocal refused
        upgrade(draft, **options)
        with contextlib.closing(sqlite3.connect(old, timeout=0)) as other:
            try:
                other.execute(WRITE)
                other.commit()
            except sqlite3.OperationalError as error:
                assert "locked" in str(error)  # noqa: PT017 – accepted is the other good end
                refused += 1

    monkeypatch.setattr(migrating, "upgrade", meanwhile)
    database = Database(old)
    database.prepare()
    database.close()
    assert (refused, companies(old)) == (1, before), "what was accepted is not in the migrated file"
    figure("R18", 1, "write into an old database while its copy is migrated")


def test_r18_who_comes_second_replaces_nobodys_work(full, monkeypatch, figure):
    """Between opening the old file and locking it another one migrates and writes: their file stays (R18)."""
    old = as_it_was(full, "0001")
    opened = 0

    def late(path: Path, **how: bool) -> sqlite3.Connection:
        nonlocal opened
        found = connect(path, **how)
        opened += path == old
        if opened == 3:  # the first looks at the revision, the second will hold the lock, the third is the source
            monkeypatch.setattr(database_of, "connect", connect)
            first = Database(old)
            with contextlib.closing(first.connection()) as other:
                other.execute(WRITE)
        return found

    monkeypatch.setattr(database_of, "connect", late)
    second = Database(old)
    second.prepare()
    second.close()
    assert opened == 3
    assert companies(old) == {"written meanwhile"}
    assert len([*old.parent.glob(f"{old.name}.before-*")]) == 1
    figure("R18", 1, "migration by another one between opening and locking")


def test_r18_two_who_migrate_at_once(full, figure):
    """Two processes open an old database at the same moment: it is migrated once, and nobody's work is replaced."""
    old = as_it_was(full, "0001")
    shutil.copyfile(old, old.with_name("copy"))
    pair = [
        subprocess.Popen(
            [sys.executable, "-c", OPENING, str(old)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    for one in pair:
        assert one.stdout.readline() == "ready\n"
    for one in pair:
        one.stdin.write("go\n")
        one.stdin.flush()
    assert [one.communicate(timeout=60)[0].strip() for one in pair] == [HEAD, HEAD]
    (kept,) = old.parent.glob(f"{old.name}.before-*")
    assert kept.read_bytes() == old.with_name("copy").read_bytes()
    figure("R18", 1, "old database opened by two at once")
