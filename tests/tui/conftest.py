"""Real services for the screens, without the daily backup: that one has its own tests and its own folder."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from followup_tui.bootstrap import Services
from followup_tui.tui.screens import today
from followup_tui.tui.typing_pauses import Rest


@pytest.fixture(autouse=True)
def soon_planned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plan soon after a log: nobody types here once all keys are pressed."""
    monkeypatch.setattr(today, "ENOUGH", Rest(0.1, 15.0))


@pytest.fixture
def services(services: Services) -> Services:
    """The services over an empty database."""
    services.__dict__["backups"] = SimpleNamespace(is_due=lambda: False, newest_good=lambda: None)
    return services
