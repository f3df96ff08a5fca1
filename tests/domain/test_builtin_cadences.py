"""The nine built-in cadences as golden tables (domain §5): enrolled 1 March 2026, every touch on its day."""

from __future__ import annotations

from itertools import pairwise

import pytest

from followup_tui.domain.builtin import BUILTIN
from followup_tui.domain.cadence import Repeat, steps_total
from followup_tui.domain.workdays import WorkCalendar
from tests.domain.factories import EVERY_DAY, WEEK, Story, day, engaged, rules, said

CALENDAR = {
    "Steady": "1 Mar p+e · 3 Mar e · 7 Mar p · 14 Mar e · 28 Mar p · 27 Apr m · 27 May p · 26 Jun e · 26 Jul p",
    "Cold six": "1 Mar p+e · 3 Mar p · 7 Mar e · 14 Mar p · 28 Mar m · 27 Apr p · asks",
    "Twelve": "1 Mar p+e · 3 Mar i · 7 Mar p · 14 Mar m · 21 Mar p+t · 28 Mar a · 11 Apr i · 25 Apr p+e · 9 May t"
    " · 23 May g · 6 Jun f · 20 Jun p · asks",
    "Busy executive": "6 Mar m · 13 Mar p · 20 Mar e · 27 Mar p · 3 Apr a · 10 Apr p · 17 Apr p · 24 Apr e · 1 May p"
    " · 8 May e · asks",
    "New inbound": "1 Mar p+e · 2 Mar p · 4 Mar e · 8 Mar p · 15 Mar p · 29 Mar m · 28 Apr p · 28 May e · 27 Jun p",
    "Referral": "1 Mar p+e · 3 Mar p · 7 Mar e · 14 Mar p · 28 Mar m · 27 Apr p · asks",
    "No-show": "1 Mar p+t · 2 Mar p · 4 Mar e · 7 Mar p · asks",
    "Stay in touch": "1 Apr a · 1 May e+t · 1 Jun m · 1 Jul p · 1 Aug a · 1 Sep e+t",
    "Customer": "7 Mar m · 14 Mar p · 14 Apr a · 14 May e+t · 14 Jun m · 14 Jul p · 14 Aug a",
}
WORKING = {
    # 1 March 2026 is a Sunday; every gap counts from the touch before, so a rolled date moves what follows.
    "Steady": "2 Mar p+e · 4 Mar e · 9 Mar p · 16 Mar e · 30 Mar p · 29 Apr m · 29 May p · 28 Jun e · 28 Jul p",
    "Cold six": "2 Mar p+e · 4 Mar p · 8 Mar e · 16 Mar p · 30 Mar m · 29 Apr p · asks",
    "Twelve": "2 Mar p+e · 4 Mar i · 9 Mar p · 16 Mar m · 23 Mar p+t · 30 Mar a · 13 Apr i · 27 Apr p+e · 11 May t"
    " · 25 May g · 8 Jun f · 22 Jun p · asks",
    "Busy executive": "6 Mar m · 13 Mar p · 20 Mar e · 27 Mar p · 3 Apr a · 10 Apr p · 17 Apr p · 24 Apr e · 1 May p"
    " · 8 May e · asks",
    "New inbound": "1 Mar p+e · 2 Mar p · 4 Mar e · 9 Mar p · 16 Mar p · 30 Mar m · 29 Apr p · 29 May e · 29 Jun p",
    "Referral": "2 Mar p+e · 4 Mar p · 8 Mar e · 16 Mar p · 30 Mar m · 29 Apr p · asks",
    "No-show": "2 Mar p+t · 3 Mar p · 5 Mar e · 9 Mar p · asks",
    "Stay in touch": "1 Apr a · 1 May e+t · 1 Jun m · 1 Jul p · 1 Aug a · 1 Sep e+t",
    "Customer": "7 Mar m · 16 Mar p · 16 Apr a · 16 May e+t · 16 Jun m · 16 Jul p · 16 Aug a",
}
STARRED = {
    "Stay in touch": "1 Apr a · 1 May e+t · 1 Jun m · 1 Jul p · 1 Aug g · 1 Sep i · 1 Oct a",
    "Customer": "7 Mar g · 14 Mar p · 14 Apr a · 14 May e+t · 14 Jun m · 14 Jul p · 14 Aug g · 14 Sep i · 14 Oct a",
}
LETTERS = {"in person": "i"}


def letter(channel: str | None) -> str:
    return LETTERS.get(channel or "?", (channel or "?")[0])


def walked(name: str, calendar: WorkCalendar, rows: int, star: bool = False) -> str:
    """Enrol and log every touch on its planned day; return the dates as the golden table writes them.

    They speak now and then, so that the limit of attempts never asks.
    """
    of = rules(calendar=calendar)
    story = Story(of, relation="customer", interacted=True, star=star).enrol(name, "1 Mar")
    parts: list[str] = []
    while len(parts) < rows:
        plan = story.next
        if plan.kind == "decision":
            parts.append("asks")
            break
        on = said(plan.date)
        story.log(on, "no answer", plan.channel or "phone")
        companion = story.state.companion
        beside = f"+{letter(companion.channel)}" if companion and companion.on == plan.date else ""
        parts.append(f"{on} {letter(plan.channel)}{beside}")
    return " · ".join(parts)


