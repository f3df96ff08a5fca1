"""Lines that are painted whole are gone when nothing shows them: Textual's keep themselves until garbage is collected.

A line that is cut at its end alone is the line itself, and Textual notes that in the line: 45 of them a log, 100 KB,
which only a whole collection finds, and that one waits until the keys rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from textual.strip import Strip


@cache
def let_whole_lines_go() -> None:
    """Have a line that is cut at its end alone answer with itself and note nothing; from now on, in all of Textual."""
    divide = Strip.divide

    def divided(line: Strip, cuts: Iterable[int]) -> Sequence[Strip]:
        end = line.cell_length
        cuts = [cut for cut in cuts if cut <= end]
        return [line] if cuts == [end] else divide(line, cuts)

    Strip.divide = divided  # type: ignore[method-assign, assignment]
