"""The plan with one slot worked: what is certain once a log is saved, until the day is planned again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from followup_tui.services.views import BlockView, LogView, SlotView, TodayView


def with_log(view: TodayView, slot: SlotView, log: LogView, now: datetime) -> TodayView | None:
    """Return the plan with the slot among what was done; None when the log says more than that can show.

    Whatever else the log moved (a companion, a question, the times of others) is for the next plan.
    """
    touch = log.touch
    blocks = tuple(_without(block, slot) for block in view.blocks)
    promises = tuple(one for one in view.promises if one is not slot)
    was_there = len(promises) < len(view.promises) or any(
        len(after.slots) < len(before.slots) for after, before in zip(blocks, view.blocks, strict=True)
    )
    if touch is None or not was_there or view.date != now.date() or touch.at.astimezone(now.tzinfo).date() != view.date:
        return None
    made = replace(
        slot, start=touch.at.astimezone(now.tzinfo), channel=touch.channel, done=touch.outcome, kind="touch",
        companion=None, overdue_days=0, reasons=(f"done: {touch.outcome}",),
    )  # fmt: skip
    blocks = tuple(
        replace(block, done=block.done + 1) if block.start <= made.start < block.end else block for block in blocks
    )
    return replace(
        view, now=now, blocks=blocks, promises=promises, done=(*view.done, made),
        totals=replace(view.totals, done=view.totals.done + 1),
    )  # fmt: skip


def _without(block: BlockView, slot: SlotView) -> BlockView:
    left = tuple(one for one in block.slots if one is not slot)
    if len(left) == len(block.slots):
        return block
    return replace(block, slots=left, planned_minutes=max(0, block.planned_minutes - slot.minutes))
