"""Pace, goal, phase and reel back: how fast and by what a prospect is followed up (domain §5, §7)."""

from __future__ import annotations

import math
from datetime import date

from followup_tui.domain.cadence import Rules, choose_channel, due, gap_of, rolls, step_at
from followup_tui.domain.events import ReeledBack, Tuned
from followup_tui.domain.loading import MONTH
from followup_tui.domain.model import PlanKind, State
from followup_tui.domain.phases import ADVICE
from followup_tui.domain.planning import adding, plan_of, rechannel, step_plan
from followup_tui.domain.workdays import day_name, plus_days, rolled_words
from followup_tui.errors import UsageError
from followup_tui.records import replace

QUICK, POSITIVE = "quick response", "positive outcome"
RISKS = {
    QUICK: "quick channels come first: a quick answer is easily a quick no",
    POSITIVE: "the channels that win most come first (S1): they take longer, and an answer may wait",
}
"""Every goal with its price, in words."""
REEL = 1.5
"""Ours: the gap is half as long again."""


def tuned(state: State, event: Tuned, rules: Rules) -> State:
    """Store goal and phase; a goal ranks the channels of the planned step anew, its date stays."""
    if event.goal and event.goal not in RISKS:
        raise UsageError(f"unknown goal “{event.goal}”", "use quick response or positive outcome")
    if event.phase and event.phase not in ADVICE:
        raise UsageError(f"unknown phase “{event.phase}”", "use " + ", ".join(ADVICE))
    changed = replace(state, goal=event.goal, phase=event.phase)
    return changed if event.goal == state.goal else rechannel(changed, rules)


def repaced(state: State, today: date, rules: Rules) -> State:
    """Date the planned step by the new pace; not before today, and a day the user chose, or a pause, stays."""
    plan, enrolment = plan_of(state, PlanKind.STEP), state.enrolment
    if plan is None or enrolment is None or plan.nominal is None or state.is_paused(today):
        return state
    if enrolment.step > 1 and enrolment.previous == enrolment.started == plan.nominal:
        return state
    cadence = rules.cadence(enrolment.cadence_id)
    found = due(cadence, enrolment, enrolment.step, state, rules)
    if found is None or found.nominal == plan.nominal or (found.day < today and plan.date <= today):
        return state
    placed = step_plan(found, enrolment, cadence, day_name(enrolment.previous))
    if placed.date < today:
        step = step_at(cadence, enrolment, enrolment.step, state.star)
        day = rules.calendar.roll(today) if step is not None and rolls(step, placed.channel) else today
        placed = replace(placed, date=day, nominal=today)
    return adding(state, replace(placed, channel=plan.channel, reason=f"{placed.reason}; pace {state.pace}"))


def reeled_back(state: State, event: ReeledBack, today: date, rules: Rules) -> State:
    """Give room: the gap half as long again, rounded up, and another channel than the last (S0); never sooner."""
    plan, enrolment = plan_of(state, PlanKind.STEP), state.enrolment
    if plan is None or enrolment is None:
        raise UsageError("no step is planned that could be reeled back", "followup show says what is planned")
    if state.is_paused(today):
        raise UsageError("is paused", "resume first")
    cadence = rules.cadence(enrolment.cadence_id)
    step = step_at(cadence, enrolment, enrolment.step, state.star)
    if step is None:
        raise UsageError("the cadence has no further step")
    gap = gap_of(cadence, enrolment, enrolment.step, state, rules)
    longer = max(1, math.ceil((MONTH if gap is None else gap) * REEL))
    channel = choose_channel(step, state, state.last_channel)
    nominal = max(plus_days(enrolment.previous, longer), plan.date, today)
    day = rules.calendar.roll(nominal) if rolls(step, channel) else nominal
    why = f"reeled back to +{longer} after {day_name(enrolment.previous)}"
    why = "; ".join(part for part in (why, rolled_words(nominal, day), event.reason) if part)
    return adding(state, replace(plan, date=day, time=None, channel=channel, nominal=nominal, reason=why))
