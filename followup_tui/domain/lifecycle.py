"""The state machine: `advance` takes what happened and returns what is now; a preview is the same call (§3–§5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import assert_never

from followup_tui.domain import decisions, enrolling, loading, merging, moves, touches, tuning
from followup_tui.domain.cadence import Rules
from followup_tui.domain.events import (
    Added,
    Answered,
    Changed,
    Closed,
    Coached,
    CompanionWaived,
    ConfirmWaived,
    Enrolled,
    Event,
    LoadMoved,
    Logged,
    Merged,
    Migrated,
    Moved,
    Paused,
    Placed,
    ReeledBack,
    Referred,
    Reopened,
    Resumed,
    Skipped,
    SlotsWaived,
    Tuned,
)
from followup_tui.domain.migrating import migrated
from followup_tui.domain.model import Relation, State
from followup_tui.domain.planning import rechannel
from followup_tui.domain.waiving import confirm_waived, fewer_slots, waived

BLANK = State(Relation.POOL)
"""The state before anything happened."""


@dataclass(frozen=True, slots=True)
class Advance:
    """What one event led to."""

    state: State
    explanation: str
    """One sentence for people."""
    step: int | None = None
    """The step a touch belongs to."""
    cadence_id: int | None = None
    companion: bool = False
    """Whether the touch was the companion of a step already done."""
    completes: bool = False
    """Whether it completed the planned step."""
    bad_detail: str = ""
    """The kind of detail to mark as bad."""


def advance(state: State, event: Event, now: datetime, rules: Rules) -> Advance:
    """Return the state after an event at `now` (aware); UsageError when the event is impossible in this state."""
    today = rules.day(now)
    match event:
        case Added():
            return Advance(_added(event), "added")
        case Enrolled():
            return Advance(enrolling.enrolled(state, event, rules), _enrolled_words(event, rules))
        case Logged():
            done = touches.log(state, event.touch, today, rules)
            return Advance(
                done.state, done.words, done.step, done.cadence_id, done.companion, done.completes, done.bad_detail
            )
        case Skipped():
            return Advance(moves.skipped(state, today, rules), "skipped")
        case Moved():
            return Advance(moves.moved(state, event, today, rules), "moved")
        case Paused():
            return Advance(moves.paused(state, event, today, rules), "paused")
        case Resumed():
            return Advance(moves.resumed(state, today, rules), "resumed")
        case Answered():
            return Advance(decisions.answered(state, event, now, rules), event.choice)
        case Changed():
            changed = replace(state, good=event.good, star=event.star, pace=event.pace)
            changed = rechannel(changed, rules)
            if event.pace != state.pace:
                changed = tuning.repaced(changed, today, rules)
            return Advance(changed, "details changed")
        case Closed():
            return Advance(enrolling.closed(state), "closed")
        case Reopened():
            return Advance(enrolling.reopened(state, today, rules), "reopened")
        case Placed():
            return Advance(enrolling.placed(state, event.relation, today, rules), f"now {event.relation}")
        case Migrated():
            return Advance(migrated(state, event, today, rules), _version_words(event, rules))
        case CompanionWaived():
            return Advance(waived(state, today), "the companion is waived")
        case LoadMoved():
            return Advance(loading.moved_by_load(state, event), event.reason)
        case Tuned():
            return Advance(tuning.tuned(state, event, rules), "goal and phase set")
        case ReeledBack():
            return Advance(tuning.reeled_back(state, event, today, rules), "reeled back")
        case Referred():
            return Advance(fewer_slots(state, 1), "named somebody")
        case SlotsWaived():
            return Advance(fewer_slots(state, event.number), "slots waived")
        case ConfirmWaived():
            return Advance(confirm_waived(state, today, rules), "the meeting stays unconfirmed")
        case Coached():
            return Advance(replace(state, coached=state.coached | {event.rule}), "seen")
        case Merged():
            return Advance(merging.merged(state, event, today, rules), "merged")
        case _:
            assert_never(event)


def preview(state: State, event: Event, now: datetime, rules: Rules) -> Advance:
    """Return what an event would do: the same function as the act, by definition."""
    return advance(state, event, now, rules)


def replay(entries: Iterable[tuple[Event, datetime, Rules]]) -> State:
    """Return the state recomputed from a journal in the order it was written."""
    state = BLANK
    for event, now, rules in entries:
        state = advance(state, event, now, rules).state
    return state


def _added(event: Added) -> State:
    return State(event.relation, event.good, interacted=event.interacted, star=event.star, pace=event.pace)


def _enrolled_words(event: Enrolled, rules: Rules) -> str:
    return f"on {rules.cadence(event.cadence_id).name}"


def _version_words(event: Migrated, rules: Rules) -> str:
    cadence = rules.cadence(event.cadence_id)
    return f"on {cadence.name}, version {cadence.version}"


def invariant_broken(state: State, today: date) -> str:
    """Say how the invariant of §3 is broken, or return an empty string.

    Everyone in play and not paused has a next touch; nobody else has one.
    """
    if state.relation.in_play and not state.is_paused(today) and not state.plans:
        return f"{state.relation} without a next touch"
    if not state.relation.in_play and state.plans:
        return f"{state.relation} with a next touch"
    if not state.relation.in_play and state.enrolment is not None:
        return f"{state.relation} but enrolled"
    return ""
