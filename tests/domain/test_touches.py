"""Companions, unplanned and back-dated touches, promises told along the way (domain §4)."""

from __future__ import annotations

import pytest

from followup_tui.domain.events import Logged
from followup_tui.domain.lifecycle import advance
from followup_tui.domain.model import Outcome, Touch
from followup_tui.domain.touches import completes_step
from followup_tui.errors import UsageError
from tests.domain.factories import cold, customer, day, engaged, nurtured, out_of_play, said, utc


def test_a_companion_stays_under_its_slot() -> None:
    """The call completes the step; the e-mail right after is due the same day, counts with it and moves nothing."""
    story = engaged("1 Mar").log("1 Mar")
    assert story.state.companion is not None
    assert (story.state.companion.channel, said(story.state.companion.on), story.state.companion.step) == (
        "email",
        "1 Mar",
        1,
    )
    before = story.state
    story.log("1 Mar", "sent", "email", hour=13)
    assert story.last is not None
    assert (story.last.companion, story.last.step, story.last.completes) == (True, 1, False)
    assert (story.state.attempts, story.state.touches) == (1, 2)
    assert (story.state.plans, story.state.companion) == (before.plans, None)


def test_a_companion_lapses_with_its_day() -> None:
    """The day after, an e-mail is an extra touch of its own."""
    story = engaged("1 Mar").log("1 Mar").log("2 Mar", "sent", "email")
    assert story.last is not None
    assert not story.last.companion
    assert story.state.attempts == 2


@pytest.mark.parametrize(
    ("channel", "outcome", "more"),
    [
        ("phone", "no answer", {}),
        ("email", "spoke", {}),
        ("email", "replied", {"inbound": True}),
        ("email", "sent", {"inbound": True}),
        ("email", "sent", {"until": "9 Mar"}),
    ],
)
def test_what_is_not_the_companion(channel: str, outcome: str, more: dict[str, object]) -> None:
    """Another channel, a response, their own letter, or a wish for the next date is a touch of its own."""
    story = engaged("1 Mar").log("1 Mar").log("1 Mar", outcome, channel, hour=13, **more)
    assert story.last is not None
    assert not story.last.companion


@pytest.mark.parametrize("outcome", ["call back", "meeting set", "not now", "won", "definite no", "do not contact"])
def test_no_companion_when_the_cadence_does_not_go_on(outcome: str) -> None:
    """Whoever says no, not now or yes on the first call gets no e-mail of the old cadence after it."""
    needs = {"until": "9 Mar"} if outcome in ("call back", "meeting set") else {}
    story = cold("1 Mar").log("1 Mar", outcome, **needs)
    assert story.state.companion is None
    assert story.last is not None
    assert (story.last.completes, story.last.step) == (False, 1)


@pytest.mark.parametrize("on", ["7 Mar", "9 Mar"])
@pytest.mark.parametrize("channel", ["phone", "email", "in person"])
def test_an_unplanned_touch_completes_the_due_step(on: str, channel: str) -> None:
    """Due or overdue, whatever its channel: the step is done."""
    story = cold("1 Mar").log("1 Mar").log("3 Mar").log(on, "sent", channel)
    assert story.last is not None
    assert (story.last.completes, story.last.step, story.next.step) == (True, 3, 4)


@pytest.mark.parametrize(("on", "expected"), [("4 Mar", "8 Mar"), ("2 Mar", "7 Mar"), ("6 Mar", "10 Mar")])
def test_an_extra_touch_keeps_the_step_for_the_later_date(on: str, expected: str) -> None:
    """Not due: the later of the old date and touch + that step's gap (4 days here)."""
    story = cold("28 Feb").log("28 Feb").log("2 Mar").move("2 Mar", "7 Mar").log(on, "sent", "text", hour=14)
    assert story.last is not None
    assert (story.due, story.last.completes) == (f"step 3 on {expected} by email", False)
    assert story.last.step is None
    assert story.state.attempts == 3


def test_the_extra_touch_is_explained() -> None:
    """The reason names the gap and the extra touch; the log says that the step stays."""
    story = cold("1 Mar").log("1 Mar").log("2 Mar", "sent", "text")
    assert story.next.reason == "+2 after an extra text"
    assert story.last is not None
    assert story.last.explanation == "the planned step stays: +2 after an extra text"
    assert engaged("1 Mar").log("1 Mar").log("2 Mar", "spoke").next.reason == "+2 after an extra talk"


