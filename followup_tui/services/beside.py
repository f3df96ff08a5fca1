"""What today offers beside the plan: the companions of steps already made (domain §4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from followup_tui.domain.cadence import Rules
from followup_tui.domain.waiving import open_companion
from followup_tui.services import present
from followup_tui.services.context import Context
from followup_tui.services.day_items import DEFAULT_MINUTES
from followup_tui.services.views import SlotView
from followup_tui.storage import people


def beside(
    connection: Any, made: Sequence[SlotView], rules: Rules, context: Context, now: datetime
) -> tuple[SlotView, ...]:
    """Return the companions that wait under the touches made today, in their order."""
    newest = {slot.prospect.id: slot for slot in made if slot.step is not None}
    today = rules.day(now)
    found = []
    for person in people.people(connection, newest):
        companion = open_companion(present.state_of(person), today)
        if companion is None:
            continue
        main = newest[person.id]
        why = f"beside the {main.channel} of {main.start:%H:%M}, as one step (S1); it lapses at the day's end"
        found.append(
            replace(
                main,
                channel=companion.channel,
                step=companion.step,
                due=companion.on,
                companion=None,
                reasons=(why,),
                kind="companion",
                minutes=int(context.config.minutes.get(companion.channel, DEFAULT_MINUTES)),
                done=None,
            )
        )
    return tuple(sorted(found, key=lambda slot: (slot.start, slot.prospect.id)))
