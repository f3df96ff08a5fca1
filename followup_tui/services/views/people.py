"""Prospects, their touches and what lies ahead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from followup_tui.records import dataclass


@dataclass(frozen=True, slots=True)
class NextTouchView:
    """The next touch of a prospect, as it stands today."""

    kind: str
    """decision, answer, promise, meeting, step, card, own."""
    date: date
    """Local date; a decision is dated today."""
    time: time | None
    channel: str | None
    """None: a decision, or blocked because no detail is good."""
    step: int | None
    reason: str
    fixed: bool
    question: str | None = None
    """What a decision asks."""
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class ProspectView:
    """One prospect, whole."""

    id: str
    name: str
    company: str
    title: str
    relation: str
    phone: str
    mobile: str
    email: str
    fax: str
    address: str
    zone: str
    """IANA name; the user's own when nothing better is known."""
    zone_confirmed: bool
    why: str
    benefit: str
    source: str
    star: bool
    tags: tuple[str, ...]
    birthday: str
    referred_by: str | None
    attempts: int
    touches: int
    last_touch: datetime | None
    next_touch: NextTouchView | None
    paused: bool
    paused_until: date | None
    pace: str
    goal: str
    consent: bool | None
    """Their answer to the permission question; None: never asked."""
    do_not_contact: bool
    bad_details: tuple[str, ...]
    blocked: bool
    """In play, but no detail is good for any channel."""
    momentum: float
    """0–1; 0.9 per overdue day (§6)."""
    phase: str
    """curiosity, annoyance, resentment, respect (§7)."""
    cadence: str | None
    step: int | None
    steps_total: int | None
    """None while the cadence repeats."""
    extra: dict[str, str]
    """Columns an import could not place."""
    note: str = ""
    attempts_limit: int | None = None
    """The attempt at which the app asks (6 cold, 12 engaged); None without a limit."""
    stopped_channels: tuple[str, ...] = ()
    referral_slots: int = 0
    overdue_days: int = 0
    reel_back: bool = False
    """Two bad sentiments running: more room is suggested (§4); only where one prospect is looked at."""
    coach: str | None = None
    """One line of the coach, shown once; only where one prospect is looked at."""
    coach_id: str | None = None
    proposed_value: str = ""
    """What to give next; only where one prospect is looked at."""
    proposed_given: date | None = None
    """When they got it before; None: never."""
    consent_on: date | None = None
    consent_words: str = ""
    consent_channel: str = ""
    referrer: str = ""
    """The name of who referred them; only where one prospect is looked at."""


@dataclass(frozen=True, slots=True)
class TouchView:
    """One logged touch."""

    id: str
    prospect: str
    """Id of the prospect."""
    channel: str
    direction: str
    """outbound or inbound."""
    outcome: str
    at: datetime
    """With the user's offset."""
    logged_at: datetime
    note: str
    value: str
    sentiment: str | None
    step: int | None
    cadence: str | None
    companion_of: str | None
    """Id of the touch it accompanied."""
    reason: str
    template: str | None
    promise: str | None
    """The date and time told to the prospect, ISO."""
    kept: bool | None = None
    """Whether what was promised in it was kept; None: nothing was, or it is open, moved or called off."""


@dataclass(frozen=True, slots=True)
class AheadView:
    """One step still to come, if every touch is made on its day."""

    date: date
    time: time | None
    kind: str
    channel: str | None
    companion: str | None
    step: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class TimelineView:
    """A prospect with everything that happened and what comes (newest last)."""

    prospect: ProspectView
    timeline: Sequence[TouchView]
    ahead: tuple[AheadView, ...]
    details: tuple[DetailView, ...] = ()
    referrals: tuple[ReferredView, ...] = ()
    """Whom they named."""
    promises: PromisesView | None = None
    """What was promised to them and kept; None when nothing was."""
    named_by: ReferredView | None = None
    """Who named them."""


@dataclass(frozen=True, slots=True)
class ReferredView:
    """Somebody a prospect named, and when."""

    prospect: WhoView
    on: date


@dataclass(frozen=True, slots=True)
class DetailView:
    """One phone number, address … with what is known about it."""

    kind: str
    value: str
    label: str
    bad: bool


@dataclass(frozen=True, slots=True)
class WhoView:
    """A prospect as named in lists."""

    id: str
    name: str
    company: str
    zone: str


@dataclass(frozen=True, slots=True)
class PromisesView:
    """How many promises were kept."""

    kept: int
    n: int
    value: float | None
    """The share kept, 0–1; None without any."""
    source: str = "ours: on its day, within 30 minutes of its time"


@dataclass(frozen=True, slots=True)
class ProspectDraft:
    """What a person typed to add or change a prospect; None leaves a field as it is."""

    name: str | None = None
    company: str | None = None
    title: str | None = None
    phone: str | None = None
    mobile: str | None = None
    email: str | None = None
    fax: str | None = None
    address: str | None = None
    zone: str | None = None
    relation: str | None = None
    inbound: bool = False
    why: str | None = None
    benefit: str | None = None
    cadence: str | None = None
    source: str | None = None
    star: bool | None = None
    tags: tuple[str, ...] | None = None
    birthday: str | None = None
    pace: str | None = None
    goal: str | None = None
    """`quick response`, `positive outcome`; empty: none."""
    note: str | None = None
    phase: str | None = None
    """A CARR phase; empty or `auto`: as the attempts suggest."""


@dataclass(frozen=True, slots=True)
class ProspectRow:
    """A prospect as a row of a table."""

    id: str
    name: str
    company: str
    relation: str
    next_kind: str | None
    next_date: date | None
    next_channel: str | None
    attempts: int
    last_touch: datetime | None
    star: bool
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class ListingView:
    """Whom a filter finds, in an order: where everybody stands, without their rows."""

    ids: Sequence[str]
    today: date
    now: datetime
    near: bool = False
    """Nobody matches; these have names like the words."""


@dataclass(frozen=True, slots=True)
class BulkView:
    """What a verb did to many."""

    done: int
    refused: tuple[tuple[WhoView, str], ...] = ()
    """Who was left as they were, and why."""
