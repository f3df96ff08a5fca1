"""Lead time: what goes by mail arrives days after it was sent (domain §2, ours: three days).

The sources count a touch on the day the seller makes it, so the step of a cadence is sent on its date. A promise is a
date told to the prospect: what was promised by mail or as a gift is there on that date, and has to leave before.
"""

from __future__ import annotations

from datetime import date

from followup_tui.domain.channels import BY_NAME, CHANNELS
from followup_tui.domain.workdays import WorkCalendar, plus_days

LONGEST_LEAD = max(channel.lead_days for channel in CHANNELS) + 11
"""Days: the longest way there is, after the longest run of days on which nobody posts anything."""


def lead_days(channel: str | None) -> int:
    """Return the days from sending to arriving."""
    return BY_NAME[channel].lead_days if channel in BY_NAME else 0


def send_by(channel: str | None, arrives: date, calendar: WorkCalendar) -> date:
    """Return the last working day on which something sent arrives on its date; the date itself for what is instant."""
    lead = lead_days(channel)
    if not lead:
        return arrives
    latest = plus_days(arrives, -lead)
    if calendar.is_working(latest):
        return latest
    before = calendar.before(latest)
    return before if (latest - before).days <= LONGEST_LEAD - lead else latest
