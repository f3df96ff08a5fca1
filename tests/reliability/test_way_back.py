"""A damaged database: the app says so, and two keys bring the newest good backup back, in a real terminal (R14)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.test_a_morning import contacts, environment, followup
from tests.terminal import Terminal

DAMAGE = {
    "text": lambda data: b"Dear diary " * 99,
    "nothing": lambda data: b"",
    "overwritten": lambda data: data[:4096] + b"\xff" * 4096 * 8 + data[4096 * 9 :],
    "cut": lambda data: data[: len(data) // 2],
}


@pytest.mark.parametrize("what", ["overwritten", "nothing", "gone"])
def test_r14_a_damaged_file_is_two_keys_from_its_backup(tmp_path: Path, what: str, figure) -> None:
    """`b` looks, `y` restores: everybody is back, doctor is content, the damaged file is kept aside, byte by byte."""
    env = environment(tmp_path)
    followup(env, "import", str(contacts(tmp_path)), "--cadence", "Cold six")
    followup(env, "backup")
    database = Path(env["FOLLOWUP_DB"])
    broken = [] if what == "gone" else [DAMAGE[what](database.read_bytes())]
    database.unlink()
    for data in broken:
        database.write_bytes(data)
    with Terminal(env=env) as app:
        app.until("b look at the backup")
        app.press("b")
        app.until("14 prospects")
        app.press("y")
        app.until("Number00")
        app.press("q")
        assert app.wait_for_end() == 0
    assert followup(env, "doctor")["ok"]
    assert len(followup(env, "find")["prospects"]) == 14
    assert [p.read_bytes() for p in database.parent.glob("followup.db.aside-*")] == broken
    figure("R14", 1, f"way back by two keys from a file that is {what}")


@pytest.mark.parametrize("what", ["text", "overwritten"])
def test_r14_a_file_damaged_while_the_app_is_open(tmp_path: Path, what: str, figure) -> None:
    """Damaged under the open app: the way back is shown by itself, and two keys later work goes on (R14)."""
    env = environment(tmp_path)
    followup(env, "import", str(contacts(tmp_path)), "--cadence", "Cold six")
    followup(env, "backup")
    database = Path(env["FOLLOWUP_DB"])
    with Terminal(env=env) as app:
        app.until("Number00")
        app.press("l")
        app.until("Log ·")
        app.press("\thalf a note")
        app.until("half a note")
        broken = DAMAGE[what](database.read_bytes())
        database.write_bytes(broken)
        app.press("\r1")
        app.until("b look at the backup")
        app.press("b")
        app.until("14 prospects")
        app.press("y")
        app.until("Restored")
        # the look of every second may have found the damage before the outcome was typed: then the log is still open
        app.press("\r" if "half a note" in app.text() else "l")
        app.until("half a note")
        app.press("1")
        app.until("1/14")
        app.press("q")
        assert app.wait_for_end() == 0
    assert followup(env, "doctor")["ok"]
    assert len(followup(env, "find")["prospects"]) == 14
    assert [p.read_bytes() for p in database.parent.glob("followup.db.aside-*")] == [broken]
    figure("R14", 1, f"way back by two keys from a file that is {what} while the app is open")
