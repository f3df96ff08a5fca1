"""All three ways to resume are shown before one is chosen, and each date shown is the date that comes (domain §5)."""

from __future__ import annotations

from datetime import date

import pytest

from followup_tui.errors import UsageError
from tests.factories import MONDAY, add, dump, log

LATER = date(2026, 12, 7)


@pytest.mark.parametrize("rule", ["freeze", "restart", "keep"])
@pytest.mark.parametrize("late", [False, True])
def test_what_is_shown_is_what_comes(services, path, clock, rule, late):
    """Each rule, for a step still to come and for one overdue: the preview is what the pause then plans."""
    who = add(services).id
    log(services, who)
    if late:
        clock.at("2026-11-27T09:00")
    before = dump(path)
    shown = {one.rule: one.next_touch for one in services.log.pause_preview(who, LATER)}
    assert dump(path) == before
    assert set(shown) == {"freeze", "restart", "keep"}
    services.log.pause(who, LATER, rule)
    clock.at("2026-12-07T09:00")
    assert services.prospects.get(who).next_touch == shown[rule]


def test_the_three_rules_differ(services):
    """Two days were left of a gap of two, then the weekend: freeze and restart wait, keep is due at once."""
    who = add(services).id
    log(services, who)
    left = services.prospects.get(who).next_touch.date - MONDAY
    shown = {one.rule: one.next_touch.date for one in services.log.pause_preview(who, LATER)}
    assert shown["freeze"] == LATER + left
    assert shown["keep"] == LATER
    assert shown["restart"] >= shown["freeze"]


def test_an_open_pause_is_shown_as_if_it_ended_today(services):
    """Without a date: what would stand now; resuming at once plans just that."""
    who = add(services).id
    log(services, who)
    shown = {one.rule: one.next_touch for one in services.log.pause_preview(who)}
    services.log.pause(who, None, "restart")
    assert services.log.resume(who)[0].after == shown["restart"]


def test_who_cannot_be_paused_is_named(services):
    """The pool has no clock, a day that has passed ends no pause: one line, with the name."""
    pool = add(services, "Bo Chan", "pool").id
    with pytest.raises(UsageError, match="Bo Chan is pool"):
        services.log.pause_preview(pool)
    who = add(services).id
    with pytest.raises(UsageError, match="is not after today"):
        services.log.pause_preview(who, MONDAY)
