"""Frames in fewer bytes: Textual names every colour of every piece of text; a terminal remembers the last ones.

Half of a frame goes away. That is time: a terminal takes four thousand bytes at once, and over a network all of them
have to arrive.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_PIECE = re.compile(r"\x1b\[([1-9][0-9;]*)m([^\x1b]*)\x1b\[0m")
_STYLE = re.compile(r"\x1b\[[0-9;]*m")
_MOVES = re.compile(r"(?:\x1b\[[0-9;]*H|\n)+")
"""Between two pieces: paints nothing."""
_OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "7": "27", "9": "29"}
"""What takes back bold, dim, italic, underlined, reversed, struck out."""
_UNKNOWN = "?"
RESET = "\x1b[0m"


class _Look(NamedTuple):
    """What a style is made of, as its codes: colours each, all else together."""

    ink: str
    ground: str
    rest: str


def terse(frame: str) -> str:
    """Return a frame that looks the same: a colour is named where it changes.

    In a frame each piece stands between its style and a reset, as Rich writes it; one that is not so is returned as it
    is.
    """
    first, *parts = _PIECE.split(frame)
    if _STYLE.search(first):
        return frame
    found, there = [first], _UNKNOWN
    for codes, text, rest in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        if text:
            if codes != there:
                found.append(_between(there, codes))
                there = codes
            found.append(text)
        if rest:
            if not _MOVES.fullmatch(rest):
                if _STYLE.search(rest):
                    return frame
                if there:
                    found.append(RESET)
                    there = ""
            found.append(rest)
    if there:
        found.append(RESET)
    return "".join(found)


@lru_cache(maxsize=4096)
def _between(before: str, after: str) -> str:
    """Return what takes a terminal from one style to another; both are counted from a reset."""
    if before == _UNKNOWN:
        return f"\x1b[0;{after}m"
    old, new = _look(before), _look(after)
    worn = old.rest.split(";") if old.rest else []
    codes = list[str]()
    if old.rest != new.rest:
        if not all(code in _OFF for code in worn):
            return f"\x1b[0;{after}m"
        codes = list(dict.fromkeys(_OFF[code] for code in worn)) + ([new.rest] if new.rest else [])
    codes += [new.ink or "39"] if old.ink != new.ink else []
    codes += [new.ground or "49"] if old.ground != new.ground else []
    return f"\x1b[{';'.join(codes)}m" if codes else ""


def _look(style: str) -> _Look:
    """Return what is said by codes (ECMA-48 8.3.117; 38 and 48 as xterm has them)."""
    ink, ground, rest = "", "", list[str]()
    codes = iter(style.split(";") if style else ())
    for code in codes:
        if code in ("38", "48"):
            kind = next(codes, "")
            code = ";".join((code, kind, *(next(codes, "") for _ in range({"2": 3, "5": 1}.get(kind, 0)))))
        number = int(code.partition(";")[0] or 0)
        if 30 <= number <= 38 or 90 <= number <= 97:
            ink = code
        elif 40 <= number <= 48 or 100 <= number <= 107:
            ground = code
        else:
            rest.append(code)
    return _Look(ink, ground, ";".join(rest))
