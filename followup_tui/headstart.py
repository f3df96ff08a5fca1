"""The first plan made by a process of its own, beside the import of the screens, so that a start uses both cores.

The process is a fork taken before there is a thread or a connection. It only reads: a database that would have to be
made or migrated it leaves alone, and whatever goes wrong there ends it in silence; then the app plans by itself, and
says what is wrong. Linux alone: elsewhere a fork is not known to be safe.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services
    from followup_tui.services.views import TodayView

PATIENCE = 0.5
"""Seconds the app waits for the plan from when it has a use for it, ours; then it shows its frame and plans itself."""
PATIENCE_BEHIND_A_PICTURE = 3.0
"""The same where there is something to look at already."""
SHOWN = 300
"""So many of those left over come with the plan; the queue lists no more of them."""


def listed(view: TodayView) -> TodayView:
    """Return the plan with those of its left-over touches that the queue may list: thousands of others take 7 MB."""
    from dataclasses import replace

    return replace(view, left_over=tuple(view.left_over[: SHOWN + len(view.decisions)]))


class FirstPlan(NamedTuple):
    """The plan of today, and how far the database was before it was read."""

    view: TodayView
    commits: int | None
    """None where that can't be told."""
    stamp: str = ""
    """Of the database before it was read; empty where that can't be told."""


class Headstart:
    """The other end of the process; its plan is taken once."""

    def __init__(self, child: int, pipe: int) -> None:
        self._child, self._pipe = child, pipe
        self.patience = PATIENCE

    def take(self) -> FirstPlan | None:
        """Return the plan, None when there is none soon."""
        import pickle
        import select

        parts: list[bytes] = []
        with os.fdopen(self._pipe, "rb", buffering=0) as pipe:
            while select.select([pipe], [], [], self.patience)[0]:
                part = pipe.read(1 << 20)
                if not part:
                    break
                parts.append(part)
            else:
                parts.clear()
        self._end()
        try:
            found = pickle.loads(b"".join(parts)) if parts else None
        except (pickle.UnpicklingError, EOFError):  # it was killed in the middle of its answer
            return None
        return FirstPlan(*found) if found else None

    def _end(self) -> None:
        """Let the process end, by force when it still works; its end is waited for beside the first frame."""
        from signal import SIGKILL
        from threading import Thread

        try:
            os.kill(self._child, SIGKILL)
        except OSError:
            return
        Thread(target=self._ended, name="headstart", daemon=True).start()

    def _ended(self) -> None:
        """Wait for the end of the process, so that nothing of it is left."""
        with suppress(OSError):
            os.waitpid(self._child, 0)


def plan_ahead(*, db: str | None, config_path: Path | None, now: str | None, demo: bool = False) -> Headstart | None:
    """Start the process; None where there can be none, and for demo data, which have to be made first."""
    if sys.platform != "linux" or demo:
        return None

    def opened() -> Services:
        from followup_tui.bootstrap import open_services

        return open_services(db=db, config_path=config_path, now=now)

    reading, writing = os.pipe()
    try:
        child = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        return None
    if child:
        os.close(writing)
        return Headstart(child, reading)
    try:
        os.close(reading)
        answer(opened, writing)
    finally:
        os._exit(0)


def answer(open_services: Callable[[], Services], pipe: int) -> None:
    """Plan and write the plan into the pipe; nothing when the database is not ready to be read as it is."""
    import pickle
    import signal

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGTSTP):
        signal.signal(number, signal.SIG_DFL)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    services = open_services()
    if not services.is_ready():
        return
    commits, stamp = services.commits(), services.stamp()
    view = listed(services.today.plan())
    with os.fdopen(pipe, "wb") as out:
        pickle.dump((view, commits, stamp), out, pickle.HIGHEST_PROTOCOL)
