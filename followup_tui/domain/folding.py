"""Text folded for finding: case and accents don't matter when people look for people."""

from __future__ import annotations

import unicodedata

_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i"})


def number_digits(words: str) -> str:
    """Return the digits two writings of a phone number share: 030 90, 0049 30 90 and +49 (0)30 90 end alike."""
    return "".join(char for char in words.replace("(0)", "") if char in "0123456789").lstrip("0")


def fold(text: str) -> str:
    """Return lower-case text without accents, single-spaced: `Zoë  Müller` → `zoe muller`."""
    if text.isascii():
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    return " ".join("".join(char for char in plain if not unicodedata.combining(char)).split())
