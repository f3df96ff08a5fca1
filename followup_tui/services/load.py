"""Capacity and load: the minutes of the blocks against what is planned, and the step that falls later (domain §5)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple

from followup_tui.config import BlockConfig, Config
from followup_tui.domain.cadence import Rules, companion, step_at
from followup_tui.domain.events import Answered, Enrolled, Event, LoadMoved, Logged, ReeledBack, Skipped
from followup_tui.domain.lifecycle import Advance, advance
from followup_tui.domain.loading import Fill, fall_later, gap_before, newly_placed
from followup_tui.domain.model import Planned, State
from followup_tui.services.day_blocks import blocks_on, length
from followup_tui.services.day_items import DEFAULT_MINUTES
from followup_tui.storage import day_load

_PLACING = (Logged, Skipped, Answered, Enrolled, ReeledBack)
"""What puts a step on a day by the rules; a move by the user stays where it was put."""


class Capacity:
    """How full the days are, read once each."""

    def __init__(self, connection: Any, config: Config, now: datetime | None = None) -> None:
        """With `now` (the user's zone) only what is left of today's blocks is room."""
        self._connection = connection
        self._config = config
        self._now = now
        self._loads: dict[tuple[date, str], list[tuple[str | None, str | None, int]]] = {}
        self._taken: dict[date, Counter[str | None]] = {}
        self._blocks: dict[date, tuple[BlockConfig, ...]] = {}

    def minutes(self, channel: str | None, beside: str | None = None) -> int:
        """Return how long a touch takes with its companion."""
        own = int(self._config.minutes.get(channel or "", DEFAULT_MINUTES))
        return own + (self.minutes(beside) if beside else 0)

    def has_block(self, channel: str | None) -> bool:
        """Whether any day of the week has a block of its own for the channel."""
        return any(channel in block.channels for block in self._config.blocks)

    def fill(self, day: date, channel: str | None, without: str = "") -> Fill:
        """Return how full a day is for a channel: its blocks, and whatever else is planned for the same blocks."""
        blocks = [one for one in self._blocks_on(day) if channel in one.channels]
        shared = {name for block in blocks for name in block.channels}
        used = sum(
            self.minutes(planned, beside) * number
            for planned, beside, number in self._load(day, without)
            if planned in shared
        )
        taken = self._taken.get(day)
        used += sum(taken[planned] for planned in taken if planned in shared) if taken else 0
        return Fill(used, sum(max(0, length(block) - self._passed(day, block)) for block in blocks))

    def _passed(self, day: date, block: BlockConfig) -> int:
        """Return how many minutes of a block are over."""
        if self._now is None or self._now.date() != day:
            return 0
        begin = block.start.hour * 60 + block.start.minute
        return max(0, self._now.hour * 60 + self._now.minute - begin)

    def _blocks_on(self, day: date) -> tuple[BlockConfig, ...]:
        if day not in self._blocks:
            self._blocks[day] = self._read_blocks(day)
        return self._blocks[day]

    def _read_blocks(self, day: date) -> tuple[BlockConfig, ...]:
        return blocks_on(self._connection, self._config, day)

    def take(self, day: date, channel: str | None, minutes: int) -> None:
        """Count a touch that is about to be put on a day, beside what stands there by now."""
        self._load(day, "")
        self._taken.setdefault(day, Counter())[channel] += minutes

    def _load(self, day: date, without: str) -> list[tuple[str | None, str | None, int]]:
        if (day, without) not in self._loads:
            self._loads[day, without] = day_load.load_on(self._connection, day, without)
        return self._loads[day, without]


class Movable(NamedTuple):
    """A step that may fall later when its day is full."""

    plan: Planned
    gap: int
    """Days before it."""
    minutes: int
    """Its own, with its companion's."""


class LoadRule:
    """Applies the load rule after an event; preview and act both ask here."""

    def __init__(self, connection: Any, config: Config, rules: Rules, capacity: Capacity | None = None) -> None:
        self._capacity = capacity or Capacity(connection, config)
        self._percent = config.load.percent
        self._rules = rules

    def settle(
        self, prospect_id: str, before: State, event: Event, done: Advance, now: datetime
    ) -> tuple[Advance, LoadMoved | None]:
        """Return what an event led to once a full day let the step fall later, and the move to be stored."""
        found = self.movable(before, event, done, now)
        move = self.move_of(found, prospect_id) if found is not None else None
        if move is None:
            return done, None
        state = advance(done.state, move, now, self._rules).state
        return replace(done, state=state, explanation=f"{done.explanation}; {move.reason}"), move

    def movable(self, before: State, event: Event, done: Advance, now: datetime) -> Movable | None:
        """Return the step an event put on a day, when the rule may let it fall later."""
        plan = newly_placed(before, done.state) if isinstance(event, _PLACING) else None
        gap = gap_before(done.state, self._rules) if plan is not None else None
        if plan is None or gap is None or done.state.is_paused(self._rules.day(now)):
            return None
        return Movable(plan, gap, self._capacity.minutes(plan.channel, self.beside(plan, done.state)))

    def move_of(self, step: Movable, prospect_id: str = "") -> LoadMoved | None:
        """Return the move to a lighter day; None where the day has room. What the prospect has there does not count."""

        def fill(day: date) -> Fill:
            return self._capacity.fill(day, step.plan.channel, prospect_id)

        return fall_later(step.plan.date, step.gap, step.minutes, self._percent, fill, self._rules.calendar)

    def beside(self, plan: Planned, state: State) -> str | None:
        """Return the companion's channel of a planned step."""
        if state.enrolment is None:
            return None
        cadence = self._rules.cadence(state.enrolment.cadence_id)
        step = step_at(cadence, state.enrolment, state.enrolment.step, state.star)
        return companion(step, plan.channel, state) if step else None
