"""Cadences as people edit them: an edit makes a version, and nothing that is wrong is saved (domain §5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from followup_tui.config_lines import line_of
from followup_tui.domain.cadence import Cadence, Repeat, Rules
from followup_tui.domain.channels import DETAIL_KINDS
from followup_tui.domain.cleaning import clean_stored
from followup_tui.domain.planning import CUSTOMER, NO_SHOW, STAY_IN_TOUCH
from followup_tui.errors import UsageError
from followup_tui.services.ahead import from_today
from followup_tui.services.cadence_files import MOST_NAME, CadenceFileError, parse, read_text, same_name
from followup_tui.services.cadence_text import write
from followup_tui.services.cadence_words import cadence_view
from followup_tui.services.changes import Changes
from followup_tui.services.context import Context, changes_of
from followup_tui.services.replacing import replacing
from followup_tui.services.views import AheadView, CadenceView
from followup_tui.storage.codec import dumps
from followup_tui.storage.unit_of_work import Row, UnitOfWork

NEEDED = (STAY_IN_TOUCH, CUSTOMER, NO_SHOW, "Cold six", "Steady", "New inbound", "Referral")
"""What the rules start by themselves; edited as you like, never retired."""
_FIRST_ID = 1000
"""Ids of one's own versions count from here by the change that made them, so that no undone one comes back."""


class CadenceEditing:
    """Adding, changing, copying, exporting and retiring cadences; each change one undo step."""

    _context: Context

    def text(self, name: str) -> str:
        """Return the newest version as TOML."""
        with self._context.database.reading() as connection:
            return write(self._context.cadence_named(connection, name))

    def add(self, path: Path) -> tuple[CadenceView, Changes]:
        """Read a file: a new cadence, or a new version of the one with its name; CadenceFileError names mistakes."""
        return self.save(None, read_text(path), path.name)

    def save(self, name: str | None, text: str, file_label: str) -> tuple[CadenceView, Changes]:
        """Save a TOML text as a new version; `name` is the cadence that is edited, None for whatever the text names.

        Nothing is written when nothing differs; CadenceFileError naming every mistake by line and field.
        """
        with self._context.working("Edit cadence") as work:
            rules = self._context.rules(work.connection)
            cadence = parse(text, file_label, rules.current)
            if name is not None:
                edited = self._context.cadence_named(work.connection, name).name
                if same_name(cadence.name, [edited]) is None:
                    raise _fault(text, file_label, "name", f"is not “{edited}”; followup cadence copy makes another")
            view = self._write(work, cadence, rules, text, file_label)
        return view, changes_of(work)

    def copy(self, name: str, new: str) -> tuple[CadenceView, Changes]:
        """Make a cadence with the steps of another under a new name."""
        fresh = clean_stored(new)
        if not 0 < len(fresh) <= MOST_NAME:
            raise UsageError("a name is missing" if not fresh else f"a name has at most {MOST_NAME} characters")
        with self._context.working("Copy cadence") as work:
            rules = self._context.rules(work.connection)
            copied = self._context.cadence_named(work.connection, name)
            if taken := same_name(fresh, rules.current):
                raise UsageError(f"there is a cadence “{taken}” already", "choose another name")
            view = self._write(work, replace(copied, name=fresh, source=""), rules, write(copied), fresh)
            work.name = f"Copy cadence {copied.name} to {view.name}"
        return view, changes_of(work)

    def retire(self, name: str) -> tuple[CadenceView, Changes]:
        """Take a cadence out of the list; who is on it goes on. UsageError for one that something leads to."""
        with self._context.working("Retire cadence") as work:
            rules = self._context.rules(work.connection)
            gone = self._context.cadence_named(work.connection, name)
            if gone.name in NEEDED:
                raise UsageError(f"{gone.name} is started by the rules", "edit it, but it can't be retired")
            running = {row[0] for row in work.execute("SELECT DISTINCT cadence_id FROM standing")}
            for other in rules.cadences.values():
                used = other.id in running or other.id == rules.current.get(other.name)
                if used and other.name != gone.name and leads_to(other) == gone.name:
                    raise UsageError(f"{other.name} leads to {gone.name}", "edit what comes after it first")
            for one in _versions(rules, gone.name):
                work.update("cadence", one.id, {"retired": 1})
            work.name = f"Retire cadence {gone.name}"
            view = cadence_view(gone, _enrolled(work, [one.id for one in _versions(rules, gone.name)]))
        return view, changes_of(work)

    def versions(self, name: str) -> tuple[CadenceView, ...]:
        """Return every version of a cadence, the newest first, with who is on each."""
        with self._context.database.reading() as connection:
            found = self._context.cadence_named(connection, name)
            rules = self._context.rules(connection)
            versions = _versions(rules, found.name)
            return tuple(cadence_view(one, _enrolled(connection, [one.id])) for one in versions)

    def export(self, name: str, path: Path, *, replace: bool = True) -> CadenceView:
        """Write the newest version to a file of mode 0600; one that is there is refused without `replace`."""
        with self._context.database.reading() as connection:
            cadence = self._context.cadence_named(connection, name)
        with replacing(path, keep=not replace) as file:
            file.write(write(cadence))
        return cadence_view(cadence, 0)

    def try_out(self, text: str, file_label: str, on: date | None = None) -> tuple[AheadView, ...]:
        """Return the dates a TOML text would give to somebody enrolled on a day (today); nothing is saved."""
        with self._context.database.reading() as connection:
            rules = self._context.rules(connection)
        cadence = parse(text, file_label, rules.current)
        _refuse_cycle(cadence, rules, text, file_label)
        tried = replace(rules, cadences={**rules.cadences, 0: cadence}, current={**rules.current, cadence.name: 0})
        return from_today(cadence, frozenset(DETAIL_KINDS), on or self._context.today(), tried)

    def _write(self, work: UnitOfWork, cadence: Cadence, rules: Rules, text: str, label: str) -> CadenceView:
        """Insert the next version, unless it says what the newest says."""
        names = {one.name for one in rules.cadences.values()}
        name = same_name(cadence.name, names) or cadence.name
        versions = _versions(rules, name)
        cadence = replace(cadence, name=name, version=versions[0].version + 1 if versions else 1)
        _refuse_cycle(cadence, rules, text, label)
        work.name = f"{'Edit' if name in rules.current else 'Add'} cadence {name}"
        enrolled = _enrolled(work, [one.id for one in versions])
        newest = rules.cadences.get(rules.current.get(name, 0))
        if newest is not None and replace(cadence, id=newest.id, version=newest.version) == newest:
            return cadence_view(newest, enrolled)
        cadence = replace(cadence, id=max(_FIRST_ID + work.change, max(rules.cadences, default=0) + 1))
        row: Row = {"id": cadence.id, "name": name, "version": cadence.version, "retired": 0}
        work.insert("cadence", row | {"document": dumps(cadence)})
        return cadence_view(cadence, enrolled)


