"""Outcomes while something waits: an answer, a decision, a promise or a meeting (domain §4)."""

from __future__ import annotations

import pytest

from followup_tui.domain.cadence import Cadence, Step
from followup_tui.domain.events import Moved, Skipped
from followup_tui.domain.model import Question, Relation
from followup_tui.errors import UsageError
from tests.domain.factories import Story, cold, customer, day, engaged, rules, said

LONG = Cadence(50, "Long", tuple(Step(("phone",), 2 if number else 0) for number in range(20)), "ask")
"""Every second day, without companions, longer than any limit."""


def answering() -> Story:
    """They wrote on the day step 2 is due; step 2 waits behind the answer."""
    return engaged("1 Mar").log("1 Mar").log("3 Mar", "replied", "email", inbound=True)


def deciding() -> Story:
    """Six attempts without a response: the app asks, and step 7 waits behind the question for 13 March."""
    story = Story(rules(LONG), relation=Relation.COLD).enrol("Long", "1 Mar")
    for date in ("1 Mar", "3 Mar", "5 Mar", "7 Mar", "9 Mar", "11 Mar"):
        story.log(date)
    return story


def promised(on: str = "5 Mar") -> Story:
    """A call back stands in for step 3 of Cold six."""
    return cold("1 Mar").log("1 Mar").log("3 Mar").log("3 Mar", "call back", until=on)


def meeting(on: str = "9 Mar") -> Story:
    """A meeting is set; step 2 of Steady waits for it."""
    return engaged("1 Mar").log("1 Mar", "meeting set", until=on)


ATTEMPTS = ("no answer", "left voicemail", "left message", "sent")
ENDS = [("definite no", Relation.CLOSED), ("won", Relation.CUSTOMER), ("do not contact", Relation.DO_NOT_CONTACT)]
WAITING = {
    "answer": (answering, "3 Mar"),
    "decision": (deciding, "13 Mar"),
    "promise": (promised, "5 Mar"),
    "meeting": (meeting, "9 Mar"),
}


@pytest.mark.parametrize(("outcome", "relation"), ENDS)
@pytest.mark.parametrize("waiting", WAITING)
def test_an_end_ends_whatever_waits(waiting: str, outcome: str, relation: Relation) -> None:
    """Won, definite no and do not contact leave nothing of the old plans behind."""
    start, on = WAITING[waiting]
    story = start().log(on, outcome, "mail")
    assert story.state.relation is relation
    assert story.kinds == (["step"] if outcome == "won" else [])
    assert story.state.companion is None


@pytest.mark.parametrize("waiting", WAITING)
def test_not_now_replaces_whatever_waits_by_the_question(waiting: str) -> None:
    """Not now ends the cadence and asks for permission; the relation stays until that is answered."""
    start, on = WAITING[waiting]
    before = start()
    relation = before.state.relation
    story = before.log(on, "not now")
    assert story.kinds == ["decision"]
    assert story.next.question is Question.PERMISSION
    assert story.state.relation is relation
    assert story.state.companion is None


@pytest.mark.parametrize("waiting", WAITING)
def test_a_new_meeting_stands_alone(waiting: str) -> None:
    """Meeting set replaces the answer, the decision, the promise and the earlier meeting."""
    start, on = WAITING[waiting]
    story = start().log(on, "meeting set", until="20 Apr")
    assert story.kinds == ["meeting"]
    assert said(story.next.date) == "20 Apr"


@pytest.mark.parametrize("waiting", ["answer", "decision", "promise"])
def test_a_new_promise_stands_alone(waiting: str) -> None:
    """Call back answers what waited and stands in for the same step."""
    start, on = WAITING[waiting]
    story = start()
    assert story.state.enrolment is not None
    step = story.state.enrolment.step
    story.log(on, "call back", until="20 Apr")
    assert (story.kinds, story.next.step) == (["promise"], step)
    assert story.state.attempts == 0


def test_a_promise_stands_beside_a_meeting() -> None:
    """A call promised before the meeting does not cancel the meeting."""
    story = meeting("9 Mar").log("2 Mar", "call back", until="6 Mar")
    assert story.kinds == ["promise", "meeting"]


@pytest.mark.parametrize("waiting", WAITING)
def test_a_reply_comes_first(waiting: str) -> None:
    """When they write an answer is due now; promises and meetings stay behind it, a decision is overtaken."""
    start, on = WAITING[waiting]
    story = start().log(on, "replied", "email", inbound=True)
    assert story.next.kind == "answer"
    assert said(story.next.date) == on
    assert story.state.relation is Relation.ENGAGED
    assert "decision" not in story.kinds
    assert (waiting in story.kinds) is (waiting != "decision")


@pytest.mark.parametrize("waiting", WAITING)
def test_a_bad_detail_changes_the_channel_and_no_date(waiting: str) -> None:
    """Bad detail is not an attempt and moves nothing, whatever waits."""
    start, on = WAITING[waiting]
    story = start()
    dates, attempts = [(plan.kind, plan.date) for plan in story.state.plans], story.state.attempts
    story.log(on, "bad detail", "phone").log(on, "bad detail", "phone")
    assert [(plan.kind, plan.date) for plan in story.state.plans] == dates
    assert story.state.attempts == attempts
    assert story.state.good.isdisjoint({"phone", "mobile"})
    assert "phone" not in {plan.channel for plan in story.state.plans}


@pytest.mark.parametrize("outcome", [*ATTEMPTS, "spoke"])
def test_any_outbound_touch_is_the_answer(outcome: str) -> None:
    """Logging any outbound touch answers them, and the app asks how to go on; the step stays."""
    story = answering().log("3 Mar", outcome, "email")
    assert story.asks() is Question.RESUME
    assert "answer" not in story.kinds
    assert story.plan("step").step == 2
    assert story.state.attempts == (0 if outcome == "spoke" else 1)
    assert story.last is not None
    assert (story.last.completes, story.last.step) == (False, None)


