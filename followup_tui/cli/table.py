"""Columns in a terminal: how wide text is, how it is cut, and rows that stand under each other."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from followup_tui.domain.cleaning import clean

WIDEST = 32
"""Cells a column may take; longer text is cut."""


def width(text: str) -> int:
    """Return how many cells text takes: two for wide characters, none for marks."""
    if text.isascii():
        return len(text)
    return sum(_cells(character) for character in text)


def fit(text: object, cells: int = WIDEST) -> str:
    """Return text as one clean line of at most so many cells, with an ellipsis when it was cut."""
    line = " ".join(clean(text).split())
    if width(line) <= cells:
        return line
    kept, used = [], 0
    for character in line:
        used += _cells(character)
        if used > cells - 1:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"


def rows(table: Iterable[Sequence[object]], *, indent: str = "  ", widest: int = WIDEST) -> list[str]:
    """Return the rows as lines with aligned columns; the last column is as long as it is, empty columns vanish."""
    cells = [[fit(cell, widest) if at < len(row) - 1 else line(cell) for at, cell in enumerate(row)] for row in table]
    if not cells:
        return []
    widths = [max(width(row[at]) for row in cells) for at in range(len(cells[0]))]
    shown = [at for at, wide in enumerate(widths) if wide]
    return [indent + "  ".join(row[at] + " " * (widths[at] - width(row[at])) for at in shown).rstrip() for row in cells]


def line(text: object) -> str:
    """Return any text as one clean line."""
    return " ".join(clean(text).split())


def _cells(character: str) -> int:
    """Return the cells of one character."""
    if unicodedata.combining(character) or character in "\u200c\u200d\ufe0f\ufe0e":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
