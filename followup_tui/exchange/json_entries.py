"""An entry in the JSON of another program as rows of names and texts: one person, or the people of a company in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from followup_tui.exchange.headers import meaning, squash
from followup_tui.exchange.json_names import as_columns
from followup_tui.exchange.values import text_of

_DEPTH = 4
NAMING = {"name", "first_name", "last_name"}
REACHING = {"company", "email", "phone", "mobile", "address", "street"}
_OWN = {"first_name", "last_name", "email", "phone", "mobile"}
"""What a person has at the top of an entry; a company says that it is one when it has any of these."""
_PEOPLE = {"contacts", "people", "persons", "employees", "members", "contactpersons", "ansprechpartner", "kontakte"}
"""Names under which companies and leads keep whom to talk to (Close, and many others)."""
_FIRMS = {"name", "displayname", "company", "companyname", "leadname", "organization", "organizationname"}
_MONTH_AND_DAY = {"month", "day"}
_NAMES_OF_TAGS = ("name", "label", "title", "value")
_APPLE = ("_$!<", ">!$_")


def rows_in(entry: dict[str, Any]) -> list[dict[str, str]]:
    """Return the people of an entry: those a company or lead holds, each with what is said of it; else the entry."""
    key = next((key for key in entry if squash(key) in _PEOPLE and _are_people(entry[key])), None)
    if key is None:
        return [flat(entry)]
    firm = flat({name: value for name, value in entry.items() if name != key})
    found = fields_of(list(firm))
    if found & _OWN and (found & NAMING or "company" not in found):
        return [flat(entry)]
    return [_beside(flat(person), firm) for person in entry[key]]


def _are_people(value: Any) -> bool:
    """Return whether this is a list of objects that name or reach somebody each."""
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(one, dict) and fields_of(as_columns(list(flat(one)))) & (NAMING | _OWN) for one in value)
    )


def _beside(person: dict[str, str], firm: dict[str, str]) -> dict[str, str]:
    """Return a person with the firm's name as the company, and its other words under names of their own."""
    names = list(dict.fromkeys(text for name, text in firm.items() if squash(name) in _FIRMS and text))
    found = dict(person)
    for name in names[:1]:
        found.setdefault("company", name)
    for name, text in firm.items():
        if text not in names or squash(name) not in _FIRMS:
            found[name if name not in person else f"company {name}"] = text
    return found


def flat(entry: dict[str, Any], before: str = "", depth: int = _DEPTH) -> dict[str, str]:
    """Return an entry as names and texts: what lies in another object gets both names, as `address city`."""
    found: dict[str, str] = {}
    for key, value in entry.items():
        name = f"{before} {key}".strip()
        if isinstance(value, dict):
            value = _plainer(value)
        if isinstance(value, list):
            if depth and value and all(isinstance(item, dict) for item in value):
                if tags := _tags(name, value):
                    found[name] = tags
                value = {str(number): item for number, item in enumerate(value, 1)}
            elif any(isinstance(item, (dict, list)) for item in value):
                value = json.dumps(value, ensure_ascii=False)
            else:
                value = " ::: ".join(filter(None, map(text_of, value)))
        if isinstance(value, dict):
            if depth:
                found |= flat(value, name, depth - 1)
                continue
            value = json.dumps(value, ensure_ascii=False)
        text = text_of(value)
        found[name] = text[len(_APPLE[0]) : -len(_APPLE[1])] if text.startswith(_APPLE[0]) else text
    return found


def _plainer(value: dict[str, Any]) -> Any:
    """Return a day written as year, month and day as one text, a list in a wrapper as the list."""
    if value.keys() >= _MONTH_AND_DAY and value.keys() <= _MONTH_AND_DAY | {"year"}:
        year, month, day = (value.get(part) or 0 for part in ("year", "month", "day"))
        if all(type(part) is int for part in (year, month, day)) and month and day:
            return f"{year:04}-{month:02}-{day:02}" if year else f"--{month:02}-{day:02}"
    if value.get("type") == "list" and isinstance(value.get("data"), list):
        return value["data"]  # Intercom
    return value


def _tags(name: str, items: Sequence[dict[str, Any]]) -> str:
    """Return the names of tags that are objects; what else these hold stays under names of its own."""
    what = meaning(squash(name))
    if what is None or what.field != "tags":
        return ""
    texts = (next((item[key] for key in _NAMES_OF_TAGS if isinstance(item.get(key), str)), "") for item in items)
    return " ::: ".join(filter(None, texts))


def fields_of(names: Sequence[str]) -> set[str]:
    """Return the fields that names stand for."""
    return {what.field for name in names if (what := meaning(squash(name))) is not None}


def is_person(entry: object) -> bool:
    """Return whether this is an object with a name, and a way to reach or know who it is."""
    found = fields_of(as_columns(list(flat(entry)))) if isinstance(entry, dict) else set()
    return bool(found & NAMING and found & REACHING)


def deeper(value: Any, depth: int = 3) -> list[dict[str, Any]]:
    """Return the first list of people anywhere in an object, or the people it keeps under a key each."""
    if not isinstance(value, dict):
        return []
    values = list(value.values())
    if values and all(map(is_person, values)):
        return [one if "key" in one else {**one, "key": key} for key, one in value.items()]
    for one in values:
        if isinstance(one, list) and one and any(map(is_person, one)):
            return one
    inner: Iterator[list[dict[str, Any]]] = (deeper(one, depth - 1) for one in values) if depth else iter(())
    return next(filter(None, inner), [])
