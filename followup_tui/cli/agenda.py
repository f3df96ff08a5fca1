"""followup agenda: the days ahead as iCalendar."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from followup_tui.cli import words
from followup_tui.cli.command import offer
from followup_tui.cli.session import Session
from followup_tui.cli.table import line

if TYPE_CHECKING:
    from followup_tui.services.views.planning import AgendaView


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    offer(app, "agenda", agenda)


def agenda(
    session: Session,
    file: Annotated[str, typer.Argument(metavar="FILE.ics", help="Where to write; - is stdout.")],
    days: Annotated[int, typer.Option("--days", min=1, max=92, help="How many days, from today on.")] = 14,
) -> None:
    """Write blocks, next touches, promises and meetings for a calendar; run it again to update the same file."""
    if file == "-":
        session.services.agenda.write(Path(file), days, sys.stdout)
        return
    view = session.services.agenda.write(Path(file).expanduser(), days)
    session.show(view, _said(view))


def _said(view: AgendaView) -> list[str]:
    what = [
        words.count(view.blocks, "block"),
        words.count(view.touches, "touch", "touches"),
        f"{words.count(view.promises, 'promise')} and meetings".replace("no promises and", "no promises or"),
    ]
    news = f"{view.added} new, {view.changed} changed, {view.cancelled} cancelled, {view.unchanged} as before"
    return [f"{line(view.file)}: {', '.join(what)} until {words.short_day(view.last, view.first)}", news]
