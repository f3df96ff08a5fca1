"""A scripted session in a real terminal: import, ten touches, undo three, quit, start again, redo one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.terminal import Terminal

PEOPLE = 14


def environment(folder: Path) -> dict[str, str]:
    """Return an environment in which everything of the user's lies in `folder`."""
    config = folder / "config.toml"
    config.write_text(
        'zone = "UTC"\n[[block]]\nname = "All"\ndays = ["mon"]\nstart = "08:00"\nend = "20:00"\nchannels = []\n'
    )
    return {
        "HOME": str(folder),
        "FOLLOWUP_DB": str(folder / "data" / "followup.db"),
        "FOLLOWUP_CONFIG": str(config),
        "FOLLOWUP_NOW": "2026-11-23T09:00",
        "XDG_STATE_HOME": str(folder / "state"),
    }


def followup(env: dict[str, str], *arguments: str) -> Any:
    """Run a command and return its JSON."""
    done = subprocess.run(
        [sys.executable, "-m", "followup_tui", *arguments, "--json"],
        capture_output=True,
        text=True,
        env={**env, "PATH": "/usr/bin:/bin"},
        cwd=Path(__file__).parent.parent.parent,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def contacts(folder: Path) -> Path:
    """Write an export of invented people."""
    rows = ["First Name,Last Name,Organization Name,Phone 1 - Label,Phone 1 - Value,E-mail 1 - Label,E-mail 1 - Value"]
    rows += [f"Person,Number{n:02d},Firm {n},Work,+49 30 9018{n:02d},Work,p{n}@firm.example" for n in range(PEOPLE)]
    path = folder / "contacts.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def logged(app: Terminal, number: int) -> str:
    """Press the two keys of a log and wait until the screen counts it."""
    app.press("l2")
    return app.until(lambda text: f"{number}/" in text.splitlines()[0] and "Log ·" not in text)


def test_a_morning(tmp_path: Path) -> None:
    """Ten touches logged by keyboard, three undone, and after a restart one redone: the database holds exactly that."""
    env = environment(tmp_path)
    report = followup(env, "import", str(contacts(tmp_path)), "--cadence", "Cold six")
    assert report["files"][0]["created"] == PEOPLE
    with Terminal(env=env) as app:
        app.until("Number00")
        for number in range(1, 11):
            logged(app, number)
        for left in (9, 8, 7):
            app.press("u")
            app.until(lambda text, left=left: f"{left}/" in text.splitlines()[0])
        app.press("q")
        assert app.wait_for_end() == 0
    with Terminal(env=env) as app:
        app.until("7/")
        app.press("U")
        app.until("8/")
        app.press("q")
        assert app.wait_for_end() == 0
    people = followup(env, "find")["prospects"]
    assert sum(person["touches"] for person in people) == 8
    assert [person["step"] for person in people if person["touches"]] == [2] * 8
    undone = [change["undone"] for change in followup(env, "history")["changes"]]
    assert undone == [True, True, *[False] * 9]
    assert followup(env, "doctor")["ok"] is True


def test_first_run_says_what_to_do(tmp_path: Path) -> None:
    """A first run stands in the app and names the three ways to begin: add, import, demo."""
    env = environment(tmp_path)
    with Terminal(env=env, columns=80, rows=24) as app:
        app.until(lambda text: all(word in text.lower() for word in ("add", "import", "demo")))
        app.press("q")
        assert app.wait_for_end() == 0
