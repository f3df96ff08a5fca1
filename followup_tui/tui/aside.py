"""Reading in threads that nobody waits for when the app is left: long counting, or the backup of the day."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from typing import TypeVar

T = TypeVar("T")


class Aside:
    """Each piece of work has a thread of its own; what was left unfinished ends with the program.

    Only for what may be cut off anywhere: reads, and backups, whose drafts the next one clears away.
    """

    def __init__(self) -> None:
        self._at_work: set[threading.Thread] = set()

    @property
    def busy(self) -> bool:
        """Whether anything still goes on: the database is in use then, and is not closed."""
        return bool(self._at_work)

    async def run(self, work: Callable[[], T]) -> T:
        """Do it in a thread and return or raise what it does; a caller who is cancelled no longer hears of it."""
        loop, context = asyncio.get_running_loop(), copy_context()
        answer: asyncio.Future[T] = loop.create_future()

        def told(result: T | None, error: BaseException | None) -> None:
            if answer.done():
                return
            if error is not None:
                answer.set_exception(error)
            else:
                answer.set_result(result)  # type: ignore[arg-type]

        def working() -> None:
            result: T | None = None
            error: BaseException | None = None
            try:
                result = context.run(work)
            except BaseException as raised:
                error = raised
            self._at_work.discard(thread)
            with suppress(RuntimeError):  # the app has ended: nobody asks any more
                loop.call_soon_threadsafe(told, result, error)

        thread = threading.Thread(target=working, name="aside", daemon=True)
        self._at_work.add(thread)
        thread.start()
        return await answer
