"""The day plan again, slow and plain: at every free minute every touch is looked at anew."""

from __future__ import annotations

from collections.abc import Sequence

from followup_tui.domain import dayplan
from followup_tui.domain.dayplan import Block, Item, Slot

BONUS = 0.1


def slow_plan(items: Sequence[Item], blocks: Sequence[Block], now: int) -> dict[int, tuple[str, int]]:
    """Return block and start of every flowing item that gets a slot, by its place in the list of items."""
    fixed = dayplan.lay_out([item for item in items if item.fixed_at is not None or item.urgent], blocks, now)
    busy = [(s.start, s.end, s.item.need.town) for s in fixed.outside] + [
        (s.start, s.end, s.item.need.town) for _, slots in fixed.blocks for s in slots
    ]
    waiting = {n: item for n, item in enumerate(items) if item.fixed_at is None and not item.urgent}
    found: dict[int, tuple[str, int]] = {}
    ordered = sorted(blocks, key=lambda block: (block.start, block.end, block.name))
    for number, block in enumerate(ordered):
        at = max(block.start, now)
        while at < block.end:
            before = max(((end, town) for _, end, town in busy if town and end <= at), default=(0, ""))[1]
            able = [
                (rank(item, at, block, before), n)
                for n, item in waiting.items()
                if may_begin(item, at, block, ordered[number:], busy)
            ]
            if not able:
                at += 1
                continue
            n = min(able)[1]
            item = waiting.pop(n)
            busy.append((at, at + item.minutes, item.need.town))
            found[n] = (block.name, at)
            at += item.minutes
    return found


def inside(windows, at: int, minutes: int) -> bool:
    return any(opens <= at and at + minutes <= close for opens, close in windows)


def may_begin(item: Item, at: int, block: Block, rest: Sequence[Block], busy) -> bool:
    end = at + item.minutes
    if (
        item.channel is None
        or not block.takes(item)
        or end > block.end
        or not inside(item.need.allowed, at, item.minutes)
    ):
        return False
    if any(start < end and stop > at for start, stop, _ in busy):
        return False
    if inside(item.need.preferred, at, item.minutes):
        return True
    chances = ((m, other) for other in rest if other.takes(item) for m in range(max(other.start, at), other.end))
    return not any(
        m + item.minutes <= other.end and inside(item.need.preferred, m, item.minutes) for m, other in chances
    )


def rank(item: Item, at: int, block: Block, town: str):
    liked = inside(item.need.preferred, at, item.minutes)
    hours = item.need.preferred if liked else item.need.allowed
    closing = any(opens <= at < close < block.end for opens, close in hours)
    elsewhere = bool(town and item.need.town and item.need.town != town)
    return (not liked, elsewhere, -item.score - (BONUS if closing else 0.0), item.due, item.id)


def free_minutes(block: Block, slots: Sequence[Slot], now: int) -> set[int]:
    """Return the minutes of a block from now on that no slot uses."""
    used = {minute for slot in slots for minute in range(slot.start, slot.end)}
    return set(range(max(block.start, now), block.end)) - used
