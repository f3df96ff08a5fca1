"""Skip, move, pause and resume (domain §4, §5)."""

from __future__ import annotations

from datetime import time

import pytest

from followup_tui.domain.cadence import Cadence, Step
from followup_tui.domain.events import Moved, Paused, Resumed, Skipped
from followup_tui.domain.model import Question
from followup_tui.errors import UsageError
from tests.domain.factories import WEEK, Story, cold, customer, day, engaged, nurtured, out_of_play, rules, said


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2 Mar", "step 3 on 7 Mar by email"),  # not due: later dates stay
        ("3 Mar", "step 3 on 7 Mar by email"),  # due: later dates stay
        ("9 Mar", "step 3 on 13 Mar by email"),  # overdue: re-anchored on today
    ],
)
def test_skip(on: str, expected: str) -> None:
    """The next step; later dates stay unless the skipped one was overdue; no attempt, no touch."""
    story = cold("1 Mar").log("1 Mar").skip(on)
    assert story.due == expected
    assert (story.state.attempts, story.state.touches) == (1, 1)
    assert story.next.reason.startswith("+4 after the skipped step of")


def test_skip_of_a_month_keeps_the_day() -> None:
    """A skipped month leaves the day of the month alone."""
    story = nurtured("31 Jan").skip("10 Feb")
    assert said(story.next.date) == "31 Mar"


def test_skip_of_the_last_step_asks() -> None:
    """Skipping the last step asks what comes next; the limit is not reached by skips."""
    story = cold("1 Mar").enrol("Cold six", "1 Mar", 6).skip("1 Mar")
    assert story.asks() is Question.ENDED


def test_skip_of_a_promise_passes_the_step_it_stood_in_for() -> None:
    """A promise that is waived counts as its step passed."""
    story = cold("1 Mar").log("1 Mar").log("3 Mar", "call back", until="5 Mar").skip("5 Mar")
    assert story.due == "step 3 on 9 Mar by email"


def test_skip_of_a_promise_beside_a_step_only_waives_it() -> None:
    """A promise that stood in for nothing is waived and the planned step stays."""
    story = cold("1 Mar").log("1 Mar", "call back", until="2 Mar").enrol("Busy executive", "1 Mar").skip("2 Mar")
    assert (story.kinds, story.due) == (["step"], "step 1 on 6 Mar by mail")


def test_skip_of_an_answer_leaves_the_step() -> None:
    """No answer needed: the cadence goes on as planned."""
    story = cold("1 Mar").log("1 Mar").log("2 Mar", "replied", "email", inbound=True).skip("2 Mar")
    assert (story.kinds, story.due) == (["step"], "step 2 on 3 Mar by phone")


def test_skip_of_an_answer_without_a_cadence_asks() -> None:
    """Nobody rests: without a cadence the question is asked again."""
    story = out_of_play("pool").log("1 Mar", "spoke").log("2 Mar", "replied", "email", inbound=True).skip("2 Mar")
    assert (story.kinds, story.asks()) == (["decision"], Question.WHAT_NEXT)


def test_skip_of_ones_own_date_asks() -> None:
    """An own date without a cadence leaves the question."""
    story = out_of_play("pool").log("1 Mar", "spoke").answer("1 Mar", "own date", until="9 Mar").skip("9 Mar")
    assert story.asks() is Question.WHAT_NEXT


def test_a_meeting_is_not_skipped() -> None:
    """A meeting is held, missed or moved."""
    with pytest.raises(UsageError, match="a meeting can't be skipped"):
        engaged("1 Mar").log("1 Mar", "meeting set", until="9 Mar").skip("9 Mar")


@pytest.mark.parametrize("event", [Skipped(), Moved(day("9 Mar"))])
@pytest.mark.parametrize("relation", ["pool", "closed", "do not contact"])
def test_nothing_to_skip_or_move(relation: str, event: Skipped | Moved) -> None:
    """Out of play nothing is planned."""
    with pytest.raises(UsageError, match="nothing is planned"):
        out_of_play(relation).tell(event)


