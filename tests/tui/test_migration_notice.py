"""An old database is brought to this version while the app is on the screen."""

from __future__ import annotations

import asyncio

from tests.tui.driving import running, settle, toasts
from tests.tui.fake_services import fake_services


async def test_it_says_how_far_it_is() -> None:
    """A notice that follows the work, not more often than one can read, and goes with its end."""
    services = fake_services()
    async with running(services) as (app, pilot):
        told = services.told_of_migration  # type: ignore[attr-defined]
        assert await asyncio.to_thread(told, "MB copied", 120, 650)
        assert await asyncio.to_thread(told, "MB copied", 130, 650)
        await settle(app, pilot)
        assert toasts(app) == ["MB copied · 120 of 650\nAn older version made it: the old file is kept"]
        assert await asyncio.to_thread(told, "", 0, 0)
        await settle(app, pilot)
        assert toasts(app) == []


async def test_the_end_of_the_app_calls_it_off() -> None:
    """Where nobody is any more, the work is told to end."""
    services = fake_services()
    async with running(services):
        told = services.told_of_migration  # type: ignore[attr-defined]
    loop = asyncio.new_event_loop()
    loop.close()
    told._loop = loop
    assert not told("", 0, 0)
