"""The workload ahead against what the blocks hold: every touch on its day, gaps after it, the load rule (domain §5)."""

from __future__ import annotations

from collections import Counter
from datetime import date

from followup_tui.config import BlockConfig
from followup_tui.domain.cadence import Anchor, Cadence
from followup_tui.domain.forecasting import bare
from followup_tui.domain.model import State
from followup_tui.domain.workdays import plus_days
from followup_tui.errors import UsageError
from followup_tui.services.context import Context
from followup_tui.services.day_blocks import length
from followup_tui.services.simulating import Progress, Simulation, Tally
from followup_tui.services.views.planning import DayLoadView, ForecastView, WeekLoadView
from followup_tui.storage import workload
from followup_tui.storage.codec import loads

WEEKS = 8
MOST_WEEKS = 26
MOST_IMAGINED = 1000


class ForecastService:
    """Looking weeks ahead, with people imagined to be enrolled."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def forecast(
        self,
        weeks: int = WEEKS,
        *,
        what_if: int = 0,
        cadence: str | None = None,
        per_day: int | None = None,
        progress: Progress | None = None,
    ) -> ForecastView:
        """Return the load of each day from today on; `what_if` more people start on `cadence`.

        UsageError for numbers out of range or an unknown cadence; FollowupError when `progress` cancels.
        """
        if not 1 <= weeks <= MOST_WEEKS:
            raise UsageError(f"{weeks} weeks", f"use 1 to {MOST_WEEKS}")
        if not 0 <= what_if <= MOST_IMAGINED:
            raise UsageError(f"what if {what_if} more", f"use 1 to {MOST_IMAGINED}")
        if bool(what_if) != (cadence is not None):
            raise UsageError("how many, and on which cadence?", "--what-if 20 --cadence “Cold six”")
        context = self._context
        with context.database.reading() as connection:
            rules = context.rules(connection)
            today = context.today()
            end = plus_days(today, weeks * 7 - 1)
            run = Simulation(connection, context, rules, today, end)
            anchored = [id for id, one in rules.cadences.items() if _is_anchored(one)]
            for text, number in workload.alike(connection, end, anchored):
                run.put(bare(loads(State, text)), number, today)
            overdue = workload.count_overdue(connection, today)
            chosen = context.cadence_named(connection, cadence) if cadence is not None else None
        prospects = run.people
        spread = per_day or context.config.limits.per_day
        if chosen is not None:
            run.imagine(chosen, what_if, spread)
        days = [_day(date, tally, run) for date, tally in run.run(progress).items()]
        return ForecastView(
            start=today,
            end=end,
            prospects=prospects,
            overdue=overdue,
            weeks=tuple(_week(days[place : place + 7]) for place in range(0, len(days), 7)),
            what_if=what_if,
            cadence=chosen.name if chosen else None,
            per_day=spread if chosen else None,
            full_on=next((day.date for day in days if day.over_minutes > 0), None),
        )


def _is_anchored(cadence: Cadence) -> bool:
    return any(step.anchor is not Anchor.AFTER_DONE for step in cadence.steps)


def _day(day: date, tally: Tally, run: Simulation) -> DayLoadView:
    blocks = run.capacity.blocks(day)
    minutes = sum(tally.minutes.values()) + tally.fixed_minutes
    room = {id(block): length(block) - run.capacity.passed(day, block) for block in blocks}
    return DayLoadView(
        date=day,
        working=run.rules.calendar.is_working(day),
        touches=tally.touches,
        minutes=minutes,
        capacity_minutes=sum(max(0, minutes) for minutes in room.values()),
        over_minutes=_over(tally.minutes, blocks, room),
        channels=dict(tally.channels.most_common()),
        fixed=tally.fixed,
        decisions=tally.decisions,
        extra=tally.extra,
        extra_minutes=tally.extra_minutes,
    )


def _over(minutes: Counter[str | None], blocks: tuple[BlockConfig, ...], room: dict[int, int]) -> int:
    """Return the minutes no block takes: each channel flows into the earliest blocks that take it."""
    left = Counter(minutes)
    for block in blocks:
        free = max(0, room[id(block)])
        for channel in sorted(left, key=str):
            if free and (not block.channels or channel in block.channels):
                taken = min(free, left[channel])
                left[channel] -= taken
                free -= taken
    return sum(left.values())


def _week(days: list[DayLoadView]) -> WeekLoadView:
    def total(name: str) -> int:
        return sum(int(getattr(day, name)) for day in days)

    names = ("touches", "minutes", "capacity_minutes", "over_minutes", "decisions", "extra", "extra_minutes")
    return WeekLoadView(start=days[0].date, days=tuple(days), **{name: total(name) for name in names})
