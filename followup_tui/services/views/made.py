"""A sequence whose items are made as they are looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, overload

T = TypeVar("T")


class Made(Sequence[T]):
    """Many items of which nobody sees more than a few: each is made when it is asked for, and not kept."""

    def __init__(self, make: Callable[[int], T], length: int) -> None:
        self._make = make
        self._length = length

    def __len__(self) -> int:
        """Return how many there are."""
        return self._length

    @overload
    def __getitem__(self, at: int) -> T: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[T, ...]: ...

    def __getitem__(self, at: int | slice) -> T | tuple[T, ...]:
        """Return one, or some."""
        if isinstance(at, slice):
            return tuple(self._make(place) for place in range(*at.indices(self._length)))
        return self._make(range(self._length)[at])

    def __iter__(self) -> Iterator[T]:
        """Go through all of them."""
        return map(self._make, range(self._length))

    def __eq__(self, other: object) -> bool:
        """Whether the same is in it."""
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        """Return a number alike for what is equal."""
        return hash(tuple(self))
