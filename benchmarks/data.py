"""The databases that are measured: made once per size by the demo generator, then copied for every program."""

from __future__ import annotations

import os
import shutil
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

MORNING = "2026-11-23T09:12:00+01:00"
"""The instant every measured program starts at."""
NOW = datetime(2026, 11, 23, 8, 12, tzinfo=UTC)
HOME = Path(__file__).parent / ".data"
"""On the real disk beside the code, never in memory; not committed."""


def database(people: int) -> Path:
    """Return the database of so many people with ten touches each; made on the first call."""
    place = HOME / f"{people}"
    path = place / "demo.db"
    if not path.exists():
        from followup_tui.services.demo import demo_database

        place.mkdir(parents=True, exist_ok=True)
        begun = time.perf_counter()
        made = demo_database(people, 1, now=NOW, folder=place)
        if made != path:
            os.replace(made, path)
        print(f"made {people:,} people in {time.perf_counter() - begun:.1f} s", file=sys.stderr)
    return path


def copy_of(people: int, folder: Path, name: str) -> Path:
    """Return a copy a program may change."""
    path = folder / f"{name}-{people}.db"
    shutil.copy(database(people), path)
    return path


def empty_config(folder: Path) -> Path:
    """Return a configuration file that changes nothing, so that the user's own is not read."""
    path = folder / "config.toml"
    path.write_text('zone = "Europe/Berlin"\n', encoding="utf-8")
    return path
