"""Logging: what is typed, what it would do, what it did."""

from __future__ import annotations

from datetime import date, datetime, time

from followup_tui.domain.model import Outcome
from followup_tui.records import dataclass
from followup_tui.services.views.people import NextTouchView, ProspectView, TouchView


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """One outcome with its consequence, before it is pressed."""

    key: str
    outcome: str
    next_touch: NextTouchView | None
    relation: str
    attempts_left: int | None
    explanation: str
    gap: int | None = None
    """Days from today to the next touch."""
    suits: bool = True
    """Whether the outcome suits the channel; the log shows these first."""
    asks_when: bool = False
    steps_total: int | None = None


@dataclass(frozen=True, slots=True)
class PreviewView:
    """What each outcome would do now."""

    prospect: ProspectView
    outcomes: tuple[OutcomeView, ...]
    channel: str = ""
    """The channel the preview is for."""
    completes: bool = True
    """Whether logging completes the planned step (§4, unplanned touches)."""
    headline: str = ""
    """`Steady, call 5 of 6`."""
    guard: str = ""
    """Why one more touch would be too much, or a law to mind; nothing is refused."""


@dataclass(frozen=True, slots=True)
class LogView:
    """What a log or an answer changed."""

    touch: TouchView | None
    prospect: ProspectView
    before: NextTouchView | None
    after: NextTouchView | None
    undo: str
    """The name of the undo step."""
    explanation: str = ""
    change: int = 0
    """The id of the change, to amend it within the toast."""
    guard: str = ""
    """What the over-contact guard said before it."""


@dataclass(frozen=True, slots=True)
class LogDraft:
    """What is logged; only channel and outcome are needed."""

    channel: str
    outcome: Outcome
    note: str = ""
    value: str = ""
    at: datetime | None = None
    """Aware; None is now. A future time is an error."""
    sentiment: str = ""
    inbound: bool = False
    until: date | None = None
    """The promise's or meeting's date, or the user's own next date."""
    until_time: time | None = None
    shift: int = 0
    """Days the next date is moved by."""
    consent: bool | None = None
    reason: str = ""
    force: bool = False
    completes: bool | None = None
    channel_only: bool = False
    template: str = ""
    """The template it was written from."""


@dataclass(frozen=True, slots=True)
class PauseView:
    """One way to resume, and what is next by it."""

    rule: str
    """freeze, restart, keep."""
    next_touch: NextTouchView | None
    """After the pause; for an open one as if it ended today."""


@dataclass(frozen=True, slots=True)
class HistoryView:
    """One change that can be undone or redone."""

    id: int
    at: datetime
    name: str
    undone: bool


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """What correcting or removing a touch changed, or would change."""

    touch: TouchView
    """As it is now; a removed one as it was."""
    before: NextTouchView | None
    after: NextTouchView | None
    explanation: str
    undo: str = ""
    """The name of the undo step; empty for a dry run, and when nothing differs."""
