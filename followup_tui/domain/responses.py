"""After an attempt, after a response: what the cadence and the relation do in play (domain §4)."""

from __future__ import annotations

from datetime import date
from typing import assert_never

from followup_tui.domain.cadence import Rules
from followup_tui.domain.meetings import has_begun
from followup_tui.domain.model import Consent, Outcome, PlanKind, Planned, Question, Relation, State, Touch
from followup_tui.domain.planning import (
    CUSTOMER,
    NO_SHOW,
    adding,
    complete_step,
    decision,
    dropping,
    fulfilled,
    later_of,
    nurture,
    place_step,
    plan_of,
    rechannel,
    start,
    with_plans,
    without,
)
from followup_tui.domain.workdays import day_name
from followup_tui.errors import UsageError
from followup_tui.records import replace

REFERRAL_SLOTS = 6
"""A win opens six slots, four wanted (§9, S2)."""


def limit_of(state: State, rules: Rules) -> int | None:
    """Return the attempt at which the app asks: 6 cold (S2), 12 engaged (S1), later after *keep going*; None: never."""
    match state.relation:
        case Relation.COLD:
            return state.ask_at or rules.cold_limit
        case Relation.ENGAGED:
            return state.ask_at or rules.engaged_limit
        case _:
            return None


def said(touch: Touch, on: date) -> str:
    """Name a touch in an explanation: `voicemail on Fri 20 Nov`."""
    words = {
        Outcome.NO_ANSWER: f"{touch.channel}, no answer,",
        Outcome.LEFT_VOICEMAIL: "voicemail",
        Outcome.LEFT_MESSAGE: "a message",
        Outcome.SENT: touch.channel,
        Outcome.SPOKE: "the talk",
    }
    return f"{words.get(touch.outcome, touch.channel)} on {day_name(on)}"


def after_attempt(state: State, touch: Touch, on: date, today: date, rules: Rules, completes: bool) -> State:
    """Advance, or keep what waits: an attempt never ends anything (S0)."""
    if plan_of(state, PlanKind.ANSWER):
        return _answered(state, today)
    state = _advanced(state, touch, on, today, rules, completes)
    return limited(state, today, rules)


def _advanced(state: State, touch: Touch, on: date, today: date, rules: Rules, completes: bool) -> State:
    """Pass the step or leave it for later; the touch keeps a promise whose day has come, unless the user says no."""
    stands_in = None if plan_of(state, PlanKind.STEP) else plan_of(state, PlanKind.PROMISE, PlanKind.OWN)
    if touch.completes is not False:
        state = fulfilled(state, max(on, stands_in.date) if completes and stands_in else on)
    if completes:
        return complete_step(state, on, rules, today, said(touch, on))
    if not state.plans:
        return place_step(state, rules, today, said(touch, on))
    return later_of(state, on, rules, "talk" if touch.outcome is Outcome.SPOKE else touch.channel)


def _answered(state: State, today: date) -> State:
    """They wrote and we answered: the app asks whether the cadence resumes (§4)."""
    state = without(state, PlanKind.ANSWER)
    if plan_of(state, PlanKind.DECISION):
        return state
    question = Question.RESUME if state.enrolment else Question.WHAT_NEXT
    return adding(state, decision(question, today, "they wrote and you answered: what comes next?"))


def limited(state: State, today: date, rules: Rules) -> State:
    """Ask when the attempts of the relation are used up (§3)."""
    limit = limit_of(state, rules)
    if limit is None or state.attempts < limit or plan_of(state, PlanKind.MEETING):
        return state
    asked = plan_of(state, PlanKind.DECISION)
    if asked is not None and asked.question is not Question.ENDED:
        return state
    why = f"{state.attempts} attempts without a response: the app asks"
    return adding(state, decision(Question.LIMIT, today, why))


def after_response(state: State, touch: Touch, on: date, today: date, rules: Rules, completes: bool) -> State:
    """Apply a response, or an inbound attempt, which counts as *replied*."""
    outcome = touch.outcome
    match outcome:
        case Outcome.SPOKE:
            return _spoke(_warmer(state, touch), touch, on, today, rules, completes)
        case Outcome.CALL_BACK:
            return _waiting(_warmer(state, touch), touch, on, today, PlanKind.PROMISE)
        case Outcome.MEETING_SET:
            return _waiting(_warmer(state, touch), touch, on, today, PlanKind.MEETING)
        case Outcome.REPLIED | Outcome.NO_ANSWER | Outcome.LEFT_VOICEMAIL | Outcome.LEFT_MESSAGE | Outcome.SENT:
            return _replied(_warmer(state, touch), touch, on, today)
        case Outcome.NOT_NOW:
            return not_now(state, today, rules, touch.consent, on, touch.note, touch.channel)
        case Outcome.DEFINITE_NO | Outcome.WON | Outcome.DO_NOT_CONTACT:
            return end_or_stop(state, touch, on, today, rules)
        case Outcome.NO_SHOW:
            return _no_show(state, today, rules)
        case Outcome.BAD_DETAIL | Outcome.SKIP:
            raise UsageError(f"“{outcome}” is not a response")
        case _:
            assert_never(outcome)


def _warmer(state: State, touch: Touch) -> State:
    """A response makes a cold prospect engaged; nurture only by call back, meeting set or replied (§4)."""
    if state.relation is Relation.COLD:
        return replace(state, relation=Relation.ENGAGED)
    if state.relation is Relation.NURTURE and touch.outcome is not Outcome.SPOKE:
        return replace(state, relation=Relation.ENGAGED)
    return state


