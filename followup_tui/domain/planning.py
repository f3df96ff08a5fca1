"""Placing plans: the next step on its date and channel, with the sentence that says why (domain §3–§5)."""

from __future__ import annotations

from datetime import date

from followup_tui.domain.cadence import (
    Cadence,
    Due,
    Repeat,
    Rules,
    Step,
    choose_channel,
    due,
    gap_of,
    rolls,
    step_at,
)
from followup_tui.domain.channels import usable
from followup_tui.domain.model import Enrolment, PlanKind, Planned, Question, Relation, State
from followup_tui.domain.workdays import day_name, rolled_words
from followup_tui.records import replace

_RANK = {kind: rank for rank, kind in enumerate(PlanKind)}
STAY_IN_TOUCH = "Stay in touch"
CUSTOMER = "Customer"
NO_SHOW = "No-show"


def ordered(plans: tuple[Planned, ...]) -> tuple[Planned, ...]:
    """Return plans with the next touch first: decisions and answers want attention now, then the earliest date."""
    if len(plans) < 2:
        return plans
    urgent = (PlanKind.DECISION, PlanKind.ANSWER)
    return tuple(
        sorted(
            plans,
            key=lambda plan: (
                plan.kind not in urgent,
                plan.date if plan.kind not in urgent else date.min,
                plan.time is None,
                plan.time.isoformat() if plan.time else "",
                _RANK[plan.kind],
            ),
        )
    )


def with_plans(state: State, *plans: Planned) -> State:
    """Return the state with exactly these plans."""
    return replace(state, plans=ordered(plans))


def plan_of(state: State, *kinds: PlanKind) -> Planned | None:
    """Return the first plan of one of these kinds."""
    for plan in state.plans:
        if plan.kind in kinds:
            return plan
    return None


def without(state: State, *kinds: PlanKind) -> State:
    """Return the state without plans of these kinds."""
    left = tuple([plan for plan in state.plans if plan.kind not in kinds])
    return state if len(left) == len(state.plans) else replace(state, plans=left)


def dropping(state: State, plan: Planned | None, *instead: Planned) -> State:
    """Return the state without just this plan, and with others instead: a merge may have left two of a kind."""
    return replace(state, plans=ordered((*(other for other in state.plans if other is not plan), *instead)))


def adding(state: State, plan: Planned) -> State:
    """Return the state with one more plan; but for cards there is one of a kind, the newest."""
    kept = tuple(other for other in state.plans if other.kind is not plan.kind or plan.kind is PlanKind.CARD)
    return replace(state, plans=ordered((*kept, plan)))


def decision(question: Question, today: date, why: str) -> Planned:
    """Return a decision dated today: the app asks, and ends nothing by itself."""
    return Planned(PlanKind.DECISION, today, reason=why, question=question)


def gap_words(found: Due) -> str:
    """Say a gap: `+7`, or `a month`."""
    return "a month" if found.gap is None else f"+{found.gap}"


def place_step(state: State, rules: Rules, today: date, after: str) -> State:
    """Plan the enrolment's current step, or what follows the cadence's end; other plans stay.

    `after` completes the explanation: `voicemail on Fri 20 Nov`.
    """
    state = without(state, PlanKind.STEP)
    enrolment = state.enrolment
    if enrolment is None:
        return adding(state, decision(Question.WHAT_NEXT, today, "in play without a cadence"))
    cadence = rules.cadence(enrolment.cadence_id)
    found = due(cadence, enrolment, enrolment.step, state, rules)
    if found is None:
        return _ending(state, cadence, rules, today)
    if found.gap is None and not enrolment.month_day:
        state = replace(state, enrolment=replace(enrolment, month_day=enrolment.previous.day))
    return adding(state, step_plan(found, enrolment, cadence, after))


def step_plan(found: Due, enrolment: Enrolment, cadence: Cadence, after: str) -> Planned:
    """Return the plan of a step with its reason."""
    first = enrolment.step == 1 and not found.gap and found.gap is not None
    why = f"{cadence.name} starts {day_name(found.nominal)}" if first else f"{gap_words(found)} after {after}"
    why = "; ".join(part for part in (why, found.roll) if part)
    if found.channel is None:
        why += "; blocked: no good detail for any channel"
    return Planned(PlanKind.STEP, found.day, None, None, found.channel, enrolment.step, why, nominal=found.nominal)


def _ending(state: State, cadence: Cadence, rules: Rules, today: date) -> State:
    """Do what the cadence says comes after its last step."""
    then = cadence.then.then if isinstance(cadence.then, Repeat) else cadence.then
    if then == "nurture":
        return nurture(state, today, rules)
    if then.startswith("cadence "):
        return start(state, rules.named(then.removeprefix("cadence ").strip()), today, rules)
    return adding(state, decision(Question.ENDED, today, f"{cadence.name} is through: the app asks what comes next"))


