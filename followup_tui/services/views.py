"""What services hand out: frozen views. Their field names are the JSON contract of the command line (interface §2)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time

from followup_tui.domain.model import Outcome, PlanKind


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
    timeline: tuple[TouchView, ...]
    ahead: tuple[AheadView, ...]
    details: tuple[DetailView, ...] = ()
    referrals: tuple[ReferredView, ...] = ()
    """Whom they named."""
    promises: PromisesView | None = None
    """What was promised to them and kept; None when nothing was."""


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
class SlotView:
    """One due touch laid into the day."""

    start: datetime
    """With the user's offset."""
    prospect: WhoView
    channel: str
    step: int | None
    steps_total: int | None
    due: date
    overdue_days: int
    momentum: float
    phase: str
    local_time: str
    """HH:MM at the prospect's when the slot starts."""
    companion: str | None
    reasons: tuple[str, ...]
    """Why here, one sentence each (`i`)."""
    kind: str = "step"
    minutes: int = 5
    fixed: bool = False
    star: bool = False
    zone_confirmed: bool = True
    cadence: str | None = None
    done: str | None = None
    """The outcome when it was worked today; the row stays, marked."""
    window_open: bool = True
    """Whether the prospect may be contacted at this time."""
    time: str | None = None
    """HH:MM promised, for fixed ones."""


@dataclass(frozen=True, slots=True)
class BlockView:
    """One reserved span of the day."""

    name: str
    start: datetime
    end: datetime
    channels: tuple[str, ...]
    """Empty: any."""
    capacity_minutes: int
    planned_minutes: int
    slots: tuple[SlotView, ...]
    done: int = 0
    """Touches made inside this block today."""


@dataclass(frozen=True, slots=True)
class LeftOverView:
    """A due touch that does not fit, with the true reason."""

    prospect: WhoView
    channel: str | None
    reason: str
    due: date | None = None
    kind: str = "step"


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A question the app asks; the preselected choice is never executed by itself."""

    prospect: WhoView
    question: str
    text: str
    """The question in words."""
    choices: tuple[ChoiceView, ...]
    preselected: str
    since: date


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One answer with what it would do."""

    key: str
    choice: str
    consequence: str
    asks: str = ""
    """`when` (a date or time is needed), `cadence` (one is to be chosen), `reason` (optional words) or empty."""


@dataclass(frozen=True, slots=True)
class TotalsView:
    """The day in numbers."""

    due: int
    planned: int
    done: int
    left_over: int
    decisions: int
    overdue: int
    at_risk: float
    """Momentum that all due prospects lose by tomorrow, summed."""
    prospects: int
    """Everybody in the database; 0 is the first run."""
    tomorrow: int


@dataclass(frozen=True, slots=True)
class TodayView:
    """The plan of one day."""

    date: date
    zone: str
    now: datetime
    blocks: tuple[BlockView, ...]
    promises: tuple[SlotView, ...]
    """What stands outside every block: fixed ones, and what wants to be done now (answers, New inbound)."""
    left_over: tuple[LeftOverView, ...]
    decisions: tuple[DecisionView, ...]
    totals: TotalsView
    done: tuple[SlotView, ...] = ()
    """Touches made today, oldest first."""
    companions: tuple[SlotView, ...] = ()
    """What waits under a step made today, kind `companion`; it lapses at the day's end."""
    confirms: tuple[SlotView, ...] = ()
    """Meetings of the next working day to confirm, kind `confirm`; any touch today ends it."""
    standing: int = 0
    """How many the standing order would draw from the pool now; it draws nobody by itself."""


@dataclass(frozen=True, slots=True)
class CoachView:
    """One rule of the coach."""

    id: str
    line: str
    source: str
    dismissed: int = 0
    """How often it was put away."""


@dataclass(frozen=True, slots=True)
class ReasonView:
    """A reason given for passing or ending, and how often."""

    reason: str
    n: int
    of: dict[str, int]
    """What it was given for: skip, close, answer, reel, definite no."""


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
class UpcomingView:
    """A promise or meeting about to come."""

    prospect: WhoView
    kind: str
    channel: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class PromisesView:
    """How many promises were kept."""

    kept: int
    n: int
    value: float | None
    """The share kept, 0–1; None without any."""
    source: str = "ours: on its day, within 30 minutes of its time"


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


@dataclass(frozen=True, slots=True)
class HistoryView:
    """One change that can be undone or redone."""

    id: int
    at: datetime
    name: str
    undone: bool


@dataclass(frozen=True, slots=True)
class RejectedView:
    """One row, or one field of a row, that could not be taken."""

    line: int
    field: str
    why: str


@dataclass(frozen=True, slots=True)
class FileReportView:
    """What an import did, or would do, with one file."""

    file: str
    format: str
    encoding: str
    delimiter: str
    rows: int
    created: int
    updated: int
    skipped: int
    rejected: tuple[RejectedView, ...]
    columns: dict[str, str] = field(default_factory=dict)
    """Column → field, as mapped."""
    sample: tuple[str, ...] = ()
    """Names of the first people."""
    sheet: str = ""
    """The sheet of a workbook that was read; empty for other files."""


@dataclass(frozen=True, slots=True)
class ImportView:
    """An import over one or several files: one change, one undo."""

    files: tuple[FileReportView, ...]
    dry_run: bool
    undo: str
    enrolled: int = 0
    cadence: str | None = None


@dataclass(frozen=True, slots=True)
class CheckView:
    """One check of doctor."""

    name: str
    ok: bool
    detail: str


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
class CorrectionView:
    """What correcting or removing a touch changed, or would change."""

    touch: TouchView
    """As it is now; a removed one as it was."""
    before: NextTouchView | None
    after: NextTouchView | None
    explanation: str
    undo: str = ""
    """The name of the undo step; empty for a dry run, and when nothing differs."""


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
class EnrolView:
    """What an enrolment of one or many did."""

    enrolled: int
    refused: tuple[tuple[WhoView, str], ...]
    first: date | None
    last: date | None
