"""Reading prospects: one function, one question; columns are selected, rows never handed out as objects."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from followup_tui.domain.cleaning import clean_stored
from followup_tui.domain.folding import fold
from followup_tui.records import dataclass, replace
from followup_tui.storage.few_sizes import in_lots

_PERSON = (
    "p.id, p.name, p.company, p.title, p.why, p.benefit, p.source, p.note, p.star, p.zone, p.zone_confirmed, "
    "p.birthday, p.goal, p.referred_by, p.extra, s.state, s.snoozed_until"
)
_FROM = "FROM prospect p JOIN standing s ON s.prospect_id = p.id"
_LOT = 400
"""Ids asked for at once: below SQLite's smallest limit of variables."""


@dataclass(frozen=True, slots=True)
class Detail:
    """One way to reach a prospect."""

    id: int
    kind: str
    value: str
    label: str
    bad: bool
    key: str = ""
    """The same for the same detail however it is written: E.164, lower-cased e-mail."""


@dataclass(frozen=True, slots=True)
class Person:
    """The stored facts of one prospect."""

    id: str
    name: str
    company: str
    title: str
    why: str
    benefit: str
    source: str
    note: str
    star: bool
    zone: str
    zone_confirmed: bool
    birthday: str
    goal: str
    referred_by: str | None
    extra: str
    state: str
    """JSON of the domain's State."""
    snoozed_until: str | None
    details: tuple[Detail, ...] = ()
    tags: tuple[str, ...] = ()

    def detail(self, kind: str) -> str:
        """Return the first good detail of a kind, else the first, else nothing."""
        of_kind = [detail for detail in self.details if detail.kind == kind]
        good = [detail for detail in of_kind if not detail.bad]
        return (good or of_kind)[0].value if of_kind else ""


def people(connection: Any, ids: Iterable[str]) -> list[Person]:
    """Return prospects with details and tags, in the order of `ids`; unknown ids are left out."""
    wanted = list(dict.fromkeys(ids))
    found: dict[str, Person] = {}
    for marks, lot in in_lots(wanted, _LOT):
        details: dict[str, list[Detail]] = {}
        for row in connection.execute(
            f"SELECT prospect_id, id, kind, value, label, bad, key FROM detail WHERE prospect_id IN ({marks}) "
            "ORDER BY position, id",
            lot,
        ):
            details.setdefault(row[0], []).append(Detail(row[1], row[2], row[3], row[4], bool(row[5]), row[6]))
        tags: dict[str, list[str]] = {}
        for owner, tag in connection.execute(
            f"SELECT prospect_id, tag FROM tag WHERE prospect_id IN ({marks}) ORDER BY tag", lot
        ):
            tags.setdefault(owner, []).append(tag)
        for row in connection.execute(f"SELECT {_PERSON} {_FROM} WHERE p.id IN ({marks})", lot):
            found[row[0]] = _person(row, tuple(details.get(row[0], ())), tuple(tags.get(row[0], ())))
    return [found[key] for key in wanted if key in found]


def as_it_stands(connection: Any, person: Person) -> Person:
    """Return a person read before something was recorded, with the state as it is now: facts stay as they were."""
    sql = "SELECT state, snoozed_until FROM standing WHERE prospect_id = ?"
    state, snoozed_until = connection.execute(sql, (person.id,)).fetchone()
    return replace(person, state=state, snoozed_until=snoozed_until)


def _person(row: tuple[Any, ...], details: tuple[Detail, ...], tags: tuple[str, ...]) -> Person:
    values = list(row)
    values[8], values[10] = bool(row[8]), bool(row[10])
    return Person(*[*values, details, tags])


def matching(connection: sqlite3.Connection, text: str, limit: int = 12) -> list[str]:
    """Return the ids of prospects named by an id, its beginning, an e-mail, a phone or a name; the surest kind only."""
    who = clean_stored(text)
    digits = "".join(char for char in who if char.isdigit())
    questions: list[tuple[str, tuple[Any, ...]]] = [
        ("SELECT id FROM prospect WHERE id = ?", (who.lower(),)),
        ("SELECT DISTINCT prospect_id FROM detail WHERE kind = 'email' AND key = ?", (who.casefold(),)),
    ]
    if len(digits) >= 5 and len(digits) >= len(who.replace(" ", "")) - 4:
        by_phone = "SELECT DISTINCT prospect_id FROM detail WHERE kind IN ('phone', 'mobile', 'fax') AND key"
        questions += [(f"{by_phone} IN (?, ?)", (f"+{digits}", digits))]
        questions += [(f"{by_phone} LIKE ?", ("%" + digits.lstrip("0"),))]
    folded = fold(who)
    safe = folded.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    questions += [
        ("SELECT id FROM prospect WHERE search = ? OR search LIKE ? ESCAPE '\\'", (folded, safe + "\n%")),
        ("SELECT id FROM prospect WHERE id >= ? AND id < ?", (who.lower(), who.lower() + "\uffff")),
        ("SELECT id FROM prospect WHERE search LIKE ? ESCAPE '\\'", (f"%{safe}%",)),
    ]
    if not who:
        return []
    for sql, values in questions:
        rows = connection.execute(f"{sql} LIMIT {int(limit)}", values).fetchall()
        if rows:
            return [str(row[0]) for row in rows]
    return []


def search_text(name: str, company: str) -> str:
    """Return what a prospect is found by: its folded name, a line break, its folded company."""
    return f"{fold(name)}\n{fold(company)}"


def count(connection: sqlite3.Connection) -> int:
    """Return how many prospects there are."""
    return int(connection.execute("SELECT count(*) FROM prospect").fetchone()[0])


def ids(connection: sqlite3.Connection, limit: int | None, offset: int) -> list[str]:
    """Return ids in the order of names."""
    return [
        str(row[0])
        for row in connection.execute(
            "SELECT id FROM prospect ORDER BY search, id LIMIT ? OFFSET ?", (-1 if limit is None else limit, offset)
        )
    ]


_ONE = "(SELECT value FROM detail d WHERE d.prospect_id = p.id AND d.kind {} ORDER BY d.bad, d.position, d.id LIMIT 1)"
_PHONE = _ONE.format("IN ('phone', 'mobile')")
_EMAIL = _ONE.format("= 'email'")
ROW_COLUMNS = (
    "p.id, p.name, p.company, s.relation, s.next_kind, s.next_date, s.next_channel, s.attempts, s.last_touch_at, "
    f"p.star, {_PHONE}, {_EMAIL}, s.paused_from, s.paused_until, CASE WHEN s.next_kind = 'card' THEN s.state END"
)


def rows_of(connection: sqlite3.Connection, wanted: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return light rows of these prospects, in the order asked for."""
    found: dict[str, tuple[Any, ...]] = {}
    for marks, lot in in_lots(wanted, _LOT):
        for row in connection.execute(f"SELECT {ROW_COLUMNS} {_FROM} WHERE p.id IN ({marks})", lot):
            found[row[0]] = row
    return [found[key] for key in wanted if key in found]
