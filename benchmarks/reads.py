"""What reading costs: opening a prospect in a terminal (G10), questions to the services (G11, D1, D4)."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.data import MORNING, copy_of
from benchmarks.figures import median, percentile
from benchmarks.goals import Measured
from benchmarks.screens import SERVED, app

now = time.perf_counter
PAINTED = "─ today ─"
"""In the timeline: it stands below the newest touch."""


@contextmanager
def services(path: Path, config: Path) -> Iterator[Any]:
    """Open the services over a database."""
    from followup_tui.bootstrap import open_services

    opened = open_services(db=str(path), config_path=config, now=MORNING)
    try:
        yield opened
    finally:
        opened.close()


def times(work: Callable[[], object], count: int) -> list[float]:
    """Return how long each of several calls took, one call before them not counted."""
    work()
    found = []
    for _ in range(count):
        begun = now()
        work()
        found.append(now() - begun)
    return found


def queue(measured: Measured, folder: Path, sizes: tuple[int, int]) -> None:
    """Ask for the first of the queue at the smallest and the largest size in turn: as many rows of each, at most 50."""
    from followup_tui.storage.queue import DUE_SQL

    day = ("2026-11-23", "2026-11-23")
    with ExitStack() as stack:
        opened = {
            people: stack.enter_context(closing(sqlite3.connect(copy_of(people, folder, "queue"))))
            for people in (min(sizes), max(sizes))
        }
        rows = min(len(one.execute(f"{DUE_SQL} LIMIT 50", day).fetchall()) for one in opened.values())
        found: dict[int, list[float]] = {people: [] for people in opened}
        for _ in range(300):
            for people, connection in opened.items():
                begun = now()
                connection.execute(f"{DUE_SQL} LIMIT {rows}", day).fetchall()
                found[people].append(now() - begun)
    measured.add("queue largest/1k", median(found[max(sizes)]) / median(found[min(sizes)]))


def plan(measured: Measured, folder: Path, config: Path, people: int) -> None:
    """Plan a day on which 1,000 and then 10,000 touches are due: laying them out, and the whole question."""
    from followup_tui.domain import dayplan

    laid, whole = {}, {}
    for count in (1_000, 10_000):
        path = copy_of(people, folder, f"plan{count}")
        _make_due(path, count)
        given: list[Any] = []
        real = dayplan.lay_out
        with services(path, config) as opened:
            dayplan.lay_out = lambda *words: given.append(words) or real(*words)  # noqa: B023
            try:
                opened.today.plan()
            finally:
                dayplan.lay_out = real
            whole[count] = times(opened.today.plan, 5)
        laid[count] = times(lambda: real(*given[0]), 15)  # noqa: B023
    measured.add("plan 10k ms", *(1e3 * value for value in laid[10_000]))
    measured.add("plan 10k/1k", median(laid[10_000]) / median(laid[1_000]))
    measured.add("whole plan 10k ms", *(1e3 * value for value in whole[10_000]))
    measured.add("whole plan 1k ms", *(1e3 * value for value in whole[1_000]))


def _make_due(path: Path, count: int) -> None:
    """Make so many planned touches due today or overdue."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "UPDATE standing SET next_date = CASE WHEN prospect_id IN (SELECT prospect_id FROM standing WHERE "
            "next_kind = 'step' AND paused_from IS NULL ORDER BY prospect_id LIMIT ?) THEN date('2026-11-23', '-' || "
            "(unicode(prospect_id) % 9) || ' days') WHEN next_date <= '2026-11-23' THEN '2026-12-24' "
            "ELSE next_date END "
            "WHERE next_date IS NOT NULL",
            (count,),
        )
        connection.commit()


def opening(measured: Measured, folder: Path, config: Path, people: int) -> None:
    """Press `o` on somebody with 1,000 touches and on somebody with 10, in turn, until the timeline is painted."""
    path = copy_of(people, folder, "opening")
    few, many = _long_and_short(path)
    with services(path, config) as opened:
        long, short = (times(partial(opened.prospects.opened, who, 100), 30) for who in (many, few))
        measured.add("open 1000 read ms", 1e3 * median(long))
        measured.add("open 10 read ms", 1e3 * median(short))
        name = opened.prospects.get(many).name
        measured.add(
            "open 1000 whole ms", 1e3 * median(times(partial(opened.prospects.opened, many, promises=True), 5))
        )
    found: dict[bool, list[float]] = {True: [], False: []}
    with app(path, config) as program:
        program.wait_for(SERVED)
        program.settle(1.5, 5)
        for turn in range(24):
            program.send(b"kj"[turn % 2 : turn % 2 + 1])
            program.settle(0.2, 2)
            taken = program.key(b"o", PAINTED)
            if turn > 1:
                found[name in program.text()].append(taken)
            program.settle(0.3, 5)
            program.key(b"\x1b", lambda shown: PAINTED not in shown.text())
    measured.add("open 1000/10", median(found[True]) / median(found[False]))
    measured.add("open 1000 ms", *(1e3 * value for value in found[True]))
    measured.add("open 10 ms", *(1e3 * value for value in found[False]))


def _long_and_short(path: Path) -> tuple[str, str]:
    """Make two people the only ones due, one of them with 10 touches, one with 1,000, and return their ids."""
    with closing(sqlite3.connect(path)) as connection:
        few, many = (row[0] for row in connection.execute(
            "SELECT prospect_id FROM journal JOIN standing USING (prospect_id) WHERE kind = 'touch' AND "
            "relation = 'engaged' AND next_kind = 'step' AND paused_from IS NULL "
            "GROUP BY 1 HAVING count(*) = 10 LIMIT 2"
        ))  # fmt: skip
        connection.execute("PRAGMA trusted_schema = ON")
        columns = [row[1] for row in connection.execute("PRAGMA table_info(journal)") if row[1] != "id"]
        names = ", ".join(columns)
        for _ in range(99):
            connection.execute(
                f"INSERT INTO journal ({names}) SELECT {names} FROM journal WHERE prospect_id = ? AND kind = 'touch' "
                "ORDER BY id LIMIT 10",
                (many,),
            )
        connection.execute(
            "UPDATE standing SET next_date = '2027-05-05', fixed_date = NULL WHERE next_date <= '2026-11-24' "
            "OR fixed_date IS NOT NULL"
        )
        connection.execute(
            "UPDATE standing SET next_date = '2026-11-23', next_channel = 'email', next_time = NULL "
            "WHERE prospect_id IN (?, ?)",
            (few, many),
        )
        connection.commit()
    return few, many


def search(measured: Measured, folder: Path, config: Path, people: int) -> None:
    """Ask what the search shows at each letter somebody types; then, apart, with misspelt names forgiven."""
    key = median(measured.samples.get("bare key p95 ms", []))
    with services(copy_of(people, folder, "search"), config) as opened:
        words = ["gar", "gart", "garten", "mar", "marchb", "fair", "ket", "kestrel", "zoe", "solar", "tönn", "oe"]
        found, whole = [], []
        for word in words * 5:
            begun = now()
            opened.prospects.surest(word, limit=50)
            found.append(now() - begun)
            begun = now()
            opened.prospects.search(word, limit=50)
            whole.append(now() - begun)
    if key > 0:
        measured.add("search p95/bare", 1e3 * percentile(found, 95) / key)
    else:
        measured.skipped["search p95/bare"] = "measured together with the keys"
    measured.add("search p95 ms", 1e3 * percentile(found, 95))
    measured.add("search with misspelt names p95 ms", 1e3 * percentile(whole, 95))
