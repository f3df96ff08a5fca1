"""Entering, leaving and coming back: enrol, close, reopen, win; momentum and phases (domain §3, §6, §7)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from followup_tui.domain.events import Changed, Closed, Enrolled, Placed, Reopened
from followup_tui.domain.lifecycle import invariant_broken
from followup_tui.domain.model import PlanKind, Planned, Question, Relation, State
from followup_tui.domain.momentum import lost_by_tomorrow, momentum, overdue_days
from followup_tui.domain.phases import ADVICE, phase
from followup_tui.errors import UsageError
from tests.domain.factories import (
    EVERYTHING,
    WEEK,
    Story,
    cold,
    customer,
    day,
    engaged,
    nurtured,
    out_of_play,
    rules,
    said,
    utc,
)


@pytest.mark.parametrize(
    ("relation", "interacted", "name", "expected"),
    [
        ("pool", False, "Cold six", "cold"),
        ("pool", True, "Cold six", "engaged"),
        ("pool", False, "Stay in touch", "nurture"),
        ("cold", False, "Steady", "cold"),
        ("cold", False, "Stay in touch", "nurture"),
        ("engaged", True, "Cold six", "engaged"),
        ("nurture", True, "Steady", "engaged"),
        ("nurture", True, "Stay in touch", "nurture"),
        ("customer", True, "Cold six", "customer"),
        ("customer", True, "Stay in touch", "customer"),
    ],
)
def test_the_relation_on_a_cadence(relation: str, interacted: bool, name: str, expected: str) -> None:
    """Pool → cold, or engaged when there was an interaction; nurture → engaged; customers stay."""
    assert Story(relation=relation, interacted=interacted).enrol(name).state.relation == expected


@pytest.mark.parametrize(("relation", "error"), [("closed", "reopen first"), ("do not contact", "can be enrolled")])
def test_who_is_refused(relation: str, error: str) -> None:
    """Closed needs *reopen*, do not contact refuses."""
    with pytest.raises(UsageError, match=error):
        out_of_play(relation).enrol("Steady")


def test_nobody_without_a_detail_leaves_the_pool() -> None:
    """People without any usable detail are refused and stay in the pool; one detail is enough."""
    story = Story(relation="pool", good=frozenset())
    with pytest.raises(UsageError, match="no detail to be reached by"):
        story.enrol("Cold six")
    assert (story.state.relation, story.state.plans) == ("pool", ())
    story.tell(Changed(frozenset({"fax"}), star=False, pace="normal")).enrol("Cold six")
    assert story.due == "step 1 on 1 Mar by fax"


def test_a_new_cadence_replaces_the_running_one() -> None:
    """One enrolment at most: the old step and companion go, the attempts stay."""
    story = cold("1 Mar").log("1 Mar").enrol("Busy executive", "1 Mar")
    assert (story.kinds, story.due) == (["step"], "step 1 on 6 Mar by mail")
    assert (story.state.companion, story.state.attempts) == (None, 1)


def test_enrolling_answers_the_question_and_ends_the_pause() -> None:
    """A running cadence leaves neither a question nor a pause behind."""
    story = out_of_play("pool").log("1 Mar", "spoke").enrol("New inbound", "1 Mar")
    assert story.kinds == ["step"]
    assert cold("1 Mar").pause("1 Mar").enrol("Steady", "1 Mar").state.paused is None


def test_enrolling_for_a_later_day_and_step() -> None:
    """Spread over days, and on a step of one's choice; a call on a working day."""
    assert cold("10 Mar").due == "step 1 on 10 Mar by phone"
    story = Story(rules(calendar=WEEK)).tell(Enrolled(2, day("7 Mar"), 4), "1 Mar")
    assert story.due == "step 4 on 9 Mar by phone"
    assert Story(rules(calendar=WEEK)).enrol("Cold six", "7 Mar", 3).due == "step 3 on 7 Mar by email"


