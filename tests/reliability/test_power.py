"""Power cuts: the SQL of real sessions on a disk that forgets what was not synced (quality §1, R1 and R24)."""

from __future__ import annotations

import contextlib
import random
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import apsw
import pytest

from followup_tui.bootstrap import Services
from followup_tui.services.views import TemplateDraft, ValueDraft
from tests.factories import Clock, add, failed, log, open_at
from tests.figures import size
from tests.reliability.power import Disk, Done, file_system, materialised

Statement = tuple[str, Any, bool]
"""SQL, its values, and whether for many rows."""
CLOSE: Statement = ("", (), False)
"""The end of a session: the connection was closed."""


class Told:
    """A connection that writes down what it was told to change."""

    def __init__(self, real: sqlite3.Connection, told: list[Statement]) -> None:
        self._real, self._told = real, told

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def execute(self, sql: str, values: Any = ()) -> Any:
        if not sql.lstrip().upper().startswith(("SELECT", "PRAGMA", "WITH")):
            self._told.append((sql, tuple(values) if not isinstance(values, dict) else values, False))
        return self._real.execute(sql, values)

    def executemany(self, sql: str, rows: Any) -> Any:
        kept = list(rows)
        self._told.append((sql, kept, True))
        return self._real.executemany(sql, kept)


def people(folder: Path, name: str, number: int, first: int = 0) -> Path:
    """Write so many invented people, each with a long note."""
    path = folder / name
    rows = "\n".join(
        f"Person {n},p{n}@x.example,+49 30 {9000000 + n},{'words ' * 40}" for n in range(first, first + number)
    )
    path.write_text(f"Name,Email,Phone,Notes\n{rows}\n")
    return path


def morning(services: Services, folder: Path) -> None:
    """Add, import, log, promise, take back and do again."""
    who = add(services, tags=("roof",)).id
    log(services, who, note="asked for the roof " * 20)
    services.exchange.import_files([people(folder, "people.csv", 25)], cadence="Cold six")
    log(services, who, "call back", until=date(2026, 11, 25), until_time=time(10))
    services.undo.undo(2)
    services.undo.redo()
    services.prospects.star([services.prospects.resolve("Person 3")], True)


def afternoon(services: Services, folder: Path) -> None:
    """Merge, settings, the library, the day's blocks, erase, and more touches."""
    one, two, three = (services.prospects.resolve(f"Person {n}") for n in (4, 5, 6))
    services.exchange.import_files([people(folder, "more.csv", 10, 20)])
    services.merging.merge(one, two)
    services.undo.undo()
    services.merging.merge(two, one)
    services.standing.set("relation:pool", "Cold six", 3)
    services.lists.save("Roofs", "tag:roof")
    services.library.add(ValueDraft("Guide", text="a page " * 50))
    services.templates.add(TemplateDraft("Hello", body="Dear {my_name}"))
    now = services.now()
    services.clock.start("Calls", now, now + timedelta(hours=2), 3)
    log(services, three, "spoke", note="later")
    services.clock.stop()
    services.days.close()
    services.prospects.erase(three)
    log(services, two, "left voicemail")


SESSIONS = (morning, afternoon)


def recorded(path: Path, folder: Path) -> list[Statement]:
    """Return what real sessions tell SQLite."""
    told: list[Statement] = []
    clock = Clock()
    for session in SESSIONS:
        services = open_at(path, clock)
        local = services._context.database._local
        services._context.database.connection()
        local.connection = Told(local.connection, told)
        session(services, folder)
        services.close()
        clock.pass_(hours=3)
        told.append(CLOSE)
    return told


@dataclass
class Replay:
    """A disk after the sessions, and what the database held at each acknowledgement."""

    disk: Disk
    states: list[int] = field(default_factory=list)
    """Fingerprints: before everything, then after each thing that was said to be saved."""


def fingerprint(execute: Callable[[str], Any]) -> int:
    """Return a number for everything a database holds: its tables, triggers and rows."""
    schema = sorted(execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall(), key=repr)
    real = [row[1] for row in schema if row[0] == "table" and not str(row[3]).startswith("CREATE VIRTUAL")]
    return hash((repr(schema), *(repr(sorted(map(tuple, execute(f'SELECT * FROM "{t}"')), key=repr)) for t in real)))


