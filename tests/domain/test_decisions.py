"""Limits, keep going, permission, a customer's pause, and how answers are understood (domain §3, §10)."""

from __future__ import annotations

import pytest

from followup_tui.domain.cadence import Cadence, Repeat, Step
from followup_tui.domain.decisions import CHOICES, WORDS, find_choice, preselected
from followup_tui.domain.events import Reopened
from followup_tui.domain.model import Question, Relation
from followup_tui.domain.responses import limit_of
from followup_tui.errors import UsageError
from tests.domain.factories import WEEK, Story, cold, customer, engaged, nurtured, rules, said

DAILY = Cadence(70, "Daily", (Step(("email",)),), Repeat((Step(("email",)),), every_days=1))


def daily(relation: str, attempts: int) -> Story:
    """Return somebody written to every day, so many times, without a response."""
    story = Story(rules(DAILY), relation=relation).enrol("Daily", "1 Mar")
    for number in range(attempts):
        story.log(f"{number + 1} Mar", "sent", "email")
    return story


@pytest.mark.parametrize(("relation", "limit"), [("cold", 6), ("engaged", 12)])
def test_the_app_asks_at_the_limit(relation: str, limit: int) -> None:
    """Six attempts to a cold prospect (S2), twelve to an engaged one (S1): then the app asks, and not before."""
    story = daily(relation, limit - 1)
    assert story.asks() is None
    story.log(f"{limit} Mar", "sent", "email")
    assert story.asks() is Question.LIMIT
    assert said(story.next.date) == f"{limit} Mar"
    assert story.state.relation == relation
    assert story.kinds == ["decision", "step"]


@pytest.mark.parametrize(("relation", "limit"), [("cold", 6), ("engaged", 12)])
def test_keep_going_asks_again_after_as_many_more(relation: str, limit: int) -> None:
    """Keep going: the steps go on, and the app asks again after 6 or 12 more."""
    story = daily(relation, limit).answer(f"{limit} Mar", "keep going")
    assert limit_of(story.state, story.rules) == 2 * limit
    assert (story.kinds, said(story.next.date)) == (["step"], f"{limit + 1} Mar")
    for number in range(limit + 1, 2 * limit):
        story.log(f"{number} Mar", "sent", "email")
        assert story.asks() is None
    story.log(f"{2 * limit} Mar", "sent", "email")
    assert story.asks() is Question.LIMIT


def test_no_limit_for_nurture_and_customers() -> None:
    """Monthly touches have no limit."""
    assert limit_of(nurtured().state, rules()) is limit_of(customer().state, rules()) is None


def test_a_response_starts_the_count_again() -> None:
    """Attempts count since the last response, also after keep going."""
    story = daily("cold", 6).answer("6 Mar", "keep going").log("7 Mar", "spoke", "email")
    assert (story.state.attempts, limit_of(story.state, story.rules)) == (0, 12)


def through(name: str = "Cold six") -> Story:
    """Return somebody cold after the last step of Cold six, on 27 April."""
    story = cold("1 Mar").enrol(name, "1 Mar")
    for date in ("1 Mar", "3 Mar", "7 Mar", "14 Mar", "28 Mar", "27 Apr"):
        story.log(date)
    return story


def test_keep_going_past_the_end_is_every_thirty_days() -> None:
    """When no step remains: every 30 days from the last touch, phone and e-mail in turn."""
    story = through().answer("28 Apr", "keep going")
    seen = []
    for _ in range(4):
        seen.append((said(story.next.date), story.next.channel))
        story.log(said(story.next.date), "sent", story.next.channel or "")
    assert seen == [("27 May", "phone"), ("26 Jun", "email"), ("26 Jul", "phone"), ("25 Aug", "email")]


def test_keep_going_after_a_counted_repetition() -> None:
    """Busy executive repeats weekly four times; keep going then is every 30 days, not weekly for ever."""
    story = Story(relation="engaged", interacted=True).enrol("Busy executive", "1 Mar")
    while story.next.kind == "step":
        story.log(said(story.next.date), "no answer", story.next.channel or "")
    assert (story.asks(), said(story.next.date)) == (Question.ENDED, "8 May")
    story.answer("8 May", "keep going")
    seen = []
    for _ in range(2):
        seen.append((said(story.next.date), story.next.channel))
        story.log(said(story.next.date), "sent", story.next.channel or "")
    assert [date for date, _ in seen] == ["7 Jun", "7 Jul"]
    assert {channel for _, channel in seen} == {"phone", "email"}


