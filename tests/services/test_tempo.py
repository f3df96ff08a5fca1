"""Pace, goal, phase and reel back: how fast and by what somebody is followed up (domain §5, §7)."""

from __future__ import annotations

from datetime import date

import pytest

from followup_tui.domain.cadence import Cadence, Step, choose_channel
from followup_tui.domain.model import Relation, State
from followup_tui.errors import UsageError
from followup_tui.services.views import ProspectDraft
from tests.domain.factories import EVERYTHING
from tests.factories import add, dump, failed, log


def due(services, who: str) -> date:
    return services.prospects.get(who).next_touch.date


@pytest.mark.parametrize(("pace", "on"), [("gentle", date(2026, 11, 26)), ("+5 +9", date(2026, 11, 28))])
def test_a_pace_dates_the_planned_step_anew(services, path, pace, on):
    """The e-mail two days after the call comes later by the new gap, says so, and comes back with normal."""
    who = add(services).id
    log(services, who)
    before = dump(path)
    services.prospects.edit(who, ProspectDraft(pace=pace))
    assert due(services, who) == on
    assert f"pace {pace}" in services.prospects.get(who).next_touch.reason
    services.prospects.edit(who, ProspectDraft(pace="normal"))
    assert due(services, who) == date(2026, 11, 25)
    assert failed(services) == []
    services.undo.undo(2)
    assert dump(path) == before


def test_a_pace_never_dates_before_today_nor_what_the_user_chose(services, clock):
    """A quicker pace makes an old plan due today; a date of one's own stays."""
    who = add(services, pace="+9 +9").id
    log(services, who)
    clock.at("2026-11-30T09:00")
    services.prospects.edit(who, ProspectDraft(pace="normal"))
    assert due(services, who) == date(2026, 11, 30)
    services.log.move(who, date(2026, 12, 4))
    services.prospects.edit(who, ProspectDraft(pace="gentle"))
    assert due(services, who) == date(2026, 12, 4)


def test_a_goal_ranks_the_channels_of_a_step():
    """Quick response takes what is answered soonest, positive outcome what works best (S1); else the step decides."""
    step = Step(("email", "mail", "text"))
    for goal, channel in (("", "email"), ("quick response", "text"), ("positive outcome", "mail")):
        assert choose_channel(step, State(Relation.ENGAGED, EVERYTHING, goal=goal)) == channel


def test_a_goal_is_said_with_its_price(services):
    """A beginning is enough; anything else is refused, and nothing is stored."""
    who = add(services).id
    assert services.prospects.edit(who, ProspectDraft(goal="quick"))[0].goal == "quick response"
    assert services.prospects.edit(who, ProspectDraft(goal=""))[0].goal == ""
    with pytest.raises(UsageError, match="goal"):
        services.prospects.edit(who, ProspectDraft(goal="world peace"))
    assert failed(services) == []


def test_the_phase_is_suggested_unless_it_was_set(services):
    """CARR from the attempts, or the user's word, in the plan too; auto goes back."""
    who = add(services, phase="respect").id
    assert services.prospects.get(who).phase == "respect"
    assert [slot.phase for block in services.today.plan().blocks for slot in block.slots] == ["respect"]
    services.prospects.edit(who, ProspectDraft(phase="auto"))
    assert services.prospects.get(who).phase == "curiosity"


def test_reel_back_gives_room_on_another_channel(services, path):
    """Half as long again, rounded up, another channel than the last, with the reason; one undo."""
    who = add(services).id
    log(services, who)
    log(services, who, "sent", "email")
    before = dump(path)
    assert services.prospects.get(who).next_touch.channel == "email"
    done, _ = services.log.reel(who, "he was short with me")
    assert (done.after.date, done.after.channel) == (date(2026, 11, 26), "phone")
    assert "he was short with me" in done.after.reason
    assert "+3 after Mon 23 Nov" in done.after.reason
    assert failed(services) == []
    services.undo.undo()
    assert dump(path) == before
    pool = add(services, "Pool", "pool").id
    with pytest.raises(UsageError):
        services.log.reel(pool)


def test_two_bad_sentiments_running_suggest_it(services):
    """One is a bad day; after reeling back the count begins anew."""
    who = add(services).id
    log(services, who, sentiment="bad")
    assert not services.prospects.get(who).reel_back
    log(services, who, "sent", "email")
    assert log(services, who, sentiment="bad").prospect.reel_back
    services.log.reel(who)
    assert not services.prospects.get(who).reel_back


def test_a_cadence_lists_several_channels_for_goals():
    """Steps carry their channels in order, which a goal only reorders."""
    cadence = Cadence(1, "Own", (Step(("email", "phone")),))
    quick = State(Relation.ENGAGED, frozenset({"email"}), goal="quick response")
    assert choose_channel(cadence.steps[0], quick) == "email"
