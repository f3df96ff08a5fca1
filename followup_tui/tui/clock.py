"""The time on screen: set by what the services said, then running on by itself, so that `--now` holds here too."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """Knows nothing until it is set with the `now` of a view."""

    def __init__(self) -> None:
        self._said: datetime | None = None
        self._heard = 0.0

    def set(self, now: datetime) -> None:
        """Take the time the services just said, aware and in the user's zone."""
        self._said, self._heard = now, time.monotonic()

    def now(self) -> datetime | None:
        """Return the time, aware; None before anything was read."""
        if self._said is None:
            return None
        passed = timedelta(seconds=time.monotonic() - self._heard)
        return (self._said.astimezone(UTC) + passed).astimezone(self._said.tzinfo)
