"""Coming in and going out: enrolling, closing, reopening, and saying where a relationship stands (domain §3)."""

from __future__ import annotations

from datetime import date

from followup_tui.domain.cadence import Rules
from followup_tui.domain.channels import CHANNELS, usable
from followup_tui.domain.events import Enrolled
from followup_tui.domain.model import PlanKind, Question, Relation, State
from followup_tui.domain.planning import adding, decision, start, with_plans, without
from followup_tui.domain.responses import ended, limit_of
from followup_tui.errors import UsageError
from followup_tui.records import replace


def enrolled(state: State, event: Enrolled, rules: Rules) -> State:
    """Put the prospect on a cadence; UsageError for closed and do not contact (§3)."""
    if state.relation is Relation.DO_NOT_CONTACT:
        raise UsageError("asked not to be contacted", "nobody on do not contact can be enrolled")
    if state.relation is Relation.CLOSED:
        raise UsageError("is closed", "reopen first")
    if state.relation is Relation.POOL and not any(
        usable(one.name, state.good, state.stopped_channels) for one in CHANNELS
    ):
        raise UsageError("has no detail to be reached by", "add a phone number or an address first")
    cadence = rules.cadence(event.cadence_id)
    if not 1 <= event.step <= max(1, len(cadence.steps)):
        raise UsageError(f"{cadence.name} has no step {event.step}", f"it has {len(cadence.steps)}")
    relation = _relation_on(cadence.for_relation, state)
    ask_at = state.ask_at
    state = replace(without(state, PlanKind.DECISION, PlanKind.OWN, PlanKind.STEP), relation=relation, paused=None)
    limit = limit_of(replace(state, ask_at=None), rules)
    if limit is not None and state.attempts >= limit:
        ask_at = state.attempts + limit
    return start(replace(state, ask_at=ask_at), cadence, event.on, rules, event.step)


def _relation_on(for_relation: str, state: State) -> Relation:
    if state.relation is Relation.CUSTOMER:
        return Relation.CUSTOMER
    if for_relation == "nurture":
        return Relation.NURTURE
    match state.relation:
        case Relation.POOL:
            return Relation.ENGAGED if state.interacted else Relation.COLD
        case Relation.NURTURE:
            return Relation.ENGAGED
        case other:
            return other


def closed(state: State) -> State:
    """Close a prospect; UsageError when it is closed or on do not contact already."""
    if state.relation in (Relation.CLOSED, Relation.DO_NOT_CONTACT):
        raise UsageError(f"is {state.relation} already")
    return ended(state)


def reopened(state: State, today: date, rules: Rules) -> State:
    """Bring a closed prospect back to the relation before, with a decision today (§3)."""
    if state.relation is not Relation.CLOSED:
        raise UsageError(f"is {state.relation}, not closed")
    before = state.before or Relation.ENGAGED
    if not before.in_play:
        before = Relation.ENGAGED if state.interacted else Relation.COLD
    state = replace(state, relation=before, before=None)
    limit = limit_of(replace(state, ask_at=None), rules)
    if limit is not None and state.attempts >= limit:
        state = replace(state, ask_at=state.attempts + limit)
    return adding(state, decision(Question.WHAT_NEXT, today, "reopened: what comes next?"))


def placed(state: State, relation: Relation, today: date, rules: Rules) -> State:
    """Put the prospect where the user says; in play without a plan the app asks what comes next."""
    if relation is state.relation:
        return state
    if not relation.in_play:
        before = state.relation if state.relation.in_play else state.before
        cleared = replace(with_plans(state), enrolment=None, companion=None, paused=None)
        return replace(cleared, relation=relation, before=before if relation is Relation.CLOSED else None)
    moved = replace(state, relation=relation, before=None, ask_at=None)
    limit = limit_of(moved, rules)
    if limit is not None and moved.attempts >= limit:
        moved = replace(moved, ask_at=moved.attempts + limit)
    if moved.plans:
        return moved
    return adding(moved, decision(Question.WHAT_NEXT, today, f"now {relation}: what comes next?"))
