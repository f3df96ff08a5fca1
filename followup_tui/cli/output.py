"""The two ways out: data to stdout as lines or JSON, messages to stderr."""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from typing import IO, Any

from followup_tui.records import dataclass

_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_TEXTS = (
    "phone mobile email fax address zone company title why benefit source birthday goal note value reason sentiment"
)
_ADDED = "template promise encoding delimiter proposed_value consent_words consent_channel referrer"
_NULL_WHEN_EMPTY = frozenset([*_TEXTS.split(), *_ADDED.split()])
"""Fields in which an empty text means that nothing is there."""


def plain(value: object, name: str = "") -> Any:
    """Return a view as JSON values: ISO times with offset, names of channels and outcomes, null where nothing is."""
    match value:
        case Enum():
            return plain(value.value, name)
        case str():
            return None if name in _NULL_WHEN_EMPTY and not value else str(value)
        case bool() | int() | None:
            return value
        case float():
            return round(value, 4)
        case datetime():
            return value.isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case dict():
            return {str(plain(key)): plain(item, str(key)) for key, item in value.items()}
        case list() | tuple() | Sequence():
            return [plain(item) for item in value]
        case set() | frozenset():
            return sorted(plain(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: plain(getattr(value, item.name), item.name) for item in fields(value)}
    return str(value)


def put_json(data: object) -> None:
    """Print one JSON document, indented for people."""
    sys.stdout.write(_json(data, indent=2) + "\n")


def put_json_list(name: str, items: Iterable[object]) -> None:
    """Print a document with one list, item by item as they come, each on a line of its own."""
    before = f'{{\n  "{name}": [\n'
    for item in items:
        sys.stdout.write(f"{before}    {_json(item)}")
        before = ",\n"
    sys.stdout.write("\n  ]\n}\n")


def _json(data: object, indent: int | None = None) -> str:
    """Return JSON; characters that steer a terminal are escaped in it."""
    text = json.dumps(plain(data), ensure_ascii=False, indent=indent)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def put(lines: Iterable[str]) -> None:
    """Print lines as they come."""
    for line in lines:
        sys.stdout.write(line.rstrip() + "\n")


def warn(message: object) -> None:
    """Print one message line to stderr."""
    from followup_tui.domain.cleaning import clean

    with contextlib.suppress(OSError):  # a closed or full stderr changes no exit code
        sys.stderr.write(f"followup: {' '.join(clean(str(message)).split())}\n")


def drop_output() -> None:
    """Send what is still unwritten nowhere: who read it has gone, and the interpreter's own flush stays silent too."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


@dataclass(frozen=True, slots=True)
class Paint:
    """Bold and dim; plain text when they can't be seen."""

    on: bool = False

    @classmethod
    def suited(cls, stream: IO[str], *, off: bool = False) -> Paint:
        """Return what a stream can show: nothing in a file, with NO_COLOR or on a dumb terminal."""
        refused = off or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        return cls(not refused and stream.isatty())

    def bold(self, text: str) -> str:
        """Return text that stands out."""
        return f"\x1b[1m{text}\x1b[22m" if self.on and text else text

    def dim(self, text: str) -> str:
        """Return text that stands back."""
        return f"\x1b[2m{text}\x1b[22m" if self.on and text else text
