"""Skip, move, snooze, pause and resume: the plan changes without a touch (domain §4, §5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from followup_tui.domain.cleaning import clean_stored
from followup_tui.domain.events import (
    CompanionWaived,
    ConfirmWaived,
    Event,
    Moved,
    Paused,
    ReeledBack,
    Resumed,
    Skipped,
)
from followup_tui.domain.lifecycle import Advance
from followup_tui.domain.model import PauseRule, PlanKind
from followup_tui.domain.workdays import day_name, plus_days, zone_of
from followup_tui.errors import UsageError
from followup_tui.services import present
from followup_tui.services.changes import Changes
from followup_tui.services.context import Context, changes_of
from followup_tui.services.load import LoadRule
from followup_tui.services.recording import Recorded, log_view, record, stored, tried
from followup_tui.services.views import LogView, PauseView
from followup_tui.storage import standing
from followup_tui.storage.people import Person

SNOOZE = timedelta(hours=1)
"""How long a snooze lasts when nothing is said."""


class Moving:
    """Changes of the plan, each one undo step."""

    _context: Context

    def skip(self, prospect_id: str, reason: str = "") -> tuple[LogView, Changes]:
        """Pass the planned step; not an attempt (§4)."""
        return self._moved(prospect_id, "Skip", Skipped(clean_stored(reason)))

    def waive(self, prospect_id: str) -> tuple[LogView, Changes]:
        """Waive the companion that waits under the step made today (§4)."""
        return self._moved(prospect_id, "Waive the companion", CompanionWaived())

    def waive_confirm(self, prospect_id: str) -> tuple[LogView, Changes]:
        """Leave the meeting of the next working day unconfirmed (§4)."""
        return self._moved(prospect_id, "Leave the meeting unconfirmed", ConfirmWaived())

    def reel(self, prospect_id: str, reason: str = "") -> tuple[LogView, Changes]:
        """Reel back: a longer gap, another channel, the reason kept (§7, S0)."""
        return self._moved(prospect_id, "Reel back", ReeledBack(clean_stored(reason)))

    def move(
        self, prospect_id: str, day: date, at: time | None = None, channel: str | None = None
    ) -> tuple[LogView, Changes]:
        """Change the planned date; with a time it stands there in the day, with a channel it is made by that."""
        verb = f"Move to {day_name(day)}" + (f" {at:%H:%M}" if at else "") + (f", by {channel}" if channel else "")
        return self._moved(prospect_id, verb, Moved(day, at, channel))

    def pause(self, prospect_id: str, until: date | None = None, rule: str = "freeze") -> tuple[LogView, Changes]:
        """Stop the clock until a date, or open; `rule` is freeze, restart or keep (§5)."""
        return self._moved(prospect_id, "Pause", Paused(until, _rule(rule)))

    def pause_preview(self, prospect_id: str, until: date | None = None) -> tuple[PauseView, ...]:
        """Return what each of the three rules would plan after a pause (§5): the pause itself, tried out.

        For an open pause the clock is let run again today, which says what stays to be waited for.
        """
        context = self._context
        with context.database.reading() as connection:
            person = stored(connection, prospect_id)
            try:
                return tuple(self._paused(connection, person, until, rule) for rule in PauseRule)
            except UsageError as error:
                raise _named(error, person.name) from None

    def _paused(self, connection: Any, person: Person, until: date | None, rule: PauseRule) -> PauseView:
        context = self._context
        rules, now = context.rules(connection), context.now()
        load = LoadRule(connection, context.config, rules)
        state = tried(load, person.id, present.state_of(person), Paused(until, rule), now, rules)[0].state
        if until is None:
            state = tried(load, person.id, state, Resumed(), now, rules)[0].state
        plan = next((one for one in state.plans if one.kind is not PlanKind.CARD), None)  # no rule moves a card
        return PauseView(rule.value, present.planned_view(plan) if plan else None)

    def resume(self, prospect_id: str) -> tuple[LogView, Changes]:
        """Let the clock run again."""
        return self._moved(prospect_id, "Resume", Resumed())

    def snooze(self, prospect_id: str, until: datetime | None = None) -> tuple[LogView, Changes]:
        """Hide a prospect for a while today (1 h); the plan is unchanged and the snooze ends with the day."""
        context = self._context
        now = context.now()
        with context.working("Snooze") as work:
            person = stored(work.connection, prospect_id)
            rules = context.rules(work.connection)
            state = standing.read(work, prospect_id)
            plan = state.next_touch
            if plan is None or state.is_paused(rules.day(now)):
                raise UsageError(f"nothing is planned for {person.name}, so there is nothing to snooze")
            wanted = until or now + SNOOZE
            if wanted <= now:
                raise UsageError("a snooze ends later today", "leave the time out for one hour")
            until = min(wanted, day_ends(context))
            work.name = f"Snooze until {until.astimezone(zone_of(rules.zone)):%H:%M} · {person.name}"
            standing.snooze(work, prospect_id, until)
            nothing = Recorded(state, Advance(state, f"hidden until {until:%H:%M}"), 0)
            view = log_view(context, work, prospect_id, nothing, rules, now)
        return replace(view, change=work.change), changes_of(work)

    def _moved(self, prospect_id: str, verb: str, event: Event) -> tuple[LogView, Changes]:
        context = self._context
        now = context.now()
        with context.working(verb) as work:
            person = stored(work.connection, prospect_id)
            work.name = f"{verb} · {person.name}"
            try:
                recorded = record(context, work, prospect_id, event)
            except UsageError as error:
                raise _named(error, person.name) from None
            view = log_view(context, work, prospect_id, recorded, context.rules(work.connection), now)
        return replace(view, change=work.change), changes_of(work)


def _rule(text: str) -> PauseRule:
    try:
        return PauseRule(text)
    except ValueError:
        raise UsageError(f"unknown rule “{text}”", "use freeze, restart or keep") from None


def _named(error: UsageError, name: str) -> UsageError:
    """Put the prospect's name where the rule speaks of it without one."""
    title = f"{name} {error.title}" if error.title.startswith(("is ", "asked ")) else error.title
    return UsageError(title, error.hint)


def day_ends(context: Context) -> datetime:
    """Return the instant the user's day ends: when the next one starts."""
    tomorrow = plus_days(context.today(), 1)
    return datetime.combine(tomorrow, context.config.day_starts, zone_of(context.config.zone))
