"""A prospect as its screen opens it."""

from __future__ import annotations

from datetime import datetime

from followup_tui.records import dataclass
from followup_tui.services.views.people import TimelineView


@dataclass(frozen=True, slots=True)
class ChannelTally:
    """What happened on one channel."""

    channel: str
    sent: int
    """Touches of ours."""
    answered: int
    """Responses, by whomever."""


@dataclass(frozen=True, slots=True)
class OpenedView:
    """A timeline as far as it is read, and in numbers what all of it comes to."""

    view: TimelineView
    """Its touches may be the newest only, and what became of promises may be left open."""
    touches: int
    """How many there are, shown or not."""
    first: datetime | None
    """When the first of them was; with the user's offset."""
    tallies: tuple[ChannelTally, ...]
    """Every channel in use, in the order we first used it."""
    goes_on: bool
    """Whether there is more to read."""
