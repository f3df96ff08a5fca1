"""Cards: a birthday and one holiday, planned at the date minus the lead time and dropped once past (domain §5).

A card is no entry of the journal. It follows from the facts of the state (birthday, relation, details, the last card
given) and from the rules as they were, so it is settled anew after every event: whatever changes a fact re-plans it,
a preview shows it, a replay agrees. Each event meets the state without its cards, so no other rule knows of them.

A card near a nurture touch stands in for it. The step then waits behind the card until the day after the occasion:
sent, the card has done it; forgotten, the step is there again, and nobody is ever without a next touch.
"""

from __future__ import annotations

from datetime import date

from followup_tui.domain.cadence import Rules, Step, choose_channel
from followup_tui.domain.channels import BY_NAME
from followup_tui.domain.events import Moved
from followup_tui.domain.model import Outcome, OutcomeKind, PlanKind, Planned, Relation, State, Touch
from followup_tui.domain.moves import not_sooner
from followup_tui.domain.occasions import Occasion, next_day
from followup_tui.domain.planning import ordered, plan_of, rolled, without
from followup_tui.domain.touches import Done, is_companion, log
from followup_tui.domain.workdays import day_name, plus_days, rolled_words
from followup_tui.errors import UsageError
from followup_tui.records import replace

NEAR = 14
"""Days between a card and a nurture touch that it replaces (§5)."""
ONCE_A_YEAR = 182
"""Ours: days after an occasion before another card for it, so that a corrected birthday brings no second one."""
_POST = {"mail": "the post", "in person": "the visit"}


def cards_of(state: State) -> list[Planned]:
    """Return the planned cards, the earliest first."""
    return [plan for plan in state.plans if plan.kind is PlanKind.CARD]


def has_lapsed(plan: Planned, today: date) -> bool:
    """Whether this is a card whose occasion has gone: it is not sent any more."""
    return plan.kind is PlanKind.CARD and plan.card_for is not None and today > plan.card_for


def current(state: State, today: date) -> State:
    """Return the state as it is read on this day: a card that has lapsed is gone, without anything being written."""
    if not any(has_lapsed(plan, today) for plan in state.plans):
        return state
    left = tuple(plan for plan in state.plans if not has_lapsed(plan, today))
    stands = any(plan.step is not None for plan in left if plan.kind is PlanKind.CARD)
    return replace(state, plans=left, held=state.held if stands else None)


def lead_card(state: State, today: date) -> Planned | None:
    """Return the card that is the next touch, if one is."""
    plan = current(state, today).next_touch
    return plan if plan is not None and plan.kind is PlanKind.CARD else None


def laid_aside(state: State, today: date) -> State:
    """Return the state without cards, and with the nurture step that waits behind one where it stood before."""
    if state.held is None and not cards_of(state):
        return state
    held = current(state, today).held
    bare = replace(without(state, PlanKind.CARD), held=None)
    if held is None:
        return bare
    return replace(bare, plans=ordered(tuple(held if plan.kind is PlanKind.STEP else plan for plan in bare.plans)))


def settled(state: State, was: State, today: date, rules: Rules) -> State:
    """Return the state with the cards its facts and the rules call for; `was` knows where they stood before."""
    until = state.paused.until if state.paused is not None and state.is_paused(today) else today
    if not rules.cards.wanted or not state.relation.in_play or until is None:
        return _at_hand(state, was, today, rules)
    found = [_card(occasion, state, was, until, rules) for occasion in Occasion]
    cards = [card for card in found if card is not None]
    if not cards:
        return _at_hand(state, was, today, rules)
    step = None if state.is_paused(today) else _replaceable(state, rules)
    near = [card for card in cards if step is not None and abs((card.date - step.date).days) <= NEAR]
    if step is None or not near:
        return _at_hand(replace(state, plans=ordered((*state.plans, *cards))), was, today, rules)
    waits = _waiting(state, step, near, rules)
    others = (plan for plan in state.plans if plan.kind is not PlanKind.STEP)
    cards = [replace(card, step=step.step) if card in near else card for card in cards]
    return replace(state, plans=ordered((*others, waits, *cards)), held=step)


def _at_hand(state: State, was: State, today: date, rules: Rules) -> State:
    """Return the state; a step that waited for a card, and has to be made after all, is not late for that."""
    if was.held is None or plan_of(state, PlanKind.STEP) != was.held:
        return state
    return not_sooner(state, today, rules)


def _replaceable(state: State, rules: Rules) -> Planned | None:
    """Return the planned nurture touch: monthly contact, not on a day the user chose."""
    step, enrolment = plan_of(state, PlanKind.STEP), state.enrolment
    if step is None or enrolment is None or step.nominal is None or enrolment.keep_going:
        return None
    if state.relation is Relation.NURTURE:
        return step
    monthly = state.relation is Relation.CUSTOMER and enrolment.step > len(rules.cadence(enrolment.cadence_id).steps)
    return step if monthly else None


def _waiting(state: State, step: Planned, near: list[Planned], rules: Rules) -> Planned:
    last = max(near, key=lambda card: card.card_for or card.date)
    day = rolled(state, step, plus_days(last.card_for or last.date, 1), rules)
    why = f"{step.reason}; the {last.occasion} card stands in for it until {day_name(last.card_for or last.date)}"
    return replace(step, date=max(step.date, day), reason=why)


