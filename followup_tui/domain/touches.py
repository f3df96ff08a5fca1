"""What a logged touch does: the relation × outcome table, total (domain §4)."""

from __future__ import annotations

from datetime import date
from typing import assert_never

from followup_tui.domain.cadence import Rules, step_at
from followup_tui.domain.cadence import companion as companion_of
from followup_tui.domain.channels import detail_used
from followup_tui.domain.model import Companion, Outcome, OutcomeKind, PlanKind, Relation, State, Touch
from followup_tui.domain.planning import plan_of, rechannel
from followup_tui.domain.responses import after_attempt, after_response, end_or_stop
from followup_tui.domain.wishes import apply_wishes
from followup_tui.domain.workdays import day_name
from followup_tui.errors import UsageError
from followup_tui.records import dataclass, replace


@dataclass(frozen=True, slots=True)
class Done:
    """What a touch did."""

    state: State
    words: str
    step: int | None = None
    cadence_id: int | None = None
    companion: bool = False
    completes: bool = False
    bad_detail: str = ""


def log(state: State, touch: Touch, today: date, rules: Rules) -> Done:
    """Return the state after a touch made on its local day; `today` is the day it was logged."""
    if touch.outcome is Outcome.SKIP:
        raise UsageError("a skip is not a touch", "use followup skip, or the key x")
    on = rules.day(touch.at)
    counted = _counted(state, touch, on)
    if touch.outcome is Outcome.BAD_DETAIL:
        return _bad_detail(state, counted, touch, rules)
    if touch.back_dated and touch.outcome is not Outcome.DO_NOT_CONTACT:  # a stop holds, however late it is written
        return Done(_back_dated(state, counted, touch), "recorded; it is older than the journal, so no date moves")
    if is_companion(state, touch, on):
        assert state.companion is not None
        kept = replace(counted, attempts=state.attempts, companion=None)
        return Done(
            kept, "completes the step with its companion", state.companion.step, _cadence_id(state), companion=True
        )
    made = _is_planned(state, touch, on)
    completes = made and _advances(touch)
    after = _outcome(counted, touch, on, today, rules, completes)
    after = apply_wishes(after, touch, on, today)
    if completes:
        after = _with_companion(state, after, touch, on, rules)
    step = state.enrolment.step if made and state.enrolment else None
    return Done(after, _words(state, after, completes), step, _cadence_id(state) if step else None, completes=completes)


def _outcome(state: State, touch: Touch, on: date, today: date, rules: Rules, completes: bool) -> State:
    """Dispatch on relation and kind; do-not-contact and pool only record attempts."""
    outcome = touch.outcome
    if outcome is Outcome.NO_SHOW:
        _refuse_no_show(state, on)
    match state.relation:
        case Relation.DO_NOT_CONTACT:
            return state
        case Relation.POOL | Relation.CLOSED:
            return _out_of_play(state, touch, on, today, rules)
        case Relation.COLD | Relation.ENGAGED | Relation.NURTURE | Relation.CUSTOMER:
            if outcome is Outcome.NO_SHOW or outcome.kind is OutcomeKind.RESPONSE or _they_came(touch):
                return after_response(state, touch, on, today, rules, completes)
            return after_attempt(state, touch, on, today, rules, completes)
        case _:
            assert_never(state.relation)


def _refuse_no_show(state: State, on: date) -> None:
    meeting = plan_of(state, PlanKind.MEETING)
    if meeting is None:
        raise UsageError("no-show needs a meeting", "log “meeting set” first")
    if meeting.date > on:
        raise UsageError(f"the meeting is on {day_name(meeting.date)}", "a no-show can be logged from that day on")


def _out_of_play(state: State, touch: Touch, on: date, today: date, rules: Rules) -> State:
    """Pool and closed: attempts are recorded, responses bring the prospect into play (§4)."""
    outcome = touch.outcome
    if outcome in (Outcome.DEFINITE_NO, Outcome.WON, Outcome.DO_NOT_CONTACT):
        return end_or_stop(state, touch, on, today, rules)
    if outcome is Outcome.NOT_NOW and state.relation is Relation.CLOSED:
        return state
    if outcome.kind is OutcomeKind.ATTEMPT and not touch.inbound:
        return state
    return after_response(replace(state, relation=Relation.ENGAGED, enrolment=None), touch, on, today, rules, False)


def _they_came(touch: Touch) -> bool:
    """Whether an inbound attempt (their voicemail, their letter) counts as a reply that waits for an answer."""
    return touch.inbound and touch.outcome.kind is OutcomeKind.ATTEMPT


def _is_theirs(touch: Touch) -> bool:
    return touch.inbound or touch.outcome is Outcome.REPLIED


