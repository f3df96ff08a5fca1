"""Today: whom to contact now, and why; the due touches laid into the day's blocks (domain §12, §13)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from followup_tui.config import BlockConfig
from followup_tui.domain import dayplan
from followup_tui.domain.cadence import Rules
from followup_tui.domain.lead_time import LONGEST_LEAD
from followup_tui.domain.momentum import lost_by_tomorrow
from followup_tui.domain.windows import minute
from followup_tui.domain.workdays import plus_days, zone_of
from followup_tui.services import present
from followup_tui.services.beside import beside, confirmations, upcoming
from followup_tui.services.block_hours import BlockHours
from followup_tui.services.context import Context
from followup_tui.services.day_blocks import blocks_on, has_own
from followup_tui.services.day_items import DayItems, Due
from followup_tui.services.day_slots import done_slots, slot_view
from followup_tui.services.deciding import decision_view
from followup_tui.services.left_over import left_over
from followup_tui.services.load import LoadRule
from followup_tui.services.views import (
    BlockView,
    DecisionView,
    SlotView,
    TodayView,
    TotalsView,
    UpcomingView,
)
from followup_tui.storage import people, queue, settings

_SOON = 10
"""Minutes before its time at which a promise stands before everything else (§12)."""


class TodayService:
    """Planning a day."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def plan(self, day: date | None = None) -> TodayView:
        """Return the plan of a day: today's due work from now on, another day's planned touches, a past day's log."""
        context = self._context
        now = context.now()
        today = context.today()
        wanted = day or today
        with context.database.reading() as connection:
            rules = context.rules(connection)
            rows = self._rows(connection, wanted, today, now)
            begin, end = self._span(wanted), self._span(plus_days(wanted, 1))
            made = done_slots(queue.done(connection, begin, end), rules, context.config)
            blocks = blocks_on(connection, context.config, wanted)
            filtered = self._filtered(connection, blocks)
            companions = beside(connection, made, rules, context, now) if wanted == today else ()
            confirms = confirmations(connection, rules, context, now) if wanted == today else ()
            drawn = _standing(connection, context, now) if wanted == today else 0
            dues = DayItems(context, rules, now, wanted).of(rows)
            asked = sorted((due.row.date, due.row.id) for due in dues if due.decision)
            decisions = self._decisions(connection, [who for _, who in asked], rules)
            tomorrow = queue.count_on(connection, plus_days(wanted, 1))
            prospects = people.count(connection)
            touches = [due for due in dues if not due.decision]
            layout = self._layout(touches, blocks, wanted, today, now, filtered)
            view = self._view(connection, wanted, now, rules, layout, touches, decisions, made, prospects, tomorrow)
            return replace(
                view,
                blocks=tuple(replace(one, color=block.color) for one, block in zip(view.blocks, blocks, strict=True)),
                companions=companions,
                confirms=confirms,
                standing=drawn,
                own_blocks=has_own(connection, wanted),
            )

    def held(self) -> int:
        """Return how many touches today's blocks would hold from the day's start on: what a late look can't shrink."""
        context = self._context
        today, now = context.today(), context.now()
        with context.database.reading() as connection:
            rules = context.rules(connection)
            blocks = blocks_on(connection, context.config, today)
            dues = DayItems(context, rules, now, today).of(self._rows(connection, today, today, now))
            touches = [due for due in dues if not due.decision]
            start = self._span(today)
            layout = self._layout(touches, blocks, today, today, start, self._filtered(connection, blocks))
        return len(touches) - len(layout.left_over)

    def upcoming(self, minutes: int = 5) -> tuple[UpcomingView, ...]:
        """Return the promises and meetings that begin within so many minutes: what the bell rings for (§4)."""
        context = self._context
        with context.database.reading() as connection:
            return upcoming(connection, context.rules(connection), context, context.now(), minutes)

    def why(self, prospect_id: str) -> tuple[str, ...]:
        """Return why a prospect stands where it stands today, one sentence each."""
        view = self.plan()
        for slot in (*view.promises, *(slot for block in view.blocks for slot in block.slots)):
            if slot.prospect.id == prospect_id:
                return slot.reasons
        for left in view.left_over:
            if left.prospect.id == prospect_id:
                return (left.reason,)
        return ()

    def _rows(self, connection: Any, wanted: date, today: date, now: datetime) -> list[queue.DueRow]:
        if wanted < today:
            return []
        soon = queue.promised_soon(connection, wanted, plus_days(wanted, LONGEST_LEAD))
        if wanted > today:
            return queue.planned_on(connection, wanted) + soon
        hidden = now.astimezone(UTC).isoformat(timespec="microseconds")
        return [
            row
            for row in queue.due(connection, wanted) + soon
            if row.snoozed_until is None or row.snoozed_until <= hidden
        ]

    def _span(self, day: date) -> datetime:
        """Return the instant a day of the user starts."""
        config = self._context.config
        return datetime.combine(day, config.day_starts, zone_of(config.zone))

    def _filtered(self, connection: Any, blocks: Sequence[BlockConfig]) -> dict[str, frozenset[str]]:
        """Return the ids that meet each block filter in use on this day."""
        found: dict[str, frozenset[str]] = {}
        for block in blocks:
            if block.filter and block.filter not in found:
                from followup_tui.services.filtering import matching_ids

                found[block.filter] = frozenset(matching_ids(self._context, connection, block.filter, None, 0))
        return found

    def _decisions(self, connection: Any, ids: Sequence[str], rules: Rules) -> tuple[DecisionView, ...]:
        found = []
        load = LoadRule(connection, self._context.config, rules)
        for person in people.people(connection, ids):
            view = decision_view(person, present.state_of(person), self._context, rules, load)
            if view is not None:
                found.append(view)
        return tuple(found)

    def _layout(
        self,
        dues: Sequence[Due],
        blocks: Sequence[BlockConfig],
        day: date,
        today: date,
        now: datetime,
        filtered: dict[str, frozenset[str]],
    ) -> dayplan.Layout:
        config = self._context.config
        reserved = [
            dayplan.Block(
                block.name,
                minute(day, block.start, config.zone),
                minute(day, block.end, config.zone),
                block.channels,
                filtered.get(block.filter),
            )
            for block in blocks
        ]
        begin = int(now.timestamp() // 60) if day == today else int(self._span(day).timestamp() // 60)
        return dayplan.lay_out([due.item for due in dues], reserved, begin)

    def _view(
        self,
        connection: Any,
        day: date,
        now: datetime,
        rules: Rules,
        layout: dayplan.Layout,
        dues: Sequence[Due],
        decisions: tuple[DecisionView, ...],
        made: tuple[SlotView, ...],
        prospects: int,
        tomorrow: int,
    ) -> TodayView:
        config = self._context.config
        by_item = {id(due.item): due for due in dues}  # one prospect may have several items: a promise behind a step
        laid = [slot.item.id for slots in (layout.outside, *(slots for _, slots in layout.blocks)) for slot in slots]
        phases = queue.phases(connection, laid)

        def shown(slot: dayplan.Slot, block: dayplan.Block | None) -> SlotView:
            return slot_view(by_item[id(slot.item)], slot, block, rules, config, phases)

        blocks = tuple(
            _block_view(block, [shown(slot, block) for slot in slots], made, config.zone)
            for block, slots in layout.blocks
        )
        soon = int(now.timestamp() // 60) + _SOON
        first = sorted(layout.outside, key=lambda slot: (slot.item.urgent or slot.start > soon, slot.start))
        outside = tuple(shown(slot, None) for slot in first)
        hours = BlockHours(connection, self._context, rules)
        left = left_over(layout.left_over, by_item, decisions, hours)
        late = Counter(due.overdue for due in dues)
        planned = sum(len(block.slots) for block in blocks) + len(outside)
        totals = TotalsView(
            due=len(dues),
            planned=planned,
            done=sum(1 for slot in made if slot.done),
            left_over=len(left),
            decisions=len(decisions),
            overdue=len(dues) - late[0],
            at_risk=round(sum(lost_by_tomorrow(days) * number for days, number in late.items()), 2),
            prospects=prospects,
            tomorrow=tomorrow,
        )
        reasons = tuple(Counter(why for _, why in layout.left_over).most_common())
        return TodayView(
            day, config.zone, now, blocks, outside, left, decisions, totals, done=made, left_by_reason=reasons
        )


def _standing(connection: Any, context: Context, now: datetime) -> int:
    """Return how many the standing order would draw."""
    if not settings.read(connection, settings.STANDING_ORDER):
        return 0
    from followup_tui.services.standing_order import proposed

    view = proposed(connection, context, now)
    return len(view.drawn) if view else 0


def _block_view(block: dayplan.Block, slots: list[SlotView], made: Sequence[SlotView], zone: str) -> BlockView:
    begin = datetime.fromtimestamp(block.start * 60, zone_of(zone))
    end = datetime.fromtimestamp(block.end * 60, zone_of(zone))
    return BlockView(
        name=block.name,
        start=begin,
        end=end,
        channels=block.channels,
        capacity_minutes=block.end - block.start,
        planned_minutes=sum(slot.minutes for slot in slots),
        slots=tuple(slots),
        done=sum(1 for slot in made if begin <= slot.start < end and slot.done),
    )
