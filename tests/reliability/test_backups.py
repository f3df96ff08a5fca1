"""Backups happen, are proved good, and come back row by row (quality R16, R12, R5, T12)."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from followup_tui.errors import DatabaseBusy, FollowupError, NotOurDatabase
from followup_tui.storage import backup, restoring
from tests.factories import BERLIN, Clock, add, change, dump, failed, log, open_at, touches
from tests.figures import size
from tests.services.test_no_loss import room_for
from tests.storage import test_opening


def everything(path: Path) -> dict:
    """Return every row of every table."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        real = "type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND sql NOT LIKE '%WITHOUT ROWID'"
        names = [row[0] for row in connection.execute(f"SELECT name FROM sqlite_master WHERE {real}")]
    return dump(path, tuple(sorted(names)))


def private(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def test_r16_every_backup_comes_back_row_by_row(services, path, clock, figure):
    """Whatever happened after it: restoring a backup gives exactly the rows there were when it was made (R16)."""
    who = add(services).id
    trials, made = size(8, 60), []
    for turn in range(trials):
        clock.pass_(hours=1)
        log(services, who, note=f"turn {turn} ‮'\"\x00".replace("\x00", ""))
        add(services, f"Person {turn}")
        made.append((services.backups.make(path.with_name(f"copy{turn}.db")).file, everything(path)))
    for file, rows in reversed(made):
        view, _ = services.backups.restore(Path(file))
        assert everything(path) == rows
        assert everything(Path(file)) == rows
        assert failed(services) == []
        assert view.kept is not None
    figure("R16", trials, "backups restored and compared row by row")


def test_a_restore_closes_nothing_under_who_reads(services, path):
    """A thread that reads when the backup comes back ends without a fault, and reads the new file next."""
    add(services)
    file = Path(services.backups.make().file)
    database, begun, back = services._context.database, threading.Event(), threading.Event()

    def read() -> int:
        with database.reading() as connection:
            begun.set()
            back.wait(10)
            connection.execute("SELECT 1").fetchone()
        with database.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM prospect").fetchone()[0])

    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(read)
        begun.wait(10)
        path.write_bytes(b"Dear diary " * 99)
        services.backups.restore(file)
        back.set()
        assert answer.result() == 1


def test_a_backup_is_private_whole_and_has_its_sum(services, path):
    """0600 in 0700, with a sha256 that `sha256sum -c` reads, and nothing beside."""
    add(services)
    file = Path(services.backups.make().file)
    assert (private(file), private(file.parent), private(backup.sum_of(file))) == (0o600, 0o700, 0o600)
    assert backup.sum_of(file).read_text() == f"{backup.digest(file)}  {file.name}\n"
    assert sorted(file.parent.iterdir()) == [file, backup.sum_of(file)]


def test_a_look_says_what_would_come_and_go(services, path, clock):
    """Counts, newest touch, and the people and touches only there and only here."""
    who = add(services).id
    log(services, who)
    gone = add(services, "Gone")
    file = Path(services.backups.make().file)
    services.undo.undo()
    clock.pass_(minutes=5)
    log(services, who, "spoke")
    view = services.backups.look(file)
    assert (view.prospects, view.touches, view.comes_back, view.goes) == (2, 1, (1, 0), (0, 1))
    assert view.newest_touch == clock.now - timedelta(minutes=5)
    services.backups.restore(file)
    assert services.prospects.get(gone.id).name == "Gone"


def test_another_window_sees_the_restore(services, path):
    """A sound database is restored in place: a copy of the app that has it open works on with what came back."""
    who = add(services).id
    other = open_at(path, services.now)
    before = other.version()
    file = Path(services.backups.make().file)
    log(services, who)
    services.backups.restore(file)
    assert other.version() != before
    assert other.prospects.get(who).touches == 0
    assert log(other, who).prospect.touches == 1
    assert services.prospects.get(who).touches == 1
    other.close()


def test_only_our_own_old_backups_are_removed(services, path, clock):
    """Fourteen days, eight weeks, twelve months stay; other files, links and folders are never touched."""
    add(services)
    folder = services.backups.folder
    folder.mkdir()
    strange = ["followup-20200101-000000.db.bak", "followup-2020.db", "notes.txt", "followup-20200101-000000.DB"]
    for name in strange:
        (folder / name).write_text("mine")
    (folder / "followup-20190101-000000.db").symlink_to(folder / "notes.txt")
    (folder / "followup-20180101-000000.db").mkdir()
    start = datetime(2024, 1, 1, 9, tzinfo=BERLIN)
    for day in range(500):
        now = start + timedelta(days=day)
        (folder / backup.name_at(now)).write_bytes(b"x")
        (folder / f"{backup.name_at(now)}.sha256").write_bytes(b"x")
    clock.now = start + timedelta(days=500)
    made = Path(services.backups.make().file)
    left = [kept.path for kept in backup.listed(folder)]
    assert left[0] == made
    assert 14 + 6 + 10 <= len(left) <= 14 + 8 + 12
    assert {path.name for path in folder.iterdir()} - {p.name for p in left} - {f"{p.name}.sha256" for p in left} == {
        *strange, "followup-20190101-000000.db", "followup-20180101-000000.db",
    }  # fmt: skip


def test_r12_backups_are_made_whatever_the_clock_says(services, clock, figure):
    """A clock set back an hour or a day, forward ten years and back again: every day it shows gets its backup (R12)."""
    add(services)
    jumps = [timedelta(hours=-1), timedelta(days=-1), timedelta(days=3650), timedelta(days=-3649), timedelta(days=1)]
    assert services.backups.daily() is not None
    for jump in jumps:
        clock.now += jump
        services.backups.daily()
        assert services.backups.daily() is None
        made = [kept.made.date() for kept in backup.listed(services.backups.folder)]
        assert clock.now.date() in made
    figure("R12", len(jumps), "jumps of the clock with a backup each")


def test_a_large_thing_is_backed_up_before(services, path, tmp_path):
    """An import and a restore make a backup of what was there."""
    (tmp_path / "people.csv").write_text("Name\nCay\n")
    services.exchange.import_files([tmp_path / "people.csv"])
    assert services.backups.list() == [], "an empty database has nothing to lose"
    before = everything(path)
    services.exchange.import_files([tmp_path / "people.csv"])
    (view,) = services.backups.list()
    assert view.reason == "import"
    assert everything(Path(view.file)) == before
    services.backups.restore(Path(view.file))
    assert [one.reason for one in services.backups.list()] == ["restore", "import"]


def test_a_damaged_backup_is_named_and_not_restored(services, path, clock):
    """One flipped bit anywhere is found by the sha256; the newest good one is offered instead (R14)."""
    add(services)
    good = services.backups.make()
    clock.pass_(days=1)
    bad = Path(services.backups.make().file)
    data = bytearray(bad.read_bytes())
    data[-1] ^= 1
    bad.write_bytes(data)
    before = everything(path)
    with pytest.raises(NotOurDatabase, match="sha256"):
        services.backups.restore(bad)
    assert everything(path) == before
    newest = services.backups.newest_good()
    assert newest is not None
    assert newest.file == good.file


def test_a_damaged_database_is_kept_aside_with_its_journal(services, path):
    """What can't be read is moved, not lost; a journal left behind is never played into the restored file."""
    who = add(services).id
    file = Path(services.backups.make().file)
    services.close()
    rows = everything(path)
    path.write_bytes(b"SQLite format 3\x00" + b"broken" * 999)
    journal = path.with_name("followup.db-journal")
    journal.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(504))
    again = open_at(path, services.now)
    view, _ = again.backups.restore(file)
    assert everything(path) == rows
    assert Path(view.kept).read_bytes().endswith(b"broken")
    assert Path(f"{view.kept}-journal").exists()
    assert not journal.exists()
    assert log(again, who).prospect.touches == 1
    again.close()


