"""Text from outside made harmless: once when it is stored, once more when it is shown.

A name may carry escape sequences that write the clipboard, overrides that turn it around, or a tower of accents.
"""

from __future__ import annotations

import unicodedata

MARKS = 4
"""How many combining marks a base character may carry on screen; Hebrew and Vietnamese need no more."""


def clean(text: object, *, one_line: bool = True) -> str:
    """Return text that can be drawn: nothing in it moves the cursor, hides, turns around or leaves its line.

    Control and format characters and lone surrogates show as "·", invisible ones are dropped, joiners stay between the
    characters they join, accents stop at MARKS. Line breaks and tabs become a space, or with `one_line=False` a "\\n"
    and four spaces. Spaces are not collapsed. None is "".
    """
    if text is None:
        return ""
    line = text if type(text) is str else str(text)
    if not line.isprintable():
        from followup_tui.domain.suspicious import without_suspects

        line = without_suspects(line, one_line=one_line)
    return line if line.isascii() or max(line) < "\u0300" else _limit_marks(line)


def _limit_marks(line: str) -> str:
    """Return the line with at most MARKS combining marks after each other."""
    kept, run = [], 0
    for character in line:
        if character not in "\u200c\u200d":
            run = run + 1 if _is_mark(character) else 0
        if run <= MARKS:
            kept.append(character)
    return line if len(kept) == len(line) else "".join(kept)


def _is_mark(character: str) -> bool:
    """Whether a character combines with the one before it.

    Dashes, quotes, arrows and boxes don't: looking each of them up would load a megabyte of tables.
    """
    if character < "\u0300" or "\u2000" <= character <= "\u20cf" or "\u2100" <= character <= "\u2cee":
        return False
    return unicodedata.category(character) in ("Mn", "Me")


def clean_stored(text: str, *, multiline: bool = False) -> str:
    """Return text fit to be kept: without terminal sequences, control characters and lone surrogates, in NFC, trimmed.

    What merely looks odd stays, for it may be someone's name: `clean` deals with it when it is drawn. Line breaks of
    every kind become a "\\n" with `multiline`, else a space; tabs become a space; spaces are not collapsed.
    """
    if not (text.isascii() and text.isprintable()):
        if not text.isprintable():
            from followup_tui.domain.suspicious import BREAK, SEQUENCE, UNSTORABLE

            text = BREAK.sub("\n" if multiline else " ", SEQUENCE.sub("", text)).replace("\t", " ")
            text = UNSTORABLE.sub("", text)
        text = unicodedata.normalize("NFC", text)
    return text.strip()
