"""The day plan: due touches laid into blocks at clock times, in one deterministic order (domain §12, §13).

Times are whole minutes since the epoch, so that a day of 23 or 25 hours needs no special care. Time runs forward only:
what stands at a moment depends on who is there and on what stands before it, so that taking one touch out changes
nothing before it.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from operator import attrgetter

from followup_tui.domain.day_parts import (
    FULL,
    HOURS_FULL,
    NO_BLOCK,
    NO_BLOCK_LEFT,
    NO_DETAIL,
    OUTSIDE,
    Block,
    Item,
    Layout,
    Need,
    Slot,
    Window,
)
from followup_tui.domain.filling import Kind, fill, free, meets

__all__ = [
    "FULL",
    "HOURS_FULL",
    "NO_BLOCK",
    "NO_BLOCK_LEFT",
    "NO_DETAIL",
    "OUTSIDE",
    "Block",
    "Item",
    "Layout",
    "Need",
    "Slot",
    "Window",
    "lay_out",
]

FAR = 1 << 40
"""A minute after every day."""
_SCORE, _DUE, _ID = attrgetter("score"), attrgetter("due"), attrgetter("id")


def lay_out(items: Sequence[Item], blocks: Sequence[Block], now: int) -> Layout:
    """Lay items into blocks from `now` on; the same input gives the same plan."""
    day = Layout([(block, []) for block in sorted(blocks, key=lambda block: (block.start, block.end, block.name))])
    _fix(day, [item for item in items if item.fixed_at is not None], now)
    _urgent(day, [item for item in items if item.urgent and item.fixed_at is None], now)
    waiting = _in_order([item for item in items if not item.urgent and item.fixed_at is None])
    alike = _alike(waiting, blocks)
    kinds = _kinds(waiting, alike)
    taken: set[int] = set()
    for number, (block, slots) in enumerate(day.blocks):
        if block.end > now:
            later = [other for other, _ in day.blocks[number + 1 :]]
            found = fill(block, max(block.start, now), kinds.values(), _standing(day), later)
            slots += found
            taken.update(id(slot.item) for slot in found)
    standing = sorted((slot.start, slot.end) for slot in _standing(day))
    reasons = {key: _why_left(kind.sample, day, now, standing) for key, kind in kinds.items()}
    day.left_over += [(item, reasons[key]) for item, key in zip(waiting, alike, strict=True) if id(item) not in taken]
    for _, slots in day.blocks:
        slots.sort(key=lambda slot: (slot.start, slot.item.id))
    return day


def _in_order(items: list[Item]) -> list[Item]:
    """Return the items with the highest score first, then the oldest due, then by id.

    Three sorts by one simple key each are several times as fast as one by a tuple.
    """
    items.sort(key=_ID)
    items.sort(key=_DUE)
    items.sort(key=_SCORE, reverse=True)
    return items


def _alike(items: Sequence[Item], blocks: Sequence[Block]) -> list[Hashable]:
    """Return for every item what makes it like another to all blocks: its need, and whose filters it meets."""
    filters = [block.only for block in blocks if block.only is not None]
    if not filters:
        return [item.need for item in items]
    return [(item.need, *(item.id in only for only in filters)) for item in items]


def _kinds(items: Sequence[Item], alike: Sequence[Hashable]) -> dict[Hashable, Kind]:
    """Return the items that are alike together, the best of each first."""
    kinds: dict[Hashable, Kind] = {}
    for item, key in zip(items, alike, strict=True):
        kind = kinds.get(key)
        if kind is None:
            kind = kinds[key] = Kind(item)
        kind.queue.append(item)
    return kinds


def _standing(day: Layout) -> list[Slot]:
    """Return every slot there is so far."""
    return [*day.outside, *(slot for _, slots in day.blocks for slot in slots)]


def _fix(day: Layout, fixed: list[Item], now: int) -> None:
    """Promises and meetings stand at their time; past ones come first, outside every block."""
    for item in sorted(fixed, key=lambda item: (item.fixed_at or 0, item.id)):
        start = item.fixed_at or 0
        home = _home(day, item, start)
        if home is None or start < now:
            day.outside.append(Slot(item, start))
        else:
            home.append(Slot(item, start))


def _home(day: Layout, item: Item, start: int) -> list[Slot] | None:
    """Return the slots of the block that runs at a moment, takes the item and has room for it."""
    for block, slots in day.blocks:
        if block.start <= start and start + item.minutes <= block.end and block.takes(item):
            return slots
    return None


def _urgent(day: Layout, urgent: list[Item], now: int) -> None:
    """Answers stand first, now, oldest first: in the block that runs when it takes them, else outside.

    They go around what was told to somebody for a time, and around nothing else.
    """
    told = sorted((slot.start, slot.end) for slot in _standing(day))
    waiting = sorted(urgent, key=lambda item: (item.due, item.id))
    day.left_over += [(item, NO_DETAIL) for item in waiting if item.channel is None]
    waiting = [item for item in waiting if item.channel is not None]
    start = now
    while waiting:
        start, until = free(start, told, FAR)
        item = next((one for one in waiting if start + one.minutes <= until), None)
        if item is None:
            start = until
            continue
        waiting.remove(item)
        home = _home(day, item, start)
        (day.outside if home is None else home).append(Slot(item, start))
        start += item.minutes


def _why_left(item: Item, day: Layout, now: int, standing: Sequence[Window]) -> str:
    """Say why an item, and all that are like it, has no slot."""
    if item.channel is None:
        return NO_DETAIL
    takers = [block for block, _ in day.blocks if block.takes(item)]
    if not takers:
        return NO_BLOCK
    left = [block for block in takers if block.end > now]
    if not left:
        return NO_BLOCK_LEFT
    spans = [(max(block.start, now), block.end) for block in left]
    if not any(end - begin >= item.minutes for begin, end in spans):
        return FULL
    if not any(meets(item.need.allowed, begin, end, item.minutes) for begin, end in spans):
        return OUTSIDE
    return HOURS_FULL if any(_has_room(item, begin, end, standing) for begin, end in spans) else FULL


def _has_room(item: Item, begin: int, end: int, standing: Sequence[Window]) -> bool:
    """Whether a span has room for an item in hours that are allowed: then only those it waited for are full."""
    taken = [span for span in standing if span[1] > begin and span[0] < end]
    for start, stop in [*taken, (end, end)]:
        if meets(item.need.allowed, begin, start, item.minutes):
            return True
        begin = max(begin, stop)
    return False
