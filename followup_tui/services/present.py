"""From stored rows and states to views: what is true today, in the user's zone."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from followup_tui.domain.cadence import Rules, steps_total
from followup_tui.domain.cards import current
from followup_tui.domain.decisions import question_of
from followup_tui.domain.model import PlanKind, Planned, Question, Relation, State
from followup_tui.domain.momentum import momentum, overdue_days
from followup_tui.domain.phases import phase
from followup_tui.domain.responses import limit_of
from followup_tui.domain.workdays import zone_of
from followup_tui.services.context import Context
from followup_tui.services.views import DetailView, NextTouchView, ProspectRow, ProspectView, TouchView, WhoView
from followup_tui.storage.codec import loads
from followup_tui.storage.people import Person
from followup_tui.storage.queue import PlannedRow


def state_of(person: Person) -> State:
    """Return the domain state of a stored prospect."""
    return loads(State, person.state)


def state_of_row(row: PlannedRow) -> State:
    """Return the domain state of a row of the queue."""
    return loads(State, row.state)


def next_touch_view(state: State, now: datetime, rules: Rules) -> NextTouchView | None:
    """Return the next touch as it stands now: nothing while paused, a decision when the app asks."""
    today = rules.day(now)
    if state.is_paused(today):
        return None
    question = question_of(state, now, rules)
    plan = current(state, today).next_touch
    if question is not None:
        asked = next((other for other in state.plans if other.kind is PlanKind.DECISION), None)
        why = asked.reason if asked else "the meeting's time has passed: what happened?"
        return NextTouchView("decision", today, None, None, None, why, False, question.value)
    return planned_view(plan) if plan else None


def planned_view(plan: Planned) -> NextTouchView:
    """Return one planned date as a view."""
    question = plan.question.value if plan.question else None
    return NextTouchView(
        plan.kind.value, plan.date, plan.time, plan.channel, plan.step, plan.reason, plan.fixed, question, plan.zone
    )


def prospect_view(person: Person, context: Context, rules: Rules, now: datetime) -> ProspectView:
    """Return the whole prospect."""
    state = state_of(person)
    today = rules.day(now)
    paused = state.is_paused(today)
    upcoming = next_touch_view(state, now, rules)
    lead = current(state, today).next_touch
    late = 0 if upcoming is None or upcoming.kind == "decision" else overdue_days(lead, today)
    cadence = rules.cadence(state.enrolment.cadence_id) if state.enrolment else None
    pause = state.paused
    return ProspectView(
        id=person.id,
        name=person.name,
        company=person.company,
        title=person.title,
        relation=state.relation.value,
        phone=person.detail("phone"),
        mobile=person.detail("mobile"),
        email=person.detail("email"),
        fax=person.detail("fax"),
        address=person.detail("address"),
        zone=person.zone or context.config.zone,
        zone_confirmed=person.zone_confirmed,
        why=person.why,
        benefit=person.benefit,
        source=person.source,
        star=person.star,
        tags=person.tags,
        birthday=person.birthday,
        referred_by=person.referred_by,
        attempts=state.attempts,
        touches=state.touches,
        last_touch=local(state.last_at, rules) if state.last_at else None,
        next_touch=upcoming,
        paused=paused,
        paused_until=pause.until if paused and pause else None,
        pace=state.pace,
        goal=person.goal,
        consent=state.consent.given if state.consent else None,
        consent_on=state.consent.on if state.consent else None,
        consent_words=state.consent.words if state.consent else "",
        consent_channel=state.consent.channel if state.consent else "",
        do_not_contact=state.relation is Relation.DO_NOT_CONTACT,
        bad_details=tuple(detail.value for detail in person.details if detail.bad),
        blocked=bool(lead and lead.blocked),
        momentum=momentum(late),
        phase=state.phase or phase(state.attempts),
        cadence=cadence.name if cadence else None,
        step=state.enrolment.step if state.enrolment else None,
        steps_total=steps_total(cadence, state.enrolment) if cadence and state.enrolment else None,
        extra=json.loads(person.extra),
        note=person.note,
        attempts_limit=limit_of(state, rules),
        stopped_channels=tuple(sorted(state.stopped_channels)),
        referral_slots=state.referral_slots,
        overdue_days=late,
    )


def local(moment: datetime, rules: Rules) -> datetime:
    """Return an instant in the user's zone."""
    return moment.astimezone(zone_of(rules.zone))


def touch_view(row: tuple[Any, ...], rules: Rules) -> TouchView:
    """Return a touch from a row of the journal's TOUCH_COLUMNS."""
    at, logged = datetime.fromisoformat(row[5]), datetime.fromisoformat(row[6])
    cadence = rules.cadences.get(row[11]) if row[11] is not None else None
    return TouchView(
        id=str(row[0]),
        prospect=row[1],
        channel=row[2],
        direction="inbound" if row[3] else "outbound",
        outcome=row[4],
        at=local(at, rules),
        logged_at=local(logged, rules),
        note=row[7],
        value=row[8],
        sentiment=row[9] or None,
        step=row[10],
        cadence=cadence.name if cadence else None,
        companion_of=None if row[12] is None else str(row[12]),
        reason=row[13],
        template=row[14],
        promise=row[15],
    )


def who_view(person: Person, context: Context) -> WhoView:
    """Return the short form used in lists."""
    return WhoView(person.id, person.name, person.company, person.zone or context.config.zone)


def detail_views(person: Person) -> tuple[DetailView, ...]:
    """Return every way to reach a prospect."""
    return tuple(DetailView(detail.kind, detail.value, detail.label, detail.bad) for detail in person.details)


def row_view(row: tuple[Any, ...], today: date) -> ProspectRow:
    """Return a light row; the next touch is hidden while paused, a decision is dated today, a lapsed card is gone."""
    paused = row[12] is not None and (row[13] is None or today < date.fromisoformat(row[13]))
    kind, on, channel = row[4:7]
    if row[14] is not None and (plan := current(loads(State, row[14]), today).next_touch) is not None:
        kind, on, channel = plan.kind.value, plan.date.isoformat(), plan.channel
    kind = None if paused else kind
    day = None if paused or on is None else date.fromisoformat(on)
    if kind == "decision":
        day = today
    return ProspectRow(
        row[0],
        row[1],
        row[2],
        row[3],
        kind,
        day,
        None if paused else channel,
        row[7],
        datetime.fromisoformat(row[8]) if row[8] else None,
        bool(row[9]),
        row[10] or "",
        row[11] or "",
    )


def asked_words(question: Question) -> str:
    """Return the question in words."""
    from followup_tui.domain.decisions import WORDS

    return WORDS[question]
