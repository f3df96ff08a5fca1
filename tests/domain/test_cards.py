"""Cards: planned before their day, in the place of a nurture touch, gone once past (domain §5)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from followup_tui.domain import cards
from followup_tui.domain.events import BirthdaySet, CardsPlanned, Changed, Coached, Placed
from followup_tui.domain.lifecycle import invariant_broken, replay
from followup_tui.domain.model import PlanKind, Relation
from followup_tui.domain.occasions import CardRules, next_day
from followup_tui.errors import UsageError
from tests.domain.factories import EVERYTHING, WEEK, Story, customer, day, engaged, nurtured, rules, said

BIRTHDAYS = CardRules(birthday=frozenset({"nurture", "customer"}))
CHRISTMAS = replace(
    BIRTHDAYS, holiday="12-25", holiday_name="Christmas", holiday_for=frozenset({"nurture", "customer"})
)


def of(cards: CardRules = BIRTHDAYS, **more: Any) -> Any:
    return rules(cards=cards, **more)


def planned(story: Story) -> list[str]:
    return [f"{plan.kind} {said(plan.date)}" for plan in story.state.plans]


def read(story: Story, on: str) -> list[str]:
    """Return what is planned as it is read on a day."""
    return [f"{plan.kind} {said(plan.date)}" for plan in cards.current(story.state, day(on)).plans]


@pytest.mark.parametrize(
    ("text", "earliest", "found"),
    [
        ("1980-12-03", "1 Mar", "3 Dec"),
        ("--12-03", "3 Dec", "3 Dec"),
        ("12-03", "4 Dec", "3 Dec 2027"),
        ("2000-02-29", "1 Jan 2027", "28 Feb 2027"),
        ("2000-02-29", "1 Jan 2028", "29 Feb 2028"),
        ("--02-29", "29 Feb 2028", "29 Feb 2028"),
        ("--02-29", "1 Mar 2028", "28 Feb 2029"),
    ],
)
def test_the_next_such_day(text: str, earliest: str, found: str) -> None:
    """With or without a year, from today on; 29 February is the 28th in other years."""
    on = next_day(text, day(earliest))
    assert on is not None
    assert said(on) == found


@pytest.mark.parametrize("text", ["", "12-33", "soon", "0000-00-00"])
def test_what_is_no_date_has_no_day(text: str) -> None:
    """No date, no card, no error."""
    assert next_day(text, day("1 Mar")) is None


def test_a_card_leaves_before_its_day() -> None:
    """Birthday minus the days the post takes, and the reason says so."""
    story = customer("1 Mar", of(), birthday="1980-12-03")
    card = story.plan("card")
    assert (said(card.date), card.channel, card.reason) == (
        "30 Nov",
        "mail",
        "birthday on Thu 3 Dec; 3 days for the post",
    )
    assert story.due == "step 1 on 7 Mar by mail"


def test_a_card_leaves_on_a_working_day_before() -> None:
    """What has a deadline is not put off to Monday: from a day off it goes on the working day before."""
    story = customer("1 Mar", of(calendar=WEEK), birthday="--12-01")
    card = story.plan("card")
    assert (said(card.date), card.reason) == ("27 Nov", "birthday on Tue 1 Dec; 3 days for the post; Sat → Fri")


def test_it_goes_another_way_without_an_address() -> None:
    """The next channel that works, with the days that one takes."""
    card = customer("1 Mar", of(), birthday="--12-03", good=frozenset({"email", "phone"})).plan("card")
    assert (said(card.date), card.channel, card.reason) == ("3 Dec", "email", "birthday on Thu 3 Dec")


def test_late_is_better_than_never() -> None:
    """Known two days before the birthday: it goes today, and says that it should have gone."""
    story = nurtured("20 Nov", of()).tell(BirthdaySet("--12-03"), "1 Dec")
    card = story.plan("card")
    assert said(card.date) == "1 Dec"
    assert card.reason.endswith("should have gone by Mon 30 Nov")


@pytest.mark.parametrize("relation", ["pool", "cold", "engaged", "closed"])
def test_only_those_it_is_for_get_one(relation: str) -> None:
    """A stranger would wonder at a birthday card: nurture and customers, unless the user says otherwise."""
    story = Story(of(), relation=relation, birthday="--12-03")
    assert "card" not in story.kinds


def test_one_holiday_the_user_chose() -> None:
    """It is named in the reason; without one nothing is planned."""
    card = customer("1 Mar", of(CHRISTMAS)).plan("card")
    assert (said(card.date), card.reason) == ("22 Dec", "Christmas on Fri 25 Dec; 3 days for the post")
    assert "card" not in customer("1 Mar", of(replace(CHRISTMAS, holiday=""))).kinds


@pytest.mark.parametrize(("birthday", "stands_in"), [("--04-15", True), ("--04-01", True), ("--04-19", False)])
def test_near_a_nurture_touch_it_replaces_it(birthday: str, stands_in: bool) -> None:
    """Within 14 days of the monthly touch the card goes instead; the step waits behind it until the day after."""
    story = nurtured("1 Mar", of(), birthday=birthday)  # the touch is planned for 1 Apr
    assert (story.plan("card").step == 1) is stands_in
    assert (story.plan("step").date > day("1 Apr")) is stands_in
    assert (story.next.kind is PlanKind.CARD) is stands_in


def test_the_card_made_is_the_nurture_touch_made() -> None:
    """The step counts as done by the card, and the next contact is a month on; the next card is a year on."""
    story = nurtured("1 Mar", of(), birthday="--04-10").log("7 Apr", "sent", "mail")
    assert story.last is not None
    assert (story.last.completes, story.last.step) == (True, 1)
    assert planned(story) == ["step 7 May", "card 7 Apr 2027"]
    assert story.state.birthday_card == day("10 Apr")


def test_a_forgotten_card_gives_the_step_back() -> None:
    """After the birthday the card is gone by itself, and the step is due the day after, with nothing written."""
    story = nurtured("1 Mar", of(), birthday="--04-10")
    assert planned(story) == read(story, "10 Apr") == ["card 7 Apr", "step 11 Apr"]
    assert read(story, "11 Apr") == ["step 11 Apr"]
    story.tell(Coached("naked"), "20 Apr")
    assert planned(story) == ["step 11 Apr", "card 7 Apr 2027"]


@pytest.mark.parametrize("way", ["skipped", "birthday gone", "not wanted"])
def test_a_card_not_sent_gives_the_step_back_at_once(way: str) -> None:
    """The step stands where it stood, and is not late for having waited."""
    story = nurtured("1 Mar", of(), birthday="--04-10")
    if way == "skipped":
        story.skip("5 Apr")
    elif way == "birthday gone":
        story.tell(BirthdaySet(), "5 Apr")
    else:
        story.rules = rules()
        story.tell(CardsPlanned(), "5 Apr")
    assert said(story.plan("step").date) == "5 Apr"
    assert story.state.held is None
    assert not [plan for plan in story.state.plans if plan.kind is PlanKind.CARD and plan.date < day("1 Jan 2027")]


def test_a_card_beside_a_step_leaves_its_day_alone() -> None:
    """A card to somebody on a table of days is a touch of its own: no date moves, and it counts."""
    story = engaged("1 Mar", of(replace(BIRTHDAYS, birthday=frozenset({"engaged"}))), birthday="--03-05")
    story.log("1 Mar", "left voicemail").log("2 Mar", "sent", "mail")
    assert planned(story)[0] == "step 3 Mar"
    assert (story.state.attempts, story.state.enrolment and story.state.enrolment.step) == (2, 2)
    assert said(story.plan("card").date) == "2 Mar 2027"


def test_a_call_is_no_card() -> None:
    """Another channel makes the step, if that is due, and the card stays to be sent."""
    story = nurtured("1 Mar", of(), birthday="--04-10").log("8 Apr", "spoke", "phone")
    assert planned(story) == ["card 7 Apr", "step 8 May"]


def test_a_bad_address_sends_it_another_way() -> None:
    """The card takes the next channel, and its days with it."""
    story = nurtured("1 Mar", of(), birthday="--04-10").log("7 Apr", "bad detail", "mail")
    card = story.plan("card")
    assert (card.channel, said(card.date)) == ("email", "10 Apr")


def test_moved_up_to_its_day_and_not_beyond() -> None:
    """A card moved by the user keeps that day; after the birthday makes no sense."""
    story = nurtured("1 Mar", of(), birthday="--04-10").move("1 Mar", "9 Apr").tell(Coached("naked"), "2 Mar")
    assert planned(story)[0] == "card 9 Apr"
    with pytest.raises(UsageError, match="the birthday is on Fri 10 Apr"):
        story.move("2 Mar", "11 Apr")
    with pytest.raises(UsageError, match="is past"):
        story.move("2 Mar", "1 Mar")


def test_a_corrected_birthday_brings_no_second_card() -> None:
    """Two days later is the same birthday: one card a year."""
    story = customer("1 Mar", of(), birthday="--04-10").log("7 Mar", "sent", "mail").log("7 Apr", "sent", "mail")
    story.tell(BirthdaySet("--04-12"), "8 Apr")
    assert said(story.plan("card").date) == "9 Apr 2027"


def test_out_of_play_and_back() -> None:
    """Nobody out of play has a card; whoever comes back to a relation that gets one has it again."""
    story = nurtured("1 Mar", of(), birthday="--12-03").tell(Placed(Relation.CLOSED), "2 Mar")
    assert story.state.plans == ()
    story.tell(Placed(Relation.CUSTOMER), "3 Mar")
    assert "card" in story.kinds


def test_paused_people_get_none_meanwhile() -> None:
    """An open pause has no card; a dated one has the first whose day comes after it."""
    story = nurtured("1 Mar", of(), birthday="--04-10").pause("2 Mar")
    assert "card" not in story.kinds
    story.resume("3 Mar").pause("4 Mar", "9 Apr")
    assert said(story.plan("card").date) == "7 Apr"
    story.resume("5 Mar").pause("6 Mar", "12 Apr")
    assert said(story.plan("card").date) == "7 Apr 2027"


def test_two_cards_at_the_end_of_a_year() -> None:
    """A birthday before Christmas: the first card is the monthly touch, the second one more."""
    story = nurtured("15 Nov", of(CHRISTMAS), birthday="--12-20")
    assert planned(story) == ["card 17 Dec", "card 22 Dec", "step 26 Dec"]
    story.log("17 Dec", "sent", "mail").log("22 Dec", "sent", "mail")
    assert planned(story) == ["step 17 Jan 2027", "card 17 Dec 2027", "card 22 Dec 2027"]


def test_a_card_alone_is_no_next_touch() -> None:
    """It lapses: somebody in play needs something that lasts."""
    story = customer("1 Mar", of(), birthday="--12-03")
    alone = replace(story.state, plans=(story.plan("card"),))
    assert invariant_broken(alone, day("1 Mar")) == "customer without a next touch"


def test_a_replay_by_the_rules_of_then() -> None:
    """Each entry is told by the cards that were wanted when it was written."""
    story = nurtured("1 Mar", of(), birthday="--04-10").log("7 Apr", "sent", "mail")
    story.rules = rules()
    story.tell(Changed(EVERYTHING, False, "normal"), "8 Apr")
    assert replay(story.journal) == story.state
