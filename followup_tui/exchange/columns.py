"""From a header row to a plan: which cell of a row goes where."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from followup_tui.errors import UsageError
from followup_tui.exchange.headers import (
    ADDRESS_FIELDS,
    CONTACT_FIELDS,
    FIELDS,
    LABEL_WORD,
    VALUE,
    Meaning,
    meaning,
    squash,
)
from followup_tui.records import dataclass

CHOICES = (*FIELDS, "label", "extra", "")
"""What a column can be: a field, the label of another column, kept beside the person, left out."""
_EITHER_NAME = {"name", "nom", "nombre", "nome", "naam"}
"""Alone the whole name; beside a first name the last name, beside a last name the first."""
_REACHABLE = {"name", "first_name", "last_name", "company", "phone", "mobile", "email"}
_NOISE = {
    "outlook": re.compile(r"email\d?(displayname|type|typ|angezeigtername)|sensitivity|priority|private|initials|gender"
                          r"|internetfreebusy|vertraulichkeit|prioritat|privat|initialen|geschlecht"),
    "followup": re.compile("id"),  # tells people of one file apart, and is no word about them
    "google": re.compile(r"photo|phonetic.*|yomi.*|.*yomi|organization1type"),
}  # fmt: skip
_VALUE = re.compile(f"^valorde|(?:{VALUE})$")


@dataclass(frozen=True, slots=True)
class ContactColumn:
    """A column of phones, fax numbers or e-mail addresses."""

    index: int
    kind: str
    label: str
    label_index: int
    """Column that names the label of each row; -1 when there is none."""


@dataclass(slots=True)
class AddressColumns:
    """The columns that make up one postal address."""

    label: str = ""
    label_index: int = -1
    parts: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    alone: int = -1
    """The column that holds the whole address when there is no other part; else -1."""


@dataclass(slots=True)
class Plan:
    """Where each cell of a row goes."""

    headers: list[str]
    """Names made unique: a second `Email` is `Email (2)`."""
    singles: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Field → columns; the first one filled counts, the others stay beside the person."""
    contacts: list[ContactColumn] = field(default_factory=list)
    addresses: list[AddressColumns] = field(default_factory=list)
    extras: list[int] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    """Header → field for the preview."""


def make_plan(
    header: Sequence[str], source: str, mapping: Mapping[str, str], placed: Mapping[str, str] | None = None
) -> Plan:
    """Decide what each column is; `mapping` (field → column name) goes before everything known.

    `placed` (unique column name → field, `extra`, or empty to leave it out) says it for columns one by one.
    """
    squashed = [squash(cell) if len(cell) < 200 else "" for cell in header]
    plan = Plan(unique(header))
    chosen = _chosen(squashed, header, mapping)
    given = [chosen.get(index) or meaning(name) for index, name in enumerate(squashed)]
    meanings = _settle(given, squashed, source, chosen)
    _place(meanings, plan.headers, placed or {})
    groups: dict[str, AddressColumns] = {}
    for index, what in enumerate(meanings):
        plan.columns[plan.headers[index]] = what.field if what else "extra"
        if what is None:
            plan.extras.append(index)
        elif what.field in CONTACT_FIELDS:
            plan.contacts.append(ContactColumn(index, what.field, what.label, _label_of(squashed, index, meanings)))
        elif what.field in ADDRESS_FIELDS:
            if what.group not in groups:
                groups[what.group] = AddressColumns(
                    what.label, _index_of(squashed, *(f"{what.group}{word}" for word in LABEL_WORD.split("|")))
                )
            groups[what.group].parts[what.field].append(index)
        elif what.field not in {"", "label"}:
            plan.singles[what.field].append(index)
    _settle_addresses(plan, groups.values())
    return plan


def _place(meanings: list[Meaning | None], headers: Sequence[str], placed: Mapping[str, str]) -> None:
    """Put columns where the user wants them; the label of one that stays in its field is kept."""
    for index, name in enumerate(headers):
        wish, what = placed.get(name), meanings[index]
        if wish is None or (what is not None and what.field == wish):
            continue
        if wish not in CHOICES:
            raise UsageError(f"there is no field {wish!r}", f"the fields are {', '.join(FIELDS)}")
        meanings[index] = None if wish == "extra" else Meaning(wish)