def test_the_answer_is_not_the_companion() -> None:
    """An e-mail sent while they wait is the answer, even when a companion e-mail is still open."""
    story = engaged("1 Mar").log("1 Mar").log("1 Mar", "replied", "email", inbound=True, hour=13)
    story.log("1 Mar", "sent", "email", hour=14)
    assert "answer" not in story.kinds
    assert story.asks() is Question.RESUME


@pytest.mark.parametrize("outcome", ATTEMPTS)
def test_an_attempt_leaves_the_decision_and_passes_the_due_step(outcome: str) -> None:
    """A decision stays until answered; the step behind it is passed when it is due and touched."""
    story = deciding().log("13 Mar", outcome)
    assert story.asks() is Question.LIMIT
    assert (story.plan("step").step, said(story.plan("step").date)) == (8, "15 Mar")
    assert story.state.attempts == 7


def test_a_talk_settles_the_question_of_the_limit() -> None:
    """The limit counts attempts without a response: once you spoke there is nothing to decide."""
    story = deciding().log("13 Mar", "spoke")
    assert story.kinds == ["step"]
    assert (story.state.relation, story.state.attempts) == (Relation.ENGAGED, 0)
    assert (story.next.step, said(story.next.date)) == (8, "15 Mar")


def test_a_talk_after_the_last_step_asks_what_comes_next() -> None:
    """Nobody rests: when the cadence is through, a talk leaves its question open."""
    story = cold("1 Mar")
    for date in ("1 Mar", "3 Mar", "7 Mar", "14 Mar", "28 Mar", "27 Apr"):
        story.log(date)
    assert story.asks() is Question.LIMIT
    story.log("28 Apr", "spoke")
    assert story.asks() is Question.ENDED


@pytest.mark.parametrize("event", [Skipped(), Moved(day("20 Mar"))])
def test_a_decision_is_answered_not_moved(event: Skipped | Moved) -> None:
    """A decision can't be skipped or moved away."""
    with pytest.raises(UsageError, match="a decision waits"):
        deciding().tell(event, "13 Mar")


@pytest.mark.parametrize("outcome", [*ATTEMPTS, "spoke"])
def test_the_promised_touch_advances_as_the_step_it_stood_in_for(outcome: str) -> None:
    """Logging the promised touch passes step 3; step 4 follows from that day."""
    story = promised("5 Mar").log("5 Mar", outcome)
    assert story.kinds == ["step"]
    assert (story.next.step, said(story.next.date)) == (4, "12 Mar")


@pytest.mark.parametrize("outcome", [*ATTEMPTS, "spoke"])
def test_a_touch_before_the_promise_leaves_it(outcome: str) -> None:
    """What was promised for a later day still stands after another touch."""
    story = promised("9 Mar").log("5 Mar", outcome)
    assert (story.kinds, said(story.next.date)) == (["promise"], "9 Mar")


def test_the_promised_call_may_come_early() -> None:
    """The one key switches a touch to be the promised one, and back."""
    early = promised("9 Mar").log("5 Mar", "spoke", completes=True)
    assert (early.kinds, early.next.step) == (["step"], 4)
    other = promised("9 Mar").log("9 Mar", "sent", "email", completes=False)
    assert (other.kinds, other.next.step) == (["promise"], 3)


@pytest.mark.parametrize("outcome", [*ATTEMPTS, "spoke"])
def test_a_touch_before_the_meeting_leaves_it(outcome: str) -> None:
    """A confirming call or letter before the meeting changes nothing about it."""
    story = meeting("9 Mar").log("6 Mar", outcome)
    assert (story.kinds, said(story.next.date)) == (["meeting"], "9 Mar")


def test_the_limit_waits_for_the_meeting() -> None:
    """With a meeting ahead the app does not ask whether to give up."""
    story = engaged("1 Mar", of=rules(engaged_limit=2)).log("1 Mar", "meeting set", until="20 Mar")
    for date in ("2 Mar", "3 Mar", "4 Mar"):
        story.log(date, "sent", "email")
    assert story.kinds == ["meeting"]


def test_a_cadence_started_before_the_meeting_runs() -> None:
    """Enrolling keeps the meeting, and the new steps are passed as usual before it."""
    story = meeting("20 Mar").enrol("Referral", "2 Mar").log("2 Mar")
    assert (story.plan("step").step, said(story.plan("step").date)) == (2, "4 Mar")
    assert said(story.plan("meeting").date) == "20 Mar"


def test_a_promise_outlives_a_new_cadence() -> None:
    """A promise is a word given: a new cadence's touch on another day does not swallow it."""
    story = promised("9 Mar").enrol("Referral", "4 Mar").log("4 Mar")
    assert said(story.plan("promise").date) == "9 Mar"
    story.log("9 Mar")
    assert story.kinds == ["step"]
    assert story.plan("step").step == 3


def test_a_win_keeps_what_was_told_for_later() -> None:
    """Won ends the cadence, not the meeting on Friday; only what was due is done."""
    story = meeting("9 Mar").log("5 Mar", "won")
    assert story.kinds == ["meeting", "step"]
    assert promised("5 Mar").log("5 Mar", "won").kinds == ["step"]


def test_the_step_of_a_customer_goes_on_while_the_app_asks_about_a_pause() -> None:
    """The paused question of a customer does not stop the step that is touched."""
    story = customer("1 Mar").log("2 Mar", "not now").log("7 Mar", "sent", "mail")
    assert story.asks() is Question.PAUSE
    assert (story.plan("step").step, said(story.plan("step").date)) == (2, "14 Mar")
