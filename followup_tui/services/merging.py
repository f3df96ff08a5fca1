"""Two prospects that are one person become one: nothing is lost, one change, one undo (domain §1, §3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from followup_tui.domain.cadence import Rules
from followup_tui.domain.events import BirthdaySet, Event, Merged
from followup_tui.domain.lifecycle import advance
from followup_tui.domain.merging import keeps_course, relation_of
from followup_tui.domain.model import Relation, State
from followup_tui.domain.workdays import day_name
from followup_tui.errors import UsageError
from followup_tui.records import dataclass
from followup_tui.services import present
from followup_tui.services.changes import Changes
from followup_tui.services.context import Context, changes_of
from followup_tui.services.details import good_kinds
from followup_tui.services.joining import A, B, Joined, checked_choices, choices, join
from followup_tui.services.recording import stored
from followup_tui.services.views.merging import MergeFieldView, MergeSideView, MergeView
from followup_tui.storage import journal, people, standing
from followup_tui.storage.handing_over import hand_over
from followup_tui.storage.unit_of_work import UnitOfWork

_NEWEST = 3


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a merge comes to."""

    a: people.Person
    b: people.Person
    joined: Joined
    event: Merged
    further: tuple[Event, ...]
    """What has to be told after it."""
    state: State
    view: MergeView


