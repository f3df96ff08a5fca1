"""Install the peers: `python -m benchmarks.peer_install`; what can't be installed is named and left out."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.peer_programs import CACHE

SYSTEM = {"task": "taskwarrior", "calcurse": "calcurse", "vit": "vit"}
"""Programs by name, and the Debian packages they come in."""
PYPI: dict[str, tuple[str, ...]] = {
    "khal": ("khal", "urwid<3"),
    "dooit": ("dooit",),
    "harlequin": ("harlequin",),
    "posting": ("posting", "tree-sitter>=0.25,<0.26"),
    "bagels": ("bagels",),
    "anki": ("anki",),
}
"""What each environment gets; a second requirement is one without which that program does not start."""
NEWER = ("python3.13", "python3.14")
"""Tried for a program that does without the Python of the app."""


def main() -> int:
    """Install what is missing and say what is there."""
    for program, package in SYSTEM.items():
        if not shutil.which(program):
            _run(["apt-get", "install", "-y", "-q", package])
        print(f"{package}: {'there' if shutil.which(program) else 'not installed'}")
    for name, wanted in PYPI.items():
        place = CACHE / name
        there = (place / "done").exists() or any(_install(python, place, wanted) for python in (sys.executable, *NEWER))
        if not there:
            shutil.rmtree(place, ignore_errors=True)
        print(f"{name}: {'there' if there else 'not installed'}")
    return 0


def _install(python: str, place: Path, wanted: Sequence[str]) -> bool:
    """Make an environment with what is wanted; whether that worked."""
    shutil.rmtree(place, ignore_errors=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    made = _run([python, "-m", "venv", str(place)]) and _run(
        [str(place / "bin" / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check", *wanted]
    )
    if made:
        (place / "done").touch()
    return made


def _run(words: Sequence[str]) -> bool:
    try:
        return subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main())
