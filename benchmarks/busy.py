"""Keys typed while the app has long work to do: an import, a backup, a search for people who are here twice: B1."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.data import copy_of
from benchmarks.figures import percentile
from benchmarks.goals import Measured
from benchmarks.pty_program import PtyProgram
from benchmarks.screens import SERVED, app, backups_of, card
from benchmarks.writes import people_file

PATIENCE = 300.0
"""Seconds long work may take."""
QUIET_BY = 60.0
"""Seconds after which the work begins in any case."""
IDLE = 0.05
"""Seconds of a processor that the app takes in a second or two while it does nothing: it looks at the clock."""
FEWEST = 12
"""With fewer keys typed during the work nothing is said about it."""


def busy(measured: Measured, folder: Path, config: Path, small: int, people: int, rows: int) -> None:
    """Each kind of work in an app of its own."""
    _backup(measured, folder, config, people)
    _scan(measured, folder, config, people)
    _import(measured, folder, config, small, rows)


def _backup(measured: Measured, folder: Path, config: Path, people: int) -> None:
    """Move the cursor on Today while the backup of the day is made, which begins when the keys have rested."""
    path = copy_of(people, folder, "backup")
    kept = backups_of(path)
    with app(path, config) as program:
        program.wait_for(SERVED)
        taken, latest = list[float](), time.perf_counter() + PATIENCE
        while not any(kept.glob("*followup-*")) and time.perf_counter() < latest:
            program.settle(0.1)
        begun = time.perf_counter()
        while not any(kept.glob("followup-*.db")) and time.perf_counter() - begun < PATIENCE:
            before = card(program)
            taken.append(program.key(b"j" if len(taken) % 20 < 10 else b"k", _other(before)))
            _pause()
    _note(measured, "backup", "key p95 during a backup ms", taken, time.perf_counter() - begun)


def _scan(measured: Measured, folder: Path, config: Path, people: int) -> None:
    """Open and close help while everybody is compared with everybody."""
    with app(copy_of(people, folder, "scan"), config) as program:
        _ready(program)
        begun = time.perf_counter()
        program.key(b"M", r"calls it off|╭─ +Merge · (?!looking)", timeout=60)
        taken = _keys_while(program, lambda shown: "calls it off" in shown.text())
    _note(measured, "scan", "key p95 during a scan ms", taken, time.perf_counter() - begun)


def _import(measured: Measured, folder: Path, config: Path, small: int, rows: int) -> None:
    """Read a file and import it, through the screen."""
    file = folder / "people.csv"
    people_file(file, rows)
    with app(copy_of(small, folder, "import"), config) as program:
        _ready(program)
        program.key(b"\x0f", r"╭─ +Import people")
        program.send(str(file).encode())
        program.settle(0.5, 3)
        begun = time.perf_counter()
        program.key(b"\r", r"enter imports", timeout=60)
        read = _keys_while(program, lambda shown: "counting …" in shown.text())
        program.wait_for(r"enter imports [\d,]+", timeout=PATIENCE, since=time.perf_counter())
        _note(measured, "dry run", "key p95 during a dry run ms", read, time.perf_counter() - begun)
        begun = time.perf_counter()
        program.key(b"\r", r"calls it off|Imported", timeout=30)
        taken = _keys_while(program, lambda shown: "Import people" in shown.text() and "Imported" not in shown.text())
        program.wait_for(r"Imported [\d,]+", timeout=30, since=time.perf_counter())
    _note(measured, "import", "key p95 while importing ms", taken, time.perf_counter() - begun)


def _ready(program: PtyProgram) -> None:
    """Wait until nothing else goes on: what follows the first plan is done.

    Much of that never shows: the first count of the streak takes seconds, of a database that was just copied.
    """
    program.wait_for(SERVED)
    time.sleep(0.5)
    program.settle(2, 60)
    latest = time.perf_counter() + QUIET_BY
    while time.perf_counter() < latest:
        before = program.processor_time()
        program.settle(1, 1)
        time.sleep(1)
        if program.processor_time() - before < IDLE:
            return


def _keys_while(program: PtyProgram, working: Callable[[PtyProgram], bool]) -> list[float]:
    """Open help above the work and close it again, as long as the work goes on; return how long each key took."""
    taken, begun = list[float](), time.perf_counter()
    while working(program) and time.perf_counter() - begun < PATIENCE:
        taken.append(program.key(b"?", r"╭─ Keys", timeout=30))
        _pause()
        taken.append(program.key(b"\x1b", lambda shown: "╭─ Keys" not in shown.text(), timeout=30))
        _pause()
        program.settle(0.0)
    return taken


def _other(before: str) -> Callable[[PtyProgram], bool]:
    return lambda program: card(program) not in ("", before)


_CHANCE = random.Random(11)


def _pause() -> None:
    """Wait as long as somebody does who types fast."""
    time.sleep(_CHANCE.uniform(0.02, 0.06))


def _note(measured: Measured, work: str, metric: str, taken: list[float], seconds: float) -> None:
    """Note the keys of one kind of work; too few say nothing."""
    measured.add(f"{work} of the app s", seconds)
    if len(taken) < FEWEST:
        measured.skipped[metric] = f"the {work} was over after {len(taken)} keys"
        return
    milliseconds = sorted(1e3 * value for value in taken)
    measured.add(metric, percentile(milliseconds, 95))
    measured.spreads[metric] = f"{milliseconds[0]:.0f}–{milliseconds[-1]:.0f}, {len(taken)} keys"
