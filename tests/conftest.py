"""A real database file for every test that asks: copied from one that is made once."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from followup_tui.storage import connection
from tests.factories import Clock, open_at
from tests.figures import ends_in_time, figure, pytest_sessionfinish, pytest_terminal_summary
from tests.tui.at_rest import every_app_goes, pilots_wait_for_rest

__all__ = [
    "ends_in_time",
    "every_app_goes",
    "figure",
    "pilots_wait_for_rest",
    "pytest_sessionfinish",
    "pytest_terminal_summary",
]


@pytest.fixture(autouse=True)
def writes_stay_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave what is written in this process to the system: waiting for the disk takes longer than most tests.

    Tests of what lasts when the power fails have a fixture of this name that does nothing.
    """
    usual = connection.configure

    def configure(made: sqlite3.Connection) -> None:
        usual(made)
        made.execute("PRAGMA synchronous = OFF")

    monkeypatch.setattr(connection, "configure", configure)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database, made the way a first start makes it."""
    from followup_tui.storage.database import Database

    path = tmp_path_factory.mktemp("template") / "followup.db"
    database = Database(path)
    database.prepare()
    database.close()
    return path


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    """The file of this test's own database."""
    copy = tmp_path / "followup.db"
    shutil.copyfile(template, copy)
    copy.chmod(0o600)
    return copy


@pytest.fixture
def clock() -> Clock:
    """Monday 23 November 2026, nine in the morning, in Berlin."""
    return Clock()


@pytest.fixture
def services(path: Path, clock: Clock) -> Iterator:
    """The services over an empty database."""
    made = open_at(path, clock)
    yield made
    made.close()
