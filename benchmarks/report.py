"""What a run found, in words for people and in JSON for programs."""

from __future__ import annotations

import argparse
import json
import platform
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib.metadata import version

from benchmarks.environment import machine
from benchmarks.figures import median, table
from benchmarks.goals import GOALS, Measured
from benchmarks.peers import peers_table
from benchmarks.sizes import sizes_table

BEGIN, END = "<!-- make bench: begin -->", "<!-- make bench: end -->"
"""Between these two lines a document keeps the tables of the last run."""


def report(measured: Measured, goals: str, options: argparse.Namespace, when: datetime) -> str:
    """Return everything as Markdown: the machine, the goals, growth, the peers, the figures behind them."""
    told = [
        f"{when:%Y-%m-%d %H:%M} UTC · {machine()} · Python {platform.python_version()}, Textual {version('textual')} · "
        f"{options.large:,} people, {options.large * 10:,} touches",
        goals,
        sizes_table(measured),
        peers_table(measured),
        _others(measured),
        "Seconds each part took: " + ", ".join(f"{name} {seconds:.0f}" for name, seconds in _parts(measured).items()),
    ]
    return "\n\n".join(part for part in told if part)


def to_json(measured: Measured, goals: Sequence[Mapping[str, object]]) -> str:
    """Return goals and samples as JSON."""
    found = {
        "machine": machine(),
        "python": platform.python_version(),
        "goals": goals,
        "figures": measured.samples,
        "by size": measured.by_size,
        "skipped": measured.skipped,
        "failed": measured.failed,
    }
    return json.dumps(found, indent=1)


def between_markers(text: str, told: str) -> str:
    """Return a document with the tables in place of those it had; they go to its end where it has no markers."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        before, after = text.rstrip("\n") + "\n\n", "\n"
    return f"{before}{BEGIN}\n\n{told}\n\n{END}{after}"


def _parts(measured: Measured) -> dict[str, float]:
    return {
        name.removeprefix("part ").removesuffix(" s"): values[-1]
        for name, values in measured.samples.items()
        if name.startswith("part ")
    }


def _others(measured: Measured) -> str:
    """Return the figures that are no goal and stand in no other table."""
    shown = {goal.metric for goal in GOALS}
    rows = [
        [name, f"{median(values):.2f}", measured.spread_of(name)]
        for name, values in measured.samples.items()
        if name not in shown and not name.startswith("part ") and not name.endswith(("first frame ms", "memory MB"))
        and "/bare" not in name
    ]  # fmt: skip
    return table(rows, ["figure", "median", "spread"]) if rows else ""