def test_keep_going_late_is_due_at_once() -> None:
    """Answered after two months, what would have been due is due today, on a working day for a call."""
    story = through()
    story.rules = rules(calendar=WEEK)
    story.answer("4 Jul", "keep going")
    assert (said(story.next.date), story.next.channel) == ("6 Jul", "phone")


def test_keep_going_with_an_overdue_step() -> None:
    """The remaining step behind the question is due today when its day has passed."""
    assert said(daily("cold", 6).answer("20 Mar", "keep going").next.date) == "20 Mar"


@pytest.mark.parametrize("date", ["27 Apr", "3 May"])
def test_nurture_is_a_month_from_the_answer(date: str) -> None:
    """Nurture: Stay in touch, first a month from today."""
    story = through().answer(date, "nurture")
    assert (story.state.relation, said(story.next.date)) == (
        "nurture",
        date.replace("Apr", "May").replace("3 May", "3 Jun"),
    )


def test_close_is_the_users_act() -> None:
    """Closing ends; nothing else does."""
    story = through().answer("27 Apr", "close")
    assert (story.state.relation, story.state.plans, story.state.before) == ("closed", (), "cold")


def test_a_decision_waits_for_ever() -> None:
    """Time passing answers nothing: a year later it still asks."""
    story = through()
    assert story.asks("27 Apr 2027") is Question.LIMIT
    assert story.kinds == ["decision"]


def test_not_now_keeps_the_relation_until_answered() -> None:
    """Unanswered: a decision today, relation unchanged."""
    story = cold("1 Mar").log("1 Mar", "not now")
    assert (story.state.relation, story.kinds, story.asks()) == ("cold", ["decision"], Question.PERMISSION)
    assert story.state.consent is None


@pytest.mark.parametrize("choice", ["yes", "no"])
def test_permission(choice: str) -> None:
    """Yes records consent and starts Stay in touch; no closes. Both are kept with their day and words."""
    story = engaged("1 Mar").log("1 Mar", "not now").answer("3 Mar", choice, reason="call me in spring")
    consent = story.state.consent
    assert consent is not None
    assert (consent.given, said(consent.on), consent.words) == (choice == "yes", "3 Mar", "call me in spring")
    if choice == "yes":
        assert (story.state.relation, said(story.next.date), story.next.channel) == ("nurture", "3 Apr", "article")
    else:
        assert (story.state.relation, story.state.plans, story.state.before) == ("closed", (), "engaged")


@pytest.mark.parametrize("given", [True, False])
def test_permission_known_at_once(given: bool) -> None:
    """The answer may come with the log; the channel is kept."""
    story = engaged("1 Mar").log("1 Mar", "not now", consent=given, note="fine")
    consent = story.state.consent
    assert consent is not None
    assert (consent.given, consent.words, consent.channel) == (given, "fine", "phone")
    assert story.state.relation == ("nurture" if given else "closed")


def test_a_customers_not_now_asks_about_a_pause() -> None:
    """Customers stay customers: pause until a date, keep going, or close."""
    story = customer("1 Mar").log("2 Mar", "not now")
    assert story.asks() is Question.PAUSE
    paused = customer("1 Mar").log("2 Mar", "not now").answer("2 Mar", "pause", until="1 May")
    assert (paused.kinds, said(paused.next.date)) == (["step"], "6 May")
    assert paused.state.paused is not None
    assert customer("1 Mar").log("2 Mar", "not now").answer("2 Mar", "keep going").due == "step 1 on 7 Mar by mail"
    assert story.answer("2 Mar", "close").state.relation == "closed"


def test_a_paused_customer_never_comes_back_to_nothing() -> None:
    """Paused when nothing but a question was planned, a question waits at the end of the pause."""
    story = Story(relation="customer", interacted=True).enrol("Referral", "1 Mar", 6).log("1 Mar")
    assert story.asks() is Question.ENDED
    story.log("2 Mar", "not now").answer("2 Mar", "pause", until="1 May")
    assert not story.state.is_paused(story.rules.day(story.journal[-1][1].replace(month=6)))
    assert story.asks("1 May") is Question.ENDED
    again = (
        Story(relation="customer", interacted=True).enrol("Referral", "1 Mar", 6).log("1 Mar").log("2 Mar", "not now")
    )
    assert said(again.answer("2 Mar", "keep going").next.date) == "31 Mar"


