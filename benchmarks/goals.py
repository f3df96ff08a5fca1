"""Every goal with its limit: what is measured, and when it is met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.figures import median, spread, table


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal: a figure and the most it may be."""

    id: str
    metric: str
    limit: float
    what: str


GOALS = (
    Goal("G1", "served/bare", 1.4, "keys served on Today / bare Textual's first frame"),
    Goal("G2", "picture/bare", 0.3, "first useful picture / bare Textual's first frame (stretch)"),
    Goal("G3", "served large/small", 1.15, "keys served, large / small"),
    Goal("G4", "move p95/bare", 1.8, "cursor key p95 (list, card) / bare key p95"),
    Goal("G5", "log p50/bare", 2.5, "outcome key to next slot painted p50 / bare key p50"),
    Goal("G6", "log p95/(bare+sync)", 2.5, "the same p95 / (bare key p95 + fdatasync p95)"),
    Goal("G7a", "memory/bare", 1.5, "memory at first paint / bare"),
    Goal("G7b", "memory after/first", 1.8, "memory after an hour's logs / at first paint"),
    Goal("G7c", "files gained", 0, "open files gained in that hour"),
    Goal("G8", "memory large/small", 1.15, "memory, large / small"),
    Goal("G9a", "quit/bare", 0.3, "quit / bare quit"),
    Goal("G9b", "escape p95/bare", 0.3, "ESC p95 / bare ESC p95"),
    Goal("G10", "open 1000/10", 1.5, "open a prospect with 1,000 touches / with 10"),
    Goal("G11a", "plan 10k ms", 100, "plan 10,000 due touches: median in ms"),
    Goal("G11b", "plan 10k/1k", 12, "the same, growth 10k / 1k"),
    Goal("D1", "queue largest/1k", 1.5, "queue query, largest / 1k"),
    Goal("D2", "log service/raw", 4, "log service call p50 / the same statements by raw sqlite3"),
    Goal("D3a", "import/raw", 4, "import of 100k rows / sqlite3's own import into the same table"),
    Goal("D3b", "import memory 100k/10k", 1.5, "peak memory of an import, 100k / 10k"),
    Goal("D4", "search p95/bare", 0.5, "search as you type p95 / bare key p95"),
    Goal("P1a", "today/task next", 0.6, "`followup today` / `task next limit:50`"),
    Goal("P1b", "log/task done", 0.8, "`followup log` / `task done`"),
    Goal("B1", "key p95 while importing ms", 50, "cursor key p95 while 100,000 rows are imported, in ms"),
)


@dataclass(slots=True)
class Measured:
    """What a run found: samples by name, and why something is missing."""

    samples: dict[str, list[float]] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, *values: float) -> None:
        """Add samples to a figure."""
        self.samples.setdefault(name, []).extend(values)


def verdict(measured: Measured, goals: Sequence[Goal] = GOALS) -> tuple[str, list[Mapping[str, object]], int]:
    """Return the table, the same as plain values, and how many goals were missed."""
    rows, plain, missed = [], [], 0
    for goal in goals:
        values = measured.samples.get(goal.metric, [])
        if not values:
            why = measured.skipped.get(goal.metric)
            if why:
                rows.append([goal.id, goal.what, f"≤ {goal.limit:g}", "–", "–", f"skipped: {why}"])
                plain.append({"id": goal.id, "limit": goal.limit, "skipped": why})
            continue
        found = median(values)
        met = found <= goal.limit
        missed += not met
        rows.append(
            [goal.id, goal.what, f"≤ {goal.limit:g}", f"{found:.2f}", spread(values), "met" if met else "MISSED"]
        )
        plain.append({"id": goal.id, "limit": goal.limit, "median": found, "values": values, "met": met})
    return table(rows, ["goal", "what", "limit", "median", "spread", ""]), plain, missed
