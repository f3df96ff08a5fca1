"""The rows of a day as they stand on Today: entries in sections, each with its place."""

from __future__ import annotations

from dataclasses import field
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from followup_tui.records import dataclass

if TYPE_CHECKING:
    from followup_tui.services.views import BlockView, DecisionView, LeftOverView, SlotView, WhoView


@dataclass(frozen=True, slots=True)
class Entry:
    """One row that can be selected."""

    key: str
    """The prospect's id; with a number behind it for a touch already made."""
    prospect: WhoView
    channel: str | None
    slot: SlotView | None = None
    decision: DecisionView | None = None
    left: LeftOverView | None = None
    done: str | None = None
    """The outcome of a touch made today."""

    @property
    def offered(self) -> str:
        """What is only offered today: `companion` of a step made, to `confirm` a meeting; empty for all else."""
        kind = self.slot.kind if self.slot is not None and self.done is None else ""
        return kind if kind in ("companion", "confirm") else ""

    @property
    def open(self) -> bool:
        """Whether it has to be done in its place: a slot or a decision, not what is left over or only offered."""
        return self.done is None and self.left is None and not self.offered


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one title."""

    key: str
    name: str
    entries: tuple[Entry, ...]
    block: BlockView | None = None
    current: bool = False
    more: int = 0
    """How many others belong here that are not listed."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """All rows of a day."""

    sections: tuple[Section, ...] = ()
    rows: tuple[Entry, ...] = ()
    """The entries of all sections, in order."""
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Key → section and index in it."""

    def index(self, key: str | None) -> int | None:
        """Return the row of a key."""
        return next((n for n, entry in enumerate(self.rows) if entry.key == key), None)

    def next_open(self, start: int = 0) -> int | None:
        """Return the first row from `start` on that is still to do, else the first of all."""
        rows = self.rows
        return next((n for n in chain(range(start, len(rows)), range(min(start, len(rows)))) if rows[n].open), None)


Line: TypeAlias = Section | int | None
"""A title, the index of a row, or a blank."""


def lines_of(arrangement: Arrangement) -> tuple[list[Line], list[int]]:
    """Return what stands on each line of the queue, and the line of each row; the first title is in the border."""
    lines: list[Line] = []
    line_of: list[int] = []
    for number, section in enumerate(arrangement.sections):
        if number:
            lines += [None, section]
        for _ in section.entries:
            line_of.append(len(lines))
            lines.append(len(line_of) - 1)
    return lines, line_of
