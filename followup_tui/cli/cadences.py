"""Commands about cadences: enrol, cadence list, cadence show; those that change cadences are in cadence_files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from followup_tui.cli import cadence_files, words
from followup_tui.cli.command import group, offer
from followup_tui.cli.session import Session
from followup_tui.cli.table import line, rows
from followup_tui.errors import NothingFound, UsageError

if TYPE_CHECKING:
    from datetime import date

    from followup_tui.services.changes import Changes
    from followup_tui.services.views import AheadView, CadenceView, EnrolView

SHOWN = 20
"""Refused people named on screen; --json names all."""
DAYS = 7
"""Days of a spread named on screen."""


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    offer(app, "enrol", enrol)
    cadence = group("cadence", "The cadences and who is on them.")
    offer(cadence, "list", list_)
    offer(cadence, "show", show)
    cadence_files.register(cadence)
    app.add_typer(cadence)


def enrol(
    session: Session,
    words_: Annotated[list[str], typer.Argument(metavar="WHO CADENCE", help="With --where only the cadence.")],
    where: Annotated[str | None, typer.Option("--where", metavar="FILTER", help="Everybody who matches.")] = None,
    step: Annotated[int, typer.Option(min=1, help="The step to start at.")] = 1,
    on: Annotated[str | None, typer.Option("--on", metavar="WHEN", help="The first day.")] = None,
    per_day: Annotated[int | None, typer.Option("--per-day", min=1, help="How many start on one working day.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only print what it would do.")] = False,
) -> int:
    """Put prospects on a cadence: WHO, or everybody --where."""
    if len(words_) != (2 if where is None else 1):
        expected = "enrol WHO CADENCE, or enrol --where FILTER CADENCE"
        raise UsageError("it is not clear who is enrolled in what", f"{expected}; put names in quotes")
    *whos, cadence = words_
    if where is None:
        ids = [session.who(who) for who in whos]
    else:
        ids = [prospect.id for prospect in session.services.prospects.find(where)]
        if not ids:
            raise NothingFound(f"nobody matches {where}")
    day = session.when(on).date if on else None
    service, changes = session.services.cadences, None
    if dry_run:
        view = service.enrol_preview(ids, cadence, step=step, on=day, per_day=per_day)
    else:
        view, changes = service.enrol(ids, cadence, step=step, on=day, per_day=per_day)
    data = {
        "enrolled": view.enrolled,
        "refused": [{"prospect": who, "why": why} for who, why in view.refused],
        "first": view.first,
        "last": view.last,
        "days": [{"date": on_day, "n": number} for on_day, number in view.days],
        "channels": dict(view.channels),
        "replaced": dict(view.replaced),
        "dry_run": dry_run,
        "undo": changes.name if changes else None,
    }
    session.show(data, _enrolled(view, cadence, changes, session))
    return 0 if view.enrolled or dry_run else 1


def list_(session: Session) -> None:
    """Print the cadences and how many are on them."""
    found = session.services.cadences.list()
    table = [
        (one.name, one.for_relation, words.count(len(one.steps), "step"), one.enrolled, _then(one)) for one in found
    ]
    head = ("name", "for", "steps", "enrolled", "then")
    lines = rows([head, *table], indent="")
    session.show({"cadences": found}, [session.paint.dim(lines[0]), *lines[1:]])


def show(
    session: Session,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    begin: Annotated[str | None, typer.Option("--from", metavar="WHEN", help="The day somebody starts.")] = None,
    calendar: Annotated[bool, typer.Option("--calendar", help="As if every day were a working day.")] = False,
) -> None:
    """Print one cadence, step by step, with the dates from a day."""
    one = cadence_files.named(session.services.cadences.list(), name)
    day = session.when(begin).date if begin else session.today
    dates = session.services.cadences.ahead(one.name, day, every_day=calendar)
    session.show({"cadence": one, "from": day, "dates": dates}, _cadence(one, dates, day, session))


def _cadence(one: CadenceView, dates: Sequence[AheadView], begin: date, session: Session) -> Iterator[str]:
    """Return one cadence as lines: its steps, and its dates for somebody who is always on time."""
    source = f" ({line(one.source)})" if one.source else ""
    on = words.count(one.enrolled, "prospect")
    yield f"{session.paint.bold(line(one.name))}{source} · for {one.for_relation}, version {one.version}, {on} on it"
    yield from rows([(f"step {number}", f"day {step}", "") for number, step in enumerate(one.steps, 1)])
    yield f"  then {_then(one)}"
    yield ""
    yield session.paint.bold(f"From {words.day(begin, session.today)}")
    yield from rows([_date(step, begin, session.today) for step in dates])


def _date(step: AheadView, begin: date, today: date) -> tuple[object, ...]:
    """Return one date of a cadence as cells: day of the cadence, date, channels, step, reason."""
    number = f"day {(step.date - begin).days + 1}"
    what = (step.channel or "") + (f" + {step.companion}" if step.companion else "")
    at = words.step(step.step, None) if step.kind == "step" else step.kind
    return (number, words.short_day(step.date, today), what or "asks", at, step.reason)


def _then(one: CadenceView) -> str:
    """Return what follows the last step."""
    return line(one.then)


def _enrolled(view: EnrolView, cadence: str, changes: Changes | None, session: Session) -> Iterator[str]:
    """Return what an enrolment did, or would do."""
    who = words.count(view.enrolled, "prospect")
    yield f"{'Enrolled' if changes else 'Would enrol'}: {who} in {line(cadence)}"
    if view.replaced:
        yield f"Ends: {', '.join(f'{line(name)} for {number}' for name, number in view.replaced)}"
    if view.first is not None:
        by = ", ".join(f"{channel} {number}" if view.enrolled > 1 else channel for channel, number in view.channels)
        last = "" if view.last in (None, view.first) else f"; the last ones start {words.day(view.last, session.today)}"
        yield f"The first touch: {words.day(view.first, session.today)}, by {by}{last}"
    if len(view.days) > 1:
        shown = [f"{words.short_day(on, session.today)}: {number}" for on, number in view.days[:DAYS]]
        more = f" … and {len(view.days) - DAYS} days more" if len(view.days) > DAYS else ""
        full = f"; {view.full} later, for the blocks are full" if view.full else ""
        yield f"At most {view.per_day} a working day{full}: {', '.join(shown)}{more}"
    if view.unmet:
        names = ", ".join(words.person(one) for one in view.unmet[:DAYS]) + (" …" if len(view.unmet) > DAYS else "")
        yield f"Their hours meet no block of the week: {names}"
        yield "  use another channel, move them to a time of your own, or add a block"
    if view.refused:
        yield f"Refused: {words.count(len(view.refused), 'prospect')}"
    for who_view, why in view.refused[:SHOWN]:
        yield f"  not enrolled: {words.person(who_view)} – {line(why)}"
    if len(view.refused) > SHOWN:
        yield f"  … and {len(view.refused) - SHOWN} more; --json lists all"
    if changes is None:
        yield "Nothing was changed."
    else:
        yield from session.undo_hint(changes)
