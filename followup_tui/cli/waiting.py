"""How far long work is: one line on stderr while somebody watches, and gone when the work is done."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import TracebackType

_PATIENCE = 0.5
"""Seconds of work that pass without a word."""
_EVERY = 0.2
_ERASE = "\r\x1b[K"


class Waiting:
    """Tells what is worked on, how much of it is done, at what rate and how long it still takes.

    Ctrl-C ends the work wherever it is; every piece of work here is one transaction or one draft of a file.
    """

    def __init__(self) -> None:
        self._watched = sys.stderr is not None and sys.stderr.isatty()
        self._began = self._shown = time.monotonic()
        self._what, self._since, self._from = "", self._began, 0
        self._drawn = False

    def __enter__(self) -> Waiting:
        """Begin to wait."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the line away: what is said next stands where it was."""
        if self._drawn:
            sys.stderr.write(_ERASE)
            sys.stderr.flush()

    def tell(self, what: str, done: int, total: int = 0) -> bool:
        """Show how far it is, a few times a second; `total` 0: nobody knows. True, for nothing here cancels."""
        if not self._watched:
            return True
        now = time.monotonic()
        if what != self._what:
            self._what, self._since, self._from = what, now, done
        elif now - self._shown < _EVERY:
            return True
        if now - self._began < _PATIENCE:
            return True
        self._shown, self._drawn = now, True
        seconds = now - self._since
        sys.stderr.write(_ERASE + progress_words(what, done, total, (done - self._from) / seconds if seconds else 0))
        sys.stderr.flush()
        return True

    def counting(self, what: str, total: int = 0) -> Callable[[int], bool]:
        """Return what takes the number done alone."""
        return lambda done: self.tell(what, done, total)

    def of(self, what: str) -> Callable[[int, int], bool]:
        """Return what takes the number done and the whole."""
        return lambda done, total: self.tell(what, done, total)


def progress_words(what: str, done: int, total: int, rate: float) -> str:
    """Return count, rate and time left: `1,200 of 4,000 people · 900 a second · 3 s left · ctrl-c stops`."""
    parts = [f"{done:,} of {total:,} {what}" if total else f"{done:,} {what}"]
    if rate >= 1:
        parts.append(f"{rate:,.0f} a second")
        if total:
            parts.append(f"{span(max(0, total - done) / rate)} left")
    return " · ".join((*parts, "ctrl-c stops"))


def span(seconds: float) -> str:
    """Return how long something takes: `40 s`, `3 min`."""
    return f"{seconds:,.0f} s" if seconds < 100 else f"{seconds / 60:,.0f} min"
