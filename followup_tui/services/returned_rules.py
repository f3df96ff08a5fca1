"""Cadences and rules of a complete export: found among ours, or added, so that its journals can be replayed here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from followup_tui.config import is_zone
from followup_tui.domain.cadence import Cadence, Repeat, Rules, Step
from followup_tui.domain.channels import BY_NAME
from followup_tui.domain.cleaning import clean_stored
from followup_tui.exchange.whole import Complete
from followup_tui.records import dataclass
from followup_tui.services.holiday_calendar import holidays_of
from followup_tui.storage import lookup, rulebook
from followup_tui.storage.codec import dumps
from followup_tui.storage.rulebook import RuleSettings
from followup_tui.storage.sound import sound
from followup_tui.storage.unit_of_work import Row, UnitOfWork


@dataclass(frozen=True, slots=True)
class Rulebook:
    """What the ids in a file mean here."""

    cadences: Mapping[int, int]
    """Id in the file → id here."""
    rules: Mapping[int, tuple[int, Rules]]
    """Id in the file → id here, and the rules."""
    by_id: Mapping[int, Rules]
    """The same by the id here."""


def take_rulebook(work: UnitOfWork, complete: Complete) -> Rulebook:
    """Find or add every cadence version and all rules of a file; ValueError when they are not what they have to be."""
    cadences = _Cadences(work)
    ids = {key: cadences.taken(entry) for key, entry in _numbered(complete.cadences)}
    versions, _ = rulebook.cadences(work.connection)
    rules: dict[int, tuple[int, Rules]] = {}
    for key, entry in _numbered(complete.rules):
        settings = _settings(entry.get("rules"), ids)
        ours = rulebook.rules_id(work.connection, settings.document())
        rules[key] = ours, settings.rules(versions, holidays_of)
    return Rulebook(ids, rules, dict(rules.values()))


def _numbered(entries: object) -> Iterator[tuple[int, dict[str, Any]]]:
    if not isinstance(entries, list):
        raise ValueError("its cadences or rules are missing")
    for entry in entries:
        if not isinstance(entry, dict) or type(entry.get("id")) is not int:
            raise ValueError("its cadences or rules have no numbers")
        yield entry["id"], entry


class _Cadences:
    """Our cadences, growing."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        versions, _ = rulebook.cadences(work.connection)
        self._by_content = {replace(one, id=0, version=0): key for key, one in sorted(versions.items(), reverse=True)}
        self._versions = {(one.name, one.version): key for key, one in versions.items()}

    def taken(self, entry: Mapping[str, Any]) -> int:
        """Return the id of a cadence version here; one that says the same is the same."""
        name, version = entry.get("name"), entry.get("version")
        if not isinstance(name, str) or not clean_stored(name) or type(version) is not int or version < 1:
            raise ValueError("a cadence has no name or version")
        given = sound(Cadence, entry.get("cadence"))
        cadence = replace(given, id=0, name=clean_stored(name), version=0)
        if problem := _problem(cadence):
            raise ValueError(f"the cadence {cadence.name[:40]} {problem}")
        if cadence not in self._by_content:
            self._by_content[cadence] = self._added(cadence, version, bool(entry.get("retired")))
        return self._by_content[cadence]

    def _added(self, cadence: Cadence, version: int, retired: bool) -> int:
        """Add a version; where ours of that number says something else, it comes behind ours and is not offered."""
        if (cadence.name, version) in self._versions:
            version = max(number for name, number in self._versions if name == cadence.name) + 1
            retired = True
        key = lookup.next_id(self._work, "cadence")
        row: Row = {"id": key, "name": cadence.name, "version": version, "retired": int(retired)}
        self._work.insert("cadence", {**row, "document": dumps(replace(cadence, id=key, version=version))})
        self._versions[cadence.name, version] = key
        return key


def _problem(cadence: Cadence) -> str:
    steps: tuple[Step, ...] = cadence.steps
    if isinstance(cadence.then, Repeat):
        if not cadence.then.rotation or (cadence.then.every_days is not None and cadence.then.every_days < 1):
            return "repeats nothing"
        steps += cadence.then.rotation
    if not cadence.steps and steps is cadence.steps:
        return "has no steps"
    for step in steps:
        if not step.channels or not 0 <= step.gap <= 3660:
            return "has a step without a channel or with an impossible gap"
        named = (*step.channels, step.companion, step.star_channel)
        if unknown := next((name for name in named if name is not None and name not in BY_NAME), None):
            return f"uses a channel that is not known here: {unknown[:40]}"
    return ""


def _settings(document: object, cadences: Mapping[int, int]) -> RuleSettings:
    settings = sound(RuleSettings, document)
    hour, _, minute = settings.day_starts.partition(":")
    if not (hour.isdecimal() and minute.isdecimal() and int(hour) < 24 and int(minute) < 60):
        raise ValueError("the start of the day is no time")
    if not is_zone(settings.zone):
        raise ValueError(f"the zone {settings.zone[:40]} is not known here")
    if not settings.working_days or not set(settings.working_days) <= set(range(7)):
        raise ValueError("the working days are none")
    ours = {name: cadences[key] for name, key in settings.cadences.items() if key in cadences}
    return replace(settings, cadences=ours)
