"""Commands about backups: backup and restore."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from followup_tui.cli import words
from followup_tui.cli.command import offer
from followup_tui.cli.session import Session
from followup_tui.cli.table import line, rows
from followup_tui.cli.waiting import Waiting
from followup_tui.errors import FollowupError, NotOurDatabase, UsageError

if TYPE_CHECKING:
    from followup_tui.services.backups import BackupView


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    offer(app, "backup", backup)
    offer(app, "restore", restore)


def backup(
    session: Session,
    file: Annotated[Path | None, typer.Argument(metavar="FILE", show_default=False)] = None,
    listed: Annotated[bool, typer.Option("--list", help="Name the backups there are, newest first.")] = False,
) -> None:
    """Copy the database to FILE, or to the folder of backups; the copy is proved good."""
    backups = session.services.backups
    if listed:
        if file is not None:
            raise UsageError("--list takes no file", "followup restore FILE --dry-run looks into one")
        found = backups.list()
        table = [(one.file, f"before {one.reason}" if one.reason else "", f"{one.size:,} bytes") for one in found]
        none = [f"There is no backup in {line(backups.folder)} yet."]
        session.show({"backups": found}, rows(table, indent="", widest=120) or none)
        return
    backups.needed()
    with Waiting() as waiting:
        made = backups.look(Path(backups.make(file, progress=waiting.tell).file))
    session.show({"backup": made}, [f"Written and proved good: {line(made.file)} ({made.size:,} bytes)"])


def restore(
    session: Session,
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would come back.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
) -> None:
    """Bring a backup back; the present file is kept aside."""
    view = session.services.backups.look(file)
    if not view.good:
        raise NotOurDatabase(f"{file} is damaged: {view.problem}", "restore another; followup backup --list")
    if dry_run:
        session.show({"backup": view, "dry_run": True}, [*_about(view), "Nothing was changed: this was a dry run"])
        return
    if not yes and not _agreed(session, view):
        raise FollowupError("nothing was restored", "--yes does it without asking")
    with Waiting() as waiting:
        done, _ = session.services.backups.restore(file, waiting.tell)
    kept = [f"The file of before is kept as {line(done.kept)}"] if done.kept else []
    session.show({"restored": done.restored, "kept": done.kept}, [f"Restored: {line(file)}", *kept])


def _agreed(session: Session, view: BackupView) -> bool:
    """Ask, when somebody is there to answer."""
    if session.options.json or not sys.stdin.isatty():
        return False
    for text in _about(view):
        sys.stderr.write(text + "\n")
    sys.stderr.write("Restore it? y/n ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _about(view: BackupView) -> Iterator[str]:
    """Return what is in a backup, and what would change."""
    yield f"{line(view.file)}: {_both((view.prospects or 0, view.touches or 0))}"
    if view.newest_touch is not None:
        yield f"Newest touch: {view.newest_touch:%Y-%m-%d %H:%M}"
    if view.comes_back is None or view.goes is None:
        yield "The database in use can't be read, so there is nothing to compare with"
        return
    yield f"Would come back: {_both(view.comes_back)}"
    yield f"Would be gone: {_both(view.goes)}"


def _both(numbers: tuple[int, int]) -> str:
    people, touches = numbers
    return f"{words.count(people, 'prospect')}, {words.count(touches, 'touch', 'touches')}"
