"""Cells of an .xlsx sheet that show nothing of what they mean: errors, and formulas nobody has worked out yet.

The library that reads workbooks gives such cells as empty ones, which would lose them without a word. A sheet that has
neither is only searched for the marks of them.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.parsers import expat

_CHUNK = 1 << 18
_MARKS = re.compile(rb"""<(?:\w+:)?f[\s/>]|\bt=["']e["']""")
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
Gaps = dict[int, list[tuple[int, str]]]
"""Row (from 1) → column (from 0) and the error it shows; an empty text for a formula without a result."""


def gaps_of(path: str, sheet: str) -> Gaps:
    """Return the cells of a sheet that could not be read; none for workbooks of other kinds."""
    if not zipfile.is_zipfile(path):
        return {}
    try:
        with zipfile.ZipFile(path) as archive:
            part = _part(archive, sheet)
            if not part or not _any_marks(archive, part):
                return {}
            return _Cells().read(_pieces(archive, part))
    except (KeyError, ValueError, OSError, zipfile.BadZipFile, ElementTree.ParseError, expat.ExpatError):
        return {}  # the reader of workbooks says what is wrong with such a file


def _part(archive: zipfile.ZipFile, sheet: str) -> str:
    """Return the name of the file a sheet is in; empty when there is none."""
    names = {name.casefold(): name for name in archive.namelist()}
    if "xl/workbook.xml" not in names:
        return ""
    about = ElementTree.fromstring(archive.read(names["xl/workbook.xml"]))
    links = ElementTree.fromstring(archive.read(names["xl/_rels/workbook.xml.rels"]))
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for element in about.iter():
        if _bare(element.tag) == "sheet" and element.get("name") == sheet:
            link = next((value for name, value in element.items() if _bare(name) == "id"), "")
            target = targets[link]
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            return names.get(whole.casefold(), "")
    return ""


def _bare(tag: str) -> str:
    """Return a name without its namespace."""
    return tag.rpartition("}")[2].rpartition(":")[2]


def _pieces(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    with archive.open(part) as file:
        while piece := file.read(_CHUNK):
            yield piece


def _any_marks(archive: zipfile.ZipFile, part: str) -> bool:
    last = b""
    for piece in _pieces(archive, part):
        if _MARKS.search(last + piece):
            return True
        last = piece[-16:]
    return False


class _Cells:
    """Follows the cells of a sheet and notes the gaps."""

    def __init__(self) -> None:
        self._found: Gaps = defaultdict(list)
        self._row = self._column = 0
        self._kind = ""
        self._formula = False
        self._text: list[str] | None = None
        self._value = ""

    def read(self, pieces: Iterator[bytes]) -> Gaps:
        """Read a sheet to its end."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        for piece in pieces:
            parser.Parse(piece)
        return dict(self._found)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _bare(tag)
        if name == "row":
            self._row, self._column = int(attributes.get("r") or self._row + 1), -1
        elif name == "c":
            place = _PLACE.fullmatch(attributes.get("r", ""))
            self._column = _number(place[1]) if place else self._column + 1
            self._kind, self._formula, self._value = attributes.get("t", ""), False, ""
        elif name == "f":
            self._formula = True
        elif name == "v":
            self._text = []

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, tag: str) -> None:
        name = _bare(tag)
        if name == "v":
            self._value, self._text = "".join(self._text or ()), None
        elif name == "c" and (self._kind == "e" or (self._formula and not self._value and self._kind != "str")):
            self._found[self._row].append((self._column, self._value.strip()[:20]))


def _number(letters: str) -> int:
    """Return the number of a column, from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
