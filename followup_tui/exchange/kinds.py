"""What a file is by its first bytes, so that a workbook or a picture is refused by name instead of read as text."""

from __future__ import annotations

import codecs
import re

from followup_tui.exchange.encodings import wide
from followup_tui.records import dataclass

_AS_CSV = "save it as CSV (UTF-8) and import that"
_AS_VCARD = "export the contacts as vCard (.vcf) or CSV and import that"
_EXPORT = "export the contacts as CSV and import that"


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of file that is no delimited table."""

    name: str
    """The format that would read it, or a plain word."""
    words: str
    """How it is called in a message."""
    advice: str
    binary: bool = True
    """False when the bytes are text and `--format csv` may insist on a table."""


_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"PK\x03\x04", Kind("xlsx", "an Excel workbook or another zip archive", _AS_CSV)),
    (b"PK\x05\x06", Kind("zip", "an empty zip archive", _EXPORT)),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind("xlsx", "an old Excel or Outlook file", _AS_CSV)),
    (b"SQLite format 3\x00", Kind("sqlite", "an SQLite database", "to open a Followup database use --db")),
    (b"%PDF", Kind("pdf", "a PDF document", _EXPORT)),
    (b"\x89PNG", Kind("png", "a PNG picture", _EXPORT)),
    (b"\xff\xd8\xff", Kind("jpeg", "a JPEG picture", _EXPORT)),
    (b"GIF8", Kind("gif", "a GIF picture", _EXPORT)),
    (b"\x1f\x8b", Kind("gzip", "a gzip archive", "unpack it and import the CSV inside")),
    (b"BZh", Kind("bzip2", "a bzip2 archive", "unpack it and import the CSV inside")),
    (b"\xfd7zXZ\x00", Kind("xz", "an xz archive", "unpack it and import the CSV inside")),
    (b"7z\xbc\xaf\x27\x1c", Kind("7z", "a 7-Zip archive", "unpack it and import the CSV inside")),
    (b"Rar!", Kind("rar", "a RAR archive", "unpack it and import the CSV inside")),
    (b"!BDN", Kind("pst", "an Outlook data file", _EXPORT)),
    (b"PAR1", Kind("parquet", "a Parquet table", _AS_CSV)),
    (b"\x7fELF", Kind("program", "a program", _EXPORT)),
    (b"{\\rtf", Kind("rtf", "a rich text document", _AS_CSV)),
)
_TEXT: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"BEGIN\s*:\s*VCARD", re.I), Kind("vcard", "a vCard file", _EXPORT, binary=False)),
    (re.compile(r"BEGIN:VCALENDAR", re.I), Kind("icalendar", "a calendar", _EXPORT, binary=False)),
    (re.compile(r"<.*\bvcard\b", re.I | re.S), Kind("xcard", "an xCard or hCard", _AS_VCARD, binary=False)),
    (
        re.compile(r"<(!doctype|!--|\?xml|[a-z][\w:-]*[\s/>])", re.I),
        Kind("html", "a web page or XML", _AS_CSV, binary=False),
    ),
    (re.compile(r"\[\s*(?:\[\s*)?\"vcard\"", re.I), Kind("jcard", "a jCard", _AS_VCARD, binary=False)),
    (re.compile(r"\{\s*([\"}]|$)|\[\s*([\[{\"\]]|$)"), Kind("json", "a JSON file", _AS_CSV, binary=False)),
)
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c\x1a\x1b"))


def kind_of(head: bytes) -> Kind | None:
    """Return what the file is when its first bytes show that it is no table; None when it may well be one."""
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    text = _as_text(head[:512]).lstrip()
    return next((kind for pattern, kind in _TEXT if pattern.match(text)), None)


def looks_binary(head: bytes) -> bool:
    """Return whether bytes in an 8-bit encoding hold too many control characters to be text."""
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls > 8 and controls * 20 > len(head)


def _as_text(head: bytes) -> str:
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            lies = encoding.startswith("utf-16") and 0 not in head
            return head[len(bom) :].decode("latin-1" if lies else encoding, "replace")
    return head.decode(wide(head) or "latin-1", "replace")
