"""The town in an address as people write it, so that visits to one town follow one another (domain §13)."""

from __future__ import annotations

import re
from functools import lru_cache

_CODES = re.compile(
    r"\b(?:[A-Z]{1,2}-)?\d{4,6}(?:-\d{3,4})?\b|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b"
)
"""Post codes: figures, with a country's letters before them or not; those of Britain and of Canada."""
_STATE = re.compile(r"\b[A-Z]{2,3}\b")


@lru_cache(maxsize=20_000)
def town_of(address: str) -> str:
    """Return the town, folded so that case makes no difference; empty when the address does not say one.

    The part with the post code names it; when that holds but a state, the part before does. Without a post code it
    is the second part.
    """
    parts = [part for part in (" ".join(one.split()) for one in re.split(r"[\n,;]+", address)) if part]
    for at in range(len(parts) - 1, -1, -1):
        rest, codes = _CODES.subn("", parts[at])
        if not codes or (at == 0 and len(parts) > 1):
            continue
        name = " ".join(_STATE.sub("", rest).split())
        if name:
            return name.casefold()
        if at:
            return parts[at - 1].casefold() if at > 1 else ""
    return parts[1].casefold() if len(parts) > 1 else ""
