"""So many lines in the water, drawn from the pool as the day has room, and only when told to (domain §3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from followup_tui.config import WORKING_DAYS, BlockConfig
from followup_tui.errors import FollowupError, NothingFound, UsageError
from tests.factories import CONFIG, add, dump, failed, log, open_at


def pool(services, number: int) -> list[str]:
    return [add(services, f"Pool {turn}", "pool").id for turn in range(number)]


def test_it_proposes_and_draws_only_when_told(services, path):
    """Three lines, one in play: two are proposed, shown today, enrolled by one change; then nothing is missing."""
    add(services, "Ann")
    people = pool(services, 4)
    services.standing.set("has:phone", "Cold six", 3)
    before = dump(path)
    seen = services.standing.proposal()
    assert [who.id for who in seen.drawn] == people[:2]
    assert services.today.plan().standing == 2
    assert dump(path) == before
    view, changes = services.standing.apply()
    assert (view, changes.name) == (seen, "Draw 2 from the pool into Cold six")
    assert services.prospects.get(people[0]).cadence == "Cold six"
    assert services.today.plan().standing == 0
    with pytest.raises(UsageError):
        services.standing.apply()
    assert failed(services) == []
    services.undo.undo()
    assert dump(path) == before


def test_a_day_takes_so_many(services, clock):
    """Never more than --per-day with what was enrolled today, nobody on a day off, nobody without a detail."""
    add(services, "Nothing", "pool", phone=None, email=None)
    pool(services, 5)
    services.standing.set("", "Cold six", 100, 2)
    assert len(services.standing.proposal().drawn) == 2
    services.standing.apply()
    assert services.standing.proposal().drawn == ()
    clock.at("2026-11-28T09:00")
    assert services.standing.proposal().drawn == ()
    clock.at("2026-11-30T09:00")
    assert len(services.standing.proposal().drawn) == 2


def test_the_blocks_have_to_have_room(path, clock):
    """Nine minutes a call with its e-mail: twenty minutes of calls take two."""
    services = open_at(
        path, clock, replace(CONFIG, blocks=(BlockConfig("C", WORKING_DAYS, time(9), time(9, 20), ("phone",)),))
    )
    pool(services, 5)
    services.standing.set("", "Cold six")
    assert len(services.standing.proposal().drawn) == 2
    assert "room for 2 by phone today" in services.standing.proposal().why
    services.close()


def test_it_ends_and_refuses_nonsense(services):
    """A bad filter, an unknown cadence, ending twice: said, and nothing stored."""
    for filter, cadence in (("nonsense:(", "Cold six"), ("has:phone", "No such")):
        with pytest.raises(FollowupError):
            services.standing.set(filter, cadence)
    assert services.standing.proposal() is None
    services.standing.set("has:phone", "Cold six")
    services.standing.off()
    with pytest.raises(NothingFound):
        services.standing.off()


def test_consent_keeps_date_words_and_channel(services):
    """What they said about staying in touch is data with a date; a stop may be for one channel (§10)."""
    who = add(services).id
    log(services, who, "not now", consent=True, note="call me in spring")
    view = services.prospects.get(who)
    assert (view.consent, view.consent_on, view.consent_words, view.consent_channel) == (
        True,
        services.local_today(),
        "call me in spring",
        "phone",
    )
    log(services, who, "do not contact", "email", channel_only=True)
    view = services.prospects.get(who)
    assert (view.stopped_channels, view.do_not_contact) == (("email",), False)
    with pytest.raises(FollowupError):
        log(services, who, "sent", "email")
    log(services, who, "sent", "email", force=True, reason="they asked again")


def test_an_order_is_shown_before_it_is_set(services, path):
    """The preview of an order is the proposal once it is set; a smart list by its name; nonsense as when setting."""
    pool(services, 3)
    before = dump(path)
    seen = services.standing.preview("Pool", "Cold six", 2, 1)
    assert dump(path) == before
    assert (len(seen.drawn), seen.filter, seen.why.count("lines")) == (1, "relation:pool", 1)
    for order in (("nonsense:(", "Cold six", 2), ("", "No such", 2), ("", "Cold six", 0)):
        with pytest.raises(FollowupError):
            services.standing.preview(*order)
    services.standing.set("pool", "Cold six", 2, 1)
    assert services.standing.proposal() == seen
