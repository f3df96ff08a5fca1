"""The prospect's clock: suggested by phone and address, used at once, asked once (domain §2)."""

from __future__ import annotations

import pytest

from followup_tui.errors import UsageError
from followup_tui.exchange.address_zones import zone_of_address
from followup_tui.services.details import suggested_zone
from followup_tui.services.zones import named_zone
from tests.factories import add, dump, slots


@pytest.mark.parametrize(
    ("address", "zone"),
    [
        ("Hafenstr. 1, 20457 Hamburg, Germany", "Europe/Berlin"),
        ("Karl Johans gate 1\n0154 Oslo\nNorge", "Europe/Oslo"),
        ("12 High Street, Leeds LS1 4AP, United Kingdom", "Europe/London"),
        ("350 5th Ave, New York, NY 10118, USA", "America/New_York"),
        ("1 Main St, Phoenix AZ 85001", "America/Phoenix"),
        ("100 Queen St W, Toronto ON M5H 2N2, Canada", "America/Toronto"),
        ("1 Hay St, Perth WA 6000, Australia", "Australia/Perth"),
        ("1 Pike Pl, Seattle, WA 98101", "America/Los_Angeles"),
        ("Durbar Marg, Kathmandu, Nepal", "Asia/Kathmandu"),
        ("Gran Vía 1, Madrid, España", "Europe/Madrid"),
        ("1 Some Road, USA", ""),
        ("Avenida Paulista, São Paulo, Brasil", ""),
        ("Somewhere", ""),
        ("", ""),
    ],
)
def test_an_address_suggests_a_zone(address, zone):
    """The country says it when it has one for nearly everybody, else the state; otherwise nothing is made up."""
    assert zone_of_address(address) == zone


@pytest.mark.parametrize(
    ("number", "zone"),
    [
        ("+493090182", "Europe/Berlin"),
        ("+12125550123", "America/New_York"),
        ("+97714200000", "Asia/Katmandu"),
        ("+18005550123", ""),
        ("030", ""),
    ],
)
def test_a_number_suggests_a_zone_when_its_zones_agree(number, zone):
    """A number that may be in zones with different clocks suggests none."""
    assert suggested_zone(number) == zone


def test_a_suggestion_is_used_and_marked_until_confirmed(services, clock):
    """The suggested clock holds in the plan with `~`; a key confirms it, in one undo step, and it is asked no more."""
    who = add(services, phone="+1 212 555 0123").id
    view = services.zones.look(who)
    assert (view.zone, view.confirmed, view.suggested) == ("America/New_York", False, "America/New_York")
    assert view.why == "the phone +1 212 555 0123"
    assert (view.local_time, view.open) == ("03:00", False)
    clock.at("2026-11-23T16:00")
    (slot,) = [slot for slot in slots(services.today.plan()) if slot.prospect.id == who]
    assert (slot.local_time, slot.window_open, slot.zone_confirmed) == ("10:00", True, False)
    confirmed, changes = services.zones.confirm(who, "America/New_York")
    assert confirmed.confirmed
    assert services.prospects.get(who).zone_confirmed
    assert changes.name == "Zone America/New_York · Ann Lee"
    services.undo.undo()
    assert not services.zones.look(who).confirmed


def test_the_address_suggests_where_no_number_does(services):
    """Without a number, or with one that says nothing, the address decides; the user's own zone needs no mark."""
    who = add(services, phone="", address="Durbar Marg 1, Kathmandu, Nepal").id
    assert services.zones.look(who).zone == "Asia/Kathmandu"
    assert services.zones.look(who).why == "the address Durbar Marg 1, Kathmandu, Nepal"
    here = add(services, "Bo", phone="+49 30 901821", address="Berlin, Germany").id
    assert services.zones.look(here).zone == "Europe/Berlin"
    assert services.prospects.get(here).zone == "Europe/Berlin"


def test_a_zone_may_be_named_by_its_city(services, path):
    """`kathmandu` is enough; a name nobody knows is refused and nothing is written."""
    assert named_zone("kathmandu") == "Asia/Kathmandu"
    assert named_zone("new york") == "America/New_York"
    who = add(services).id
    before = dump(path)
    for bad in ("Middle/Earth", " "):
        with pytest.raises(UsageError):
            services.zones.confirm(who, bad)
    assert dump(path) == before
    assert services.zones.matching("lord")[0] == "Australia/Lord_Howe"
    assert services.zones.matching("berlin") == ("Europe/Berlin",)
    assert services.zones.matching("") == ()


def test_the_queue_follows_the_sun(services, clock):
    """Within one block those whose day is open now go first, and those whose day opens later follow."""
    clock.at("2026-11-23T09:00")
    late = add(services, "Ann", phone="+44 20 7946 0000").id
    early = add(services, "Bo", phone="+49 30 901820").id
    found = [slot for slot in slots(services.today.plan()) if slot.prospect.id in (late, early)]
    assert [slot.prospect.id for slot in found] == [early, late]
    assert all(slot.window_open for slot in found)
