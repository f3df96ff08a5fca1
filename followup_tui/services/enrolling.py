"""Putting people on a cadence: looked at first, then done by the same plan (domain §3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import field, replace
from datetime import date, datetime
from typing import Any

from followup_tui.domain.cadence import Cadence, Rules, companion, step_at
from followup_tui.domain.events import Enrolled
from followup_tui.domain.model import Planned, State
from followup_tui.errors import NothingFound, UsageError
from followup_tui.records import dataclass
from followup_tui.services import present
from followup_tui.services.block_hours import BlockHours
from followup_tui.services.changes import Changes
from followup_tui.services.context import Context, changes_of
from followup_tui.services.load import Capacity, LoadRule
from followup_tui.services.recording import record, tried
from followup_tui.services.views import EnrolView, WhoView
from followup_tui.storage import people
from followup_tui.storage.people import Person

_LOT = 400
_FARTHEST = 250
"""Working days looked at for room; beyond them only the number a day counts."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: the cadence, the step and day to start at, and how many a working day."""

    cadence: Cadence
    step: int
    begin: date
    per_day: int | None
    """None: what free capacity allows, at most as configured."""
    most: int


@dataclass(slots=True)
class Plan:
    """Who starts on which day, and who is refused."""

    starts: list[tuple[Person, date]] = field(default_factory=list)
    firsts: list[Planned | None] = field(default_factory=list)
    replaced: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[WhoView, str]] = field(default_factory=list)
    full: int = 0
    """How many start later because a day had no room by its blocks."""


class Enrolling:
    """Enrolling one or many; the preview is the plan the act carries out."""

    _context: Context

    def enrol_preview(
        self, ids: Sequence[str], cadence: str, *, step: int = 1, on: date | None = None, per_day: int | None = None
    ) -> EnrolView:
        """Return who would be refused and why, what is replaced, and when the others start; writes nothing."""
        with self._context.database.reading() as connection:
            wish = self._wish(connection, cadence, step, on, per_day)
            plan = self._plan(connection, ids, wish)
            return replace(_view(plan, wish), unmet=self._unmet(connection, plan))

    def enrol(
        self, ids: Sequence[str], cadence: str, *, step: int = 1, on: date | None = None, per_day: int | None = None
    ) -> tuple[EnrolView, Changes]:
        """Put prospects on a cadence, many of them spread over working days; one undo step.

        People without any usable detail, closed ones and those on do not contact are refused one by one (§3).
        """
        context = self._context
        with context.working("Enrol") as work:
            wish = self._wish(work.connection, cadence, step, on, per_day)
            plan = self._plan(work.connection, ids, wish)
            unmet = self._unmet(work.connection, plan)
            for person, day in plan.starts:
                record(context, work, person.id, Enrolled(wish.cadence.id, day, wish.step))
            if plan.starts:
                number = len(plan.starts)
                who = plan.starts[0][0].name if len(ids) == 1 else f"{number} prospect{'' if number == 1 else 's'}"
                work.name = f"Enrol {who} in {wish.cadence.name}"
        return replace(_view(plan, wish), unmet=unmet), changes_of(work)

    def _unmet(self, connection: Any, plan: Plan) -> tuple[WhoView, ...]:
        """Return those whose hours for the first touch meet no block of the week (§13)."""
        hours = BlockHours(connection, self._context, self._context.rules(connection))
        both = zip(plan.starts, plan.firsts, strict=True)
        return tuple(
            present.who_view(person, self._context)
            for (person, _), first in both
            if first is not None and first.channel and not hours.meet(first.channel, person.zone)
        )

    def _wish(self, connection: Any, cadence: str, step: int, on: date | None, per_day: int | None) -> Wish:
        context = self._context
        today = context.today()
        if on is not None and on < today:
            raise UsageError(f"{on.isoformat()} is past", "enrol from today on")
        if per_day is not None and per_day < 1:
            raise UsageError("--per-day needs a number from 1 on")
        chosen = context.cadence_named(connection, cadence)
        return Wish(chosen, step, on or today, per_day, per_day or context.config.limits.per_day)

    def _plan(self, connection: Any, ids: Sequence[str], wish: Wish) -> Plan:
        context, plan = self._context, Plan()
        rules = context.rules(connection)
        spread = _Spread(connection, context, rules, wish)
        wanted = list(dict.fromkeys(ids))
        for begin in range(0, len(wanted), _LOT):
            lot = wanted[begin : begin + _LOT]
            found = {person.id: person for person in people.people(connection, lot)}
            for prospect_id in lot:
                if prospect_id not in found:
                    raise NothingFound(f"there is no prospect {prospect_id}", "followup find lists them")
                person = found[prospect_id]
                try:
                    spread.place(person, plan, alone=len(wanted) == 1)
                except UsageError as error:
                    why = f"{error.title}; {error.hint}" if error.hint else error.title
                    plan.refused.append((present.who_view(person, context), why))
        return plan


