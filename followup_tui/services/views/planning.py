"""Beyond today: the blocks of a date, a week, the workload ahead, and what went into a calendar."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from followup_tui.records import dataclass

if TYPE_CHECKING:
    from datetime import datetime

    from followup_tui.config import BlockConfig
    from followup_tui.services.views.day import BlockView, LeftOverView, SlotView


@dataclass(frozen=True, slots=True)
class DayBlocksView:
    """The blocks that hold on one date."""

    day: date
    own: bool
    """Whether the date has blocks of its own instead of the week's template."""
    blocks: tuple[BlockConfig, ...]
    """The earliest first."""


@dataclass(frozen=True, slots=True)
class WeekDayView:
    """One day of a week: its blocks with their load, and what stands fixed in it."""

    date: date
    working: bool
    free: str
    """Why nobody works: `away`, `holiday`, `day off`; empty on working days."""
    own_blocks: bool
    blocks: tuple[BlockView, ...]
    fixed: tuple[SlotView, ...]
    """Promises and meetings, by their time."""
    left_over: tuple[LeftOverView, ...]
    decisions: int
    planned: int
    done: int
    planned_minutes: int
    capacity_minutes: int


@dataclass(frozen=True, slots=True)
class WeekView:
    """Seven days from a Monday."""

    start: date
    now: datetime
    days: tuple[WeekDayView, ...]


@dataclass(frozen=True, slots=True)
class DayLoadView:
    """The work of one day to come, if every touch is made on its day."""

    date: date
    working: bool
    touches: int
    minutes: int
    capacity_minutes: int
    over_minutes: int
    """What no block of the day takes any more."""
    channels: dict[str, int]
    """Touches by channel."""
    fixed: int
    """Promises and meetings among them."""
    decisions: int
    """Questions that come up."""
    extra: int
    """Touches of the people that are only imagined."""
    extra_minutes: int


@dataclass(frozen=True, slots=True)
class WeekLoadView:
    """The work of one week to come."""

    start: date
    touches: int
    minutes: int
    capacity_minutes: int
    over_minutes: int
    decisions: int
    extra: int
    extra_minutes: int
    days: tuple[DayLoadView, ...]


@dataclass(frozen=True, slots=True)
class ForecastView:
    """The workload of the weeks ahead against what the blocks hold."""

    start: date
    end: date
    prospects: int
    """In play, and not paused without an end."""
    overdue: int
    """Touches that wait since before today; they count on today."""
    weeks: tuple[WeekLoadView, ...]
    what_if: int
    """People imagined to be enrolled."""
    cadence: str | None
    per_day: int | None
    """How many of them start on one working day."""
    full_on: date | None
    """The first day with more work than its blocks take."""


@dataclass(frozen=True, slots=True)
class AgendaView:
    """What was written into a calendar file."""

    file: str
    first: date
    last: date
    blocks: int
    touches: int
    promises: int
    """Promises and meetings."""
    left_over: int
    added: int
    changed: int
    cancelled: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class ZoneView:
    """What a prospect's clock is, and what suggests it."""

    id: str
    name: str
    zone: str
    """What is used now."""
    confirmed: bool
    suggested: str
    """What phone or address suggest; empty when neither does."""
    why: str
    """`phone +1 212 …`, in words."""
    local_time: str
    """HH:MM there now."""
    open: bool
    """Whether it is within their hours."""
