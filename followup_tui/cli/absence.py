"""followup away: the user's own holiday."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from followup_tui.cli import words
from followup_tui.cli.command import offer
from followup_tui.cli.output import plain
from followup_tui.cli.session import Session
from followup_tui.cli.table import rows

if TYPE_CHECKING:
    from followup_tui.services.changes import Changes
    from followup_tui.services.views import AwayView

RULES = ("freeze", "restart", "keep")


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    offer(app, "away", away)


def away(
    session: Session,
    first: Annotated[str, typer.Argument(metavar="FROM", help="The first day away; it may be past.")],
    last: Annotated[str, typer.Argument(metavar="TO", help="The last one.")],
    rule: Annotated[str, typer.Option("--rule", metavar="|".join(RULES), help="How what is planned moves.")] = "freeze",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would move.")] = False,
) -> None:
    """Be away: promises and meetings are listed, the rest moves behind it and is spread within capacity."""
    how = words.choose("--rule", rule, RULES) or "freeze"
    begin, end = session.when(first).date, session.when(last).date
    service = session.services.away
    if dry_run:
        view = service.preview(begin, end, how)
        session.show({**plain(view), "dry_run": True, "undo": None}, _absence(view, None, session))
        return
    view, changes = service.apply(begin, end, how)
    session.show({**plain(view), "dry_run": False, "undo": changes.name}, _absence(view, changes, session))


def _absence(view: AwayView, changes: Changes | None, session: Session) -> Iterator[str]:
    """Return what an absence does, as lines."""
    today = session.today
    would = "would be" if changes is None else "are"
    span = f"{words.day(view.first, today)} to {words.day(view.last, today)}"
    yield session.paint.bold(f"Away {span}, back on {words.day(view.back, today)}")
    yield f"{words.count(len(view.moved), 'touch', 'touches')} {would} moved ({view.rule})"
    yield from rows(
        [
            (
                one.prospect.name,
                one.prospect.company,
                one.channel or one.kind,
                f"{words.day(one.date_from, today)} → {words.day(one.date_to, today)}",
            )
            for one in view.moved
        ]
    )
    if view.kept:
        yield "For you to decide: these stay as they are"
        yield from rows(
            [
                (one.prospect.name, one.prospect.company, one.kind, words.day(one.date, today, one.time))
                for one in view.kept
            ]
        )
    if changes is not None:
        yield from session.undo_hint(changes)
