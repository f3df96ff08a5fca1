"""The first plan made ahead: the same plan, or none and nothing touched."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from followup_tui.headstart import Headstart
from tests.factories import add, open_at

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it forks on Linux alone")

SCRIPT = """
import json, os, signal, sys
from followup_tui.headstart import plan_ahead
path, then = sys.argv[1], sys.argv[2]
ahead = plan_ahead(db=path, config_path=None, now="2026-11-23T09:00:00+01:00")
if then == "kill":
    os.kill(ahead._child, signal.SIGSTOP)
    os.kill(ahead._child, signal.SIGKILL)
if ahead: ahead.patience = 60
found = ahead.take()
slots = [slot.prospect.name for block in found.view.blocks for slot in block.slots] if found else None
early = [name for name in ("sqlite3", "followup_tui.services.today") if name in sys.modules]
print(json.dumps([slots, found and found.commits, early]))
"""


def ahead_of(path: Path, folder: Path, then: str = "") -> list[object]:
    """Return who is planned ahead over a database, the commits it had seen, and what the start itself had to import."""
    env = {"XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder), "PATH": os.environ["PATH"]}
    words = [sys.executable, "-c", SCRIPT, str(path), then]
    done = subprocess.run(words, capture_output=True, text=True, check=True, env=env)
    assert done.stderr == ""
    found = json.loads(done.stdout)
    assert isinstance(found, list)
    return found


def test_what_is_planned_ahead_is_the_plan(tmp_path: Path) -> None:
    """The other process plans what this one would, and says how far the database was; the start imports no storage."""
    path = tmp_path / "followup.db"
    services = open_at(path)
    for name in ("Ann Lee", "Bea Moll"):
        services.cadences.enrol([add(services, name).id], "Steady")
    own = [slot.prospect.name for block in services.today.plan().blocks for slot in block.slots]
    assert sorted(own) == ["Ann Lee", "Bea Moll"]
    assert ahead_of(path, tmp_path) == [own, services.commits(), []]


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    """Making and migrating are left to the app, which says what it does."""
    path = tmp_path / "followup.db"
    assert ahead_of(path, tmp_path)[0] is None
    assert not path.exists()
    path.write_bytes(b"something else")
    assert ahead_of(path, tmp_path)[0] is None
    assert path.read_bytes() == b"something else"


def test_an_older_database_is_not_migrated_ahead(tmp_path: Path) -> None:
    """Nobody would see it happen."""
    services = open_at(tmp_path / "followup.db")
    add(services)
    assert services.is_ready()
    with services._context.database.connection() as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0002'")
    assert not open_at(tmp_path / "followup.db").is_ready()


def test_a_killed_process_leaves_the_plan_to_the_app(tmp_path: Path) -> None:
    """No plan, no error."""
    services = open_at(tmp_path / "followup.db")
    add(services)
    assert ahead_of(services.path, tmp_path, "kill")[0] is None


@pytest.mark.parametrize("left", [0, 1, 20, 99])
def test_half_an_answer_is_no_answer(left: int) -> None:
    """The process died while it was writing."""
    reading, writing = os.pipe()
    os.write(writing, pickle.dumps(("a view", 3, ""), pickle.HIGHEST_PROTOCOL)[:left])
    os.close(writing)
    child = os.posix_spawn(sys.executable, [sys.executable, "-c", "pass"], os.environ)
    found = Headstart(child, reading).take()
    assert found == (("a view", 3, "") if left == 99 else None)
