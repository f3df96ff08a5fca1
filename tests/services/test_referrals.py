"""A win opens six slots; each is somebody's name, credited both ways, or waived (domain §9)."""

from __future__ import annotations

import pytest

from followup_tui.errors import UsageError
from followup_tui.services.views import ProspectDraft
from tests.factories import add, dump, failed, log


@pytest.fixture
def won(services) -> str:
    """Somebody who bought."""
    who = add(services).id
    assert log(services, who, "won").prospect.referral_slots == 6
    return who


def test_a_name_fills_a_slot_and_is_credited_both_ways(services, won, path):
    """On the Referral cadence from today; the referrer shows whom, the new one by whom; one undo takes both back."""
    before = dump(path)
    bob, changes = services.referrals.refer(won, ProspectDraft(name="Bob Ray", phone="+49 30 901821"))
    assert (bob.cadence, bob.relation, bob.referred_by, bob.referrer) == ("Referral", "cold", won, "Ann Lee")
    assert (bob.why, bob.source) == ("referred by Ann Lee", "referral")
    shown = services.prospects.timeline(won)
    assert [(one.prospect.name, one.on) for one in shown.referrals] == [("Bob Ray", services.local_today())]
    assert shown.prospect.referral_slots == 5
    assert changes.name == "Refer Bob Ray · Ann Lee"
    assert failed(services) == []
    services.undo.undo()
    assert dump(path) == before


def test_slots_are_waived(services, won):
    """Some, or all that are left, but never more than there are."""
    assert services.referrals.waive(won, 2)[0].referral_slots == 4
    assert services.referrals.waive(won)[0].referral_slots == 0
    with pytest.raises(UsageError):
        services.referrals.waive(won)
    assert failed(services) == []


def test_a_referral_needs_no_win_but_a_name(services, path):
    """Somebody who has not bought may name others; without a name nothing is written."""
    who = add(services).id
    bob, _ = services.referrals.refer(who, ProspectDraft(name="Bob"))
    assert (bob.referrer, services.prospects.get(who).referral_slots) == ("Ann Lee", 0)
    before = dump(path)
    with pytest.raises(UsageError, match="name"):
        services.referrals.refer(who, ProspectDraft())
    assert dump(path) == before
