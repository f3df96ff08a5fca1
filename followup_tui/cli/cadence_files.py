"""Commands that change cadences: cadence add, edit, export, copy, retire, migrate."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from followup_tui.cli import words
from followup_tui.cli.command import offer
from followup_tui.cli.output import put
from followup_tui.cli.session import Session
from followup_tui.cli.table import line, rows
from followup_tui.errors import NothingFound, UsageError

if TYPE_CHECKING:
    from datetime import date

    from followup_tui.services.changes import Changes
    from followup_tui.services.views import CadenceView, MigrationRow

Name = Annotated[str, typer.Argument(metavar="NAME", help="A cadence, or the beginning of its name.")]
Running = Annotated[
    str | None,
    typer.Option("--running", metavar="keep|migrate", help="Who is on it: keep the version before, or migrate."),
]
SHOWN = 40
"""People in a table of date changes; --json names all."""


def register(cadence: typer.Typer) -> None:
    """Add the commands of this file to the group of cadences."""
    for verb in (add, edit, export, copy, retire, migrate):
        offer(cadence, verb.__name__, verb)


def add(
    session: Session,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A cadence as TOML.")],
    running: Running = None,
) -> None:
    """Read a cadence from a file; one with the same name gets a new version."""
    how = words.choose("--running", running, ("keep", "migrate"))
    _saved(session, *session.services.cadences.add(file), how)


def edit(
    session: Session,
    name: Name,
    file: Annotated[
        Path | None, typer.Option("--file", metavar="FILE", help="The new text, instead of $EDITOR.")
    ] = None,
    running: Running = None,
) -> int:
    """Change a cadence in $EDITOR; who is on it keeps the version before, or is migrated."""
    from followup_tui.services.cadence_files import read_text

    how = words.choose("--running", running, ("keep", "migrate"))
    one = named(session.services.cadences.list(), name)
    if file is not None:
        _saved(session, *session.services.cadences.save(one.name, read_text(file), file.name), how)
        return 0
    if not sys.stdin.isatty():
        raise UsageError("an editor needs a terminal", f"followup cadence edit “{one.name}” --file FILE")
    from followup_tui.cli.editing import edited

    saved = edited(session.services.cadences, one.name)
    if saved is None:
        session.show({"cadence": one, "undo": ""}, [f"Unchanged: {line(one.name)}, version {one.version}"])
        return 0
    _saved(session, *saved, how)
    return 0


def export(
    session: Session,
    name: Name,
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="Without it the text goes to stdout.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Over a file that is there.")] = False,
) -> None:
    """Write a cadence as TOML."""
    one = named(session.services.cadences.list(), name)
    if file is None:
        text = session.services.cadences.text(one.name)
        session.show({"cadence": one, "text": text}, text.splitlines())
        return
    session.services.cadences.export(one.name, file, replace=replace)
    session.show({"cadence": one, "file": str(file)}, [f"Written: {line(one.name)} to {line(file)}"])


def copy(session: Session, name: Name, new: Annotated[str, typer.Argument(metavar="NEW")]) -> None:
    """Make a cadence with the steps of another."""
    one = named(session.services.cadences.list(), name)
    _saved(session, *session.services.cadences.copy(one.name, new))


def retire(session: Session, name: Name) -> None:
    """Take a cadence out of the list; who is on it goes on."""
    one = named(session.services.cadences.list(), name)
    view, changes = session.services.cadences.retire(one.name)
    on = f", {words.count(view.enrolled, 'prospect')} still on it" if view.enrolled else ""
    data = {"cadence": view, "undo": changes.name}
    session.show(data, [f"Retired: {line(view.name)}{on}", *session.undo_hint(changes)])


def migrate(
    session: Session,
    name: Name,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only print what would change.")] = False,
) -> None:
    """Move everybody on an older version to the newest, with the table of date changes."""
    one = named(session.services.cadences.list(), name)
    table = session.services.cadences.migration(one.name)
    number, changes = (0, None) if dry_run or not table else session.services.cadences.migrate(one.name)
    data = {"cadence": one, "migrated": number, "rows": table, "undo": changes.name if changes else ""}
    session.show(data, _migrated(session, one, table, number, changes))


def named(cadences: list[CadenceView], name: str) -> CadenceView:
    """Return the cadence of a name, or of its only one that begins so."""
    wanted = name.strip().casefold()
    exact = [one for one in cadences if one.name.casefold() == wanted]
    begun = exact or [one for one in cadences if wanted and one.name.casefold().startswith(wanted)]
    if len(begun) == 1:
        return begun[0]
    names = ", ".join(one.name for one in (begun or cadences))
    if begun:
        raise UsageError(f"“{name}” may be several cadences", names)
    raise NothingFound(f"no cadence is called “{name}”", f"there are {names}" if names else "")


def _saved(session: Session, view: CadenceView, changes: Changes, running: str | None = None) -> None:
    """Print what was saved; who is still on a version before is kept there, or migrated: as said, or as asked for."""
    if not changes.change:
        session.show({"cadence": view, "undo": ""}, [f"Unchanged: {line(view.name)}, version {view.version}"])
        return
    table = session.services.cadences.migration(view.name) if view.version > 1 else ()
    lines = [f"Saved: {line(view.name)}, version {view.version}, {words.count(len(view.steps), 'step')}"]
    if table:
        lines += [f"{words.count(len(table), 'prospect')} on a version before; moving them would change:"]
        lines += _table(table, session.today)
    if table and running is None and not session.options.json and sys.stdin.isatty():
        put(lines)
        lines, running = [], _asked(len(table))
    number = session.services.cadences.migrate(view.name)[0] if table and running == "migrate" else 0
    if number:
        lines += [f"Migrated: {words.count(number, 'prospect')}", session.paint.dim("followup undo 2 takes both back")]
    elif table:
        later = f"followup cadence migrate “{line(view.name)}” moves them"
        lines += [f"Kept: they go on with the version before; {later}", *session.undo_hint(changes)]
    else:
        lines += session.undo_hint(changes)
    kept = "migrate" if number else "keep"
    data = {"cadence": view, "undo": changes.name, "rows": table, "running": kept if table else None}
    session.show({**data, "migrated": number}, lines)


def _asked(number: int) -> str:
    """Ask on the terminal what becomes of those on the version before; an empty line keeps them."""
    from followup_tui.cli.editing import agreed

    return "migrate" if agreed(f"Migrate {words.count(number, 'prospect')}?", default=False) else "keep"


def _migrated(
    session: Session, one: CadenceView, table: Sequence[MigrationRow], number: int, changes: Changes | None
) -> Iterator[str]:
    """Return what a migration did, or would do."""
    if not table:
        yield f"Everybody on {line(one.name)} is on version {one.version}"
        return
    yield from _table(table, session.today)
    if changes is None:
        yield f"Nothing was changed: {words.count(len(table), 'prospect')} would move to version {one.version}"
        return
    yield f"Migrated: {words.count(number, 'prospect')} to {line(one.name)}, version {one.version}"
    yield from session.undo_hint(changes)


def _table(table: Sequence[MigrationRow], today: date) -> Iterator[str]:
    """Return the date changes, one line each."""

    def day(when: date | None) -> str:
        return words.short_day(when, today) if when else "no step planned"

    def row(one: MigrationRow) -> tuple[object, ...]:
        same = (one.step_from, one.date_from) == (one.step_to, one.date_to)
        before = f"step {one.step_from}, {day(one.date_from)}"
        after = "as it is" if same else f"step {one.step_to}, {day(one.date_to)}"
        return (words.person(one.prospect), f"version {one.version}", before, "→", after)

    yield from rows([row(one) for one in table[:SHOWN]])
    if len(table) > SHOWN:
        yield f"  … and {len(table) - SHOWN} more; --json lists all"
