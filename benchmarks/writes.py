"""What writing takes, without a terminal: D2, D3."""

from __future__ import annotations

import csv
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.data import MORNING, copy_of
from benchmarks.environment import ROOT, plain
from benchmarks.figures import percentile, percentile_ratio
from benchmarks.goals import Measured
from benchmarks.reads import now, services


def log(measured: Measured, folder: Path, config: Path, people: int, count: int) -> None:
    """Log through the service, and write the same rows by sqlite3 alone."""
    from followup_tui.domain.model import Outcome
    from followup_tui.services.views import LogDraft

    path = copy_of(people, folder, "log")
    with services(path, config) as opened:
        view = opened.today.plan()
        ids = [slot.prospect.id for block in view.blocks for slot in block.slots if not slot.done]
        ids = (ids or []) + [person.id for person in opened.prospects.rows(limit=count * 2)]
        opened.bulk.star(ids[:1])  # the first thing written on a day plans cards anew: not a log's to pay
        statements = _recorded(opened, ids[1], LogDraft("phone", Outcome.NO_ANSWER))
        measured.add("statements of a log", len(statements))
        ours = []
        for prospect in ids[2 : count + 2]:
            begun = now()
            try:
                opened.log.log(prospect, LogDraft("phone", Outcome.NO_ANSWER))
            except Exception as error:  # one who must not be contacted
                print(f"not logged: {error}", file=sys.stderr)
                continue
            ours.append(now() - begun)
    raw = _replayed(copy_of(people, folder, "raw"), statements, len(ours))
    measured.add_between("log service/raw", *percentile_ratio(ours, raw, 50))
    measured.add("log service ms", 1e3 * percentile(ours, 50))


def _recorded(opened: Any, prospect: str, draft: Any) -> list[str]:
    """Return the SQL of one log, values filled in, as SQLite traces it."""
    seen: list[str] = []
    connection = opened._context.database.connection()
    connection.set_trace_callback(seen.append)
    opened.log.log(prospect, draft)
    connection.set_trace_callback(None)
    return [line for line in seen if not line.startswith("--")]


def _replayed(path: Path, statements: list[str], count: int) -> list[float]:
    """Run the same statements by sqlite3 again and again, durably; what can't be repeated is left out of none."""
    from followup_tui.storage.connection import configure

    found = []
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        configure(connection)
        connection.execute("PRAGMA foreign_keys = OFF")
        for _ in range(count):
            begun = now()
            for statement in statements:
                try:
                    connection.execute(statement).fetchall()
                except sqlite3.IntegrityError:
                    continue
            found.append(now() - begun)
    return found


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
