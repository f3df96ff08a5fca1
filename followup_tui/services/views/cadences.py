"""Cadences, who moves between versions, and the user's own days off."""

from __future__ import annotations

from datetime import date, time

from followup_tui.domain.model import PlanKind
from followup_tui.records import dataclass
from followup_tui.services.views.people import WhoView


@dataclass(frozen=True, slots=True)
class StandingView:
    """The standing order, and whom it would draw from the pool now."""

    filter: str
    cadence: str
    lines: int
    """How many are to be in play."""
    per_day: int | None
    in_play: int
    drawn: tuple[WhoView, ...]
    why: str


@dataclass(frozen=True, slots=True)
class CadenceView:
    """A cadence with who is on it."""

    id: int
    name: str
    version: int
    for_relation: str
    steps: tuple[str, ...]
    """`1 p+e` per step: day and channel letters."""
    then: str
    enrolled: int
    source: str


@dataclass(frozen=True, slots=True)
class MigrationRow:
    """Somebody on an older version of a cadence: what moving to the newest would change."""

    prospect: WhoView
    version: int
    """The version they are on."""
    step_from: int
    date_from: date | None
    """None: no step is planned, but a decision, a promise …"""
    step_to: int
    date_to: date | None


@dataclass(frozen=True, slots=True)
class AwayKept:
    """A promise or meeting in an absence: the user decides about it."""

    prospect: WhoView
    kind: PlanKind
    date: date
    time: time | None
    channel: str | None


@dataclass(frozen=True, slots=True)
class AwayMove:
    """A touch that an absence moves."""

    prospect: WhoView
    kind: PlanKind
    channel: str | None
    date_from: date
    date_to: date
    reason: str


@dataclass(frozen=True, slots=True)
class AwayView:
    """What an absence does to the plan."""

    first: date
    last: date
    rule: str
    back: date
    """The first working day after it."""
    kept: tuple[AwayKept, ...]
    moved: tuple[AwayMove, ...]


@dataclass(frozen=True, slots=True)
class EnrolView:
    """What an enrolment of one or many did, or would do."""

    enrolled: int
    refused: tuple[tuple[WhoView, str], ...]
    first: date | None
    """The first touch of those who start first; `last`: of those who start last."""
    last: date | None
    days: tuple[tuple[date, int], ...] = ()
    """How many first touches fall on each day."""
    channels: tuple[tuple[str, int], ...] = ()
    """The channel of the first touch, the most frequent first."""
    replaced: tuple[tuple[str, int], ...] = ()
    """Running enrolments that end, by the name of their cadence."""
    per_day: int | None = None
    """How many start on one working day at most; None for one person alone."""
    full: int = 0
    """How many start later than that because the blocks of a day had no room."""
    unmet: tuple[WhoView, ...] = ()
    """Those whose hours for the first touch meet no block of the week: no plan will hold them."""
