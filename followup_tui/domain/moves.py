"""Skip, move, pause and resume: the plan changes without a touch (domain §4, §5)."""

from __future__ import annotations

from datetime import date

from followup_tui.domain.cadence import Rules, gap_of
from followup_tui.domain.channels import usable
from followup_tui.domain.events import Moved, Paused
from followup_tui.domain.model import Pause, PauseRule, PlanKind, Planned, Question, State
from followup_tui.domain.planning import (
    adding,
    complete_step,
    decision,
    dropping,
    later_of,
    place_step,
    plan_of,
    rolled,
    without,
)
from followup_tui.domain.workdays import day_name, plus_days, plus_months
from followup_tui.errors import UsageError
from followup_tui.records import replace


def _lead(state: State, verb: str) -> Planned:
    plan = state.next_touch
    if plan is None:
        raise UsageError(f"nothing is planned, so there is nothing to {verb}")
    if plan.kind is PlanKind.DECISION:
        raise UsageError(f"a decision waits, so there is nothing to {verb}", "answer it first")
    return plan


def skipped(state: State, today: date, rules: Rules) -> State:
    """Pass the planned step: later dates stay, an overdue one is re-anchored on today; not an attempt (§4)."""
    plan = _lead(state, "skip")
    if plan.kind is PlanKind.MEETING:
        raise UsageError("a meeting can't be skipped", "log it as held, no-show, or move it")
    if plan.kind is PlanKind.ANSWER:
        rest = without(state, PlanKind.ANSWER)
        return rest if rest.plans else _placed_later(rest, today, rules)
    base = max(plan.date, today)
    rest = state if plan.kind is PlanKind.STEP else without(state, plan.kind)
    if rest is not state and plan_of(rest, PlanKind.STEP, PlanKind.PROMISE, PlanKind.OWN):
        return rest
    if rest.enrolment is None:
        return adding(rest, decision(Question.WHAT_NEXT, today, "skipped: what comes next?"))
    return complete_step(replace(rest, companion=None), base, rules, today, f"the skipped step of {day_name(base)}")


def _placed_later(state: State, today: date, rules: Rules) -> State:
    return later_of(place_step(state, rules, today, "the cadence resumed"), today, rules, "message")


def moved(state: State, event: Moved, today: date, rules: Rules) -> State:
    """Change the planned date, and time when given; UsageError for a past day."""
    plan = _lead(state, "move")
    if event.to < today:
        raise UsageError(f"{day_name(event.to)} is past", "move to today or later")
    if plan.kind is PlanKind.ANSWER:
        raise UsageError("they wrote and wait for an answer", "log the answer, or snooze it")
    at = event.at if event.at is not None else (plan.time if plan.fixed else None)
    why = f"moved by you from {day_name(plan.date)}"
    channel = event.channel or plan.channel
    if channel != plan.channel:
        if not usable(str(channel), state.good, state.stopped_channels):
            raise UsageError(f"can't be reached by {channel}", "choose a channel with a good detail")
        why = f"{channel} instead of {plan.channel or 'nothing'}, chosen by you"
    return dropping(state, plan, replace(plan, date=event.to, time=at, channel=channel, reason=why, nominal=None))


def paused(state: State, event: Paused, today: date, rules: Rules) -> State:
    """Stop the clock; with a date the plans are set for the day it runs again (§5)."""
    if not state.relation.in_play:
        raise UsageError(f"is {state.relation}: nothing runs that could be paused")
    if event.until is not None and event.until <= today:
        raise UsageError(f"{day_name(event.until)} is not after today", "pause until a later day, or leave it open")
    if state.is_paused(today):
        state = resumed(state, today, rules)
    stood = tuple(plan for plan in state.plans if plan.kind in _PAUSED)
    pause = Pause(today, event.until, event.rule, stood)
    return replace(_redated(state, pause, event.until, rules) if event.until else state, paused=pause)


def resumed(state: State, today: date, rules: Rules) -> State:
    """Let the clock run again from today by the rule chosen at the pause."""
    pause = state.paused
    if pause is None or not state.is_paused(today):
        raise UsageError("is not paused")
    return not_sooner(_redated(replace(state, paused=None), pause, today, rules), today, rules)


_PAUSED = (PlanKind.STEP, PlanKind.OWN)
"""What a pause moves; promises and meetings stay."""


def _redated(state: State, pause: Pause, back: date, rules: Rules) -> State:
    """Re-date what stood at the pause for a clock that runs again on `back`; what was planned since stays."""
    for was in pause.plans:
        now = plan_of(state, was.kind)
        early = pause.until is not None and back != pause.until
        set_to = _resting(state, was, pause, pause.until, rules) if early and pause.until else was
        if now is not None and (now.step, now.date) == (was.step, set_to.date):
            state = adding(state, replace(_resting(state, was, pause, back, rules), channel=now.channel))
    return state


def _resting(state: State, plan: Planned, pause: Pause, back: date, rules: Rules) -> Planned:
    """Return a plan that stood still from the pause until `back`; overdue at the pause is due on `back` (§5)."""
    day = max(plan.date, back)
    if plan.date < pause.since:
        day = back
    elif pause.rule is PauseRule.FREEZE:
        day = plus_days(back, (plan.date - pause.since).days)
    elif pause.rule is PauseRule.RESTART:
        day = _restarted(state, back, rules)
    if day == plan.date:
        return plan
    why = f"{pause.rule} after the pause until {day_name(back)}"
    return replace(plan, date=rolled(state, plan, day, rules), nominal=day, reason=why)


def not_sooner(state: State, today: date, rules: Rules) -> State:
    """Return the state with an overdue step due today, or on the next working day when it keeps to those."""
    plan = plan_of(state, PlanKind.STEP)
    if plan is None or plan.date >= today:
        return state
    return adding(state, replace(plan, date=rolled(state, plan, today, rules), nominal=today))


def _restarted(state: State, back: date, rules: Rules) -> date:
    enrolment = state.enrolment
    if enrolment is None:
        return back
    cadence = rules.cadence(enrolment.cadence_id)
    gap = gap_of(cadence, enrolment, enrolment.step, state, rules)
    return plus_months(back, 1) if gap is None else plus_days(back, gap)
