"""The journal: one row per thing that happened; touches are read back from it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import datetime

from followup_tui.domain import events
from followup_tui.domain.events import Event, Logged
from followup_tui.records import dataclass
from followup_tui.storage.codec import dumps, loads
from followup_tui.storage.unit_of_work import Row, UnitOfWork, Value, instant

KINDS: dict[str, type[Event]] = {
    "added": events.Added,
    "enrolled": events.Enrolled,
    "touch": events.Logged,
    "skip": events.Skipped,
    "move": events.Moved,
    "pause": events.Paused,
    "resume": events.Resumed,
    "answer": events.Answered,
    "change": events.Changed,
    "close": events.Closed,
    "reopen": events.Reopened,
    "migrate": events.Migrated,
    "place": events.Placed,
    "waive": events.CompanionWaived,
    "load": events.LoadMoved,
    "tune": events.Tuned,
    "reel": events.ReeledBack,
    "refer": events.Referred,
    "slots": events.SlotsWaived,
    "unconfirm": events.ConfirmWaived,
    "coach": events.Coached,
    "birthday": events.BirthdaySet,
    "cards": events.CardsPlanned,
    "merge": events.Merged,
}
NAMES = {kind: name for name, kind in KINDS.items()}
TOUCH_COLUMNS = (
    "id, prospect_id, channel, inbound, outcome, at, logged_at, note, value, sentiment, step, cadence_id, "
    "companion_of, reason, template, promise"
)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a touch belongs."""

    step: int | None = None
    cadence_id: int | None = None
    companion_of: int | None = None
    promise: str | None = None


def row_of(
    prospect_id: str, event: Event, at: datetime, now: datetime, rules_id: int, placed: Placement | None = None
) -> dict[str, Value]:
    """Return the journal row of an event; `at` is when it happened, `now` when it was written, both aware."""
    row: Row = {
        "prospect_id": prospect_id,
        "kind": NAMES[type(event)],
        "at": instant(at),
        "logged_at": instant(now),
        "rules_id": rules_id,
        "event": dumps(event),
    }
    if isinstance(event, Logged):
        touch = event.touch
        where = placed or Placement()
        row |= {
            "channel": touch.channel,
            "outcome": touch.outcome.value,
            "inbound": int(touch.inbound),
            "note": touch.note,
            "value": touch.value,
            "sentiment": touch.sentiment,
            "reason": touch.reason,
            "step": where.step,
            "cadence_id": where.cadence_id,
            "companion_of": where.companion_of,
            "promise": where.promise,
        }
    elif reason := getattr(event, "reason", ""):
        row["reason"] = reason
    return row


def append(
    work: UnitOfWork,
    prospect_id: str,
    event: Event,
    *,
    at: datetime,
    rules_id: int,
    placed: Placement | None = None,
) -> int:
    """Write an event and return its id; ids, not clocks, order the journal."""
    return work.insert("journal", row_of(prospect_id, event, at, work.now, rules_id, placed))


def newest(connection: sqlite3.Connection | UnitOfWork, prospect_id: str) -> Iterator[tuple[str, str]]:
    """Return kind and instant of a prospect's entries, the newest by id first."""
    return connection.execute("SELECT kind, at FROM journal WHERE prospect_id = ? ORDER BY id DESC", (prospect_id,))


def newest_touch(work: UnitOfWork, prospect_id: str, step: int | None) -> int | None:
    """Return the id of the newest touch of a step, which a companion accompanies."""
    row = work.execute(
        "SELECT id FROM journal WHERE prospect_id = ? AND kind = 'touch' AND step IS ? AND strand = '' "
        "ORDER BY id DESC LIMIT 1",
        (prospect_id, step),
    ).fetchone()
    return int(row[0]) if row else None


