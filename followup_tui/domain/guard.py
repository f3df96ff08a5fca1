"""The over-contact guard: it speaks before an extra touch and refuses nothing (domain §5; S2, numbers ours)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from followup_tui.domain.cards import card_of
from followup_tui.domain.model import Outcome, PlanKind, Relation, State, Touch
from followup_tui.domain.planning import plan_of
from followup_tui.domain.touches import completes_step
from followup_tui.domain.waiving import open_companion
from followup_tui.records import dataclass

_DAY = 24 * 60 * 60
WEEK = timedelta(days=7)
"""What is older is no extra touch."""
LAWS = ("fax", "text")
"""Channels that may need consent, unless they were ever used."""


@dataclass(frozen=True, slots=True)
class Made:
    """One outbound touch made before."""

    channel: str
    at: datetime
    companion: bool = False


def exempt(state: State, channel: str, now: datetime, today: date) -> bool:
    """Whether a touch now is owed rather than extra: the due step, its companion, a card, a promise, an answer."""
    touch = Touch(channel, Outcome.SENT, now)
    if plan_of(state, PlanKind.ANSWER) or completes_step(state, touch, today) or card_of(state, touch, today):
        return True
    companion = open_companion(state, today)
    if companion is not None and companion.channel == channel:
        return True
    return any(plan.fixed and plan.date <= today for plan in state.plans)


def too_much(made: Sequence[Made], channel: str, now: datetime, calls_per_day: int, touches_per_week: int) -> str:
    """Say that one more touch would be more than so many calls in 24 hours or touches in 7 days; else nothing.

    A companion counts with its step as one.
    """
    recent = [one for one in made if not one.companion and timedelta(0) <= now - one.at < WEEK]
    calls = sum(1 for one in recent if one.channel == "phone" and (now - one.at).total_seconds() < _DAY)
    if channel == "phone" and calls >= calls_per_day:
        return f"{_many(calls, 'call')} in the last 24 hours: too many lose even the interested (S2)"
    if len(recent) >= touches_per_week:
        return f"{_many(len(recent), 'touch')} in the last 7 days: too many lose even the interested (S2)"
    return ""


def needs_consent(state: State, made: Sequence[Made], channel: str) -> str:
    """Say once that fax and text to cold people may need their consent first (§2); else nothing."""
    given = state.consent is not None and state.consent.given
    if channel not in LAWS or state.relation is not Relation.COLD or given:
        return ""
    if any(one.channel == channel for one in made):
        return ""
    return f"a {channel} to somebody who never answered may need their consent first: check the law where they are"


def _many(number: int, what: str) -> str:
    if number == 1:
        return f"one {what} already"
    return f"{number} {what}{'es' if what.endswith('ch') else 's'} already"
