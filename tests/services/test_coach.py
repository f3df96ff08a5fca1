"""The coach over a real story: one hint, put away for good, counted; reasons are tallied (domain §11)."""

from __future__ import annotations

import pytest

from followup_tui.errors import UsageError
from tests.factories import add, dump, failed, log


def test_a_hint_is_shown_until_it_is_put_away(services, path):
    """The first unanswered call is a quitting point; dismissed it does not come back for this prospect."""
    who = add(services).id
    assert services.coach.hint(who) is None
    assert log(services, who).prospect.coach_id == "quitting-point"
    view = services.prospects.get(who)
    assert (view.coach_id, bool(view.coach)) == ("quitting-point", True)
    before = dump(path)
    services.coach.dismiss(who)
    assert services.prospects.get(who).coach is None
    assert {one.id: one.dismissed for one in services.coach.rules()}["quitting-point"] == 1
    with pytest.raises(UsageError):
        services.coach.dismiss(who)
    assert failed(services) == []
    services.undo.undo()
    assert dump(path) == before


def test_who_came_to_us_waits_five_minutes(services, clock):
    """Speed to the first contact: after five minutes the coach says so, and is silent once they were called."""
    who = add(services, inbound=True).id
    clock.pass_(minutes=4)
    assert services.coach.hint(who) is None
    clock.pass_(minutes=1)
    assert services.coach.hint(who).id == "slow-first"
    log(services, who, "spoke")
    assert services.coach.hint(who) is None


def test_reasons_are_tallied(services):
    """Skips, closings and definite noes by their reason, whatever its case."""
    people = [add(services, name).id for name in ("Ann", "Bob", "Cay")]
    services.log.skip(people[0], "Pushy")
    services.prospects.close([people[1]], "pushy")
    log(services, people[2], "definite no", reason="wrong time")
    found = services.insights.reasons()
    assert [(one.reason, one.n, one.of) for one in found] == [
        ("pushy", 2, {"close": 1, "skip": 1}),
        ("wrong time", 1, {"definite no": 1}),
    ]