def replayed(whole: bytes, told: list[Statement], pragmas: str) -> Replay:
    """Tell SQLite the same on the disk that forgets, as `connection.configure` sets it up but for `pragmas`."""
    disk = Disk()
    disk.put("followup.db", whole)
    replay = Replay(disk)
    with file_system(disk) as vfs:

        def connected() -> apsw.Connection:
            made = apsw.Connection("followup.db", vfs=vfs)
            made.execute(
                f"PRAGMA foreign_keys = ON; PRAGMA trusted_schema = ON; PRAGMA temp_store = MEMORY; {pragmas}"
            ).fetchall()
            return made

        connection = connected()
        replay.states.append(fingerprint(connection.execute))
        disk.begin()
        for sql, values, many in told:
            if (sql, values, many) == CLOSE:
                connection.close()
                connection = connected()
                continue
            if many:
                connection.executemany(sql, values)
            else:
                connection.execute(sql, values)
            if sql in ("COMMIT", "VACUUM"):
                replay.states.append(fingerprint(connection.execute))
                disk.done.append(Done("said", at=len(replay.states) - 1))
        connection.close()
    return replay


def held(path: Path) -> int:
    """Return the fingerprint of what SQLite finds after the cut; 0 when it can't be read."""
    try:
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA synchronous = OFF")  # nobody pulls the plug of the test
            return fingerprint(connection.execute)
    except sqlite3.Error:
        return 0


def expected(replay: Replay, until: int) -> tuple[int, ...]:
    """Return what may be there: all that was acknowledged, and at most the one that was being saved."""
    number = replay.disk.said(until)
    return tuple(replay.states[number : number + 2])


LOG = "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL"
"""Exclusive: then SQLite asks for no shared memory, which lives in no file."""
WAYS = {
    "as it is": "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; PRAGMA cache_size = -16000",
    "a small cache": "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; PRAGMA cache_size = 12",
    "a log beside": f"{LOG}; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 60",
}
"""How the database is set up: as the program does with older and newer SQLite, and with pages written early."""


@pytest.fixture(scope="module")
def told(template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, list[Statement]]:
    folder = tmp_path_factory.mktemp("sessions")
    path = folder / "followup.db"
    path.write_bytes(template.read_bytes())
    path.chmod(0o600)
    return template.read_bytes(), recorded(path, folder)


def opens(path: Path) -> None:
    """Open it as the program does: doctor is content, and work goes on."""
    clock = Clock("2026-11-23T16:00")
    services = open_at(path, clock)
    assert failed(services) == []
    services.today.plan()
    log(services, add(services, "Eve").id)
    services.close()


@pytest.mark.parametrize("way", WAYS)
def test_r01_power_loses_nothing_that_was_saved(told, tmp_path: Path, way: str, figure):
    """Every prefix of what was written, and random subsets of what was not synced: saved work is there, whole (R1)."""
    replay = replayed(*told, WAYS[way])
    whole = len(replay.disk.done)
    step, subsets, opened = size(max(1, whole // 60), 1), size(40, 500), 0
    prefixes_opened, drawn_opened = size(20, 10), size(10, 1)
    rng = random.Random(6)
    prefixes: list[tuple[int, random.Random | None]] = [(until, None) for until in range(0, whole + 1, step)]
    drawn = [(rng.randint(0, whole), random.Random(number)) for number in range(subsets)]
    for number, (until, chance) in enumerate([*prefixes, *drawn]):
        left = replay.disk.left(until, chance)
        assert held(materialised(left, tmp_path)) in expected(replay, until), (way, until, number)
        if number % (drawn_opened if chance else prefixes_opened) == 0:
            opens(materialised(left, tmp_path))
            opened += 1
    said = f"{len(prefixes):,} prefixes, {subsets} subsets, {opened:,} of them opened by the app and doctor"
    figure("R1", len(prefixes) + subsets, f"power cuts, {way}: {said}")


UNSAFE = {
    "nothing is synced": "PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF; PRAGMA cache_size = 12",
    "the removed journal is not": "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000",
    "no journal": "PRAGMA journal_mode = OFF; PRAGMA synchronous = EXTRA; PRAGMA cache_size = 12",
    "the log is not": f"{LOG}; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000",
}


@pytest.mark.parametrize("way", UNSAFE)
def test_r01_power_the_model_sees_what_is_lost_without_protection(told, tmp_path: Path, way: str, figure):
    """With any of the settings of SQLite taken away, the same cuts find work lost or half applied (R1)."""
    replay = replayed(*told, UNSAFE[way])
    rng = random.Random(7)
    for trial in range(1, 400):
        until = rng.randint(0, len(replay.disk.done))
        path = materialised(replay.disk.left(until, random.Random(trial)), tmp_path)
        if held(path) not in expected(replay, until):
            break
    else:
        pytest.fail("no loss was found")
    figure("R1", trial, f"power cuts until the model saw a loss ({way}: on purpose)")
