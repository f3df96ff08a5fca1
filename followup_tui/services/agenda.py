"""The days ahead for a calendar: blocks, the touches in them, promises and meetings (interface §1)."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from followup_tui.domain.workdays import plus_days
from followup_tui.errors import UsageError
from followup_tui.services.context import Context
from followup_tui.services.log import step_words
from followup_tui.services.replacing import refuse_odd, replacing
from followup_tui.services.today import TodayService
from followup_tui.services.views.planning import AgendaView

if TYPE_CHECKING:
    from followup_tui.exchange.agenda import Entry
    from followup_tui.services.views import BlockView, LeftOverView, SlotView, TodayView

MOST_DAYS = 92
ALARM = 5
"""Minutes before a promise, as the bell in the app (§4)."""
_LISTED = 40
"""Names in the list of what is left over."""


class AgendaService:
    """Writing the plan of the coming days as iCalendar."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def write(self, path: Path, days: int = 14, out: TextIO | None = None) -> AgendaView:
        """Write the days from today on into a file, or to `out`; what the file said before is updated.

        FollowupError when the file can't be written, is a link, or is a calendar of somebody else: it stays as it was.
        """
        from followup_tui.exchange.agenda import events_of, written

        if not 1 <= days <= MOST_DAYS:
            raise UsageError(f"--days {days} is not from 1 to {MOST_DAYS}")
        if out is None:
            refuse_odd(path)
        now, today = self._context.now(), self._context.today()
        last = plus_days(today, days - 1)
        entries = list(self._entries(today, days))
        before = events_of(path) if out is None else []
        text, counts = written(entries, before, now, today, last)
        if out is not None:
            out.write(text)
        else:
            with replacing(path) as file:
                file.write(text)
        kinds = Counter(entry.kind for entry in entries)
        return AgendaView(
            file="-" if out is not None else str(path),
            first=today,
            last=last,
            blocks=kinds["block"],
            touches=kinds["touch"],
            promises=kinds["promise"],
            left_over=kinds["left over"],
            added=counts["added"],
            changed=counts["changed"],
            cancelled=counts["cancelled"],
            unchanged=counts["unchanged"],
        )

    def _entries(self, today: date, days: int) -> Iterator[Entry]:
        """Yield what the plans of the days hold; who stands in several places gets several UIDs."""
        plan = TodayService(self._context).plan
        seen: Counter[str] = Counter()
        for offset in range(days):
            view = plan(plus_days(today, offset))
            for place, block in enumerate(view.blocks):
                yield _block(block, view.date, sum(one.name == block.name for one in view.blocks[:place]))
            for slot in (*view.promises, *(slot for block in view.blocks for slot in block.slots)):
                kind = slot.kind if slot.kind in ("promise", "meeting") else "touch"
                seen[f"{kind}-{slot.prospect.id}"] += 1
                turn = seen[f"{kind}-{slot.prospect.id}"]
                yield _slot(slot, f"{kind}-{slot.prospect.id}" + (f"-{turn}" if turn > 1 else ""))
            if view.left_over:
                yield _left_over(view)


def _block(block: BlockView, day: date, before: int) -> Entry:
    from followup_tui.exchange.agenda import Entry

    name = hashlib.sha256(block.name.encode("utf-8", "replace")).hexdigest()[:8]
    channels = ", ".join(block.channels) or "any channel"
    return Entry(
        f"block-{day:%Y%m%d}-{name}-{before + 1}@followup",
        block.start,
        block.end,
        block.name,
        (channels, f"{len(block.slots)} planned, {block.planned_minutes} of {block.capacity_minutes} minutes"),
        busy=True,
        kind="block",
    )


def _slot(slot: SlotView, uid: str) -> Entry:
    from datetime import UTC, timedelta

    from followup_tui.exchange.agenda import Entry

    who = slot.prospect
    fixed = slot.kind in ("promise", "meeting")
    what = slot.kind if fixed or slot.step is None else step_words(slot.channel, slot.step, slot.steps_total)
    firm = f" ({who.company})" if who.company else ""
    end = (slot.start.astimezone(UTC) + timedelta(minutes=slot.minutes)).astimezone(slot.start.tzinfo)
    theirs = f"{slot.local_time} in {who.zone}{'' if slot.zone_confirmed else ' (not confirmed)'}"
    lines = [f"{slot.cadence}: {what}" if slot.cadence and not fixed else what, f"their time: {theirs}"]
    if slot.companion:
        lines.append(f"with it: {slot.companion}")
    return Entry(
        f"{uid}@followup",
        slot.start,
        end,
        f"{slot.channel or slot.kind}: {who.name}{firm}",
        tuple(lines),
        busy=fixed,
        alarm=ALARM if fixed else None,
        kind="promise" if fixed else "touch",
    )


def _left_over(view: TodayView) -> Entry:
    from followup_tui.exchange.agenda import Entry

    more = len(view.left_over) - _LISTED
    lines = [_left_line(one) for one in view.left_over[:_LISTED]]
    return Entry(
        f"left-{view.date:%Y%m%d}@followup",
        view.date,
        plus_days(view.date, 1),
        f"Left over: {len(view.left_over)}",
        tuple([*lines, f"and {more} more"] if more > 0 else lines),
        kind="left over",
    )


def _left_line(one: LeftOverView) -> str:
    firm = f" ({one.prospect.company})" if one.prospect.company else ""
    return f"{one.prospect.name}{firm}: {one.channel or one.kind}, {one.reason}"
