"""The coach over what really happened: one hint at a time, shown once and counted (domain §11).

Reading never writes: a hint stands on the prospect until the next touch of theirs is logged. That log is what it was
for, and stores in its own undo step that it was shown; `h` ends it before.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from followup_tui.domain import coach
from followup_tui.domain.cadence import Rules
from followup_tui.domain.events import Coached
from followup_tui.domain.guard import Made, too_much
from followup_tui.domain.model import State
from followup_tui.errors import UsageError
from followup_tui.services.changes import Changes
from followup_tui.services.context import Context, changes_of
from followup_tui.services.views import CoachView
from followup_tui.storage import journal
from followup_tui.storage.codec import loads
from followup_tui.storage.people import Person


class CoachService:
    """Hints, and how often they were dismissed."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def rules(self) -> tuple[CoachView, ...]:
        """Return the twelve rules with how often each was shown and put away."""
        with self._context.database.reading() as connection:
            counts = journal.coached(connection)
        return tuple(_rule_view(rule, *counts.get(rule.id, (0, 0))) for rule in coach.RULES)

    def hint(self, prospect_id: str) -> CoachView | None:
        """Return the one hint for a prospect now, or None."""
        from followup_tui.services.recording import stored

        context = self._context
        with context.database.reading() as connection:
            person = stored(connection, prospect_id)
            rule = hint_for(connection, person, context, context.rules(connection), context.now())
        return CoachView(rule.id, rule.line, rule.source) if rule else None

    def dismiss(self, prospect_id: str) -> tuple[CoachView, Changes]:
        """Put the present hint away for this prospect, for ever; UsageError when there is none."""
        from followup_tui.services.recording import record, stored

        context = self._context
        with context.working("Dismiss a hint") as work:
            person = stored(work.connection, prospect_id)
            rule = hint_for(work.connection, person, context, context.rules(work.connection), context.now())
            if rule is None:
                raise UsageError(f"there is no hint for {person.name} now")
            work.name = f"Dismiss {rule.id} · {person.name}"
            record(context, work, prospect_id, Coached(rule.id))
        return CoachView(rule.id, rule.line, rule.source), changes_of(work)


def _rule_view(rule: coach.Rule, shown: int, dismissed: int) -> CoachView:
    return CoachView(rule.id, rule.line, rule.source, dismissed, shown)


def hint_for(connection: Any, person: Person, context: Context, rules: Rules, now: datetime) -> coach.Rule | None:
    """Return the rule that speaks for a prospect now."""
    state = loads(State, person.state)
    return coach.hint(_facts(connection, person, state, context, rules, now), state.coached)


def _facts(connection: Any, person: Person, state: State, context: Context, rules: Rules, now: datetime) -> coach.Facts:
    sent = journal.newest_sent(connection, person.id)
    config, plan = context.config, state.next_touch
    made = [Made(channel, at) for channel, _, _, at in sent]
    limits = config.guard
    gap = (plan.date - state.last_touch).days if plan and state.last_touch else None
    return coach.Facts(
        relation=state.relation,
        attempts=state.attempts,
        interacted=state.interacted,
        touches=state.touches,
        good=state.good,
        sent=tuple(coach.Sent(channel, value, template) for channel, value, template, _ in sent),
        benefit=bool(person.benefit),
        contact_info=bool(config.me.phone or config.me.email),
        planned=plan is not None,
        blocked=bool(plan and plan.blocked),
        gap=gap,
        burst=bool(too_much(made, "phone", now, limits.calls_per_day + 1, limits.touches_per_week + 1)),
        waiting_minutes=_waiting(connection, person.id, state, rules, now),
    )


def _waiting(connection: Any, prospect_id: str, state: State, rules: Rules, now: datetime) -> int | None:
    """Return for how many minutes New inbound's first step waits; None when it does not."""
    enrolment, plan = state.enrolment, state.next_touch
    if enrolment is None or plan is None or enrolment.step != 1 or plan.step != 1 or plan.date > rules.day(now):
        return None
    cadence = rules.cadence(enrolment.cadence_id)
    if not cadence.steps or not cadence.steps[0].urgent:
        return None
    since = journal.enrolled_at(connection, prospect_id)
    return int((now - since).total_seconds() // 60) if since else None
