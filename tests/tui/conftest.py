"""Real services for the screens, without the daily backup: that one has its own tests and its own folder."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from followup_tui.bootstrap import Services


@pytest.fixture
def services(services: Services) -> Services:
    """The services over an empty database."""
    services.__dict__["backups"] = SimpleNamespace(is_due=lambda: False, newest_good=lambda: None)
    return services