def _counted(state: State, touch: Touch, on: date) -> State:
    """Count the touch: attempts are outbound touches since the last response (§3)."""
    kind = touch.outcome.kind
    attempts = state.attempts
    ask_at = state.ask_at
    if kind is OutcomeKind.RESPONSE or touch.inbound:
        attempts, ask_at = 0, None
    elif kind is OutcomeKind.ATTEMPT:
        attempts += 1
    newest = state.last_at is None or touch.at >= state.last_at
    return replace(
        state,
        attempts=attempts,
        ask_at=ask_at,
        touches=state.touches + 1,
        interacted=state.interacted or kind is OutcomeKind.RESPONSE or touch.inbound,
        last_touch=on if newest else state.last_touch,
        last_at=touch.at if newest else state.last_at,
        last_channel=touch.channel if newest and not _is_theirs(touch) else state.last_channel,
    )


def _back_dated(state: State, counted: State, touch: Touch) -> State:
    """Count an old touch; it moves no date and resets no attempts made after it."""
    attempts = state.attempts + (1 if touch.outcome.kind is OutcomeKind.ATTEMPT and not touch.inbound else 0)
    relation = state.relation
    if relation is Relation.COLD and counted.interacted:
        relation = Relation.ENGAGED
    return replace(counted, attempts=attempts, ask_at=state.ask_at, relation=relation)


def is_companion(state: State, touch: Touch, on: date) -> bool:
    """Whether a touch is the companion that waits under the step made that day (§4)."""
    companion = state.companion
    return (
        companion is not None
        and not touch.inbound
        and touch.outcome.kind is OutcomeKind.ATTEMPT
        and companion.channel == touch.channel
        and companion.on == on
        and touch.until is None
        and plan_of(state, PlanKind.ANSWER) is None
    )


def _with_companion(before: State, after: State, touch: Touch, on: date, rules: Rules) -> State:
    """Leave the companion under the slot, due the same day (§4); not without a detail, nor on the channel just used."""
    enrolment = before.enrolment
    if enrolment is None:
        return after
    step = step_at(rules.cadence(enrolment.cadence_id), enrolment, enrolment.step, before.star)
    beside = companion_of(step, touch.channel, after) if step else None
    return replace(after, companion=Companion(beside, on, enrolment.step)) if beside else after


def _bad_detail(state: State, counted: State, touch: Touch, rules: Rules) -> Done:
    """Mark the detail used; the same step goes to the next channel that has a good one (§4)."""
    kind = touch.detail or detail_used(touch.channel, state.good)
    good = state.good if touch.spare else state.good - {kind}
    after = replace(counted, attempts=state.attempts, ask_at=state.ask_at, good=good)
    after = replace(after, last_channel=state.last_channel, interacted=state.interacted)
    enrolment = state.enrolment
    return Done(
        rechannel(after, rules),
        f"the {kind} is marked bad" + ("; another one is left" if touch.spare else ""),
        enrolment.step if enrolment else None,
        _cadence_id(state),
        bad_detail=kind,
    )


def completes_step(state: State, touch: Touch, on: date) -> bool:
    """Whether a touch completes the planned step: when that is due or overdue, whatever the channel (§4)."""
    return _advances(touch) and _is_planned(state, touch, on)


def _advances(touch: Touch) -> bool:
    """Whether the outcome passes a step: our attempts, and a talk, whoever called."""
    return touch.outcome is Outcome.SPOKE or (touch.outcome.kind is OutcomeKind.ATTEMPT and not touch.inbound)


def _is_planned(state: State, touch: Touch, on: date) -> bool:
    """Whether this is the planned touch: the step, or without one the promise or own date that stands in for it."""
    if touch.back_dated or not state.relation.in_play or (_is_theirs(touch) and touch.outcome is not Outcome.SPOKE):
        return False
    if plan_of(state, PlanKind.ANSWER) and not touch.inbound:
        return False
    plan = plan_of(state, PlanKind.STEP) or plan_of(state, PlanKind.PROMISE, PlanKind.OWN)
    if plan is None:
        return False
    return plan.date <= on if touch.completes is None else touch.completes


def _cadence_id(state: State) -> int | None:
    return state.enrolment.cadence_id if state.enrolment else None


def _words(before: State, after: State, completes: bool) -> str:
    """Say what happened in one clause."""
    plan = after.next_touch
    if after.relation is not before.relation:
        return f"now {after.relation}" + (f"; next {plan.kind} on {day_name(plan.date)}" if plan else "")
    if plan is None:
        return "recorded"
    same = plan_of(before, PlanKind.STEP) is not None and _cadence_id(before) == _cadence_id(after)
    if not completes and same and plan.kind is PlanKind.STEP:
        return f"the planned step stays: {plan.reason}"
    return plan.reason
