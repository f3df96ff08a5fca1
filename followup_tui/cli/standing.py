"""followup standing: so many lines in the water, drawn from the pool."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from followup_tui.cli import words
from followup_tui.cli.command import offer
from followup_tui.cli.session import Session
from followup_tui.cli.table import line
from followup_tui.errors import UsageError

if TYPE_CHECKING:
    from followup_tui.services.views import StandingView


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    offer(app, "standing", standing)


def standing(
    session: Session,
    filter: Annotated[str | None, typer.Argument(metavar="FILTER", help="Who of the pool, as has:phone.")] = None,
    cadence: Annotated[str | None, typer.Argument(metavar="CADENCE", help="What they start on.")] = None,
    lines: Annotated[int, typer.Option("--lines", min=1, help="How many are to be in play.")] = 100,
    per_day: Annotated[int | None, typer.Option("--per-day", min=1, help="How many start on one day at most.")] = None,
    draw: Annotated[bool, typer.Option("--draw", help="Enrol whom it proposes.")] = False,
    off: Annotated[bool, typer.Option("--off", help="End it.")] = False,
) -> None:
    """Keep so many lines in the water: set an order with FILTER and CADENCE, look at it, --draw, or end it."""
    service = session.services.standing
    if (filter is None) != (cadence is None) or (filter is not None) + draw + off > 1:
        raise UsageError(
            "it is not clear what the order should do", "standing FILTER CADENCE, --draw, --off or nothing"
        )
    if off:
        changes = service.off()
        session.show({"standing": None, "undo": changes.name}, ["Ended.", *session.undo_hint(changes)])
        return
    if draw:
        view, changes = service.apply()
        drawn = [f"Enrolled: {words.count(len(view.drawn), 'prospect')} in {line(view.cadence)}"]
        session.show({"standing": view, "undo": changes.name}, [*drawn, *session.undo_hint(changes)])
        return
    name = service.set(filter, cadence, lines, per_day).name if filter is not None and cadence is not None else None
    found = service.proposal()
    session.show({"standing": found, "undo": name}, _order(found))


def _order(view: StandingView | None) -> Iterator[str]:
    """Return the order and whom it would draw."""
    if view is None:
        yield "There is no standing order: followup standing “has:phone” “Cold six” --lines 100"
        return
    yield f"{view.lines} lines from the pool ({line(view.filter) or 'everybody'}) into {line(view.cadence)}"
    yield line(view.why)
    yield from (f"  {words.person(who)}" for who in view.drawn)
    if view.drawn:
        yield f"followup standing --draw enrols {'them' if len(view.drawn) > 1 else 'this one'}"
