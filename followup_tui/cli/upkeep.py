"""Commands about the program itself: doctor and paths."""

from __future__ import annotations

import typer

from followup_tui.cli.command import offer
from followup_tui.cli.session import Session
from followup_tui.cli.table import line, rows


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    offer(app, "doctor", doctor)
    offer(app, "paths", show_paths)


def doctor(session: Session) -> int:
    """Prove that the database is sound; exit 1 when a check fails."""
    checks = session.services.doctor.check()
    ok = all(check.ok for check in checks)
    table = [("ok" if check.ok else "FAILED", check.name, check.detail) for check in checks]
    session.show({"checks": checks, "ok": ok}, rows(table, indent="", widest=60))
    return 0 if ok else 1


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
