"""Delimited text files: from a path to a Reading."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from followup_tui.errors import FollowupError
from followup_tui.exchange.activities import touches
from followup_tui.exchange.activity_columns import columns_of, layout_of
from followup_tui.exchange.columns import unique, wanted_names
from followup_tui.exchange.delimited import Record, records
from followup_tui.exchange.dialect import find_dialect
from followup_tui.exchange.drafts import Draft, Rejection
from followup_tui.exchange.encodings import detect, named
from followup_tui.exchange.grid import head_of, people, samples_of
from followup_tui.exchange.kinds import looks_binary
from followup_tui.exchange.open_quotes import without_pieces
from followup_tui.exchange.reading import Options, Reading


def open_table(path: Path, options: Options) -> Reading:
    """Open a table of people; FollowupError when it is empty, binary, has no header row, or names nobody."""
    encoding = named(options.encoding) if options.encoding else detect(path)
    with path.open("rb") as file:
        if not encoding.name.startswith(("utf-16", "utf-32")) and looks_binary(file.read(1 << 16)):
            raise FollowupError(f"{path.name}: this is no text file", "export the contacts as CSV and import that")
    dialect = find_dialect(path, encoding, wanted_names(options.mapping), options.delimiter)
    if not dialect.line:
        raise FollowupError(f"{path.name}: no rows", "export it again with the contacts in it")
    region = options.default_region
    if (layout := layout_of(dialect.header)) is not None:
        rows_after = partial(records, path, encoding, dialect.marks, after=dialect.last_line)
        return Reading(
            path,
            format=layout.source,
            encoding=encoding.name,
            delimiter=dialect.delimiter,
            columns=columns_of(layout),
            produce=lambda: iter(()),
            touches=lambda zone: touches(layout, rows_after(), region, zone),
        )
    head = head_of(path, dialect.header, dialect.line, options)

    def rows() -> Iterator[Record]:
        found = records(path, encoding, dialect.marks, after=dialect.last_line)
        return without_pieces(found, len(head.cells))

    def produce() -> Iterator[Draft | Rejection]:
        return people(head, rows(), region, mark=_named(dialect.delimiter), codec=encoding.name)

    return Reading(
        path,
        format=head.source,
        encoding=encoding.name,
        delimiter=dialect.delimiter,
        columns=head.plan.columns,
        produce=produce,
        samples=lambda: samples_of(head, rows()),
        recalled=head.recalled,
    )


def read_cells(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line and cells by header of every sound row, whatever its columns mean: the first row is the header row."""
    encoding = detect(path)
    dialect = find_dialect(path, encoding)
    header: list[str] = []
    for record in records(path, encoding, dialect.marks):
        if not header:
            header = unique(record.cells)
        elif record.cells and not record.problem:
            yield record.line, dict(zip(header, record.cells, strict=False))


def _named(delimiter: str) -> str:
    return {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a bar"}.get(delimiter, delimiter)
