"""Whole commands against taskwarrior's, in turn: P1."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.data import MORNING, copy_of
from benchmarks.environment import ROOT, plain
from benchmarks.figures import ratios
from benchmarks.goals import Measured
from benchmarks.peer_data import taskwarrior


def commands(measured: Measured, folder: Path, config: Path, people: int, rounds: int) -> None:
    """Time `today` and `log` against `task next` and `task done` over as many things."""
    path = copy_of(people, folder, "commands")
    ours = [sys.executable, "-m", "followup_tui", "--db", str(path), "--config", str(config), "--now", MORNING]
    today, logged = [], []
    who = _somebody(ours)
    theirs = taskwarrior(folder / "taskwarrior", people) if shutil.which("task") else None
    next_, done = [], []
    for number in range(rounds + 1):
        samples = [
            (today, [*ours, "today"]),
            (logged, [*ours, "log", who[number % len(who)], "phone", "no answer"]),
        ]
        if theirs:
            task = ["task", f"rc:{theirs}"]
            samples += [(next_, [*task, "next", "limit:50"]), (done, [*task, str(number + 1), "done"])]
        for into, words in samples:
            taken = whole(words, folder)
            if number:
                into.append(taken)
    measured.add("followup today ms", *(1e3 * value for value in today))
    measured.add("followup log ms", *(1e3 * value for value in logged))
    if not theirs:
        measured.skipped |= dict.fromkeys(("today/task next", "log/task done"), "taskwarrior is not installed")
        return
    measured.add("today/task next", *ratios(today, next_))
    measured.add("log/task done", *ratios(logged, done))


def whole(words: list[str], home: Path) -> float:
    """Return the seconds of a whole process, one that did what it was asked for."""
    begun = time.perf_counter()
    done = subprocess.run(
        words, stdin=subprocess.DEVNULL, capture_output=True, check=False, cwd=ROOT, env=plain(HOME=str(home))
    )
    taken = time.perf_counter() - begun
    if done.returncode:
        said = (done.stderr or done.stdout).decode(errors="replace").strip()
        raise RuntimeError(f"{Path(words[0]).name} {words[-1]} ended with {done.returncode}: {said}")
    return taken


def _somebody(ours: list[str]) -> list[str]:
    """Return ids of people who can be called."""
    import json

    found = subprocess.run([*ours, "today", "--json"], capture_output=True, check=True, cwd=ROOT, env=plain()).stdout
    blocks = json.loads(found)["blocks"]
    return [slot["prospect"]["id"] for block in blocks for slot in block["slots"] if slot["channel"] == "phone"]