STRANGE = {
    "nothing": lambda path: None,
    "a pipe": os.mkfifo,
    "our mark without tables": test_opening.our_identity_alone,
    "a newer version": lambda path: change(path, "UPDATE alembic_version SET version_num = '0099'"),
    "text": lambda path: path.write_text("Dear diary"),
}


@pytest.mark.parametrize("what", STRANGE)
def test_r14_the_way_back_from_whatever_stands_there(services, path, clock, what, figure):
    """It is named, never begun anew or waited for; the newest good backup is found, restored, and it is kept (R14)."""
    add(services)
    file = services.backups.make().file
    rows = everything(path)
    services.close()
    if what != "a newer version":
        path.unlink()
    STRANGE[what](path)
    kept = path.read_bytes() if path.is_file() else None
    again = open_at(path, clock)
    with pytest.raises(FollowupError):
        again.today.plan()
    again.commits()
    found = again.backups.newest_good()
    assert found is not None
    assert (found.file, found.comes_back) == (file, None if what != "a newer version" else found.comes_back)
    view, _ = again.backups.restore(Path(found.file))
    assert everything(path) == rows
    assert (view.kept is None) == (what == "nothing")
    if kept is not None:
        assert Path(view.kept).read_bytes() == kept
    assert failed(again) == []
    again.close()
    figure("R14", 1, f"way back from a database's place in which there is {what}")