def _card(occasion: Occasion, state: State, was: State, earliest: date, rules: Rules) -> Planned | None:
    """Return the card for the next such day from `earliest` on; one that is planned already keeps its date."""
    wanted = rules.cards
    if state.relation.value not in wanted.relations(occasion):
        return None
    text, given = _facts(occasion, state, rules)
    if given is not None:
        earliest = max(earliest, plus_days(given, ONCE_A_YEAR))
    day = next_day(text, earliest) if text else None
    channel = choose_channel(Step((wanted.channel, "email")), state)
    if day is None or channel is None:
        return None
    lead = wanted.lead_days if channel == wanted.channel else BY_NAME[channel].lead_days
    nominal = plus_days(day, -lead)
    known = next((card for card in cards_of(was) if (card.occasion, card.card_for) == (occasion, day)), None)
    if known is not None and known.nominal in (None, nominal):
        return replace(known, channel=known.channel if known.nominal is None else channel, step=None)
    planned = nominal if rules.calendar.is_working(nominal) else rules.calendar.before(nominal)
    why = [f"{wanted.name(occasion)} on {day_name(day)}"]
    if lead:
        why.append(f"{lead} day{'s' if lead > 1 else ''} for {_POST.get(channel, f'the {channel}')}")
    why += [words] if (words := rolled_words(nominal, planned)) else []
    if planned < earliest:
        why.append(f"should have gone by {day_name(planned)}")
    return Planned(
        PlanKind.CARD,
        max(planned, earliest),
        channel=channel,
        reason="; ".join(why),
        nominal=nominal,
        occasion=occasion.value,
        card_for=day,
    )


def _facts(occasion: Occasion, state: State, rules: Rules) -> tuple[str, date | None]:
    """Return the date of an occasion as text, and the day the last card for it was for."""
    if occasion is Occasion.BIRTHDAY:
        return state.birthday, state.birthday_card
    return rules.cards.holiday, state.holiday_card


def given(state: State, card: Planned) -> State:
    """Return the state in which this card was sent or skipped: the next is a year on."""
    if card.occasion == Occasion.BIRTHDAY:
        return replace(state, birthday_card=card.card_for)
    return replace(state, holiday_card=card.card_for)


def moved(state: State, card: Planned, event: Moved, today: date) -> State:
    """Put a card on another day, up to its occasion; UsageError for a past day and for one after it."""
    if event.to < today:
        raise UsageError(f"{day_name(event.to)} is past", "move to today or later")
    if card.card_for is not None and event.to > card.card_for:
        raise UsageError(f"the {card.occasion} is on {day_name(card.card_for)}", "move to a day up to then, or skip")
    later = replace(card, date=event.to, nominal=None, reason=f"{card.reason}; moved by you")
    return replace(state, plans=ordered(tuple(later if plan is card else plan for plan in state.plans)))


def card_of(state: State, touch: Touch, on: date) -> Planned | None:
    """Return the card that a touch is: an outbound one on the card's channel when that is due, or said to be it.

    A due step on the same channel, a companion and an answer go first.
    """
    counts = touch.outcome.kind is OutcomeKind.ATTEMPT or touch.outcome is Outcome.SPOKE
    if not counts or touch.inbound or touch.back_dated or touch.completes is False or not state.relation.in_play:
        return None
    if plan_of(state, PlanKind.ANSWER) or is_companion(state, touch, on):
        return None
    lead = lead_card(state, on)
    if touch.completes:
        return lead
    step = plan_of(state, PlanKind.STEP)
    if step is not None and step.date <= on and step.channel == touch.channel:
        return None
    due = (card for card in cards_of(current(state, on)) if card.date <= on and card.channel == touch.channel)
    return next(due, None)


def sent(state: State, card: Planned, touch: Touch, today: date, rules: Rules) -> Done:
    """Return what a touch did that was this card: the step it stood in for is made, any other keeps its day."""
    bare = given(laid_aside(state, today), card)
    if card.step is not None:
        done = log(bare, replace(touch, completes=True), today, rules)
        return replace(done, words=f"the {card.occasion} card is done; {done.words}")
    done = log(bare, replace(touch, completes=False), today, rules)
    after, step = done.state, plan_of(bare, PlanKind.STEP)
    if step is not None and touch.outcome.kind is OutcomeKind.ATTEMPT and touch.until is None and not touch.shift:
        others = (plan for plan in after.plans if plan.kind is not PlanKind.STEP)
        after = replace(after, plans=ordered((*others, step)), enrolment=bare.enrolment)
    return replace(done, state=after, words=f"the {card.occasion} card is done; other dates stay")


def of_both(state: State, kept: State, taken: State) -> State:
    """Return the state of two who were one person, with what is known about cards of either."""
    return replace(
        state,
        birthday=kept.birthday or taken.birthday,
        birthday_card=max(filter(None, (kept.birthday_card, taken.birthday_card)), default=None),
        holiday_card=max(filter(None, (kept.holiday_card, taken.holiday_card)), default=None),
    )
