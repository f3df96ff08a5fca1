"""The whole command line put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module

from followup_tui.cli.session import Session

COMMANDS = {
    "demo": "demo",
    "day": "today",
    "triage": "triage day",
    "blocks": "block",
    "agenda": "agenda",
    "forecast": "forecast",
    "stats": "stats",
    "people": "add edit find star tag close reopen",
    "lists": "list",
    "exchange": "import export",
    "merging": "merge duplicates",
    "touches": "log answer show next skip move snooze pause resume reel",
    "corrections": "touch erase",
    "cadences": "enrol cadence",
    "absence": "away",
    "standing": "standing",
    "coaching": "coach reasons",
    "referrals": "refer",
    "library": "value",
    "templates": "template",
    "composing": "compose dial",
    "changes": "undo redo history",
    "backups": "backup restore",
    "upkeep": "doctor paths",
    "settings": "config",
}
"""Each file of commands with their names, in the order of the help."""


def wanted(arguments: Sequence[str]) -> list[str]:
    """Return the files that may hold the command: only those that have one of the words; all when none has."""
    return [name for name, verbs in COMMANDS.items() if set(verbs.split()) & set(arguments)] or list(COMMANDS)


def run_command(arguments: Sequence[str], open_app: Callable[..., int]) -> int:
    """Run one command and return its exit code; `open_app` opens the app for the one command that does."""
    import typer

    from followup_tui.cli.command import group

    app = group("followup", "Whom to contact now, and why. Without a command the app opens.")
    for name in wanted(arguments):
        import_module(f"followup_tui.cli.{name}").register(app)
    session = Session(open_app)
    try:
        result = typer.main.get_command(app).main(
            list(arguments), prog_name="followup", standalone_mode=False, obj=session
        )
    finally:
        session.close()
    return result if isinstance(result, int) else 0
