"""Kill -9 of the real app in a terminal: what its screen counted is in the database (R1)."""

from __future__ import annotations

import os
import random
import shutil
import signal
from pathlib import Path

from tests.factories import failed, open_at, touches
from tests.figures import size
from tests.journeys.test_a_morning import contacts, environment, followup, logged
from tests.terminal import Terminal


def test_r01_kill_9_of_the_app_loses_no_touch_on_its_screen(tmp_path: Path, figure):
    """Killed while logging by keyboard: every touch the screen had counted is there, at most one more (R1)."""
    rng = random.Random(1)
    env = environment(tmp_path)
    path = Path(env["FOLLOWUP_DB"])
    trials = size(3, 20)
    counted = 0
    for _ in range(trials):
        if len(list(touches(path)) if path.exists() else []) in (0, *range(11, 15)):
            path.unlink(missing_ok=True)
            shutil.rmtree(f"{path}-backups", ignore_errors=True)
            followup(env, "import", str(contacts(tmp_path)), "--cadence", "Cold six")
        known = len(touches(path))
        with Terminal(env=env) as app:
            app.until(f"{known}/")
            goes = rng.randrange(1, 4)
            for number in range(known + 1, known + goes + 1):
                logged(app, number)
            app.press("l2")
            app.read(rng.random() * 0.3)
            os.kill(app.process.pid, signal.SIGKILL)
            assert app.wait_for_end() == -signal.SIGKILL
        stored = len(touches(path))
        assert known + goes <= stored <= known + goes + 1
        counted += goes
        services = open_at(path)
        assert failed(services) == []
        services.close()
    figure("R1", trials, f"kill -9 of the app in a terminal, {counted} touches on its screen")
