"""What in a text could harm the screen or the database, as patterns: compiled only when a text is not all printable."""

from __future__ import annotations

import re

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

SUSPECT = re.compile(f"[{_CONTROL}{_SURROGATE}{_FORMAT}{_INVISIBLE}{_NOT_CHARACTERS}\u200c\u200d\u2028\u2029]")
"""Every one of them; Python calls none of these characters printable."""
BREAK = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_DROPPED = re.compile(f"[{_INVISIBLE}]")
_SHOWN = re.compile(f"[\x00-\x09\x0b-\x1f\x7f-\x9f{_SURROGATE}{_FORMAT}{_NOT_CHARACTERS}]")
_JOINERS = re.compile("([\u200c\u200d])[\u200c\u200d]+")
_STRAY_JOINER = re.compile("(?<!\\S)[\u200c\u200d]|[\u200c\u200d](?!\\S)")

SEQUENCE = re.compile(
    "\x1b\\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor
    "|\x1b[\\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\\\)"  # OSC, DCS, SOS, PM, APC: title, clipboard
    "|\x1b[ -/]*[0-~]"
)
UNSTORABLE = re.compile(f"[\x00-\x09\x0b-\x1f\x7f-\x9f{_SURROGATE}]")


def without_suspects(line: str, *, one_line: bool) -> str:
    """Return the line with every suspect shown, dropped or replaced, as `clean` says."""
    if not SUSPECT.search(line):
        return line
    line = BREAK.sub(" " if one_line else "\n", line)
    line = line.replace("\t", " " if one_line else "    ")
    line = _SHOWN.sub("·", _DROPPED.sub("", line))
    return _STRAY_JOINER.sub("", _JOINERS.sub(r"\1", line))
