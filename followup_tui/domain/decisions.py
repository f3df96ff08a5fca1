"""Decisions: the app asks, the user answers, nothing ends by itself (domain §3, §4, §10)."""

from __future__ import annotations

from datetime import date, datetime, time

from followup_tui.domain.cadence import Rules
from followup_tui.domain.enrolling import enrolled
from followup_tui.domain.events import Answered, Enrolled, Paused
from followup_tui.domain.meetings import meeting_is_over
from followup_tui.domain.model import Outcome, PauseRule, PlanKind, Planned, Question, State, Touch
from followup_tui.domain.moves import not_sooner, paused
from followup_tui.domain.planning import (
    adding,
    decision,
    dropping,
    later_of,
    nurture,
    place_step,
    plan_of,
    with_plans,
    without,
)
from followup_tui.domain.responses import after_response, end_or_stop, ended, limit_of, not_now, permission
from followup_tui.domain.workdays import day_name
from followup_tui.errors import UsageError
from followup_tui.records import dataclass, replace


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a decision."""

    name: str
    key: str
    asks: str = ""
    """`when`, `cadence`, `reason` or empty."""


_LIMIT = (Choice("nurture", "n"), Choice("keep going", "k", "reason"), Choice("close", "c", "reason"))
CHOICES: dict[Question, tuple[Choice, ...]] = {
    Question.LIMIT: _LIMIT,
    Question.ENDED: _LIMIT,
    Question.PERMISSION: (Choice("yes", "y"), Choice("no", "n")),
    Question.RESUME: (Choice("resume", "r"), Choice("enrol", "e", "cadence"), Choice("own date", "o", "when")),
    Question.WHAT_NEXT: (
        Choice("enrol", "e", "cadence"),
        Choice("own date", "o", "when"),
        Choice("nurture", "n"),
        Choice("close", "c", "reason"),
    ),
    Question.MEETING: (
        Choice("held", "h"),
        Choice("no-show", "n"),
        Choice("moved", "m", "when"),
        Choice("cancelled", "c"),
    ),
    Question.AFTER_MEETING: (
        Choice("won", "w"),
        Choice("call back", "b", "when"),
        Choice("resume", "r"),
        Choice("enrol", "e", "cadence"),
        Choice("not now", "n"),
        Choice("definite no", "d"),
    ),
    Question.PAUSE: (Choice("pause", "p", "when"), Choice("keep going", "k"), Choice("close", "c", "reason")),
}
WORDS: dict[Question, str] = {
    Question.LIMIT: "The attempts are used up. What now?",
    Question.ENDED: "The cadence is through. What now?",
    Question.PERMISSION: "May you reach out from time to time? What did they say?",
    Question.RESUME: "They wrote and you answered. Go on with the cadence?",
    Question.WHAT_NEXT: "In play, but nothing is planned. What next?",
    Question.MEETING: "The meeting's time has passed. What happened?",
    Question.AFTER_MEETING: "The meeting was held. What came of it?",
    Question.PAUSE: "Not now, says a customer. Pause?",
}


def question_of(state: State, now: datetime, rules: Rules) -> Question | None:
    """Return what the app asks about this prospect now; a meeting becomes a question when it is over."""
    asked = plan_of(state, PlanKind.DECISION)
    if asked is not None:
        return asked.question
    meeting = plan_of(state, PlanKind.MEETING)
    if meeting is not None and meeting_is_over(meeting, now, rules):
        return Question.MEETING
    return None


def preselected(state: State, question: Question, rules: Rules) -> str:
    """Return the choice offered first; it is never executed by itself (S0, S4)."""
    if question is Question.ENDED and state.enrolment is not None:
        return rules.cadence(state.enrolment.cadence_id).preselect
    return CHOICES[question][0].name


def find_choice(question: Question, text: str) -> str:
    """Return the choice meant by a name, a unique beginning or its key; UsageError naming the choices."""
    wanted = " ".join(text.replace("-", " ").split()).casefold()
    choices = CHOICES[question]
    plain = {choice.name.replace("-", " "): choice.name for choice in choices}
    if wanted in plain:
        return plain[wanted]
    found = [name for plain_name, name in plain.items() if wanted and plain_name.startswith(wanted)]
    keyed = [choice.name for choice in choices if choice.key == wanted]
    if len(found) == 1 or keyed:
        return (found if len(found) == 1 else keyed)[0]
    names = ", ".join(choice.name for choice in choices)
    raise UsageError(f"“{text}” does not answer “{question}”", f"choose one of {names}")


def answered(state: State, event: Answered, now: datetime, rules: Rules) -> State:
    """Return the state after a decision was answered; UsageError when nothing is asked or a date is missing."""
    question = question_of(state, now, rules)
    if question is None:
        raise UsageError("no decision waits for this prospect", "followup today lists the decisions")
    today = rules.day(now)
    choice = find_choice(question, event.choice)
    rest = without(state, PlanKind.DECISION)
    match choice:
        case "nurture":
            return nurture(with_plans(rest), today, rules)
        case "close":
            return ended(rest)
        case "keep going":
            return _keep_going(rest, today, rules)
        case "yes" | "no":
            return permission(rest, choice == "yes", today, today, rules, event.reason, rest.last_channel or "")
        case "resume":
            return _resumed(rest, today, rules)
        case "enrol":
            return _other_cadence(state, event, today, rules)
        case "own date":
            return _own_date(rest, event, today)
        case "pause":
            rest = rest if rest.plans else place_step(rest, rules, today, "the pause")
            return paused(rest, Paused(event.until, PauseRule.FREEZE), today, rules)
        case _:
            return _about_meeting(rest, choice, event, now, today, rules)


def _keep_going(state: State, today: date, rules: Rules) -> State:
    """Go on: the remaining steps, else every 30 days; asked again after as many attempts again (§3)."""
    base = limit_of(replace(state, ask_at=None), rules)
    if base is not None:
        state = replace(state, ask_at=state.attempts + base)
    if not state.plans and state.enrolment is not None:
        going = replace(state.enrolment, keep_going=True)
        state = place_step(replace(state, enrolment=going), rules, today, f"the touch on {day_name(going.previous)}")
    if not state.plans:
        return place_step(state, rules, today, "")
    return not_sooner(state, today, rules)


def _resumed(state: State, today: date, rules: Rules) -> State:
    """Take the cadence up again: the step, or what stands in for it, not sooner than its gap after the answer."""
    if plan_of(state, PlanKind.STEP) is None and plan_of(state, PlanKind.PROMISE, PlanKind.OWN, PlanKind.MEETING):
        return state
    if plan_of(state, PlanKind.STEP) is None:
        state = place_step(state, rules, today, "the cadence resumed")
    return later_of(state, today, rules, "answer")


def _other_cadence(state: State, event: Answered, today: date, rules: Rules) -> State:
    if event.cadence_id is None:
        raise UsageError("which cadence?", "add --cadence NAME; followup cadence list shows them")
    return enrolled(state, Enrolled(event.cadence_id, today), rules)


def _own_date(state: State, event: Answered, today: date) -> State:
    if event.until is None:
        raise UsageError("which date?", "add --until “+3d” or a day")
    if event.until < today:
        raise UsageError(f"{day_name(event.until)} is past", "choose a day from today on")
    plan = plan_of(state, PlanKind.STEP)
    step = plan.step if plan else (state.enrolment.step if state.enrolment else None)
    channel = (plan.channel if plan else None) or state.last_channel or "phone"
    own = Planned(
        PlanKind.OWN, event.until, event.until_time, None, channel, step, f"your own date, set {day_name(today)}"
    )
    return adding(without(state, PlanKind.STEP, PlanKind.OWN), own)


def _about_meeting(state: State, choice: str, event: Answered, now: datetime, today: date, rules: Rules) -> State:
    """Answer what a meeting came to, or what came of it."""
    meeting = plan_of(state, PlanKind.MEETING)
    rest = dropping(state, meeting)
    match choice:
        case "held":
            met = replace(rest, attempts=0, ask_at=None, interacted=True)
            return adding(met, decision(Question.AFTER_MEETING, today, "the meeting was held"))
        case "moved":
            if event.until is None or meeting is None:
                raise UsageError("moved to when?", "add --until “thu 10:00”")
            if event.until < today:
                raise UsageError(f"{day_name(event.until)} is past", "choose a day from today on")
            moved = replace(meeting, date=event.until, time=event.until_time, reason="the meeting was moved")
            return dropping(rest, None, moved)
        case "cancelled":
            return adding(rest, decision(Question.RESUME, today, "the meeting was cancelled"))
        case "not now":
            return not_now(state, today, rules, None, today)
        case "no-show":
            return after_response(state, _as_touch(Outcome.NO_SHOW, now), today, today, rules, False)
        case "call back":
            touch = _as_touch(Outcome.CALL_BACK, now, event.until, event.until_time)
            return after_response(state, touch, today, today, rules, False)
        case "won":
            return end_or_stop(state, _as_touch(Outcome.WON, now), today, today, rules)
        case _:
            return end_or_stop(state, _as_touch(Outcome.DEFINITE_NO, now), today, today, rules)


def _as_touch(outcome: Outcome, now: datetime, until: date | None = None, at: time | None = None) -> Touch:
    return Touch("phone" if outcome is Outcome.CALL_BACK else "in person", outcome, now, until=until, until_time=at)
