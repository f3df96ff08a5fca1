"""What is measured, part by part: each gets a folder of its own, and what goes wrong in one stays in it."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import anki, busy, commands, hour, peers, reads, screens, sizes, writes
from benchmarks.data import HOME, empty_config, seconds_to_make
from benchmarks.goals import Measured


@dataclass(frozen=True, slots=True)
class Run:
    """What a part is given."""

    measured: Measured
    folder: Path
    config: Path
    options: argparse.Namespace

    @property
    def large(self) -> int:
        """The people of the larger database."""
        return int(self.options.large)

    @property
    def sizes(self) -> tuple[int, ...]:
        """The numbers of people that growth is followed over."""
        small, large = int(self.options.small), self.large
        found = {small, *(size for size in (10_000,) if small < size < large), large}
        return tuple(sorted(found | ({1_000_000} if self.options.huge else set())))


PARTS: dict[str, Callable[[Run], None]] = {
    "starts": lambda run: screens.starts(
        run.measured, run.folder, run.config, run.options.small, run.large, run.options.rounds
    ),
    "keys": lambda run: screens.keys(run.measured, run.folder, run.config, run.large, run.options.keys),
    "hour": lambda run: hour.hour(run.measured, run.folder, run.config, run.large, run.options.logs),
    "plan": lambda run: reads.plan(run.measured, run.folder, run.config, run.large),
    "queue": lambda run: reads.queue(run.measured, run.folder, (min(run.sizes), max(run.sizes))),
    "log": lambda run: writes.log(run.measured, run.folder, run.config, run.large, run.options.keys),
    "open": lambda run: reads.opening(run.measured, run.folder, run.config, run.options.small),
    "search": lambda run: reads.search(run.measured, run.folder, run.config, run.large),
    "import": lambda run: writes.importing(
        run.measured, run.folder, run.config, (run.options.rows // 10, run.options.rows)
    ),
    "busy": lambda run: busy.busy(
        run.measured, run.folder, run.config, run.options.small, run.large, run.options.rows
    ),
    "sizes": lambda run: sizes.sizes(run.measured, run.folder, run.config, run.sizes),
    "commands": lambda run: commands.commands(
        run.measured, run.folder, run.config, run.large, run.options.rounds
    ),
    "peers": lambda run: peers.peers(
        run.measured, run.folder, run.config, run.large, run.options.peer_rounds
    ),
    "anki": lambda run: anki.anki(run.measured, run.folder, run.config, run.large, run.options.keys),
}  # fmt: skip


def run_all(
    names: Sequence[str], measured: Measured, options: argparse.Namespace,
    parts: dict[str, Callable[[Run], None]] = PARTS,
) -> None:  # fmt: skip
    """Run parts one after the other; one that fails says so in a line, counts as missed, and the others go on."""
    HOME.mkdir(exist_ok=True)
    for name in names:
        print(f"{name} …", file=sys.stderr)
        folder = Path(tempfile.mkdtemp(dir=HOME, prefix=f"{name}-"))
        begun = time.perf_counter()
        try:
            parts[name](Run(measured, folder, empty_config(folder), options))
        except KeyboardInterrupt:
            left = names[list(names).index(name) :]
            print(f"called off; not measured: {', '.join(left)}", file=sys.stderr)
            measured.failed |= dict.fromkeys(left, "called off")
            return
        except Exception as error:
            why, *more = str(error).splitlines() or [type(error).__name__]
            measured.failed[name] = why
            print(f"part {name} failed: {why}", *more, sep="\n", file=sys.stderr)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        measured.add(f"part {name} s", time.perf_counter() - begun)


def note_data(measured: Measured, options: argparse.Namespace) -> None:
    """Make the databases before anything is measured, and note how long the larger one took."""
    for people in dict.fromkeys((options.small, options.large)):
        try:
            seconds = seconds_to_make(people)
        except Exception as error:
            print(f"{people:,} people could not be made: {error}", file=sys.stderr)
            continue
        measured.add(f"{people:,} people made s", seconds)