@pytest.mark.parametrize("step", [0, 7, -1])
def test_a_step_that_is_not_there(step: int) -> None:
    """The steps of the cadence are the choice."""
    with pytest.raises(UsageError, match=f"Cold six has no step {step}"):
        cold().enrol("Cold six", "1 Mar", step)


def test_enrolling_past_the_limit_starts_a_new_count() -> None:
    """Who is enrolled again after six attempts is not asked about before six more."""
    story = cold("1 Mar")
    for date in ("1 Mar", "3 Mar", "7 Mar", "14 Mar", "28 Mar", "27 Apr"):
        story.log(date)
    story.answer("27 Apr", "nurture")
    story.state = replace(story.state, relation=Relation.COLD)
    story.enrol("Referral", "1 May")
    for number in range(5):
        story.log(said(story.next.date), "no answer", story.next.channel or "")
        assert story.asks() is None, number
    story.log(said(story.next.date))
    assert story.asks() is Question.LIMIT


def test_new_inbound_is_due_now() -> None:
    """They came to us: due at once, on a Sunday too; the next call is the day after."""
    story = Story(rules(calendar=WEEK), interacted=True, relation="engaged").enrol("New inbound", "1 Mar")
    assert story.due == "step 1 on 1 Mar by phone"


@pytest.mark.parametrize("story", [cold, engaged, nurtured, customer])
def test_closing_and_reopening(story: object) -> None:
    """Reopen: the relation before, and a decision today."""
    assert callable(story)
    closed: Story = story()
    relation = closed.state.relation
    closed.tell(Closed("wrong time"), "5 Mar")
    assert (closed.state.relation, closed.state.plans, closed.state.enrolment) == ("closed", (), None)
    closed.tell(Reopened(), "9 Apr")
    assert (closed.state.relation, closed.asks(), said(closed.next.date)) == (relation, Question.WHAT_NEXT, "9 Apr")


@pytest.mark.parametrize(("interacted", "expected"), [(False, "cold"), (True, "engaged")])
def test_reopening_somebody_closed_out_of_the_pool(interacted: bool, expected: str) -> None:
    """The pool has no decision: who is reopened is in play."""
    story = Story(relation="pool", interacted=interacted).tell(Closed()).tell(Reopened())
    assert story.state.relation == expected
    assert Story(relation="closed").tell(Reopened()).state.relation == "engaged"


def test_a_second_no_keeps_the_relation_before() -> None:
    """Closed twice, reopened to where it was in play."""
    story = cold().log("1 Mar", "definite no").log("2 Mar", "definite no").tell(Reopened(), "3 Mar")
    assert story.state.relation == "cold"


def test_reopening_past_the_limit_starts_a_new_count() -> None:
    """Reopened after six attempts, the next attempt does not ask at once."""
    story = cold("1 Mar")
    for date in ("1 Mar", "3 Mar", "7 Mar", "14 Mar", "28 Mar", "27 Apr"):
        story.log(date)
    story.answer("27 Apr", "close").tell(Reopened(), "1 May").enrol("Referral", "1 May").log("1 May")
    assert story.asks() is None


@pytest.mark.parametrize("relation", ["closed", "do not contact"])
def test_closing_the_closed(relation: str) -> None:
    """Closed and do not contact can't be closed."""
    with pytest.raises(UsageError, match=f"is {relation} already"):
        out_of_play(relation).tell(Closed())


@pytest.mark.parametrize("relation", ["pool", "do not contact"])
def test_reopening_the_unclosed(relation: str) -> None:
    """Only the closed are reopened: do not contact stays."""
    with pytest.raises(UsageError, match="not closed"):
        out_of_play(relation).tell(Reopened())


