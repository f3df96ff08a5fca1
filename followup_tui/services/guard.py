"""The over-contact guard over what was really made (domain §5)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from followup_tui.domain import guard
from followup_tui.domain.cadence import Rules
from followup_tui.domain.channels import find_channel
from followup_tui.domain.model import State
from followup_tui.services import present
from followup_tui.services.context import Context
from followup_tui.services.recording import stored
from followup_tui.storage import journal


class GuardService:
    """Speaks before dial, compose or planning an extra touch."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def warning(self, prospect_id: str, channel: str) -> str:
        """Return why one more touch on this channel would be too much, or a law to mind; empty when all is well."""
        context = self._context
        with context.database.reading() as connection:
            state = present.state_of(stored(connection, prospect_id))
            rules = context.rules(connection)
            return warning(connection, context, prospect_id, state, find_channel(channel).name, context.now(), rules)


def warning(
    connection: Any, context: Context, prospect_id: str, state: State, channel: str, now: datetime, rules: Rules
) -> str:
    """Return the warning for a state that was read already."""
    made = [
        guard.Made(name, datetime.fromisoformat(at), companion is not None)
        for name, at, companion in journal.outbound(
            connection, prospect_id, now - guard.WEEK, channel if channel in guard.LAWS else ""
        )
    ]
    limits = context.config.guard
    extra = ""
    if not guard.exempt(state, channel, now, rules.day(now)):
        extra = guard.too_much(made, channel, now, limits.calls_per_day, limits.touches_per_week)
    return " · ".join(part for part in (extra, guard.needs_consent(state, made, channel)) if part)
