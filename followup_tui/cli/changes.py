"""Commands about what was done: undo, redo, history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from followup_tui.cli import words
from followup_tui.cli.command import offer
from followup_tui.cli.session import Session
from followup_tui.cli.table import line, rows

if TYPE_CHECKING:
    from datetime import date, tzinfo

    from followup_tui.services.views import HistoryView

Number = Annotated[int, typer.Argument(metavar="N", min=1, max=10_000, help="How many changes.", show_default=False)]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    for verb in (undo, redo, history):
        offer(app, verb.__name__, verb)


def undo(session: Session, number: Number = 1) -> None:
    """Take back the newest change, or the newest N."""
    undone, _ = session.services.undo.undo(number)
    session.show({"changes": undone}, [f"Undone: {line(change.name)}" for change in undone])


def redo(session: Session, number: Number = 1) -> None:
    """Do again what was undone last, or the last N."""
    redone, _ = session.services.undo.redo(number)
    session.show({"changes": redone}, [f"Redone: {line(change.name)}" for change in redone])


def history(
    session: Session, limit: Annotated[int, typer.Option(min=1, max=100_000, help="How many, newest first.")] = 50
) -> None:
    """Print the changes by name, newest first."""
    changes = session.services.undo.history(limit)
    zone = session.services.now().tzinfo
    lines = rows([_change(change, zone, session.today) for change in changes], indent="", widest=60)
    session.show({"changes": changes}, lines or ["Nothing was changed yet."])


def _change(change: HistoryView, zone: tzinfo | None, today: date) -> tuple[object, ...]:
    """Return one change as cells."""
    at = change.at.astimezone(zone)
    when = f"{words.short_day(at.date(), today)} {words.clock(at)}"
    return (change.id, when, "undone" if change.undone else "", change.name)