def nurture(state: State, today: date, rules: Rules) -> State:
    """Stay in touch from today; a customer stays a customer (§3)."""
    relation = Relation.CUSTOMER if state.relation is Relation.CUSTOMER else Relation.NURTURE
    return start(replace(state, relation=relation), rules.named(STAY_IN_TOUCH), today, rules)


def start(state: State, cadence: Cadence, on: date, rules: Rules, step: int = 1) -> State:
    """Put the prospect on a cadence from `on`; whatever was planned before is replaced, promises and meetings stay."""
    enrolment = Enrolment(cadence.id, step, on, on)
    kept = tuple(replace(plan, step=None) for plan in state.plans if plan.fixed)
    state = replace(state, enrolment=enrolment, plans=ordered(kept), companion=None)
    if step == 1:
        return place_step(state, rules, on, f"the enrolment on {day_name(on)}")
    channel = choose_channel(cadence.steps[step - 1], state)
    day = rules.calendar.roll(on) if rolls(cadence.steps[step - 1], channel) else on
    why = f"{cadence.name} from step {step} on {day_name(on)}"
    why = "; ".join(part for part in (why, rolled_words(on, day)) if part)
    return adding(state, Planned(PlanKind.STEP, day, None, None, channel, step, why, nominal=on))


def complete_step(state: State, on: date, rules: Rules, today: date, after: str) -> State:
    """Pass the current step as of `on` and plan the one after it (the cadence advances)."""
    enrolment = state.enrolment
    if enrolment is None:
        return place_step(state, rules, today, after)
    done = plan_of(state, PlanKind.STEP)
    cadence = rules.cadence(enrolment.cadence_id)
    following = replace(enrolment, step=enrolment.step + 1, previous=on)
    if gap_of(cadence, following, following.step, state, rules) is None:
        following = replace(following, month_day=on.day)
        if enrolment.month_day and done is not None and done.nominal is not None and on == done.date:
            following = replace(following, previous=done.nominal, month_day=enrolment.month_day)
    return place_step(replace(state, enrolment=following), rules, today, after)


def later_of(state: State, on: date, rules: Rules, what: str) -> State:
    """Keep the planned step, on the later of its date and touch + its gap (§4, unplanned touch)."""
    plan = plan_of(state, PlanKind.STEP)
    enrolment = state.enrolment
    if plan is None or enrolment is None:
        return state
    cadence = rules.cadence(enrolment.cadence_id)
    found = due(cadence, replace(enrolment, previous=on, month_day=0), enrolment.step, state, rules)
    if found is None or found.nominal <= plan.date:
        return state
    if found.gap is None:
        state = replace(state, enrolment=replace(enrolment, month_day=on.day))
    why = "; ".join(part for part in (f"{gap_words(found)} after an extra {what}", found.roll) if part)
    moved = Planned(PlanKind.STEP, found.day, None, None, found.channel, plan.step, why, nominal=found.nominal)
    return adding(state, moved)


def fulfilled(state: State, on: date) -> State:
    """Return the state without a promise or own date whose day has come: a touch on that day keeps it."""
    own = (PlanKind.PROMISE, PlanKind.OWN)
    return replace(state, plans=tuple(plan for plan in state.plans if plan.kind not in own or plan.date > on))


def rechannel(state: State, rules: Rules) -> State:
    """Choose the channels of the plans anew after details changed (§5, missing or bad detail).

    Dates stay, but for a step that now is a call or a visit and fell on a day off.
    """
    enrolment = state.enrolment
    plans: list[Planned] = []
    for plan in state.plans:
        if plan.kind is PlanKind.STEP and enrolment is not None:
            cadence = rules.cadence(enrolment.cadence_id)
            found = due(cadence, enrolment, enrolment.step, state, rules)
            channel = found.channel if found else None
            if channel != plan.channel:
                plan = replace(plan, channel=channel)
                plan = replace(plan, date=rolled(state, plan, plan.date, rules) if plan.nominal else plan.date)
        elif plan.channel is not None and plan.kind is not PlanKind.MEETING:
            plan = replace(plan, channel=_still(plan.channel, state))
        elif plan.blocked:
            plan = replace(plan, channel=_still("phone", state))
        plans.append(plan)
    return with_plans(state, *plans)


def rolled(state: State, plan: Planned, day: date, rules: Rules) -> date:
    """Return the day, or the next working day when the planned step keeps to those."""
    enrolment = state.enrolment
    if plan.kind is not PlanKind.STEP or enrolment is None:
        return day
    step = step_at(rules.cadence(enrolment.cadence_id), enrolment, enrolment.step, state.star)
    return rules.calendar.roll(day) if step is not None and rolls(step, plan.channel) else day


def _still(channel: str, state: State) -> str | None:
    if usable(channel, state.good, state.stopped_channels):
        return channel
    return choose_channel(Step((channel,)), state)