def test_one_key_switches_what_is_completed() -> None:
    """An early touch can complete the step, and a touch on the day can leave it."""
    early = cold("1 Mar").log("1 Mar").log("2 Mar", completes=True)
    assert early.due == "step 3 on 6 Mar by email"
    left = cold("1 Mar").log("1 Mar").log("3 Mar", completes=False)
    assert left.due == "step 2 on 5 Mar by phone"
    assert left.state.attempts == 2


def test_the_log_says_beforehand_what_is_completed() -> None:
    """`completes_step` answers before the key is pressed: for a step due, not due, and people out of play."""
    touch = Touch("email", Outcome.SENT, utc("3 Mar"))
    due = cold("1 Mar").log("1 Mar").state
    assert completes_step(due, touch, day("3 Mar"))
    assert not completes_step(due, touch, day("2 Mar"))
    assert not completes_step(out_of_play("pool").state, touch, day("3 Mar"))
    reply = Touch("email", Outcome.REPLIED, utc("3 Mar"), inbound=True)
    assert not completes_step(due, reply, day("3 Mar"))


def test_a_back_dated_attempt_is_counted_and_moves_nothing() -> None:
    """Older than the journal: recorded, counted, no date moves."""
    story = cold("1 Mar").log("1 Mar").log("3 Mar")
    before = story.state
    story.log("2 Mar", "sent", "text", back_dated=True, logged="4 Mar")
    assert (story.state.attempts, story.state.touches) == (3, 3)
    assert story.state.plans == before.plans
    assert (story.state.last_touch, story.state.last_channel) == (day("3 Mar"), "phone")


def test_a_back_dated_talk_warms_and_keeps_the_attempts_made_since() -> None:
    """A talk found out later makes a cold prospect engaged; attempts since and dates stay."""
    story = cold("1 Mar").log("1 Mar").log("3 Mar").log("2 Mar", "spoke", back_dated=True, logged="4 Mar")
    assert (story.state.relation, story.state.attempts, story.state.interacted) == ("engaged", 2, True)
    assert story.due == "step 3 on 7 Mar by email"


@pytest.mark.parametrize("relation", ["pool", "closed", "do not contact"])
def test_a_back_dated_talk_brings_nobody_back(relation: str) -> None:
    """Out of play an old touch is only recorded."""
    story = out_of_play(relation).log("15 Jan", "spoke", back_dated=True, logged="4 Mar")
    assert (story.state.relation, story.state.plans) == (relation, ())


def test_a_bad_detail_found_out_late_is_still_bad() -> None:
    """Back-dated or not, a wrong number is marked; dates stay."""
    story = cold("1 Mar", good=frozenset({"phone", "email"})).log("1 Mar")
    story.log("28 Feb", "bad detail", back_dated=True, logged="2 Mar")
    assert (story.due, story.state.good) == ("step 2 on 3 Mar by email", {"email"})


def test_a_stop_found_out_late_still_stops() -> None:
    """Do not contact holds however late it is written down."""
    story = cold("1 Mar").log("1 Mar").log("28 Feb", "do not contact", back_dated=True, logged="2 Mar")
    assert (story.state.relation, story.state.plans) == ("do not contact", ())


def test_days_since_the_last_touch_count_from_the_newest() -> None:
    """A touch entered late without a mark does not turn the last touch back."""
    story = cold("1 Mar").log("3 Mar").log("2 Mar", "sent", "text", logged="4 Mar")
    assert story.state.last_touch == day("3 Mar")


@pytest.mark.parametrize("back_dated", [True, False])
def test_a_skip_is_not_a_touch(back_dated: bool) -> None:
    """A skip can't be logged as if somebody had been contacted."""
    with pytest.raises(UsageError, match="a skip is not a touch"):
        cold("1 Mar").log("1 Mar", "skip", back_dated=back_dated)


def test_a_reply_is_not_our_channel() -> None:
    """The channel of the newest outbound touch is not changed by what they write."""
    story = cold("1 Mar").log("1 Mar").log("2 Mar", "replied", "email")
    assert story.state.last_channel == "phone"
    assert story.log("2 Mar", "sent", "email", hour=13).state.last_channel == "email"


