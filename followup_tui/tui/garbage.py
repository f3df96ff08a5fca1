"""When garbage is collected: a whole collection takes 30 to 90 ms, so it comes while nobody types, not behind a key."""

from __future__ import annotations

import gc

OFTEN = (5_000, 50, 20)
"""Thresholds of the generations. A log leaves some thousand new objects: with Python's own it is collected several
times, every fourth time as a whole."""
EVERY = 2.0
"""Seconds between two looks."""
REST = 1.0
"""Seconds without a key after which nobody is typing."""
WORTH = 4
"""Collections of the young since the last whole one that make another one worth its time."""


class Garbage:
    """Collects in pauses; what lives on from the start is left out of it for good."""

    def __init__(self) -> None:
        self._settled = False

    def begin(self) -> None:
        """The first picture is up: collect once, leave out what is there, and collect the young from now on."""
        gc.collect()
        gc.freeze()
        gc.set_threshold(*OFTEN)
        gc.enable()

    def look(self, rested: float) -> None:
        """Collect everything when the keys have rested for so many seconds and it is worth it.

        The first time what is there is left out later too: it is what came up behind the first picture and stays.
        """
        _, young, middle = gc.get_count()
        if rested < REST or (young < WORTH and not middle):
            return
        gc.collect()
        if not self._settled:
            self._settled = True
            gc.freeze()
