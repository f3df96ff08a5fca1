"""Every goal with its limit: what is measured, and when it is met."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import shorten

from benchmarks.figures import median, spread, table


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal: the part that measures it, a figure and the most it may be."""

    id: str
    part: str
    metric: str
    limit: float
    what: str


PEERS = ("vit", "dooit", "bagels", "harlequin", "posting", "ikhal")
"""Programs whose first frame at 10,000 items comes later than ours at 100,000 people."""

GOALS = (
    Goal("G1", "starts", "served/bare", 1.4, "keys served on Today / bare Textual's first frame"),
    Goal("G2", "starts", "picture/bare", 0.3, "first useful picture / bare Textual's first frame (stretch)"),
    Goal("G3", "starts", "served large/small", 1.15, "keys served, large / small"),
    Goal("G4", "keys", "move p95/bare", 1.8, "cursor key p95 (list, card) / bare key p95"),
    Goal("G5", "keys", "log p50/bare", 2.5, "outcome key to next slot painted p50 / bare key p50"),
    Goal("G6", "keys", "log p95/(bare+sync)", 2.5, "the same p95 / (bare key p95 + fdatasync p95)"),
    Goal("G7a", "starts", "memory/bare", 1.5, "memory at first paint / bare"),
    Goal("G7b", "hour", "memory after/first", 1.8, "memory after an hour's logs / at first paint"),
    Goal("G7c", "hour", "memory grown in the hour", 1.2, "memory after an hour's logs / after its first ten"),
    Goal("G7d", "hour", "files gained", 0, "open files gained after its first ten logs"),
    Goal("G8", "starts", "memory large/small", 1.15, "memory, large / small"),
    Goal("G9a", "starts", "quit/bare", 0.3, "quit / bare quit"),
    Goal("G9b", "keys", "escape p95/bare", 0.3, "ESC p95 / bare ESC p95"),
    Goal("G10", "open", "open 1000/10", 1.5, "open a prospect with 1,000 touches / with 10"),
    Goal("G11a", "plan", "plan 10k ms", 100, "plan 10,000 due touches: median in ms"),
    Goal("G11b", "plan", "plan 10k/1k", 12, "the same, growth 10k / 1k"),
    Goal("D1", "queue", "queue largest/1k", 1.5, "queue query, largest / 1k"),
    Goal("D2", "log", "log service/raw", 4, "log service call p50 / the same statements by raw sqlite3"),
    Goal("D3a", "import", "import/raw", 4, "import of 100k rows / sqlite3's own import into the same table"),
    Goal("D3b", "import", "import memory 100k/10k", 1.5, "peak memory of an import, 100k / 10k"),
    Goal("D4", "search", "search p95/bare", 0.5, "search as you type p95 / bare key p95"),
    Goal("B1a", "busy", "key p95 while importing ms", 50, "key p95 in ms while 100,000 rows are imported"),
    Goal("B1b", "busy", "key p95 during a backup ms", 50, "cursor key p95 in ms while a backup is made"),
    Goal("B1c", "busy", "key p95 during a scan ms", 50, "key p95 in ms while people here twice are looked for"),
    Goal("P1a", "commands", "today/task next", 0.6, "`followup today` / `task next limit:50`"),
    Goal("P1b", "commands", "log/task done", 0.8, "`followup log` / `task done`"),
    *(
        Goal(f"P2 {name}", "peers", f"first frame/{name}", 1, f"keys served, large / first frame of {name} at 10k")
        for name in PEERS
    ),
    Goal("P3", "anki", "log and next/anki", 2, "log + next card p50 / Anki's answer + next card p50 at 100k"),
)


@dataclass(slots=True)
class Measured:
    """What a run found: samples by name, and why something is missing."""

    samples: dict[str, list[float]] = field(default_factory=dict)
    spreads: dict[str, str] = field(default_factory=dict)
    """Where the samples don't tell how sure a figure is: the interval that does."""
    skipped: dict[str, str] = field(default_factory=dict)
    """By figure: what can't be measured here, as a program that is not installed."""
    failed: dict[str, str] = field(default_factory=dict)
    """By part: what went wrong in it."""
    by_size: dict[str, dict[int, float]] = field(default_factory=dict)
    """Figures by the number of people."""

    def add(self, name: str, *values: float) -> None:
        """Add samples to a figure."""
        self.samples.setdefault(name, []).extend(values)

    def add_between(self, name: str, value: float, low: float, high: float) -> None:
        """Note a figure with the interval it is in."""
        self.samples[name] = [value]
        self.spreads[name] = f"{low:.2f}–{high:.2f}"

    def spread_of(self, name: str) -> str:
        """Return between what a figure lies."""
        return self.spreads.get(name) or spread(self.samples.get(name, []))


def verdict(
    measured: Measured, goals: Sequence[Goal] = GOALS, parts: Collection[str] | None = None
) -> tuple[str, list[Mapping[str, object]], int]:
    """Return the table, the same as plain values, and how many goals were missed.

    Every goal has its row; those whose part was not asked for (`parts`; None: all were) are named below. One without a
    figure counts as missed, unless it can't be measured here.
    """
    rows, plain, missed = [], [], 0
    asked = [goal for goal in goals if parts is None or goal.part in parts]
    for goal in asked:
        values = measured.samples.get(goal.metric, [])
        said: dict[str, object] = {"id": goal.id, "limit": goal.limit}
        if values:
            found, between = median(values), measured.spread_of(goal.metric)
            met = found <= goal.limit
            cells, outcome = [f"{found:.2f}", between], "met" if met else "MISSED"
            said |= {"median": found, "values": values, "met": met}
        else:
            cells, (outcome, met) = ["–", "–"], _without(goal, measured)
            said |= {"outcome": outcome}
        missed += not met
        rows.append([goal.id, goal.what, f"≤ {goal.limit:g}", *cells, outcome])
        plain.append(said)
    told = table(rows, ["goal", "what", "limit", "median", "spread", ""])
    if len(asked) < len(goals):
        told += f"\n\nNot asked for: {', '.join(goal.id for goal in goals if goal not in asked)}"
    return told, plain, missed


def _without(goal: Goal, measured: Measured) -> tuple[str, bool]:
    """Return what to say of a goal that has no figure, and whether that is no miss."""
    if goal.metric in measured.skipped:
        return f"skipped: {shorten(measured.skipped[goal.metric], 70, placeholder=' …')}", True
    why = measured.failed.get(goal.part, "it gave no figure")
    return f"MISSED, {goal.part} failed: {shorten(why, 70, placeholder=' …')}", False
