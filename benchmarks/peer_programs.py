"""The peers: where they come from, how each is started on data of its own, and what it shows when it is there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks import peer_data
from benchmarks.environment import ROOT
from benchmarks.pty_program import PtyProgram

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "followup-bench" / "peers"
"""Each peer from PyPI has its own environment in here, outside the repository."""


@dataclass(frozen=True, slots=True)
class Start:
    """How a program is started on data that were made for it."""

    words: tuple[str, ...]
    env: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Peer:
    """One program."""

    name: str
    package: str
    """On PyPI, or of the system."""
    shown: str
    """A pattern: what stands on the screen once its items do."""
    prepared: Callable[[Path, Path, int], Start]
    """Makes so many items in a folder, for a program, and says how to start it."""
    from_system: bool = False
    quit: bytes = b"q"

    def program(self) -> Path | None:
        """Return where it is installed; None when it isn't."""
        if self.from_system:
            found = shutil.which(self.name)
            return Path(found) if found else None
        path = CACHE / self.package / "bin" / self.name
        return path if path.exists() else None


def launch(start: Start) -> PtyProgram:
    """Start it in a terminal."""
    return PtyProgram(start.words, env=start.env, cwd=str(ROOT))


def _home(folder: Path) -> dict[str, str]:
    """Return an environment in which nothing of the user is read."""
    folder.mkdir(parents=True, exist_ok=True)
    return {"HOME": str(folder), "XDG_CACHE_HOME": str(folder / "cache")}


def _once(start: Start, shown: str, quit: bytes) -> None:
    """Start a program without data, so that it makes its own empty database."""
    with launch(start) as program:
        program.wait_for(shown, timeout=60)
        program.settle(1, 5)
        program.quit(quit)


def _vit(folder: Path, program: Path, count: int) -> Start:
    settings = peer_data.taskwarrior(folder / "tasks", count)
    home = _home(folder / "home")
    (folder / "home" / ".vit").mkdir()
    (folder / "home" / ".vit" / "config.ini").write_text("[taskwarrior]\n", encoding="utf-8")
    return Start((str(program),), {**home, "TASKRC": str(settings)})


def _calcurse(folder: Path, program: Path, count: int) -> Start:
    peer_data.calcurse(folder / "calcurse", count)
    return Start((str(program), "-D", str(folder / "calcurse")), _home(folder / "home"))


def _ikhal(folder: Path, program: Path, count: int) -> Start:
    settings = peer_data.events(folder / "khal", count)
    # its calendar knows no locale C.UTF-8
    return Start(
        (str(program), "-c", str(settings)), {**_home(folder / "home"), "LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "1"}
    )


def _harlequin(folder: Path, program: Path, count: int) -> Start:
    folder.mkdir(parents=True, exist_ok=True)
    peer_data.table(folder / "people.db", count)
    return Start((str(program), "-a", "sqlite", str(folder / "people.db")), _home(folder / "home"))


def _posting(folder: Path, program: Path, count: int) -> Start:
    peer_data.requests(folder / "collection", count)
    return Start((str(program), "--collection", str(folder / "collection")), _home(folder / "home"))


def _dooit(folder: Path, program: Path, count: int) -> Start:
    start = Start((str(program), "--db", str(folder / "dooit.db")), _home(folder / "home"))
    _once(start, r"Todos|Workspaces|Welcome|dooit", b"\x11")
    peer_data.todos(folder / "dooit.db", count)
    return start


def _bagels(folder: Path, program: Path, count: int) -> Start:
    (folder / "bagels").mkdir(parents=True)
    start = Start((str(program), "--at", str(folder / "bagels")), _home(folder / "home"))
    _once(start, r"Accounts|Bagels|account", b"\x11")
    peer_data.expenses(folder / "bagels" / "db.db", count)
    return start


ALL = (
    Peer("calcurse", "calcurse", r"Call Ada", _calcurse, from_system=True),
    Peer("ikhal", "khal", r"Call Ada", _ikhal),
    Peer("vit", "vit", r"Call Ada", _vit, from_system=True, quit=b":q\r"),
    Peer("harlequin", "harlequin", r"main +db", _harlequin, quit=b"\x11"),
    Peer("posting", "posting", r"Call Ada|p0000\d", _posting, quit=b"\x03"),
    Peer("dooit", "dooit", r"sales|Call Ada", _dooit, quit=b"\x11"),
    Peer("bagels", "bagels", r"Call Ada", _bagels, quit=b"\x11"),
)
