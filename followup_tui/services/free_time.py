"""When a call or a visit can be offered to one prospect: from the day plans of the next working days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from followup_tui.domain.cadence import Rules
from followup_tui.domain.free_time import free_starts, two_of
from followup_tui.domain.windows import Window, minute, open_windows
from followup_tui.domain.workdays import day_name, zone_of
from followup_tui.services.context import Context
from followup_tui.services.today import TodayService
from followup_tui.services.views import TodayView

_DAYS = 15
"""Working days looked ahead, ours."""
_MEET = {"phone", "in person"}


def two_slots(context: Context, rules: Rules, zone: str) -> tuple[str, ...]:
    """Return up to two free times in words, in the prospect's zone: `Tue 24 Nov at 10:00`."""
    found = two_of(_days(context, rules, zone))
    return tuple(_words(datetime.fromtimestamp(start * 60, zone_of(zone)), context.config.zone) for start in found)


def _words(at: datetime, ours: str) -> str:
    """Return a time of theirs; that it is theirs is said where our clock shows another one."""
    differs = at.utcoffset() != at.astimezone(zone_of(ours)).utcoffset()
    return f"{day_name(at.date())} at {at:%H:%M}" + (" (your time)" if differs else "")


def _days(context: Context, rules: Rules, zone: str) -> Iterator[tuple[list[int], int]]:
    """Yield the free starts of the next working days, from tomorrow on, with the midnight of each."""
    planner, config = TodayService(context), context.config
    day = context.today()
    for _ in range(_DAYS):
        day = rules.calendar.after(day)
        view = planner.plan(day)
        blocks = [(_at(b.start), _at(b.end)) for b in view.blocks if not b.channels or _MEET & set(b.channels)]
        hours = open_windows(day, zone, config.windows.start, config.windows.end, rules.calendar.is_working)
        yield (
            free_starts(blocks, _taken(view, config.meeting_minutes), hours, _offset(day, config.zone)),
            _midnight(day, config.zone),
        )


def _taken(view: TodayView, meeting: int) -> list[Window]:
    """Return what is planned on a day: the slots of all blocks, promises and meetings."""
    slots = [*(slot for block in view.blocks for slot in block.slots), *view.promises]
    return [
        (_at(slot.start), _at(slot.start) + (max(slot.minutes, meeting) if slot.kind == "meeting" else slot.minutes))
        for slot in slots
    ]


def _at(moment: datetime) -> int:
    return int(moment.timestamp() // 60)


def _midnight(day: date, zone: str) -> int:
    return minute(day, time(0), zone)


def _offset(day: date, zone: str) -> int:
    """Return the user's offset at noon, in minutes."""
    offset = datetime.combine(day, time(12), zone_of(zone)).utcoffset()
    return int(offset.total_seconds() // 60) if offset else 0
