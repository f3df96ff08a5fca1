"""Zones as iCalendar says them: each change of clocks at its local time before the change (RFC 5545, 3.6.5).

Our own, because the library's onsets stand at the time after the change. The years reach far beyond the agenda, and are
the same all year: some calendars keep the first description of a zone they are given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Timezone

YEARS = 8
"""How many years ahead the changes of clocks are written down."""


def timezones(names: Iterable[str], first: date) -> list[Timezone]:
    """Return one VTIMEZONE for every zone by name; UTC needs none."""
    return [_timezone(name, first.year) for name in sorted(set(names)) if name not in ("", "UTC")]


def _timezone(name: str, year: int) -> Timezone:
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    zone = ZoneInfo(name)
    begin = datetime(year - 1, 1, 1, tzinfo=UTC)
    groups: dict[tuple[timedelta, timedelta, str, bool], list[datetime]] = {}
    for change in (begin, *_changes(name, year)):
        before, after = (change - timedelta(seconds=1)).astimezone(zone), change.astimezone(zone)
        come_from = after.utcoffset() if change == begin else before.utcoffset()
        assert come_from is not None
        key = (come_from, after.utcoffset() or timedelta(), after.tzname() or name, bool(after.dst()))
        groups.setdefault(key, []).append((change + come_from).replace(tzinfo=None))
    found = Timezone()
    found.add("tzid", name)
    for (come_from, go_to, short, summer), onsets in groups.items():
        part = TimezoneDaylight() if summer else TimezoneStandard()
        part.add("dtstart", onsets[0])
        for onset in onsets[1:]:
            part.add("rdate", [onset])  # a line each: one parser in use takes no folded list
        part.add("tzoffsetfrom", come_from)
        part.add("tzoffsetto", go_to)
        part.add("tzname", short)
        found.add_component(part)
    return found


@cache
def _changes(name: str, year: int) -> tuple[datetime, ...]:
    """Return the instants at which the clocks of a zone change, from the year before on."""
    return tuple(_found(ZoneInfo(name), datetime(year - 1, 1, 1, tzinfo=UTC), datetime(year + YEARS, 1, 1, tzinfo=UTC)))


def _found(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    while begin < end:
        after = begin + timedelta(days=1)
        was, now = begin.astimezone(zone).utcoffset(), after.astimezone(zone).utcoffset()
        if was != now:
            low, high = 0, 24 * 60
            while high - low > 1:
                middle = (low + high) // 2
                if (begin + timedelta(minutes=middle)).astimezone(zone).utcoffset() == was:
                    low = middle
                else:
                    high = middle
            yield begin + timedelta(minutes=high)
        begin = after