class MergeService:
    """Merging, and looking at what it would do: one function plans both."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def preview(self, a: str, b: str, keep: Mapping[str, str] | None = None) -> MergeView:
        """Return what `merge` would do; nothing is written."""
        with self._context.database.reading() as connection:
            return replace(self._planned(connection, a, b, keep or {}).view, dry_run=True)

    def merge(self, a: str, b: str, keep: Mapping[str, str] | None = None) -> tuple[MergeView, Changes]:
        """Make b part of a: a's id stays. `keep` maps a field to `a` or `b`, whose value stands first.

        UsageError when both are one, or for a field that can't be chosen; NothingFound when one is gone.
        """
        context = self._context
        with context.working("Merge") as work:
            plan = self._planned(work.connection, a, b, keep or {})
            work.name = f"Merge {plan.b.name} into {plan.a.name}"
            self._write(work, plan)
        return replace(plan.view, undo=work.name), changes_of(work)

    def _write(self, work: UnitOfWork, plan: _Plan) -> None:
        context, kept = self._context, plan.a
        since = min(str(row["created_at"]) for key in (kept.id, plan.b.id) if (row := work.one("prospect", key)))
        strand = hand_over(work, kept.id, plan.b.id, plan.joined.same)
        for place, detail in enumerate(plan.joined.details):
            work.update("detail", detail.id, {"position": place, "label": detail.label, "bad": int(detail.bad)})
        work.update("prospect", kept.id, {**plan.joined.columns, "created_at": since})
        for event in (replace(plan.event, strand=strand, taken=None), *plan.further):
            journal.append(work, kept.id, event, at=work.now, rules_id=context.rules_id(work))
        standing.write(work, kept.id, plan.state, context.rules(work.connection))
        if kept.snoozed_until:
            standing.snooze(work, kept.id, datetime.fromisoformat(kept.snoozed_until))
        work.remember_prospects((kept.id, plan.b.id))

    def _planned(self, connection: Any, a: str, b: str, keep: Mapping[str, str]) -> _Plan:
        keep = checked_choices(keep)
        kept = stored(connection, a)
        if a == b:
            raise UsageError(f"{kept.name} can't be merged with themselves", "name two prospects")
        taken = stored(connection, b)
        rules, now = self._context.rules(connection), self._context.now()
        one, two = present.state_of(kept), present.state_of(taken)
        course = B if keep.get("cadence") == B else A
        runs_on = "kept" if keeps_course(one, two, "kept" if course == A else "taken") else "taken"
        fields = choices(kept, taken, keep)
        joined = join(kept, taken, fields)
        event = Merged(b, good_kinds(joined.details), bool(joined.columns["star"]), joined.pace, runs_on, two)
        state = advance(one, event, now, rules).state
        further: tuple[Event, ...] = ()
        if (birthday := str(joined.columns["birthday"])) != state.birthday:
            further = (BirthdaySet(birthday),)
            state = advance(state, further[0], now, rules).state
        sides = tuple(self._side(connection, person, rules, now) for person in (kept, taken))
        fields.append(_cadence_field(sides[0], sides[1], A if runs_on == "kept" else B))
        view = _view(sides, fields, (one, two, state), runs_on, rules, now)
        return _Plan(kept, taken, joined, event, further, state, view)

    def _side(self, connection: Any, person: people.Person, rules: Rules, now: datetime) -> MergeSideView:
        state = present.state_of(person)
        rows = journal.touches(connection, person.id)
        return MergeSideView(
            id=person.id,
            name=person.name,
            company=person.company,
            relation=state.relation.value,
            cadence=_cadence(state, rules),
            attempts=state.attempts,
            touches=len(rows),
            entries=journal.length(connection, person.id),
            next_touch=present.next_touch_view(state, now, rules),
            newest=tuple(present.touch_view(row, rules) for row in rows[: -_NEWEST - 1 : -1]),
            details=present.detail_views(person),
            tags=person.tags,
        )


def _cadence(state: State, rules: Rules) -> str | None:
    return rules.cadence(state.enrolment.cadence_id).name if state.enrolment else None


def _cadence_field(one: MergeSideView, two: MergeSideView, chosen: str) -> MergeFieldView:
    left = two.cadence if chosen == A else one.cadence
    names = (one.cadence or "", two.cadence or "")
    return MergeFieldView("cadence", *names, chosen, "ends" if left and names[0] != names[1] else "")


def _view(
    sides: tuple[MergeSideView, ...],
    fields: list[MergeFieldView],
    states: tuple[State, State, State],
    runs_on: str,
    rules: Rules,
    now: datetime,
) -> MergeView:
    state = states[2]
    return MergeView(
        a=sides[0],
        b=sides[1],
        fields=tuple(fields),
        relation=state.relation.value,
        cadence=_cadence(state, rules),
        attempts=state.attempts,
        touches=state.touches,
        next_touch=present.next_touch_view(state, now, rules),
        told=tuple(_told(sides, states, runs_on, rules, now)),
    )


def _told(
    sides: tuple[MergeSideView, ...], states: tuple[State, State, State], runs_on: str, rules: Rules, now: datetime
) -> list[str]:
    """Say what the merge means: whose cadence runs on, what holds, what is planned next."""
    one, two, state = states
    said: list[str] = []
    runs, ends = (sides[0], sides[1]) if runs_on == "kept" else (sides[1], sides[0])
    if state.enrolment is not None:
        other = f"; {ends.cadence} ends ({ends.name})" if ends.cadence else ""
        said.append(f"{runs.cadence} runs on, step {state.enrolment.step} ({runs.name}){other}")
    elif one.enrolment or two.enrolment:
        said.append("no cadence runs on")
    if one.relation is not two.relation:
        why = " holds" if relation_of(one, two) in (Relation.DO_NOT_CONTACT, Relation.CLOSED) else ""
        said.append(f"{one.relation} and {two.relation} → {state.relation}{why}")
    if state.consent is not None and not state.consent.given:
        said.append(f"the no of {day_name(state.consent.on)} to staying in touch holds")
    fixed = [plan for plan in state.plans if plan.fixed]
    if fixed:
        said.append("stays: " + ", ".join(f"{plan.kind} on {day_name(plan.date)}" for plan in fixed))
    if bool(one.is_paused(rules.day(now))) != bool(two.is_paused(rules.day(now))):
        said.append("paused" if state.is_paused(rules.day(now)) else "not paused any more")
    said.append(f"one timeline of {sides[0].touches} + {sides[1].touches} touches")
    return said
