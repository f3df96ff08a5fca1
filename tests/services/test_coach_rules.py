"""Each of the twelve rules is reached by what people do, with its id; shown once, counted, one at a time (§11)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from followup_tui.bootstrap import Services
from followup_tui.config import Me
from followup_tui.domain.coach import BY_ID
from followup_tui.services.views import ProspectDraft
from tests.factories import CONFIG, Clock, add, change, failed, log, open_at

Story = Callable[[Services, Clock], str]


def days(clock: Clock, number: int = 1) -> None:
    clock.now += timedelta(days=number)


def emails(services: Services, clock: Clock, number: int, **options: str) -> str:
    who = add(services, "E", why="w", benefit="b").id
    for turn in range(number):
        days(clock, 3 if turn else 0)
        log(services, who, "sent", "email", **options)
    return who


def inbound(services: Services, clock: Clock) -> str:
    who = add(services, "I", inbound=True).id
    clock.pass_(minutes=6)
    return who


def rests(services: Services, clock: Clock) -> str:
    who = add(services, "R", email=None).id
    log(services, who, "bad detail")
    return who


def burst(services: Services, clock: Clock) -> str:
    who = add(services, "B", benefit="b").id
    for _ in range(2):
        log(services, who, "no answer")
        clock.pass_(hours=1)
    return who


def under_worked(services: Services, clock: Clock) -> str:
    who = add(services, "U", "cold").id
    log(services, who, "no answer")
    services.coach.dismiss(who)
    services.prospects.close([who])
    return who


def calls(services: Services, clock: Clock, number: int, benefit: str = "b") -> str:
    who = add(services, "C", benefit=benefit).id
    for _ in range(number):
        log(services, who, "no answer", value="a")
        days(clock, 8)
    return who


def naked(services: Services, clock: Clock) -> str:
    who = add(services, "N", benefit="b").id
    log(services, who, "no answer")
    days(clock, 5)
    log(services, who, "sent", "email")
    return who


def dense(services: Services, clock: Clock) -> str:
    who = add(services, "D", "nurture").id
    log(services, who, "sent", "email", value="a")
    services.log.move(who, services.local_today() + timedelta(days=9))
    return who


STORIES: dict[str, Story] = {
    "slow-first": inbound,
    "rests": rests,
    "burst": burst,
    "under-worked": under_worked,
    "no-benefit": lambda services, clock: calls(services, clock, 5, benefit=""),
    "quitting-point": lambda services, clock: calls(services, clock, 1),
    "email-only": lambda services, clock: emails(services, clock, 2, value="a"),
    "one-channel": lambda services, clock: calls(services, clock, 4),
    "naked": naked,
    "no-contact-info": lambda services, clock: emails(services, clock, 1, value="a"),
    "too-dense": dense,
}
BEFORE = {"email-only": ["quitting-point"], "one-channel": ["quitting-point"], "no-contact-info": ["quitting-point"]}


def said(services: Services, who: str) -> list[str]:
    """Put away one hint after the other; return what was said, in order."""
    found = []
    while hint := services.coach.hint(who):
        found.append(hint.id)
        services.coach.dismiss(who)
    return found


@pytest.mark.parametrize("rule", [*STORIES, "same-again"])
def test_the_rule_is_reached_by_hand(path, clock, rule):
    """The story leads to the hint of that id, and putting it away ends it; a template used twice is written behind."""
    config = CONFIG if rule == "no-contact-info" else replace(CONFIG, me=Me(email="me@acme.example"))
    services = open_at(path, clock, config)
    if rule == "same-again":
        who = emails(services, clock, 2, value="a")
        change(path, "UPDATE journal SET template = 'news' WHERE kind = 'touch'")
    else:
        who = STORIES[rule](services, clock)
    assert rule in said(services, who)
    assert services.coach.hint(who) is None
    assert failed(services) == [] or rule == "same-again"
    services.close()


def test_all_twelve_have_a_story():
    """None of the rules of §11 is without one."""
    assert {*STORIES, "same-again"} == set(BY_ID)


def test_a_hint_is_shown_once_and_counted(services, clock):
    """It stands until the next touch is logged, which counts it; reading stores nothing; undo gives it back."""
    who = add(services, benefit="b").id
    log(services, who, "no answer", value="a")
    for _ in range(2):
        assert services.prospects.get(who).coach_id == "quitting-point"
    counts = {one.id: (one.shown, one.dismissed) for one in services.coach.rules()}
    assert counts["quitting-point"] == (0, 0)
    days(clock, 7)
    log(services, who, "sent", "email", value="a")
    days(clock, 7)
    log(services, who, "no answer", value="a")
    assert services.prospects.get(who).attempts == 3
    assert services.prospects.get(who).coach_id != "quitting-point"
    counts = {one.id: (one.shown, one.dismissed) for one in services.coach.rules()}
    assert counts["quitting-point"] == (1, 0)
    assert failed(services) == []
    services.undo.undo(2)
    assert services.prospects.get(who).coach_id == "quitting-point"


def test_a_shown_hint_dates_nothing(services, clock):
    """A call logged with yesterday's time, after one of the day before, is still the newest contact."""
    who = add(services, benefit="b").id
    log(services, who, "no answer", value="a")
    days(clock, 4)
    log(services, who, "no answer", value="a", at=clock.now - timedelta(days=2))
    planned = services.prospects.get(who).next_touch
    log(services, who, "no answer", value="a", at=clock.now - timedelta(days=1), completes=True)
    assert services.prospects.get(who).next_touch != planned
    assert services.prospects.edit(who, ProspectDraft(benefit="c"))[0].attempts == 3