@pytest.mark.parametrize("what", ["moved", "removed", "replaced"])
def test_r07_a_database_that_goes_while_it_is_open(services, path, what, figure):
    """Nothing is written into a file that nobody will open again, and the line says what happened (R7)."""
    who = add(services).id
    copy = shutil.copyfile(path, path.with_name("copy.db"))
    if what == "replaced":
        copy.replace(path)
    elif what == "removed":
        path.unlink()
    else:
        path.rename(path.with_name("elsewhere.db"))
    with pytest.raises(DatabaseBusy, match=r"was moved or replaced while it was open: nothing was saved"):
        log(services, who)
    assert [len(touches(one)) for one in path.parent.glob("*.db")] in ([0], [0, 0])
    figure("R7", 1, f"log into a database that was {what} meanwhile")


def test_a_database_that_vanished_is_not_begun_anew(services, path, clock):
    """Where backups say that there was one, an empty database is no answer; without them it is the first start."""
    add(services)
    services.backups.make()
    services.close()
    path.unlink()
    again = open_at(path, clock)
    with pytest.raises(NotOurDatabase, match=r"there is no database at .* though there are backups of it"):
        add(again, "Bob")
    assert not path.exists()
    shutil.rmtree(again.backups.folder)
    assert add(again, "Bob").name == "Bob"
    again.close()


def test_r05_a_restore_without_room_leaves_nothing(services, path, monkeypatch, figure):
    """Whichever of its copies finds no room: one message, every row as it was, and no copy of what stayed (R5)."""
    add(services)
    file = Path(services.backups.make(path.with_name("copy.db")).file)
    add(services, "Bob")
    services.backups.make()
    before, beside = everything(path), sorted(path.parent.iterdir())

    def no_room(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    steps = ("copy", "sync", "_overwrite")
    for step in steps:
        with monkeypatch.context() as full:
            full.setattr(restoring, step, no_room)
            with pytest.raises(FollowupError, match="the disk is full: nothing was saved"):
                services.backups.restore(file)
        assert everything(path) == before
        assert sorted(path.parent.iterdir()) == beside
    services.backups.restore(file)
    assert services.prospects.count() == 1
    figure("R5", len(steps), "restores on a full disk")


def test_no_room_for_a_backup_is_said_and_leaves_nothing(services, path):
    """A full disk: one message, no half of a backup, and the next one works (R5)."""
    add(services)
    with room_for(20_000), pytest.raises(FollowupError):
        services.backups.make()
    assert list(services.backups.folder.iterdir()) == []
    assert services.backups.make().good


def test_t12_links_planted_for_a_backup_are_not_followed(services, path, tmp_path, figure):
    """A link at the target, at the folder, or as a backup to restore: refused, and what it points to stays (T12)."""
    add(services)
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (tmp_path / "target.db").symlink_to(victim)
    with pytest.raises(FollowupError):
        services.backups.make(tmp_path / "target.db")
    with pytest.raises(FollowupError):
        services.backups.restore(tmp_path / "target.db")
    (tmp_path / "elsewhere").mkdir()
    services.backups.folder.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FollowupError):
        services.backups.make()
    assert victim.read_text() == "mine"
    assert list((tmp_path / "elsewhere").iterdir()) == []
    figure("T12", 3, "links planted for backups, none followed")


def test_a_restore_that_may_not_write_says_so(services, path, monkeypatch):
    """Somebody holds the database: exit code 4 after the wait, nothing changed."""
    from followup_tui.storage import connection

    monkeypatch.setattr(connection, "BUSY_SECONDS", 0)
    add(services)
    file = Path(services.backups.make().file)
    log(services, services.prospects.resolve("Ann Lee"))
    before = everything(path)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseBusy):
            services.backups.restore(file)
        holder.execute("ROLLBACK")
    assert everything(path) == before


def test_who_was_erased_stays_erased(services, path):
    """A backup from before somebody was erased brings everybody back but them."""
    pytest.importorskip("followup_tui.storage.erasing")
    from followup_tui.storage.erasing import erase

    who, kept = add(services).id, add(services, "Bob").id
    file = Path(services.backups.make().file)
    erase(services._context.database, who, Clock().now)
    services.backups.restore(file)
    assert [row[0] for row in dump(path)["prospect"]] == [kept]
    change(path, "UPDATE setting SET value = value")
    assert shutil.copyfile(path, path.with_name("copy")).exists()
