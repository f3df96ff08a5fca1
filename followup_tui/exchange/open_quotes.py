"""What stands behind a quotation mark that never closes: pieces of one text, which are no rows and nobody's names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from followup_tui.exchange.delimited import UNCLOSED, Record
from followup_tui.exchange.dialect import is_personal


def without_pieces(records: Iterable[Record], width: int) -> Iterator[Record]:
    """Yield the records of a table of so many columns; the pieces behind an open quote come as one problem.

    A piece has another number of cells, and no e-mail or phone alone in one. The first row that is as wide as its
    header ends them.
    """
    opened = first = last = 0
    for record in records:
        if opened and (record.problem == UNCLOSED or (not record.problem and _is_piece(record.cells, width))):
            first, last = first or record.line, record.line
            continue
        if first:
            yield Record(first, [], _told(first, last, opened))
            first = 0
        if record.problem == UNCLOSED:
            opened = record.line
        elif len(record.cells) == width:
            opened = 0
        yield record
    if first:
        yield Record(first, [], _told(first, last, opened))


def _is_piece(cells: list[str], width: int) -> bool:
    return len(cells) != width and not is_personal(cells)


def _told(first: int, last: int, opened: int) -> str:
    lines = f"lines {first} to {last} are" if last > first else "it is"
    return f"{lines} no row but text behind the quotation mark that opens in line {opened}; close it there"
