"""followup merge and followup duplicates: two prospects that are one person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from followup_tui.cli import words
from followup_tui.cli.command import offer
from followup_tui.cli.session import Session
from followup_tui.cli.table import line, rows
from followup_tui.cli.waiting import Waiting
from followup_tui.errors import NothingFound, UsageError

if TYPE_CHECKING:
    from followup_tui.services.views.merging import MergeSideView, MergeView, PairView

SHOWN = 50
"""Pairs named on screen; --json names all."""
_Who = Annotated[str, typer.Argument(help="An id or its beginning, an email, a phone number, or a name.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    offer(app, "merge", merge)
    offer(app, "duplicates", duplicates)


def merge(
    session: Session,
    a: _Who,
    b: _Who,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    keep: Annotated[
        list[str] | None,
        typer.Option("--keep", metavar="FIELD=a|b", help="Whose value stands first; may be repeated."),
    ] = None,
) -> None:
    """Make B part of A: details, timelines, tags and notes of both are kept, A's id stays."""
    one, two, chosen = session.who(a), session.who(b), _chosen(keep or [])
    service = session.services.merging
    if dry_run:
        view = service.preview(one, two, chosen)
        session.show(view, [*_report(view, session), "Nothing was written: this was a dry run"])
        return
    view, changes = service.merge(one, two, chosen)
    session.show(view, [*_report(view, session), *session.undo_hint(changes)])


def duplicates(
    session: Session,
    apart: Annotated[
        tuple[str, str] | None, typer.Option("--apart", metavar="A B", help="Say that these are two people.")
    ] = None,
) -> int | None:
    """List who may be here twice: same e-mail, same phone, near name and company; the surest first."""
    service = session.services.duplicates
    if apart is not None:
        one, two = session.who(apart[0]), session.who(apart[1])
        changes = service.apart(one, two)
        names = " and ".join(words.person(session.services.prospects.get(key)) for key in (one, two))
        session.show({"apart": [one, two], "undo": changes.name}, [f"Two people: {names}", *session.undo_hint(changes)])
        return None
    with Waiting() as waiting:
        found = service.scan(waiting.of("people"))
    if not found and not session.options.json:
        raise NothingFound("nobody looks like somebody else", "followup find lists everybody")
    session.show({"pairs": found}, _table(found))
    return None if found else NothingFound.exit_code


def _chosen(pairs: list[str]) -> dict[str, str]:
    """Return field → side of the --keep options."""
    found = {}
    for pair in pairs:
        name, equals, side = pair.partition("=")
        if not equals or not name.strip() or not side.strip():
            raise UsageError(f"--keep “{pair}” is not FIELD=a or FIELD=b", "as --keep company=b")
        found[name.strip().casefold()] = side.strip().casefold()
    return found


def _table(found: list[PairView]) -> Iterator[str]:
    """Return the pairs as lines: how alike, who, why, and the ids that `merge` takes."""
    head = ("alike", "a", "b", "why", "ids")
    lines = [
        (f"{pair.score} %", words.person(pair.a), words.person(pair.b), ", ".join(pair.reasons), _ids(pair))
        for pair in found[:SHOWN]
    ]
    yield from rows([head, *lines], indent="", widest=36)
    if len(found) > SHOWN:
        yield f"… and {len(found) - SHOWN:,} more; --json lists all"
    yield f"{words.count(len(found), 'pair')}. followup merge A B makes one of two; --apart A B says they are two"


def _ids(pair: PairView) -> str:
    return f"{pair.a.id} {pair.b.id}"


def _report(view: MergeView, session: Session) -> Iterator[str]:
    """Return the two side by side where they differ, and what the merge means."""
    yield f"{_named(view.a)} + {_named(view.b)}"
    table: list[tuple[object, ...]] = []
    for one in view.fields:
        if one.differs:
            marks = ("* " if one.chosen == "a" else "  ", "* " if one.chosen == "b" else "  ")
            table.append((one.field, marks[0] + (one.a or "–"), marks[1] + (one.b or "–"), one.other))
    yield from rows(table)
    yield from (f"  {line(said)}" for said in view.told)
    yield f"Next: {words.next_touch(view.next_touch, session.today)}"


def _named(side: MergeSideView) -> str:
    name = f"{line(side.name)}, {line(side.company)}" if side.company else line(side.name)
    return f"{name} ({side.relation}, {words.count(side.touches, 'touch', 'touches')}, id {side.id})"
