"""Small binary workbooks written by hand, record by record: .xls (BIFF8 in a compound file) and .xlsb (BIFF12)."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
Cell = str | float


def xls(rows: Sequence[Sequence[Cell]], name: str = "People") -> bytes:
    """Return an old workbook with one sheet."""
    begin = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
    end = _record(0x000A, b"")
    cells = b"".join(_xls_cell(r, c, cell) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell != "")
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6)) + cells + end
    bound = struct.pack("<BBBB", 0, 0, len(name), 0) + name.encode("latin-1")
    place = len(begin) + 4 + 4 + len(bound) + len(end)
    return _compound(begin + _record(0x0085, struct.pack("<I", place) + bound) + end + sheet)


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _xls_cell(row: int, column: int, cell: Cell) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(cell, str):
        return _record(0x0204, place + struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le"))
    return _record(0x0203, place + struct.pack("<d", cell))


def _compound(stream: bytes) -> bytes:
    """Return a compound file with the stream as its only one: a FAT sector, a directory sector, then the stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    number = len(stream) // 512
    free, last = 0xFFFFFFFF, 0xFFFFFFFE
    fat = [0xFFFFFFFD, last, *range(3, number + 2), last]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6sIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, bytes(6), 0, 1, 1, 0, 4096, last, 0, last, 0, 0)
    head += struct.pack("<108I", *[free] * 108)
    table = struct.pack("<128I", *fat, *[free] * (128 - len(fat)))
    entries = (
        _entry("Root Entry", 5, 1, last, 0)
        + _entry("Workbook", 2, free, 2, len(stream))
        + _entry("", 0, free, 0, 0) * 2
    )
    return head + table + entries + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le") if name else b""
    free = 0xFFFFFFFF
    return text.ljust(64, b"\0") + struct.pack(
        "<HBBIII16sI8s8sIQ", len(text), kind, 1, free, free, child, bytes(16), 0, bytes(8), bytes(8), start, size
    )


def xlsb(rows: Sequence[Sequence[Cell]], name: str = "People") -> bytes:
    """Return a binary workbook with one sheet."""
    bundle = struct.pack("<II", 0, 1) + _wide("rId1") + _wide(name)
    book = _part((131, b""), (143, b""), (156, bundle), (144, b""), (132, b""))
    size = struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)
    cells: list[tuple[int, bytes]] = []
    for number, row in enumerate(rows):
        cells.append((0, struct.pack("<II", number, 0) + bytes(9)))
        for column, cell in enumerate(row):
            place = struct.pack("<II", column, 0)
            if isinstance(cell, float):
                cells.append((5, place + struct.pack("<d", cell)))
            elif cell:
                cells.append((6, place + _wide(cell)))
    sheet = _part((129, b""), (148, size), (145, b""), *cells, (146, b""), (130, b""))
    link = f'<Relationship Id="rId1" Type="{_OFFICE}/{{}}" Target="{{}}"/>'
    related = f'<Relationships xmlns="{_PACKAGE}/relationships">{link}</Relationships>'
    kind = '<Default Extension="bin" ContentType="application/octet-stream"/>'
    types = f'<Types xmlns="{_PACKAGE}/content-types">{kind}</Types>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("_rels/.rels", related.format("officeDocument", "xl/workbook.bin"))
        archive.writestr("xl/_rels/workbook.bin.rels", related.format("worksheet", "worksheets/sheet1.bin"))
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return out.getvalue()


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _part(*records: tuple[int, bytes]) -> bytes:
    return b"".join(_varied(kind, 2) + _varied(len(data), 4) + data for kind, data in records)


def _varied(number: int, most: int) -> bytes:
    out = bytearray()
    for _ in range(most):
        number, low = number >> 7, number & 0x7F
        out.append(low | (0x80 if number else 0))
        if not number:
            break
    return bytes(out)
