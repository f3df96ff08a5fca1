"""Install the peers: `python -m benchmarks.peer_install`; what can't be installed is named and left out."""

from __future__ import annotations

import os
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
PYENV = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
"""pyenv puts every Python on the path, yet starts none but the chosen ones: the others are started from here."""


def main() -> int:
    """Install what is missing and say what is there, and why something is not."""
    for program, package in SYSTEM.items():
        why = "" if shutil.which(program) else _run(["apt-get", "install", "-y", "-q", package])
        print(_told(package, bool(shutil.which(program)), why), flush=True)
    for name, wanted in PYPI.items():
        place, why = CACHE / name, ""
        if not (place / "done").exists():
            for python in pythons():
                why = _install(python, place, wanted)
                if not why:
                    break
                shutil.rmtree(place, ignore_errors=True)
        print(_told(name, not why, why), flush=True)
    return 0


def pythons() -> list[str]:
    """Return the Pythons to try, the app's own first, each once."""
    behind = [str(path) for name in NEWER for path in sorted(PYENV.glob(f"{name.removeprefix('python')}*/bin/{name}"))]
    return [sys.executable, *(name for name in NEWER if shutil.which(name)), *behind]


def _told(name: str, there: bool, why: str) -> str:
    return f"{name}: there" if there else f"{name}: not installed ({why})"


def _install(python: str, place: Path, wanted: Sequence[str]) -> str:
    """Make an environment with what is wanted; return what went wrong, empty for nothing."""
    shutil.rmtree(place, ignore_errors=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    pip = [str(place / "bin" / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check", *wanted]
    why = _run([python, "-m", "venv", str(place)]) or _run(pip)
    if not why:
        (place / "done").touch()
    return why


def _run(words: Sequence[str]) -> str:
    """Run a program; return the last thing it said when it failed, empty when it did not."""
    try:
        done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, check=False, text=True)
    except OSError as error:
        return f"{words[0]}: {error.strerror}"
    if not done.returncode:
        return ""
    said = (done.stderr or done.stdout).strip().splitlines()
    return f"{Path(words[0]).name}: {said[-1][:120] if said else f'ended with {done.returncode}'}"


if __name__ == "__main__":
    sys.exit(main())
