"""The people of a file, checked and made into rows, a few hundred at a time: what an import stores."""

from __future__ import annotations

import gc
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from followup_tui.exchange.drafts import Rejection
from followup_tui.exchange.reading import Reading
from followup_tui.services.arriving import BY, Arriving, arriving

SIZE = 500
"""Rows looked up and written at a time."""


class Lot(NamedTuple):
    """Some people of a file, and what was not taken beside them."""

    rows: int
    """Read so far."""
    people: list[Arriving]
    refused: list[Rejection]
    cut: bool = False
    """Whether more would follow and is not wanted."""
    ids: Sequence[str] = ()
    """Ids for those who are new, if any came with them; somebody may have one of them."""
    closer: Sequence[int] | None = None
    """Places of those who may be somebody else of the file; of all others it is known that they are not."""


def lots(reading: Reading, tags: tuple[str, ...], first: int | None = None) -> Generator[Lot]:
    """Yield the people of a file in its order, each with these tags; no more than the `first` rows are read.

    The last lot may be empty; it says how many rows there are.
    """
    people: list[Arriving] = []
    refused: list[Rejection] = []
    for found in reading:
        if first is not None and reading.rows > first:
            yield Lot(first, people, refused, True)
            return
        if isinstance(found, Rejection):
            refused.append(found)
        else:
            people.append(arriving(found, tags))
        if len(people) >= SIZE or len(refused) >= SIZE:
            yield Lot(reading.rows, people, refused)
            people, refused = [], []
    yield Lot(reading.rows, people, refused)


class Repeats:
    """Finds who in a file may be the same as somebody before: a few others too, but everybody who is."""

    _SLOTS = 1 << 22

    def __init__(self) -> None:
        self._met = bytearray(self._SLOTS)

    def among(self, people: Sequence[Arriving]) -> list[int] | None:
        """Return the places in a lot of those who may be met again, and of whom they may be; None: everybody."""
        if any(one.own for one in people):
            return None
        met, last = self._met, self._SLOTS - 1
        first: dict[object, int] = {}
        closer = set[int]()
        for place, one in enumerate(people):
            keys, label = [key for kind, key in one.kinds_and_keys if key and kind in BY], one.person[-1]
            for mark in (*keys, label):
                slot = hash(mark) & last
                if met[slot] and (mark is not label or not keys):
                    closer.add(place)
                    closer.add(first.get(mark, place))
                met[slot] = 1
                first.setdefault(mark, place)
        return sorted(closer)


@contextmanager
def uncollected() -> Iterator[None]:
    """Collect no garbage meanwhile: rows make none that needs it, and looking for it takes a sixth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