def _spoke(state: State, touch: Touch, on: date, today: date, rules: Rules, completes: bool) -> State:
    asked = plan_of(state, PlanKind.DECISION)
    if asked is not None and asked.question is Question.LIMIT:
        state = without(state, PlanKind.DECISION)
    meeting = plan_of(state, PlanKind.MEETING)
    if meeting is not None and has_begun(meeting, touch.at, on, rules):
        state = dropping(state, meeting)
        return adding(
            state, decision(Question.AFTER_MEETING, today, f"the meeting of {day_name(meeting.date)} was held")
        )
    if plan_of(state, PlanKind.ANSWER):
        if not touch.inbound:
            return _answered(state, today)
        state = without(state, PlanKind.ANSWER)
    return _advanced(state, touch, on, today, rules, completes)


def _waiting(state: State, touch: Touch, on: date, today: date, kind: PlanKind) -> State:
    """A promise stands in for the current step; a meeting makes it wait (§4)."""
    if touch.until is None:
        raise UsageError(f"“{touch.outcome}” needs a date", "say when: --until “thu 10:00”")
    if touch.until < today:
        raise UsageError(f"{day_name(touch.until)} is past", "a promise needs a day from today on")
    came_from_outside = state.enrolment is None and not state.plans
    step = state.enrolment.step if state.enrolment else None
    dropped = [PlanKind.STEP, PlanKind.ANSWER, PlanKind.OWN, PlanKind.DECISION, PlanKind.PROMISE]
    if kind is PlanKind.MEETING:
        dropped.append(PlanKind.MEETING)
    state = replace(without(state, *dropped), paused=None)
    what = "you promised to call back" if kind is PlanKind.PROMISE else "a meeting is set"
    channel = touch.channel if kind is PlanKind.PROMISE else "in person"
    why = f"{what}, told on {day_name(on)}"
    state = adding(state, Planned(kind, touch.until, touch.until_time, touch.until_zone, channel, step, why))
    if came_from_outside:
        return adding(state, decision(Question.WHAT_NEXT, today, "back in play: what comes next?"))
    return state


def _replied(state: State, touch: Touch, on: date, today: date) -> State:
    came_from_outside = state.enrolment is None and not state.plans
    state = replace(without(state, PlanKind.DECISION), paused=None)
    why = f"they wrote on {day_name(on)}: answer now"
    state = adding(state, Planned(PlanKind.ANSWER, on, None, None, touch.channel, _step(state), why, since=touch.at))
    if came_from_outside:
        return adding(state, decision(Question.WHAT_NEXT, today, "back in play: what comes next?"))
    return state


def _step(state: State) -> int | None:
    return state.enrolment.step if state.enrolment else None


def not_now(
    state: State, today: date, rules: Rules, consent: bool | None, on: date, words: str = "", channel: str = ""
) -> State:
    """End the cadence and ask for permission; a customer is asked about a pause instead (§4, §10)."""
    if state.relation is Relation.CUSTOMER:
        kept = without(state, PlanKind.DECISION)
        return adding(kept, decision(Question.PAUSE, today, "not now: pause until a date?"))
    state = replace(with_plans(state), enrolment=None, companion=None)
    if consent is None:
        return adding(state, decision(Question.PERMISSION, today, "not now: may you reach out from time to time?"))
    return permission(state, consent, on, today, rules, words, channel)


def permission(
    state: State, given: bool, on: date, today: date, rules: Rules, words: str = "", channel: str = ""
) -> State:
    """Record the answer: yes starts Stay in touch, no closes (§10)."""
    state = replace(with_plans(state), enrolment=None, consent=Consent(given, on, words, channel))
    if not given:
        return ended(state)
    return nurture(state, today, rules)


def ended(state: State) -> State:
    """Close: nothing is planned, and *reopen* knows the relation before."""
    before = state.before if state.relation is Relation.CLOSED else state.relation
    return replace(
        with_plans(state), relation=Relation.CLOSED, before=before, enrolment=None, companion=None, paused=None
    )


def end_or_stop(state: State, touch: Touch, on: date, today: date, rules: Rules) -> State:
    """Apply definite no, won and do not contact, from any relation (§4)."""
    if touch.outcome is Outcome.DEFINITE_NO:
        return ended(state)
    if touch.outcome is Outcome.WON:
        to_come = (plan for plan in state.plans if plan.fixed and plan.date > on)
        won = replace(
            with_plans(state, *to_come),
            relation=Relation.CUSTOMER,
            paused=None,
            referral_slots=state.referral_slots + REFERRAL_SLOTS,
        )
        return start(won, rules.named(CUSTOMER), on, rules)
    if touch.channel_only:
        stopped = replace(state, stopped_channels=state.stopped_channels | {touch.channel})
        return _channel_stopped(stopped, rules)
    return replace(
        with_plans(state),
        relation=Relation.DO_NOT_CONTACT,
        before=state.before if state.relation is Relation.CLOSED else state.relation,
        enrolment=None,
        companion=None,
        paused=None,
    )


def _channel_stopped(state: State, rules: Rules) -> State:
    if state.relation is Relation.COLD:
        state = replace(state, relation=Relation.ENGAGED)
    if not state.relation.in_play:
        return state
    return rechannel(state, rules)


def _no_show(state: State, today: date, rules: Rules) -> State:
    """A missed meeting starts the No-show cadence; the attempts stay (§4)."""
    state = without(dropping(state, plan_of(state, PlanKind.MEETING)), PlanKind.DECISION)
    return start(state, rules.named(NO_SHOW), today, rules)
