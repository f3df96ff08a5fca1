"""Delimited text files: from a path to a Reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from followup_tui.errors import FollowupError, UsageError
from followup_tui.exchange.columns import Plan, listed, make_plan, reaches_people, unique, wanted_names
from followup_tui.exchange.delimited import records
from followup_tui.exchange.dialect import Dialect, find_dialect, is_personal
from followup_tui.exchange.drafts import Draft, Rejection
from followup_tui.exchange.encodings import Encoding, detect
from followup_tui.exchange.kinds import looks_binary
from followup_tui.exchange.reading import Options, Reading
from followup_tui.exchange.recognise import source_of
from followup_tui.exchange.rows import RowReader

_ZERO_WIDTH = re.compile("[\ufeff\x00]")
_MAP_HINT = "name the columns, as in --map name=COLUMN --map phone=COLUMN"


def open_table(path: Path, options: Options) -> Reading:
    """Open a table of people; FollowupError when it is empty, binary, has no header row, or names nobody."""
    encoding = detect(path)
    with path.open("rb") as file:
        if not encoding.name.startswith(("utf-16", "utf-32")) and looks_binary(file.read(1 << 16)):
            raise FollowupError(f"{path.name}: this is no text file", "export the contacts as CSV and import that")
    dialect = find_dialect(path, encoding, wanted_names(options.mapping))
    if not dialect.line:
        raise FollowupError(f"{path.name}: no rows", "export it again with the contacts in it")
    source = source_of(dialect.header)
    if not options.mapping and is_personal(dialect.header):
        raise FollowupError(
            f"{path.name}: line {dialect.line} is already a person, a header row is missing",
            "put a line such as Name,Email,Phone on top; other names can be told with --map FIELD=COLUMN",
        )
    try:
        plan = make_plan(dialect.header, source, options.mapping)
    except UsageError as error:
        raise UsageError(f"{path.name}: {error.title}", error.hint) from None
    if not reaches_people(plan):
        raise FollowupError(
            f"{path.name}: no column with a name, company, e-mail or phone; its columns are {listed(dialect.header)}",
            _MAP_HINT,
        )
    return Reading(
        path,
        format=source,
        encoding=encoding.name,
        delimiter=dialect.delimiter,
        columns=plan.columns,
        produce=lambda: _people(path, encoding, dialect, plan, options.default_region),
    )


def read_cells(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line and cells by header of every sound row, whatever its columns mean: the first row is the header row."""
    encoding = detect(path)
    dialect = find_dialect(path, encoding)
    header: list[str] = []
    for record in records(path, encoding, dialect.delimiter):
        if not header:
            header = unique(record.cells)
        elif record.cells and not record.problem:
            yield record.line, dict(zip(header, record.cells, strict=False))


def _people(path: Path, encoding: Encoding, dialect: Dialect, plan: Plan, region: str) -> Iterator[Draft | Rejection]:
    reader = RowReader(plan, region)
    width = len(plan.headers)
    header = [cell.strip() for cell in dialect.header]
    for record in records(path, encoding, dialect.delimiter, after=dialect.last_line):
        line, cells = record.line, record.cells
        if record.problem:
            yield Rejection(line, "", record.problem)
            continue
        if len(cells) > width:
            if any(map(str.strip, cells[width:])):
                mark = _named(dialect.delimiter)
                why = f"{len(cells)} cells under {width} columns; put a cell that holds {mark} in quotation marks"
                yield Rejection(line, "", why)
                continue
            del cells[width:]
        if not any(cells) or not any(map(_content, cells)):
            continue
        if cells[0].strip() == header[0] and [cell.strip() for cell in cells] == header:
            yield Rejection(line, "", "the header row once more; nothing to do")
            continue
        yield from reader.read(line, cells)
        if record.damaged:
            why = f"bytes that are not {encoding.name}; read as Windows-1252, check the letters"
            yield Rejection(line, "encoding", why)


def _content(cell: str) -> str:
    return _ZERO_WIDTH.sub("", cell).strip()


def _named(delimiter: str) -> str:
    return {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a bar"}.get(delimiter, delimiter)
