"""The databases that are measured: made once per size by the demo generator, then copied for every program."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.environment import ROOT, plain

MORNING = "2026-11-23T09:12:00+01:00"
"""The instant every measured program starts at."""
NOW = datetime(2026, 11, 23, 8, 12, tzinfo=UTC)
HOME = Path(__file__).parent / ".data"
"""On the real disk beside the code, never in memory; not committed."""
_MAKERS = ("services/demo*.py", "storage/filling.py", "storage/*tables.py", "storage/migrations/versions/*.py")
"""What decides how the data look: another one of these, and they are made anew."""
KEEP = bool(os.environ.get("FOLLOWUP_BENCH_KEEP"))
"""Measure on what was made before, whatever the generator does now."""
_MAKE = """
import sys, time
from pathlib import Path
from benchmarks.data import NOW
from followup_tui.services.demo import demo_database
begun = time.perf_counter()
demo_database(int(sys.argv[1]), 1, now=NOW, folder=Path(sys.argv[2]))
print(time.perf_counter() - begun)
"""


def database(people: int) -> Path:
    """Return the database of so many people with ten touches each; made on the first call."""
    place = HOME / f"{people}"
    path = place / "demo.db"
    if not path.exists() or not (KEEP or _story(people).get("makers") == makers()):
        print(f"making {people:,} people …", file=sys.stderr)
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        words = [sys.executable, "-c", _MAKE, str(people), str(place)]
        made = subprocess.run(words, cwd=ROOT, env=plain(HOME=str(place)), check=True, capture_output=True, text=True)
        seconds = float(made.stdout)
        (place / "story.json").write_text(json.dumps({"makers": makers(), "seconds": seconds}), encoding="utf-8")
        print(f"made {people:,} people in {seconds:.1f} s", file=sys.stderr)
    return path


def seconds_to_make(people: int) -> float:
    """Return how long making the database took, whenever that was."""
    database(people)
    return float(_story(people)["seconds"])


def makers() -> str:
    """Return a sum over the sources that decide how the data look."""
    package, found = ROOT / "followup_tui", hashlib.sha256()
    for pattern in _MAKERS:
        for path in sorted(package.glob(pattern)):
            found.update(path.read_bytes())
    return found.hexdigest()


def copy_of(people: int, folder: Path, name: str) -> Path:
    """Return a copy a program may change; it is on the disk already, so that nothing is written behind its back."""
    path = folder / f"{name}-{people}.db"
    shutil.copy(database(people), path)
    with path.open("rb") as copied:
        os.fsync(copied.fileno())
    return path


def empty_config(folder: Path) -> Path:
    """Return a configuration file that changes nothing, so that the user's own is not read."""
    path = folder / "config.toml"
    path.write_text('zone = "Europe/Berlin"\n', encoding="utf-8")
    return path


def _story(people: int) -> dict[str, float | str]:
    try:
        found: dict[str, float | str] = json.loads((HOME / f"{people}" / "story.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found
