"""Blocks and touches as iCalendar (RFC 5545): stable UIDs, zones, alarms; a second file updates what the first said.

What was written before is remembered in the file itself: each event carries a digest of what it says. An event that
says the same keeps SEQUENCE and DTSTAMP, so that nothing changed is the same file; one that changed counts on; one that
is gone is cancelled, and stays in the file until its time is past.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from followup_tui.domain.cleaning import clean
from followup_tui.errors import FollowupError
from followup_tui.records import dataclass

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT = "-//Followup//Agenda//EN"
DIGEST = "X-FOLLOWUP-DIGEST"
MOST_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a calendar."""

    uid: str
    begin: datetime | date
    """Aware, in the zone it is shown in; a date for the whole day."""
    end: datetime | date
    summary: str
    lines: tuple[str, ...] = ()
    """The description, line by line."""
    place: str = ""
    busy: bool = False
    alarm: int | None = None
    """Minutes before it starts."""
    kind: str = "touch"
    """`block`, `touch`, `promise`, `left over`."""

    def digest(self) -> str:
        """Return a short text that differs when anything a calendar shows differs."""
        said = (self.begin.isoformat(), str(getattr(self.begin, "tzinfo", "")), self.end.isoformat(), self.summary)
        rest = (*self.lines, self.place, str(self.busy), str(self.alarm), self.kind)
        return hashlib.sha256("\x1f".join((*said, *rest)).encode("utf-8", "replace")).hexdigest()[:16]


def written(
    entries: Iterable[Entry], before: list[Event], now: datetime, first: date, last: date
) -> tuple[str, Counter[str]]:
    """Return the calendar as text, and how many events are `added`, `changed`, `cancelled`, `unchanged`.

    `before` are the events of the file so far; those that end before `first` are dropped, those that begin after `last`
    stay as they are.
    """
    known = {str(event.get("UID")): event for event in before}
    counts: Counter[str] = Counter()
    events = []
    for entry in entries:
        was = known.pop(entry.uid, None)
        if was is not None and str(was.get(DIGEST)) == entry.digest():
            counts["unchanged"] += 1
            events.append(was)
        else:
            counts["changed" if was is not None else "added"] += 1
            events.append(_event(entry, now, 0 if was is None else _sequence(was) + 1))
    for was in known.values():
        begin, end = _span(was, now)
        if end < first:
            continue
        if begin > last or str(was.get("STATUS")) == "CANCELLED" or _is_over(was, now):
            events.append(was)
        else:
            counts["cancelled"] += 1
            events.append(_cancelled(was, now))
    return _calendar(events, first), counts


def _calendar(events: list[Event], first: date) -> str:
    from icalendar import Calendar

    from followup_tui.exchange.agenda_zones import timezones

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Followup")
    zones = {str(event["DTSTART"].params.get("TZID", "")) for event in events}
    for zone in timezones(zones, first):
        calendar.add_component(zone)
    for event in sorted(events, key=lambda event: (_as_text(event), str(event.get("UID")))):
        calendar.add_component(event)
    return str(calendar.to_ical().decode("utf-8"))


def events_of(path: Path) -> list[Event]:
    """Return the events of an agenda of ours; none when there is no file. FollowupError for a file that is not ours."""
    from icalendar import Calendar, Event

    refused = FollowupError(f"{path} is not an agenda of Followup", "name another file; it was left as it is")
    try:
        if path.stat().st_size > MOST_BYTES:
            raise refused
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise FollowupError(f"{path} can't be read: {error.strerror}", "name another file") from None
    if not data.strip():
        return []
    try:
        calendar = Calendar.from_ical(data)
        ours = str(calendar.get("PRODID")) == PRODUCT
        events = [part for part in calendar.walk("VEVENT") if isinstance(part, Event) and part.get("UID")]
        for event in events:
            _span(event, datetime.now(UTC))
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError):
        raise refused from None
    if not ours:
        raise refused
    return events


def _event(entry: Entry, now: datetime, sequence: int) -> Event:
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", sequence)
    event.add("dtstart", entry.begin)
    event.add("dtend", entry.end)
    event.add("summary", clean(entry.summary))
    if entry.lines:
        event.add("description", "\n".join(clean(line) for line in entry.lines))
    if entry.place:
        event.add("location", clean(entry.place))
    event.add("status", "CONFIRMED")
    event.add("transp", "OPAQUE" if entry.busy else "TRANSPARENT")
    event.add("class", "PRIVATE")
    event.add("categories", ["Followup", entry.kind])
    event.add(DIGEST, entry.digest())
    if entry.alarm is not None:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", clean(entry.summary))
        alarm.add("trigger", timedelta(minutes=-entry.alarm))
        event.add_component(alarm)
    return event


def _cancelled(event: Event, now: datetime) -> Event:
    """Return an event that is gone: a calendar that holds it takes it out."""
    sequence = _sequence(event) + 1
    for name in ("SEQUENCE", "STATUS", "DTSTAMP", DIGEST):
        event.pop(name, None)
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", sequence)
    event.add("status", "CANCELLED")
    event.subcomponents.clear()
    return event


def _sequence(event: Event) -> int:
    try:
        return int(event.get("SEQUENCE", 0))
    except (TypeError, ValueError):
        return 0


def _span(event: Event, now: datetime) -> tuple[date, date]:
    """Return the first and the last local date of an event."""
    begin: Any = event.get("DTSTART").dt
    end: Any = event.get("DTEND", event.get("DTSTART")).dt
    return _day(begin, now), _day(end, now)


def _day(moment: date | datetime, now: datetime) -> date:
    return moment.astimezone(now.tzinfo).date() if isinstance(moment, datetime) else moment


def _is_over(event: Event, now: datetime) -> bool:
    """Whether an event of today has ended: what was, was."""
    end: Any = event.get("DTEND", event.get("DTSTART")).dt
    return isinstance(end, datetime) and end.tzinfo is not None and end <= now


def _as_text(event: Event) -> str:
    begin: Any = event.get("DTSTART").dt
    if isinstance(begin, datetime):
        return begin.astimezone(UTC).isoformat() if begin.tzinfo else begin.isoformat()
    return datetime.combine(begin, time(), UTC).isoformat()
