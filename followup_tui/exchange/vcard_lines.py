"""vCard 2.1, 3.0 and 4.0 as they are met in the wild: from bytes to cards with their properties.

A parser of our own: vobject, the usual library, fails on 9 of 38 real cards (quoted-printable soft breaks, base64
blocks without indentation, bare parameters, charsets) and drops lines without a word. This one follows RFC 6350,
RFC 2426 and the 2.1 specification where files do, and where they don't keeps going: every line ends up in a property,
or is reported with its number. Lines end at CR, LF or any CRs before an LF, never at the other breaks of Unicode.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from pathlib import Path
from typing import NamedTuple

from followup_tui.exchange.encodings import Encoding
from followup_tui.records import dataclass

LINE_LIMIT = 1 << 23
"""Bytes of one physical line that are looked at; a picture may be longer."""
VALUE_LIMIT = 1 << 20
"""Bytes of one property that are kept; blocks of base64 are only counted beyond it."""
_CHUNK = 1 << 18
_LINE_END = re.compile(rb"\r+\n|\n|\r")
_FRAME = re.compile(rb"\s*(BEGIN|END)\s*:\s*VCARD\s*", re.I)
_GLUED = re.compile(rb"(\s*END\s*:\s*VCARD)\s*(?:\xef\xbb\xbf)?(BEGIN\s*:\s*VCARD\s*)", re.I)
"""Two cards put behind each other, the first without a line end."""
_MARK = b"\xef\xbb\xbf"
_BLOCK = re.compile(rb"(?:[A-Za-z0-9+/]+={0,3}|={1,3})\s*")
_ENCODED = re.compile(rb";\s*(?:ENCODING\s*=\s*)?\"?(QUOTED-PRINTABLE|BASE64|B)\"?\s*(?=[;:]|$)", re.I)
_HEAD = re.compile(rb"[^\":]*(?:\"[^\"]*\"[^\":]*)*:")
_NAME = re.compile(rb"\s*(?:([\w-]+)\.)?([\w/\x80-\xff-]+)\s*(?:;|$)")
_VERSION = re.compile(rb"VERSION\s*:\s*([\d.]+)", re.I)


class Property(NamedTuple):
    """One property as it stands in the file, unfolded."""

    line: int
    group: str
    name: str
    """Upper case."""
    head: bytes
    """What stands before the colon, parameters and all."""
    value: bytes
    size: int
    """Bytes of the value before it was cut off; `len(value)` when it was not."""


class Stray(NamedTuple):
    """Lines that are no property."""

    line: int
    text: bytes
    why: str


@dataclass(slots=True)
class Card:
    """One card, whole or cut off."""

    line: int
    version: str = ""
    properties: list[Property] = field(default_factory=list)
    strays: list[Stray] = field(default_factory=list)
    ended: bool = True
    """Whether END:VCARD was there; without it the card goes as far as the next one, or the file."""


def cards(path: Path, encoding: Encoding) -> Iterator[Card | Stray]:
    """Yield the cards of a file in order, and what stands outside of them."""
    card: Card | None = None
    agents: list[bytes] = []
    depth = 0
    outside: Stray | None = None
    for found in _logical(_physical(path, encoding)):
        frame = _FRAME.fullmatch(found.text) if isinstance(found, Stray) else None
        begins = frame is not None and frame[1].upper() == b"BEGIN"
        if card is None:
            if begins:
                if outside:
                    yield outside
                card, outside = Card(found.line), None
            else:
                outside = outside or Stray(found.line, b"", "outside of any card; a card begins with BEGIN:VCARD")
        elif depth:
            depth += (1 if begins else -1) if frame else _is_agent_within(found)
            agents.append(found.text if isinstance(found, Stray) else found.head + b":" + found.value)
            if not depth:
                last = card.properties[-1]
                card.properties[-1] = last._replace(value=b"\n".join(agents), size=sum(map(len, agents)))
        elif begins and card.properties and _wants_card(card.properties[-1]):
            depth, agents = 1, [b"BEGIN:VCARD"]
        elif isinstance(found, Property) and _is_agent_within(found):
            card.properties.append(found)
            depth, agents = 1, [b"BEGIN:VCARD"]
        elif begins:
            card.ended = False
            yield card
            card = Card(found.line)
        elif frame:
            yield card
            card = None
        elif isinstance(found, Stray):
            card.strays.append(found)
        elif found.name == "VERSION":
            card.version = found.value.decode("latin-1").strip()
        else:
            card.properties.append(found)
    if card is not None:
        yield _cut(card, agents, path)
    if outside:
        yield outside


def _wants_card(newest: Property) -> bool:
    """Whether the card that begins is somebody's agent, as 2.1 has it, and no new person."""
    return newest.name == "AGENT" and not newest.value.strip()


def _is_agent_within(found: Property | Stray) -> bool:
    """Whether somebody's agent begins in the same line: `AGENT:BEGIN:VCARD`."""
    return isinstance(found, Property) and found.name == "AGENT" and _FRAME.fullmatch(found.value) is not None


