"""When a step falls: anchors, pace, months, working days, and the sentence that says why (domain §5)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from followup_tui.domain.cadence import Anchor, Cadence, Repeat, Step, paced
from followup_tui.domain.workdays import WorkCalendar, plus_months
from followup_tui.errors import FollowupError
from tests.domain.factories import WEEK, Story, cold, customer, day, engaged, nurtured, rules, said

EASTER = WorkCalendar(holidays=lambda year: frozenset({date(2026, 4, 3), date(2026, 4, 6)} if year == 2026 else ()))
MONTHLY = Cadence(60, "Monthly", (), Repeat((Step(("phone",)),)))


def anchored(anchor: Anchor, **step: Any) -> Cadence:
    gaps = (0, 3, 4, 7)
    return Cadence(61, "Anchored", tuple(Step(("email",), gap, anchor=anchor, **step) for gap in gaps), "ask")


def dates_after(cadence: Cadence, *touches: str, on: str = "1 Mar", **added: Any) -> list[str]:
    """Enrol, log a touch on each day; return where the next step fell each time."""
    story = Story(rules(cadence), relation="customer", **added).enrol(cadence.name, on)
    found = []
    for touch in touches:
        story.log(touch, "sent", "email")
        found.append(said(story.next.date))
    return found


def test_after_done_counts_from_the_touch() -> None:
    """Late work never piles up: each gap counts from the touch before."""
    assert dates_after(anchored(Anchor.AFTER_DONE), "1 Mar", "6 Mar", "12 Mar") == ["4 Mar", "10 Mar", "19 Mar"]


def test_from_start_counts_from_the_enrolment() -> None:
    """From start: late touches leave the later days alone."""
    assert dates_after(anchored(Anchor.FROM_START), "1 Mar", "6 Mar", "8 Mar") == ["4 Mar", "8 Mar", "15 Mar"]


def test_from_start_never_before_the_day_after_the_last_touch() -> None:
    """From start: a step already past falls on the day after the last touch."""
    assert dates_after(anchored(Anchor.FROM_START), "1 Mar", "12 Mar", "13 Mar") == ["4 Mar", "13 Mar", "15 Mar"]


def test_from_start_keeps_the_pace() -> None:
    """Gentle people get gentle days, whatever a gap is counted from."""
    assert dates_after(anchored(Anchor.FROM_START), "1 Mar", "6 Mar", "12 Mar", pace="gentle") == [
        "6 Mar",
        "12 Mar",
        "23 Mar",
    ]


def test_same_weekday_is_the_next_one_after_the_gap() -> None:
    """Enrolled on a Sunday: every step on a Sunday, at least gap days on."""
    assert dates_after(anchored(Anchor.SAME_WEEKDAY), "1 Mar", "8 Mar", "17 Mar") == ["8 Mar", "15 Mar", "29 Mar"]


@pytest.mark.parametrize(
    ("pace", "gaps"),
    [
        ("normal", [0, 2, 7, 30]),
        ("gentle", [0, 3, 11, 45]),
        ("+3 +7 +14", [0, 3, 7, 14]),
        ("+5", [0, 5, 5, 5]),
        ("3 7", [0, 3, 7, 7]),
    ],
)
def test_pace(pace: str, gaps: list[int]) -> None:
    """Gentle is ×1.5 rounded up; own gaps replace the cadence's, the last one goes on; the first day is the user's."""
    assert [paced(gap, number, pace, 1.5) for number, gap in enumerate((0, 2, 7, 30), 1)] == gaps


def test_pace_in_a_repetition() -> None:
    """The pace holds for what repeats as well."""
    story = Story(relation="customer", pace="gentle").enrol("Steady", "1 Mar", 6).log("1 Mar")
    assert said(story.next.date) == "15 Apr"


@pytest.mark.parametrize(
    ("start", "dates"),
    [
        ("31 Jan", ["28 Feb", "31 Mar", "30 Apr", "31 May", "30 Jun"]),
        ("30 Jan", ["28 Feb", "30 Mar", "30 Apr", "30 May", "30 Jun"]),
        ("31 Dec 2027", ["31 Jan 2028", "29 Feb 2028", "31 Mar 2028", "30 Apr 2028", "31 May 2028"]),
        ("29 Feb 2028", ["29 Mar 2028", "29 Apr 2028", "29 May 2028", "29 Jun 2028", "29 Jul 2028"]),
    ],
)
def test_a_month_is_clamped_and_keeps_its_day(start: str, dates: list[str]) -> None:
    """31 January → 28 February → 31 March, when every touch is made on its day."""
    story = nurtured(start)
    for expected in dates:
        assert said(story.next.date) == expected
        story.log(expected, "sent", story.next.channel or "")


def test_a_month_keeps_its_day_when_its_date_was_rolled() -> None:
    """28 February is a Saturday: called on Monday 2 March, the next call is on 31 March."""
    story = Story(rules(MONTHLY, calendar=WEEK), relation="nurture").enrol("Monthly", "31 Jan")
    assert said(story.next.date) == "2 Mar"
    story.log("2 Mar")
    assert said(story.next.date) == "31 Mar"
    story.log("31 Mar")
    assert said(story.next.date) == "30 Apr"


def test_a_late_month_starts_a_new_day() -> None:
    """A touch on another day than planned is the new day of the month."""
    story = nurtured("31 Jan").log("5 Mar", "sent", "article")
    assert said(story.next.date) == "5 Apr"


def test_the_first_month_never_falls_on_the_touch_itself() -> None:
    """Saturday 31 January rolled to Monday 2 February: a month later is 2 March, not today."""
    story = customer("18 Jan", of=rules(calendar=WEEK)).log("24 Jan", "sent", "mail")
    assert said(story.next.date) == "2 Feb"
    story.log("2 Feb")
    assert said(story.next.date) == "2 Mar"


def test_a_month_after_a_date_of_ones_own() -> None:
    """A date the user chose far ahead is where the next month counts from, never a date in the past."""
    story = nurtured("1 Jan").log("5 Jan", "sent", "email", until="10 Apr")
    assert said(story.next.date) == "10 Apr"
    story.log("10 Apr", "sent", "article")
    assert said(story.next.date) == "10 May"


def test_a_month_after_an_extra_touch() -> None:
    """After an extra touch on 31 January the months count from there, not from the old day."""
    story = nurtured("15 Dec 2025").log("15 Jan", "sent", "article").log("31 Jan", "sent", "mail")
    assert said(story.next.date) == "28 Feb"
    story.log("28 Feb", "sent", "email")
    assert said(story.next.date) == "31 Mar"


@pytest.mark.parametrize(
    ("start", "months", "anchor", "result"),
    [
        ("31 Jan", 1, 0, "28 Feb"),
        ("28 Feb", 1, 31, "31 Mar"),
        ("30 Nov", 3, 0, "28 Feb 2027"),
        ("1 Mar", 0, 0, "1 Mar"),
    ],
)
def test_plus_months(start: str, months: int, anchor: int, result: str) -> None:
    """Months are calendar months, clamped, and may be anchored to a day."""
    assert plus_months(day(start), months, anchor) == day(result)


@pytest.mark.parametrize(
    ("step", "result"),
    [
        (Step(("phone",), 5), "9 Mar"),
        (Step(("in person",), 5), "9 Mar"),
        (Step(("email",), 5), "7 Mar"),
        (Step(("mail",), 5), "7 Mar"),
        (Step(("phone",), 5, days="calendar"), "7 Mar"),
        (Step(("email",), 5, days="working"), "9 Mar"),
        (Step(("phone",), 5, urgent=True), "7 Mar"),
    ],
)
def test_who_keeps_working_days(step: Step, result: str) -> None:
    """Phone and in person roll forward by default, the rest stays; a step may say otherwise; urgent never waits."""
    cadence = Cadence(62, "One", (Step(("email",)), step), "ask")
    story = Story(rules(cadence, calendar=WEEK), relation="customer").enrol("One", "2 Mar").log("2 Mar")
    assert said(story.next.date) == result


def test_the_channel_that_is_used_decides() -> None:
    """A call step that goes by e-mail for want of a number may fall on a Saturday."""
    story = cold("2 Mar", of=rules(calendar=WEEK), good=frozenset({"email"})).log("2 Mar").log("4 Mar").log("8 Mar")
    assert (said(story.next.date), story.next.channel) == ("15 Mar", "email")


def test_holidays_roll_on() -> None:
    """Good Friday and Easter Monday are not worked: Friday → Tuesday."""
    story = Story(rules(calendar=EASTER), relation="customer").enrol("Steady", "6 Mar", 5).log("20 Mar", until="3 Apr")
    assert said(story.next.date) == "3 Apr"
    cadence = Cadence(63, "Easter", (Step(("phone",)), Step(("phone",), 7)))
    story = Story(rules(cadence, calendar=EASTER), relation="customer").enrol("Easter", "27 Mar").log("27 Mar")
    assert said(story.next.date) == "7 Apr"
    assert story.next.reason == "+7 after phone, no answer, on Fri 27 Mar; Fri → Tue"


def test_the_sentence_that_says_why() -> None:
    """The gap, what it follows, and where it rolled."""
    cadence = Cadence(64, "Eight", (Step(("phone",)), Step(("phone",), 8)))
    story = Story(rules(cadence, calendar=WEEK), relation="customer").enrol("Eight", "20 Nov")
    assert story.next.reason == "Eight starts Fri 20 Nov"
    story.log("20 Nov", "left voicemail")
    assert story.next.reason == "+8 after voicemail on Fri 20 Nov; Sat → Mon"


@pytest.mark.parametrize(
    ("outcome", "channel", "words"),
    [
        ("no answer", "phone", "phone, no answer, on Sun 1 Mar"),
        ("left voicemail", "phone", "voicemail on Sun 1 Mar"),
        ("left message", "phone", "a message on Sun 1 Mar"),
        ("sent", "email", "email on Sun 1 Mar"),
        ("spoke", "phone", "the talk on Sun 1 Mar"),
    ],
)
def test_what_a_gap_follows(outcome: str, channel: str, words: str) -> None:
    """The reason names the touch before in words."""
    assert engaged("1 Mar").log("1 Mar", outcome, channel).next.reason == f"+2 after {words}"


def test_a_month_in_words() -> None:
    """Monthly gaps say so; an enrolment on a later step names it."""
    assert nurtured("1 Mar").next.reason == "a month after the enrolment on Sun 1 Mar"
    story = engaged("1 Mar", of=rules(calendar=WEEK)).enrol("Steady", "7 Mar", 3)
    assert story.next.reason == "Steady from step 3 on Sat 7 Mar; Sat → Mon"


def test_a_lost_cadence_is_named() -> None:
    """A version or name the database lost is an error people can understand."""
    with pytest.raises(FollowupError, match="cadence version 99 is missing"):
        rules().cadence(99)
    with pytest.raises(FollowupError, match="no cadence “Nine”"):
        rules().named("Nine")


def then(what: str | Repeat) -> Story:
    """Return somebody who just had the last of two steps of a cadence."""
    cadence = Cadence(65, "Two", (Step(("phone",)), Step(("phone",), 2)), what)
    return Story(rules(cadence), relation="engaged", interacted=True).enrol("Two", "1 Mar").log("1 Mar").log("3 Mar")


def test_then_ask() -> None:
    """At its end a cadence asks, today."""
    story = then("ask")
    assert (story.kinds, said(story.next.date), story.next.question) == (["decision"], "3 Mar", "ended")


def test_then_nurture() -> None:
    """`nurture` goes over to Stay in touch, a month from today."""
    story = then("nurture")
    assert (story.state.relation, said(story.next.date)) == ("nurture", "3 Apr")


def test_then_another_cadence() -> None:
    """`cadence NAME` starts that one today."""
    story = then("cadence Busy executive")
    assert said(story.next.date) == "8 Mar"


def test_then_repeat_and_then() -> None:
    """A repetition counted out does what it says next."""
    story = then(Repeat((Step(("phone",)), Step(("email",))), every_days=10, times=2, then="nurture"))
    assert said(story.next.date) == "13 Mar"
    story.log("13 Mar").log("23 Mar")
    assert (story.state.relation, said(story.next.date)) == ("nurture", "23 Apr")


def test_a_repetition_only_for_stars() -> None:
    """A rotation of which nothing is left for this prospect asks instead of resting."""
    story = then(Repeat((Step(("gift",), star_only=True),), every_days=10))
    assert story.next.question == "ended"


def test_a_month_after_a_moved_or_shifted_date() -> None:
    """What the user moved counts from the touch: its day is the new day of the month."""
    moved = nurtured("1 Jan").move("5 Jan", "10 Apr").log("10 Apr", "sent", "article")
    assert said(moved.next.date) == "10 May"
    shifted = nurtured("1 Jan").log("1 Feb", "sent", "article", shift=20)
    assert said(shifted.next.date) == "21 Mar"
    assert said(shifted.log("21 Mar", "sent", "email").next.date) == "21 Apr"
