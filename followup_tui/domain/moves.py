"""Skip, move, pause and resume: the plan changes without a touch (domain §4, §5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from followup_tui.domain.cadence import Rules, gap_of
from followup_tui.domain.events import Moved, Paused
from followup_tui.domain.model import Pause, PauseRule, PlanKind, Planned, Question, State
from followup_tui.domain.planning import (
    adding,
    complete_step,
    decision,
    later_of,
    place_step,
    with_plans,
    without,
)
from followup_tui.domain.workdays import day_name, plus_days, plus_months
from followup_tui.errors import UsageError


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
    base = max(plan.date, today) if plan.date < today else plan.date
    rest = without(state, PlanKind.PROMISE, PlanKind.OWN) if plan.kind is not PlanKind.STEP else state
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
    return adding(state, replace(plan, date=event.to, time=at, reason=why, nominal=None))


def paused(state: State, event: Paused, today: date, rules: Rules) -> State:
    """Stop the clock; with a date the plans are set for the day it runs again (§5)."""
    if not state.relation.in_play:
        raise UsageError(f"is {state.relation}: nothing runs that could be paused")
    if event.until is not None and event.until <= today:
        raise UsageError(f"{day_name(event.until)} is not after today", "pause until a later day, or leave it open")
    stopped = replace(state, paused=Pause(today, event.until, event.rule))
    if event.until is None:
        return stopped
    return _redated(stopped, today, event.until, event.rule, rules)


def resumed(state: State, today: date, rules: Rules) -> State:
    """Let the clock run again from today by the rule chosen at the pause."""
    pause = state.paused
    if pause is None or not state.is_paused(today):
        raise UsageError("is not paused")
    running = replace(state, paused=None)
    if pause.until is None:
        return _redated(running, pause.since, today, pause.rule, rules)
    return _redated(running, pause.until, today, pause.rule, rules, earlier=True)


def _redated(state: State, since: date, back: date, rule: PauseRule, rules: Rules, *, earlier: bool = False) -> State:
    """Re-date steps and own dates for a clock that stood from `since` to `back`; promises and meetings stay.

    `earlier`: the pause ends before its planned end, so what was waited out already is given back.
    """
    plans = []
    for plan in state.plans:
        if plan.kind not in (PlanKind.STEP, PlanKind.OWN):
            plans.append(plan)
            continue
        day = plan.date
        if rule is PauseRule.FREEZE:
            left = max(0, (plan.date - since).days)
            day = plus_days(back, left)
        elif rule is PauseRule.RESTART and not earlier:
            day = _restarted(state, back, rules)
        elif rule is PauseRule.RESTART:
            day = plus_days(back, max(0, (plan.date - since).days))
        day = max(day, back)
        if day == plan.date:
            plans.append(plan)
            continue
        rolled = (
            rules.calendar.roll(day) if plan.nominal is not None and plan.channel in ("phone", "in person") else day
        )
        why = f"{rule} after the pause until {day_name(back)}"
        plans.append(replace(plan, date=rolled, nominal=day, reason=why))
    return with_plans(state, *plans)


def _restarted(state: State, back: date, rules: Rules) -> date:
    enrolment = state.enrolment
    if enrolment is None:
        return back
    cadence = rules.cadence(enrolment.cadence_id)
    gap = gap_of(cadence, enrolment, enrolment.step, state, rules)
    return plus_months(back, 1) if gap is None else plus_days(back, gap)
