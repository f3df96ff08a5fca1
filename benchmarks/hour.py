"""An hour's work in one session, typed at once: memory and open files stay where they were: G7."""

from __future__ import annotations

from pathlib import Path

from benchmarks.data import copy_of
from benchmarks.goals import Measured
from benchmarks.screens import SERVED, app, log_one

WARM = 10
"""After so many logs everything a log needs is loaded."""
STEPS = 10
"""So often the memory is looked at on the way."""


def hour(measured: Measured, folder: Path, config: Path, people: int, count: int) -> None:
    """Log again and again in one session."""
    with app(copy_of(people, folder, "hour"), config) as program:
        program.wait_for(SERVED)
        program.settle(1.5, 5)
        first, files = program.resident(), 0
        seen, logged, tried = list[float](), 0, 0
        while logged < count:
            tried += 1
            if tried > 2 * count + 100:
                raise RuntimeError(f"only {logged:,} of {count:,} touches could be logged")
            if log_one(program) is None:
                continue
            logged += 1
            if logged == min(WARM, count) or logged % max(1, count // STEPS) == 0:
                program.settle(0.5)
                seen.append(program.resident())
                files = files or program.open_files()
        measured.add("memory after/first", seen[-1] / first)
        measured.add("memory grown in the hour", seen[-1] / seen[0])
        measured.add("files gained", max(0, program.open_files() - files))
        measured.add("logs in the hour", logged)
        measured.add("memory in the hour MB", first, *seen)
