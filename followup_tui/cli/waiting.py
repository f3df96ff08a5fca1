"""How far long work is: one line on stderr while somebody watches, and gone when the work is done."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Callable
from types import TracebackType

_PATIENCE = 0.5
"""Seconds of work that pass without a word."""
_EVERY = 0.2
_ERASE = "\r\x1b[K"


class Waiting:
    """Tells what is worked on, how much of it is done, at what rate and how long it still takes.

    The line is drawn by a thread of its own: some work says nothing for a while, SQLite's checks most of all. Ctrl-C
    ends the work wherever it is; every piece of work here is one transaction or one draft of a file.
    """

    def __init__(self) -> None:
        self._now: tuple[str, int, int] = ("", 0, 0)
        self._since = (time.monotonic(), 0)
        """When what is worked on now was begun, and how much of it was done already."""
        self._over = threading.Event()
        self._line: threading.Thread | None = None

    def __enter__(self) -> Waiting:
        """Begin to wait, in words where somebody watches."""
        if sys.stderr is not None and sys.stderr.isatty():
            self._line = threading.Thread(target=self._show, daemon=True)
            self._line.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the line away: what is said next stands where it was."""
        self._over.set()
        if self._line is not None:
            self._line.join()

    def tell(self, what: str, done: int, total: int = 0) -> bool:
        """Note how far it is; `total` 0: nobody knows. True, for nothing here cancels."""
        if what != self._now[0]:
            self._since = (time.monotonic(), done)
        self._now = (what, done, total)
        return True

    def _show(self) -> None:
        """Draw the line a few times a second, once it took long enough to be worth a word."""
        drawn = False
        wait = _PATIENCE
        while not self._over.wait(wait):
            (what, done, total), (began, before) = self._now, self._since
            if what:
                _write(_ERASE + progress_words(what, done, total, done - before, time.monotonic() - began))
                drawn = True
            wait = _EVERY
        if drawn:
            _write(_ERASE)

    def counting(self, what: str, total: int = 0) -> Callable[[int], bool]:
        """Return what takes the number done alone."""
        return lambda done: self.tell(what, done, total)

    def of(self, what: str) -> Callable[[int, int], bool]:
        """Return what takes the number done and the whole."""
        return lambda done, total: self.tell(what, done, total)


def _write(text: str) -> None:
    with contextlib.suppress(OSError, ValueError):  # a terminal that went away stops no work
        sys.stderr.write(text)
        sys.stderr.flush()


def progress_words(what: str, done: int, total: int, made: int, seconds: float) -> str:
    """Return count, rate and time left: `1,200 of 4,000 people · 900 a second · 3 s left · ctrl-c stops`.

    `made` of them were done in so many seconds; too few to tell a rate, it is the time that has gone by.
    """
    parts = [f"{done:,} of {total:,} {what}" if total else f"{done:,} {what}" if done else what]
    rate = made / seconds if seconds else 0
    if rate >= 1:
        parts.append(f"{rate:,.0f} a second")
        if total:
            parts.append(f"{span(max(0, total - done) / rate)} left")
    else:
        parts.append(f"{span(seconds)} so far")
    return " · ".join((*parts, "ctrl-c stops"))


def span(seconds: float) -> str:
    """Return how long something takes: `40 s`, `3 min`."""
    return f"{seconds:,.0f} s" if seconds < 100 else f"{seconds / 60:,.0f} min"
