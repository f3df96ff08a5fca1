"""What is left over, and the ways out."""

from __future__ import annotations

from datetime import date, time

from followup_tui.records import dataclass
from followup_tui.services.views.people import WhoView


@dataclass(frozen=True, slots=True)
class SolveView:
    """A touch that found no slot, with what each way out would do."""

    prospect: WhoView
    channel: str | None
    reason: str
    room: time | None
    """The time it would get today; None when there is none within their hours."""
    lightest: date
    channels: tuple[str, ...]
    """Other channels that reach them and that a block still has room for."""
    droppable: bool
    """Whether the step can be passed."""
