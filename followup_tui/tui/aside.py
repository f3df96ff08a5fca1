"""Reading in threads that nobody waits for when the app is left: long counting, or the backup of the day."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
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
        self._idle: list[SimpleQueue[Callable[[], None]]] = []
        """The doors of the threads that wait, the one that worked last at the end: it is used first, so that one
        connection has what is asked again and again, and not each of them."""
        self._jobs: deque[Callable[[], None]] = deque()
        """What no thread has taken yet."""
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

        self._hand_on(job, loop)
        return await answer

    def _hand_on(self, job: Callable[[], None], loop: asyncio.AbstractEventLoop) -> None:
        """Give a job to the thread that worked last of those that wait, to a new one, or to the first that is free."""
        with self._counting:
            self._at_work += 1
            if self._idle:
                self._idle.pop().put(job)
            elif self._number < MOST:
                self._number += 1
                door: SimpleQueue[Callable[[], None]] = SimpleQueue()
                door.put(job)
                threading.Thread(target=self._work, args=(door, loop), name="aside", daemon=True).start()
            else:
                self._jobs.append(job)

    def _work(self, door: SimpleQueue[Callable[[], None]], loop: asyncio.AbstractEventLoop) -> None:
        """Do one job after the other until the app has ended."""
        while True:
            try:
                job = door.get(timeout=IDLE)
            except Empty:
                if loop.is_closed():
                    return
                continue
            while True:
                job()
                del job
                self._giving_back.now_and_then()
                with self._counting:
                    self._at_work -= 1
                    if not self._jobs:
                        self._idle.append(door)
                        break
                    job = self._jobs.popleft()
