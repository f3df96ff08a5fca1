"""When the backup of the day is made: at once where that takes a moment, else when nobody types, or behind the app."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from textual.pilot import Pilot

from followup_tui import long_work, own_process
from followup_tui.tui import keeping
from followup_tui.tui.app import FollowupApp
from followup_tui.tui.typing_pauses import Rest
from tests.tui.driving import press, running, settle
from tests.tui.fake_services import FakeServices, fake_services


class Backups(SimpleNamespace):
    """A day without a backup until one is made."""

    made = 0
    looked = 0

    def is_due(self) -> bool:
        self.looked += 1
        return not self.made

    def daily(self, progress: object = None) -> None:
        self.made += 1


def unsafe(tmp_path: Path, size: int) -> tuple[FakeServices, Backups]:
    """Return services over a file of so many bytes that has no backup yet."""
    services, backups = fake_services(), Backups()
    services.path = tmp_path / "a.db"
    services.path.write_bytes(bytes(size))
    return services, backups


async def looked(app: FollowupApp, pilot: Pilot[int], backups: Backups) -> None:
    """Ask for the backup and wait until it is known whether one is due."""
    app.ops.services.backups = backups  # type: ignore[union-attr, assignment]
    app.back_up()
    while not backups.looked or any(worker.group == "query backup" for worker in app.workers):
        await pilot.pause()


async def test_a_small_database_is_backed_up_at_once(tmp_path: Path) -> None:
    """What takes a moment waits for no long rest, and nothing is left to be done behind the app."""
    services, backups = unsafe(tmp_path, 10)
    async with running(services) as (app, pilot):
        await looked(app, pilot, backups)
        assert backups.made == 1
        assert not app._backup_waits


async def test_a_large_one_waits_until_the_keys_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While somebody types nothing is copied; without a key for a while it is made, once."""
    monkeypatch.setattr(long_work, "SMALL", 1)
    monkeypatch.setattr(keeping, "LONG_REST", Rest(3600.0, 3600.0))
    services, backups = unsafe(tmp_path, 10)
    async with running(services) as (app, pilot):
        await press(app, pilot, "j")
        await looked(app, pilot, backups)
        for _ in range(3):
            await pilot.press("j")
        assert (backups.made, app._backup_waits) == (0, True)
        app.workers.cancel_all()
        monkeypatch.setattr(keeping, "LONG_REST", Rest(0.0, 3600.0))
        await looked(app, pilot, backups)
        await settle(app, pilot)
        assert (backups.made, app._backup_waits) == (1, False)


async def test_who_leaves_before_has_it_made_behind_the_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A day the app was used has its backup, however short its sessions were; one that has it needs no other."""
    monkeypatch.setattr(long_work, "SMALL", 1)
    monkeypatch.setattr(keeping, "LONG_REST", Rest(3600.0, 3600.0))
    left: list[object] = []
    monkeypatch.setattr(own_process, "leave_behind", lambda services, work: left.append(work))
    services, backups = unsafe(tmp_path, 10)
    async with running(services) as (app, pilot):
        app.back_up_behind()
        assert left == []
        await looked(app, pilot, backups)
        app.back_up_behind()
        assert left == [long_work.daily_backup]
        app.workers.cancel_all()
