"""Filling one block: at each free moment the best touch that may begin then (domain §12, §13).

The best is one in the hours the prospect likes, then one that won't come into them today any more; who still will,
waits for them. A visit to the town of the visit before goes before other towns. What is equal so far goes by its order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import field

from followup_tui.domain.day_parts import Block, Item, Need, Slot, Window
from followup_tui.records import dataclass

CLOSING_BONUS = 0.1
"""Ours: a window that closes within the block is worth a fresh day's momentum."""


@dataclass(slots=True, eq=False)
class Kind:
    """Items that every block sees alike."""

    sample: Item
    """One of them, for what they share."""
    queue: deque[Item] = field(default_factory=deque)
    """Those still waiting, the best first."""


def fill(
    block: Block, begin: int, kinds: Iterable[Kind], standing: Sequence[Slot], later: Sequence[Block]
) -> list[Slot]:
    """Return the slots of a block from `begin` on, taking their items off the kinds.

    `standing` are slots already given, which are flowed around; `later` the blocks after this one.
    """
    fits = [kind for kind in kinds if kind.queue and _fits(block, begin, kind.sample)]
    taken = sorted((slot.start, slot.end) for slot in standing if slot.end > begin and slot.start < block.end)
    towns = sorted((slot.end, slot.item.need.town) for slot in standing if slot.item.need.town)
    moments = sorted({stop for _, stop in taken}.union(*(_turns(kind.sample.need) for kind in fits)))
    found: list[Slot] = []
    cursor = begin
    while fits:
        cursor, until = free(cursor, taken, block.end)
        if cursor >= block.end:
            break
        best = _best(fits, cursor, until, block, later, _town(towns, cursor))
        if best is None:
            at = bisect_right(moments, cursor)
            if at == len(moments):
                break
            cursor = moments[at]
            continue
        kind, closing, beside = best
        item = kind.queue.popleft()
        found.append(Slot(item, cursor, closing, beside))
        cursor += item.need.minutes
        if item.need.town:
            towns.append((cursor, item.need.town))
        if not kind.queue:
            fits.remove(kind)
    return found


def meets(windows: tuple[Window, ...], begin: int, end: int, minutes: int) -> bool:
    """Whether one of the windows is open for so many minutes within a span."""
    return any(min(close, end) - max(opens, begin) >= minutes for opens, close in windows)


def _fits(block: Block, begin: int, item: Item) -> bool:
    """Whether a touch could stand in the block at all, were nobody else there."""
    need = item.need
    return need.channel is not None and block.takes(item) and meets(need.allowed, begin, block.end, need.minutes)


def _turns(need: Need) -> set[int]:
    """Return the moments at which a touch may become possible: its hours open, or those it likes are over."""
    hours = need.allowed + need.preferred
    return {opens for opens, _ in hours} | {close - need.minutes + 1 for _, close in need.preferred}


def free(cursor: int, taken: Sequence[Window], end: int) -> Window:
    """Return the next free moment from `cursor` and how long it stays free."""
    for start, stop in taken:
        if stop <= cursor:
            continue
        if start > cursor:
            return cursor, min(start, end)
        cursor = stop
    return cursor, end


def _town(towns: Sequence[tuple[int, str]], at: int) -> str:
    """Return where the visit before a moment was; empty without one."""
    before = [one for one in towns if one[0] <= at]
    return max(before)[1] if before else ""


def _best(
    kinds: Sequence[Kind], at: int, until: int, block: Block, later: Sequence[Block], town: str
) -> tuple[Kind, bool, bool] | None:
    """Return the kind whose head is the best item that can start now, whether its window closes, and the town."""
    best: tuple[tuple[bool, bool, float, int, str], Kind, bool] | None = None
    for kind in kinds:
        need, head = kind.sample.need, kind.queue[0]
        if at + need.minutes > until or not _open(need.allowed, at, need.minutes):
            continue
        liked = _open(need.preferred, at, need.minutes)
        if not liked and _comes_to_like(kind.sample, at, block, later):
            continue
        windows = need.preferred if liked else need.allowed
        closing = any(opens <= at < close < block.end for opens, close in windows)
        elsewhere = bool(town) and bool(need.town) and need.town != town
        rank = (not liked, elsewhere, -head.score - (CLOSING_BONUS if closing else 0.0), head.due, head.id)
        if best is None or rank < best[0]:
            best = (rank, kind, closing)
    if best is None:
        return None
    _, kind, closing = best
    return kind, closing, bool(town) and kind.sample.need.town == town


def _open(windows: tuple[Window, ...], at: int, minutes: int) -> bool:
    return any(opens <= at and at + minutes <= close for opens, close in windows)


def _comes_to_like(item: Item, at: int, block: Block, later: Sequence[Block]) -> bool:
    """Whether the hours a prospect likes are still to come today, in this block or a later one that takes it."""
    need = item.need
    spans = [(at, block.end), *((other.start, other.end) for other in later if other.takes(item))]
    return any(meets(need.preferred, max(begin, at), end, need.minutes) for begin, end in spans)
