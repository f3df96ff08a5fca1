"""Commands about the program itself: doctor and paths."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from followup_tui.cli import words
from followup_tui.cli.command import offer
from followup_tui.cli.session import Session
from followup_tui.cli.table import line, rows
from followup_tui.cli.waiting import Waiting

if TYPE_CHECKING:
    from followup_tui.services.rebuilding import RebuildView


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    offer(app, "doctor", doctor)
    offer(app, "paths", show_paths)


def doctor(
    session: Session,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="First write anew what the journal can tell, after a backup.")
    ] = False,
) -> int:
    """Prove that the database is sound; exit 1 when a check fails."""
    service = session.services.doctor
    with Waiting() as waiting:
        done, changes = service.rebuild(waiting.tell) if rebuild else (None, None)
        checks = service.check(waiting.tell)
    ok = all(check.ok for check in checks)
    table = [("ok" if check.ok else "FAILED", check.name, check.detail) for check in checks]
    lines = rows(table, indent="", widest=60)
    if done is None or changes is None:
        session.show({"checks": checks, "ok": ok}, lines)
    else:
        session.show(
            {"rebuilt": done, "checks": checks, "ok": ok},
            [*_rebuilt(done), *session.undo_hint(changes), *lines],
        )
    return 0 if ok else 1


def _rebuilt(done: RebuildView) -> Iterator[str]:
    """Say what was mended and what could not be."""
    yield f"Backup: {line(done.backup)}"
    yield f"Rebuilt from the journal: {words.count(len(done.mended), 'prospect')}"
    yield from (f"Left as it is: {line(text)}" for text in done.left)


def show_paths(session: Session) -> None:
    """Print where everything is kept."""
    from followup_tui import paths

    database = session.options.database
    data = {
        "database": database,
        "backups": paths.backups_dir(database=database),
        "config": session.options.config_path,
        "themes": paths.themes_dir(),
        "state": paths.state_dir(),
        "log": paths.log_path(),
    }
    session.show({name: str(path) for name, path in data.items()}, rows([(n, line(p)) for n, p in data.items()]))
