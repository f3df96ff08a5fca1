"""Several at once: four writers with the app open, and what another wrote shows within two seconds (R8, R10)."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from pathlib import Path

from tests.factories import add, failed, open_at, touches
from tests.figures import size
from tests.journeys.test_a_morning import contacts, environment, followup
from tests.services.test_no_loss import LOGGING, go, started
from tests.terminal import Terminal


def test_r08_four_writers_with_the_app_open(tmp_path: Path, figure):
    """Nobody fails, every touch is there, the cadence advanced each time, and the app still answers (R8)."""
    env = environment(tmp_path)
    path = Path(env["FOLLOWUP_DB"])
    services = open_at(path)
    who = add(services).id
    services.close()
    each = size(20, 300)
    with Terminal(env=env) as app:
        app.until("Ann Lee")
        writers = [started(LOGGING, path, who, each, f"writer {n}") for n in range(4)]
        for writer in writers:
            go(writer)
        said = [int(line) for writer in writers for line in writer.communicate(timeout=900)[0].split()]
        app.press("2")
        app.until("Ann Lee")
        app.press("q")
        assert app.wait_for_end() == 0
    assert sorted(said) == touches(path)
    services = open_at(path)
    prospect = services.prospects.get(who)
    assert (len(said), prospect.touches, prospect.step) == (4 * each, 4 * each, 4 * each + 1)
    assert failed(services) == []
    services.close()
    figure("R8", 4 * each, "logs by four writers with the app open")


def test_r10_another_process_is_seen_within_two_seconds(tmp_path: Path, figure):
    """The idle app holds no lock: a write takes its usual time, and shows on the screen within two seconds (R10)."""
    env = environment(tmp_path)
    followup(env, "import", str(contacts(tmp_path)), "--cadence", "Cold six")
    trials = size(3, 20)
    slowest = shown = 0.0
    with Terminal(env=env) as app:
        app.until("Number00")
        app.until(lambda _: any(Path(f"{env['FOLLOWUP_DB']}-backups").glob("followup-????????-??????.db")))
        with contextlib.closing(sqlite3.connect(env["FOLLOWUP_DB"], isolation_level=None, timeout=0.05)) as other:
            key = other.execute("SELECT id FROM prospect WHERE name = 'Person Number00'").fetchone()[0]
            for turn in range(trials):
                began = time.monotonic()
                other.execute("UPDATE prospect SET name = ? WHERE id = ?", (f"Renamed Nr{turn}", key))
                wrote = time.monotonic()
                app.until(f"Renamed Nr{turn}")
                slowest, shown = max(slowest, wrote - began), max(shown, time.monotonic() - wrote)
    figure("R10", trials, f"writes beside the app: {slowest * 1000:.0f} ms, on its screen after {shown:.1f} s")
    assert shown < 2.5
