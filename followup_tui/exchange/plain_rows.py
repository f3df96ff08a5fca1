"""Rows in which nothing needs cleaning, parting or explaining: most rows of most files, read by a plan made once.

What is read here comes out as `rows.py` reads it, at a third of the cost; of any other row this says that it can't.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from operator import itemgetter
from typing import cast

from followup_tui.exchange.birthdays import NotADate, birthday
from followup_tui.exchange.columns import AddressColumns, ContactColumn, Plan
from followup_tui.exchange.contacts import keep, kind_and_label, separate
from followup_tui.exchange.details import (
    address_key,
    is_one_phone,
    is_usual_email,
    join_address,
    phone_key,
    usual_phone,
)
from followup_tui.exchange.drafts import NOTHING, DetailDraft, Draft

_TEXTS = ("name", "company", "title", "why", "benefit", "source", "birthday", "tags", "note", "cadence")
_NAMES = ("first_name", "middle_name", "last_name")
_SEVERAL = ":::"
"""Parts what Google writes into one cell."""
_detail = partial(cast(Callable[..., DetailDraft], tuple.__new__), DetailDraft)
_draft = partial(cast(Callable[..., Draft], tuple.__new__), Draft)
"""What `_make` does, at a third of the time."""
Groups = Callable[[str], tuple[tuple[str, ...], bool]]
"""What finds the tags in a cell, and whether one is a star."""
_Label = Callable[[list[str]], str]
_Part = Callable[[list[str]], DetailDraft | None]


class Unusual(Exception):
    """The row wants a closer look."""


class PlainRows:
    """Reads such rows of one table: text of printable ASCII without an apostrophe."""

    def __init__(self, plan: Plan, region: str, own: int, groups: Groups) -> None:
        self._width = len(plan.headers)
        self._own, self._groups = own, groups
        self._birthday = _birthdays(region)
        at = {name: plan.singles[name][0] for name in _TEXTS if plan.singles.get(name)}
        self._texts = itemgetter(*[at.get(name, -1) for name in _TEXTS])
        """Takes a row's cells and an empty one behind them."""
        self._names = [plan.singles[name][0] for name in _NAMES if plan.singles.get(name)]
        first = {*at.values(), *self._names}
        self._unusual = [place for places in plan.singles.values() for place in places if place not in first]
        """Columns that are seldom filled, or of a field that has others: what stands there may have to be rejected."""
        self._parts = [_contact(column, region) for column in plan.contacts] + [_address(one) for one in plan.addresses]
        kinds = ["email" if column.kind == "email" else "phone" for column in plan.contacts]
        self._may_repeat = len(kinds) > len(set(kinds)) or len(plan.addresses) > 1
        self._extras = [(place, plan.headers[place]) for place in plan.extras]

    def read(self, line: int, cells: list[str]) -> Draft:
        """Return the person in a row; Unusual when there is none, or more to it."""
        if (missing := self._width - len(cells)) > 0:
            cells += [""] * missing
        cells = [*map(str.strip, cells), ""]
        for place in self._unusual:
            if cells[place]:
                raise Unusual
        details = [one for part in self._parts if (one := part(cells)) is not None]
        if self._may_repeat and len(details) > 1:
            details = _each_once(details)
        named, company, title, why, benefit, source, born, words, note, cadence = self._texts(cells)
        name = named or " ".join(filter(None, [cells[place] for place in self._names])) or company
        if not name:
            raise Unusual
        tags, starred = self._groups(words) if words else ((), False)
        extras = self._extras
        extra = {header: cells[place] for place, header in extras if cells[place]} if extras else NOTHING
        birthday = self._birthday(born) if born else ""
        own = cells[self._own] if self._own >= 0 else ""
        return _draft((
            *(line, name, company, title, tuple(details), why, benefit, source, birthday, "", tags, starred, note),
            *("", cadence, extra, (), own),
        ))  # fmt: skip


def _each_once(details: list[DetailDraft]) -> list[DetailDraft]:
    found: dict[tuple[str, str], DetailDraft] = {}
    for detail in details:
        keep(found, detail)
    return list(found.values())


def _label(index: int, fixed: str) -> _Label:
    """Return what finds the label of a row's cell."""

    def named(cells: list[str]) -> str:
        text = cells[index]
        return separate(text)[0] if text else fixed

    return (lambda cells: fixed) if index < 0 else named


def _contact(column: ContactColumn, region: str) -> _Part:
    index, kind, label = column.index, column.kind, _label(column.label_index, column.label)
    fixed = kind_and_label(kind, column.label)
    always = column.label.lower()
    varies = column.label_index >= 0

    def email(cells: list[str]) -> DetailDraft | None:
        if not (cell := cells[index]):
            return None
        if not is_usual_email(cell):
            raise Unusual
        return _detail(("email", cell, cell.lower(), label(cells).lower() if varies else always, ""))

    def phone(cells: list[str]) -> DetailDraft | None:
        if not (cell := cells[index]):
            return None
        if not (key := usual_phone(cell) or (phone_key(cell, region) if is_one_phone(cell) else "")):
            raise Unusual
        sort, name = kind_and_label(kind, label(cells)) if varies else fixed
        return _detail((sort, cell, key, name, ""))

    return email if kind == "email" else phone


def _address(columns: AddressColumns) -> _Part:
    label = _label(columns.label_index, columns.label)
    places = {part: indexes[0] for part, indexes in columns.parts.items()}
    others = [place for indexes in columns.parts.values() for place in indexes[1:]]

    def alone(cells: list[str]) -> DetailDraft | None:
        if not (cell := cells[columns.alone]):
            return None
        address, key = _whole(cell)
        if not key:
            raise Unusual
        return _detail(("address", address, key, label(cells).lower(), ""))

    def joined(cells: list[str]) -> DetailDraft | None:
        if any(cells[place] for place in others):
            raise Unusual
        said = {part: cells[place] for part, place in places.items()}.get
        whole, street, street2 = said("address", ""), said("street", ""), said("street2", "")
        street = f"{street}, {street2}" if street and street2 else street or street2
        pobox, town = said("pobox", ""), (said("city", ""), said("state", ""), said("zip", ""), said("country", ""))
        if not (whole or street or pobox or any(town)):
            return None
        if whole and street:
            town = ("", "", "", "")
        address = join_address(whole.strip(" ,"), street, pobox, *town)
        if _SEVERAL in whole or not (key := address_key(address)):
            raise Unusual
        return _detail(("address", address, key, label(cells).lower(), ""))

    return joined if columns.alone < 0 else alone


@lru_cache(maxsize=4000)
def _whole(cell: str) -> tuple[str, str]:
    """Return the address of a cell and its key, empty where it has none or several: a house has many people."""
    address = cell.strip(" ,")
    return address, "" if _SEVERAL in cell else address_key(address)


def _birthdays(region: str) -> Callable[[str], str]:
    @lru_cache(maxsize=4000)
    def read(text: str) -> str:
        try:
            return birthday(text, region)
        except NotADate:
            raise Unusual from None

    return read