def test_a_voicemail_may_promise_a_time() -> None:
    """“I'll call Thursday at ten”: a promised call stands in for the next step; it is no response."""
    at_ten = utc("5 Mar", 10).time()
    story = cold("1 Mar").log("1 Mar").log("3 Mar", "left voicemail", until="5 Mar", until_time=at_ten)
    assert (story.kinds, story.next.step, story.next.channel) == (["promise"], 3, "phone")
    assert (said(story.next.date), story.next.time, story.next.fixed) == ("5 Mar", at_ten, True)
    assert (story.state.relation, story.state.attempts) == ("cold", 2)
    story.log("5 Mar")
    assert story.due == "step 4 on 12 Mar by phone"


def test_a_letter_that_promises_keeps_the_planned_channel() -> None:
    """Told in an e-mail, the promised touch is what was planned next."""
    story = cold("1 Mar").log("1 Mar", "sent", "email", until="5 Mar", until_time=utc("5 Mar").time())
    assert (story.next.kind, story.next.channel) == ("promise", "phone")


def test_a_date_of_ones_own_choice() -> None:
    """`.` without a time sets the next date; the reason says who chose it."""
    story = cold("1 Mar").log("1 Mar", until="8 Mar")
    assert story.due == "step 2 on 8 Mar by phone"
    assert story.next.reason == "you chose Sun 8 Mar (+2 after phone, no answer, on Sun 1 Mar)"


def test_a_chosen_date_is_never_lost() -> None:
    """When the app asks and no step is planned, the chosen date waits behind the question."""
    story = cold("1 Mar")
    for date in ("1 Mar", "3 Mar", "7 Mar", "14 Mar", "28 Mar"):
        story.log(date)
    story.log("27 Apr", until="4 May")
    assert (story.kinds, said(story.plan("own").date)) == (["decision", "own"], "4 May")
    story.answer("27 Apr", "keep going")
    assert (story.kinds, said(story.next.date)) == (["own"], "4 May")
    story.log("4 May")
    assert story.asks("4 May") == "ended"


@pytest.mark.parametrize(("shift", "expected"), [(1, "4 Mar"), (-1, "2 Mar"), (-9, "1 Mar")])
def test_the_next_date_shifted(shift: int, expected: str) -> None:
    """`+` and `-` shift the next date, never before today."""
    story = cold("1 Mar").log("1 Mar", shift=shift)
    assert story.due == f"step 2 on {expected} by phone"
    assert story.next.reason.endswith(f"; shifted {shift:+d} by you")


@pytest.mark.parametrize("outcome", ["no answer", "call back", "meeting set"])
def test_no_date_in_the_past(outcome: str) -> None:
    """Nothing can be promised for a day that is over."""
    with pytest.raises(UsageError, match="Sat 28 Feb is past"):
        cold("1 Mar").log("1 Mar", outcome, until="28 Feb")


@pytest.mark.parametrize("outcome", ["call back", "meeting set"])
def test_a_promise_needs_a_date(outcome: str) -> None:
    """6 and 7 ask for that one thing: when."""
    assert Outcome(outcome).asks_when
    with pytest.raises(UsageError, match="needs a date"):
        cold("1 Mar").log("1 Mar", outcome)


@pytest.mark.parametrize("relation", ["pool", "closed", "do not contact"])
def test_wishes_out_of_play_plan_nothing(relation: str) -> None:
    """A date wished for somebody out of play breaks no invariant."""
    story = out_of_play(relation).log("2 Mar", "sent", "email", until="9 Mar")
    assert story.state.plans == ()


def test_an_inbound_touch_of_a_stopped_prospect_is_recorded() -> None:
    """Do not contact: what they send is recorded, the relation stays."""
    story = out_of_play("do not contact").log("2 Mar", "replied", "email", inbound=True)
    assert (story.state.touches, story.state.relation) == (2, "do not contact")
    assert story.last is not None
    assert story.last.explanation == "recorded"


def test_attempts_of_a_customer_and_of_nurture_never_ask() -> None:
    """There is no limit for nurture and customers."""
    for story in (nurtured("1 Jan"), customer("1 Jan")):
        for _ in range(15):
            story.log(said(story.next.date), "sent", story.next.channel or "")
        assert (story.state.attempts, story.kinds) == (15, ["step"])


def test_a_talk_at_half_past_two_belongs_to_the_day_before() -> None:
    """A touch at 02:30 is a touch of the evening: gaps count from that day."""
    story = cold("1 Mar")
    done = advance(
        story.state, Logged(Touch("phone", Outcome.NO_ANSWER, utc("2 Mar", 2, 30))), utc("2 Mar", 3), story.rules
    )
    assert done.state.plans[0].date == day("3 Mar")
