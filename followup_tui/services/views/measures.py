"""Measures of what was done, each beside the numbers of the sources."""

from __future__ import annotations

from datetime import date

from followup_tui.domain.source_numbers import SourceNumber
from followup_tui.records import dataclass

SECTIONS = {
    "now": "Today",
    "persistence": "Persistence",
    "response": "What works",
    "wins": "Wins",
    "mistakes": "The four mistakes",
    "promises": "Promises",
    "reasons": "The why-not journal",
    "days": "A year of days",
    "load": "Eight weeks ahead",
}
"""Names and titles, in the order they are shown."""


@dataclass(frozen=True, slots=True)
class GroupView:
    """One part of a measure: a channel, a step, a week."""

    name: str
    value: float | None
    n: int
    low: float | None = None
    """The bounds of the 90 % interval, where the value is a rate."""
    high: float | None = None
    enough: bool = True
    """Whether there are enough to judge: 20, ours."""
    of: float | None = None
    """What the value is measured against: the minutes of a week's blocks."""


@dataclass(frozen=True, slots=True)
class MeasureView:
    """One measure; `value` is None when there is nothing to tell yet."""

    name: str
    """Stable, for scripts."""
    title: str
    value: float | None
    unit: str
    """`touches`, `calls`, `share`, `minutes`, `people`, `days`, `momentum`, `reasons`."""
    n: int
    of: str
    """What `n` counts."""
    source: str
    """Whose measure it is: S0 to S4, or ours."""
    references: tuple[SourceNumber, ...] = ()
    groups: tuple[GroupView, ...] = ()
    low: float | None = None
    high: float | None = None
    enough: bool = True
    note: str = ""
    """How it is counted."""
    empty: str = ""
    """What will be here, and how to get it; for a measure without a value."""


@dataclass(frozen=True, slots=True)
class SectionView:
    """Measures that belong together."""

    name: str
    title: str
    measures: tuple[MeasureView, ...]


@dataclass(frozen=True, slots=True)
class StatsView:
    """All measures of a span of days."""

    since: date | None
    """None: from the first day."""
    until: date
    measures: tuple[MeasureView, ...]
