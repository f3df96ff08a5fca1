"""Memory that is not used any more is handed back: a plan of thousands of touches leaves holes that glibc keeps."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import cache

EVERY = 20.0
"""Seconds between two times: it takes a few milliseconds, of the thread that does it."""


class GivingBack:
    """Used by the threads that read, when they have read: who types waits for none of them."""

    def __init__(self, trim: Callable[[], object] | None = None) -> None:
        """`trim` hands the memory back; the system's own by default, nothing where it has none."""
        self._trim = trim
        self._last = time.monotonic()

    def now_and_then(self) -> None:
        """Hand back what is free, unless that was done a moment ago."""
        now = time.monotonic()
        if now - self._last >= EVERY:
            self._last = now
            (self._trim or _malloc_trim())()


@cache
def _malloc_trim() -> Callable[[], object]:
    """Return glibc's function, which lets go of the interpreter meanwhile; one that does nothing elsewhere."""
    if sys.platform != "linux":
        return lambda: None
    import ctypes

    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError):  # another C library
        return lambda: None
    return lambda: trim(0)