@pytest.mark.parametrize("name", CALENDAR)
def test_every_day_worked(name: str) -> None:
    """With all seven days worked the dates are the day table of the source."""
    assert walked(name, EVERY_DAY, CALENDAR[name].count("·") + 1) == CALENDAR[name]


@pytest.mark.parametrize("name", WORKING)
def test_monday_to_friday(name: str) -> None:
    """Calls and visits roll to working days, the rest does not; New inbound's first step never waits."""
    assert walked(name, WEEK, WORKING[name].count("·") + 1) == WORKING[name]


@pytest.mark.parametrize("name", STARRED)
def test_starred(name: str) -> None:
    """★ adds gifts and visits."""
    assert walked(name, EVERY_DAY, STARRED[name].count("·") + 1, star=True) == STARRED[name]


def test_the_golden_case_of_the_source() -> None:
    """S2: day 1, 3, 7, 14, 28, 58, then every 30 days."""
    walk = walked("Steady", EVERY_DAY, 8)
    dates = [row.rsplit(" ", 1)[0] for row in walk.split(" · ")]
    assert dates == ["1 Mar", "3 Mar", "7 Mar", "14 Mar", "28 Mar", "27 Apr", "27 May", "26 Jun"]


def test_late_work_never_piles_up() -> None:
    """Logged two days late at step 3, everything after shifts by two."""
    story = engaged("1 Mar").log("1 Mar", "spoke").log("3 Mar", "sent", "email").log("9 Mar")
    dates = []
    for _ in range(5):
        dates.append(said(story.next.date))
        story.log(dates[-1], "spoke", story.next.channel or "phone")
    assert dates == ["16 Mar", "30 Mar", "29 Apr", "29 May", "28 Jun"]


def test_there_are_nine() -> None:
    """Nine built-in cadences with ids of their own; every one but the repeating ones asks at its end."""
    assert [cadence.name for cadence in BUILTIN] == list(CALENDAR)
    assert len({cadence.id for cadence in BUILTIN}) == 9
    endless = {cadence.name for cadence in BUILTIN if isinstance(cadence.then, Repeat) and cadence.then.times is None}
    assert endless == {"Steady", "New inbound", "Stay in touch", "Customer"}


def test_what_a_cadence_preselects() -> None:
    """Twelve preselects nurture when it asks."""
    assert next(cadence for cadence in BUILTIN if cadence.name == "Twelve").preselect == "nurture"


@pytest.mark.parametrize(
    ("name", "step", "total"),
    [("Steady", 1, 6), ("Steady", 6, 6), ("Busy executive", 1, 6), ("Twelve", 1, 12), ("Stay in touch", 1, None)],
)
def test_step_n_of_m(name: str, step: int, total: int | None) -> None:
    """`m` is the number of listed steps."""
    story = Story(interacted=True).enrol(name, "1 Mar", step)
    enrolment = story.state.enrolment
    assert enrolment is not None
    assert steps_total(story.rules.cadence(enrolment.cadence_id), enrolment) == total


def test_m_while_it_repeats() -> None:
    """A counted repetition has an end, an endless one has none."""
    story = Story(relation="customer").enrol("Busy executive", "1 Mar", 6).log("1 Mar")
    enrolment = story.state.enrolment
    assert enrolment is not None
    assert steps_total(story.rules.named("Busy executive"), enrolment) == 10
    story = Story(relation="customer").enrol("Steady", "1 Mar", 6).log("1 Mar")
    enrolment = story.state.enrolment
    assert enrolment is not None
    assert steps_total(story.rules.named("Steady"), enrolment) is None


def test_repetitions_never_use_the_same_channel_twice() -> None:
    """Stay in touch: after an extra e-mail in March the e-mail step of May goes another way, and so on."""
    story = Story(relation="nurture", interacted=True, good=frozenset({"email", "address"})).enrol("Stay in touch")
    used: list[str | None] = []
    for _ in range(9):
        used.append(story.next.channel)
        story.log(said(story.next.date), "sent", story.next.channel or "")
    assert all(one != other for one, other in pairwise(used))
    assert set(used) <= {"article", "email", "mail", "in person"}


def test_an_extra_email_changes_the_channel_of_the_email_step() -> None:
    """Never the same channel twice running, unplanned touches included."""
    story = Story(relation="nurture", interacted=True).enrol("Stay in touch", "1 Jan").log("1 Feb", "sent", "article")
    assert story.next.channel == "email"
    story.log("20 Feb", "sent", "email")
    assert (said(story.next.date), story.next.channel) == ("20 Mar", "in person")


def test_the_thank_you_goes_by_mail_whatever_came_before() -> None:
    """The rule of two running is for the monthly touches: a deal won by letter is still thanked by letter."""
    story = engaged("1 Mar").log("1 Mar", "won", "mail")
    assert (story.next.channel, story.next.date) == ("mail", day("7 Mar"))
