"""The formats that can be read, and the one door to all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from followup_tui.errors import FollowupError, UsageError
from followup_tui.exchange.json_file import open_json
from followup_tui.exchange.kinds import kind_of
from followup_tui.exchange.reading import Options, Reading, unreadable
from followup_tui.exchange.table import open_table
from followup_tui.exchange.vcard import open_vcards
from followup_tui.exchange.workbook import open_workbook

Opener = Callable[[Path, Options], Reading]

READERS: dict[str, Opener] = {"csv": open_table, "xlsx": open_workbook, "vcard": open_vcards, "json": open_json}
"""Format → how a file of it is opened. A reader named as in `kinds.py` serves `auto` too."""

_NOTHING: Mapping[str, str] = MappingProxyType({})
_HEAD = 4096
_LOOKED_AT = 1 << 16
_ENDINGS = {".vcf": "vcard", ".vcard": "vcard", ".json": "json", ".jsonl": "json", ".ndjson": "json"}
_CARD = re.compile(rb"^\s*BEGIN\s*:\s*VCARD", re.I | re.M)


def may_be_complete(path: Path, format: str) -> bool:
    """Whether a file may be a complete export of ours, which brings more than people."""
    if format != "auto":
        return format == "json"
    try:
        with path.open("rb") as file:
            kind = kind_of(file.read(_HEAD))
    except (OSError, ValueError):
        return True
    return "json" in (kind.name if kind else "", _ENDINGS.get(path.suffix.lower(), ""))


def _by_its_ending(path: Path) -> str:
    """Return the reader of a file that begins with something else: cards behind an e-mail's lines, a mere value."""
    reader = _ENDINGS.get(path.suffix.lower(), "")
    if reader == "vcard":
        with path.open("rb") as file:
            start = file.read(_LOOKED_AT).replace(b"\0", b"")
        return reader if _CARD.search(start) else ""
    return reader


def _opened(reader: str, path: Path, options: Options) -> Reading:
    reading = READERS[reader](path, options)
    reading.reader = reader
    return reading


def open_file(
    path: Path,
    *,
    format: str = "auto",
    mapping: Mapping[str, str] = _NOTHING,
    default_region: str = "",
    options: Options | None = None,
) -> Reading:
    """Open a file of contacts; nothing is read beyond what recognises it.

    `mapping` is field → column and goes before what is recognised; `default_region` is an ISO country for phone numbers
    written without one; `options`, when given, say both and more. UsageError for a format, field or column that is not
    there, FollowupError for a file that can't be read or is something else.
    """
    if format != "auto" and format not in READERS:
        raise UsageError(f"no format called {format}", f"the formats are auto, {', '.join(READERS)}")
    options = options or Options(mapping, default_region.strip().upper())
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise FollowupError(f"{path.name}: this is no ordinary file", "save it to disk and import that")
        with path.open("rb") as file:
            head = file.read(_HEAD)
        kind = kind_of(head)
        if kind is None and format == "auto" and (reader := _by_its_ending(path)):
            return _opened(reader, path, options)
        if kind is None or (format == "csv" and not kind.binary):
            return _opened("csv" if format == "auto" else format, path, options)
        if kind.name in READERS and format in {"auto", kind.name}:
            return _opened(kind.name, path, options)
    except OSError as error:
        raise unreadable(path, error) from error
    except ValueError as error:
        raise FollowupError(f"{path.name}: can't be opened ({error})", "check the path") from error
    raise FollowupError(f"{path.name}: this is {kind.words}", kind.advice)
