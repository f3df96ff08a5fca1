"""A journal told from its beginning: one strand for each prospect that was merged into another (domain §1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from followup_tui.domain.cadence import Rules
from followup_tui.domain.events import Event, Merged
from followup_tui.domain.lifecycle import BLANK, Advance, advance
from followup_tui.domain.model import State
from followup_tui.errors import UsageError
from followup_tui.records import replace

OWN = ""
"""The strand of what was written to the prospect itself."""
Told = tuple[str, Event, datetime, Rules]
"""An entry: its strand, what happened, when it was written (aware), and the rules in force then."""


class Retelling:
    """Folds entries in the order they were written; a merge lays its strand into the one it is written to."""

    def __init__(self) -> None:
        self._states: dict[str, State] = {}

    @property
    def state(self) -> State:
        """Where the prospect stands by what was told so far."""
        return self._states.get(OWN, BLANK)

    @property
    def loose(self) -> set[str]:
        """The strands that no merge laid into another yet."""
        return self._states.keys() - {OWN}

    def of(self, strand: str) -> State:
        """Return where a strand stands."""
        return self._states.get(strand, BLANK)

    def tell(self, strand: str, event: Event, now: datetime, rules: Rules) -> Advance:
        """Tell one more entry; UsageError when it is impossible, or merges a strand that is not there."""
        if isinstance(event, Merged):
            if event.strand == strand or event.strand not in self._states:
                raise UsageError(f"there is no strand {event.strand[:40]} to merge")
            event = replace(event, taken=self._states[event.strand])
        done = advance(self.of(strand), event, now, rules)
        self._states[strand] = done.state
        if isinstance(event, Merged):
            del self._states[event.strand]
        return done


def retold(entries: Iterable[Told]) -> State:
    """Return the state recomputed from a journal with all its strands."""
    telling = Retelling()
    for strand, event, now, rules in entries:
        telling.tell(strand, event, now, rules)
    return telling.state
