"""Today on real services: what goes along with a step made stands under it, and never in the way (domain §4)."""

from __future__ import annotations

from datetime import date, time

from followup_tui.bootstrap import Services
from tests.factories import add, log
from tests.tui.driving import lines, press, running, shown, toasts
from tests.tui.test_today import names, selected


async def test_the_companion_waits_under_the_row_made(services: Services) -> None:
    """A call with an e-mail beside it leaves that e-mail under it; the next slot is selected, not the companion."""
    add(services, "Ann Lee", star=True)
    add(services, "Bo Chan")
    async with running(services) as (app, pilot):
        await press(app, pilot, "l", "2")
        assert names(app) == ["Ann Lee", "Ann Lee", "Bo Chan"]
        assert selected(app) == "Bo Chan"
        assert any("└" in line and "email with it" in line for line in lines(app))
        await press(app, pilot, "k")
        assert "the email beside it" in shown(app)


async def test_l_logs_the_companion_in_its_place(services: Services) -> None:
    """The logged companion completes the step with its main touch and stays where it stood."""
    add(services, "Ann Lee", star=True)
    add(services, "Bo Chan")
    async with running(services) as (app, pilot):
        await press(app, pilot, "l", "2", "k", "l", "4")
        assert toasts(app)[-1].startswith("Sent · Ann Lee")
        assert names(app) == ["Ann Lee", "Ann Lee", "Bo Chan"]
        assert sum("✓" in line for line in lines(app) if "Ann Lee" in line) == 2
    assert services.today.plan().companions == ()


async def test_x_waives_the_companion_and_u_brings_it_back(services: Services) -> None:
    """Waiving moves no date; snooze and move say that it only lives today."""
    who = add(services, "Ann Lee").id
    async with running(services) as (app, pilot):
        await press(app, pilot, "l", "2")
        planned = services.prospects.get(who).next_touch
        await press(app, pilot, "j", "s")
        assert "x waives it" in toasts(app)[-1]
        await press(app, pilot, "x")
        assert "Without the email" in toasts(app)[-1]
        assert names(app) == ["Ann Lee"]
        assert services.prospects.get(who).next_touch == planned
        await press(app, pilot, "u")
        assert names(app) == ["Ann Lee", "Ann Lee"]


async def test_a_meeting_is_offered_to_be_confirmed(services: Services) -> None:
    """The working day before it stands behind the decisions: l logs the touch that confirms it, x waives it."""
    who = add(services, "Ann [/] Lee").id
    log(services, who, "meeting set", until=date(2026, 11, 25), until_time=time(10))
    services.now.at("2026-11-24T09:00")  # type: ignore[attr-defined]
    async with running(services) as (app, pilot):
        assert "Meetings to confirm" in shown(app)
        assert "confirm the meeting at 10:00" in shown(app)
        await press(app, pilot, "x")
        assert "Not confirmed · Ann [/] Lee" in toasts(app)[-1]
        assert names(app) == []
        await press(app, pilot, "u")
        assert names(app) == ["Ann [/] Lee"]
