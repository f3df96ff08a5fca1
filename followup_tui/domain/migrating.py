"""Moving a running enrolment to another version of its cadence: an edit asks, and this is the answer (domain §5)."""

from __future__ import annotations

from datetime import date

from followup_tui.domain.cadence import Cadence, Rules, due, repeat_of, rotation_of
from followup_tui.domain.events import Migrated
from followup_tui.domain.model import Enrolment, PlanKind, Planned, State
from followup_tui.domain.planning import plan_of, rechannel, rolled, step_plan, with_plans
from followup_tui.domain.workdays import day_name
from followup_tui.errors import UsageError
from followup_tui.records import replace


def migrated(state: State, event: Migrated, today: date, rules: Rules) -> State:
    """Return the state on the other version: the step by its number, its date by the new gaps.

    Promises, meetings, decisions and dates the user chose stay; so do the dates of somebody who is paused.
    UsageError without an enrolment on another version of the same cadence.
    """
    before = state.enrolment
    if before is None:
        raise UsageError("is on no cadence", "enrol first")
    cadence = rules.cadence(event.cadence_id)
    if rules.cadence(before.cadence_id).name != cadence.name:
        raise UsageError(f"is not on {cadence.name}", "enrol instead")
    if before.cadence_id == event.cadence_id:
        raise UsageError(f"is on version {cadence.version} of {cadence.name} already")
    planned = plan_of(state, PlanKind.STEP)
    enrolment = replace(before, cadence_id=cadence.id)
    last = last_step(cadence, enrolment, state.star)
    if last is not None:
        enrolment = replace(enrolment, step=min(before.step, max(1, last if planned is not None else last + 1)))
    renumbered = _renumbered(state, before.step, enrolment)
    if planned is None:
        return renumbered
    if state.is_paused(today) or planned.nominal is None or _starts_in_the_middle(before, planned):
        return rechannel(renumbered, rules)
    return _redated(renumbered, cadence, today, rules)


def last_step(cadence: Cadence, enrolment: Enrolment, star: bool) -> int | None:
    """Return the number of the last step, repetitions included; None when the cadence repeats for ever."""
    repeat = repeat_of(cadence, enrolment)
    if repeat is None or not rotation_of(repeat, star):
        return len(cadence.steps)
    return None if repeat.times is None else len(cadence.steps) + repeat.times


def _renumbered(state: State, old: int, enrolment: Enrolment) -> State:
    """Let what stands for the current step follow its number, at the pause too."""

    def followed(plans: tuple[Planned, ...]) -> tuple[Planned, ...]:
        return tuple(replace(plan, step=enrolment.step) if plan.step == old else plan for plan in plans)

    pause = state.paused
    if pause is not None:
        pause = replace(pause, plans=followed(pause.plans))
    return replace(state, enrolment=enrolment, plans=followed(state.plans), paused=pause)


def _starts_in_the_middle(enrolment: Enrolment, planned: Planned) -> bool:
    """Whether somebody was enrolled at a later step and nothing was done yet: that step has no gap before it."""
    return enrolment.step > 1 and planned.nominal == enrolment.previous == enrolment.started


def _redated(state: State, cadence: Cadence, today: date, rules: Rules) -> State:
    """Plan the step anew from the touch before it; not before today, but what was overdue stays as late as it was."""
    enrolment, old = state.enrolment, plan_of(state, PlanKind.STEP)
    if enrolment is None or old is None:
        return state
    found = due(cadence, enrolment, enrolment.step, state, rules)
    if found is None:
        return state
    if found.gap is None and not enrolment.month_day:
        enrolment = replace(enrolment, month_day=enrolment.previous.day)
        state = replace(state, enrolment=enrolment)
    plan = step_plan(found, enrolment, cadence, f"the touch on {day_name(enrolment.previous)}")
    if found.day < today and old.date >= today:
        plan = replace(plan, date=rolled(state, plan, today, rules), nominal=today)
    elif found.day < today:
        plan = replace(plan, date=old.date, nominal=old.nominal)
    if plan.date != old.date:
        plan = replace(plan, reason=f"{plan.reason}; by version {cadence.version}")
    others = tuple(other for other in state.plans if other.kind is not PlanKind.STEP)
    return with_plans(state, *others, plan)
