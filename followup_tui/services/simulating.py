"""The days ahead lived through in numbers: people who stand alike go together, full days let steps fall later."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import field
from datetime import date, datetime, time
from typing import Any

from followup_tui.config import BlockConfig
from followup_tui.domain.cadence import Cadence, Rules
from followup_tui.domain.channels import DETAIL_KINDS
from followup_tui.domain.events import Enrolled, LoadMoved
from followup_tui.domain.forecasting import bare, behind, beside, made, wanted
from followup_tui.domain.lifecycle import advance
from followup_tui.domain.loading import LONG_GAP, Fill, fall_later, gap_before, newly_placed
from followup_tui.domain.model import PlanKind, Planned, Relation, State
from followup_tui.domain.workdays import plus_days, zone_of
from followup_tui.errors import FollowupError
from followup_tui.records import dataclass
from followup_tui.services.context import Context
from followup_tui.services.day_blocks import length, stored_blocks, template_on
from followup_tui.services.load import Capacity
from followup_tui.storage import day_exceptions

Progress = Callable[[int, int], bool]
"""Gets the days simulated and to simulate; returns False to cancel."""
_NOON = time(12)


@dataclass(slots=True)
class Tally:
    """What one day came to."""

    touches: int = 0
    minutes: Counter[str | None] = field(default_factory=Counter)
    channels: Counter[str] = field(default_factory=Counter)
    fixed: int = 0
    fixed_minutes: int = 0
    decisions: int = 0
    extra: int = 0
    extra_minutes: int = 0


Group = tuple[State, bool]
"""A state, and whether it is only imagined."""


class Simulation:
    """One simulation, day by day; people who stand alike go together."""

    def __init__(self, connection: Any, context: Context, rules: Rules, today: date, end: date) -> None:
        self.rules, self._today, self._end = rules, today, end
        self.capacity = Filling(connection, context)
        self._percent = context.config.load.percent
        self._now = context.now()
        self._waiting: dict[date, dict[tuple[Group, Planned], int]] = defaultdict(dict)
        self._tallies: dict[date, Tally] = defaultdict(Tally)
        self.people = 0

    def put(self, state: State, number: int, today: date, extra: bool = False) -> None:
        """Let so many people who stand alike wait for their next day."""
        if today == self._today:
            self.people += number
        found = wanted(state, today)
        if found is not None and found[1].kind is PlanKind.DECISION:
            if found[0] <= self._end:
                self._tallies[found[0]].decisions += number
            found = behind(state, today)
        if found is None or found[0] > plus_days(self._end, 4):
            return
        day, plan = found
        key = ((state, extra), plan)
        self._waiting[day][key] = self._waiting[day].get(key, 0) + number
        self.capacity.add(day, plan, beside(state, plan, self.rules), number)

    def imagine(self, cadence: Cadence, number: int, per_day: int) -> None:
        """Let people with every detail start on a cadence, so many a working day."""
        begun = State(Relation.POOL, frozenset(DETAIL_KINDS))
        day = self.rules.calendar.roll(self._today)
        while number > 0 and day <= self._end:
            event = Enrolled(cadence.id, day)
            lot = min(number, per_day)
            after = bare(advance(begun, event, self._now, self.rules).state)
            for state, people in self._spread(begun, after, lot, self._now):
                self.put(state, people, self._today, True)
            number, day = number - lot, self.rules.calendar.after(day)

    def run(self, progress: Progress | None) -> dict[date, Tally]:
        """Go through the days and return what each comes to; FollowupError when `progress` cancels."""
        count = (self._end - self._today).days + 1
        for offset in range(count):
            day = plus_days(self._today, offset)
            if progress is not None and not progress(offset, count):
                raise FollowupError("the forecast was cancelled")
            at = datetime.combine(day, _NOON, zone_of(self.rules.zone))
            while waiting := self._waiting.pop(day, None):
                for ((state, extra), plan), number in waiting.items():
                    self.capacity.add(day, plan, beside(state, plan, self.rules), -number)
                    self._work(state, plan, number, day, at, extra)
        return {day: self._tallies[day] for day in (plus_days(self._today, offset) for offset in range(count))}

    def _work(self, state: State, plan: Planned, number: int, day: date, at: datetime, extra: bool) -> None:
        """Make a touch for everybody of a group, and let them wait for their next one."""
        tally = self._tallies[day]
        if plan.channel is None:
            return
        minutes = self.capacity.minutes(plan.channel, beside(state, plan, self.rules)) * number
        tally.touches += number
        tally.channels[plan.channel] += number
        if plan.fixed:
            tally.fixed += number
            tally.fixed_minutes += minutes
        else:
            tally.minutes[plan.channel] += minutes
        if extra:
            tally.extra += number
            tally.extra_minutes += minutes
        if plan.kind is PlanKind.MEETING:  # then the app asks how it went
            tally.decisions += number
            return
        for after, people in self._spread(state, made(state, plan, at, self.rules), number, at):
            self.put(after, people, _later(after, day, plus_days(day, 1)), extra)

    def _spread(self, before: State, after: State, number: int, at: datetime) -> Iterator[tuple[State, int]]:
        """Yield where a group stands once full days let steps fall later, one person after the other (LoadRule)."""
        plan, gap = newly_placed(before, after), gap_before(after, self.rules)
        if plan is None or gap is None or gap < LONG_GAP or plan.date > self._end:
            yield after, number
            return
        companion = beside(after, plan, self.rules)
        minutes = self.capacity.minutes(plan.channel, companion)
        moves: Counter[LoadMoved | None] = Counter()
        for _ in range(number):
            move = fall_later(plan.date, gap, minutes, self._percent, self._fill_for(plan), self.rules.calendar)
            moves[move] += 1
            self.capacity.add(move.to if move else plan.date, plan, companion, 1)
        for move, people in moves.items():
            self.capacity.add(move.to if move else plan.date, plan, companion, -people)
            yield (bare(advance(after, move, at, self.rules).state) if move else after), people

    def _fill_for(self, plan: Planned) -> Callable[[date], Fill]:
        return lambda day: self.capacity.fill(day, plan.channel)


class Filling(Capacity):
    """How full the simulated days are: counted as people move, not read."""

    def __init__(self, connection: Any, context: Context) -> None:
        super().__init__(None, context.config, context.now())
        self._own = day_exceptions.between(connection, context.today(), date.max)
        self._used: dict[date, Counter[str | None]] = defaultdict(Counter)
        self._rooms: dict[tuple[date, str | None], tuple[frozenset[str], int]] = {}

    def add(self, day: date, plan: Planned, beside: str | None, number: int) -> None:
        """Count people whose next touch is on a day; a negative number takes them away."""
        if plan.kind not in (PlanKind.DECISION, PlanKind.ANSWER, PlanKind.MEETING):
            self._used[day][plan.channel] += self.minutes(plan.channel, beside) * number

    def fill(self, day: date, channel: str | None, without: str = "") -> Fill:
        """Return how full a simulated day is for a channel."""
        key = (day, channel)
        if key not in self._rooms:
            blocks = [block for block in self.blocks(day) if channel in block.channels]
            shared = frozenset(name for block in blocks for name in block.channels)
            self._rooms[key] = shared, sum(length(block) for block in blocks)
        shared, room = self._rooms[key]
        used = self._used[day]
        return Fill(sum(used[name] for name in shared), room)

    def _read_blocks(self, day: date) -> tuple[BlockConfig, ...]:
        """Return the blocks of a day as they were when the simulation began: nothing is read while it runs."""
        own = self._own.get(day)
        return template_on(self._config, day) if own is None else stored_blocks(own, day)

    def blocks(self, day: date) -> tuple[BlockConfig, ...]:
        """Return the blocks of a day."""
        return self._blocks_on(day)

    def passed(self, day: date, block: BlockConfig) -> int:
        """Return how many minutes of a block of today are over."""
        return min(length(block), self._passed(day, block))


def _later(state: State, day: date, tomorrow: date) -> date:
    """Return from which day on somebody just contacted wants something: what is asked now is asked today."""
    plan = state.next_touch
    return day if plan is not None and plan.kind is PlanKind.DECISION else tomorrow
