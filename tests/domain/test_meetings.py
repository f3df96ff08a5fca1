"""Meetings and answers: what is asked when, and what the answers do (domain §4)."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from followup_tui.domain.meetings import meeting_is_over
from followup_tui.domain.model import PlanKind, Planned, Question
from followup_tui.errors import UsageError
from tests.domain.factories import Story, cold, customer, day, engaged, out_of_play, rules, said

TWO = time(14)


def met(on: str = "9 Mar", at: time | None = TWO) -> Story:
    """Return somebody engaged with a meeting at two (UTC), set on 1 March; step 2 of Steady waits."""
    return engaged("28 Feb").log("28 Feb").log("1 Mar", "meeting set", until=on, until_time=at)


@pytest.mark.parametrize(("hour", "asks"), [(13, None), (14, None), (15, None), (16, Question.MEETING)])
def test_fifteen_minutes_after_its_end(hour: int, asks: Question | None) -> None:
    """An hour from two, and a quarter more: then the app asks how it went."""
    assert met().asks("9 Mar", hour) is asks


@pytest.mark.parametrize(
    ("instant", "zone", "over"),
    [
        # 14:00 in New York on 9 March, a day after their clocks changed, is 18:00 UTC.
        ("2026-03-09T19:14", "America/New_York", False),
        ("2026-03-09T19:15", "America/New_York", True),
        ("2026-03-06T20:14", "America/New_York", False),
        ("2026-03-09T15:15", None, True),
        ("2026-03-09T15:14", None, False),
    ],
)
def test_wall_time_in_the_named_zone(instant: str, zone: str | None, over: bool) -> None:
    """A promised time is wall time where it was told."""
    plan = Planned(PlanKind.MEETING, day("9 Mar"), TWO, zone)
    assert meeting_is_over(plan, datetime.fromisoformat(instant).replace(tzinfo=UTC), rules()) is over


def test_over_in_the_night_the_clocks_change() -> None:
    """01:30 in Berlin, one hour long, the clocks jump at two: 75 minutes later it is a quarter to four."""
    berlin = ZoneInfo("Europe/Berlin")
    plan = Planned(PlanKind.MEETING, day("29 Mar"), time(1, 30), "Europe/Berlin")
    of = rules(zone="Europe/Berlin")
    assert not meeting_is_over(plan, datetime(2026, 3, 29, 3, 44, tzinfo=berlin), of)
    assert meeting_is_over(plan, datetime(2026, 3, 29, 3, 45, tzinfo=berlin), of)


def test_a_meeting_without_a_time_is_over_the_next_day() -> None:
    """Without a time it is asked about when its day is over."""
    story = met(at=None)
    assert story.asks("9 Mar", 23) is None
    assert story.asks("10 Mar", 5) is Question.MEETING


def test_held_then_what_came_of_it() -> None:
    """Held is a response, and the app asks what came of it."""
    story = met().log("3 Mar", "sent", "email").answer("9 Mar", "held", hour=16)
    assert (story.kinds, story.asks()) == (["decision"], Question.AFTER_MEETING)
    assert story.state.attempts == 0


def after() -> Story:
    return met().answer("9 Mar", "held", hour=16)


def test_what_may_come_of_a_meeting() -> None:
    """Won, call back, resume, enrol, not now, definite no: each does what its outcome does."""
    assert after().answer("9 Mar", "won").state.relation == "customer"
    assert after().answer("9 Mar", "call back", until="12 Mar", until_time=time(9)).kinds == ["promise"]
    assert after().answer("9 Mar", "resume").due == "step 2 on 11 Mar by email"
    assert after().answer("9 Mar", "enrol", "Busy executive").due == "step 1 on 14 Mar by mail"
    assert after().answer("9 Mar", "not now").asks() is Question.PERMISSION
    assert after().answer("9 Mar", "definite no").state.relation == "closed"


def test_a_talk_at_the_time_of_the_meeting_is_the_meeting() -> None:
    """Logging *spoke* from the time of the meeting on holds it."""
    story = met().log("9 Mar", "spoke", "in person", hour=15)
    assert (story.kinds, story.asks()) == (["decision"], Question.AFTER_MEETING)


def test_a_call_in_the_morning_is_not_the_meeting() -> None:
    """A confirming call the same morning leaves the meeting at two."""
    story = met().log("9 Mar", "spoke", hour=9)
    assert story.kinds == ["meeting"]


def test_a_talk_on_the_day_of_a_meeting_without_a_time() -> None:
    """Without a time any talk on its day is the meeting; a day before is not."""
    assert met(at=None).log("9 Mar", "spoke").asks() is Question.AFTER_MEETING
    assert met(at=None).log("8 Mar", "spoke").kinds == ["meeting"]


@pytest.mark.parametrize("how", ["logged", "answered"])
def test_a_no_show_starts_the_no_show_cadence(how: str) -> None:
    """No-show: its cadence from today, the attempts unchanged, the relation too."""
    story = met().log("3 Mar", "sent", "email")
    if how == "logged":
        story.log("9 Mar", "no-show", "in person", hour=15)
        assert story.last is not None
        assert story.last.explanation == "No-show starts Mon 9 Mar", "no step stayed"
    else:
        story.answer("9 Mar", "no-show", hour=16)
    enrolment = story.state.enrolment
    assert enrolment is not None
    assert story.rules.cadence(enrolment.cadence_id).name == "No-show"
    assert (story.kinds, story.due) == (["step"], "step 1 on 9 Mar by phone")
    assert (story.state.attempts, story.state.relation) == (1, "engaged")


def test_a_no_show_before_the_day() -> None:
    """Nobody misses a meeting that is still to come."""
    with pytest.raises(UsageError, match="the meeting is on Mon 9 Mar"):
        met().log("8 Mar", "no-show")


def test_moved() -> None:
    """Moved: another day and time, nothing else."""
    story = met().answer("9 Mar", "moved", until="12 Mar", until_time=time(10), hour=16)
    assert (story.kinds, said(story.next.date), story.next.time) == (["meeting"], "12 Mar", time(10))


@pytest.mark.parametrize("until", [{}, {"until": "8 Mar"}])
def test_moved_to_when(until: dict[str, str]) -> None:
    """A moved meeting needs a day from today on."""
    with pytest.raises(UsageError, match=r"moved to when|Sun 8 Mar is past"):
        met().answer("9 Mar", "moved", hour=16, **until)


def test_cancelled() -> None:
    """Cancelled: the app asks how to go on; resume takes the step that waited."""
    story = met().answer("9 Mar", "cancelled", hour=16)
    assert (story.kinds, story.asks()) == (["decision"], Question.RESUME)
    assert story.answer("9 Mar", "resume").due == "step 2 on 11 Mar by email"


def test_resume_without_a_cadence_asks_what_next() -> None:
    """A meeting set out of the pool has no cadence to resume: the app asks."""
    story = out_of_play("pool").log("1 Mar", "meeting set", until="9 Mar").answer("1 Mar", "own date", until="20 Mar")
    assert sorted(story.kinds) == ["meeting", "own"]
    story.answer("10 Mar", "cancelled")
    assert story.answer("10 Mar", "resume").asks() is None
    assert (story.kinds, said(story.next.date)) == (["own"], "20 Mar")
    bare = out_of_play("pool").log("1 Mar", "meeting set", until="9 Mar").log("9 Mar", "spoke")
    assert bare.answer("9 Mar", "resume").asks() is Question.WHAT_NEXT


def wrote() -> Story:
    """They wrote on 4 March; step 2 was planned for 3 March."""
    return engaged("1 Mar").log("1 Mar").log("4 Mar", "replied", "email", inbound=True)


def test_a_reply_waits_for_its_answer() -> None:
    """Replied: an answer due now, momentum from the inbound touch, the step behind it."""
    story = wrote()
    assert (story.kinds, said(story.next.date), story.next.channel) == (["answer", "step"], "4 Mar", "email")
    assert story.next.since == story.journal[-1][1]
    assert (story.state.attempts, story.state.companion is None or said(story.state.companion.on)) == (0, "1 Mar")


def test_the_answered_cadence_resumes_where_it_was() -> None:
    """Resume: the step stays, not sooner than its gap after the answer."""
    story = wrote().log("4 Mar", "sent", "email", hour=13)
    assert story.asks() is Question.RESUME
    assert story.answer("4 Mar", "resume").due == "step 2 on 6 Mar by email"


def test_a_date_of_ones_own_survives_a_reply() -> None:
    """A step the user moved far ahead stays there after the answer."""
    story = engaged("1 Mar").log("1 Mar").move("1 Mar", "20 May").log("4 Mar", "replied", "email", inbound=True)
    story.log("4 Mar", "sent", "email", hour=13).answer("4 Mar", "resume")
    assert story.due == "step 2 on 20 May by email"


def test_resume_keeps_a_promise() -> None:
    """When a promise stands in for the step, resuming waits for it."""
    story = cold("1 Mar").log("1 Mar", "call back", until="12 Mar").log("4 Mar", "replied", "email", inbound=True)
    story.log("4 Mar", "sent", "email", hour=13).answer("4 Mar", "resume")
    assert (story.kinds, said(story.next.date)) == (["promise"], "12 Mar")


def test_after_the_answer_another_cadence_or_own_date() -> None:
    """The other two answers."""
    assert wrote().log("4 Mar", "sent", "email").answer("4 Mar", "enrol", "Referral").due == "step 1 on 4 Mar by phone"
    own = wrote().log("4 Mar", "sent", "email").answer("4 Mar", "own date", until="1 Apr", until_time=time(9))
    assert (own.kinds, said(own.next.date), own.next.step, own.next.time) == (["own"], "1 Apr", 2, time(9))
    assert own.log("1 Apr", "no answer").due == "step 3 on 5 Apr by phone"


def test_their_call_taken_is_answered() -> None:
    """They wrote, then call and are spoken to: answered, and the due step is done."""
    story = wrote().log("4 Mar", "spoke", inbound=True, hour=13)
    assert story.kinds == ["step"]
    assert story.due == "step 3 on 8 Mar by phone"


def test_their_call_before_the_step_is_due() -> None:
    """Not due, the step stays for the later date, as with any touch that was not planned."""
    story = engaged("1 Mar").log("1 Mar").move("1 Mar", "20 Mar").log("4 Mar", "replied", "email", inbound=True)
    assert story.log("4 Mar", "spoke", inbound=True, hour=13).due == "step 2 on 20 Mar by email"


def test_an_answered_stranger_is_asked_about() -> None:
    """Out of the pool: an answer now, and what comes next."""
    story = out_of_play("pool").log("1 Mar", "replied", "email", inbound=True)
    assert sorted(story.kinds) == ["answer", "decision"]
    story.log("1 Mar", "sent", "email", hour=13)
    assert (story.kinds, story.asks()) == (["decision"], Question.WHAT_NEXT)


def test_a_question_overtaken_by_a_reply_comes_back() -> None:
    """What next is asked again after the answer when there still is no cadence."""
    story = out_of_play("pool").log("1 Mar", "spoke").log("2 Mar", "replied", "email", inbound=True)
    assert story.kinds == ["answer"]
    assert story.log("2 Mar", "sent", "email", hour=13).asks() is Question.WHAT_NEXT
    again = out_of_play("pool").log("1 Mar", "spoke").log("2 Mar", "replied", "email", inbound=True)
    assert again.log("2 Mar", "spoke", inbound=True, hour=13).asks() is Question.WHAT_NEXT


def test_call_back_out_of_the_pool() -> None:
    """Back in play: the promise, and what comes next; kept, it leaves the question."""
    story = out_of_play("pool").log("1 Mar", "call back", until="3 Mar").log("3 Mar")
    assert (story.kinds, story.asks()) == (["decision"], Question.WHAT_NEXT)


def test_a_customer_who_writes_stays_a_customer() -> None:
    """Customers stay customers on 1–8."""
    story = customer("1 Mar").log("2 Mar", "replied", "email", inbound=True).log("2 Mar", "sent", "email", hour=13)
    assert (story.state.relation, story.asks()) == ("customer", Question.RESUME)
