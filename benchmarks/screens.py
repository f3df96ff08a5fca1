"""The app in a terminal against the smallest Textual app, started and typed to in turn: G1 to G10, D4."""

from __future__ import annotations

import os
import random
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.data import MORNING, copy_of
from benchmarks.environment import ROOT
from benchmarks.figures import percentile, percentile_ratio, ratios
from benchmarks.goals import Measured
from benchmarks.pty_program import PtyProgram, now
from followup_tui.long_work import SMALL

BARE = [sys.executable, str(Path(__file__).parent / "bare_app.py")]
SERVED = r"(now|\d\d:\d\d)  \S  \S.{20,}(today|late|over|in \d)"
"""Slots with names and due dates are on the screen."""
TITLE = re.compile(r"╭─ (\S.*?) ─+╮")
OPENED = r"╭─ (Log|Decision|Meeting|Answer|Confirm)\b"
CONSEQUENCE = r" [14]  (no answer|sent) +[^\s│]"
"""What an outcome would lead to is shown: nobody chooses before."""
BEGINS = 3.0
"""Seconds until it has begun, if ever."""
BEHIND = 120.0
"""Seconds the backup of the day may take at most, after the app has been left."""
REST = 0.02
"""Seconds of quiet before it, as before every other key that is timed."""
COUNT = re.compile(r" (\d+)/(\d+)\b")
"""In the header, before the streak or the pace that may follow."""


@dataclass(slots=True)
class Starts:
    """Samples of several starts of one program (seconds, MB)."""

    picture: list[float] = field(default_factory=list)
    served: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    quit: list[float] = field(default_factory=list)


class Product(PtyProgram):
    """The app on a database; on the first day's leaving its backup is waited for, so that it disturbs nothing else."""

    def __init__(self, database: Path, config: Path) -> None:
        words = [sys.executable, "-m", "followup_tui", "--db", str(database), "--config", str(config), "--now", MORNING]
        super().__init__(words, env={"HOME": str(config.parent)}, cwd=str(ROOT))
        self._database = database

    def close(self) -> None:
        """End it, and wait for what it leaves behind; that begins soon, if at all, and only where it takes long."""
        super().close()
        backups, begun = backups_of(self._database), now()
        if self._database.exists() and self._database.stat().st_size > SMALL:
            while not any(backups.glob("*followup-*")) and now() < begun + BEGINS:
                time.sleep(0.1)
            while any(backups.glob(".followup-*.new")) and now() < begun + BEHIND:
                time.sleep(0.1)


def backups_of(database: Path) -> Path:
    """Return the folder of its backups."""
    return database.with_name(f"{database.name}-backups")


def app(database: Path, config: Path) -> PtyProgram:
    """Start the product on a database."""
    return Product(database, config)


def bare() -> PtyProgram:
    """Start the yardstick."""
    return PtyProgram(BARE)


def starts(measured: Measured, folder: Path, config: Path, small: int, large: int, rounds: int) -> None:
    """Start bare, small and large in turn; the first round warms the disk and is not counted."""
    found = {name: Starts() for name in ("bare", "small", "large")}
    paths = {"small": copy_of(small, folder, "starts"), "large": copy_of(large, folder, "starts")}
    for number in range(rounds + 1):
        for name, into in found.items():
            with bare() if name == "bare" else app(paths[name], config) as program:
                picture = program.wait_for("bare-ready" if name == "bare" else SERVED)
                served = picture if name == "bare" else served_at(program)
                program.settle(0.4, 3)
                memory = program.resident()
                left = program.quit(b"q")
            if number:
                into.picture.append(picture)
                into.served.append(max(picture, served))
                into.memory.append(memory)
                into.quit.append(left)
    yard, little, big = found["bare"], found["small"], found["large"]
    measured.add("served/bare", *ratios(big.served, yard.served))
    measured.add("picture/bare", *ratios(big.picture, yard.served))
    measured.add("served large/small", *ratios(big.served, little.served))
    measured.add("memory/bare", *ratios(big.memory, yard.memory))
    measured.add("memory large/small", *ratios(big.memory, little.memory))
    measured.add("quit/bare", *ratios(big.quit, yard.quit))
    measured.add("bare start ms", *(1e3 * value for value in yard.served))
    measured.add("served ms", *(1e3 * value for value in big.served))
    measured.add("memory MB", *big.memory)


def served_at(program: PtyProgram) -> float:
    """Type `j` at the first picture and return the seconds from the start until the cursor went down."""
    before = cursor(program)
    program.send(b"j")
    return program.wait_for(lambda shown: cursor(shown) > before >= 0)


