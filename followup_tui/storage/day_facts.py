"""What a day came to, and when blocks were worked: rows of `day_record` and `block_run` (domain §13)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from followup_tui.records import dataclass
from followup_tui.storage.facts import Noting
from followup_tui.storage.unit_of_work import Row, instant

_RUN = "id, day, name, planned_start, planned_end, planned_slots, began_at, ended_at"
_RECORD = "day, due, done, moved, left_over, block_minutes, worked_minutes, momentum_saved, kept, closed"


@dataclass(frozen=True, slots=True)
class Run:
    """One block as it was worked."""

    id: int
    day: date
    name: str
    planned_start: str
    """Local wall time, HH:MM."""
    planned_end: str
    planned_slots: int
    began_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Record:
    """What a day came to; see the table."""

    day: date
    due: int = 0
    done: int = 0
    moved: int = 0
    left_over: int = 0
    block_minutes: int = 0
    worked_minutes: int = 0
    momentum_saved: int = 0
    kept: bool = False
    closed: bool = False


def runs(connection: Any, day: date) -> list[Run]:
    """Return the runs of a day, the earliest first."""
    rows = connection.execute(f"SELECT {_RUN} FROM block_run WHERE day = ? ORDER BY began_at, id", (day.isoformat(),))
    return [_run(row) for row in rows]


def open_runs(connection: Any) -> list[Run]:
    """Return the runs nobody has stopped, of whatever day."""
    rows = connection.execute(f"SELECT {_RUN} FROM block_run WHERE ended_at IS NULL ORDER BY began_at, id")
    return [_run(row) for row in rows]


def begin_run(note: Noting, day: date, name: str, span: tuple[str, str], slots: int) -> int:
    """Store that a block was begun now."""
    row: Row = {
        "day": day.isoformat(),
        "name": name,
        "planned_start": span[0],
        "planned_end": span[1],
        "planned_slots": slots,
        "began_at": instant(note.now),
    }
    return note.insert("block_run", row)


def end_run(note: Noting, run: Run, at: datetime) -> None:
    """Store when a block was stopped; never before it was begun, whatever the clock says."""
    note.update("block_run", run.id, {"ended_at": instant(max(at, run.began_at))})


def record(connection: Any, day: date) -> Record | None:
    """Return what is stored about a day."""
    row = connection.execute(f"SELECT {_RECORD} FROM day_record WHERE day = ?", (day.isoformat(),)).fetchone()
    return _record(row) if row else None


def records(connection: Any, first: date, last: date) -> dict[date, Record]:
    """Return what is stored about the days of a span."""
    sql = f"SELECT {_RECORD} FROM day_record WHERE day >= ? AND day <= ?"
    found = [_record(row) for row in connection.execute(sql, (first.isoformat(), last.isoformat()))]
    return {one.day: one for one in found}


def write_record(note: Noting, one: Record) -> None:
    """Store what a day came to."""
    row = {name.strip(): int(getattr(one, name.strip())) for name in _RECORD.split(",")[1:]}
    key = one.day.isoformat()
    if note.one("day_record", key) is None:
        note.insert("day_record", {"day": key, **row})
    else:
        note.update("day_record", key, row)


def touched_on(connection: Any, begin: datetime, end: datetime) -> dict[str, datetime]:
    """Return when each prospect got the first touch of ours from `begin` until before `end` (aware)."""
    sql = (
        "SELECT prospect_id, min(at) FROM journal WHERE kind = 'touch' AND inbound = 0 AND at >= ? AND at < ? "
        "GROUP BY prospect_id"
    )
    found = connection.execute(sql, (instant(begin), instant(end)))
    return {str(key): datetime.fromisoformat(at) for key, at in found}


def count_touched_on(connection: Any, begin: datetime, end: datetime) -> int:
    """Return how many prospects we touched from `begin` until before `end` (aware)."""
    sql = "SELECT count(DISTINCT prospect_id) FROM journal WHERE kind = 'touch' AND inbound = 0 AND at >= ? AND at < ?"
    return int(connection.execute(sql, (instant(begin), instant(end))).fetchone()[0])


def moved_on(connection: Any, begin: datetime, end: datetime) -> int:
    """Return how many prospects had a date moved from `begin` until before `end` (aware)."""
    sql = (
        "SELECT count(DISTINCT prospect_id) FROM journal WHERE (kind = 'move' OR "
        "(kind = 'load' AND json_extract(event, '$.reason') LIKE 'spread%')) AND logged_at >= ? AND logged_at < ?"
    )
    return int(connection.execute(sql, (instant(begin), instant(end))).fetchone()[0])


def written_since(connection: Any, at: datetime) -> list[str]:
    """Return the prospects who were there at an instant, and of whom something was written since."""
    sql = (
        "SELECT DISTINCT prospect_id FROM journal WHERE logged_at >= ? AND prospect_id IN "
        "(SELECT prospect_id FROM journal WHERE kind = 'added' AND at < ?) ORDER BY 1"
    )
    return [str(key) for (key,) in connection.execute(sql, (instant(at), instant(at)))]


def due_untouched_since(connection: Any, day: date, at: datetime, most: int) -> int:
    """Return how many were due on a day and had nothing written to their journal since an instant, `most` at most."""
    sql = (
        "SELECT count(*) FROM (SELECT 1 FROM standing s WHERE s.next_date <= ? AND s.next_kind != 'decision' "
        "AND (s.paused_from IS NULL OR (s.paused_until IS NOT NULL AND s.paused_until <= ?)) AND NOT EXISTS "
        "(SELECT 1 FROM journal j WHERE j.prospect_id = s.prospect_id AND j.logged_at >= ?) LIMIT ?)"
    )
    return int(connection.execute(sql, (day.isoformat(), day.isoformat(), instant(at), most)).fetchone()[0])


def first_day(connection: Any) -> datetime | None:
    """Return when the first prospect was added, with which every journal begins."""
    row = connection.execute("SELECT min(at) FROM journal WHERE kind = 'added'").fetchone()
    return datetime.fromisoformat(row[0]) if row and row[0] else None


def _run(row: Any) -> Run:
    key, day, name, start, end, slots, began, ended = row
    return Run(
        int(key), date.fromisoformat(day), str(name), str(start), str(end), int(slots), datetime.fromisoformat(began),
        datetime.fromisoformat(ended) if ended else None,
    )  # fmt: skip


def _record(row: Any) -> Record:
    due, done, moved, left, block, worked, saved = (int(value) for value in row[1:8])
    return Record(
        date.fromisoformat(row[0]), due, done, moved, left, block, worked, saved, bool(row[8]), closed=bool(row[9])
    )