def test_move() -> None:
    """The planned date changes, the rest stays; what follows counts from the touch."""
    story = cold("1 Mar").log("1 Mar").move("2 Mar", "8 Mar")
    assert story.due == "step 2 on 8 Mar by phone"
    assert story.next.reason == "moved by you from Tue 3 Mar"
    assert story.log("8 Mar").due == "step 3 on 12 Mar by email"


def test_a_promise_moves_with_its_time() -> None:
    """A promise keeps its time unless a new one is told; a step never gets an old time."""
    story = cold("1 Mar").log("1 Mar", "call back", until="3 Mar", until_time=time(10)).move("1 Mar", "4 Mar")
    assert (said(story.next.date), story.next.time) == ("4 Mar", time(10))
    story.tell(Moved(day("5 Mar"), time(9)))
    assert (said(story.next.date), story.next.time) == ("5 Mar", time(9))


def test_move_to_the_past() -> None:
    """Nothing moves to a day that is over."""
    with pytest.raises(UsageError, match="Sat 28 Feb is past"):
        cold("1 Mar").move("1 Mar", "28 Feb")


def test_an_answer_does_not_move() -> None:
    """They wait for an answer: snooze it or give it."""
    with pytest.raises(UsageError, match="wait for an answer"):
        cold("1 Mar").log("1 Mar", "replied", "email", inbound=True).move("1 Mar", "9 Mar")


# Step 3 of Steady is planned for 7 March (gap +4); paused on 5 March, two days before.


def waiting(**more: object) -> Story:
    return engaged("1 Mar", **more).log("1 Mar").log("3 Mar", "sent", "email")


@pytest.mark.parametrize(
    ("rule", "dated", "early", "opened"),
    [
        ("freeze", "22 Mar", "12 Mar", "12 Mar"),  # two days were left
        ("restart", "24 Mar", "14 Mar", "14 Mar"),  # the gap of four again
        ("keep", "20 Mar", "10 Mar", "10 Mar"),  # 7 March is past by then: due on resume
    ],
)
def test_pause(rule: str, dated: str, early: str, opened: str) -> None:
    """Until 20 March; until then but resumed on the 10th; open and resumed on the 10th."""
    story = waiting().pause("5 Mar", "20 Mar", rule)
    assert said(story.next.date) == dated
    assert story.state.is_paused(day("19 Mar"))
    assert not story.state.is_paused(day("20 Mar"))
    assert said(story.resume("10 Mar").next.date) == early
    assert story.state.paused is None
    story = waiting().pause("5 Mar", "", rule)
    assert said(story.next.date) == "7 Mar"
    assert story.state.is_paused(day("1 Jan 2030"))
    assert said(story.resume("10 Mar").next.date) == opened


@pytest.mark.parametrize("rule", ["freeze", "restart", "keep"])
def test_a_date_kept_far_ahead(rule: str) -> None:
    """Resumed before anything was due, keep leaves the date where it was."""
    story = waiting().move("3 Mar", "30 Mar").pause("5 Mar", "20 Mar", rule).resume("10 Mar")
    assert said(story.next.date) == {"freeze": "4 Apr", "restart": "14 Mar", "keep": "30 Mar"}[rule]


def test_keep_resumed_before_the_date() -> None:
    """Keep: resumed on the 6th, the step of the 7th is on the 7th again."""
    assert said(waiting().pause("5 Mar", "20 Mar", "keep").resume("6 Mar").next.date) == "7 Mar"


@pytest.mark.parametrize("rule", ["freeze", "restart", "keep"])
@pytest.mark.parametrize("until", ["20 Mar", ""])
def test_overdue_at_the_pause_is_due_on_resume(rule: str, until: str) -> None:
    """What was late already waits no longer than the pause."""
    story = waiting().pause("9 Mar", until, rule)
    if until:
        assert said(story.next.date) == "20 Mar"
    assert said(story.resume("12 Mar").next.date) == "12 Mar"


