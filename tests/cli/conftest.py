from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from followup_tui.__main__ import main
from followup_tui.cli import session
from tests.cli.fake import Fake


@dataclass(frozen=True)
class Run:
    """What one command left behind."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The JSON it printed."""
        return json.loads(self.out)


@pytest.fixture(autouse=True)
def own_folders(tmp_path, monkeypatch):
    """Nobody's real configuration or database is touched."""
    for name in ("DATA", "STATE", "CONFIG"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / "home" / name.lower()))
    for name in ("FOLLOWUP_DB", "FOLLOWUP_CONFIG", "FOLLOWUP_NOW", "FOLLOWUP_DEBUG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TZ", "Europe/Berlin")


@pytest.fixture
def run(capsys):
    """Run a command in this process."""

    def command(*words: str) -> Run:
        code = main(list(words))
        captured = capsys.readouterr()
        return Run(code, captured.out, captured.err)

    return command


@pytest.fixture
def fake(monkeypatch):
    """Services made of ready views, in place of the real ones; `fake.opened` keeps the options."""
    services = Fake()
    services.opened = []

    def opened(options, config):
        services.opened.append(options)
        return services

    monkeypatch.setattr(session, "open_services", opened)
    return services
