"""The clock of a block: started, stopped early or run out, and stored, so that it survives a restart (domain §13).

Starting and stopping are facts, not changes: they are written at once and are no undo step (`storage.facts`). Else `b`
would stand between the user and taking back the last log.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from followup_tui.domain.keeping_days import behind
from followup_tui.domain.workdays import plus_days, zone_of
from followup_tui.errors import NothingFound
from followup_tui.services.changes import Changes
from followup_tui.services.context import Context
from followup_tui.services.views.working import RunView
from followup_tui.storage import day_facts
from followup_tui.storage.day_facts import Run
from followup_tui.storage.facts import Noting

_TABLES = frozenset({"block_run"})


class BlockClock:
    """At most one block runs at a time; one of another day is over, whether somebody stopped it or not."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def running(self) -> RunView | None:
        """Return the block whose clock runs; None without one."""
        with self._context.database.reading() as connection:
            today = self._context.today()
            run = next((one for one in day_facts.open_runs(connection) if one.day == today), None)
            return run_view(connection, run, self._context) if run else None

    def start(self, name: str, start: datetime, end: datetime, slots: int) -> tuple[RunView, Changes]:
        """Start the clock of a block of today; one that still runs is stopped."""
        context = self._context
        with self._noting() as note:
            self._stop_all(note)
            here = zone_of(context.config.zone)
            span = (f"{start.astimezone(here):%H:%M}", f"{end.astimezone(here):%H:%M}")
            day_facts.begin_run(note, context.today(), name, span, slots)
            run = next(one for one in reversed(day_facts.open_runs(note.connection)))
            view = run_view(note.connection, run, context)
        return view, Changes(_TABLES, frozenset(), f"Start {name}")

    def stop(self) -> tuple[RunView, Changes]:
        """Stop the clock now, or when the block was over; NothingFound when none runs."""
        with self._noting() as note:
            today = self._context.today()
            stopped = [run for run in self._stop_all(note) if run.day == today]
            if not stopped:
                raise NothingFound("no block's clock is running", "b starts one")
            run = next(one for one in day_facts.runs(note.connection, today) if one.id == stopped[-1].id)
            view = run_view(note.connection, run, self._context)
        return view, Changes(_TABLES, frozenset(), f"Stop {view.name}")

    def _noting(self) -> Noting:
        return Noting(self._context.database, self._context.now())

    def _stop_all(self, note: Noting) -> list[Run]:
        """Stop what still runs: at the end of its block when that has passed, else now."""
        running = day_facts.open_runs(note.connection)
        for run in running:
            day_facts.end_run(note, run, min(note.now, _planned(run, self._context)[1]))
        return running


def worked_minutes(connection: Any, day: date, context: Context) -> int:
    """Return how many minutes the blocks of a day were worked."""
    return sum(run_view(connection, run, context).minutes for run in day_facts.runs(connection, day))


def run_view(connection: Any, run: Run, context: Context) -> RunView:
    """Return a run as people see it; the clock of the machine may have gone back since it began."""
    start, end = _planned(run, context)
    here = zone_of(context.config.zone)
    until = run.ended_at or min(context.now(), end)
    length = int((end - start).total_seconds() // 60)
    elapsed = max(0, int((until - run.began_at).total_seconds() // 60))
    made = day_facts.touched_on(connection, run.began_at, max(until, run.began_at) + timedelta(seconds=1))
    late = max(0, int((run.began_at - start).total_seconds() // 60))
    return RunView(
        day=run.day,
        name=run.name,
        start=start,
        end=end,
        slots=run.planned_slots,
        began_at=run.began_at.astimezone(here),
        ended_at=run.ended_at.astimezone(here) if run.ended_at else None,
        done=len(made),
        minutes=min(elapsed, length),
        behind=behind(run.planned_slots, len(made), elapsed, max(1, length - late)),
    )


def _planned(run: Run, context: Context) -> tuple[datetime, datetime]:
    """Return when the block begins and ends by the plan; before the day starts a time belongs to the night after."""
    zone, starts = zone_of(context.config.zone), context.config.day_starts

    def at(text: str) -> datetime:
        wall = time.fromisoformat(text)
        day = plus_days(run.day, 1) if wall < starts else run.day
        return datetime.combine(day, wall, zone)

    return at(run.planned_start), at(run.planned_end)
