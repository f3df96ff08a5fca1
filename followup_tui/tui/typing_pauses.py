"""Whether somebody types: what nobody waits for is done when the keys rest; a thread at work makes them slow."""

from __future__ import annotations

import asyncio
import time
from typing import NamedTuple

QUIET = 0.2
"""Seconds without a key after which what can wait is read."""
LONGEST = 15.0
"""Seconds it waits at most, however much is typed."""


class Rest(NamedTuple):
    """How long the keys have to rest for something, and how long it waits for that at most (seconds)."""

    quiet: float
    longest: float


class Typing:
    """Knows when the last key was typed; the start counts as one."""

    def __init__(self) -> None:
        self._last_key = time.monotonic()
        self.in_the_middle = False
        """Something is open that the next key will answer: a rest of the keys is none."""

    def key_typed(self) -> None:
        """Note that a key was typed just now."""
        self._last_key = time.monotonic()

    @property
    def keys_pause(self) -> float:
        """Seconds until the keys will have rested, if none is typed meanwhile; not above 0 when they have."""
        return QUIET - self.keys_rested

    @property
    def keys_rested(self) -> float:
        """Seconds since the last key; 0 in the middle of something."""
        return 0.0 if self.in_the_middle else time.monotonic() - self._last_key

    async def keys_at_rest(self, rest: Rest | None = None) -> None:
        """Wait until nobody types: for a moment, or as long as `rest` says."""
        quiet, longest = rest or (QUIET, LONGEST)
        latest = time.monotonic() + longest
        while (left := min(quiet - self.keys_rested, latest - time.monotonic())) > 0:  # noqa: ASYNC110
            await asyncio.sleep(left)  # every key moves the end
