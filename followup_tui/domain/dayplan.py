"""The day plan: due touches laid into blocks at clock times, in one deterministic order (domain §12, §13).

Times are whole minutes since the epoch, so that a day of 23 or 25 hours needs no special care.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

NO_BLOCK = "no block takes this channel today"
NO_BLOCK_LEFT = "no block left today takes this channel"
FULL = "block full"
NO_DETAIL = "detail missing"
OUTSIDE = "outside their hours"

Window = tuple[int, int]
"""Open from, open until: minutes since the epoch."""


@dataclass(frozen=True, slots=True)
class Item:
    """One due touch."""

    id: str
    """The prospect's."""
    channel: str | None
    """None: no detail is good."""
    minutes: int
    """Its companion's included."""
    due: int
    """Ordinal of the due day."""
    score: float = 0.0
    """What `ordering.score` says; the highest goes first."""
    preferred: tuple[Window, ...] = ()
    """When the prospect likes to be contacted on this day."""
    allowed: tuple[Window, ...] = ()
    """When the prospect may be contacted at all."""
    fixed_at: int | None = None
    """A promise's or meeting's time."""
    urgent: bool = False
    """Answers and New inbound's first step: now, whatever the block (§12)."""


@dataclass(frozen=True, slots=True)
class Block:
    """One reserved span of the day."""

    name: str
    start: int
    end: int
    channels: tuple[str, ...] = ()
    """Empty: any."""
    only: frozenset[str] | None = None
    """Ids that meet the block's filter; None: everybody."""

    def takes(self, item: Item) -> bool:
        """Whether channel and filter let the item in."""
        return (not self.channels or item.channel in self.channels) and (self.only is None or item.id in self.only)


@dataclass(frozen=True, slots=True)
class Slot:
    """An item at its time."""

    item: Item
    start: int
    closing: bool = False
    """Whether the prospect's window closes within the block."""


@dataclass(slots=True)
class Layout:
    """The day: a list of slots for each block, what stands outside them, and what does not fit."""

    blocks: list[tuple[Block, list[Slot]]] = field(default_factory=list)
    outside: list[Slot] = field(default_factory=list)
    left_over: list[tuple[Item, str]] = field(default_factory=list)


CLOSING_BONUS = 0.1
"""Ours: a window that closes within the block is worth a fresh day's momentum."""


def lay_out(items: Sequence[Item], blocks: Sequence[Block], now: int) -> Layout:
    """Lay items into blocks from `now` on; the same input gives the same plan."""
    day = Layout([(block, []) for block in sorted(blocks, key=lambda block: (block.start, block.end, block.name))])
    _fix(day, [item for item in items if item.fixed_at is not None], now)
    _urgent(day, [item for item in items if item.urgent and item.fixed_at is None], now)
    waiting = [item for item in items if not item.urgent and item.fixed_at is None]
    for wish in ("preferred", "allowed"):
        if not waiting:
            break
        for block, slots in day.blocks:
            if block.end > now and waiting:
                waiting = _fill(block, slots, waiting, max(block.start, now), wish, day.outside)
    day.left_over += [(item, _why_left(item, day, now)) for item in sorted(waiting, key=_order)]
    for _, slots in day.blocks:
        slots.sort(key=lambda slot: (slot.start, slot.item.id))
    return day


def _order(item: Item) -> tuple[float, int, str]:
    """Highest score first, then the oldest due, then the id."""
    return (-item.score, item.due, item.id)


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
    """Answers stand first, now, oldest first: in the block that runs when it takes them, else outside."""
    start = now
    for item in sorted(urgent, key=lambda item: (item.due, item.id)):
        if item.channel is None:
            day.left_over.append((item, NO_DETAIL))
            continue
        home = _home(day, item, start)
        (day.outside if home is None else home).append(Slot(item, start))
        start += item.minutes


def _fill(
    block: Block, slots: list[Slot], waiting: list[Item], begin: int, wish: str, outside: list[Slot]
) -> list[Item]:
    """Fill one block and return what still waits: at each moment the best item whose window is open."""
    groups: dict[tuple[tuple[Window, ...], int], list[Item]] = {}
    rest: list[Item] = []
    for item in waiting:
        windows: tuple[Window, ...] = getattr(item, wish)
        if item.channel is None or not block.takes(item) or not _meets(windows, begin, block.end, item.minutes):
            rest.append(item)
        else:
            groups.setdefault((windows, item.minutes), []).append(item)
    for group in groups.values():
        group.sort(key=_order, reverse=True)
    taken = sorted(
        (slot.start, slot.start + slot.item.minutes)
        for slot in [*slots, *outside]
        if slot.start + slot.item.minutes > begin and slot.start < block.end
    )
    cursor = begin
    while groups and cursor < block.end:
        cursor, until = _free(cursor, taken, block.end)
        best = _best(groups, cursor, until, block.end)
        if best is None:
            later = _next_chance(groups, cursor, until, taken, block.end)
            if later is None:
                break
            cursor = later
            continue
        group = groups[best]
        item = group.pop()
        slots.append(Slot(item, cursor, _closes(best[0], cursor, block.end)))
        cursor += item.minutes
        if not group:
            del groups[best]
    return rest + [item for group in groups.values() for item in group]


def _free(cursor: int, taken: list[Window], end: int) -> Window:
    """Return the next free moment from `cursor` and how long it stays free."""
    for start, stop in taken:
        if stop <= cursor:
            continue
        if start > cursor:
            return cursor, min(start, end)
        cursor = stop
    return cursor, end


def _meets(windows: tuple[Window, ...], begin: int, end: int, minutes: int) -> bool:
    return any(min(close, end) - max(opens, begin) >= minutes for opens, close in windows)


def _closes(windows: tuple[Window, ...], at: int, end: int) -> bool:
    return any(opens <= at < close < end for opens, close in windows)


def _best(
    groups: dict[tuple[tuple[Window, ...], int], list[Item]], at: int, until: int, end: int
) -> tuple[tuple[Window, ...], int] | None:
    """Return the group whose head is the best item that can start at this moment."""
    best: tuple[tuple[float, int, str], tuple[tuple[Window, ...], int]] | None = None
    for key, group in groups.items():
        windows, minutes = key
        if at + minutes > until or not any(opens <= at and at + minutes <= close for opens, close in windows):
            continue
        score, due, name = _order(group[-1])
        rank = (score - (CLOSING_BONUS if _closes(windows, at, end) else 0.0), due, name)
        if best is None or rank < best[0]:
            best = (rank, key)
    return best[1] if best else None


def _next_chance(
    groups: dict[tuple[tuple[Window, ...], int], list[Item]], at: int, until: int, taken: list[Window], end: int
) -> int | None:
    """Return the next moment at which something may fit: a window opens, or what is taken ends."""
    moments = [opens for windows, _ in groups for opens, _ in windows if at < opens < end]
    moments += [stop for _, stop in taken if at < stop < end]
    return min(moments, default=None)


def _why_left(item: Item, day: Layout, now: int) -> str:
    """Say why an item has no slot."""
    if item.channel is None:
        return NO_DETAIL
    takers = [block for block, _ in day.blocks if block.takes(item)]
    if not takers:
        return NO_BLOCK
    left = [block for block in takers if block.end > now]
    if not left:
        return NO_BLOCK_LEFT
    if not any(_meets(item.allowed, max(block.start, now), block.end, item.minutes) for block in left):
        fits = any(block.end - max(block.start, now) >= item.minutes for block in left)
        return OUTSIDE if fits else FULL
    return FULL
