"""Momentum: we lose 10 % every day we don't act (domain §6, S2)."""

from __future__ import annotations

from datetime import date

from followup_tui.domain.model import PlanKind, Planned

DAILY = 0.9


def overdue_days(plan: Planned | None, today: date) -> int:
    """Return whole local days past the planned date; a decision is dated today, so never overdue."""
    if plan is None or plan.kind is PlanKind.DECISION:
        return 0
    return max(0, (today - plan.date).days)


def momentum(days: int) -> float:
    """Return what is left, 0–1: 1 day 0.9, 3 days 0.73, 7 days 0.48, 14 days 0.23."""
    return round(DAILY**days, 4)


def lost_by_tomorrow(days: int) -> float:
    """Return what is lost when nothing happens today."""
    return float(DAILY**days - DAILY ** (days + 1))