class _Spread:
    """Finds the day for one after the other; what is placed takes its room."""

    def __init__(self, connection: Any, context: Context, rules: Rules, wish: Wish) -> None:
        now: datetime = context.now()
        self._capacity = Capacity(connection, context.config, now)
        self._load = LoadRule(connection, context.config, rules, self._capacity)
        self._now, self._rules, self._wish = now, rules, wish
        self._started: Counter[date] = Counter()
        self._free: dict[tuple[str | None, int], date] = {}
        """The first day that may still have room, by channel and minutes: days before it are full."""

    def place(self, person: Person, plan: Plan, *, alone: bool) -> None:
        """Add somebody to the plan; UsageError for those who can't be enrolled."""
        state = present.state_of(person)
        if not state.good:
            raise UsageError("no phone, e-mail or address that works")
        day, after = (self._wish.begin, None) if alone else self._day(person, state, plan)
        after = after or self._tried(person, state, day)
        self._take(state, after)
        self._started[day] += 1
        if state.enrolment is not None:
            plan.replaced[self._rules.cadence(state.enrolment.cadence_id).name] += 1
        plan.starts.append((person, day))
        plan.firsts.append(after.next_touch)

    def _day(self, person: Person, state: State, plan: Plan) -> tuple[date, State | None]:
        """Return the day somebody starts, as one of many: the first with a place and room for the first touch."""
        calendar, wish = self._rules.calendar, self._wish
        first = calendar.roll(wish.begin)
        sought = self._needs(self._tried(person, state, first))
        day, counted = self._free.get(sought, first), None
        for _ in range(_FARTHEST):
            if self._started[day] < wish.most:
                counted = counted or day
                after = self._tried(person, state, day)
                if wish.per_day is not None or self._has_room(after):
                    self._free[sought] = day
                    plan.full += day != counted
                    return day, after
            day = calendar.after(day)
        return counted or day, None

    def _tried(self, person: Person, state: State, day: date) -> State:
        event = Enrolled(self._wish.cadence.id, day, self._wish.step)
        return tried(self._load, person.id, state, event, self._now, self._rules)[0].state

    def _needs(self, after: State) -> tuple[str | None, int]:
        """Return channel and minutes of the first touch."""
        plan = after.next_touch
        channel = plan.channel if plan is not None else None
        if after.enrolment is None or channel is None:
            return None, 0
        step = step_at(self._rules.cadence(after.enrolment.cadence_id), after.enrolment, self._wish.step, after.star)
        return channel, self._capacity.minutes(channel, companion(step, channel, after) if step else None)

    def _has_room(self, after: State) -> bool:
        channel, minutes = self._needs(after)
        if after.next_touch is None or not self._capacity.has_block(channel):
            return True
        fill = self._capacity.fill(after.next_touch.date, channel)
        return bool(fill.room) and fill.used + minutes <= max(fill.room, minutes)

    def _take(self, before: State, after: State) -> None:
        """Give back the room of the plan that is replaced, and take that of the new one."""
        for state, sign in ((before, -1), (after, 1)):
            if state.next_touch is not None:
                channel, minutes = self._needs(state)
                self._capacity.take(state.next_touch.date, channel, sign * minutes)


def _view(plan: Plan, wish: Wish) -> EnrolView:
    days = Counter(touch.date for touch in plan.firsts if touch is not None)
    channels = Counter(touch.channel or "no channel" for touch in plan.firsts if touch is not None)
    return EnrolView(
        len(plan.starts),
        tuple(plan.refused),
        min(days, default=None),
        max(days, default=None),
        days=tuple(sorted(days.items())),
        channels=tuple(channels.most_common()),
        replaced=tuple(plan.replaced.most_common()),
        per_day=wish.most if len(plan.starts) > 1 else None,
        full=plan.full,
    )
