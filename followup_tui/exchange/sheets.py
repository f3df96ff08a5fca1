"""`python -m followup_tui.exchange.sheets FILE [NAMES]`: the sheet of people in a workbook, as lines of JSON.

A process of its own, because the library that reads workbooks ends its process when a damaged or hostile file makes it
ask for too much memory: here that costs one message. Lines: `["sheet", name, header, known, others]`, then
`[row, [cells]]` for every row with anything in it, `["gaps", row, [[column, error]], others]` for every row with cells
that could not be read (`others`: whether it has anything else), then `["end"]`; or `["error", what]` in their place.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any

from followup_tui.exchange.dialect import HEADER_WITHIN, header_row
from followup_tui.exchange.sheet_gaps import Gaps, gaps_of
from followup_tui.exchange.values import text_of

MEMORY = 1 << 30
"""Bytes of address space; a hundred thousand rows of thirty columns need half of it."""
SHEETS = 100
MERGED = 10_000
"""Rows one merged cell may reach down."""
Rows = Iterator[tuple[int, list[str]]]


def rows_of(sheet: Any) -> Rows:
    """Yield number and cells of every row that has any."""
    for number, cells in enumerate(sheet.iter_rows(), 1):
        texts = list(map(text_of, cells))
        while texts and not texts[-1].strip():
            texts.pop()
        if texts:
            yield number, texts


def body(sheet: Any, first: int, gaps: Gaps) -> Iterator[list[object]]:
    """Yield the rows from the header row on, then what could not be read in them or stands in rows of its own."""
    empty, shift = set(gaps), sheet.start[1] if sheet.start else 0
    for number, cells in spread(sheet, shift):
        if number >= first:
            empty.discard(number)
            yield [number, cells]
    for number in sorted(gaps):
        if number > first:
            yield ["gaps", number, [[column - shift, text] for column, text in gaps[number]], number not in empty]


def spread(sheet: Any, shift: int) -> Rows:
    """Yield the rows with what is merged down several of them in each; `shift` columns are left of the first one."""
    tops = {
        (row, column - shift): first
        for (first, column), (last, right) in sheet.merged_cell_ranges or ()
        if column == right
        for row in range(first + 1, min(last, first + MERGED) + 1)
    }
    columns = {column for _, column in tops}
    kept: dict[tuple[int, int], str] = {}
    for number, cells in rows_of(sheet):
        for column in columns:
            first = tops.get((number - 1, column), -1)
            if first < 0:
                kept[number - 1, column] = cells[column] if column < len(cells) else ""
            elif text := kept.get((first, column), ""):
                cells.extend([""] * (column + 1 - len(cells)))
                cells[column] = cells[column] or text
        yield number, cells


def choose(workbook: Any, wanted: Collection[str]) -> tuple[int, list[str]]:
    """Return the first sheet with a header row of two known names, else of one, else with anything; and the others.

    ValueError when none could be read.
    """
    best, best_known, problem = -1, -1, ""
    people: list[int] = []
    metadata = workbook.sheets_metadata[:SHEETS]
    hidden = [i for i, about in enumerate(metadata) if not str(about.visible).endswith("Visible")]
    for index in sorted(range(len(metadata)), key=lambda i: i in hidden):
        try:
            head = [cells for _, cells in islice(rows_of(_sheet(workbook, index)), HEADER_WITHIN)]
        except ValueError as error:
            problem = problem or str(error)
            continue
        known = header_row(head, wanted)[1] if head else -1
        if known > 1:
            people.append(index)
        if min(known, 2) > best_known:
            best, best_known = index, min(known, 2)
    if best < 0 and problem:
        raise ValueError(problem)
    return best, [metadata[i].name for i in people if i != best]


def _sheet(workbook: Any, index: int) -> Any:
    """Return a sheet; ValueError for a chart, or one that can't be read."""
    from python_calamine import CalamineError

    try:
        return workbook.get_sheet_by_index(index)
    except CalamineError as error:
        raise ValueError(str(error)) from None


def lines(path: str, wanted: Collection[str]) -> Iterator[list[object]]:
    """Yield what is printed."""
    from python_calamine import CalamineError, PasswordError, load_workbook

    try:
        workbook = load_workbook(path)
        index, others = choose(workbook, wanted)
        if index < 0:
            yield ["error", "empty"]
            return
        sheet = _sheet(workbook, index)
        head = list(islice(rows_of(sheet), HEADER_WITHIN))
        at, known = header_row([cells for _, cells in head], wanted)
        yield ["sheet", workbook.sheet_names[index], head[at][0], known, others]
        yield from body(sheet, head[at][0], gaps_of(path, workbook.sheet_names[index]))
        yield ["end"]
    except PasswordError:
        yield ["error", "password"]
    except (CalamineError, ValueError) as error:
        yield ["error", f"damaged: {error}"]


def main(path: str, wanted: str = "[]") -> None:
    """Print the lines within the limit of memory."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        for line in lines(path, set(json.loads(wanted))):
            print(json.dumps(line))
    except BrokenPipeError:
        sys.stderr.close()
    except BaseException as error:  # a panic of the library is no Exception
        print(json.dumps(["error", f"damaged: {type(error).__name__}"]))


if __name__ == "__main__":
    main(*sys.argv[1:])
