"""Words that were typed and not saved: kept in a private file until they are, whatever ends the app."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from followup_tui import paths
from followup_tui.digest import sha256


class Drafts(dict[str, str]):
    """Texts by what they belong to (the id of a prospect, `+` for the form of a new one); empty ones are forgotten."""

    def __init__(self, path: Path | None = None) -> None:
        """Load what an earlier session left; without a path nothing is kept."""
        self._path = path
        _tidy(path)
        self._saved = _read(path)
        super().__init__(self._saved)

    def save(self) -> None:
        """Write what changed since the last time; OSError when that can't be done.

        Another window's drafts are in the same file, so only what changed here is changed there.
        """
        now = {key: text for key, text in self.items() if text}
        if self._path is None or now == self._saved:
            return
        stored = _read(self._path)
        for key in now.keys() | self._saved.keys():
            if now.get(key) != self._saved.get(key):
                stored.pop(key, None)
                stored |= {key: now[key]} if key in now else {}
        _write(self._path, stored)
        self._saved = now


def drafts_of(database: str) -> Path:
    """Return the file with the drafts of a database."""
    name = sha256(os.path.abspath(database).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return paths.drafts_dir() / f"{name}.json"


def _tidy(path: Path | None) -> None:
    """Remove what a kill in the middle of a write left; a window that writes this very moment writes again."""
    if path is not None:
        for left in path.parent.glob(f".{path.name}.*.new"):
            with contextlib.suppress(OSError):
                left.unlink()


def _read(path: Path | None) -> dict[str, str]:
    """Return the stored texts; none when there is no file of ours, or nobody can read it."""
    if path is None or not path.is_file() or path.is_symlink():
        return {}
    import json

    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return {key: text for key, text in found.items() if isinstance(text, str)} if isinstance(found, dict) else {}


def _write(path: Path, texts: dict[str, str]) -> None:
    """Replace the file in one step, readable by its owner alone; no texts, no file."""
    if not texts:
        path.unlink(missing_ok=True)
        return
    import json

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.urandom(4).hex()}.new")
    try:
        descriptor = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as out:
            json.dump(texts, out, ensure_ascii=False)
            out.flush()
            os.fsync(out.fileno())
        os.replace(fresh, path)
    finally:
        with contextlib.suppress(OSError):
            fresh.unlink()
