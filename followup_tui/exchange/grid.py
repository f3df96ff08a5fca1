"""What every table of people has in common, whatever file it came from: a header row makes a plan, rows follow it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from followup_tui.domain.cleaning import clean_stored
from followup_tui.errors import FollowupError, UsageError
from followup_tui.exchange.columns import Plan, listed, make_plan, reaches_people, unique
from followup_tui.exchange.delimited import Record
from followup_tui.exchange.dialect import is_personal
from followup_tui.exchange.drafts import Draft, Rejection
from followup_tui.exchange.reading import Options
from followup_tui.exchange.recognise import source_of
from followup_tui.exchange.rows import RowReader
from followup_tui.records import dataclass

_ZERO_WIDTH = re.compile("[\ufeff\x00\x1a]")
_LOOKED_AT, _SAMPLES, _SAMPLE_LENGTH = 50, 3, 60
"""Rows looked at for samples, samples of a column, characters of one."""
_MAP_HINT = "name the columns, as in --map name=COLUMN --map phone=COLUMN"


@dataclass(frozen=True, slots=True)
class Head:
    """The header row of a table and what was made of it."""

    cells: list[str]
    source: str
    """The program that wrote the table; `table` when it could be anybody's."""
    plan: Plan
    recalled: bool = False
    """Whether columns go where they went the last time."""


def head_of(path: Path, cells: list[str], line: int, options: Options, source: str = "") -> Head:
    """Make the plan of a header row; FollowupError when it is no header row, or no column names or reaches anybody.

    `source` is the program that wrote it; empty: told by the row.
    """
    source = source or source_of(cells)
    if not options.mapping and is_personal(cells):
        raise FollowupError(
            f"{path.name}: line {line} is already a person, a header row is missing",
            "put a line such as Name,Email,Phone on top; other names can be told with --map FIELD=COLUMN",
        )
    placed = options.placed
    recalled = False
    if options.recall is not None and not placed and not options.mapping:
        placed = options.recall(unique(cells))
        recalled = bool(placed)
    try:
        plan = make_plan(cells, source, options.mapping, placed)
    except UsageError as error:
        raise UsageError(f"{path.name}: {error.title}", error.hint) from None
    if not reaches_people(plan) and not options.placed:
        raise FollowupError(
            f"{path.name}: no column with a name, company, e-mail or phone; its columns are {listed(cells)}", _MAP_HINT
        )
    return Head(cells, source, plan, recalled)


def samples_of(head: Head, records: Iterable[Record]) -> dict[str, list[str]]:
    """Return the first different values of each column, as they may be shown."""
    found: dict[str, list[str]] = {name: [] for name in head.plan.headers}
    for record in islice(records, _LOOKED_AT):
        for name, cell in zip(found, record.cells, strict=False):
            text = clean_stored(cell[:_SAMPLE_LENGTH])
            if text and len(found[name]) < _SAMPLES and text not in found[name]:
                found[name].append(text)
    return found


def people(
    head: Head, records: Iterable[Record], region: str, *, mark: str = "", codec: str = ""
) -> Iterator[Draft | Rejection]:
    """Yield the people of the rows under a header; `mark` names what separates cells, `codec` the encoding."""
    reader = RowReader(head.plan, region)
    width = len(head.plan.headers)
    header = _folded(head.cells)
    for record in records:
        line, cells = record.line, record.cells
        if record.problem:
            yield Rejection(line, "", record.problem)
            continue
        if len(cells) > width:
            if any(map(str.strip, cells[width:])):
                yield Rejection(line, "", _too_wide(len(cells), width, mark))
                continue
            del cells[width:]
        whole = "".join(cells)
        plain = whole.isascii() and whole.isprintable()
        if not (whole.strip() if plain else any(map(_content, cells))):
            continue
        if cells[0].strip().casefold() == header[0] and _folded(cells) == header:
            yield Rejection(line, "", "the header row once more; nothing to do")
            continue
        yield from reader.read(line, cells, plain and "'" not in whole)
        if record.damaged:
            yield Rejection(line, "encoding", f"bytes that are not {codec}; read as Windows-1252, check the letters")


def _too_wide(cells: int, width: int, mark: str) -> str:
    advice = f"put a cell that holds {mark} in quotation marks" if mark else "give every column a name"
    return f"{cells} cells under {width} columns; {advice}"


def _folded(cells: list[str]) -> list[str]:
    return [cell.strip().casefold() for cell in cells]


def _content(cell: str) -> str:
    return cell and _ZERO_WIDTH.sub("", cell).strip()
