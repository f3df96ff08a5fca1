"""followup triage and followup day: overdue work spread, and what a day came to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from followup_tui.cli import words
from followup_tui.cli.command import offer
from followup_tui.cli.output import Paint, plain
from followup_tui.cli.session import Session
from followup_tui.cli.table import line, rows

if TYPE_CHECKING:
    from datetime import date

    from followup_tui.services.views.triage import OverdueView, SpreadView
    from followup_tui.services.views.working import DayView


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    offer(app, "triage", triage)
    offer(app, "day", day)


def triage(
    session: Session,
    spread: Annotated[bool, typer.Option("--spread", help="Spread all overdue touches within capacity.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show where they would go.")] = False,
) -> None:
    """List what is overdue; with --spread move what does not fit today to the next days with room, as one undo step."""
    service = session.services.triage
    if not spread and not dry_run:
        found = service.overdue()
        session.show({"overdue": found}, _overdue(found))
        return
    if dry_run:
        view = service.preview()
        lines = [*_spread(view, session.today, session.paint, "would be")]
        session.show({**plain(view), "dry_run": True, "undo": None}, lines)
        return
    view, changes = service.spread()
    undo = changes.name if view.moved else None
    lines = [*_spread(view, session.today, session.paint, "are"), *(session.undo_hint(changes) if view.moved else ())]
    session.show({**plain(view), "dry_run": False, "undo": undo}, lines)


def day(
    session: Session,
    date: Annotated[str | None, typer.Option("--date", metavar="WHEN", help="Another day.")] = None,
    close: Annotated[bool, typer.Option("--close", help="End today and store what it came to.")] = False,
) -> None:
    """Print what a day came to: done, left over, moved, momentum saved, tomorrow's load, the streak."""
    service = session.services.days
    if close:
        view = service.close()[0]
    else:
        view = service.view(session.when(date).date if date else None)
    session.show(view, _day(view, session.today, session.paint))


def _overdue(found: tuple[OverdueView, ...]) -> Iterator[str]:
    """Return the overdue touches as lines."""
    if not found:
        yield "Nothing is overdue."
        return
    late = words.count(len(found), "overdue touch", "overdue touches")
    yield f"{late}; followup triage --spread --dry-run shows where they would go"
    yield from rows(
        [
            (
                one.prospect.name + (" *" if one.star else ""),
                one.prospect.company,
                one.channel or "",
                words.step(one.step, one.steps_total),
                f"{words.count(one.overdue_days, 'day')} late",
                words.percent(one.momentum),
            )
            for one in found
        ]
    )


def _spread(view: SpreadView, today: date, paint: Paint, would: str) -> Iterator[str]:
    """Return what a spread does, as lines."""
    if not view.overdue:
        yield "Nothing is overdue."
        return
    what = words.count(view.overdue, "touch", "touches")
    yield paint.bold(f"{what} overdue: {view.stays} stay today, {len(view.moved)} {would} moved")
    yield from rows(
        [
            (
                words.day(one.date, today),
                f"{one.planned} planned",
                f"+ {one.added}",
                f"{one.minutes} of {one.capacity_minutes} min",
            )
            for one in view.days
        ]
    )
    if view.untouched:
        yield f"{view.untouched} wait untouched: promises, meetings, answers, decisions"


def _day(view: DayView, today: date, paint: Paint) -> Iterator[str]:
    """Return what a day came to, as lines."""
    kept = "kept" if view.kept else "not kept yet" if view.date == today else "not kept"
    state = "" if view.working else "no working day · "
    yield paint.bold(f"{words.day(view.date, today)} · {state}{kept}{' · ended' if view.closed else ''}")
    yield from rows(
        [
            ("done", f"{view.done} of {words.count(view.slots, 'slot')}"),
            ("left over", str(view.left_over)),
            ("moved", str(view.moved)),
            ("blocks worked", f"{view.worked_minutes} of {view.block_minutes} min"),
            ("momentum saved", words.percent(view.momentum_saved)),
            (
                words.day(view.tomorrow, today),
                f"{view.tomorrow_planned} planned, {view.tomorrow_minutes} of {view.tomorrow_capacity} min",
            ),
            ("streak", words.count(view.streak, "day")),
        ]
    )
    for run in view.runs:
        ended = words.clock(run.ended_at) if run.ended_at else "running"
        done = words.count(run.done, "touch", "touches")
        yield f"  {line(run.name)} {words.clock(run.began_at)}–{ended}: {run.minutes} min, {done}"
