"""Triage: what is overdue at the day's start, and where it would go."""

from __future__ import annotations

from datetime import date

from followup_tui.records import dataclass
from followup_tui.services.views.people import WhoView


@dataclass(frozen=True, slots=True)
class OverdueView:
    """One overdue touch that may be moved."""

    prospect: WhoView
    kind: str
    channel: str | None
    step: int | None
    steps_total: int | None
    cadence: str | None
    due: date
    overdue_days: int
    momentum: float
    star: bool
    attempts: int


@dataclass(frozen=True, slots=True)
class SpreadMove:
    """One overdue touch with the day it goes to."""

    prospect: WhoView
    kind: str
    channel: str | None
    date_from: date
    date_to: date


@dataclass(frozen=True, slots=True)
class SpreadDay:
    """One day of the spread."""

    date: date
    planned: int
    """Touches that are planned for this day anyway."""
    added: int
    """What the spread puts on it; on today: what stays."""
    minutes: int
    """What planned and added take together."""
    capacity_minutes: int
    """What the day's blocks hold."""


@dataclass(frozen=True, slots=True)
class SpreadView:
    """All overdue touches laid on the days that have room."""

    overdue: int
    moved: tuple[SpreadMove, ...]
    stays: int
    """Those that fit into today, and those no block takes on any day."""
    untouched: int
    """Promises, meetings, answers and decisions that wait: never moved by a spread."""
    days: tuple[SpreadDay, ...]
