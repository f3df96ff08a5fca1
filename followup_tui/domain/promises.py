"""Promises kept: a promised touch made on its day, within half an hour (ours) of its time (domain §4)."""

from __future__ import annotations

from collections.abc import Iterable

from followup_tui.domain.cadence import Rules
from followup_tui.domain.events import Logged
from followup_tui.domain.meetings import begins
from followup_tui.domain.model import PlanKind, Planned, Touch
from followup_tui.domain.planning import plan_of
from followup_tui.domain.retelling import Retelling, Told

KEPT_MINUTES = 30


def settled(entries: Iterable[Told]) -> list[bool]:
    """Return whether each promise of a journal was kept; moved, open and called off ones don't count."""
    return [kept for _, kept in told_and_kept(entries)]


def told_and_kept(entries: Iterable[Told]) -> list[tuple[Planned, bool]]:
    """Return each promise of a journal that came due by a touch, and whether that touch kept it."""
    telling = Telling()
    for entry in entries:
        telling.tell(entry)
    return telling.found


class Telling:
    """A journal told so far, with the promises that came due in it; it can go on where it ended."""

    def __init__(self) -> None:
        self.found: list[tuple[Planned, bool]] = []
        self._retelling = Retelling()

    def tell(self, entry: Told) -> None:
        """Tell one more entry."""
        strand, event, now, rules = entry
        told = plan_of(self._retelling.of(strand), PlanKind.PROMISE)
        state = self._retelling.tell(strand, event, now, rules).state
        if told is None or plan_of(state, PlanKind.PROMISE) == told or not isinstance(event, Logged):
            return
        if rules.day(event.touch.at) >= told.date:
            self.found.append((told, is_kept(told, event.touch, rules)))


def is_kept(told: Planned, touch: Touch, rules: Rules) -> bool:
    """Whether a touch keeps a promise: on its day and, when a time was told, at most half an hour from it."""
    beginning = begins(told, rules)
    if beginning is None:
        return rules.day(touch.at) == told.date
    return abs((touch.at - beginning).total_seconds()) <= KEPT_MINUTES * 60
