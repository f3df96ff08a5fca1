"""Slots as people see them: clock, step, momentum, local time, and the reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from followup_tui.config import Config
from followup_tui.domain.cadence import Rules
from followup_tui.domain.day_parts import Block, Slot
from followup_tui.domain.lead_time import lead_days
from followup_tui.domain.momentum import momentum
from followup_tui.domain.phases import phase
from followup_tui.domain.workdays import day_name, zone_of
from followup_tui.services.day_items import Due
from followup_tui.services.views import SlotView, WhoView
from followup_tui.storage.queue import DoneRow


def slot_view(
    due: Due, slot: Slot, block: Block | None, rules: Rules, config: Config, phases: Mapping[str, str]
) -> SlotView:
    """Return one slot with why it stands there; `phases` are those the user set."""
    row = due.row
    start = datetime.fromtimestamp(slot.start * 60, zone_of(config.zone))
    cadence = rules.cadences.get(row.cadence_id) if row.cadence_id is not None else None
    return SlotView(
        start=start,
        prospect=WhoView(row.id, row.name, row.company, due.zone),
        channel=row.channel or "",
        step=row.step,
        steps_total=row.steps_total,
        due=date.fromisoformat(row.date),
        overdue_days=due.overdue,
        momentum=momentum(due.overdue),
        phase=phases.get(row.id) or phase(row.attempts),
        local_time=f"{start.astimezone(zone_of(due.zone)):%H:%M}",
        companion=row.companion,
        reasons=_reasons(due, slot, block),
        kind=row.kind,
        minutes=slot.item.minutes,
        fixed=slot.item.fixed_at is not None,
        star=bool(row.star),
        zone_confirmed=bool(row.zone_confirmed) or not row.zone,
        cadence=cadence.name if cadence else None,
        window_open=any(opens <= slot.start < close for opens, close in slot.item.need.allowed),
        time=row.time,
    )


def _reasons(due: Due, slot: Slot, block: Block | None) -> tuple[str, ...]:
    """Say why, from what the plan itself used (`i`)."""
    row = due.row
    if row.kind == "answer":
        return (f"they wrote on {day_name(date.fromisoformat(row.date))}: answers stand first, oldest first",)
    if slot.item.urgent:
        return ("they came to us: the first touch stands first, whatever the block (speed to first contact, S1)",)
    if slot.item.fixed_at is not None:
        if row.kind in ("step", "own"):
            return (f"you gave it a time, {row.time}: the others flow around it",)
        told = "promised" if row.kind == "promise" else "a meeting is set"
        return (f"{told} for {row.time}: fixed, nothing moves it",)
    reasons = [due.card, *due.rank.reasons] if due.card else list(due.rank.reasons)
    if row.kind == "promise" and lead_days(row.channel):
        days = lead_days(row.channel)
        reasons.insert(0, f"promised for {day_name(date.fromisoformat(row.date))}: {row.channel} takes {days} days")
    if slot.beside:
        reasons.append(f"in the same town as the visit before it: {slot.item.need.town.title()}")
    if slot.closing:
        reasons.append("their window closes within this block")
    if block is not None:
        reasons.append(f"{block.name} is the earliest block that takes {row.channel} and has room")
    return tuple(reasons)


def done_slots(rows: Sequence[DoneRow], rules: Rules, config: Config) -> tuple[SlotView, ...]:
    """Return the touches of a day as slots marked done."""
    found = []
    for row in rows:
        at = datetime.fromisoformat(row.at).astimezone(zone_of(config.zone))
        zone = row.zone or config.zone
        cadence = rules.cadences.get(row.cadence_id) if row.cadence_id is not None else None
        total = len(cadence.steps) if cadence and row.step and row.step <= len(cadence.steps) else None
        found.append(
            SlotView(
                start=at,
                prospect=WhoView(row.id, row.name, row.company, zone),
                channel=row.channel,
                step=row.step,
                steps_total=total,
                due=at.date(),
                overdue_days=0,
                momentum=1.0,
                phase="",
                local_time=f"{at.astimezone(zone_of(zone)):%H:%M}",
                companion=None,
                reasons=(f"done: {row.outcome}",),
                kind="touch",
                minutes=int(config.minutes.get(row.channel, 5)),
                star=bool(row.star),
                zone_confirmed=bool(row.zone_confirmed) or not row.zone,
                cadence=cadence.name if cadence else None,
                done=row.outcome,
            )
        )
    return tuple(found)
