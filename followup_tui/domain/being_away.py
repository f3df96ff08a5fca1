"""Away: the user's own holiday; what was planned in it falls on working days after it, by one rule (domain §5)."""

from __future__ import annotations

from datetime import date

from followup_tui.domain.cadence import Rules
from followup_tui.domain.loading import gap_before
from followup_tui.domain.model import PauseRule, PlanKind, Planned, State
from followup_tui.domain.workdays import plus_days

MOVES = (PlanKind.STEP, PlanKind.OWN)
"""What an absence moves; promises, meetings and cards are the user's to decide, answers and decisions wait."""
Span = tuple[date, date]


def in_span(state: State, span: Span) -> tuple[list[Planned], list[Planned]]:
    """Return the plans in the span that are kept, each for a decision of the user, and those that move."""
    inside = [plan for plan in state.plans if span[0] <= plan.date <= span[1]]
    kept = [plan for plan in inside if plan.fixed or plan.kind is PlanKind.CARD]
    return kept, [plan for plan in inside if plan.kind in MOVES]


def day_after(state: State, plan: Planned, span: Span, rule: PauseRule, back: date, rules: Rules) -> date:
    """Return the day a plan falls on by the rule, before it is spread: freeze waits out the rest, restart waits the
    whole gap again, keep is due on the first day back.
    """
    if rule is PauseRule.FREEZE:
        return plus_days(back, (plan.date - span[0]).days)
    if rule is PauseRule.RESTART and plan.kind is PlanKind.STEP:
        return plus_days(back, gap_before(state, rules) or 0)
    return back


def joined(spans: tuple[Span, ...], new: Span) -> tuple[Span, ...]:
    """Return the spans with one more, those that touch made one."""
    first, last = new
    apart = []
    for begin, end in spans:
        if begin <= plus_days(last, 1) and plus_days(end, 1) >= first:
            first, last = min(first, begin), max(last, end)
        else:
            apart.append((begin, end))
    return tuple(sorted((*apart, (first, last))))
