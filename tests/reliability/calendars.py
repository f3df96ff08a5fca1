"""A calendar as another program keeps it: read by vobject, and a store that updates by UID and SEQUENCE."""

from __future__ import annotations

import warnings
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from icalendar import Calendar


def read_by_vobject(file: Path) -> dict[str, Any]:
    """Return the events by UID as the other parser sees them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import vobject

        calendar = vobject.readOne(file.read_text(encoding="utf-8"))
        return {event.uid.value: event for event in getattr(calendar, "vevent_list", [])}


def instant_of(moment: date | datetime) -> datetime:
    """Return an aware moment in UTC; a date is its midnight."""
    if isinstance(moment, datetime):
        assert moment.tzinfo is not None
        return moment.astimezone(UTC)
    return datetime.combine(moment, time(), UTC)


class Store:
    """Imports calendars the way RFC 5546 says: the higher SEQUENCE wins, then the later DTSTAMP."""

    def __init__(self) -> None:
        self.events: dict[str, Any] = {}

    def imports(self, file: Path) -> None:
        for event in Calendar.from_ical(file.read_bytes()).walk("VEVENT"):
            known = self.events.get(str(event["UID"]))
            if known is None or _rank(event) >= _rank(known):
                self.events[str(event["UID"])] = event

    @property
    def live(self) -> dict[str, Any]:
        return {uid: event for uid, event in self.events.items() if event["STATUS"] != "CANCELLED"}


def _rank(event: Any) -> tuple[int, datetime]:
    return int(event["SEQUENCE"]), event["DTSTAMP"].dt
