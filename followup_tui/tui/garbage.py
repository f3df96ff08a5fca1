"""When garbage is collected: behind a frame, not before it; a whole collection, of 30 to 90 ms, while nobody types."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable

OFTEN = (15_000, 50, 20)
"""Thresholds of the generations: a bound for what makes no frames. A log leaves some thousand new objects: with
Python's own it is collected several times, every fourth time as a whole."""
SOME = 2_000
"""New objects worth collecting behind a frame: a millisecond, which stood between a key and its frame before."""
SEVERAL = 10
"""Times after which those that were left are looked at too: of fifty at once that takes up to 50 ms."""
LONG = 4
"""Times after which all is looked at, though nobody paused: what a log leaves lives until the next ones, 37 KB that
only a whole collection finds. It takes 10 ms behind one frame in thirty logs, for the start is left out of it."""
BEHIND = 0.004
"""Seconds behind a frame: the thread that writes it has it out by then."""
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
        self._begun = False
        self._waiting = False
        """A collection behind a frame is to come."""

    def begin(self) -> None:
        """The first picture is up: collect once, leave out what is there, and collect the young from now on."""
        gc.collect()
        gc.freeze()
        gc.set_threshold(*OFTEN)
        gc.enable()
        self._begun = True

    def frame_painted(self, rested: Callable[[], float]) -> None:
        """Collect the young when the frame is out, unless a key came meanwhile: then behind its frame.

        `rested` says for how many seconds the keys have rested.
        """
        if self._begun and not self._waiting and gc.get_count()[0] >= SOME:
            self._waiting = True
            asyncio.get_running_loop().call_later(BEHIND, self._collect_young, rested)

    def _collect_young(self, rested: Callable[[], float]) -> None:
        self._waiting = False
        if rested() >= BEHIND:
            _, young, middle = gc.get_count()
            gc.collect(2 if middle >= LONG else 1 if young >= SEVERAL else 0)

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