def _cut(card: Card, agents: list[bytes], path: Path) -> Card:
    """Return the card the file ends in; a property in the middle of its last line is none, but for a picture."""
    card.ended = False
    last = card.properties[-1] if card.properties else None
    if last and _encoding_of(last.head + b":") != b"B" and (agents or not _ends_with_a_line(path)):
        text = b"\n".join([last.head + b":" + last.value, *agents])
        card.strays.append(Stray(card.properties.pop().line, text, "the file ends in it"))
    return card


def _ends_with_a_line(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - 4, 0))
        return file.read().rstrip(b"\0").endswith((b"\n", b"\r"))


def _physical(path: Path, encoding: Encoding) -> Iterator[tuple[int, bytes]]:
    """Yield number and bytes of every line; wide encodings become UTF-8, all others stay as they are."""
    number, size = 1, 0
    pieces: list[bytes] = []
    held = b""
    for chunk in _chunks(path, encoding):
        data = held + chunk
        ends = len(data.rstrip(b"\r"))  # what follows says whether a CR at the end is a line end of its own
        *whole, rest = _LINE_END.split(data[:ends])
        held = data[ends:]
        for line in whole:
            yield from _taken_apart(number, b"".join([*pieces, line])[:LINE_LIMIT])
            pieces, size = [], 0
            number += 1
        if size < LINE_LIMIT:
            pieces.append(rest)
            size += len(rest)
    if last := b"".join(pieces)[:LINE_LIMIT]:
        yield from _taken_apart(number, last)


def _taken_apart(number: int, line: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield a line without a byte order mark; where two cards touch in it, as two."""
    line = line.removeprefix(_MARK)
    if line[:16].lstrip()[:3].upper() == b"END" and (glued := _GLUED.fullmatch(line)):
        yield number, glued[1]
        yield number, glued[2]
    else:
        yield number, line


def _chunks(path: Path, encoding: Encoding) -> Iterator[bytes]:
    if encoding.name.startswith(("utf-16", "utf-32")):
        with encoding.open(path) as text:
            while piece := text.read(_CHUNK):
                yield piece.encode("utf-8", "replace")
        return
    with path.open("rb") as file:
        file.seek(encoding.skip)
        first = file.read(_CHUNK).removeprefix(b"\xef\xbb\xbf")
        while first:
            yield first
            first = file.read(_CHUNK)


class _Ahead:
    """Lines with a look at the next one."""

    def __init__(self, lines: Iterator[tuple[int, bytes]]) -> None:
        self._lines = lines
        self.next = next(lines, None)

    def take(self) -> tuple[int, bytes]:
        assert self.next is not None
        taken, self.next = self.next, next(self._lines, None)
        return taken


def _logical(lines: Iterator[tuple[int, bytes]]) -> Iterator[Property | Stray]:
    """Yield properties with their folded lines, soft breaks and blocks put together."""
    ahead = _Ahead(lines)
    old = False
    while ahead.next is not None:
        number, line = ahead.take()
        if not line.strip():
            continue
        if _FRAME.fullmatch(line):
            old = False
            yield Stray(number, line, "")
            continue
        if version := _VERSION.match(line):
            old = version[1].startswith(b"2")
        whole, size = _joined(line, ahead, old)
        yield _property(number, whole, size)


def _joined(line: bytes, ahead: _Ahead, old: bool) -> tuple[bytes, int]:
    """Return a property with all its lines, and how long it would be uncut."""
    pieces, size = [line], len(line)
    encoded = _encoding_of(line)
    while (following := ahead.next) is not None:
        piece = following[1]
        if encoded == b"Q" and pieces[-1].rstrip(b" \t").endswith(b"=") and not _FRAME.fullmatch(piece):
            pieces[-1] = pieces[-1].rstrip(b" \t")[:-1]
        elif encoded == b"B" and (piece[:1] in (b" ", b"\t") or _BLOCK.fullmatch(piece)):
            piece = piece.strip()
        elif encoded == b"B" and size == len(line) and not piece.strip() and line.rstrip().endswith(b":"):
            piece = b""
        elif piece[:1] in (b" ", b"\t"):
            # 2.1 folds before a space that belongs to the text, its successors insert one; in a letter nobody has one.
            in_a_letter = 0x80 <= piece[1:2][0] < 0xC0 if piece[1:2] else False
            piece = piece if old and piece.strip() and not in_a_letter else piece[1:]
        else:
            break
        ahead.take()
        if size < VALUE_LIMIT:
            pieces.append(piece)
        size += len(piece)
        if not encoded and b":" not in line:
            line = b"".join(pieces)
            encoded = _encoding_of(line)
    if encoded == b"Q" and pieces[-1].endswith(b"="):
        pieces[-1] = pieces[-1][:-1]
    return b"".join(pieces), size


def _encoding_of(line: bytes) -> bytes:
    head = _HEAD.match(line)
    found = _ENCODED.search(head[0] if head else line.partition(b":")[0])
    return found[1][:1].upper() if found else b""


def _property(number: int, whole: bytes, size: int) -> Property | Stray:
    found = _HEAD.match(whole)
    head = found[0][:-1] if found else whole.partition(b":")[0]
    name = _NAME.match(head)
    if name is None or len(head) == len(whole):
        return Stray(number, whole, "no property: a name and a colon are missing")
    value = whole[len(head) + 1 :]
    group = (name[1] or b"").decode("latin-1").lower()
    return Property(number, group, name[2].decode("utf-8", "replace").upper(), head, value, size - len(head) - 1)
