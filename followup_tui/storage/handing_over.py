"""Handing everything that belongs to one prospect over to another, inside a unit of work."""

from __future__ import annotations

import json
from collections.abc import Collection

from followup_tui.storage.unit_of_work import UnitOfWork


def hand_over(work: UnitOfWork, kept: str, taken: str, same: Collection[int]) -> str:
    """Give the rows of one prospect to another and remove the one; return the strand its journal is now.

    `same` are the ids of details that the other has as well: they go. References from others follow.
    """
    for key in same:
        work.delete("detail", key)
    for (key,) in work.execute("SELECT id FROM detail WHERE prospect_id = ?", (taken,)).fetchall():
        work.update("detail", key, {"prospect_id": kept})
    have = {row[0] for row in work.execute("SELECT tag FROM tag WHERE prospect_id = ?", (kept,))}
    for key, tag in work.execute("SELECT id, tag FROM tag WHERE prospect_id = ?", (taken,)).fetchall():
        if tag in have:
            work.delete("tag", key)
        else:
            work.update("tag", key, {"prospect_id": kept})
    strand = _journal(work, kept, taken)
    _references(work, kept, taken)
    _apart(work, kept, taken)
    work.delete("standing", taken)
    work.delete("prospect", taken)
    return strand


def _journal(work: UnitOfWork, kept: str, taken: str) -> str:
    """Move the entries, each strand under a name that is free in the other journal."""
    used = {row[0] for row in work.execute("SELECT DISTINCT strand FROM journal WHERE prospect_id = ?", (kept,))}
    rows = work.execute("SELECT id, strand, kind, event FROM journal WHERE prospect_id = ?", (taken,)).fetchall()
    names: dict[str, str] = {}
    for strand in sorted({row[1] for row in rows} | {""}):
        name = strand or taken
        while name in used or name in names.values():
            name += "'"
        names[strand] = name
    for key, strand, kind, text in rows:
        changes = {"prospect_id": kept, "strand": names[strand]}
        if kind == "merge":
            event = json.loads(text)
            if names[event["strand"]] != event["strand"]:
                event["strand"] = names[event["strand"]]
                changes["event"] = _compact(event)
        work.update("journal", key, changes)
    return names[""]


def _references(work: UnitOfWork, kept: str, taken: str) -> None:
    """Let those the one referred name the other, and those who named the one."""
    found = work.execute("SELECT id FROM prospect WHERE referred_by = ? AND id != ?", (taken, kept)).fetchall()
    for (key,) in found:
        work.update("prospect", key, {"referred_by": kept})
    sql = "SELECT id, event FROM journal WHERE kind = 'refer' AND prospect_id != ? AND instr(event, ?)"
    for key, text in work.execute(sql, (kept, taken)).fetchall():
        event = json.loads(text)
        if event.get("prospect") == taken:
            work.update("journal", key, {"event": _compact(event | {"prospect": kept})})


def _apart(work: UnitOfWork, kept: str, taken: str) -> None:
    """Whoever was said to be somebody else than the one is somebody else than the other."""
    sql = "SELECT id, first_id, second_id FROM apart WHERE first_id = ? OR second_id = ?"
    for key, first, second in work.execute(sql, (taken, taken)).fetchall():
        other = second if first == taken else first
        pair = tuple(sorted((kept, other)))
        work.delete("apart", key)
        known = work.execute("SELECT 1 FROM apart WHERE first_id = ? AND second_id = ?", pair).fetchone()
        if other != kept and known is None:
            work.insert("apart", {"first_id": pair[0], "second_id": pair[1]})


def _compact(event: dict[str, object]) -> str:
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
