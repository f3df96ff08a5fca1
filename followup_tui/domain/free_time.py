"""Times to offer: really free ones, inside blocks of the day plan and the prospect's hours (domain §8, slots)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from followup_tui.domain.windows import Window

LENGTH = 30
"""Minutes offered, ours."""
GRID = 30
"""Offered times are whole or half hours, ours."""
HALF = 12 * 60


def free_starts(blocks: Iterable[Window], taken: Sequence[Window], hours: Sequence[Window], offset: int) -> list[int]:
    """Return every start, in minutes since the epoch, at which LENGTH minutes are free.

    `taken` is what is planned, `hours` when the prospect may be reached; `offset` is the user's zone in minutes, so
    that the grid is that of the user's clock.
    """
    found: list[int] = []
    for begin, end in sorted(blocks):
        start = begin + (-(begin + offset)) % GRID
        while start + LENGTH <= end:
            stop = start + LENGTH
            if any(opens <= start and stop <= close for opens, close in hours) and not any(
                start < until and since < stop for since, until in taken
            ):
                found.append(start)
            start += GRID
    return sorted(set(found))


def two_of(days: Iterable[tuple[Sequence[int], int]]) -> list[int]:
    """Return two free starts on two days, the second in the other half of its day where there is one.

    Each day comes with its starts and its midnight; days are looked at only until two are found.
    """
    chosen: list[int] = []
    early = True
    for starts, midnight in days:
        if not starts:
            continue
        if not chosen:
            chosen.append(starts[0])
            early = starts[0] - midnight < HALF
            continue
        other = [start for start in starts if (start - midnight < HALF) is not early]
        return [*chosen, (other or list(starts))[0]]
    return chosen
