"""The quick look that tells a plain start from a command: words alone, so that it costs nothing."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

_VALUED = {"--db": "db", "--config": "config", "--now": "now"}
_FLAGS = {"--json": "json", "--no-color": "no_color", "--version": "version"}


def plain_words(arguments: Sequence[str]) -> dict[str, Any] | None:
    """Return what is said when there is nothing but options everybody takes, None when a parser has to look closer."""
    found: dict[str, Any] = {}
    words = iter(arguments)
    for word in words:
        name, given, value = word.partition("=")
        if word in _FLAGS:
            found[_FLAGS[word]] = True
        elif name in _VALUED:
            value = value if given else next(words, "")
            if not value:
                return None
            found[_VALUED[name]] = value
        else:
            return None
    return found
