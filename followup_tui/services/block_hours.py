"""Whether the hours of a prospect ever meet a block: who can never be planned is told so (domain §13)."""

from __future__ import annotations

from datetime import date
from functools import cache, partial
from typing import Any
from weakref import proxy

from followup_tui.domain.cadence import Rules
from followup_tui.domain.filling import meets
from followup_tui.domain.windows import minute
from followup_tui.domain.workdays import plus_days
from followup_tui.services.context import Context
from followup_tui.services.day_blocks import blocks_on
from followup_tui.services.day_items import DEFAULT_MINUTES, DayItems

WEEK = 7
"""Days looked at."""
WAYS = "no block of the week meets them: another channel, a time of your own, or an extra block"
PATIENCE = 3
"""Days overdue after which the plan says so too."""


class BlockHours:
    """Answers for a channel and a zone, each worked out once."""

    def __init__(self, connection: Any, context: Context, rules: Rules) -> None:
        self._connection, self._context, self._rules = connection, context, rules
        this = proxy(self)  # what is worked out once does not keep who worked it out until garbage is collected
        self._met = cache(partial(BlockHours._meet, this))
        today = context.today()
        self._days = [cache(partial(BlockHours._day, this, plus_days(today, days))) for days in range(WEEK)]

    def _day(self, day: date) -> tuple[DayItems, list[tuple[tuple[str, ...], int, int]]]:
        """Return a day's hours, and the channels, beginning and end of its blocks."""
        context = self._context
        zone = context.config.zone
        blocks = [
            (block.channels, minute(day, block.start, zone), minute(day, block.end, zone))
            for block in blocks_on(self._connection, context.config, day)
        ]
        return DayItems(context, self._rules, context.now(), day), blocks

    def meet(self, channel: str, zone: str) -> bool:
        """Whether a block of the coming week takes the channel while somebody in the zone may be contacted."""
        return self._met(channel, zone)

    def _meet(self, channel: str, zone: str) -> bool:
        config = self._context.config
        needed = int(config.minutes.get(channel, DEFAULT_MINUTES))
        for day in self._days:
            items, blocks = day()
            taking = [(begin, end) for channels, begin, end in blocks if not channels or channel in channels]
            allowed = items.hours(channel, zone or config.zone)[1] if taking else ()
            if any(meets(allowed, begin, end, needed) for begin, end in taking):
                return True
        return False
