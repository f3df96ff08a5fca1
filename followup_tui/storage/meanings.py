"""What doctor asks beyond shapes: whether everything is there that revision made, and whether values mean something."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from followup_tui.domain.channels import DETAIL_KINDS
from followup_tui.storage.people import search_text

_INDEXED = {
    "apart": ("second_id",),
    "block_run": ("day",),
    "change": ("undone",),
    "change_image": ("change_id",),
    "detail": ("kind_key", "prospect_id"),
    "journal": ("kind_at", "prospect_id"),
    "prospect": ("search",),
    "standing": ("answered", "cadence_id", "fixed_date", "last_touch_at", "naked", "next_date", "next_kind"),
    "tag": ("tag",),
}
_TOLD = {
    "detail": ("changed", "found", "lost"),
    "journal": ("counted", "found", "lost", "recounted", "retold", "uncounted"),
    "prospect": ("found", "lost", "marked", "renamed", "retold"),
    "standing": ("marked", "planned", "replanned", "told", "unplanned"),
}
INDEXES = {f"ix_{table}_{name}" for table, names in _INDEXED.items() for name in names} | {
    *("ix_standing_last_channel", "ix_standing_reachable", "ix_standing_relation", "ix_standing_unanswered"),
}
TRIGGERS = {f"{table}_{name}" for table, names in _TOLD.items() for name in names}
"""The indexes and triggers of the newest revision; a test holds them against a fresh database."""


def missing(connection: Any) -> Iterator[str]:
    """Yield indexes and triggers that are gone, and triggers that are nobody's of ours."""
    for kind, wanted in (("index", INDEXES), ("trigger", TRIGGERS)):
        sql = "SELECT name FROM sqlite_master WHERE type = ? AND sql IS NOT NULL"
        found = {str(row[0]) for row in connection.execute(sql, (kind,))}
        yield from (f"the {kind} {name} is missing: restore a backup" for name in sorted(wanted - found))
        if kind == "trigger":
            yield from (f"the trigger {name} is none of ours: restore a backup" for name in sorted(found - wanted))


def meaningless(connection: Any) -> Iterator[str]:
    """Yield values of the right shape that say nothing: a kind, a zone, a yes or no, a referrer there is none of."""
    for table, column in (("prospect", "star"), ("detail", "bad"), ("journal", "inbound"), ("change", "undone")):
        for (key,) in connection.execute(f"SELECT rowid FROM {table} WHERE {column} NOT IN (0, 1)"):
            yield f"{table} row {key}: {column} is neither yes nor no"
    marks = ", ".join("?" * len(DETAIL_KINDS))
    for key, kind in connection.execute(f"SELECT id, kind FROM detail WHERE kind NOT IN ({marks})", DETAIL_KINDS):
        yield f"detail row {key}: there is no detail “{kind}”"
    for key, zone in connection.execute("SELECT min(id), zone FROM prospect WHERE zone <> '' GROUP BY zone"):
        if not _is_zone(zone):
            yield f"{key}: there is no zone “{zone}”"
    sql = "SELECT id FROM prospect WHERE referred_by <> '' AND referred_by NOT IN (SELECT id FROM prospect)"
    yield from (f"{row[0]}: who referred them is nobody here" for row in connection.execute(sql))
    yield from (f"{key}: would not be found by name" for key, _ in unfindable(connection))


def unfindable(connection: Any) -> Iterator[tuple[str, str]]:
    """Yield who has another text to be found by than their name and company make, with the right one."""
    for key, name, company, search in connection.execute("SELECT id, name, company, search FROM prospect"):
        wanted = search_text(name, company)
        if search != wanted:
            yield str(key), wanted


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
