"""What the user wished for when logging: another next date, or a promised time (domain §4, promise on any outcome)."""

from __future__ import annotations

from datetime import date

from followup_tui.domain.channels import BY_NAME
from followup_tui.domain.model import Outcome, PlanKind, Planned, State, Touch
from followup_tui.domain.planning import adding, plan_of, without
from followup_tui.domain.workdays import day_name, plus_days
from followup_tui.errors import UsageError
from followup_tui.records import replace


def apply_wishes(state: State, touch: Touch, on: date, today: date) -> State:
    """Set or shift the next date; with a time it is a promise that stands in for the step."""
    if touch.outcome in (Outcome.CALL_BACK, Outcome.MEETING_SET) or not state.relation.in_play:
        return state
    if touch.until is not None:
        return _wished(state, touch, on, today)
    plan = plan_of(state, PlanKind.STEP, PlanKind.OWN)
    if touch.shift and plan is not None:
        day = max(plus_days(plan.date, touch.shift), today)
        why = f"{plan.reason}; shifted {touch.shift:+d} by you"
        return adding(state, replace(plan, date=day, reason=why, nominal=None))
    return state


def _wished(state: State, touch: Touch, on: date, today: date) -> State:
    until = touch.until
    assert until is not None
    if until < today:
        raise UsageError(f"{day_name(until)} is past", "choose a day from today on")
    plan = plan_of(state, PlanKind.STEP, PlanKind.OWN)
    step = plan.step if plan else (state.enrolment.step if state.enrolment else None)
    channel = plan.channel if plan else touch.channel
    if touch.until_time is None:
        plan = plan or Planned(PlanKind.OWN, until, None, None, channel, step, "your own date")
        why = f"you chose {day_name(until)} ({plan.reason})"
        return adding(state, replace(plan, date=until, reason=why, nominal=None))
    if BY_NAME[touch.channel].working:
        channel = touch.channel  # "I'll call Thursday at ten" is told on the phone: the promise is a call
    why = f"you promised it on {day_name(on)}"
    promise = Planned(PlanKind.PROMISE, until, touch.until_time, touch.until_zone, channel, step, why)
    return adding(without(state, PlanKind.STEP, PlanKind.OWN, PlanKind.PROMISE), promise)
