"""Commands for files: import and export."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace as with_
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from followup_tui.cli import words
from followup_tui.cli.command import offer
from followup_tui.cli.session import Session
from followup_tui.cli.table import line
from followup_tui.cli.waiting import Waiting
from followup_tui.errors import UsageError

if TYPE_CHECKING:
    from followup_tui.services.changes import Changes
    from followup_tui.services.views import FileReportView, ImportView

SHOWN = 20
"""Rejected rows named on screen, per file; --json names all."""
COLUMNS = 12
"""Columns named on screen, of each sort."""
IMPORTED = ("auto", "csv", "xlsx", "vcard", "json")
EXPORTED = ("csv", "json", "vcard")
_STDOUT = Path("-")
_ENDINGS = {".csv": "csv", ".json": "json", ".vcf": "vcard", ".vcard": "vcard"}


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    offer(app, "import", import_)
    offer(app, "export", export)


def import_(
    session: Session,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...")],
    format: Annotated[str, typer.Option("--format", metavar="|".join(IMPORTED))] = "auto",
    map: Annotated[list[str] | None, typer.Option("--map", metavar="FIELD=COLUMN", help="May be repeated.")] = None,
    cadence: Annotated[
        str | None, typer.Option("--cadence", help="Enrol them; without it they rest in the pool.")
    ] = None,
    per_day: Annotated[int | None, typer.Option("--per-day", min=1, help="How many start on one working day.")] = None,
    tag: Annotated[list[str] | None, typer.Option("--tag", help="For everybody who comes; may be repeated.")] = None,
    encoding: Annotated[str, typer.Option("--encoding", help="Without it recognised, as utf-8 or cp1252.")] = "",
    delimiter: Annotated[str, typer.Option("--delimiter", help="Without it recognised: , ; | or tab.")] = "",
    known_only: Annotated[
        bool, typer.Option("--known-only", help="Of touches, only those of people who are here.")
    ] = False,
    all_or_nothing: Annotated[
        bool, typer.Option("--all-or-nothing", help="Nobody, when a row or a field can't be taken.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only report what would happen.")] = False,
) -> None:
    """Bring people in from files; rejected rows are named."""
    if per_day is not None and cadence is None:
        raise UsageError("--per-day needs --cadence", "it says how many start on one day")
    with Waiting() as waiting:
        view, changes = session.services.exchange.import_files(
            files,
            format=words.choose("--format", format, IMPORTED) or "auto",
            mapping=_mapping(map or []),
            cadence=cadence,
            per_day=per_day,
            tags=tag or (),
            encoding=encoding,
            delimiter={"tab": "\t", "\\t": "\t"}.get(delimiter, delimiter),
            known_only=known_only,
            all_or_nothing=all_or_nothing,
            dry_run=dry_run,
            progress=waiting.counting("rows"),
        )
    if changes.change:
        view = with_(view, similar=session.services.duplicates.similar(changes.change))
    session.show(view, _report(view, changes, session))


def export(
    session: Session,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write; - is stdout.")],
    format: Annotated[str | None, typer.Option("--format", metavar="|".join(EXPORTED))] = None,
    where: Annotated[str, typer.Option("--where", metavar="FILTER", help="Only who matches.")] = "",
    raw: Annotated[
        bool, typer.Option("--raw", help="Cells as they are, even if a spreadsheet would run them.")
    ] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Over a file that is there.")] = False,
) -> None:
    """Write the prospects to a file; JSON is complete, vCard is for address books."""
    chosen = words.choose("--format", format, EXPORTED) or _ENDINGS.get(file.suffix.casefold())
    if chosen is None:
        raise UsageError(f"what to write is not clear from “{file.name}”", f"use --format {'|'.join(EXPORTED)}")
    services = session.services
    with Waiting() as waiting:
        told = waiting.counting("people", services.prospects.count(where))
        number = services.exchange.export(
            file, format=chosen, where=where, raw=raw, replace=replace, out=_stdout(file), progress=told
        )
    if file == _STDOUT:
        return
    data = {"file": str(file), "format": chosen, "prospects": number}
    session.show(data, [f"Written: {words.count(number, 'prospect')} to {line(file)} ({chosen})"])


def _stdout(file: Path) -> TextIO | None:
    """Return stdout as a file that changes no line ends, when it is what is written to."""
    if file != _STDOUT:
        return None
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    return sys.stdout


def _mapping(pairs: Sequence[str]) -> dict[str, str]:
    """Return field → column of the --map options."""
    found = {}
    for pair in pairs:
        name, equals, column = pair.partition("=")
        if not equals or not name.strip() or not column.strip():
            raise UsageError(f"--map “{pair}” is not FIELD=COLUMN", 'as --map phone="Direct line"')
        found[name.strip()] = column.strip()
    return found


def _report(view: ImportView, changes: Changes, session: Session) -> Iterator[str]:
    """Return what an import did with each file."""
    for file in view.files:
        yield from _file(file, session)
    if view.enrolled:
        yield f"Enrolled: {words.count(view.enrolled, 'prospect')} in {line(view.cadence)}"
    if view.dry_run:
        yield "Nothing was written: this was a dry run"
    else:
        if view.similar:
            alike = words.count(view.similar, "looks", "look") + " like somebody who is here"
            yield f"{alike}: followup duplicates names the pairs"
        elif view.similar is None and any(file.created for file in view.files):
            yield "Too many to compare in passing: followup duplicates looks for people who are there twice"
        yield from session.undo_hint(changes)


def _file(file: FileReportView, session: Session) -> Iterator[str]:
    """Return the report on one file."""
    sheet = f"sheet {line(file.sheet)}" if file.sheet else ""
    about = [file.format, line(file.source), sheet, file.encoding, _delimiter(file.delimiter)]
    yield f"{session.paint.bold(line(file.file))} ({', '.join(part for part in about if part)})"
    numbers = [f"{getattr(file, part):,} {part}" for part in ("created", "updated", "skipped")]
    yield f"  {words.count(file.rows, 'row')}: {', '.join(numbers)}, {len(file.rejected):,} rejected"
    if file.touches or file.doubled:
        told = ", ".join(f"{line(name)} {number:,}" for name, number in file.touches.items()) or "none new"
        yield f"  touches: {told}" + (f", {file.doubled:,} here already" if file.doubled else "")
    if file.recalled:
        yield "  columns as for the last file with this header row; --map says otherwise"
    placed = [f"{line(name)} → {field}" for name, field in file.columns.items() if field not in ("", "extra", "label")]
    yield from _listed("columns", placed)
    yield from _listed("kept as they are", [line(name) for name, field in file.columns.items() if field == "extra"])
    yield from _listed("left out", [line(name) for name, field in file.columns.items() if not field])
    for row in file.rejected[:SHOWN]:
        field = f", {line(row.field)}" if row.field else ""
        yield f"  line {row.line}{field}: {line(row.why)}"
    if len(file.rejected) > SHOWN:
        yield f"  … and {len(file.rejected) - SHOWN} more; --json lists all"


def _listed(label: str, names: Sequence[str]) -> list[str]:
    """Return a line of names, the first ones when there are many; none without names."""
    more = f" … and {len(names) - COLUMNS} more" if len(names) > COLUMNS else ""
    return [f"  {label}: {', '.join(names[:COLUMNS])}{more}"] if names else []


def _delimiter(character: str) -> str:
    """Return a delimiter by its name."""
    names = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "space"}
    return names.get(character, line(character))