def test_a_new_pace_dates_the_planned_step_anew() -> None:
    """The step that is planned falls by the new gap, and so do those after it."""
    story = cold("1 Mar").log("1 Mar").tell(Changed(EVERYTHING, star=False, pace="gentle"), "2 Mar")
    assert story.due == "step 2 on 4 Mar by phone"
    assert story.next.reason.startswith("+3 after Sun 1 Mar")
    assert story.log("4 Mar").due == "step 3 on 10 Mar by email"


def test_the_invariant_names_what_is_wrong() -> None:
    """In play without a next touch, out of play with one, or enrolled out of play."""
    today = day("1 Mar")
    running = cold().state
    assert invariant_broken(running, today) == ""
    assert invariant_broken(State(Relation.COLD), today) == "cold without a next touch"
    assert invariant_broken(replace(running, relation=Relation.POOL), today) == "pool with a next touch"
    gone = replace(running, relation=Relation.CLOSED, plans=())
    assert invariant_broken(gone, today) == "closed but enrolled"
    paused = cold().pause("1 Mar").state
    assert invariant_broken(State(Relation.COLD, paused=paused.paused), today) == ""


@pytest.mark.parametrize(("days", "percent"), [(0, 100), (1, 90), (3, 73), (7, 48), (14, 23)])
def test_momentum(days: int, percent: int) -> None:
    """0.9 a day: 1 day 90 %, 3 days 73, 7 days 48, 14 days 23."""
    assert round(momentum(days) * 100) == percent
    assert lost_by_tomorrow(days) == pytest.approx(0.9**days * 0.1)


def test_overdue_days() -> None:
    """Counted from the planned date, or the inbound touch; a decision is never overdue."""
    today = day("9 Mar")
    assert overdue_days(None, today) == 0
    assert overdue_days(Planned(PlanKind.STEP, day("7 Mar")), today) == 2
    assert overdue_days(Planned(PlanKind.STEP, day("12 Mar")), today) == 0
    assert overdue_days(Planned(PlanKind.DECISION, day("1 Mar")), today) == 0
    wrote = cold().log("6 Mar", "replied", "email", inbound=True)
    assert overdue_days(wrote.next, today) == 3
    assert wrote.next.since == utc("6 Mar")


@pytest.mark.parametrize(
    ("attempts", "name"),
    [
        *[(0, "curiosity"), (1, "curiosity"), (2, "annoyance"), (3, "annoyance")],
        *[(4, "resentment"), (5, "resentment"), (6, "respect"), (20, "respect")],
    ],
)
def test_phases(attempts: int, name: str) -> None:
    """0–1 curiosity, 2–3 annoyance, 4–5 resentment, 6 and more respect."""
    assert phase(attempts) == name
    assert ADVICE[name]


@pytest.mark.parametrize("relation", ["pool", "closed", "do not contact"])
def test_placed_out_of_play_plans_nothing(relation: str) -> None:
    """Whoever is put out of play by a correction has no next touch and no cadence; closed remembers where it stood."""
    story = cold()
    story.tell(Placed(Relation(relation)))
    assert story.state.plans == ()
    assert story.state.enrolment is None
    assert story.state.relation == relation
    if relation == "closed":
        assert story.tell(Reopened()).state.relation is Relation.COLD


def test_placed_in_play_asks_or_keeps_the_plan() -> None:
    """Somebody corrected into play without a plan is asked about; one with a plan keeps it."""
    story = out_of_play("pool")
    story.tell(Placed(Relation.ENGAGED))
    assert story.asks() is Question.WHAT_NEXT
    running = cold()
    before = running.state
    running.tell(Placed(Relation.COLD))
    assert running.state == before
    running.tell(Placed(Relation.ENGAGED))
    assert running.state.plans == before.plans
    assert invariant_broken(running.state, day("1 Mar")) == ""


def test_placed_asks_again_only_after_as_many_attempts() -> None:
    """A correction with the attempts used up gives as many again before the app asks (§3)."""
    story = cold()
    story.state = replace(story.state, attempts=13)
    story.tell(Placed(Relation.ENGAGED))
    assert story.state.ask_at == 25
