"""What a day plan is made of: touches, blocks, slots; times are whole minutes since the epoch (domain §13)."""

from __future__ import annotations

from dataclasses import field
from typing import NamedTuple

from followup_tui.records import dataclass

NO_BLOCK = "no block takes this channel today"
NO_BLOCK_LEFT = "no block left today takes this channel"
FULL = "block full"
HOURS_FULL = "the hours they like are full"
"""There is room in hours that are allowed; a call at eight in the morning is the user's to decide."""
NO_DETAIL = "detail missing"
OUTSIDE = "outside their hours"

Window = tuple[int, int]
"""Open from, open until: minutes since the epoch."""


@dataclass(frozen=True, slots=True, eq=False)
class Need:
    """What a touch needs of a block; touches that need the same share one, which is what makes planning fast."""

    channel: str | None
    """None: no detail is good."""
    minutes: int
    """Its companion's included."""
    preferred: tuple[Window, ...] = ()
    """When the prospect likes to be contacted on this day."""
    allowed: tuple[Window, ...] = ()
    """When the prospect may be contacted at all."""
    town: str = ""
    """Where a visit goes; visits to one town follow one another."""


class Item(NamedTuple):
    """One due touch."""

    id: str
    """The prospect's."""
    need: Need
    due: int
    """Ordinal of the due day."""
    score: float = 0.0
    """What `ordering.score` says; the highest goes first."""
    fixed_at: int | None = None
    """A promise's or meeting's time."""
    urgent: bool = False
    """Answers and New inbound's first step: now, whatever the block (§12)."""

    @property
    def channel(self) -> str | None:
        """How the prospect is contacted."""
        return self.need.channel

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return self.need.minutes


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
    color: str = ""
    """A role of the theme, carried along for the screen."""

    def takes(self, item: Item) -> bool:
        """Whether channel and filter let the item in."""
        return (not self.channels or item.need.channel in self.channels) and (self.only is None or item.id in self.only)


@dataclass(frozen=True, slots=True)
class Slot:
    """An item at its time."""

    item: Item
    start: int
    closing: bool = False
    """Whether the prospect's window closes within the block."""
    beside: bool = False
    """Whether it stands here because the visit before it is in the same town."""

    @property
    def end(self) -> int:
        """When it is over."""
        return self.start + self.item.need.minutes


@dataclass(slots=True)
class Layout:
    """The day: a list of slots for each block, what stands outside them, and what does not fit."""

    blocks: list[tuple[Block, list[Slot]]] = field(default_factory=list)
    outside: list[Slot] = field(default_factory=list)
    left_over: list[tuple[Item, str]] = field(default_factory=list)
