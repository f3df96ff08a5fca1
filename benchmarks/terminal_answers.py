"""What a modern terminal answers when a program asks, and the sequences that pyte would print as text."""

from __future__ import annotations

import re
from collections.abc import Iterator

_QUERIES = (
    (re.compile(rb"\x1b\[\?2026\$p"), b"\x1b[?2026;2$y"),
    (re.compile(rb"\x1b\[\?2048\$p"), b"\x1b[?2048;0$y"),
    (re.compile(rb"\x1b\[0?c"), b"\x1b[?62;22c"),
    (re.compile(rb"\x1b\[>0?c"), b"\x1b[>1;10;0c"),
    (re.compile(rb"\x1b\[6n"), b"\x1b[1;1R"),
    (re.compile(rb"\x1b\[5n"), b"\x1b[0n"),
    (re.compile(rb"\x1b\[\?u"), b"\x1b[?0u"),
    (re.compile(rb"\x1b\]10;\?(?:\x07|\x1b\\)"), b"\x1b]10;rgb:eeee/eeee/eeee\x1b\\"),
    (re.compile(rb"\x1b\]11;\?(?:\x07|\x1b\\)"), b"\x1b]11;rgb:1111/1111/1111\x1b\\"),
    (re.compile(rb"\x1b\[14t"), b"\x1b[4;800;1200t"),
    (re.compile(rb"\x1b\[16t"), b"\x1b[6;20;10t"),
)
_MAYBE = re.compile(rb"\x1b(?:\[[?>0-9;]*[cnu]|\[\?\d+\$p|\]1[01];\?|\[1[46]t)")
_UNKNOWN = re.compile(
    rb"\x1b\[[<>=?][0-9;]*u"
    rb"|\x1b\[[?>]?[0-9;]*\$[a-z]"
    rb"|\x1b\[>[0-9;]*[a-zA-Z]"
    rb"|\x1b\[[0-9;]*t"
    rb"|\x1b[P_^X].*?(?:\x1b\\|\x07)"
    rb"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)",
    re.DOTALL,
)
_CUT = re.compile(rb"\x1b(?:\[[0-9;?<>=$ ]*|[P_^X\]][^\x07\x1b]*\x1b?)?\Z", re.DOTALL)


def answers(data: bytes) -> Iterator[bytes]:
    """Return what a terminal would answer to what was written."""
    if _MAYBE.search(data):
        for pattern, answer in _QUERIES:
            for _ in pattern.finditer(data):
                yield answer


def without_unknown(data: bytes) -> tuple[bytes, bytes]:
    """Return what pyte understands, and a sequence cut off at the end, to be put before what comes next."""
    known = _UNKNOWN.sub(b"", data)
    cut = _CUT.search(known)
    if cut and len(known) - cut.start() < 4096:
        return known[: cut.start()], known[cut.start() :]
    return known, b""
