"""What ends with a prospect, by keys over a real database: closed, opened again, erased for good."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from followup_tui.bootstrap import Services, open_services
from followup_tui.config import Config
from followup_tui.services.views import ProspectDraft
from followup_tui.tui.app import FollowupApp
from tests.tui.driving import press, settle, shown

NOW = "2026-11-23T09:00:00+00:00"


@pytest.fixture
def services(tmp_path: Path) -> Services:
    (tmp_path / "config.toml").write_text("")
    return open_services(db=str(tmp_path / "data" / "followup.db"), config_path=tmp_path / "config.toml", now=NOW)


async def test_close_open_again_and_erase(services: Services, tmp_path: Path) -> None:
    """`X` closes with a reason and opens what is closed; `delete` asks, and after `y` nothing of the person is left."""
    view, _ = services.prospects.add(ProspectDraft(name="Qwertina Zyx", phone="+49 30 901826", note="secretword"))
    app = FollowupApp(lambda: services, Config())
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await settle(app, pilot)
        app.open_prospect(view.id)
        await settle(app, pilot)
        await press(app, pilot, "X", "p", "u", "s", "h", "y", "enter")
        assert services.prospects.get(view.id).relation == "closed"
        await press(app, pilot, "X")
        assert services.prospects.get(view.id).relation == "cold"
        await press(app, pilot, "delete", "n")
        assert services.prospects.get(view.id).name == "Qwertina Zyx"
        await press(app, pilot, "delete", "y")
        app.clear_notifications()
        await settle(app, pilot)
        assert "Qwertina" not in shown(app)
    with closing(sqlite3.connect(tmp_path / "data" / "followup.db")) as connection:
        dump = "\n".join(connection.iterdump())
    assert not [word for word in ("Qwertina", "secretword") if word in dump]
