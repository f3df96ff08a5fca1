"""Measure every goal and print them as a table: `python -m benchmarks`, or `make bench`; exit 1 when one is missed."""

from __future__ import annotations

import argparse
import json
import platform
import sys
import tempfile
from pathlib import Path

from benchmarks import commands, reads, screens, writes
from benchmarks.data import HOME, empty_config
from benchmarks.figures import median, spread, table
from benchmarks.goals import GOALS, Measured, verdict

PARTS = ("starts", "keys", "hour", "plan", "queue", "log", "open", "search", "import", "commands")


def main() -> int:
    """Run the parts asked for and return the exit code."""
    options = _options()
    HOME.mkdir(exist_ok=True)
    measured = Measured()
    with tempfile.TemporaryDirectory(dir=HOME) as name:
        folder = Path(name)
        config = empty_config(folder)
        for part in options.only or PARTS:
            print(f"{part} …", file=sys.stderr)
            _run(part, measured, folder, config, options)
    text, plain, missed = verdict(measured)
    names = {goal.metric for goal in GOALS}
    others = [
        [key, f"{median(values):.2f}", spread(values)] for key, values in measured.samples.items() if key not in names
    ]
    print(f"Python {platform.python_version()}, {platform.system()}, {options.large:,} people\n\n{text}\n")
    print(table(others, ["figure", "median", "spread"]))
    if options.json:
        Path(options.json).write_text(
            json.dumps({"goals": plain, "figures": measured.samples}, indent=1), encoding="utf-8"
        )
    return 1 if missed else 0


def _options() -> argparse.Namespace:
    words = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    words.add_argument("--small", type=int, default=1_000)
    words.add_argument("--large", type=int, default=100_000, help="people, with ten touches each")
    words.add_argument("--rounds", type=int, default=7)
    words.add_argument("--keys", type=int, default=150)
    words.add_argument("--logs", type=int, default=2_000, help="touches logged in the scripted hour")
    words.add_argument("--rows", type=int, default=100_000, help="rows of the larger import")
    words.add_argument("--only", nargs="*", choices=PARTS)
    words.add_argument("--json", help="also write the samples to this file")
    return words.parse_args()


def _run(part: str, measured: Measured, folder: Path, config: Path, options: argparse.Namespace) -> None:
    """Run one part."""
    large, small = options.large, options.small
    match part:
        case "starts":
            screens.starts(measured, folder, config, small, large, options.rounds)
        case "keys":
            screens.keys(measured, folder, config, large, options.keys)
        case "hour":
            screens.hour(measured, folder, config, large, options.logs)
        case "plan":
            reads.plan(measured, folder, config, large)
        case "queue":
            reads.queue(measured, folder, (small, large))
        case "log":
            writes.log(measured, folder, config, large, options.keys)
        case "open":
            reads.opening(measured, folder, config, small)
        case "search":
            reads.search(measured, folder, config, large)
        case "import":
            writes.importing(measured, folder, config, (options.rows // 10, options.rows))
        case "commands":
            commands.commands(measured, folder, config, large, options.rounds)


if __name__ == "__main__":
    sys.exit(main())
