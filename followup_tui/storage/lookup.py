"""Who is there already: an import asks for a whole lot of drafts at once."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from followup_tui.domain.folding import fold
from followup_tui.storage.unit_of_work import UnitOfWork

Key = tuple[str, str]
"""`email` or `phone`, and the normalised value."""
_LOT = 400
_HIGHEST = 1 << 40
"""The highest id that is taken over from a file: behind it there has to be room for others."""
_NUMBERS = re.compile("[0-9]+")
SAME_NAME = 80
"""Ours: how alike (0–100) two names must be for a shared e-mail or phone to mean the same person."""


def next_id(work: UnitOfWork, table: str) -> int:
    """Return the first free integer key of a table; a journal's ids are never used twice."""
    newest = work.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0]
    if table == "journal":
        row = work.execute("SELECT seq FROM sqlite_sequence WHERE name = 'journal'").fetchone()
        newest = max(newest, row[0] if row else 0)
    return int(newest) + 1


def entry_ids(work: UnitOfWork, journals: Sequence[Sequence[int]], first: int) -> Sequence[int]:
    """Return ids for the entries of some journals: those they bring where they are in order and free, else the next.

    `first` is the first id no entry ever had before; one that is gone may come back by undo.
    """
    ids = [number for one in journals for number in one]
    in_order = all(before < behind for one in journals for before, behind in pairwise(one))
    if ids and in_order and first <= min(ids) and max(ids) <= _HIGHEST and len(set(ids)) == len(ids):
        lots = (ids[begin : begin + _LOT] for begin in range(0, len(ids), _LOT))
        sql = "SELECT 1 FROM journal WHERE id IN ({}) LIMIT 1"
        if not any(work.execute(sql.format(", ".join("?" * len(lot))), lot).fetchone() for lot in lots):
            return ids
    number = next_id(work, "journal")
    return range(number, number + len(ids))


def nobody(work: UnitOfWork) -> bool:
    """Return whether there is no prospect at all."""
    return work.execute("SELECT 1 FROM prospect LIMIT 1").fetchone() is None


def taken(work: UnitOfWork, ids: Sequence[str]) -> set[str]:
    """Return which of these ids, in their order, are in use."""
    rows = work.execute("SELECT id FROM prospect WHERE id BETWEEN ? AND ?", (min(ids), max(ids)))
    return {str(row[0]) for row in rows}.intersection(ids)


def named(work: UnitOfWork, ids: Sequence[str]) -> dict[str, str]:
    """Return id → folded name of those of these ids who are here."""
    found: dict[str, str] = {}
    for begin in range(0, len(ids), _LOT):
        lot = ids[begin : begin + _LOT]
        rows = work.execute(f"SELECT id, search FROM prospect WHERE id IN ({', '.join('?' * len(lot))})", lot)
        found.update((str(row[0]), str(row[1]).partition("\n")[0]) for row in rows)
    return found


def kept_beside(work: UnitOfWork, names: Sequence[str]) -> dict[str, list[str]]:
    """Return value → prospects of what stands beside people under any of these names: ids of another program."""
    found: dict[str, list[str]] = {}
    marks = ", ".join("?" * len(names))
    for owner, value in work.execute(
        "SELECT p.id, e.value FROM prospect p, json_each(p.extra) e "
        f"WHERE p.extra <> '{{}}' AND e.key IN ({marks}) ORDER BY p.id",
        tuple(names),
    ):
        found.setdefault(str(value), []).append(owner)
    return found


def called(work: UnitOfWork, name: str) -> list[str]:
    """Return everybody of a folded name, whatever the company; two are enough to know that there are several."""
    rows = work.execute(
        "SELECT id FROM prospect WHERE search >= ? AND search < ? ORDER BY id LIMIT 50", (f"{name}\n", f"{name}\v")
    )
    return [str(row[0]) for row in rows]


Who = tuple[Sequence[Key], str, str]
"""Keys, folded name, folded company."""


class Known:
    """The people a lot of drafts might be, and those added since."""

    def __init__(self, work: UnitOfWork, who: Sequence[Who]) -> None:
        self._work = work
        self._by_key: dict[Key, list[str]] = {}
        self._names: dict[str, tuple[str, str]] = {}
        self._by_label: dict[tuple[str, str], list[str]] = {}
        wanted = {key for keys, _, _ in who for key in keys}
        self._find_keys("('email')", sorted([value for kind, value in wanted if kind == "email"]))
        self._find_keys("('phone', 'mobile')", sorted([value for kind, value in wanted if kind == "phone"]))
        labels = {f"{name}\n{company}" for keys, name, company in who if not keys}
        self._asks_names = bool(labels)
        """Whether anybody is only known by name and company."""
        self._find_labels(sorted(labels))

    def _find_keys(self, kinds: str, values: Sequence[str]) -> None:
        for begin in range(0, len(values), _LOT):
            lot = values[begin : begin + _LOT]
            marks = ", ".join("?" * len(lot))
            for kind, key, owner, name, company in self._work.execute(
                "SELECT d.kind, d.key, d.prospect_id, p.name, p.company FROM detail d "
                "JOIN prospect p ON p.id = d.prospect_id "
                f"WHERE d.kind IN {kinds} AND d.key IN ({marks}) ORDER BY d.id",
                lot,
            ):
                self._remember(owner, ("email" if kind == "email" else "phone", key), fold(name), fold(company))

    def _find_labels(self, labels: Sequence[str]) -> None:
        for begin in range(0, len(labels), _LOT):
            lot = labels[begin : begin + _LOT]
            marks = ", ".join("?" * len(lot))
            for owner, label in self._work.execute(
                f"SELECT id, search FROM prospect WHERE search IN ({marks}) ORDER BY id", lot
            ):
                name, _, company = str(label).partition("\n")
                self._names[owner] = (name, company)
                self._by_label.setdefault((name, company), []).append(owner)

    def _remember(self, owner: str, key: Key, name: str, company: str) -> None:
        self._names[owner] = (name, company)
        owners = self._by_key.setdefault(key, [])
        if owner not in owners:
            owners.append(owner)

    def add(self, owner: str, keys: Sequence[Key], name: str, company: str) -> None:
        """Remember somebody just created."""
        self._names[owner] = (name, company)
        if self._asks_names:
            self._by_label.setdefault((name, company), []).append(owner)
        for key in keys:
            if owner not in (owners := self._by_key.setdefault(key, [])):
                owners.append(owner)

    def find(self, keys: Sequence[Key], name: str, company: str, but: Container[str] = ()) -> str | None:
        """Return who this is: same e-mail or phone and a like name; without either, same name and company.

        Nobody in `but` is meant.
        """
        if keys:
            return None if self._by_key.keys().isdisjoint(keys) else self._by_keys(keys, name, company, but)
        return next((owner for owner in self._by_label.get((name, company), ()) if owner not in but), None)

    def _by_keys(self, keys: Sequence[Key], name: str, company: str, but: Container[str]) -> str | None:
        for key in sorted([key for key in keys if key in self._by_key]):
            for owner in self._by_key[key]:
                if owner in but:
                    continue
                theirs, firm = self._names[owner]
                if _alike(name, theirs) or name in (key[1], firm, company) or theirs in (key[1], firm):
                    return owner
        return None


def _alike(one: str, other: str) -> bool:
    """Whether two names may be one person's: unit 1 and unit 2 of a house are two, however like they are."""
    if one == other:
        return True
    return fuzz.token_sort_ratio(one, other) >= SAME_NAME and _NUMBERS.findall(one) == _NUMBERS.findall(other)
