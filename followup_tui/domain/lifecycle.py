"""The state machine: `advance` takes what happened and returns what is now; a preview is the same call (§3–§5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import assert_never

from followup_tui.domain import cards, decisions, enrolling, loading, merging, moves, touches, tuning
from followup_tui.domain.cadence import Rules
from followup_tui.domain.events import (
    Added,
    Answered,
    BirthdaySet,
    CardsPlanned,
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
from followup_tui.domain.model import PlanKind, Relation, State
from followup_tui.domain.planning import rechannel
from followup_tui.domain.waiving import confirm_waived, fewer_slots, waived
from followup_tui.records import dataclass, replace

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
    if isinstance(event, Moved) and (card := cards.lead_card(state, today)) is not None:
        put = cards.moved(state, card, event, today)
        return Advance(cards.settled(cards.laid_aside(put, today), put, today, rules), "moved")
    if isinstance(event, Skipped) and (card := cards.lead_card(state, today)) is not None:
        done = Advance(cards.given(cards.laid_aside(state, today), card), "skipped")
    elif isinstance(event, Logged) and (card := cards.card_of(state, event.touch, rules.day(event.touch.at))):
        done = _made(cards.sent(state, card, event.touch, today, rules))
    else:
        done = _advanced(cards.laid_aside(state, today), event, now, rules)
    return replace(done, state=cards.settled(done.state, state, today, rules))


def _advanced(state: State, event: Event, now: datetime, rules: Rules) -> Advance:
    """Return what an event leads to by every rule but that of cards, which it does not see."""
    today = rules.day(now)
    match event:
        case Added():
            return Advance(_added(event), "added")
        case Enrolled():
            return Advance(enrolling.enrolled(state, event, rules), _enrolled_words(event, rules))
        case Logged():
            return _made(touches.log(state, event.touch, today, rules))
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
            stopped = state.stopped_channels | event.stopped
            changed = replace(state, good=event.good, star=event.star, pace=event.pace, stopped_channels=stopped)
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
        case BirthdaySet():
            return Advance(replace(state, birthday=event.birthday), "birthday set")
        case CardsPlanned():
            return Advance(state, "cards planned")
        case Merged():
            taken = cards.laid_aside(event.taken or BLANK, today)
            both = merging.merged(state, replace(event, taken=taken), today, rules)
            return Advance(cards.of_both(both, state, taken), "merged")
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


def _made(done: touches.Done) -> Advance:
    return Advance(done.state, done.words, done.step, done.cadence_id, done.companion, done.completes, done.bad_detail)


def _added(event: Added) -> State:
    return State(
        event.relation,
        event.good,
        interacted=event.interacted,
        star=event.star,
        pace=event.pace,
        birthday=event.birthday,
        stopped_channels=event.stopped,
    )


def _enrolled_words(event: Enrolled, rules: Rules) -> str:
    return f"on {rules.cadence(event.cadence_id).name}"


def _version_words(event: Migrated, rules: Rules) -> str:
    cadence = rules.cadence(event.cadence_id)
    return f"on {cadence.name}, version {cadence.version}"


def invariant_broken(state: State, today: date) -> str:
    """Say how the invariant of §3 is broken, or return an empty string.

    Everyone in play and not paused has a next touch, and not a card alone, which lapses; nobody else has one.
    """
    lasting = [plan for plan in state.plans if plan.kind is not PlanKind.CARD]
    if state.relation.in_play and not state.is_paused(today) and not lasting:
        return f"{state.relation} without a next touch"
    if not state.relation.in_play and state.plans:
        return f"{state.relation} with a next touch"
    if not state.relation.in_play and state.enrolment is not None:
        return f"{state.relation} but enrolled"
    return ""
