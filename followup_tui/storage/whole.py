"""Everything as plain values, for a complete export."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from followup_tui.storage.library import COLUMNS

_JOURNAL = (
    "id, kind, at, logged_at, rules_id, event, channel, outcome, inbound, note, value, sentiment, reason, step, "
    "cadence_id, companion_of, template, promise, strand"
)


def cadence_documents(connection: Any) -> list[dict[str, Any]]:
    """Return every cadence version."""
    return [
        {"id": key, "name": name, "version": version, "retired": bool(retired), "cadence": json.loads(document)}
        for key, name, version, retired, document in connection.execute(
            "SELECT id, name, version, retired, document FROM cadence ORDER BY id"
        )
    ]


def rules_documents(connection: Any) -> list[dict[str, Any]]:
    """Return the rules the journals refer to."""
    return [
        {"id": key, "rules": json.loads(document)}
        for key, document in connection.execute("SELECT id, document FROM rules ORDER BY id")
    ]


def library_documents(connection: Any) -> dict[str, list[dict[str, Any]]]:
    """Return every value item and every template, the retired ones too; their ids are only ours."""
    found: dict[str, list[dict[str, Any]]] = {}
    for table, columns in COLUMNS.items():
        names = [name for name in columns if name != "id"]
        rows = connection.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY id")
        documents = [dict(zip(names, row, strict=True)) for row in rows]
        found[f"{table}s"] = [one | {"retired": bool(one["retired"])} for one in documents]
    return found


def journal_of(connection: Any, ids: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """Return the journals of some prospects, in the order written."""
    names = [name.strip() for name in _JOURNAL.split(",")]
    marks = ", ".join("?" * len(ids))
    found: dict[str, list[dict[str, Any]]] = {}
    for row in connection.execute(
        f"SELECT prospect_id, {_JOURNAL} FROM journal WHERE prospect_id IN ({marks}) ORDER BY prospect_id, id", ids
    ):
        entry = dict(zip(names, row[1:], strict=True))
        entry["event"] = json.loads(entry["event"])
        found.setdefault(row[0], []).append(entry)
    return found


def beside(connection: Any, ids: Sequence[str]) -> tuple[dict[str, str], dict[int, str]]:
    """Return what `people` leaves out: when each prospect was made, by id, and the key of each detail, by its id."""
    marks = ", ".join("?" * len(ids))
    made = connection.execute(f"SELECT id, created_at FROM prospect WHERE id IN ({marks})", ids)
    keys = connection.execute(f"SELECT id, key FROM detail WHERE prospect_id IN ({marks})", ids)
    return dict(made.fetchall()), dict(keys.fetchall())


def lengths(connection: Any, ids: Sequence[str]) -> dict[str, tuple[str, int]]:
    """Return name and number of journal entries of those prospects that are here."""
    rows = connection.execute(
        "SELECT p.id, p.name, count(j.id) FROM prospect p LEFT JOIN journal j ON j.prospect_id = p.id "
        f"WHERE p.id IN ({', '.join('?' * len(ids))}) GROUP BY p.id",
        ids,
    )
    return {row[0]: (row[1], row[2]) for row in rows}
