"""Two prospects that were one person: where that person stands (domain §3, §10).

Pure and total: any two states make one that keeps the invariant. The stricter wins where somebody asked for it.
"""

from __future__ import annotations

from datetime import date

from followup_tui.domain import cards
from followup_tui.domain.cadence import Rules
from followup_tui.domain.events import Merged
from followup_tui.domain.model import Consent, PlanKind, Planned, Question, Relation, State
from followup_tui.domain.planning import adding, decision, plan_of, rechannel, with_plans
from followup_tui.domain.responses import limited
from followup_tui.records import replace

_WARMTH = (
    Relation.POOL,
    Relation.CLOSED,
    Relation.COLD,
    Relation.NURTURE,
    Relation.ENGAGED,
    Relation.CUSTOMER,
    Relation.DO_NOT_CONTACT,
)
_STILL_ASKED = (Question.PERMISSION, Question.AFTER_MEETING)
"""What is asked about the person, not about a cadence that ends with the merge."""


def merged(kept: State, event: Merged, today: date, rules: Rules) -> State:
    """Return where the person stands when `event.taken` is the same one as `kept`.

    The warmer relation holds; a closing holds against cold and pool; *do not contact* against everything. One cadence
    runs on; promises, meetings and answers of both stay.
    """
    kept = cards.laid_aside(kept, today)
    taken = cards.laid_aside(event.taken or State(Relation.POOL), today)
    relation = relation_of(kept, taken)
    runs, other = (kept, taken) if keeps_course(kept, taken, event.runs_on) else (taken, kept)
    state = replace(_summed(kept, taken), good=event.good, star=event.star, pace=event.pace, relation=relation)
    if not relation.in_play:
        return replace(state, before=_before(kept, taken) if relation is not Relation.POOL else None)
    ask_at = _ask_at(runs, state.attempts)
    state = replace(state, enrolment=runs.enrolment, companion=runs.companion, paused=runs.paused, ask_at=ask_at)
    state = rechannel(with_plans(state, *runs.plans, *_of_other(runs, other)), rules)
    if not state.is_paused(today):
        state = limited(state, today, rules)
        if not state.plans:
            state = adding(state, decision(Question.WHAT_NEXT, today, "merged: what comes next?"))
    return state


def relation_of(kept: State, taken: State) -> Relation:
    """Return the relation of the two together."""
    low, high = sorted((kept, taken), key=lambda state: _WARMTH.index(state.relation))
    if low.relation is Relation.CLOSED and high.relation.in_play and not _overrules_closing(high, low):
        return Relation.CLOSED
    if high.relation is Relation.COLD and (low.interacted or high.interacted):
        return Relation.ENGAGED
    return high.relation


def keeps_course(kept: State, taken: State, runs_on: str) -> bool:
    """Whether the cadence and the plans of the kept prospect run on: unless the other's was chosen, or it has none."""
    first, second = (kept, taken) if runs_on == "kept" else (taken, kept)

    def weight(state: State) -> tuple[bool, bool]:
        return state.relation.in_play, state.relation.in_play and state.enrolment is not None

    return (first if weight(first) >= weight(second) else second) is kept


def _overrules_closing(state: State, closed: State) -> bool:
    """Whether somebody is in play in spite of a closing: they talk with us, or something was promised to them."""
    refused = closed.consent is not None and not closed.consent.given
    if state.relation is Relation.NURTURE and not refused:
        return True
    return state.relation in (Relation.ENGAGED, Relation.CUSTOMER) or any(plan.fixed for plan in state.plans)


def _summed(kept: State, taken: State) -> State:
    """Return what adds up: counters, the newest touch, everything asked for; nothing planned yet."""
    older, newer = sorted((taken, kept), key=lambda state: state.last_at.timestamp() if state.last_at else -1e12)
    answered = newer.interacted and not newer.attempts and newer.last_at is not None
    summed = replace(
        kept,
        ask_at=None,
        enrolment=None,
        plans=(),
        companion=None,
        paused=None,
        before=None,
        interacted=kept.interacted or taken.interacted,
        attempts=0 if answered else kept.attempts + taken.attempts,
        touches=kept.touches + taken.touches,
        last_touch=newer.last_touch,
        last_at=newer.last_at,
        last_channel=newer.last_channel or older.last_channel,
        consent=stricter(kept.consent, taken.consent),
        stopped_channels=kept.stopped_channels | taken.stopped_channels,
        referral_slots=kept.referral_slots + taken.referral_slots,
        coached=kept.coached | taken.coached,
        confirm_waived=kept.confirm_waived or taken.confirm_waived,
        goal=kept.goal or taken.goal,
        phase=kept.phase or taken.phase,
    )
    return cards.of_both(summed, kept, taken)


def stricter(one: Consent | None, other: Consent | None) -> Consent | None:
    """Return the answer that holds: a no before a yes, else the newer one (§10)."""
    given = [consent for consent in (one, other) if consent is not None]
    return min(given, key=lambda consent: (consent.given, -consent.on.toordinal()), default=None)


def _ask_at(runs: State, attempts: int) -> int | None:
    """Return the attempt at which the app asks again: what *keep going* left is left still."""
    return None if runs.ask_at is None else attempts + max(1, runs.ask_at - runs.attempts)


def _of_other(runs: State, other: State) -> list[Planned]:
    """Return the plans that come from the side whose cadence ends: what was told to the person, or they wait for."""
    if not other.relation.in_play:
        return []
    kept = [replace(plan, step=None) for plan in other.plans if plan.fixed]
    for kind in (PlanKind.ANSWER, PlanKind.OWN):
        plan = plan_of(other, kind)
        if plan is not None and plan_of(runs, kind) is None:
            kept.append(replace(plan, step=None))
    asked = plan_of(other, PlanKind.DECISION)
    if asked is not None and asked.question in _STILL_ASKED and plan_of(runs, PlanKind.DECISION) is None:
        kept.append(asked)
    return kept


def _before(kept: State, taken: State) -> Relation | None:
    """Return the warmest relation there was in play, for *reopen*."""
    ever = {relation for state in (kept, taken) for relation in (state.relation, state.before) if relation is not None}
    in_play = [relation for relation in _WARMTH if relation in ever and relation.in_play]
    return in_play[-1] if in_play else None
