"""Load: a full day lets a step fall a little later, visibly; fixed ones never move (domain §5, ours)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from followup_tui.domain.cadence import Anchor, Rules, gap_of, step_at
from followup_tui.domain.events import LoadMoved
from followup_tui.domain.model import PlanKind, Planned, State
from followup_tui.domain.planning import plan_of, with_plans
from followup_tui.domain.workdays import WEEKDAYS, WorkCalendar, plus_days
from followup_tui.records import dataclass, replace

LONG_GAP = 7
"""Days: a step after a shorter gap keeps its day."""
MONTH = 30
_KEEPS_ANCHOR = 3
"""Days a date may slip and still count from where it should have been."""


@dataclass(frozen=True, slots=True)
class Fill:
    """How full a day is for one channel, in minutes."""

    used: int
    room: int

    def share(self, more: int) -> float:
        """Return how full it would be with so many minutes more, 1.0 being full."""
        return (self.used + more) / self.room if self.room else float("inf")


def moved_by_load(state: State, event: LoadMoved) -> State:
    """Put a plan on its stored later day, with the reason behind its own.

    A plan that a correction of the journal took away, or put later still, stays as it is.
    """
    plan = plan_of(state, event.kind)
    if plan is None or plan.fixed or event.kind in (PlanKind.DECISION, PlanKind.ANSWER):
        return state
    if event.to <= plan.date:
        return state
    nominal = plan.nominal
    if nominal is not None and (event.to - plan.date).days > _KEEPS_ANCHOR:
        nominal = event.to
    later = replace(plan, date=event.to, nominal=nominal, reason=f"{plan.reason}; {event.reason}")
    return with_plans(state, *(later if other is plan else other for other in state.plans))


def gap_before(state: State, rules: Rules) -> int | None:
    """Return the gap in days before the planned step when it may fall later; None when it keeps its day.

    A day the user chose, an urgent step and one that keeps to its weekday stay.
    """
    plan, enrolment = plan_of(state, PlanKind.STEP), state.enrolment
    if plan is None or enrolment is None or plan.nominal is None or plan.blocked:
        return None
    cadence = rules.cadence(enrolment.cadence_id)
    step = step_at(cadence, enrolment, enrolment.step, state.star)
    if step is None or step.urgent or step.anchor is Anchor.SAME_WEEKDAY:
        return None
    if enrolment.step > 1 and enrolment.previous == enrolment.started == plan.nominal:
        return None
    gap = gap_of(cadence, enrolment, enrolment.step, state, rules)
    return MONTH if gap is None else gap


def newly_placed(before: State, after: State) -> Planned | None:
    """Return the step an event put on a day it was not on before."""
    plan, was = plan_of(after, PlanKind.STEP), plan_of(before, PlanKind.STEP)
    if plan is None or after.enrolment is None or after.held is not None:  # held: it waits behind a card
        return None
    cadence = before.enrolment.cadence_id if before.enrolment else None
    same = was is not None and (was.step, was.date, cadence) == (plan.step, plan.date, after.enrolment.cadence_id)
    return None if same else plan


def fall_later(
    day: date, gap: int, minutes: int, percent: int, fill: Callable[[date], Fill], calendar: WorkCalendar
) -> LoadMoved | None:
    """Return the move of a step from a full day to the lightest working day within 10 % of its gap, 1 to 3 days.

    None when the day has room, or no block at all; when nothing lighter is near; and with 0 percent.
    """
    if gap < LONG_GAP or percent == 0:
        return None
    here = fill(day)
    if not here.room or here.used + minutes <= here.room:
        return None
    farthest = max(1, min(_KEEPS_ANCHOR, gap * percent // 100))
    near = (plus_days(day, days) for days in range(1, farthest + 1))
    shares = [(fill(other).share(minutes), other) for other in near if calendar.is_working(other)]
    if not shares or min(shares)[0] >= here.share(minutes):
        return None
    lightest = min(shares)[1]
    return LoadMoved(lightest, f"{WEEKDAYS[day.weekday()]} is full → {WEEKDAYS[lightest.weekday()]}")
