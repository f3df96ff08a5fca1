"""Records of a delimited text file with their line numbers, in flat memory, whatever the quotes and sizes are."""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from followup_tui.exchange.encodings import Encoding, mend

if TYPE_CHECKING:
    from _csv import Reader

CELL_LIMIT = 1 << 20
"""Characters in one cell; more is no address book any more."""
_AT_ONCE = 200
"""Lines looked at together."""
LINE_LIMIT = 1 << 23
"""Characters in one line or one row: room for a hundred thousand columns, not for a film."""

TOO_LARGE = "a cell is larger than 1 MiB; shorten it and import the row again"
UNCLOSED = "a quotation mark opens in this row and is not closed properly; close or remove it and import the row again"


class Marks(NamedTuple):
    """What parts the cells of a row and holds each together."""

    delimiter: str
    quote: str = '"'
    spaced: bool = False
    """Blanks stand between a delimiter and a quotation mark."""
    escaped: bool = False
    """A backslash stands before a quotation mark inside a cell, and before a backslash."""

    def reader(self, lines: Iterable[str], *, strict: bool = False) -> Reader:
        """Return the rows of lines."""
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quotechar=self.quote,
            skipinitialspace=self.spaced,
            escapechar="\\" if self.escaped else None,
            strict=strict,
        )


class Record(NamedTuple):
    """One row as cells, or the reason why it has none."""

    line: int
    cells: list[str]
    problem: str = ""
    damaged: bool = False
    """Some bytes were not valid in the file's encoding."""


class _TooLong(Exception):
    pass


class Lines:
    """The physical lines of a file, counted, with those of the current record at hand for a second look."""

    def __init__(self, path: Path, encoding: Encoding) -> None:
        self.path, self.encoding = path, encoding
        self.number = 0
        self.record: list[str] = []
        self.size = 0
        self.damaged = False
        self.ended = False
        """The file ended while a record was still open."""
        self._again: deque[str] = deque()
        self._file = self._open()

    def _open(self) -> io.TextIOWrapper:
        return self.encoding.open(self.path)

    def close(self) -> None:
        """Give the file back."""
        self._file.close()

    def begin(self) -> int:
        """Start a new record and return the number of its first line."""
        self.record = []
        self.size = 0
        self.damaged = self.ended = False
        return self.number + 1

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._file.readline(LINE_LIMIT)
        if not line:
            self.ended = bool(self.record)
            raise StopIteration
        self.number += 1
        if self.encoding.damaged(line):
            self.damaged = True
            line = mend(line)
        self.record.append(line)
        self.size += len(line)
        if self.size >= LINE_LIMIT:
            raise _TooLong
        return line

    def some(self) -> list[str]:
        """Return the next lines, not counted; none when some were given back, or the file is at its end."""
        found: list[str] = []
        size = 0
        while not self._again and len(found) < _AT_ONCE and size < CELL_LIMIT:
            if not (line := self._file.readline(LINE_LIMIT)):
                break
            found.append(line)
            size += len(line)
        return found

    def give_back(self, some: list[str]) -> None:
        """Read these one by one."""
        self._again.extend(some)

    def skip_record(self, quote: str) -> bool:
        """Pass the rest of a record too large to hold; False when the file ends before its quotation mark closes."""
        quotes = sum(line.count(quote) for line in self.record)
        last = self.record[-1]
        self.record = []
        while quotes % 2 or not last.endswith(("\n", "\r")):
            self.number += last.endswith(("\n", "\r"))
            last = self._again.popleft() if self._again else self._file.readline(CELL_LIMIT)
            if not last:
                return quotes % 2 == 0
            quotes += last.count(quote)
        return True

    def back_to(self, line: int) -> None:
        """Continue behind the given line once more: from the record at hand, or else from the file."""
        if self.record:
            self._again.extendleft(reversed(self.record[line - self.number + len(self.record) :]))
        else:
            self._again.clear()
            self._file.close()
            self._file = self._open()
            for _ in range(line):
                while (piece := self._file.readline(CELL_LIMIT)) and not piece.endswith(("\n", "\r")):
                    pass
        self.number = line


def records(path: Path, encoding: Encoding, marks: Marks, after: int = 0) -> Iterator[Record]:
    """Yield the records behind line `after`; a broken one comes as a problem, and reading goes on behind it."""
    if csv.field_size_limit() < CELL_LIMIT:
        # Process-wide, so it is only ever raised; larger limits of others are checked per record.
        csv.field_size_limit(CELL_LIMIT)
    lines = Lines(path, encoding)
    try:
        if after:
            lines.back_to(after)
        reader = marks.reader(lines)
        while True:
            if some := lines.some():
                if (rows := _one_to_a_line(some, encoding, marks)) is not None:
                    first, lines.number = lines.number + 1, lines.number + len(some)
                    yield from map(Record, range(first, first + len(some)), rows)
                    continue
                lines.give_back(some)
            line = lines.begin()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except (csv.Error, _TooLong):
                yield _oversized(lines, line, marks.quote)
                continue
            if lines.ended or (len(lines.record) > 1 and _malformed(lines.record, marks)):
                lines.back_to(line)
                yield Record(line, [], UNCLOSED)
            elif lines.size > CELL_LIMIT and max(map(len, cells)) > CELL_LIMIT:
                yield Record(line, [], TOO_LARGE)
            else:
                yield Record(line, cells, "", lines.damaged)
    finally:
        lines.close()


def _one_to_a_line(some: list[str], encoding: Encoding, marks: Marks) -> list[list[str]] | None:
    """Return the rows of lines each of which is a sound row; None where that is not so, or not sure."""
    whole = "".join(some)
    if len(whole) > CELL_LIMIT or (not whole.isascii() and encoding.damaged(whole)):
        return None
    try:
        rows = list(marks.reader([*some, "\n"]))
    except csv.Error:
        return None
    return rows[:-1] if len(rows) == len(some) + 1 else None  # else one takes several lines, or is still open


def _oversized(lines: Lines, line: int, quote: str) -> Record:
    if lines.skip_record(quote):
        # Over many lines it may also be a stray quotation mark: say how far it reached.
        through = f" (it reaches to line {lines.number})" if lines.number > line else ""
        return Record(line, [], TOO_LARGE + through)
    lines.back_to(line)
    return Record(line, [], UNCLOSED)


def _malformed(record: list[str], marks: Marks) -> bool:
    """Return whether a row over several lines only hangs together because a stray quotation mark swallowed others."""
    try:
        list(marks.reader(record, strict=True))
    except csv.Error:
        return True
    return False
