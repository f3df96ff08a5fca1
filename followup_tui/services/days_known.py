"""Which days that are over were kept: counted once, and remembered over the end of the program.

Counting tells hundreds of journals again, seconds at 100,000 people. What was counted is kept in a private file, with
all it depends on: the version of the program, the file of the database and how far it was, the settings. It holds no
names; without it, or when anything in it does not fit, the days are counted again.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from followup_tui import __version__
from followup_tui.config import Config
from followup_tui.digest import sha256
from followup_tui.domain.workdays import zone_of
from followup_tui.services.context import Context
from followup_tui.storage import past
from followup_tui.storage.codec import dumps
from followup_tui.storage.past import Mark

FORGOTTEN = 100 * 24 * 3600
"""Seconds after which the file of a database that nobody asks about is removed."""
_LARGEST = 1 << 16


class Counted(NamedTuple):
    """What was counted, as of when, and by what settings."""

    mark: Mark
    settings: str
    kept: dict[date, bool]


class DaysKnown:
    """The memory of one database; thread-safe, as a day counted twice comes to the same."""

    def __init__(self, context: Context, folder: Path | None) -> None:
        """`folder` holds a file for each database; None: what is known ends with the program."""
        self._context = context
        self._folder = folder
        self._counted: Counted | None = None
        self._settings: tuple[Config, str] | None = None
        self._stored = 0
        """So many days are in the file."""

    def known(self, connection: Any, today: date) -> dict[date, bool]:
        """Return which days before today are known to have been kept or not; what is found later is put in there."""
        settings, before = self._settings_now(), self._counted
        if before is None:
            before = self._read()
            self._stored = len(before.kept) if before is not None else 0
        day = today.isoformat()
        holds = before is not None and before.mark.day <= day and self._holds(connection, before, settings)
        kept = before.kept if before is not None and holds else {}
        self._stored = self._stored if holds else 0
        self._counted = Counted(past.mark(connection, day), settings, kept)
        return kept

    @property
    def counted(self) -> Counted | None:
        """Return what is known, to be handed to another process."""
        return self._counted

    def take(self, counted: Counted | None) -> None:
        """Know what another process counted, as long as it holds."""
        if counted is not None and counted.settings == self._settings_now():
            self._counted = counted

    def remember(self) -> None:
        """Keep what was found; where it can't be written, it is counted again next time."""
        counted = self._counted
        if self._folder is None or counted is None or len(counted.kept) == self._stored:
            return
        file = self._file(self._folder)
        draft = file.with_name(f".{file.name}.{os.urandom(4).hex()}.new")
        document = {
            "version": __version__,
            "database": self._database(),
            "mark": counted.mark,
            "settings": counted.settings,
            "days": {day.isoformat(): kept for day, kept in counted.kept.items()},
        }
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _tidy(self._folder, self._context.now().timestamp() - FORGOTTEN)
            descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as out:
                json.dump(document, out)
            os.replace(draft, file)
            self._stored = len(counted.kept)

    def _holds(self, connection: Any, before: Counted, settings: str) -> bool:
        """Whether the days before the one it was counted on are as they were."""
        day = before.mark.day
        begin = datetime.combine(date.fromisoformat(day), self._context.config.day_starts)
        begin = begin.replace(tzinfo=zone_of(self._context.config.zone))
        return before.settings == settings and past.still_holds(
            connection, before.mark, past.mark(connection, day), begin
        )

    def _read(self) -> Counted | None:
        """Return what an earlier program counted; None when there is nothing, or it is of something else."""
        if self._folder is None:
            return None
        try:
            descriptor = os.open(self._file(self._folder), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            with os.fdopen(descriptor, "rb") as file:
                found = json.loads(file.read(_LARGEST))
            if (found["version"], found["database"]) != (__version__, self._database()):
                return None
            day, change, made, facts = found["mark"]
            mark = Mark(date.fromisoformat(day).isoformat(), int(change), str(made), tuple(facts))
            kept = {date.fromisoformat(key): bool(value) for key, value in found["days"].items()}
            return Counted(mark, str(found["settings"]), kept)
        except (OSError, ValueError, TypeError, LookupError, AttributeError):
            return None

    def _settings_now(self) -> str:
        config = self._context.config
        if self._settings is None or self._settings[0] is not config:
            self._settings = config, sha256(dumps(config).encode("utf-8", "surrogatepass")).hexdigest()
        return self._settings[1]

    def _database(self) -> str:
        found = os.stat(self._context.database.path)
        return f"{found.st_dev}.{found.st_ino}"

    def _file(self, folder: Path) -> Path:
        path = os.path.abspath(self._context.database.path)
        return folder / f"{sha256(path.encode('utf-8', 'surrogateescape')).hexdigest()[:16]}.json"


def _tidy(folder: Path, before: float) -> None:
    """Remove the files of databases nobody asked about since, and what a killed write left."""
    for entry in os.scandir(folder):
        if entry.stat(follow_symlinks=False).st_mtime < before:
            os.unlink(entry.path)