def _settle_addresses(plan: Plan, groups: Iterable[AddressColumns]) -> None:
    """Keep the addresses a letter can reach; the columns of a mere town or country stay beside the person."""
    for columns in groups:
        if {"address", "street", "street2", "pobox"} & columns.parts.keys():
            plan.addresses.append(columns)
            if columns.parts.keys() == {"address"} and len(columns.parts["address"]) == 1:
                columns.alone = columns.parts["address"][0]
            continue
        for index in (index for indexes in columns.parts.values() for index in indexes):
            plan.extras.append(index)
            plan.columns[plan.headers[index]] = "extra"
    plan.extras.sort()


def unique(header: Iterable[str]) -> list[str]:
    """Return the names of all columns, none twice and none empty."""
    seen: set[str] = set()
    names = []
    counts: dict[str, int] = {}
    for number, cell in enumerate(header, 1):
        base = name = " ".join(cell[:200].replace("\ufeff", "").replace("\x00", "").split()) or f"column {number}"
        while name in seen:
            counts[base] = counts.get(base, 1) + 1
            name = f"{base} ({counts[base]})"
        seen.add(name)
        names.append(name)
    return names


def reaches_people(plan: Plan) -> bool:
    """Return whether any column can name or reach somebody."""
    return any(plan.singles.get(name) for name in _REACHABLE) or any(c.kind in _REACHABLE for c in plan.contacts)


def wanted_names(mapping: Mapping[str, str]) -> set[str]:
    """Return the squashed names of the columns the user named, which then count as known."""
    return {squash(column) for column in mapping.values()} - {""}


def _chosen(squashed: list[str], header: Sequence[str], mapping: Mapping[str, str]) -> dict[int, Meaning]:
    chosen: dict[int, Meaning] = {}
    for wish, column in mapping.items():
        name = "_".join(wish.casefold().replace("-", " ").replace("_", " ").split())
        if name not in FIELDS:
            raise UsageError(f"--map: there is no field {wish!r}", f"the fields are {', '.join(FIELDS)}")
        exact = [i for i, cell in enumerate(header) if cell.strip().casefold() == column.strip().casefold()]
        found = exact or [i for i, cell in enumerate(squashed) if cell and cell == squash(column)]
        if not found:
            raise UsageError(f"--map: there is no column {column!r}", f"the columns are {listed(header)}")
        chosen[found[0]] = Meaning(name)
    return chosen


def listed(header: Sequence[str], limit: int = 12) -> str:
    """Return the columns of a file for a message, the first dozen by name."""
    names = [" ".join(cell.split())[:40] for cell in header[:2000] if cell.strip()]
    more = len(header) - limit
    return ", ".join(names[:limit]) + (f" and {more} more" if len(names) > limit else "")


def _settle(
    given: list[Meaning | None], squashed: list[str], source: str, chosen: Mapping[int, Meaning]
) -> list[Meaning | None]:
    """Resolve the names that mean different things in different company."""
    fields = {what.field for what in given if what}
    taken = {what.field for what in chosen.values()}
    noise = next((pattern for name, pattern in _NOISE.items() if source.startswith(name)), None)
    settled: list[Meaning | None] = []
    for index, (what, name) in enumerate(zip(given, squashed, strict=True)):
        if index in chosen:
            settled.append(chosen[index])
            continue
        if noise and noise.fullmatch(name):
            what = Meaning("")
        elif source == "close" and name == "displayname":
            what = Meaning("company")
        elif name in {"title", "titre", "titel"} and fields & {"title"} and _other_title(squashed, index):
            what = None
        elif name in _EITHER_NAME and what and not {"first_name", "last_name"} <= fields:
            what = (
                Meaning("last_name")
                if "first_name" in fields
                else Meaning("first_name")
                if "last_name" in fields
                else what
            )
        if what and what.field in taken - CONTACT_FIELDS:
            what = None  # the user named another column for it
        settled.append(what)
    return settled


def _other_title(squashed: list[str], index: int) -> bool:
    """Return whether another column holds the job, maybe a later one of the same name: then `Title` is Mr and Mrs."""
    again = squashed[index] in squashed[index + 1 :]
    return again or any(name in {"jobtitle", "position", "role"} for name in squashed)


def _label_of(squashed: list[str], index: int, meanings: list[Meaning | None]) -> int:
    stem = _VALUE.sub("", squashed[index])
    names = (f"{stem}{word}" for word in LABEL_WORD.split("|"))
    found = _index_of(squashed, *names, f"etiquetade{stem}", f"tipode{stem}")
    what = meanings[found] if found >= 0 else None
    return found if what and what.field == "label" else -1


def _index_of(squashed: list[str], *names: str) -> int:
    return next((squashed.index(name) for name in names if name in squashed), -1)
