"""Programs of other people, each started on ten thousand items in turn with ours on all its people: P2."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.data import copy_of
from benchmarks.figures import median, ratios, spread, table
from benchmarks.goals import PEERS, Measured
from benchmarks.peer_programs import ALL, Peer, Start, launch
from benchmarks.pty_program import PtyProgram, Timeout
from benchmarks.screens import SERVED, app, bare, served_at

ITEMS = 10_000
PATIENCE = 90.0
"""Seconds a peer may take for its first frame."""


@dataclass(slots=True)
class Seen:
    """What several starts of one program came to (seconds, MB)."""

    shown: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


def peers(measured: Measured, folder: Path, config: Path, people: int, rounds: int) -> None:
    """Start bare Textual, the app and every installed peer in turn; the first round warms the disk."""
    there = _prepared(measured, folder)
    path = copy_of(people, folder, "peers")
    yard, ours = Seen(), Seen()
    found = {peer.name: Seen() for peer, _ in there}
    for number in range(rounds + 1):
        warm = not number
        with bare() as program:
            _note(program, "bare-ready", yard, b"q", warm)
        with app(path, config) as program:
            _note(program, SERVED, ours, b"q", warm)
        for peer, start in there:
            if peer.name in measured.skipped:
                continue
            try:
                with launch(start) as program:
                    _note(program, peer.shown, found[peer.name], peer.quit, warm)
            except Timeout as error:
                why = f"{peer.name} showed nothing of its items"
                print(f"{why}: {error}", file=sys.stderr)
                _skip(measured, peer.name, why)
    for name, seen in {"followup": ours, **found}.items():
        if seen.shown:
            measured.add(f"{name} first frame ms", *(1e3 * value for value in seen.shown))
            measured.add(f"{name}/bare", *ratios(seen.shown, yard.shown))
            measured.add(f"{name} memory MB", *seen.memory)
        if seen.shown and name in PEERS:
            measured.add(f"first frame/{name}", *ratios(ours.shown, seen.shown))


def peers_table(measured: Measured) -> str:
    """Return the programs that were started, by how soon they showed something."""
    rows = []
    for name in ("followup", *(peer.name for peer in ALL)):
        shown = measured.samples.get(f"{name} first frame ms", [])
        if shown:
            times, memory = measured.samples[f"{name}/bare"], measured.samples[f"{name} memory MB"]
            rows.append([name, f"{median(shown):.0f}", f"{median(times):.2f}", spread(times), f"{median(memory):.0f}"])
    rows.sort(key=lambda row: float(row[2]))
    return table(rows, ["program", "first frame ms", "× bare Textual", "spread", "memory MB"]) if rows else ""


def _prepared(measured: Measured, folder: Path) -> list[tuple[Peer, Start]]:
    """Make the data of every peer that is installed; the others are skipped by name."""
    found = []
    for peer in ALL:
        program = peer.program()
        if program is None:
            _skip(measured, peer.name, f"{peer.name} is not installed (make bench-peers)")
            continue
        try:
            found.append((peer, peer.prepared(folder / peer.name, program, ITEMS)))
        except Exception as error:
            why = str(error).splitlines()[0]
            print(f"no data for {peer.name}: {error}", file=sys.stderr)
            _skip(measured, peer.name, f"{peer.name} could not be given data: {why}")
    return found


def _skip(measured: Measured, name: str, why: str) -> None:
    measured.skipped[f"first frame/{name}"] = why
    measured.skipped[name] = why


def _note(program: PtyProgram, shown: str, into: Seen, quit: bytes, warm: bool) -> None:
    taken = program.wait_for(shown, timeout=PATIENCE)
    if shown == SERVED:  # ours may paint a picture before it takes keys: only with them it counts
        taken = served_at(program)
    program.settle(0.4, 3)
    memory = program.resident()
    program.quit(quit)
    if not warm:
        into.shown.append(taken)
        into.memory.append(memory)
