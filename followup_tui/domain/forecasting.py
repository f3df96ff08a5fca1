"""What a prospect will want on which day, if every touch is made on its day and nobody answers."""

from __future__ import annotations

from datetime import date, datetime

from followup_tui.domain.cadence import Rules, companion, step_at
from followup_tui.domain.events import Logged
from followup_tui.domain.lifecycle import advance
from followup_tui.domain.model import Outcome, PlanKind, Planned, State, Touch
from followup_tui.records import replace

_TALKED = ("phone", "in person")


def wanted(state: State, today: date) -> tuple[date, Planned] | None:
    """Return the next day something wants to be done, from today on, and what; None when nothing ever will.

    A decision comes first, whatever else is planned; a pause without an end never comes.
    """
    plan = state.next_touch
    if plan is None:
        return None
    day = max(plan.date, today)
    if state.paused is not None and state.is_paused(day):
        if state.paused.until is None:
            return None
        day = max(day, state.paused.until)
    return day, plan


def behind(state: State, today: date) -> tuple[date, Planned] | None:
    """Return the promise or meeting that stands behind a decision: the time was told, so it comes all the same."""
    told = [plan for plan in state.plans if plan.fixed and plan.date >= today]
    return (told[0].date, told[0]) if told else None


def beside(state: State, plan: Planned, rules: Rules) -> str | None:
    """Return the companion's channel of a planned step."""
    if state.enrolment is None or plan.kind is not PlanKind.STEP:
        return None
    step = step_at(rules.cadence(state.enrolment.cadence_id), state.enrolment, state.enrolment.step, state.star)
    return companion(step, plan.channel, state) if step else None


def unanswered(plan: Planned) -> Outcome:
    """Return how the touch goes when nobody answers."""
    return Outcome.NO_ANSWER if plan.channel in _TALKED else Outcome.SENT


def made(state: State, plan: Planned, at: datetime, rules: Rules) -> State:
    """Return the state after the touch made on its day without an answer: the same rules as a log."""
    event = Logged(Touch(plan.channel or "phone", unanswered(plan), at))
    return bare(advance(state, event, at, rules).state)


def bare(state: State) -> State:
    """Return the state without what moves no date, so that people who stand alike are one."""
    plans = tuple(replace(plan, reason="") for plan in state.plans)
    return replace(state, plans=plans, touches=0, last_at=None, last_touch=None, companion=None)
