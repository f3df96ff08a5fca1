"""What is kept to be said and given again: value items and templates, and what the journal knows of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from followup_tui.records import dataclass
from followup_tui.storage.unit_of_work import Row, UnitOfWork

ITEM = ("id", "title", "kind", "text", "link", "channels", "tags", "retired", "created_at")
TEMPLATE = ("id", "name", "channels", "subject", "body", "tags", "source", "retired", "created_at")
COLUMNS: Mapping[str, tuple[str, ...]] = {"value_item": ITEM, "template": TEMPLATE}
NAMED: Mapping[str, str] = {"value_item": "title", "template": "name"}
"""The column by which people, and touches, name a row."""


@dataclass(frozen=True, slots=True)
class Item:
    """One value item."""

    id: int
    title: str
    kind: str
    text: str
    link: str
    channels: tuple[str, ...]
    tags: tuple[str, ...]
    retired: bool


@dataclass(frozen=True, slots=True)
class Template:
    """Words with places to fill."""

    id: int
    name: str
    channels: tuple[str, ...]
    subject: str
    body: str
    tags: tuple[str, ...]
    source: str
    retired: bool


def items(connection: Any, *, retired: bool = False) -> list[Item]:
    """Return the value items, the newest first; the retired ones only when asked."""
    return [
        Item(row[0], row[1], row[2], row[3], row[4], listed(row[5]), listed(row[6]), bool(row[7]))
        for row in _rows(connection, "value_item", retired, "id DESC")
    ]


def templates(connection: Any, *, retired: bool = False) -> list[Template]:
    """Return the templates in the order they were made; the retired ones only when asked."""
    return [
        Template(row[0], row[1], listed(row[2]), row[3], row[4], listed(row[5]), row[6], bool(row[7]))
        for row in _rows(connection, "template", retired, "id")
    ]


def _rows(connection: Any, table: str, retired: bool, order: str) -> sqlite3.Cursor:
    where = "" if retired else "WHERE retired = 0"
    found: sqlite3.Cursor = connection.execute(
        f"SELECT {', '.join(COLUMNS[table])} FROM {table} {where} ORDER BY {order}"
    )
    return found


def listed(text: str) -> tuple[str, ...]:
    """Return words stored with commas between them."""
    return tuple(word for part in text.split(",") if (word := part.strip()))


def row_named(work: UnitOfWork, table: str, name: str) -> Row | None:
    """Return the row of a title or name, case aside; retired ones too."""
    wanted = name.casefold()
    for row in work.execute(f"SELECT {', '.join(COLUMNS[table])} FROM {table} ORDER BY id").fetchall():
        found = dict(zip(COLUMNS[table], row, strict=True))
        if str(found[NAMED[table]]).casefold() == wanted:
            return found
    return None


def uses(connection: Any, table: str, name: str) -> int:
    """Return how many touches name an item or a template."""
    column = "value" if table == "value_item" else "template"
    sql = f"SELECT count(*) FROM journal WHERE kind = 'touch' AND {column} = ?"
    return int(connection.execute(sql, (name,)).fetchone()[0])


GIVEN_SQL = (
    "SELECT value, max(at) FROM journal WHERE prospect_id = ? AND +kind = 'touch' AND inbound = 0 AND value != '' "
    "GROUP BY value"
)


def given_to(connection: Any, prospect_id: str) -> dict[str, datetime]:
    """Return what one prospect ever got, in lower case, with when it was last."""
    found: dict[str, datetime] = {}
    for title, at in connection.execute(GIVEN_SQL, (prospect_id,)):
        moment = datetime.fromisoformat(at)
        key = str(title).casefold()
        found[key] = max(moment, found.get(key, moment))
    return found


TALLY_SQL = (
    "SELECT j.{column}, count(*), sum(EXISTS (SELECT 1 FROM journal r WHERE r.prospect_id = j.prospect_id "
    "AND +r.kind = 'touch' AND r.id >= j.id AND r.at <= strftime('%Y-%m-%dT%H:%M:%f', j.at, ?) "
    "AND (r.inbound = 1 OR r.outcome IN ({responses})))) "
    "FROM journal j WHERE j.kind = 'touch' AND j.inbound = 0 AND coalesce(j.{column}, '') != '' GROUP BY 1"
)


def tallies(connection: Any, table: str, responses: tuple[str, ...], days: int) -> dict[str, tuple[int, int]]:
    """Return how often each item or template was sent, and how often they answered within so many days, by
    name in lower case."""
    column = "value" if table == "value_item" else "template"
    sql = TALLY_SQL.format(column=column, responses=", ".join("?" * len(responses)))
    found: dict[str, tuple[int, int]] = {}
    for name, number, answered in connection.execute(sql, (f"+{days} days", *responses)):
        before = found.get(str(name).casefold(), (0, 0))
        found[str(name).casefold()] = before[0] + int(number), before[1] + int(answered or 0)
    return found


def write_template_of(work: UnitOfWork, entry_id: int, template: str) -> None:
    """Note which template a touch was written from."""
    work.update("journal", entry_id, {"template": template})