def cursor(program: PtyProgram) -> int:
    """Return the line the cursor of the queue stands on; -1 for none."""
    return next((row for row, line in enumerate(program.screen.display) if "▌" in line[20:]), -1)


def card(program: PtyProgram) -> str:
    """Return whose card is shown: the title of the lower box."""
    titles = [found.group(1) for found in map(TITLE.search, program.screen.display[20:]) if found]
    return titles[-1] if titles else ""


def done(program: PtyProgram) -> int:
    """Return how many slots are done, as the header says."""
    found = COUNT.search(program.screen.display[0])
    return int(found.group(1)) if found else -1


def sync_times(folder: Path, count: int = 80) -> list[float]:
    """Return what writing 24 KiB and waiting for the disk takes here, with a human pause between."""
    path, found = folder / "sync.tmp", []
    handle = os.open(path, os.O_CREAT | os.O_WRONLY)
    for _ in range(count):
        begun = now()
        os.write(handle, bytes(24576))
        os.fdatasync(handle)
        found.append(now() - begun)
        time.sleep(0.01)
    os.close(handle)
    path.unlink()
    return found


def keys(measured: Measured, folder: Path, config: Path, people: int, count: int) -> None:
    """Type to the yardstick and to the app alternately, so that both see the same noise."""
    pause = random.Random(4)
    yard, theirs, moves, logs, counted = 0, list[float](), list[float](), list[float](), list[float]()
    escapes, bare_escapes = list[float](), list[float]()
    with bare() as plain, app(copy_of(people, folder, "keys"), config) as program:
        plain.wait_for("bare-ready")
        program.wait_for(SERVED)
        plain.settle(0.8), program.settle(1.5, 5)

        def tick() -> None:
            nonlocal yard
            yard += 1
            theirs.append(plain.key(b"j", f"n={yard} "))
            time.sleep(pause.uniform(0.01, 0.03))

        for number in range(count):
            tick()
            before = card(program)
            moves.append(program.key(b"j" if number % 40 < 20 else b"k", _other_card(before)))
            time.sleep(pause.uniform(0.01, 0.03))
        for _ in range(count):
            tick()
            taken = log_one(program)
            if taken is not None:
                logs.append(taken[0])
                counted.append(taken[1])
        for _ in range(max(10, count // 5)):
            plain.key(b"o", "second-screen")
            bare_escapes.append(plain.key(b"\x1b", "bare-ready"))
            time.sleep(pause.uniform(0.01, 0.03))
            program.key(b"?", "╭─ Keys ─")
            time.sleep(pause.uniform(0.01, 0.03))
            escapes.append(program.key(b"\x1b", lambda shown: "╭─ Keys ─" not in shown.text()))
    bare_p95, sync_p95 = percentile(theirs, 95), percentile(sync_times(folder), 95)
    measured.add_between("move p95/bare", *percentile_ratio(moves, theirs, 95))
    measured.add_between("log p50/bare", *percentile_ratio(logs, theirs, 50))
    measured.add_between("log p95/(bare+sync)", *percentile_ratio(logs, theirs, 95, sync_p95))
    measured.add_between("escape p95/bare", *percentile_ratio(escapes, bare_escapes, 95))
    measured.add("bare key p95 ms", 1e3 * bare_p95)
    measured.add("log p50 ms", 1e3 * percentile(logs, 50))
    measured.add("counted as done p50 ms", 1e3 * percentile(counted, 50))


def _other_card(before: str) -> Callable[[PtyProgram], bool]:
    return lambda program: card(program) not in ("", before)


def log_one(program: PtyProgram) -> tuple[float, float] | None:
    """Log the selected slot; return the seconds from the outcome's key until the next one was shown, and until the
    header counted it as done, which it does after the commit and the new plan. None: there was nothing to log.
    """
    if program.key(b"l", OPENED) and "╭─ Log ·" not in program.text():
        program.key(b"\x1b", lambda shown: not re.search(OPENED, shown.text()))
        program.key(b"j", _other_card(card(program)))
        return None
    program.wait_for(CONSEQUENCE, since=now())
    program.settle(REST)
    before, shown_before = done(program), card(program)
    outcome = b"1" if re.search(r" 1  no answer", program.text()) else b"4"
    begun = now()
    program.send(outcome)
    next_shown = program.wait_for(
        lambda shown: "╭─ Log ·" not in shown.text() and card(shown) not in ("", shown_before), since=begun
    )
    counted = program.wait_for(lambda shown: done(shown) > before, since=begun)
    return next_shown, max(counted, next_shown)
