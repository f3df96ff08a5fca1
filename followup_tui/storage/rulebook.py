"""Cadence versions, and the user's rules as they were: what a replay of the journal needs."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any

from followup_tui.domain.cadence import Cadence, Rules
from followup_tui.domain.occasions import CardRules
from followup_tui.domain.workdays import WorkCalendar
from followup_tui.records import dataclass
from followup_tui.storage.codec import loads, plain

HolidaysOf = Callable[[str], Callable[[int], frozenset[date]]]
"""Country code → year → holidays; given by the services, which know the library."""


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """What the rules take from the configuration; stored once per different version."""

    zone: str
    day_starts: str
    working_days: tuple[int, ...]
    holidays: str
    cold: int
    engaged: int
    gentle: float
    meeting_minutes: int
    cadences: Mapping[str, int]
    """Name → id of the newest version."""
    away: tuple[str, ...] = ()
    """The user's own holidays: `2026-12-21/2026-12-31`."""
    cards: CardRules = CardRules()

    def document(self) -> str:
        """Return the stable JSON text that identifies these settings."""
        values: dict[str, Any] = {name: getattr(self, name) for name in self.__slots__}
        values["working_days"] = list(self.working_days)
        values["cadences"] = dict(self.cadences)
        values["away"] = list(self.away)
        values["cards"] = plain(self.cards)
        for name in ("away", "cards"):
            if not values[name]:
                del values[name]
        return json.dumps(values, sort_keys=True, separators=(",", ":"))

    def rules(self, cadences: Mapping[int, Cadence], holidays_of: HolidaysOf) -> Rules:
        """Return the rules the domain works with."""
        hour, minute = (int(part) for part in self.day_starts.split(":")[:2])
        away = tuple(span_of(text) for text in self.away)
        calendar = WorkCalendar(frozenset(self.working_days), holidays_of(self.holidays), away)
        return Rules(
            calendar,
            self.zone,
            time(hour, minute),
            self.cold,
            self.engaged,
            self.gentle,
            self.meeting_minutes,
            cadences,
            self.cadences,
            self.cards,
        )


def read_settings(document: str) -> RuleSettings:
    """Return stored settings."""
    values = json.loads(document)
    values["working_days"] = tuple(values["working_days"])
    values["away"] = tuple(values.get("away", ()))
    values["cards"] = loads(CardRules, json.dumps(values.get("cards", {})))
    return RuleSettings(**values)


def span_of(text: str) -> tuple[date, date]:
    """Return first and last day of `2026-12-21/2026-12-31`; ValueError when it is none."""
    first, _, last = text.partition("/")
    return date.fromisoformat(first), date.fromisoformat(last)


def cadences(connection: sqlite3.Connection) -> tuple[dict[int, Cadence], dict[str, int]]:
    """Return every cadence version by id, and the newest version's id by name (retired ones left out)."""
    versions: dict[int, Cadence] = {}
    current: dict[str, int] = {}
    for key, name, version, retired, document in connection.execute(
        "SELECT id, name, version, retired, document FROM cadence ORDER BY name, version"
    ):
        versions[key] = replace(loads(Cadence, document), id=key, name=name, version=version)
        if not retired:
            current[name] = key
    return versions, current


def rules_id(connection: sqlite3.Connection, document: str) -> int:
    """Return the id of these settings, storing them when they are new; called inside a write transaction."""
    row = connection.execute("SELECT id FROM rules WHERE document = ?", (document,)).fetchone()
    if row is None:
        return int(connection.execute("INSERT INTO rules (document) VALUES (?)", (document,)).lastrowid or 0)
    return int(row[0])


def all_rules(connection: sqlite3.Connection, holidays_of: HolidaysOf) -> dict[int, Rules]:
    """Return the rules of every journal entry by id."""
    versions, _ = cadences(connection)
    return {
        int(key): read_settings(document).rules(versions, holidays_of)
        for key, document in connection.execute("SELECT id, document FROM rules")
    }
