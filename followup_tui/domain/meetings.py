"""When a meeting begins and when it is over: wall time in its zone against an instant (domain §4)."""

from __future__ import annotations

from datetime import UTC, date, datetime

from followup_tui.domain.cadence import Rules
from followup_tui.domain.model import Planned
from followup_tui.domain.workdays import zone_of

MEETING_GRACE_MINUTES = 15
"""How long after its end a meeting is asked about (§4)."""


def begins(plan: Planned, rules: Rules) -> datetime | None:
    """Return the UTC instant a promise or meeting begins; None without a time."""
    if plan.time is None:
        return None
    return datetime.combine(plan.date, plan.time, zone_of(plan.zone or rules.zone)).astimezone(UTC)


def meeting_is_over(plan: Planned, now: datetime, rules: Rules) -> bool:
    """Whether a meeting's end and a quarter of an hour have passed at `now` (aware)."""
    beginning = begins(plan, rules)
    if beginning is None:
        return rules.day(now) > plan.date
    minutes = (now - beginning).total_seconds() / 60
    return minutes >= rules.meeting_minutes + MEETING_GRACE_MINUTES


def has_begun(plan: Planned, at: datetime, on: date, rules: Rules) -> bool:
    """Whether a talk at `at` on day `on` can be the meeting: a call in the morning is not the visit at two."""
    beginning = begins(plan, rules)
    return plan.date < on or (plan.date == on and (beginning is None or beginning <= at))
