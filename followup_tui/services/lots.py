"""The people of a file, checked and made into rows, a few hundred at a time: what an import stores."""

from __future__ import annotations

import gc
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from followup_tui.exchange.drafts import Rejection
from followup_tui.exchange.reading import Reading
from followup_tui.services.arriving import Arriving, arriving

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
