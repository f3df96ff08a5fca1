"""What today offers beside the plan: companions of steps made, meetings to confirm, promises about to come (§4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from followup_tui.domain.cadence import Rules
from followup_tui.domain.channels import usable
from followup_tui.domain.meetings import begins
from followup_tui.domain.model import State
from followup_tui.domain.phases import phase
from followup_tui.domain.waiving import open_companion, to_confirm
from followup_tui.domain.workdays import day_name, plus_days, zone_of
from followup_tui.services import present
from followup_tui.services.context import Context
from followup_tui.services.day_items import DEFAULT_MINUTES
from followup_tui.services.views import SlotView, UpcomingView, WhoView
from followup_tui.storage import people, queue
from followup_tui.storage.codec import loads

_BY = ("phone", "text", "email")
"""How a meeting is confirmed, the first that works."""


def confirmations(connection: Any, rules: Rules, context: Context, now: datetime) -> tuple[SlotView, ...]:
    """Return a slot for every meeting of the next working day, with people not touched today."""
    today = rules.day(now)
    ahead = (rules.calendar.after(today) - today).days
    rows = queue.meetings_on(connection, today, [plus_days(today, days) for days in range(1, ahead + 1)])
    found = []
    for row in rows:
        state = loads(State, row.state)
        meeting = to_confirm(state, today, rules)
        if meeting is None:
            continue
        channel = next((one for one in _BY if usable(one, state.good, state.stopped_channels)), None)
        if channel is None:
            continue
        zone = row.zone or context.config.zone
        found.append(
            SlotView(
                start=now,
                prospect=WhoView(row.id, row.name, row.company, zone),
                channel=channel,
                step=meeting.step,
                steps_total=None,
                due=today,
                overdue_days=0,
                momentum=1.0,
                phase=state.phase or phase(state.attempts),
                local_time=f"{now.astimezone(zone_of(zone)):%H:%M}",
                companion=None,
                reasons=(f"a meeting is set for {day_name(meeting.date)}: confirm it the working day before",),
                kind="confirm",
                minutes=int(context.config.minutes.get(channel, DEFAULT_MINUTES)),
                star=bool(row.star),
                zone_confirmed=bool(row.zone_confirmed) or not row.zone,
                time=f"{meeting.time:%H:%M}" if meeting.time else None,
            )
        )
    return tuple(found)


def upcoming(connection: Any, rules: Rules, context: Context, now: datetime, minutes: int) -> tuple[UpcomingView, ...]:
    """Return the promises and meetings that begin within so many minutes from now, the earliest first."""
    today = rules.day(now)
    found = []
    for row in queue.fixed_between(connection, plus_days(today, -1), plus_days(today, 1)):
        who = WhoView(row.id, row.name, row.company, row.zone or context.config.zone)
        for plan in present.state_of_row(row).plans:
            begin = begins(plan, rules) if plan.fixed else None
            if begin is not None and 0 < (begin - now).total_seconds() <= minutes * 60:
                found.append(UpcomingView(who, plan.kind.value, plan.channel, present.local(begin, rules)))
    return tuple(sorted(found, key=lambda one: (one.at, one.prospect.id)))


def beside(
    connection: Any, made: Sequence[SlotView], rules: Rules, context: Context, now: datetime
) -> tuple[SlotView, ...]:
    """Return the companions that wait under the touches made today, in their order."""
    newest = {slot.prospect.id: slot for slot in made if slot.step is not None}
    today = rules.day(now)
    found = []
    for person in people.people(connection, newest):
        companion = open_companion(present.state_of(person), today)
        if companion is None:
            continue
        main = newest[person.id]
        why = f"beside the {main.channel} of {main.start:%H:%M}, as one step (S1); it lapses at the day's end"
        found.append(
            replace(
                main,
                channel=companion.channel,
                step=companion.step,
                due=companion.on,
                companion=None,
                reasons=(why,),
                kind="companion",
                minutes=int(context.config.minutes.get(companion.channel, DEFAULT_MINUTES)),
                done=None,
            )
        )
    return tuple(sorted(found, key=lambda slot: (slot.start, slot.prospect.id)))
