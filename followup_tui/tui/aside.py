"""Reading in threads that nobody waits for when the app is left: long counting, or the backup of the day."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from queue import Empty, SimpleQueue
from typing import TypeVar

from followup_tui.tui.giving_back import GivingBack

T = TypeVar("T")
MOST = 6
"""Threads at most: each keeps its own connection to the database."""
IDLE = 5.0
"""Seconds after which a thread without work looks whether the app has ended."""


class Aside:
    """A few threads that are used again; what was left unfinished ends with the program.

    Only for what may be cut off anywhere: reads, and backups, whose drafts the next one clears away.
    """

    def __init__(self) -> None:
        self._jobs: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._idle = threading.Semaphore(0)
        self._number = 0
        self._at_work = 0
        self._counting = threading.Lock()
        self._giving_back = GivingBack()
        self._lines: dict[str, asyncio.Future[None]] = {}
        """The ends of what was begun last, by line."""

    @property
    def busy(self) -> bool:
        """Whether anything still goes on: the database is in use then, and is not closed."""
        return self._at_work > 0

    async def vacant(self, line: str) -> None:
        """Come back when nothing of this line goes on: who was cancelled has left it behind unheard."""
        while line in self._lines:
            await asyncio.wait([self._lines[line]])

    async def run(self, work: Callable[[], T], line: str = "") -> T:
        """Do it in a thread and return or raise what it does; a caller who is cancelled no longer hears of it."""
        loop, context = asyncio.get_running_loop(), copy_context()
        answer: asyncio.Future[T] = loop.create_future()
        end = self._lines[line] = loop.create_future()

        def told(tell: Callable[[], None]) -> None:
            if self._lines.get(line) is end:
                del self._lines[line]
            end.set_result(None)
            if not answer.done():
                tell()

        def job() -> None:
            def tell() -> None:
                """Nobody asks any more."""

            if not answer.cancelled():
                try:
                    result = context.run(work)
                except BaseException as raised:
                    error = raised
                    tell = lambda: answer.set_exception(error)  # noqa: E731
                else:
                    tell = lambda: answer.set_result(result)  # noqa: E731
            with suppress(RuntimeError):  # the app has ended: nobody asks any more
                loop.call_soon_threadsafe(told, tell)

        with self._counting:
            self._at_work += 1
        self._jobs.put(job)
        if not self._idle.acquire(blocking=False) and self._number < MOST:
            self._number += 1
            threading.Thread(target=self._work, args=(loop,), name="aside", daemon=True).start()
        return await answer

    def _work(self, loop: asyncio.AbstractEventLoop) -> None:
        """Do one job after the other until the app has ended."""
        while True:
            try:
                job = self._jobs.get(timeout=IDLE)
            except Empty:
                if loop.is_closed():
                    return
                continue
            job()
            del job
            self._giving_back.now_and_then()
            with self._counting:
                self._at_work -= 1
            self._idle.release()
