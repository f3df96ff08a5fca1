"""A message over real services: filled, its slots really free, logged with template and value (domain §8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from followup_tui.config import Me
from followup_tui.domain.model import Outcome
from followup_tui.errors import FollowupError
from followup_tui.services.views import LogDraft, TemplateDraft, ValueDraft
from tests.factories import CONFIG, add, log, open_at

FACTS = {"company": "Acme", "why": "asked for a quote", "benefit": "a dry roof"}


@pytest.fixture
def services(path, clock):
    """Services of somebody who can be answered."""
    made = open_at(path, clock, replace(CONFIG, me=Me("Sam Fisher", "+49 30 123456", "sam@example.com")))
    yield made
    made.close()


def test_a_template_is_filled_for_the_prospect(services):
    """Every placeholder that has a value is filled; one that has none stays, and the linter names it (§8)."""
    who = add(services, "Dr. Ann Lee", **FACTS).id
    services.library.add(ValueDraft("Checklist", link="https://example.com/c"))
    message = services.compose.prepare(who, template="news")
    assert message.subject == "Checklist"
    assert message.body.startswith("Hello Ann,\n\nthis made me think of Acme: Checklist\nhttps://example.com/c")
    assert all(finding.ok for finding in message.findings)
    bare = add(services, "Bo", phone="+49 30 901821", email="bo@acme.example").id
    left = [finding.line for finding in services.compose.prepare(bare, template="news").findings if not finding.ok]
    assert left == ["not filled: {company} {benefit}"]


def test_a_template_with_a_link_takes_an_item_that_has_one(services):
    """Where the words ask for a link, what has one is proposed before newer items without; else the newest is."""
    who = add(services, "Dr. Ann Lee", **FACTS).id
    services.library.add(ValueDraft("Checklist", link="https://example.com/c"))
    services.library.add(ValueDraft("A postcard"))
    services.templates.add(TemplateDraft("Gift", body="{value}"))
    assert services.compose.prepare(who, template="news").value == "Checklist"
    assert services.compose.prepare(who, template="Gift").value == "A postcard"


def test_the_channel_is_the_companions_else_the_planned_one(services):
    """A call step with an e-mail beside it: before, the first written channel that works; after, the companion."""
    who = add(services).id
    assert services.compose.prepare(who).channel == "email"
    assert not services.compose.prepare(who).companion
    log(services, who)
    message = services.compose.prepare(who)
    assert message.companion
    touch = services.log.log(who, LogDraft("email", Outcome.SENT, template=message.template))[0].touch
    assert touch.companion_of is not None
    assert touch.template == message.template
    assert not services.compose.prepare(who).companion


def test_slots_are_free_of_promises_and_plans(services, clock):
    """Offered times lie in blocks of coming working days and collide with nothing that is planned (§8)."""
    who = add(services, **FACTS).id
    services.templates.add(TemplateDraft("Slots", body="{slot1}|{slot2}"))
    assert services.compose.prepare(who, template="Slots").body == "Tue 24 Nov at 09:00|Wed 25 Nov at 14:00"
    other = add(services, "Bo Chan", phone="+49 30 901821", email="bo@acme.example").id
    log(services, other, "call back", until=date(2026, 11, 24), until_time=time(9, 10))
    assert services.compose.prepare(who, template="Slots").body.startswith("Tue 24 Nov at 09:30|")
    far = add(services, "Cy", zone="America/New_York", phone="+1 212 555 0100", email="cy@acme.example").id
    assert services.compose.prepare(far, template="Slots").body.startswith("Tue 24 Nov at 09:00 (your time)|")


def test_who_asked_not_to_be_contacted_gets_nothing(services):
    """Compose and dial refuse do not contact; one channel stopped leaves the others (§3)."""
    who = add(services).id
    log(services, who, "do not contact", "email", channel_only=True)
    with pytest.raises(FollowupError, match="by email"):
        services.compose.prepare(who, channel="email")
    log(services, who, "do not contact")
    with pytest.raises(FollowupError, match="asked not"):
        services.compose.prepare(who)
    assert services.reach.dialling(who).stopped
    with pytest.raises(FollowupError, match="nothing was dialled"):
        services.reach.dial(who)


def test_the_guard_speaks_before_an_extra_touch(services):
    """More than three touches in a week: compose and dial say so, and refuse nothing (§5)."""
    who = add(services).id
    for _ in range(3):
        log(services, who, "no answer", "phone")
    log(services, who, "sent", "email")
    assert "too many" in services.compose.prepare(who).guard
    assert "too many" in services.reach.dialling(who).guard


def test_an_idea_where_the_library_is_empty(services):
    """With nothing to give, a prompt stands in its place (S0); with an item it does not."""
    who = add(services).id
    assert services.compose.prepare(who).prompt
    services.library.add(ValueDraft("Checklist"))
    assert services.compose.prepare(who).prompt == ""


def test_just_call_has_numbers_and_one_line(services):
    """S1: number and opener, no form; the good numbers stand first."""
    who = add(services, "Dr. Ann Lee", mobile="+49 171 123456", **FACTS).id
    view = services.reach.dialling(who)
    assert [one.kind for one in view.numbers] == ["phone", "mobile"]
    assert view.opener == (
        "Hello Ann, Sam Fisher here. You told me: asked for a quote. I can help with this: a dry roof. "
        "Do you have two minutes?"
    )
    log(services, who, "bad detail")
    assert [one.kind for one in services.reach.dialling(who).numbers] == ["mobile", "phone"]
