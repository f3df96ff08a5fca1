"""Nothing is lost: errors at every statement, kill -9, several writers, a full disk (quality R1, R3, R5, R8, R24)."""

from __future__ import annotations

import contextlib
import os
import random
import resource
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from followup_tui.bootstrap import Services
from followup_tui.domain.model import Outcome
from followup_tui.errors import FollowupError
from followup_tui.services.views import ProspectDraft
from tests.factories import add, dump, failed, log, open_at, touches

KILLS = int(os.environ.get("KILLS", "3"))
IMPORT_KILLS = max(3, KILLS // 7)
IMPORT_ROWS = 2000


class Failing:
    """A connection whose n-th statement fails, before or after SQLite did it; ROLLBACK always works."""

    def __init__(self, real: sqlite3.Connection, nth: int, late: bool) -> None:
        self._real, self._left, self._late = real, nth, late

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    @property
    def spent(self) -> bool:
        return self._left <= 0

    def _run(self, method: Callable[..., Any], sql: str, *values: Any) -> Any:
        if sql.startswith(("ROLLBACK", "PRAGMA")):
            return method(sql, *values)
        self._left -= 1
        if self._left == 0 and not self._late:
            raise sqlite3.OperationalError("disk I/O error")
        result = method(sql, *values)
        if self._left == 0:
            raise sqlite3.OperationalError("disk I/O error")
        return result

    def execute(self, sql: str, *values: Any) -> Any:
        return self._run(self._real.execute, sql, *values)

    def executemany(self, sql: str, *values: Any) -> Any:
        return self._run(self._real.executemany, sql, *values)


@pytest.fixture
def story(services, tmp_path) -> Services:
    """Two people with a touch, a promise and something undone; a file to import."""
    who = add(services).id
    log(services, who)
    log(services, who, "call back", until=date(2026, 11, 25), until_time=time(10))
    add(services, "Bob", email="bob@x.example", tags=("roof",))
    log(services, who, "not now")
    add(services, "Col", relation="cold")
    services.cadences.save("Cold six", services.cadences.text("Cold six").replace("gap = 2", "gap = 3"), "x")
    add(services, "Undone")
    services.undo.undo()
    (tmp_path / "people.csv").write_text(
        "Name,Email,Tags\nCay,cay@x.example,a\nBob,bob@x.example,vip\nDan,dan@x.example,b\n"
    )
    return services


def who_is(services: Services, name: str) -> str:
    return services.prospects.resolve(name)


def first_touch(services: Services, name: str) -> str:
    return services.prospects.timeline(who_is(services, name)).timeline[0].id


ACTS: dict[str, Callable[[Services, Path], Any]] = {
    "add": lambda s, folder: add(s, "Eve", star=True, tags=("x", "y")),
    "edit": lambda s, folder: s.prospects.edit(who_is(s, "Bob"), ProspectDraft(phone="", company="New", tags=())),
    "log": lambda s, folder: log(s, who_is(s, "Bob"), note="words"),
    "bad detail": lambda s, folder: log(s, who_is(s, "Bob"), "bad detail"),
    "answer": lambda s, folder: s.log.answer(who_is(s, "Ann"), "yes"),
    "move": lambda s, folder: s.log.move(who_is(s, "Bob"), date(2026, 12, 1)),
    "enrol": lambda s, folder: s.cadences.enrol([who_is(s, "Bob")], "Twelve"),
    "amend": lambda s, folder: s.log.amend(2, note="later"),
    "import": lambda s, folder: s.exchange.import_files([folder / "people.csv"], cadence="Cold six"),
    "undo": lambda s, folder: s.undo.undo(3),
    "redo": lambda s, folder: s.undo.redo(),
    "correct": lambda s, folder: s.log.correct(first_touch(s, "Ann"), outcome=Outcome.BAD_DETAIL),
    "remove": lambda s, folder: s.log.remove(first_touch(s, "Ann")),
    "edit a cadence": lambda s, folder: s.cadences.save(None, s.cadences.text("Steady").replace("= 2", "= 3"), "x"),
    "retire": lambda s, folder: s.cadences.retire("Twelve"),
    "migrate": lambda s, folder: s.cadences.migrate("Cold six"),
    "merge": lambda s, folder: s.merging.merge(who_is(s, "Ann"), who_is(s, "Bob"), {"phone": "b", "cadence": "b"}),
    "merge the other way": lambda s, folder: s.merging.merge(who_is(s, "Bob"), who_is(s, "Ann")),
    "keep apart": lambda s, folder: s.duplicates.apart(who_is(s, "Ann"), who_is(s, "Bob")),
    "erase": lambda s, folder: s.prospects.erase(who_is(s, "Ann")),
}


@pytest.mark.parametrize("late", [False, True], ids=["refused", "done, then failed"])
@pytest.mark.parametrize("act", ACTS)
def test_an_error_at_any_statement_leaves_all_or_nothing(story, path, tmp_path, act, late):
    """Whichever statement fails: a message for people, and the tables exactly as before, or as after (R3)."""
    story.close()
    before, whole = dump(path), path.read_bytes()
    nth = 0
    while True:
        nth += 1
        path.write_bytes(whole)
        services = open_at(path, story.now)
        local = services._context.database._local
        services._context.database.connection()
        local.connection = failing = Failing(local.connection, nth, late)
        with contextlib.suppress(FollowupError):
            ACTS[act](services, tmp_path)
        services.close()
        after = dump(path)
        if not failing.spent:
            break
        if after != before:  # COMMIT was done, and only its answer was lost
            again = open_at(path, story.now)
            assert failed(again) == []
            again.close()
    assert nth > 5
    assert after != before, "without an error it does something"


LOGGING = """
import sys
from pathlib import Path
from datetime import datetime
from zoneinfo import ZoneInfo
sys.path.insert(0, {root!r})
from tests.factories import open_at, log
services = open_at(Path(sys.argv[1]), lambda: datetime.now(ZoneInfo("Europe/Berlin")))
who = sys.argv[2].split(",")
print("ready", flush=True)
sys.stdin.readline()
for turn in range(int(sys.argv[3])):
    view = log(services, who[turn % len(who)], "spoke", completes=True, note=sys.argv[4])
    print(view.touch.id, flush=True)
services.close()
"""
IMPORTING = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from tests.factories import open_at
services = open_at(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
def progress(rows):
    print(rows, flush=True)
    return True
view = services.exchange.import_files([Path(sys.argv[2])], progress=progress)
print("saved", flush=True)
services.close()
"""


def started(script: str, *words: object) -> subprocess.Popen[str]:
    """Start a process that is ready to work, and waits."""
    root = str(Path(__file__).parent.parent.parent)
    process = subprocess.Popen(
        [sys.executable, "-c", script.format(root=root), *map(str, words)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def kill_at_random(process: subprocess.Popen[str], rng: random.Random, acknowledged: int, within: float) -> list[str]:
    """Kill a process some time after so many lines, and return all it said before it died."""
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(acknowledged)]
    select.select([], [], [], rng.random() * within)
    os.kill(process.pid, signal.SIGKILL)
    said += process.communicate()[0].splitlines()
    return [line.strip() for line in said]


def test_no_acknowledged_touch_is_lost_to_kill_9(path, record_property):
    """Killed at random moments: every touch that was said to be saved is there, whole, and at most one more (R1)."""
    rng = random.Random(20261123)
    services = open_at(path)
    who = [add(services, name).id for name in ("Ann", "Bob", "Cay")]
    services.close()
    known: set[int] = set()
    for turn in range(KILLS):
        process = started(LOGGING, path, ",".join(who), 10_000, f"turn {turn}")
        go(process)
        said = kill_at_random(process, rng, rng.randrange(4), 0.03)
        acknowledged = {int(line) for line in said if line}
        stored = set(touches(path))
        assert known | acknowledged <= stored
        assert len(stored - known - acknowledged) <= 1
        known = stored
        services = open_at(path)
        assert failed(services) == []
        services.close()
    record_property("kills", KILLS)
    record_property("touches", len(known))


def test_four_writers_lose_nothing(path):
    """Four processes log on one prospect: nobody fails, every touch is there, the cadence advanced each time (R8)."""
    services = open_at(path)
    who = add(services).id
    services.close()
    writers = [started(LOGGING, path, who, 50, f"writer {n}") for n in range(4)]
    for writer in writers:
        go(writer)
    said = [int(line) for writer in writers for line in writer.communicate(timeout=120)[0].split()]
    assert [writer.returncode for writer in writers] == [0, 0, 0, 0]
    assert sorted(said) == touches(path)
    assert len(said) == 200
    services = open_at(path)
    prospect = services.prospects.get(who)
    assert (prospect.touches, prospect.step) == (200, 201)
    assert failed(services) == []
    services.close()


def test_a_killed_import_is_all_or_nothing(path, tmp_path):
    """Killed at a random moment an import left nothing, or everything; importing again makes no duplicate (R24)."""
    rng = random.Random(24)
    file = tmp_path / "many.csv"
    rows = (f"Person {n},p{n}@x.example,+49 30 {1000000 + n}" for n in range(IMPORT_ROWS))
    file.write_text("Name,Email,Phone\n" + "\n".join(rows))
    empty = path.read_bytes()
    for _ in range(IMPORT_KILLS):
        path.write_bytes(empty)
        process = started(IMPORTING, path, file)
        go(process)
        said = kill_at_random(process, rng, rng.randrange(5), 0.1)
        stored = len(dump(path)["prospect"])
        assert stored in (0, IMPORT_ROWS)
        assert stored == IMPORT_ROWS or "saved" not in said
    services = open_at(path)
    assert services.exchange.import_files([file])[0].files[0].created == IMPORT_ROWS - stored
    assert services.prospects.count() == IMPORT_ROWS
    services.close()


@contextlib.contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file grow beyond so many bytes: what a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_loses_nothing(story, path, tmp_path):
    """No room to log, import or export: one message, nothing changed; with room the next one works (R5)."""
    who = who_is(story, "Bob")
    (tmp_path / "old.json").write_text("kept")
    rows = "\n".join(f"P{n},p{n}@x.example" for n in range(2000))
    (tmp_path / "many.csv").write_text(f"Name,Email\n{rows}")
    before = dump(path)
    acts = {
        "log": lambda: log(story, who, note="x" * 200_000),
        "import": lambda: story.exchange.import_files([tmp_path / "many.csv"]),
        "export": lambda: story.exchange.export(tmp_path / "old.json"),
    }
    for name, act in acts.items():
        limit = 2000 if name == "export" else path.stat().st_size + 4096
        with room_for(limit), pytest.raises(FollowupError):
            act()
        assert dump(path) == before, name
    assert (tmp_path / "old.json").read_text() == "kept"
    assert not [file for file in tmp_path.iterdir() if file.name.startswith(".")]
    for act in acts.values():
        act()
    assert failed(story) == []


def test_a_first_start_on_a_full_disk_leaves_nothing(tmp_path):
    """No half of a database is left behind, and the next start works."""
    path = tmp_path / "own" / "followup.db"
    with room_for(20_000), pytest.raises(FollowupError):
        open_at(path).prospects.count()
    assert list(path.parent.iterdir()) == []
    services = open_at(path)
    assert services.prospects.count() == 0
    services.close()


def test_a_busy_database_is_said_not_waited_for_for_ever(path, monkeypatch):
    """Another program holds the lock: exit code 4 after the wait, nothing changed."""
    from followup_tui.errors import DatabaseBusy
    from followup_tui.storage import connection

    monkeypatch.setattr(connection, "BUSY_SECONDS", 0)
    services = open_at(path)
    who = add(services).id
    before = dump(path)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseBusy) as error:
        log(services, who)
    assert error.value.exit_code == 4
    assert services.prospects.get(who).touches == 0, "reading still works"
    holder.execute("ROLLBACK")
    holder.close()
    assert dump(path) == before
    assert log(services, who).prospect.touches == 1
    services.close()


def test_reads_never_write(story, path):
    """Looking at everything leaves the file as it is, byte by byte, and no lock behind (quality §1)."""
    who = who_is(story, "Bob")
    before, stamp = path.read_bytes(), path.stat().st_mtime_ns
    story.today.plan()
    story.today.plan(date(2026, 11, 25))
    story.prospects.timeline(who)
    story.prospects.find("")
    story.prospects.rows("relation:engaged")
    story.log.preview(who)
    story.log.decision(who)
    story.cadences.list()
    story.undo.history()
    story.doctor.check()
    story.version()
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, stamp)
    assert shutil.copyfile(path, path.with_name("copy")).exists()
