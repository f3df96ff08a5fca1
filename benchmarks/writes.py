"""What writing takes, without a terminal: D2, D3."""

from __future__ import annotations

import csv
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from benchmarks.data import MORNING, copy_of
from benchmarks.environment import ROOT, plain
from benchmarks.figures import percentile, percentile_ratio
from benchmarks.goals import Measured
from benchmarks.reads import now, services

WARM = 5
"""Logs before those that are counted: what a log needs is loaded."""


class _Noting(sqlite3.Connection):
    """Notes every statement with its values, as the program gave them: what triggers run is not among them."""

    noted: list[tuple[str, Any]]

    def execute(self, sql: str, values: Any = (), /) -> sqlite3.Cursor:
        self.noted.append((sql, values))
        return super().execute(sql, values)


@contextmanager
def _noted() -> Iterator[list[tuple[str, Any]]]:
    """Give what the connections made meanwhile execute."""
    real, noted = sqlite3.connect, list[tuple[str, Any]]()

    def connect(*words: Any, **named: Any) -> sqlite3.Connection:
        made: Any = real(*words, factory=_Noting, **named)
        made.noted = noted
        return made  # type: ignore[no-any-return]

    sqlite3.connect = connect
    try:
        yield noted
    finally:
        sqlite3.connect = real


def log(measured: Measured, folder: Path, config: Path, people: int, count: int) -> None:
    """Log through the service, and in turn run the very same statements by sqlite3 alone on a copy of the database."""
    from followup_tui.domain.model import Outcome
    from followup_tui.services.views import LogDraft

    ours, raw, numbers = list[float](), list[float](), list[int]()
    bare = _plain(copy_of(people, folder, "raw"))
    with _noted() as noted, closing(bare), services(copy_of(people, folder, "log"), config) as opened:
        view = opened.today.plan()
        ids = [slot.prospect.id for block in view.blocks for slot in block.slots if not slot.done]
        ids += [person.id for person in opened.prospects.rows(limit=count * 2) if person.id not in ids]
        noted.clear()
        opened.bulk.star(ids[:1])  # the first thing written on a day plans cards anew: not a log's to pay
        _replayed(bare, noted)
        for number, prospect in enumerate(ids[1 : count + WARM + 1]):
            noted.clear()
            begun = now()
            try:
                opened.log.log(prospect, LogDraft("phone", Outcome.NO_ANSWER))
            except Exception as error:  # one who must not be contacted
                print(f"not logged: {error}", file=sys.stderr)
                continue
            taken, again = now() - begun, _replayed(bare, noted)
            if number >= WARM:
                ours.append(taken), raw.append(again), numbers.append(len(noted))
    measured.add_between("log service/raw", *percentile_ratio(ours, raw, 50))
    measured.add("log service ms", 1e3 * percentile(ours, 50))
    measured.add("the same by sqlite3 ms", 1e3 * percentile(raw, 50))
    measured.add("statements of a log", percentile(numbers, 50))


def _plain(path: Path) -> sqlite3.Connection:
    """Return a connection with the program's pragmas, and as many statements kept prepared."""
    from followup_tui.storage.connection import configure

    connection = sqlite3.connect(path, isolation_level=None, cached_statements=256)
    configure(connection)
    return connection


def _replayed(connection: sqlite3.Connection, noted: Sequence[tuple[str, Any]]) -> float:
    """Run statements with their values; return the seconds it took. What they write is durable as it was."""
    begun = now()
    for sql, values in noted:
        connection.execute(sql, values).fetchall()
    return now() - begun


def people_file(path: Path, count: int) -> None:
    """Write a CSV of so many fictional people, a tenth of them twice."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["Name", "Company", "Title", "Email", "Phone", "Address", "Tags"])
        for number in range(count):
            same = number - 7 if number % 10 == 9 else number
            writer.writerow([
                f"Ada Berg{same}", f"Borealis {same % 997}", "Owner", f"ada.berg{same}@example.com",
                f"+49 30 9{same:07d}", f"Street {same % 200}, 10115 Berlin", "fair; roof",
            ])  # fmt: skip


_IMPORT = """
import sys, threading, time
from pathlib import Path
from benchmarks.environment import peak_memory
from followup_tui.bootstrap import open_services
opened = open_services(db=sys.argv[1], config_path=Path(sys.argv[2]), now=sys.argv[4])
opened.today.plan()
beside, over = [0.0], threading.Event()
def look():
    while not over.wait(0.1):
        for child in Path("/proc/self/task").glob("*/children"):
            beside.extend(peak_memory(number) for number in child.read_text().split())
watching = threading.Thread(target=look)
watching.start()
begun = time.perf_counter()
view, _ = opened.exchange.import_files([Path(sys.argv[3])])
took = time.perf_counter() - begun
over.set()
watching.join()
print(took, peak_memory() + max(beside))
"""
"""What reads the file beside it counts with its own peak."""


def importing(measured: Measured, folder: Path, config: Path, counts: tuple[int, int]) -> None:
    """Import 10,000 and 100,000 rows, each in a process of its own, against sqlite3's own import."""
    found = {}
    for count in counts:
        file, database = folder / f"people-{count}.csv", folder / f"import-{count}.db"
        people_file(file, count)
        words = [sys.executable, "-c", _IMPORT, str(database), str(config), str(file), MORNING]
        done = subprocess.run(words, capture_output=True, text=True, check=True, cwd=ROOT, env=plain(HOME=str(folder)))
        seconds, peak = done.stdout.split()
        found[count] = float(seconds), float(peak)
    few, many = counts
    measured.add("import/raw", found[many][0] / raw_import(folder, many))
    measured.add("import memory 100k/10k", found[many][1] / found[few][1])
    measured.add("import s", found[many][0])
    measured.add("import peak MB", found[many][1])


def raw_import(folder: Path, count: int) -> float:
    """Return the seconds SQLite takes to read the same file into one table with the indexes a list of people needs."""
    path = folder / f"raw-{count}.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "CREATE TABLE people (name TEXT, company TEXT, title TEXT, email TEXT, phone TEXT, address TEXT, "
            "tags TEXT);"
            "CREATE INDEX by_name ON people (name); CREATE INDEX by_email ON people (email);"
            "CREATE INDEX by_phone ON people (phone); CREATE INDEX by_company ON people (company, name);"
        )
    file = folder / f"people-{count}.csv"
    shell = ["sqlite3", str(path), ".mode csv", f".import --skip 1 {file} people"]
    begun = now()
    try:
        subprocess.run(shell, check=True, capture_output=True)
    except FileNotFoundError:
        with closing(sqlite3.connect(path)) as connection, file.open(newline="", encoding="utf-8") as rows:
            connection.executemany("INSERT INTO people VALUES (?, ?, ?, ?, ?, ?, ?)", list(csv.reader(rows))[1:])
            connection.commit()
    return now() - begun
