"""Measure every goal and print them as a table: `python -m benchmarks`, or `make bench`; exit 1 when one is missed."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

try:
    from benchmarks.parts import PARTS, note_data, run_all
except ModuleNotFoundError as error:
    if error.name != "pyte":
        raise
    sys.exit("pyte is not installed: run ./test once, or pip install -e '.[test]'")

from benchmarks.data import HOME
from benchmarks.goals import Measured, verdict
from benchmarks.report import between_markers, report, to_json


def main(words: list[str] | None = None) -> int:
    """Run the parts asked for and return the exit code."""
    options = _options(words)
    names = list(options.only or PARTS)
    HOME.mkdir(exist_ok=True)
    for path in (options.json, options.markdown):
        if path and not path.parent.is_dir():
            sys.exit(f"{path.parent} is no folder")
    measured = Measured()
    note_data(measured, options)
    run_all(names, measured, options)
    goals, plain, missed = verdict(measured, parts=names)
    told = report(measured, goals, options, datetime.now(UTC))
    print(told)
    if options.json:
        options.json.write_text(to_json(measured, plain), encoding="utf-8")
    if options.markdown:
        written = between_markers(options.markdown.read_text(encoding="utf-8"), told)
        options.markdown.write_text(written, encoding="utf-8")
    return 1 if missed else 0


def _options(given: list[str] | None) -> argparse.Namespace:
    words = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    words.add_argument("--small", type=int, default=1_000, help="people of the smaller database")
    words.add_argument("--large", type=int, default=100_000, help="people of the larger one, with ten touches each")
    words.add_argument("--huge", action="store_true", help="follow growth on to a million people")
    words.add_argument("--rounds", type=int, default=7, help="starts of each program")
    words.add_argument("--peer-rounds", type=int, default=2, help="starts of each peer")
    words.add_argument("--keys", type=int, default=150)
    words.add_argument("--logs", type=int, default=2_000, help="touches logged in the scripted hour")
    words.add_argument("--rows", type=int, default=100_000, help="rows of the larger import")
    words.add_argument("--only", nargs="*", choices=PARTS, metavar="PART", help=f"some of {', '.join(PARTS)}")
    words.add_argument("--json", type=Path, metavar="FILE", help="also write the samples to this file")
    words.add_argument("--markdown", type=Path, metavar="FILE", help="also put the tables between the markers in there")
    return words.parse_args(given)


if __name__ == "__main__":
    sys.exit(main())
