"""What a person asks for all day, at every size: does ten years of work feel like the first day?"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from benchmarks.data import copy_of, seconds_to_make
from benchmarks.figures import median, percentile, table
from benchmarks.goals import Measured
from benchmarks.reads import now, services, times
from benchmarks.screens import SERVED, app, served_at

THREE = "relation:cold has:phone due<=today"
WORDS = ["gar", "gart", "garten", "mar", "marchb", "fair", "ket", "kestrel", "zoe", "solar", "tönn", "oe"]


def sizes(measured: Measured, folder: Path, config: Path, wanted: tuple[int, ...]) -> None:
    """Ask the same at every size."""
    for people in wanted:
        path = copy_of(people, folder, "sizes")

        def note(what: str, value: float, people: int = people) -> None:
            measured.by_size.setdefault(what, {})[people] = value

        note("made by the demo, s", seconds_to_make(people))
        note("file, MB", path.stat().st_size / 1e6)
        _started(path, config, note)
        _asked(path, config, note)
        path.unlink()


def _started(path: Path, config: Path, note: Callable[[str, float], None]) -> None:
    """Start the app three times; the first start warms the disk."""
    shown, memory = [], []
    for _ in range(3):
        with app(path, config) as program:
            program.wait_for(SERVED, timeout=60)
            shown.append(served_at(program))
            program.settle(0.4, 3)
            memory.append(program.resident())
            program.quit(b"q")
    note("keys served, ms", 1e3 * median(shown[1:]))
    note("memory, MB", median(memory[1:]))


def _asked(path: Path, config: Path, note: Callable[[str, float], None]) -> None:
    """Ask the services, each question several times."""
    from followup_tui.domain.model import Outcome
    from followup_tui.errors import FollowupError
    from followup_tui.services.views import LogDraft
    from followup_tui.storage.queue import DUE_SQL

    def asked(what: str, work: Callable[[], Any], count: int = 5) -> None:
        note(what, 1e3 * median(times(work, count)))

    with closing(sqlite3.connect(path)) as connection:
        day = ("2026-11-23", "2026-11-23")
        asked("first 50 of the queue, ms", lambda: connection.execute(f"{DUE_SQL} LIMIT 50", day).fetchall(), 200)
    with services(path, config) as opened:
        asked("plan of the day, ms", opened.today.plan)
        somebody = opened.prospects.rows(limit=40)
        asked("one prospect with timeline, ms", lambda: _shown(opened, somebody[7].id), 30)
        asked("a page of everybody, ms", lambda: opened.prospects.rows_of([one.id for one in somebody]), 30)
        asked("everybody in order, ms", lambda: opened.prospects.listing(""))
        asked("filter with three conditions, ms", lambda: opened.prospects.listing(THREE))
        asked("counts of the smart lists, ms", opened.lists.counted)
        found = [_taken(lambda word=word: opened.prospects.search(word, limit=50)) for word in WORDS * 4]
        note("search, p95 ms", 1e3 * percentile(found, 95))
        opened.bulk.star([somebody[0].id])
        logged, undone = [], []
        for one in somebody[1:31]:
            with suppress(FollowupError):  # one who must not be contacted
                logged.append(_taken(lambda who=one.id: opened.log.log(who, LogDraft("phone", Outcome.NO_ANSWER))))
                undone.append(_taken(opened.undo.undo))
        note("log, ms", 1e3 * median(logged))
        note("undo, ms", 1e3 * median(undone))
        ready, begun = list[float](), now()
        opened.measures.stats(tell=lambda section: ready.append(now() - begun))
        note("insights, first section, ms", 1e3 * ready[0])
        note("insights, last section, s", ready[-1])


def _shown(opened: Any, who: str) -> None:
    opened.prospects.get(who)
    opened.prospects.timeline(who)


def _taken(work: Callable[[], object]) -> float:
    begun = now()
    work()
    return now() - begun


def sizes_table(measured: Measured) -> str:
    """Return the figures, a column for every size."""
    columns = sorted({people for found in measured.by_size.values() for people in found})
    rows = [
        [what, *(f"{found[people]:,.1f}" if people in found else "–" for people in columns)]
        for what, found in measured.by_size.items()
    ]
    return table(rows, ["people, ten touches each", *(f"{people:,}" for people in columns)]) if rows else ""
