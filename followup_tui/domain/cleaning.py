"""Text from outside made harmless: once when it is stored, once more when it is shown.

A name may carry escape sequences that write the clipboard, overrides that turn it around, or a tower of accents.
"""

from __future__ import annotations

import re
import unicodedata

MARKS = 4
"""How many combining marks a base character may carry on screen; Hebrew and Vietnamese need no more."""

_BREAK = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_FORMAT = (
    "\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200e\u200f\u202a-\u202e\u2061-\u206f\ufff9-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
)
"""Format characters (Cf) that may turn or hide text: shown as a dot. Unassigned U+2065 is among them."""
_INVISIBLE = "\u00ad\u200b\u2060\ufeff\U000e0001\U000e0020-\U000e007f"
"""Format characters that show nothing and mean nothing in a cell: dropped."""
_CONTROL = "\x00-\x1f\x7f-\x9f"
_SURROGATE = "\ud800-\udfff"
_NOT_CHARACTERS = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)

_SUSPECT = re.compile(f"[{_CONTROL}{_SURROGATE}{_FORMAT}{_INVISIBLE}{_NOT_CHARACTERS}\u200c\u200d\u2028\u2029]")
_DROPPED = re.compile(f"[{_INVISIBLE}]")
_SHOWN = re.compile(f"[\x00-\x09\x0b-\x1f\x7f-\x9f{_SURROGATE}{_FORMAT}{_NOT_CHARACTERS}]")
_JOINERS = re.compile("([\u200c\u200d])[\u200c\u200d]+")
_STRAY_JOINER = re.compile("(?<!\\S)[\u200c\u200d]|[\u200c\u200d](?!\\S)")

_SEQUENCE = re.compile(
    "\x1b\\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor
    "|\x1b[\\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\\\)"  # OSC, DCS, SOS, PM, APC: title, clipboard
    "|\x1b[ -/]*[0-~]"
)
_UNSTORABLE = re.compile(f"[\x00-\x09\x0b-\x1f\x7f-\x9f{_SURROGATE}]")


def clean(text: object, *, one_line: bool = True) -> str:
    """Return text that can be drawn: nothing in it moves the cursor, hides, turns around or leaves its line.

    Control and format characters and lone surrogates show as "·", invisible ones are dropped, joiners stay between the
    characters they join, accents stop at MARKS. Line breaks and tabs become a space, or with `one_line=False` a "\\n"
    and four spaces. Spaces are not collapsed. None is "".
    """
    if text is None:
        return ""
    line = text if type(text) is str else str(text)
    if line.isascii() and line.isprintable():
        return line
    if _SUSPECT.search(line):
        line = _BREAK.sub(" " if one_line else "\n", line)
        line = line.replace("\t", " " if one_line else "    ")
        line = _SHOWN.sub("·", _DROPPED.sub("", line))
        line = _STRAY_JOINER.sub("", _JOINERS.sub(r"\1", line))
    return _limit_marks(line) if line and max(line) >= "\u0300" else line


def _limit_marks(line: str) -> str:
    """Return the line with at most MARKS combining marks after each other."""
    kept, run = [], 0
    for character in line:
        if character not in "\u200c\u200d":
            run = run + 1 if character >= "\u0300" and unicodedata.category(character) in ("Mn", "Me") else 0
        if run <= MARKS:
            kept.append(character)
    return line if len(kept) == len(line) else "".join(kept)


def clean_stored(text: str, *, multiline: bool = False) -> str:
    """Return text fit to be kept: without terminal sequences, control characters and lone surrogates, in NFC, trimmed.

    What merely looks odd stays, for it may be someone's name: `clean` deals with it when it is drawn. Line breaks of
    every kind become a "\\n" with `multiline`, else a space; tabs become a space; spaces are not collapsed.
    """
    if not (text.isascii() and text.isprintable()):
        text = _BREAK.sub("\n" if multiline else " ", _SEQUENCE.sub("", text)).replace("\t", " ")
        text = unicodedata.normalize("NFC", _UNSTORABLE.sub("", text))
    return text.strip()
