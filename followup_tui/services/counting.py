"""One walk through the journal for all measures of touches: short reads, so that a log never waits for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from followup_tui.domain.workdays import local_day, zone_of
from followup_tui.errors import FollowupError
from followup_tui.records import dataclass
from followup_tui.services.context import Context
from followup_tui.services.kept import ANSWER_DAYS, responses
from followup_tui.storage import measuring

SPAN = 10_000
"""Entries of one read."""
INBOUND = "New inbound"
"""The cadence of those who came to us."""
Progress = Callable[[int, int], bool]
"""Gets the entries read and to read; returns False to cancel."""


@dataclass(slots=True)
class Tally:
    """Touches, and how many of them were answered."""

    n: Counter[Any] = field(default_factory=Counter)
    answered: Counter[Any] = field(default_factory=Counter)

    def add(self, key: Any, n: int, answered: int | None) -> None:
        """Count more of one kind."""
        self.n[key] += n
        self.answered[key] += answered or 0


@dataclass(slots=True)
class Counts:
    """What the journal came to since an instant."""

    channels: Tally = field(default_factory=Tally)
    steps: Tally = field(default_factory=Tally)
    """By step; 0 is a touch outside of any."""
    hours: Tally = field(default_factory=Tally)
    """By the user's wall clock."""
    weekdays: Tally = field(default_factory=Tally)
    """0 is Monday."""
    values: Tally = field(default_factory=Tally)
    templates: Tally = field(default_factory=Tally)
    attempts: Counter[str] = field(default_factory=Counter)
    """By prospect."""
    calls: Counter[str] = field(default_factory=Counter)
    wins: Counter[int] = field(default_factory=Counter)
    """By the number of touches it took."""
    first_minutes: list[float] = field(default_factory=list)
    """Until the first contact, of everybody who came to us and got one."""
    waiting_first: int = 0
    """Came to us and still wait."""
    reasons: list[tuple[str, str, int]] = field(default_factory=list)
    promised: dict[str, None] = field(default_factory=dict)
    """Who was promised something, whoever was last at the end."""
    referrals: int = 0


def count(context: Context, since: date | None, progress: Progress | None = None) -> Counts:
    """Return the counts since the start of a local day (None: since ever); FollowupError when `progress` cancels."""
    begin = day_begins(context, since) if since else None
    counts = Counts()
    times = Tally()
    digits = hour_digits(context)
    answers = responses()
    with context.database.reading() as connection:
        spans = measuring.spans(connection, begin, SPAN)
    for place, span in enumerate(spans):
        if progress is not None and not progress(place, len(spans)):
            raise FollowupError("the counting was cancelled")
        with context.database.reading() as connection:
            _take(counts, times, measuring.Slice(connection, span, answers, ANSWER_DAYS), digits)
    _by_clock(counts, times, context)
    return counts


def _take(counts: Counts, times: Tally, part: measuring.Slice, digits: int) -> None:
    """Add the counts of one span."""
    for channel, step, n, answered in part.steps():
        counts.channels.add(channel, n, answered)
        counts.steps.add(step or 0, n, answered)
    for at, n, answered in part.times(digits):
        times.add(at, n, answered)
    for tally, column in ((counts.values, "value"), (counts.templates, "template")):
        for name, n, answered in part.named(column):
            tally.add(name, n, answered)
    for prospect, attempts, calls in part.people():
        counts.attempts[prospect] += attempts
        if calls:
            counts.calls[prospect] += calls
    for touches, n in part.wins():
        counts.wins[touches] += n
    for came, answered_at in part.first_contacts(INBOUND):
        if answered_at is None:
            counts.waiting_first += 1
        else:
            waited = datetime.fromisoformat(answered_at) - datetime.fromisoformat(came)
            counts.first_minutes.append(max(0.0, waited.total_seconds() / 60))
    counts.reasons.extend(part.reasons())
    for (prospect,) in part.promised():
        counts.promised.pop(prospect, None)
        counts.promised[prospect] = None
    counts.referrals += part.referrals()


def _by_clock(counts: Counts, times: Tally, context: Context) -> None:
    """Turn UTC hours into hours and weekdays of the user's wall clock."""
    zone = zone_of(context.config.zone)
    for at, n in times.n.items():
        here = moment_of(at).astimezone(zone)
        counts.hours.add(here.hour, n, times.answered[at])
        counts.weekdays.add(here.weekday(), n, times.answered[at])


def moment_of(beginning: str) -> datetime:
    """Return the instant that begins so: `2026-11-23T09`, or with its minutes."""
    return datetime.fromisoformat(beginning if len(beginning) > 13 else beginning + ":00").replace(tzinfo=UTC)


def hour_digits(context: Context) -> int:
    """Return how much of an instant tells the hour on the user's clock: with its minutes where zones are not whole."""
    offset = context.now().astimezone(zone_of(context.config.zone)).utcoffset() or timedelta()
    return 13 if not offset % timedelta(hours=1) and not context.config.day_starts.minute else 16


def day_begins(context: Context, day: date) -> datetime:
    """Return the instant a day of the user starts."""
    return datetime.combine(day, context.config.day_starts, zone_of(context.config.zone))


def day_of(context: Context, at: datetime) -> date:
    """Return the user's day of an instant."""
    return local_day(at, context.config.zone, context.config.day_starts)
