"""Whether somebody types: what nobody waits for is done when the keys rest; a thread at work makes them slow."""

from __future__ import annotations

import asyncio
import time

QUIET = 0.2
"""Seconds without a key after which what can wait is read."""
LONGEST = 5.0
"""Seconds it waits at most, however much is typed."""


class Typing:
    """Knows when the last key was typed."""

    def __init__(self) -> None:
        self._last_key = 0.0

    def key_typed(self) -> None:
        """Note that a key was typed just now."""
        self._last_key = time.monotonic()

    @property
    def keys_pause(self) -> float:
        """Seconds until the keys will have rested, if none is typed meanwhile; not above 0 when they have."""
        return QUIET - self.keys_rested

    @property
    def keys_rested(self) -> float:
        """Seconds since the last key."""
        return time.monotonic() - self._last_key

    async def keys_at_rest(self) -> None:
        """Wait until nobody types."""
        latest = time.monotonic() + LONGEST
        while self.keys_pause > 0 and time.monotonic() < latest:  # noqa: ASYNC110 – every key moves the end
            await asyncio.sleep(self.keys_pause)