def leads_to(cadence: Cadence) -> str | None:
    """Return the cadence that follows this one by itself; None when it asks, or repeats without end."""
    then = cadence.then
    if isinstance(then, Repeat):
        if then.times is None and not all(step.star_only for step in then.rotation):
            return None
        then = then.then
    if then == "nurture":
        return STAY_IN_TOUCH
    return then.removeprefix("cadence ") if then.startswith("cadence ") else None


def _refuse_cycle(cadence: Cadence, rules: Rules, text: str, label: str) -> None:
    """Refuse a cadence from which one leads to the next for ever: nobody would ever be asked."""
    current: Mapping[str, Cadence] = {name: rules.cadence(key) for name, key in rules.current.items()}
    current = {**current, cadence.name: cadence}
    way = [cadence.name]
    while (following := leads_to(current[way[-1]])) is not None and following in current:
        way.append(following)
        if following in way[:-1]:
            words = " → ".join(f"“{name}”" for name in way)
            raise _fault(text, label, "then", f"goes round without end ({words}); let one of them ask")


def _fault(text: str, label: str, key: str, why: str) -> CadenceFileError:
    """Return a mistake that shows only beside the other cadences."""
    table = "" if line_of(text, "", key) else "repeat"
    where = f"{table}.{key}" if table else key
    return CadenceFileError([f"{label} line {line_of(text, table, key) or 1}: {where}: {why}"])


def _versions(rules: Rules, name: str) -> list[Cadence]:
    """Return the versions of a cadence, the newest first."""
    found = [one for one in rules.cadences.values() if one.name == name]
    return sorted(found, key=lambda one: one.version, reverse=True)


def _enrolled(connection: Any, ids: list[int]) -> int:
    """Return how many people are on these versions."""
    marks = ", ".join("?" * len(ids))
    sql = f"SELECT count(*) FROM standing WHERE cadence_id IN ({marks})"
    return int(connection.execute(sql, ids).fetchone()[0])
