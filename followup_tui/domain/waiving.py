"""Letting go of what is only offered: it blocks nothing, so waiving it moves no date (domain §4)."""

from __future__ import annotations

from datetime import date

from followup_tui.domain.cadence import Rules
from followup_tui.domain.channels import usable
from followup_tui.domain.model import Companion, PlanKind, Planned, State
from followup_tui.domain.planning import plan_of
from followup_tui.errors import UsageError
from followup_tui.records import replace


def open_companion(state: State, today: date) -> Companion | None:
    """Return the companion still to be sent today; it lapses at the day's end, and an answer goes first (§4)."""
    companion = state.companion
    if companion is None or companion.on != today or state.is_paused(today):
        return None
    if plan_of(state, PlanKind.ANSWER) or not usable(companion.channel, state.good, state.stopped_channels):
        return None
    return companion


def to_confirm(state: State, today: date, rules: Rules) -> Planned | None:
    """Return the meeting to confirm today: it is the working day before, and there was no touch today (§4)."""
    meeting = plan_of(state, PlanKind.MEETING)
    if meeting is None or state.is_paused(today) or today in (state.last_touch, state.confirm_waived):
        return None
    return meeting if meeting.date > today and rules.calendar.before(meeting.date) == today else None


def confirm_waived(state: State, today: date, rules: Rules) -> State:
    """Leave the meeting unconfirmed; UsageError when none is to be confirmed today."""
    if to_confirm(state, today, rules) is None:
        raise UsageError("no meeting is to be confirmed today", "it is offered on the working day before")
    return replace(state, confirm_waived=today)


def fewer_slots(state: State, number: int) -> State:
    """Return the state with so many referral slots filled or waived; somebody without a slot may refer as well."""
    return replace(state, referral_slots=max(0, state.referral_slots - number))


def waived(state: State, today: date) -> State:
    """Drop the companion of today; UsageError when none waits."""
    if state.companion is None or state.companion.on != today:
        raise UsageError("no companion waits", "it waits on the day its step was made, until the day's end")
    return replace(state, companion=None)