def amend(work: UnitOfWork, entry_id: int, changes: dict[str, Value]) -> None:
    """Change words of a touch that the rules don't look at: note, value, sentiment; the event follows."""
    before = work.one("journal", entry_id)
    if before is None:
        return
    event = json.loads(str(before["event"]))
    for name, value in changes.items():
        if value:
            event["touch"][name] = value
        else:
            event["touch"].pop(name, None)
    text = json.dumps(event, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    work.update("journal", entry_id, {**changes, "event": text})


def entries(
    connection: sqlite3.Connection, prospect_id: str | None = None
) -> Iterator[tuple[str, str, Event, datetime, int]]:
    """Yield prospect, strand, event, the instant it was written and its rules, in journal order per prospect."""
    where = "WHERE prospect_id = ?" if prospect_id is not None else ""
    values = (prospect_id,) if prospect_id is not None else ()
    for owner, strand, kind, event, logged_at, rules in connection.execute(
        f"SELECT prospect_id, strand, kind, event, logged_at, rules_id FROM journal {where} ORDER BY prospect_id, id",
        values,
    ):
        yield owner, strand, loads(KINDS[kind], event), datetime.fromisoformat(logged_at), rules


def event(kind: str, text: str) -> Event:
    """Return a stored event."""
    return loads(KINDS[kind], text)


TOUCHES_SQL = f"SELECT {TOUCH_COLUMNS} FROM journal WHERE prospect_id = ? AND +kind = 'touch' ORDER BY at, id"
"""The + keeps SQLite from reading the touches of everybody, in the order of time, to spare a sort of one's own."""


def touches(connection: sqlite3.Connection, prospect_id: str) -> list[tuple[Value, ...]]:
    """Return the touches of a prospect as rows of `TOUCH_COLUMNS`, by when they happened."""
    return connection.execute(TOUCHES_SQL, (prospect_id,)).fetchall()


OUTBOUND_SQL = (
    "SELECT channel, at, companion_of FROM journal "
    "WHERE prospect_id = ? AND +kind = 'touch' AND inbound = 0 AND (at > ? OR channel = ?) ORDER BY id"
)


def outbound(
    connection: sqlite3.Connection | UnitOfWork, prospect_id: str, after: datetime, channel: str = ""
) -> Iterator[tuple[str, str, int | None]]:
    """Return channel, instant and companionship of our touches after an instant, and of all on this channel."""
    return connection.execute(OUTBOUND_SQL, (prospect_id, instant(after), channel))


SENTIMENTS_SQL = (
    "SELECT sentiment FROM journal WHERE prospect_id = ? AND +kind = 'touch' AND sentiment != '' "
    "AND id > coalesce((SELECT max(id) FROM journal WHERE prospect_id = ? AND +kind = 'reel'), 0) "
    "ORDER BY id DESC LIMIT 2"
)


def newest_sentiments(connection: sqlite3.Connection | UnitOfWork, prospect_id: str) -> list[str]:
    """Return the two newest sentiments since the prospect was reeled back."""
    return [str(row[0]) for row in connection.execute(SENTIMENTS_SQL, (prospect_id, prospect_id))]


def referrals(connection: sqlite3.Connection, prospect_id: str) -> list[tuple[str, datetime]]:
    """Return the ids of the people a prospect named, and when, oldest first."""
    rows = connection.execute(
        "SELECT event, at FROM journal WHERE prospect_id = ? AND +kind = 'refer' ORDER BY id", (prospect_id,)
    )
    return [(loads(events.Referred, text).prospect, datetime.fromisoformat(at)) for text, at in rows]


def rename_referred(work: UnitOfWork, prospect_id: str, ids: Mapping[str, str]) -> None:
    """Let the referrals of a prospect name people by their ids here, where these are others."""
    rows = work.execute(
        "SELECT id, event FROM journal WHERE prospect_id = ? AND +kind = 'refer' ORDER BY id", (prospect_id,)
    ).fetchall()
    for key, text in rows:
        event = loads(events.Referred, text)
        if event.prospect in ids:
            work.update("journal", key, {"event": dumps(events.Referred(ids[event.prospect]))})


SENT_SQL = (
    "SELECT channel, value != '', coalesce(template, ''), at FROM journal WHERE prospect_id = ? AND +kind = 'touch' "
    "AND inbound = 0 AND companion_of IS NULL ORDER BY at DESC, id DESC LIMIT 8"
)


def newest_sent(connection: sqlite3.Connection | UnitOfWork, prospect_id: str) -> list[tuple[str, bool, str, datetime]]:
    """Return channel, whether it gave something, template and instant of the newest touches of ours."""
    rows = connection.execute(SENT_SQL, (prospect_id,))
    return [(row[0], bool(row[1]), row[2], datetime.fromisoformat(row[3])) for row in rows]


def enrolled_at(connection: sqlite3.Connection | UnitOfWork, prospect_id: str) -> datetime | None:
    """Return when a prospect was last put on a cadence."""
    row = connection.execute(
        "SELECT max(at) FROM journal WHERE prospect_id = ? AND +kind = 'enrolled'", (prospect_id,)
    ).fetchone()
    return datetime.fromisoformat(row[0]) if row and row[0] else None


def coached(connection: sqlite3.Connection) -> dict[str, tuple[int, int]]:
    """Return how often each rule of the coach was shown to its end, and how often of these it was put away."""
    counts: dict[str, tuple[int, int]] = {}
    for (text,) in connection.execute("SELECT event FROM journal WHERE kind = 'coach'"):
        event = loads(events.Coached, text)
        shown, dismissed = counts.get(event.rule, (0, 0))
        counts[event.rule] = (shown + 1, dismissed + event.dismissed)
    return counts


REASONS_SQL = (
    "SELECT CASE WHEN kind = 'touch' THEN outcome ELSE kind END, reason, count(*) FROM journal "
    "WHERE reason != '' AND (kind IN ('skip', 'close', 'answer', 'reel') "
    "OR (kind = 'touch' AND outcome = 'definite no')) GROUP BY 1, 2"
)


def reasons(connection: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """Return what a reason was given for, the reason, and how often."""
    return [(row[0], row[1], int(row[2])) for row in connection.execute(REASONS_SQL)]


def promising(connection: sqlite3.Connection) -> list[str]:
    """Return the ids of everybody who was promised something."""
    return [
        str(row[0])
        for row in connection.execute(
            "SELECT DISTINCT prospect_id FROM journal WHERE (kind = 'touch' AND promise IS NOT NULL) "
            "OR (kind = 'answer' AND event LIKE '%\"until\"%') ORDER BY prospect_id"
        )
    ]


def length(connection: sqlite3.Connection | UnitOfWork, prospect_id: str) -> int:
    """Return how many entries a prospect's journal has."""
    return int(connection.execute("SELECT count(*) FROM journal WHERE prospect_id = ?", (prospect_id,)).fetchone()[0])


def touch(connection: sqlite3.Connection | UnitOfWork, entry_id: int) -> tuple[Value, ...] | None:
    """Return one touch as a row of `TOUCH_COLUMNS`."""
    row: tuple[Value, ...] | None = connection.execute(
        f"SELECT {TOUCH_COLUMNS} FROM journal WHERE id = ?", (entry_id,)
    ).fetchone()
    return row
