"""What is due: the hot read of the product, by one index on the planned date."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, NamedTuple

from followup_tui.domain.channels import CHANNELS
from followup_tui.storage.few_sizes import in_lots
from followup_tui.storage.unit_of_work import instant

_LOT = 500
"""Ids in one statement."""


class DueRow(NamedTuple):
    """One prospect whose next touch is due."""

    id: str
    name: str
    company: str
    zone: str
    zone_confirmed: int
    star: int
    kind: str
    date: str
    time: str | None
    channel: str | None
    step: int | None
    steps_total: int | None
    companion: str | None
    attempts: int
    cadence_id: int | None
    snoozed_until: str | None
    address: str | None
    """Of those to visit."""
    state: str | None
    """JSON, only where it is needed: decisions and answers, and with a promise or a meeting, leading or behind."""


_due_row: Callable[[Any], DueRow] = partial(tuple.__new__, DueRow)
"""A row named, without a function of Python's in between: ten thousand may be due."""
_COLUMNS = (
    "p.id, p.name, p.company, p.zone, p.zone_confirmed, p.star, s.next_kind, s.next_date, s.next_time, s.next_channel, "
    "s.next_step, s.steps_total, s.companion, s.attempts, s.cadence_id, s.snoozed_until, "
    "CASE WHEN s.next_channel = 'in person' THEN (SELECT d.value FROM detail d WHERE d.prospect_id = p.id "
    "AND d.kind = 'address' AND d.bad = 0 ORDER BY d.position, d.id LIMIT 1) END, "
    "CASE WHEN s.next_kind IN ('step', 'own') AND s.fixed_date IS NULL THEN NULL ELSE s.state END"
)
_FROM = "FROM standing s JOIN prospect p ON p.id = s.prospect_id"
_RUNNING = "(s.paused_from IS NULL OR (s.paused_until IS NOT NULL AND s.paused_until <= ?))"
DUE_SQL = f"SELECT {_COLUMNS} {_FROM} WHERE s.next_date <= ? AND {_RUNNING} ORDER BY s.next_date"
"""By day, as the index has them; who comes first within a day is the plan's to say."""
ON_SQL = f"SELECT {_COLUMNS} {_FROM} WHERE s.next_date = ? AND {_RUNNING} ORDER BY p.id"
BEHIND_SQL = f"SELECT {_COLUMNS} {_FROM} WHERE s.fixed_date = ? AND s.next_date < ? AND {_RUNNING} ORDER BY p.id"
"""A promise or a meeting of the day that stands behind something earlier."""


def due(connection: Any, today: date) -> list[DueRow]:
    """Return everybody whose next touch is due today or overdue, paused ones left out."""
    day = today.isoformat()
    return list(map(_due_row, connection.execute(DUE_SQL, (day, day))))


_BY_POST = " OR ".join(f"instr(s.state, '\"{channel.name}\"')" for channel in CHANNELS if channel.lead_days)
"""Whether a state names a channel that takes days: those who can't have been promised it needn't be read."""
EARLY_SQL = (
    f"SELECT {_COLUMNS} {_FROM} WHERE s.fixed_date > ? AND s.fixed_date <= ? AND s.next_date > ? AND {_RUNNING} "
    f"AND ({_BY_POST}) ORDER BY s.fixed_date, p.id"
)


def promised_soon(connection: Any, day: date, until: date) -> list[DueRow]:
    """Return everybody with nothing due on a day who may have been told a date soon after it for what goes by post.

    What takes no days on its way is due on its date and not before, so that the rest is left out.
    """
    first, last = day.isoformat(), until.isoformat()
    return list(map(_due_row, connection.execute(EARLY_SQL, (first, last, first, first))))


def phases(connection: Any, ids: Sequence[str]) -> dict[str, str]:
    """Return the CARR phases the user set, of these prospects."""
    found: dict[str, str] = {}
    for marks, lot in in_lots(ids, _LOT):
        sql = f"SELECT prospect_id, json_extract(state, '$.phase') FROM standing WHERE prospect_id IN ({marks})"
        found.update((str(key), str(phase)) for key, phase in connection.execute(sql, lot) if phase)
    return found


def planned_on(connection: Any, day: date) -> list[DueRow]:
    """Return everybody with something planned on just this day; what leads them may be earlier."""
    text = day.isoformat()
    behind = connection.execute(BEHIND_SQL, (text, text, text))
    return [DueRow(*row) for rows in (connection.execute(ON_SQL, (text, text)), behind) for row in rows]


def count_on(connection: Any, day: date) -> int:
    """Return how many next touches are planned on a day, paused ones left out."""
    text = day.isoformat()
    sql = f"SELECT count(*) FROM standing s WHERE s.next_date = ? AND {_RUNNING}"
    return int(connection.execute(sql, (text, text)).fetchone()[0])


def cards_before(connection: Any, day: date) -> list[tuple[str, str]]:
    """Return id and state of everybody whose next touch is a card planned before a day."""
    sql = "SELECT prospect_id, state FROM standing WHERE next_kind = 'card' AND next_date < ? ORDER BY prospect_id"
    return connection.execute(sql, (day.isoformat(),)).fetchall()  # type: ignore[no-any-return]