def test_a_reopened_customer_asked_about_a_pause() -> None:
    """Without any cadence, keep going asks what comes next."""
    story = customer("1 Mar").log("1 Mar", "definite no")
    story.tell(Reopened(), "2 Mar").log("2 Mar", "not now")
    assert story.answer("2 Mar", "keep going").asks() is Question.WHAT_NEXT


def test_nurture_never_demotes_a_customer() -> None:
    """A customer who is nurtured stays a customer."""
    story = Story(relation="customer", interacted=True).enrol("Referral", "1 Mar", 6).log("1 Mar")
    story.answer("1 Mar", "nurture")
    assert (story.state.relation, said(story.next.date)) == ("customer", "1 Apr")


def test_won_opens_six_slots_each_time() -> None:
    """A win: Customer from today, six referral slots; another win opens six more."""
    story = engaged("1 Mar").log("5 Mar", "won")
    assert (story.state.relation, story.state.referral_slots, said(story.next.date)) == ("customer", 6, "11 Mar")
    story.log("5 Jun", "won")
    assert (story.state.relation, story.state.referral_slots, said(story.next.date)) == ("customer", 12, "11 Jun")


def test_nurture_answers_back() -> None:
    """Nurture → engaged by 6–8; the count starts at 0."""
    story = nurtured("1 Jan").log("1 Feb", "call back", "phone", until="3 Feb")
    assert (story.state.relation, limit_of(story.state, story.rules)) == (Relation.ENGAGED, 12)


@pytest.mark.parametrize(
    ("question", "text", "choice"),
    [
        ("limit", "keep", "keep going"),
        ("limit", " Keep  Going ", "keep going"),
        ("limit", "k", "keep going"),
        ("meeting", "no show", "no-show"),
        ("meeting", "no-show", "no-show"),
        ("permission", "Y", "yes"),
        ("after meeting", "b", "call back"),
        ("after meeting", "w", "won"),
        ("what next", "n", "nurture"),
    ],
)
def test_an_answer_by_name_beginning_or_key(question: str, text: str, choice: str) -> None:
    """People answer by a name, its beginning, or the key."""
    assert find_choice(Question(question), text) == choice


@pytest.mark.parametrize("text", ["", "maybe", "-"])
def test_an_answer_that_fits_nothing(text: str) -> None:
    """The error names the choices."""
    with pytest.raises(UsageError, match="choose one of nurture, keep going, close"):
        find_choice(Question.LIMIT, text)


def test_every_question_has_words_and_distinct_keys() -> None:
    """Each question can be asked and each choice has a key of its own."""
    assert set(CHOICES) == set(WORDS) == set(Question)
    for choices in CHOICES.values():
        assert len({choice.key for choice in choices}) == len(choices)


def test_what_is_preselected() -> None:
    """A cadence that asks preselects its own answer; the others their first. Nothing is executed by itself."""
    closing = Cadence(71, "Closing", (Step(("phone",)),), "ask", preselect="close")
    story = Story(rules(closing), relation="engaged").enrol("Closing", "1 Mar").log("1 Mar")
    assert preselected(story.state, Question.ENDED, story.rules) == "close"
    assert preselected(story.state, Question.LIMIT, story.rules) == "nurture"
    assert preselected(story.state, Question.PERMISSION, story.rules) == "yes"
    assert story.asks("1 Jun") is Question.ENDED


def test_an_answer_to_nothing() -> None:
    """Nothing is asked, nothing can be answered."""
    with pytest.raises(UsageError, match="no decision waits"):
        cold("1 Mar").answer("1 Mar", "close")


@pytest.mark.parametrize(
    ("choice", "more", "error"),
    [
        ("own date", {}, "which date"),
        ("own date", {"until": "1 Jan"}, "Thu 1 Jan is past"),
        ("enrol", {}, "which cadence"),
        ("resume", {}, "does not answer"),
    ],
)
def test_an_answer_that_lacks_something(choice: str, more: dict[str, str], error: str) -> None:
    """What is missing is asked for; nothing changes."""
    story = Story(relation="pool").log("1 Mar", "spoke")
    before = story.state
    with pytest.raises(UsageError, match=error):
        story.answer("1 Mar", choice, **more)
    assert story.state is before
