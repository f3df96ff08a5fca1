"""What today's blocks could not hold, each with its true reason, made as it is looked at (domain §13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from followup_tui.domain import dayplan
from followup_tui.services.block_hours import PATIENCE, WAYS, BlockHours
from followup_tui.services.day_items import Due
from followup_tui.services.views import DecisionView, LeftOver, LeftOverView, WhoView


def left_over(
    left: Sequence[tuple[dayplan.Item, str]],
    by_item: Mapping[int, Due],
    decisions: Sequence[DecisionView],
    hours: BlockHours,
) -> LeftOver:
    """Return what is left over, and then what waits for a decision; whose hours meet no block is asked here."""
    late = [by_item[id(item)] for item, why in left if why == dayplan.OUTSIDE]
    waits = {(due.row.channel or "", due.zone) for due in late if due.overdue >= PATIENCE}
    never = frozenset(one for one in waits if not hours.meet(*one))

    def view(place: int) -> LeftOverView:
        if place < len(left):
            item, why = left[place]
            return _left_view(by_item[id(item)], why, never)
        one = decisions[place - len(left)]
        return LeftOverView(one.prospect, None, "waiting for a decision", one.since, "decision")

    return LeftOver(view, len(left) + len(decisions))


def _left_view(due: Due, why: str, never: frozenset[tuple[str, str]]) -> LeftOverView:
    row = due.row
    reason = f"{why} ({due.opens})" if why == dayplan.OUTSIDE and due.opens else why
    if why == dayplan.OUTSIDE and due.overdue >= PATIENCE and (row.channel or "", due.zone) in never:
        reason += f"; {WAYS}"
    who = WhoView(row.id, row.name, row.company, due.zone)
    return LeftOverView(who, row.channel, reason, date.fromisoformat(row.date), row.kind)
