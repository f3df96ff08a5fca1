"""Writing what happened: every change of a prospect's state goes through `record`, inside one unit of work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from followup_tui.domain.cadence import Rules
from followup_tui.domain.channels import detail_used
from followup_tui.domain.events import Event, LoadMoved, Logged
from followup_tui.domain.lifecycle import BLANK, Advance, advance
from followup_tui.domain.model import State, Touch
from followup_tui.errors import NothingFound, UsageError
from followup_tui.records import dataclass
from followup_tui.services import present
from followup_tui.services.context import Context
from followup_tui.services.knowing import known
from followup_tui.services.load import LoadRule
from followup_tui.services.views import LogView
from followup_tui.storage import journal, people, standing
from followup_tui.storage.codec import loads
from followup_tui.storage.journal import Placement
from followup_tui.storage.unit_of_work import UnitOfWork

_BY_DAY = ("added", "enrolled", "change", "migrate", "load", "waive", "tune", "refer", "slots", "unconfirm", "merge")
"""Kinds of entries whose hour says nothing about when somebody was contacted."""
_BESIDE = ("coach", "birthday", "cards")
"""Kinds that say nothing about it by their day either: a hint, and what cards follow from."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was written."""

    before: State
    advance: Advance
    entry: int
    """Id of the journal entry."""


def record(context: Context, work: UnitOfWork, prospect_id: str, event: Event, *, new: bool = False) -> Recorded:
    """Advance one prospect by an event and store entry and state; UsageError when the event is impossible."""
    rules = context.rules(work.connection)
    before, row = (BLANK, None) if new else standing.whole(work, prospect_id)
    load = LoadRule(work.connection, context.config, rules)
    done, later = tried(load, prospect_id, before, event, work.now, rules)
    placed = None
    at = work.now
    if isinstance(event, Logged):
        at = event.touch.at
        placed = _placement(work, prospect_id, event.touch, done)
    rules_id = context.rules_id(work)
    entry = journal.append(work, prospect_id, event, at=at, rules_id=rules_id, placed=placed)
    if later is not None:
        journal.append(work, prospect_id, later, at=at, rules_id=rules_id)
    standing.write(work, prospect_id, done.state, rules, row)
    if done.bad_detail:
        _mark_bad(work, prospect_id, done.bad_detail)
    return Recorded(before, done, entry)


def tried(
    load: LoadRule, prospect_id: str, before: State, event: Event, now: datetime, rules: Rules
) -> tuple[Advance, LoadMoved | None]:
    """Return what an event leads to, and the load move that goes with it: preview and act both ask here."""
    return load.settle(prospect_id, before, event, advance(before, event, now, rules), now)


def _placement(work: UnitOfWork, prospect_id: str, touch: Touch, done: Advance) -> Placement:
    companion_of = journal.newest_touch(work, prospect_id, done.step) if done.companion else None
    return Placement(done.step, done.cadence_id, companion_of, promise_words(touch))


def promise_words(touch: Touch) -> str | None:
    """Return the date, and time, told to the prospect as it is stored."""
    if touch.until is None:
        return None
    return touch.until.isoformat() + (f"T{touch.until_time.isoformat('minutes')}" if touch.until_time else "")


def _mark_bad(work: UnitOfWork, prospect_id: str, kind: str) -> None:
    """Mark the detail used; with several of a kind the first good one was used."""
    rows = work.execute(
        "SELECT id FROM detail WHERE prospect_id = ? AND kind = ? AND bad = 0 ORDER BY position, id LIMIT 1",
        (prospect_id, kind),
    ).fetchall()
    for row in rows:
        work.update("detail", row[0], {"bad": 1})


def with_spare(connection: Any, prospect_id: str, touch: Touch, state: State) -> Touch:
    """Return a touch that knows whether another good detail of the kind it uses is left."""
    kind = touch.detail or detail_used(touch.channel, state.good)
    sql = "SELECT count(*) FROM detail WHERE prospect_id = ? AND kind = ? AND bad = 0"
    return replace(touch, spare=connection.execute(sql, (prospect_id, kind)).fetchone()[0] > 1)


def with_back_dating(connection: Any, prospect_id: str, touch: Touch, rules: Rules, now: datetime) -> Touch:
    """Return the touch marked when it is older than the journal; UsageError for a future time (§4)."""
    refuse_future(touch.at, now)
    entries = ((kind, datetime.fromisoformat(at)) for kind, at in journal.newest(connection, prospect_id))
    return replace(touch, back_dated=True) if is_older(entries, touch.at, rules) else touch


def refuse_future(at: datetime, now: datetime) -> None:
    """Refuse a time that has not come: a touch has happened."""
    if (at - now).total_seconds() > 60:
        raise UsageError("the time of a touch can't be in the future", "leave --at out for now")


def is_older(entries: Iterable[tuple[str, datetime]], at: datetime, rules: Rules) -> bool:
    """Whether a touch is older than one of the entries (kind and instant).

    Entering the database and enrolling count by their local day: a call made just before somebody was added is not old.
    """
    day = rules.day(at)
    told = ((kind, other) for kind, other in entries if kind not in _BESIDE)
    return any(rules.day(other) > day if kind in _BY_DAY else other > at for kind, other in told)


def stored(connection: Any, prospect_id: str) -> people.Person:
    """Return one stored prospect; NothingFound when it is gone."""
    found = people.people(connection, [prospect_id])
    if not found:
        raise NothingFound(f"there is no prospect {prospect_id}", "followup find lists them")
    return found[0]


def log_view(
    context: Context,
    work: UnitOfWork,
    prospect_id: str,
    recorded: Recorded,
    rules: Rules,
    now: datetime,
    seen: people.Person | None = None,
) -> LogView:
    """Return what was written, read back inside the same transaction; of who was `seen` before it, what may differ."""
    if seen is None or recorded.advance.bad_detail:
        person = stored(work.connection, prospect_id)
    else:
        person = people.as_it_stands(work, seen)
    row = journal.touch(work, recorded.entry)
    touch = present.touch_view(row, rules) if row is not None and row[2] is not None else None
    return LogView(
        touch=touch,
        prospect=known(work.connection, person, context, rules, now),
        before=present.next_touch_view(recorded.before, now, rules),
        after=present.next_touch_view(loads(State, person.state), now, rules),
        undo=work.name,
        explanation=recorded.advance.explanation,
    )
