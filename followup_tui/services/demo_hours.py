"""When things happened in the demo: on days worked, at hours when people can be reached, and never after now."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random

from followup_tui.domain.cadence import Rules
from followup_tui.domain.workdays import zone_of
from followup_tui.records import dataclass

_OPENS = time(8, 34)
_MINUTES = 9 * 60
_BY_VOICE = ("phone", "in person", "text")


@dataclass(frozen=True, slots=True)
class Hours:
    """The clock of one history."""

    rules: Rules
    now: datetime
    zone: str
    """The prospect's."""
    rng: Random
    today: date
    """The user's local day."""

    def worked(self, day: date) -> date:
        """Return the day, or the next one worked; whoever looks at the demo on a Sunday works today."""
        return day if day == self.today else self.rules.calendar.roll(day)

    def reached(self, day: date, wish: time | None) -> bool:
        """Whether the clock has come to a day, and on that day to a time that was told."""
        if day != self.today or wish is None:
            return day <= self.today
        return datetime.combine(day, wish, zone_of(self.rules.zone)) < self.now

    def moment(self, day: date, channel: str, wish: time | None, after: datetime | None) -> datetime:
        """Return the instant on a day something is done: as wished, else at their hours, and after what was before."""
        here = zone_of(self.rules.zone)
        opens = datetime.combine(day, max(_OPENS, self.rules.day_starts), here)
        if wish is not None:
            at = datetime.combine(day, wish, here) + timedelta(minutes=self.rng.randint(0, 4))
        elif day == self.today:
            at = opens + timedelta(minutes=self.rng.randint(0, 12))
        else:
            at = self._reachable(opens, channel)
        at = at.astimezone(UTC)
        if after is not None:
            at = max(at, after + timedelta(minutes=self.rng.randint(4, 7)))
        return self._before_now(at, day, after) if day == self.today else at

    def _reachable(self, opens: datetime, channel: str) -> datetime:
        """Return a time of the working day, for a call one of theirs too if there is such a time."""
        for _ in range(6):
            at = opens + timedelta(minutes=self.rng.randrange(_MINUTES))
            if channel not in _BY_VOICE or 9 <= at.astimezone(zone_of(self.zone)).hour < 18:
                break
        return at

    def _before_now(self, at: datetime, day: date, after: datetime | None) -> datetime:
        """Return the instant, or when it is not reached yet, one halfway between what was before and now."""
        if at < self.now:
            return at
        begun = datetime.combine(day, self.rules.day_starts, zone_of(self.rules.zone)).astimezone(UTC)
        since = max(begun, after) if after is not None else begun
        return since + (self.now.astimezone(UTC) - since) / 2
