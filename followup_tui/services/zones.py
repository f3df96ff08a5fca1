"""The prospect's clock: what suggests it, and the user's word for it (domain §2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from functools import cache

from followup_tui.domain.windows import open_windows
from followup_tui.domain.workdays import local_day, zone_of
from followup_tui.errors import UsageError
from followup_tui.exchange.address_zones import zone_of_address
from followup_tui.services.changes import Changes
from followup_tui.services.context import Context, changes_of
from followup_tui.services.details import checked_zone, suggested_zone
from followup_tui.services.recording import stored
from followup_tui.services.views.planning import ZoneView


class ZoneService:
    """Looking at a prospect's zone, and confirming or changing it."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def look(self, prospect_id: str) -> ZoneView:
        """Return a prospect's zone with what suggests it; NothingFound when they are gone."""
        context = self._context
        with context.database.reading() as connection:
            person = stored(connection, prospect_id)
            working = context.rules(connection).calendar.is_working
        zone = person.zone or context.config.zone
        suggested, why = suggestion((one.kind, one.value, one.key) for one in person.details if not one.bad)
        now = context.now()
        windows = context.config.windows
        spans = open_windows(_day(now, zone), zone, windows.hard_start, windows.hard_end, working)
        minute = int(now.timestamp() // 60)
        return ZoneView(
            id=person.id,
            name=person.name,
            zone=zone,
            confirmed=person.zone_confirmed,
            suggested=suggested,
            why=why,
            local_time=f"{now.astimezone(zone_of(zone)):%H:%M}",
            open=any(opens <= minute < closes for opens, closes in spans),
        )

    def confirm(self, prospect_id: str, zone: str) -> tuple[ZoneView, Changes]:
        """Store a zone as the user's word; UsageError when this machine does not know it. One undo step."""
        if not zone.strip():
            raise UsageError("a zone is missing", "use an IANA name as Europe/Berlin")
        found = named_zone(zone)
        with self._context.working("Confirm the zone") as work:
            person = stored(work.connection, prospect_id)
            work.name = f"Zone {found} · {person.name}"
            work.update("prospect", prospect_id, {"zone": found, "zone_confirmed": 1})
        return self.look(prospect_id), changes_of(work)

    def matching(self, text: str, most: int = 8) -> tuple[str, ...]:
        """Return zones with all the words of a text in their names, those that begin with it first."""
        words = text.replace("/", " ").replace("_", " ").casefold().split()
        if not words:
            return ()
        found = [name for name in _zones() if all(word in name.casefold().replace("_", " ") for word in words)]
        wanted = " ".join(words)
        found.sort(key=lambda name: (not _last(name).startswith(wanted), len(name), name))
        return tuple(found[:most])


def suggestion(details: Iterable[tuple[str, str, str]]) -> tuple[str, str]:
    """Return the zone that phone numbers, else addresses suggest, and which of them does; empty when none.

    `details` are kind, value and key of the good ones.
    """
    there = list(details)
    for kind, value, key in there:
        if kind in ("phone", "mobile") and (zone := suggested_zone(key)):
            return zone, f"the {kind} {value}"
    for kind, value, _ in there:
        if kind == "address" and (zone := zone_of_address(value)):
            return zone, f"the address {' '.join(value.split())}"
    return "", ""


def named_zone(text: str) -> str:
    """Return the zone of a name, whatever its case, or of a city that only one zone is named after."""
    wanted = text.strip().replace(" ", "_")
    exact = [name for name in _zones() if name.casefold() == wanted.casefold()]
    city = [name for name in _zones() if name.rpartition("/")[2].casefold() == wanted.casefold()]
    if exact or len(city) == 1:
        return (exact or city)[0]
    return checked_zone(text)


@cache
def _zones() -> tuple[str, ...]:
    """Return every zone people live in by name."""
    from zoneinfo import available_timezones

    odd = ("Etc/", "SystemV/", "posix/", "right/", "US/")
    names = (name for name in available_timezones() if ("/" in name or name == "UTC") and not name.startswith(odd))
    return tuple(sorted(names))


def _last(name: str) -> str:
    return name.rpartition("/")[2].replace("_", " ").casefold()


def _day(now: datetime, zone: str) -> date:
    return local_day(now, zone, time())
