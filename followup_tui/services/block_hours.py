"""Whether the hours of a prospect ever meet a block: who can never be planned is told so (domain §13)."""

from __future__ import annotations

from functools import cache
from typing import Any

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
        self.meet = cache(self._meet)

    def _meet(self, channel: str, zone: str) -> bool:
        """Whether a block of the coming week takes the channel while somebody in the zone may be contacted."""
        context = self._context
        config = context.config
        needed = int(config.minutes.get(channel, DEFAULT_MINUTES))
        for days in range(WEEK):
            day = plus_days(context.today(), days)
            allowed = DayItems(context, self._rules, context.now(), day).hours(channel, zone or config.zone)[1]
            for block in blocks_on(self._connection, config, day):
                begin, end = minute(day, block.start, config.zone), minute(day, block.end, config.zone)
                if (not block.channels or channel in block.channels) and meets(allowed, begin, end, needed):
                    return True
        return False
