"""The stored state of prospects: written after every event, read for the queue."""

from __future__ import annotations

from datetime import datetime

from followup_tui.domain.cadence import Rules, companion, step_at, steps_total
from followup_tui.domain.model import PlanKind, State
from followup_tui.errors import NothingFound
from followup_tui.storage.codec import dumps, loads
from followup_tui.storage.unit_of_work import Row, UnitOfWork, Value, instant


def columns(prospect_id: str, state: State, rules: Rules) -> dict[str, Value]:
    """Return the row of `standing` for a state: what the queue and the lists read without decoding JSON."""
    plan = state.next_touch
    enrolment = state.enrolment
    cadence = rules.cadence(enrolment.cadence_id) if enrolment else None
    step = step_at(cadence, enrolment, enrolment.step, state.star) if cadence and enrolment else None
    fixed = min((other.date for other in state.plans if other.fixed), default=None)
    pause = state.paused
    return {
        "prospect_id": prospect_id,
        "relation": state.relation.value,
        "next_kind": plan.kind.value if plan else None,
        "next_date": plan.date.isoformat() if plan else None,
        "next_time": plan.time.isoformat("minutes") if plan and plan.time else None,
        "next_channel": plan.channel if plan else None,
        "next_step": plan.step if plan else None,
        "blocked": int(plan.blocked) if plan else 0,
        "attempts": state.attempts,
        "touches": state.touches,
        "last_touch_at": instant(state.last_at) if state.last_at else None,
        "last_channel": state.last_channel,
        "cadence_id": enrolment.cadence_id if enrolment else None,
        "step": enrolment.step if enrolment else None,
        "steps_total": steps_total(cadence, enrolment) if cadence and enrolment else None,
        "companion": companion(step, plan.channel, state) if step and plan and plan.kind is PlanKind.STEP else None,
        "fixed_date": fixed.isoformat() if fixed else None,
        "paused_from": pause.since.isoformat() if pause else None,
        "paused_until": pause.until.isoformat() if pause and pause.until else None,
        "reachable": int(bool(state.good)),
        "state": dumps(state),
    }


def read(work: UnitOfWork, prospect_id: str) -> State:
    """Return the state inside a unit of work; NothingFound when there is no such prospect."""
    row = work.execute("SELECT state FROM standing WHERE prospect_id = ?", (prospect_id,)).fetchone()
    if row is None:
        raise NothingFound(f"there is no prospect {prospect_id}", "followup find lists them")
    return loads(State, str(row[0]))


def whole(work: UnitOfWork, prospect_id: str) -> tuple[State, Row]:
    """Return the state and its row, as `write` takes it; NothingFound when there is no such prospect."""
    row = work.one("standing", prospect_id)
    if row is None:
        raise NothingFound(f"there is no prospect {prospect_id}", "followup find lists them")
    return loads(State, str(row["state"])), row


def write(work: UnitOfWork, prospect_id: str, state: State, rules: Rules, before: Row | None = None) -> None:
    """Store a state; a snooze ends with whatever happened. `before` is the row as it stands, when it was read."""
    row: Row = dict(columns(prospect_id, state, rules))
    row["snoozed_until"] = None
    before = before or work.one("standing", prospect_id)
    if before is None:
        work.insert("standing", row)
    else:
        work.update("standing", prospect_id, row, before)


def snooze(work: UnitOfWork, prospect_id: str, until: datetime | None) -> None:
    """Hide a prospect until an instant; the plan is unchanged."""
    work.update("standing", prospect_id, {"snoozed_until": instant(until) if until else None})
