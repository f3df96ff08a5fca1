"""Questions to the services, without a terminal: G10, G11, D1, D4."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.data import MORNING, copy_of
from benchmarks.figures import median, percentile
from benchmarks.goals import Measured

now = time.perf_counter


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
    """Ask for the first fifty of the queue at the smallest and the largest size."""
    from followup_tui.storage.queue import DUE_SQL

    found = {}
    for people in (min(sizes), max(sizes)):
        with closing(sqlite3.connect(copy_of(people, folder, "queue"))) as connection:
            values = ("2026-11-23", "2026-11-23")
            found[people] = times(lambda: connection.execute(f"{DUE_SQL} LIMIT 50", values).fetchall(), 200)  # noqa: B023
    small, large = found[min(sizes)], found[max(sizes)]
    measured.add("queue largest/1k", median(large) / median(small))


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
    """Read the timeline of somebody with 1,000 touches and of somebody with 10."""
    path = copy_of(people, folder, "opening")
    with closing(sqlite3.connect(path)) as connection:
        few, many = (row[0] for row in connection.execute(
            "SELECT prospect_id FROM journal WHERE kind = 'touch' GROUP BY prospect_id HAVING count(*) = 10 LIMIT 2"
        ))  # fmt: skip
        columns = [row[1] for row in connection.execute("PRAGMA table_info(journal)") if row[1] != "id"]
        names = ", ".join(columns)
        for _ in range(99):
            connection.execute(
                f"INSERT INTO journal ({names}) SELECT {names} FROM journal WHERE prospect_id = ? AND kind = 'touch' "
                "ORDER BY id LIMIT 10",
                (many,),
            )
        connection.commit()
    with services(path, config) as opened:
        long, short = (times(partial(_shown, opened, who), 30) for who in (many, few))
        measured.add("open 1000/10", median(long) / median(short))
        measured.add("open 1000 ms", 1e3 * median(long))


def _shown(opened: Any, who: str) -> None:
    """Read what opening a prospect reads."""
    opened.prospects.get(who)
    opened.prospects.timeline(who)


def search(measured: Measured, folder: Path, config: Path, people: int) -> None:
    """Ask what the search asks while somebody types a name, letter by letter."""
    key = median(measured.samples.get("bare key p95 ms", []))
    with services(copy_of(people, folder, "search"), config) as opened:
        words = ["gar", "gart", "garten", "mar", "marchb", "fair", "ket", "kestrel", "zoe", "solar", "tönn", "oe"]
        found = []
        for word in words * 5:
            begun = now()
            opened.prospects.search(word, limit=50)
            found.append(now() - begun)
    if key > 0:
        measured.add("search p95/bare", 1e3 * percentile(found, 95) / key)
    else:
        measured.skipped["search p95/bare"] = "measured together with the keys"
    measured.add("search p95 ms", 1e3 * percentile(found, 95))
