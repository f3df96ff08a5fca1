"""A calendar as another program keeps it: read by vobject, and a store that updates by UID and SEQUENCE."""

from __future__ import annotations

import re
import warnings
from datetime import UTC, date, datetime, time
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

from icalendar import Calendar


def read_by_vobject(file: Path) -> dict[str, Any]:
    """Return the events by UID as the other parser sees them, who has to believe what the file says of its zones.

    Under their own names it would ask the machine's list of zones, and it keeps the zones it has met. Of a zone whose
    winter is UTC it knows nothing, so each is read from the file by dateutil.
    """
    text = file.read_text(encoding="utf-8")
    only_here = sha256(text.encode()).hexdigest()[:16]
    text = re.sub("(TZID[:=])([A-Za-z_/]+)", rf"\1\2-{only_here}", text)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import vobject
        from dateutil.tz import tzical

        for name in {*re.findall("^TZID:(.+)$", text, re.M)}:
            vobject.icalendar.registerTzid(name, tzical(StringIO(text)).get(name))
        calendar = vobject.readOne(text)
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
