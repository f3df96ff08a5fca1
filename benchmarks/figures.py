"""Percentiles, ratios of runs made in turn, and Markdown tables."""

from __future__ import annotations

import math
import random
import statistics
from collections.abc import Iterable, Sequence


def percentile(values: Iterable[float], percent: float) -> float:
    """Return the nearest-rank percentile: always a value that was measured; NaN of nothing."""
    ordered = sorted(values)
    if not ordered:
        return math.nan
    return ordered[min(len(ordered) - 1, max(0, math.ceil(percent / 100 * len(ordered)) - 1))]


def median(values: Sequence[float]) -> float:
    """Return the middle value; NaN of nothing."""
    return statistics.median(values) if values else math.nan


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> list[float]:
    """Return the ratios of runs made in turn, pair by pair: robust against a machine that drifts."""
    return [a / b for a, b in zip(ours, theirs, strict=False) if b]


def percentile_ratio(
    ours: Sequence[float], theirs: Sequence[float], percent: float, offset: float = 0
) -> tuple[float, float, float]:
    """Return the ratio of two percentiles (`offset` is added to theirs), and the interval it is in 9 times of 10.

    The interval is found by drawing both samples again and again from themselves.
    """
    chance = random.Random(1)

    def ratio(mine: Sequence[float], other: Sequence[float]) -> float:
        return percentile(mine, percent) / (percentile(other, percent) + offset)

    drawn = sorted(ratio(chance.choices(ours, k=len(ours)), chance.choices(theirs, k=len(theirs))) for _ in range(400))
    return ratio(ours, theirs), drawn[20], drawn[379]


def spread(values: Sequence[float]) -> str:
    """Return the least and the greatest as text."""
    return f"{min(values):.2f}–{max(values):.2f}" if values else "–"


def table(rows: Sequence[Sequence[object]], head: Sequence[str]) -> str:
    """Return a Markdown table."""
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [max([len(title), *(len(row[index]) for row in cells)]) for index, title in enumerate(head)]

    def line(row: Sequence[str]) -> str:
        return "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"

    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([line(list(head)), rule, *map(line, cells)])
