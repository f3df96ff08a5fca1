"""Where a table's header row stands and what separates its cells, judged by the column names we know."""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path

from followup_tui.errors import UsageError
from followup_tui.exchange.delimited import CELL_LIMIT, LINE_LIMIT, Marks
from followup_tui.exchange.details import is_usual_email
from followup_tui.exchange.encodings import Encoding
from followup_tui.exchange.headers import meaning, squash
from followup_tui.records import dataclass

DELIMITERS = (",", ";", "\t", "|")
_HEAD_LINES = 40
_HEAD_CHARS = 1 << 20
HEADER_WITHIN = 20
_LOOKED_AT = 1000
_EXCEL_SEPARATOR = re.compile(r'\ufeff?"?sep=(.)"?\s*', re.I)
_PERSONAL = re.compile(r"\s*(?:\S+@\S+\.\S+|\+?[\d(][\d\s().\-/]{6,})\s*")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file's cells are told apart and where its header row is."""

    marks: Marks
    line: int
    """1-based physical line at which the header row starts; 0 when the file has no row at all."""
    last_line: int
    """Line at which the header row ends."""
    header: list[str]
    known: int
    """How many different column names are known."""
    sample: list[list[str]]
    """The first rows below the header."""

    @property
    def delimiter(self) -> str:
        """What separates the cells."""
        return self.marks.delimiter


def find_dialect(path: Path, encoding: Encoding, wanted: Collection[str] = (), delimiter: str = "") -> Dialect:
    """Choose delimiter and header row among the first rows; `wanted` are further known names, squashed.

    A `delimiter` that is given is taken; UsageError when it is no single character.
    """
    csv.field_size_limit(max(csv.field_size_limit(), CELL_LIMIT))
    head = _head(path, encoding)
    first = 0
    delimiters: tuple[str, ...] = DELIMITERS
    if head and (separator := _EXCEL_SEPARATOR.fullmatch(head[0])):
        first, delimiters = 1, (separator[1],)
    if delimiter:
        if len(delimiter) != 1 or delimiter in '"\r\n':
            raise UsageError(f"{delimiter!r} can't separate cells", "as , or ; or | or tab")
        delimiters = (delimiter,)
    best: Dialect | None = None
    best_score: tuple[int, int, float, int, int] = (-1, 0, 0.0, 0, 0)
    for mark in delimiters:
        dialect = _held_together(Marks(mark), head[first:], first, wanted)
        same = [len(row) == len(dialect.header) for row in dialect.sample]
        consistency = sum(same) / len(same) if same and len(dialect.header) > 1 else 0.0
        several = int(len(dialect.header) > 1)
        score = (dialect.known, several, consistency, _addresses(dialect.sample), len(dialect.header))
        if score > best_score:
            best, best_score = dialect, score
    assert best is not None
    return best


def is_personal(cells: list[str]) -> bool:
    """Return whether a row holds an e-mail address or phone number, and so is no header."""
    return any(len(cell) < 200 and _PERSONAL.fullmatch(cell) for cell in cells[:_LOOKED_AT])


def _addresses(rows: Sequence[list[str]]) -> int:
    """Return how many cells are an e-mail address and nothing else: the wrong delimiter leaves words beside it."""
    return sum(is_usual_email(cell.strip()) for row in rows for cell in row[:_LOOKED_AT])


def _head(path: Path, encoding: Encoding) -> list[str]:
    lines: list[str] = []
    size = 0
    with encoding.open(path) as file:
        while len(lines) < _HEAD_LINES and size < _HEAD_CHARS and (line := file.readline(LINE_LIMIT)):
            if size and size + len(line) > _HEAD_CHARS:
                break
            lines.append(line)
            size += len(line)
    return lines


def _held_together(marks: Marks, head: list[str], before: int, wanted: Collection[str]) -> Dialect:
    """Read the head with one delimiter, and with what else may hold its cells together where that makes more of it."""
    best = _under(marks, head, before, wanted)
    at = best.last_line - before
    if any(_in_apostrophes(line.strip(), marks.delimiter) for line in head[max(at - 1, 0) : at + 1]):
        best = _under(marks._replace(quote="'"), head, before, wanted)
    quote = best.marks.quote
    text = "".join(head)
    ways = [best.marks._replace(spaced=True)] if re.search(f"{re.escape(marks.delimiter)} +{quote}", text) else []
    if f"\\{quote}" in text:
        escaping = [way._replace(escaped=True) for way in (best.marks, *ways) if not _closes_well(way, head)]
        ways += [way for way in escaping if _closes_well(way, head)]
    return max((best, *(_under(way, head, before, wanted) for way in ways)), key=_soundness)


def _closes_well(marks: Marks, head: list[str]) -> bool:
    """Return whether a delimiter or a line's end follows each cell that is held together: elsewhere a backslash before
    a quotation mark is what it is. The head may end within a cell.
    """
    try:
        for _ in marks.reader(head, strict=True):
            pass
    except csv.Error as error:
        return "expected after" not in str(error)
    return True


def _in_apostrophes(line: str, delimiter: str) -> bool:
    """Return whether every cell of a line with a letter in it stands between apostrophes, and there is one."""
    at, found, cells = 0, False, list[str]()
    with suppress(csv.Error):
        cells = next(csv.reader([line], delimiter=delimiter, quotechar="'"), [])
    for cell in cells:
        held = "'" + cell.replace("'", "''") + "'"
        worded = any(map(str.isalpha, cell))
        if not line.startswith(held if worded else (held, cell), at):
            return False
        at += len(held if line.startswith(held, at) else cell)
        if line[at : at + 1] not in ("", delimiter):
            return False
        at, found = at + 1, found or worded
    return found


def _soundness(dialect: Dialect) -> tuple[int, int]:
    """Return how many rows are as wide as the header row, and how few marks are left that hold cells together."""
    rows = (dialect.header, *dialect.sample)
    left = sum(cell.count(dialect.marks.quote) + cell.count("\\") for row in rows for cell in row)
    return sum(len(row) == len(dialect.header) for row in rows), -left


def _under(marks: Marks, head: list[str], before: int, wanted: Collection[str]) -> Dialect:
    """Read the head with these marks and take the row with the most known names as the header row."""
    reader = marks.reader(head)
    rows: list[tuple[int, int, list[str]]] = []
    while len(rows) < HEADER_WITHIN:
        start = reader.line_num
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error:
            continue
        if any(map(str.strip, itertools.islice(cells, _LOOKED_AT))):
            rows.append((start + 1 + before, reader.line_num + before, cells))
    if not rows:
        return Dialect(marks, 0, 0, [], 0, [])
    chosen, known = header_row([cells for _, _, cells in rows], wanted)
    start, end, cells = rows[chosen]
    return Dialect(marks, start, end, cells, known, [row for _, _, row in rows[chosen + 1 :]])


def header_row(rows: Sequence[list[str]], wanted: Collection[str] = ()) -> tuple[int, int]:
    """Return which of the first rows is the header row and how many column names in it are known."""
    scores = [_known(cells, wanted) for cells in rows]
    # Below the first row one lucky word does not make a header: a cell may well say "Mobile".
    scores[1:] = [score if score > 1 or len(rows[i]) == 1 else 0 for i, score in enumerate(scores[1:], 1)]
    best = max(scores)
    return scores.index(best), best


def _known(cells: list[str], wanted: Collection[str]) -> int:
    if is_personal(cells):
        return 0
    names = {squash(cell) for cell in cells[:_LOOKED_AT] if len(cell) < 100}
    return sum(name in wanted or meaning(name) is not None for name in names)
