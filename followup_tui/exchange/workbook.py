"""Workbooks (.xlsx, .xlsb, .xls, .ods) read as the tables they are; the first sheet like people is taken."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from followup_tui.errors import FollowupError
from followup_tui.exchange.activities import touches
from followup_tui.exchange.activity_columns import columns_of, layout_of
from followup_tui.exchange.columns import wanted_names
from followup_tui.exchange.delimited import CELL_LIMIT, TOO_LARGE, Record
from followup_tui.exchange.drafts import Draft, Rejection
from followup_tui.exchange.grid import head_of, people, samples_of
from followup_tui.exchange.reading import Options, Reading
from followup_tui.records import dataclass

UNPACKED_LIMIT = 200_000_000
"""Bytes a workbook may unpack to; what declares more is not unpacked at all."""
FILE_LIMIT = 100_000_000
"""Bytes of a file that is not packed (.xls)."""
SECONDS = 300
"""How long a workbook may take to read."""
_SAVE = "save the sheet with the people as CSV (UTF-8) and import that"
_WORK_OUT = "open the workbook in its own program, save it"
_OLD = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")


@dataclass(slots=True)
class _Sheet:
    """The chosen sheet, its rows packed away so that reading again costs nothing."""

    name: str
    line: int
    header: list[str]
    others: list[str]
    rows: list[bytes]
    gaps: list[tuple[int, list[tuple[int, str]], bool]]
    """Row, its cells that could not be read (column, error; empty for a formula), whether it has anything else."""

    def unread(self, fields: Sequence[str]) -> Iterator[Rejection]:
        """Yield what is lost in columns that hold a field (the others have an empty one), row by row."""
        for line, cells, others in self.gaps:
            lost = [(fields[column], text) for column, text in cells if column < len(fields) and fields[column]]
            for field, text in lost if others else lost[:1]:
                what = f"{text} in the workbook; mend it there" if text else f"a formula without a result; {_WORK_OUT}"
                yield Rejection(line, field if others else "", f"{what} and import it again")

    def records(self) -> Iterator[Record]:
        """Yield the rows below the header row."""
        unpacker = zlib.decompressobj()
        rest = b""
        for packed in [*self.rows, b""]:
            text = rest + (unpacker.decompress(packed) if packed else unpacker.flush())
            *whole, rest = text.split(b"\n")
            for line in whole:
                number, cells = json.loads(line)
                large = max(map(len, cells)) > CELL_LIMIT
                yield Record(number, [] if large else cells, TOO_LARGE if large else "")


def open_workbook(path: Path, options: Options) -> Reading:
    """Open a workbook; FollowupError when it is locked, damaged, too large, empty, or no sheet holds people."""
    _refuse(path)
    sheet = _read(path, sorted(wanted_names(options.mapping)))
    if (layout := layout_of(sheet.header)) is not None:
        return Reading(
            path,
            format=layout.source,
            columns=columns_of(layout),
            sheet=sheet.name,
            produce=lambda: iter(()),
            touches=lambda zone: touches(layout, sheet.records(), options.default_region, zone),
        )
    head = head_of(path, sheet.header, sheet.line, options)

    def produce() -> Iterator[Draft | Rejection]:
        for name in sheet.others:
            why = f"the sheet “{name}” seems to hold people too and was not read; {_SAVE}"
            yield Rejection(sheet.line, "sheet", why)
        columns = (head.plan.columns[name] for name in head.plan.headers)
        yield from sheet.unread([field if field not in ("extra", "label") else "" for field in columns])
        yield from people(head, sheet.records(), options.default_region)

    return Reading(
        path,
        format=head.source,
        columns=head.plan.columns,
        produce=produce,
        sheet=sheet.name,
        samples=lambda: samples_of(head, sheet.records()),
        recalled=head.recalled,
    )


def _refuse(path: Path) -> None:
    """Raise FollowupError for what need not be tried: no workbook, a locked one, one that unpacks to too much."""
    with path.open("rb") as file:
        start = file.read(4)
        if start == _OLD:
            if path.stat().st_size > FILE_LIMIT:
                raise FollowupError(f"{path.name}: more than {FILE_LIMIT // 1_000_000} MB of workbook", _SAVE)
            if _LOCKED in file.read():
                raise _locked(path)
            return
    if start[:2] != b"PK":
        raise FollowupError(f"{path.name}: this is no workbook", "leave --format out, or use --format csv")
    try:
        with zipfile.ZipFile(path) as archive:
            members = {member.filename.casefold(): member for member in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise _damaged(path, str(error)) from None
    if not {"xl/workbook.xml", "xl/workbook.bin", "content.xml"} & members.keys():
        what = "a Word document" if "word/document.xml" in members else "a zip archive without a workbook in it"
        raise FollowupError(f"{path.name}: this is {what}", _SAVE)
    if any(member.flag_bits & 1 for member in members.values()):
        raise _locked(path)
    size = sum(member.file_size for member in members.values())
    if size > UNPACKED_LIMIT:
        limit = UNPACKED_LIMIT // 1_000_000
        raise FollowupError(f"{path.name}: unpacks to {size // 1_000_000:,} MB, more than {limit} MB", _SAVE)


def _read(path: Path, wanted: list[str]) -> _Sheet:
    """Read the sheet of people in a process of its own (see `sheets`)."""
    command = [sys.executable, "-P", "-m", "followup_tui.exchange.sheets", str(path.absolute()), json.dumps(wanted)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "RUST_BACKTRACE": "0"}
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as child:
        timer = threading.Timer(SECONDS, child.kill)
        timer.start()
        try:
            assert child.stdout is not None
            return _sheet(path, child.stdout)
        finally:
            timer.cancel()
            child.kill()


def _sheet(path: Path, output: Iterator[bytes]) -> _Sheet:
    first = json.loads(next(output, b'["error", "died"]'))
    if first[0] == "error":
        raise _failed(path, first[1])
    _, name, line, _, others = first
    _, header = json.loads(next(output, b'[0, [""]]'))
    packer = zlib.compressobj(1)
    rows: list[bytes] = []
    gaps = []
    for text in output:
        if text.startswith(b'["gaps"'):
            gaps.append(tuple(json.loads(text)[1:]))
        elif text.startswith(b'["'):
            if text.startswith(b'["end"'):
                rows.append(packer.flush())
                return _Sheet(name, line, header, others, [piece for piece in rows if piece], gaps)
            raise _failed(path, json.loads(text)[1])
        else:
            rows.append(packer.compress(text))
    raise _failed(path, "died")


def _failed(path: Path, what: str) -> FollowupError:
    if what == "password":
        return _locked(path)
    if what == "empty":
        return FollowupError(f"{path.name}: no rows in any sheet", "export it again with the contacts in it")
    if what == "died":
        return FollowupError(f"{path.name}: the workbook is too large to be read, or damaged", _SAVE)
    return _damaged(path, what.removeprefix("damaged: "))


def _locked(path: Path) -> FollowupError:
    return FollowupError(f"{path.name}: protected by a password", "open it, save a copy without one, and import that")


def _damaged(path: Path, why: str) -> FollowupError:
    kind = "an old Excel or Outlook file" if path.read_bytes()[:4] == _OLD else "the workbook"
    words = f"{kind} can't be read ({why[:100]})"
    return FollowupError(f"{path.name}: {words}", f"open it in its own program, {_SAVE}")