def test_a_second_pause_waits_out_the_same_rest() -> None:
    """Pausing again replaces the pause; the rest is not waited out twice."""
    story = waiting().pause("5 Mar", "20 Mar").pause("6 Mar", "1 Apr")
    assert said(story.next.date) == "3 Apr"


def test_a_pause_after_a_pause() -> None:
    """A dated pause ends by itself; the next one starts anew."""
    story = waiting().pause("5 Mar", "20 Mar").pause("21 Mar", "1 Apr")
    assert said(story.next.date) == "2 Apr"


def test_a_pause_keeps_promises_and_questions() -> None:
    """What was told to the prospect keeps its day."""
    story = cold("1 Mar").log("1 Mar", "call back", until="12 Mar").pause("5 Mar", "20 Mar")
    assert said(story.next.date) == "12 Mar"
    assert said(story.resume("6 Mar").next.date) == "12 Mar"


def test_a_pause_rolls_as_the_step_does() -> None:
    """Calls come back on a working day, letters on any, a step that says so as it says."""
    call = engaged("3 Mar", of=rules(calendar=WEEK)).pause("3 Mar", "7 Mar")
    assert (said(call.next.date), said(call.resume("6 Mar").next.date)) == ("9 Mar", "6 Mar")
    letter = customer("3 Mar", of=rules(calendar=WEEK)).pause("9 Mar", "14 Mar")
    assert said(letter.next.date) == "14 Mar"
    strict = Cadence(80, "Strict", (Step(("email",), days="working"),))
    story = Story(rules(strict, calendar=WEEK), relation="engaged").enrol("Strict", "3 Mar").pause("3 Mar", "7 Mar")
    assert said(story.next.date) == "9 Mar"


def test_a_paused_month() -> None:
    """Restart of a month is a month from the end of the pause."""
    assert said(nurtured("1 Mar").pause("10 Mar", "20 Mar", "restart").next.date) == "20 Apr"


def test_a_paused_own_date() -> None:
    """An own date rests as steps do; without a cadence there is no gap to restart."""
    story = out_of_play("pool").log("1 Mar", "spoke").answer("1 Mar", "own date", until="7 Mar")
    assert said(story.pause("5 Mar", "20 Mar", "restart").next.date) == "20 Mar"
    assert said(story.resume("10 Mar").next.date) == "10 Mar"


def test_what_was_planned_in_the_pause_stays() -> None:
    """A date set during the pause is not moved again at its end."""
    story = waiting().pause("5 Mar", "20 Mar").move("6 Mar", "25 Mar").resume("10 Mar")
    assert said(story.next.date) == "25 Mar"
    story = waiting().pause("5 Mar", "20 Mar").skip("6 Mar").resume("10 Mar")
    assert story.next.step == 4


@pytest.mark.parametrize("until", ["20 Mar", ""])
def test_who_comes_back_is_not_hidden_by_the_pause(until: str) -> None:
    """A reply, a call back or a meeting ends the pause: it waits for us now."""
    for outcome, more in (("replied", {}), ("call back", {"until": "8 Mar"}), ("meeting set", {"until": "8 Mar"})):
        story = waiting().pause("5 Mar", until).log("6 Mar", outcome, inbound=outcome == "replied", **more)
        assert story.state.paused is None
    assert waiting().pause("5 Mar", until).log("6 Mar").state.paused is not None


def test_a_pause_needs_something_that_runs() -> None:
    """Only people in play pause, only into the future, and only the paused resume."""
    for relation in ("pool", "closed", "do not contact"):
        with pytest.raises(UsageError, match="nothing runs that could be paused"):
            out_of_play(relation).pause("5 Mar", "20 Mar")
    with pytest.raises(UsageError, match="Thu 5 Mar is not after today"):
        waiting().tell(Paused(day("5 Mar")), "5 Mar")
    with pytest.raises(UsageError, match="is not paused"):
        waiting().tell(Resumed(), "5 Mar")
    with pytest.raises(UsageError, match="is not paused"):
        waiting().pause("5 Mar", "20 Mar").tell(Resumed(), "20 Mar")