def standing_in(connection: Any, relations: Sequence[str]) -> list[tuple[str, str]]:
    """Return id and state of everybody in these relations."""
    marks = ", ".join("?" * len(relations))
    sql = f"SELECT prospect_id, state FROM standing WHERE relation IN ({marks}) ORDER BY prospect_id"
    return connection.execute(sql, list(relations)).fetchall()  # type: ignore[no-any-return]


def relation_of(connection: Any, prospect_id: str) -> str:
    """Return where a prospect stands; empty when there is none."""
    row = connection.execute("SELECT relation FROM standing WHERE prospect_id = ?", (prospect_id,)).fetchone()
    return str(row[0]) if row else ""


def birthdays(connection: Any) -> list[tuple[str, str, str]]:
    """Return id, birthday and state of everybody whose birthday is known."""
    sql = (
        "SELECT p.id, p.birthday, s.state FROM prospect p JOIN standing s ON s.prospect_id = p.id "
        "WHERE p.birthday != '' ORDER BY p.id"
    )
    return connection.execute(sql).fetchall()  # type: ignore[no-any-return]


FIXED_SQL = (
    f"SELECT p.id, p.name, p.company, p.zone, s.companion, s.state {_FROM} "
    f"WHERE s.fixed_date >= ? AND s.fixed_date <= ? AND {_RUNNING} ORDER BY s.fixed_date, p.id"
)


def fixed_between(connection: Any, first: date, last: date) -> list[PlannedRow]:
    """Return everybody whose earliest promise or meeting is on one of these days, paused ones left out."""
    values = (first.isoformat(), last.isoformat(), first.isoformat())
    return [PlannedRow(*row) for row in connection.execute(FIXED_SQL, values)]


class MeetingRow(NamedTuple):
    """One prospect with a meeting set, as far as the queue knows; whether it is planned is for the rules to say."""

    id: str
    name: str
    company: str
    zone: str
    zone_confirmed: int
    star: int
    state: str


MEETINGS_SQL = (
    f"SELECT p.id, p.name, p.company, p.zone, p.zone_confirmed, p.star, s.state {_FROM} WHERE s.fixed_date >= ? "
    f"AND s.fixed_date <= ? AND {_RUNNING} AND instr(s.state, '\"meeting\"') AND ({{on_day}}) "
    "ORDER BY s.fixed_date, p.id"
)


def meetings_on(connection: Any, first: date, days: Sequence[date]) -> list[MeetingRow]:
    """Return those whose state names a meeting and one of these days, nothing told for before `first`; none paused."""
    sql = MEETINGS_SQL.format(on_day=" OR ".join("instr(s.state, ?)" for _ in days))
    values = (first.isoformat(), max(days).isoformat(), first.isoformat(), *(f'"{day.isoformat()}"' for day in days))
    return [MeetingRow(*row) for row in connection.execute(sql, values)]


def count_in_play(connection: Any) -> int:
    """Return how many lines are in the water: everybody in play."""
    sql = "SELECT count(*) FROM standing WHERE relation IN ('cold', 'engaged', 'nurture', 'customer')"
    return int(connection.execute(sql).fetchone()[0])


def enrolled_between(connection: Any, begin: datetime, end: datetime) -> int:
    """Return how many people were put on a cadence from `begin` until before `end` (aware)."""
    sql = "SELECT count(DISTINCT prospect_id) FROM journal WHERE kind = 'enrolled' AND at >= ? AND at < ?"
    return int(connection.execute(sql, (instant(begin), instant(end))).fetchone()[0])


class PlannedRow(NamedTuple):
    """One prospect in play with something planned."""

    id: str
    name: str
    company: str
    zone: str
    companion: str | None
    state: str


UNTIL_SQL = f"SELECT p.id, p.name, p.company, p.zone, s.companion, s.state {_FROM} WHERE s.next_date <= ? ORDER BY p.id"


def planned_until(connection: Any, day: date) -> list[PlannedRow]:
    """Return everybody whose next touch is planned up to a day, paused ones too."""
    return [PlannedRow(*row) for row in connection.execute(UNTIL_SQL, (day.isoformat(),))]


def is_empty(connection: Any) -> bool:
    """Whether nobody is in the database: the first run."""
    return connection.execute("SELECT 1 FROM prospect LIMIT 1").fetchone() is None


class DoneRow(NamedTuple):
    """One touch made in a span of time."""

    id: str
    name: str
    company: str
    zone: str
    zone_confirmed: int
    star: int
    channel: str
    outcome: str
    at: str
    step: int | None
    cadence_id: int | None
    inbound: int
    journal: int
    companion_of: int | None


DONE_SQL = (
    "SELECT p.id, p.name, p.company, p.zone, p.zone_confirmed, p.star, j.channel, j.outcome, j.at, j.step, "
    "j.cadence_id, j.inbound, j.id, j.companion_of "
    "FROM journal j JOIN prospect p ON p.id = j.prospect_id "
    "WHERE j.kind = 'touch' AND j.at >= ? AND j.at < ? ORDER BY j.at, j.id"
)


def done(connection: Any, begin: datetime, end: datetime) -> list[DoneRow]:
    """Return the touches made from `begin` until before `end` (aware), oldest first."""
    return [DoneRow(*row) for row in connection.execute(DONE_SQL, (instant(begin), instant(end)))]
