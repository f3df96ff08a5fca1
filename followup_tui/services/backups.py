"""Backups: by themselves and by hand, a look at what would come back, and the way back."""

from __future__ import annotations

import contextlib
from datetime import datetime
from pathlib import Path

from followup_tui import paths
from followup_tui.domain.workdays import zone_of
from followup_tui.errors import FollowupError, NothingFound, NotOurDatabase
from followup_tui.records import dataclass
from followup_tui.services.changes import Changes
from followup_tui.services.context import Context
from followup_tui.storage import backup, restoring
from followup_tui.storage.connection import check_file


@dataclass(frozen=True, slots=True)
class BackupView:
    """A backup, and what restoring it would change."""

    file: str
    made: datetime | None
    """When, by its name; None for a file somebody named otherwise."""
    reason: str
    """Before what it was made: import, restore, rebuild; empty for the backup of a day."""
    size: int
    good: bool
    problem: str
    """Why it is not good."""
    prospects: int | None = None
    """None until somebody looked into it."""
    touches: int | None = None
    newest_touch: datetime | None = None
    comes_back: tuple[int, int] | None = None
    """People and touches that are only in the backup; None when the database in use can't be read."""
    goes: tuple[int, int] | None = None
    """People and touches that are only in the database in use."""


@dataclass(frozen=True, slots=True)
class RestoreView:
    """What restoring did."""

    restored: BackupView
    kept: str | None
    """Where the file of before is kept."""


class BackupService:
    """Copies of the whole database beside it, each proved good when made."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._path = context.database.path
        self.folder = paths.backups_dir(database=str(self._path))

    def make(
        self, path: Path | None = None, *, reason: str = "", progress: backup.Progress | None = None
    ) -> BackupView:
        """Make one, in the folder of backups unless a path is given; FollowupError when it can't be proved good."""
        now = self._context.now()
        if path is not None and not path.parent.exists():
            raise FollowupError(f"the folder {path.parent} is not there", "make it first, or name another file")
        self._context.database.prepare()
        target = path or self._free(now, reason)
        backup.make(self._path, target, progress)
        if path is None:
            backup.prune(self.folder, target, now)
        return self._about(target, now.replace(tzinfo=None), reason)

    def _free(self, now: datetime, reason: str) -> Path:
        """Return a name nobody has: two backups may be made within a second."""
        from datetime import timedelta

        while (target := self.folder / backup.name_at(now, reason)).exists():
            now += timedelta(seconds=1)
        return target

    def is_due(self) -> bool:
        """Whether this day has no backup yet."""
        today = self._context.now().date()
        return all(kept.made.date() != today for kept in backup.listed(self.folder))

    def daily(self, progress: backup.Progress | None = None) -> BackupView | None:
        """Make the backup of this day, unless it has one; None when nothing was to be done."""
        return self.make(progress=progress) if self.is_due() else None

    def before(self, reason: str) -> None:
        """Make one before something large; a database without anybody has nothing to lose."""
        with self._context.database.reading() as connection:
            empty = connection.execute("SELECT 1 FROM prospect LIMIT 1").fetchone() is None
        if not empty:
            self.make(reason=reason)

    def list(self) -> list[BackupView]:
        """Return the backups of the folder by name, the newest first, without looking into them."""
        return [self._about(kept.path, kept.made, kept.reason) for kept in backup.listed(self.folder)]

    def look(self, file: Path) -> BackupView:
        """Return what restoring a file would bring and take; NotOurDatabase when it is no database of ours."""
        wrong = backup.why_bad(file)
        known = next((kept for kept in backup.listed(file.parent) if kept.path == file), None)
        about = self._about(file, known.made, known.reason, wrong) if known else self._about(file, None, "", wrong)
        if wrong:
            return about
        found = restoring.content(file, self._path)
        newest = datetime.fromisoformat(found.newest).astimezone(zone_of(self._zone)) if found.newest else None
        return BackupView(
            about.file, about.made, about.reason, about.size, True, "",
            found.prospects, found.touches, newest, found.there, found.here,
        )  # fmt: skip

    def newest_good(self) -> BackupView | None:
        """Return the newest backup that can be restored; None when there is none."""
        for kept in backup.listed(self.folder):
            with contextlib.suppress(FollowupError):
                view = self.look(kept.path)
                if view.good:
                    return view
        return None

    def restore(self, file: Path, progress: backup.Progress | None = None) -> tuple[RestoreView, Changes]:
        """Bring a backup back; the present database is backed up if it can be, and kept aside in any case."""
        view = self.look(file)
        if not view.good:
            raise NotOurDatabase(f"{file} is damaged: {view.problem}", "restore another; followup backup --list")
        if restoring.is_sound(self._path):
            self.make(reason="restore", progress=progress)
        kept = restoring.put_back(file, self._context.database, self._context.now())
        self._context.database.let_go()
        return RestoreView(view, str(kept) if kept else None), Changes(
            frozenset({"prospect", "journal", "standing", "cadence"}), frozenset(), f"Restore {file.name}"
        )

    def needed(self) -> None:
        """Raise NothingFound when there is no database to back up."""
        if not check_file(self._path):
            raise NothingFound(f"there is no database at {self._path}", "followup paths says where it would be")

    @property
    def _zone(self) -> str:
        return self._context.config.zone

    def _about(self, path: Path, made: datetime | None, reason: str, problem: str = "") -> BackupView:
        at = made.replace(tzinfo=zone_of(self._zone)) if made else None
        return BackupView(str(path), at, reason, path.stat().st_size, not problem, problem)
