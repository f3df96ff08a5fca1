"""Questions about many records by their ids, in lots of few sizes.

Each number of question marks is a statement of its own, prepared and then kept with all it takes, 10 KB and more, by
every connection: asked for thirty numbers of people, they took 50 MB in an hour.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def in_lots(ids: Sequence[str], most: int) -> Iterator[tuple[str, list[str]]]:
    """Return the marks for `IN (…)` and the ids behind them, `most` at a time.

    A lot is filled up with its last id to 1, 2, 4, 8 … or `most` of them: who is named twice is found once.
    """
    for begin in range(0, len(ids), most):
        lot = list(ids[begin : begin + most])
        size = min(most, 1 << (len(lot) - 1).bit_length())
        lot += lot[-1:] * (size - len(lot))
        yield ", ".join("?" * size), lot
