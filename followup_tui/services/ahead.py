"""The steps still to come, if every touch is made on its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from followup_tui.domain.cadence import Cadence, Rules, companion, step_at
from followup_tui.domain.cards import cards_of, current, given, laid_aside, settled
from followup_tui.domain.decisions import WORDS
from followup_tui.domain.model import Enrolment, PlanKind, Planned, State
from followup_tui.domain.planning import complete_step, start, with_plans, without
from followup_tui.domain.workdays import day_name, zone_of
from followup_tui.services.views import AheadView

MOST = 12
_WALKED = (PlanKind.STEP, PlanKind.PROMISE, PlanKind.OWN, PlanKind.CARD)


def ahead(state: State, now: datetime, rules: Rules, most: int = MOST) -> tuple[AheadView, ...]:
    """Return what is planned and the steps that follow, at most a dozen; a repeating cadence has no end."""
    today = rules.day(now)
    if state.is_paused(today) and state.paused is not None and state.paused.until is None:
        return ()
    state = current(state, today)
    if cards_of(state):
        return _with_cards(state, today, rules, most)
    found = [_view(plan, state, rules, today) for plan in state.plans]
    walked = state
    while len(found) < most:
        plan = next((p for p in walked.plans if p.kind in (PlanKind.STEP, PlanKind.PROMISE, PlanKind.OWN)), None)
        if plan is None or walked.enrolment is None:
            break
        on = max(plan.date, today)
        walked = replace(walked, last_channel=plan.channel or walked.last_channel)
        alone = with_plans(walked, plan) if plan.kind is PlanKind.STEP else with_plans(walked)
        walked = complete_step(alone, on, rules, on, f"{plan.channel or 'the step'} on {day_name(on)}")
        if not walked.plans:
            break
        found.append(_view(walked.plans[0], walked, rules, today))
        if walked.plans[0].kind is PlanKind.DECISION:
            break
    return tuple(found)


def _with_cards(state: State, today: date, rules: Rules, most: int) -> tuple[AheadView, ...]:
    """Return the same for somebody who gets cards: each on its day too, and the steps they stand in for left out."""
    found = [_view(plan, state, rules, today) for plan in state.plans if plan.kind not in _WALKED]
    walked = state
    while len(found) < most:
        plan = next((one for one in walked.plans if one.kind in _WALKED), None)
        if plan is None:
            break
        found.append(_view(plan, walked, rules, today))
        on = max(plan.date, today)
        after = _made(laid_aside(walked, on), plan, on, rules)
        walked = settled(after, walked, on, rules)
        if walked.plans and walked.plans[0].kind is PlanKind.DECISION:
            found.append(_view(walked.plans[0], walked, rules, on))
            break
    return tuple(found)


def _made(state: State, plan: Planned, on: date, rules: Rules) -> State:
    """Return the state after a plan was made on a day, cards laid aside."""
    state = replace(state, last_channel=plan.channel or state.last_channel)
    if plan.kind is PlanKind.CARD:
        state = given(state, plan)
        if plan.step is None:
            return state
    elif plan.kind is not PlanKind.STEP:
        state = without(state, plan.kind)
    if state.enrolment is None:
        return state
    return complete_step(state, on, rules, on, f"{plan.channel or 'the step'} on {day_name(on)}")


def from_today(cadence: Cadence, good: frozenset[str], on: date, rules: Rules) -> tuple[AheadView, ...]:
    """Return the dates of a cadence for somebody enrolled on a day, every touch made on time."""
    from followup_tui.domain.model import Relation

    begun = start(State(Relation.ENGAGED, good), cadence, on, rules)
    noon = datetime.combine(on, time(12), zone_of(rules.zone))
    return ahead(begun, noon, rules, max(MOST, len(cadence.steps) + 1))


def _view(plan: Planned, state: State, rules: Rules, today: date) -> AheadView:
    beside = _companion(plan, state.enrolment, state, rules) if plan.kind is PlanKind.STEP else None
    reason = WORDS[plan.question] if plan.question is not None else plan.reason
    day = max(plan.date, today) if plan.kind is PlanKind.DECISION else plan.date
    return AheadView(day, plan.time, plan.kind.value, plan.channel, beside, plan.step, reason)


def _companion(plan: Planned, enrolment: Enrolment | None, state: State, rules: Rules) -> str | None:
    if enrolment is None or plan.step is None:
        return None
    step = step_at(rules.cadence(enrolment.cadence_id), enrolment, plan.step, state.star)
    return companion(step, plan.channel, state) if step else None
