"""Whole commands against taskwarrior's, in turn: P1."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
import uuid
from pathlib import Path

from benchmarks.data import MORNING, copy_of
from benchmarks.figures import ratios
from benchmarks.goals import Measured

ROOT = str(Path(__file__).parent.parent)


def commands(measured: Measured, folder: Path, config: Path, people: int, rounds: int) -> None:
    """Time `today` and `log` against `task next` and `task done` over as many things."""
    path = copy_of(people, folder, "commands")
    ours = [sys.executable, "-m", "followup_tui", "--db", str(path), "--config", str(config), "--now", MORNING]
    today, logged = [], []
    who = _somebody(ours)
    theirs = taskwarrior(folder, people) if shutil.which("task") else None
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
            taken = whole(words)
            if number:
                into.append(taken)
    measured.add("followup today ms", *(1e3 * value for value in today))
    measured.add("followup log ms", *(1e3 * value for value in logged))
    if not theirs:
        measured.skipped |= dict.fromkeys(("today/task next", "log/task done"), "taskwarrior is not installed")
        return
    measured.add("today/task next", *ratios(today, next_))
    measured.add("log/task done", *ratios(logged, done))


def whole(words: list[str]) -> float:
    """Return the seconds of a whole process."""
    begun = time.perf_counter()
    subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, check=False, cwd=ROOT)
    return time.perf_counter() - begun


def _somebody(ours: list[str]) -> list[str]:
    """Return ids of people who can be called."""
    import json

    found = subprocess.run([*ours, "today", "--json"], capture_output=True, check=True, cwd=ROOT).stdout
    blocks = json.loads(found)["blocks"]
    return [slot["prospect"]["id"] for block in blocks for slot in block["slots"] if slot["channel"] == "phone"]


def taskwarrior(folder: Path, count: int) -> Path:
    """Write as many tasks as taskwarrior 2 keeps them, and return its settings file."""
    place, chance = folder / "taskwarrior", random.Random(9)
    place.mkdir()
    with (place / "pending.data").open("w", encoding="utf-8") as file:
        for number in range(count):
            unique, due = uuid.UUID(int=chance.getrandbits(128), version=4), 1_795_000_000 + chance.randrange(5_000_000)
            file.write(
                f'[description:"Call Ada Berg {number} at Borealis {number % 997}" due:"{due}" entry:"1790000000" '
                f'priority:"{"HML"[number % 3]}" project:"sales" status:"pending" uuid:"{unique}"]\n'
            )
    for name in ("completed.data", "backlog.data", "undo.data"):
        (place / name).touch()
    settings = place / "taskrc"
    settings.write_text(
        f"data.location={place}\nconfirmation=no\nverbose=nothing\nhooks=off\nrecurrence=off\n", encoding="utf-8"
    )
    return settings
