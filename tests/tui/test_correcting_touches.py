"""Correcting a touch on real services: what becomes of the dates is shown before anything is saved (domain §4)."""

from __future__ import annotations

from followup_tui.bootstrap import Services
from tests.factories import add, log
from tests.tui.driving import press, running, shown, toasts


def touch(services: Services, who: str) -> tuple[str, str, str]:
    """Return outcome, channel and note of the only touch."""
    (one,) = services.prospects.timeline(who).timeline
    return one.outcome, one.channel, one.note


async def test_the_dates_are_shown_before_a_correction_is_saved(services: Services) -> None:
    """Another outcome shows the next date it leads to; ctrl+s saves it, u takes it back."""
    who = add(services, "Ann [/] Lee").id
    log(services, who)
    async with running(services) as (app, pilot):
        await press(app, pilot, "2", "enter", "enter", "right")
        assert "next: Wed 25 Nov email 2, unchanged" in shown(app)
        await press(app, pilot, *["right"] * 6)
        assert "not now" in shown(app)
        assert "next: Wed 25 Nov email 2 → today a decision" in shown(app)
        assert touch(services, who)[0] == "left voicemail"
        await press(app, pilot, "ctrl+s")
        assert touch(services, who)[0] == "not now"
        assert "Corrected: phone, not now · Ann [/] Lee → today a decision · u undo" in toasts(app)[-1]
        await press(app, pilot, "u")
        assert touch(services, who)[0] == "left voicemail"


async def test_a_note_and_a_time_are_corrected_and_mistakes_named(services: Services) -> None:
    """A time that is none or to come is named and nothing is lost; only what differs is sent."""
    who = add(services, "Ann Lee").id
    log(services, who, note="first\nsecond")
    async with running(services) as (app, pilot):
        await press(app, pilot, "2", "enter", "enter", "down", "down", *["backspace"] * 20, *"soon", "ctrl+s")
        assert "Not saved" in shown(app)
        await press(app, pilot, *["backspace"] * 9, *"yesterday 15:00", "ctrl+s")
    view = services.prospects.timeline(who).timeline[0]
    assert f"{view.at:%d %H:%M}" == "22 15:00"
    assert view.note == "first\nsecond"


async def test_an_outcome_that_asks_when_asks_here_too(services: Services) -> None:
    """Call back needs its date; the field is there only then."""
    who = add(services, "Ann Lee").id
    log(services, who)
    async with running(services) as (app, pilot):
        await press(app, pilot, "2", "enter", "enter", *["right"] * 4)
        assert "say when" in shown(app)
        await press(app, pilot, "down", *"tomorrow 10:00")
        assert "→ tomorrow 10:00 promised call" in shown(app)
        await press(app, pilot, "ctrl+s")
    planned = services.prospects.get(who).next_touch
    assert (planned.kind, f"{planned.time:%H:%M}") == ("promise", "10:00")


async def test_removing_a_touch_asks_once(services: Services) -> None:
    """The question says what the dates become; n leaves it, y takes it out, u brings it back."""
    who = add(services, "Ann Lee").id
    log(services, who)
    async with running(services) as (app, pilot):
        await press(app, pilot, "2", "enter", "enter", "ctrl+d", "n")
        assert touch(services, who)[0] == "left voicemail"
        await press(app, pilot, "ctrl+d")
        assert "Next: Wed 25 Nov" in shown(app)
        await press(app, pilot, "y")
        assert services.prospects.timeline(who).timeline == ()
        await press(app, pilot, "u")
        assert touch(services, who)[0] == "left voicemail"
