"""What the days came to: the end of one, and the streak of those that were kept (domain §13)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from followup_tui.config import is_zone
from followup_tui.domain.keeping_days import DayTally, is_kept, streak
from followup_tui.domain.momentum import lost_by_tomorrow
from followup_tui.domain.workdays import local_day, plus_days, zone_of
from followup_tui.errors import FollowupError
from followup_tui.services.as_it_stood import AsItStood, due_on
from followup_tui.services.block_clock import run_view, worked_minutes
from followup_tui.services.changes import Changes
from followup_tui.services.context import Context
from followup_tui.services.day_blocks import blocks_on, length
from followup_tui.services.days_known import Counted, DaysKnown
from followup_tui.services.load import Capacity
from followup_tui.services.today import TodayService
from followup_tui.services.views.working import DayView, KeptView, StreakView
from followup_tui.storage import day_facts, day_load, queue, settings
from followup_tui.storage.day_facts import Record
from followup_tui.storage.facts import Noting

FARTHEST = 400
"""Days the streak is followed back."""
USUAL_MINUTES = 5
"""How long a touch takes where only a day's minutes are known."""


LOT = 40
"""So many journals are told again in one read: some fifty milliseconds."""


class Count(NamedTuple):
    """What is counted of a day before journals are told again."""

    tally: DayTally
    """As far as it is certain."""
    room: int
    """So many more at most count as due."""
    ask: list[str]
    """Whose journals say whether they were."""

    def and_more(self, due: int) -> DayTally:
        """Return it with those whose journals say so."""
        return replace(self.tally, slots=self.tally.slots + due)


class DayService:
    """Records are facts: what a day held at its first look does not change when something is undone."""

    def __init__(self, context: Context, today: TodayService, memory: Path | None = None) -> None:
        """`memory` is the folder that keeps which days were kept: that changes rarely, and counting takes long."""
        self._context = context
        self._today = today
        self._known = DaysKnown(context, memory)

    def view(self, day: date | None = None) -> DayView:
        """Return what a day came to, so far or at its end."""
        wanted = day or self._context.today()
        with self._context.database.reading() as connection:
            return self._view(connection, wanted)

    def streak(self) -> StreakView:
        """Return how many working days running were kept."""
        days, kept = self._streak()
        return StreakView(days, kept, self._context.config.streak.percent)

    def are_counted(self) -> bool:
        """Whether the streak is told at once: the days before today were counted, here or by an earlier program."""
        with self._context.database.reading() as connection:
            today = self._context.today()
            return self._first(connection, today) in (None, today) or bool(self._known.known(connection, today))

    def count(self, told: Callable[..., bool]) -> Counted | None:
        """Count the days before today and return what is known of them; FollowupError when `told` calls it off."""
        self._streak(told)
        return self._known.counted

    def take(self, counted: Counted | None) -> None:
        """Know what `count` found in another process."""
        self._known.take(counted)

    def recorded(self, first: date, last: date) -> tuple[KeptView, ...]:
        """Return the days of a span that were looked at, and which were kept; the oldest first."""
        context, found = self._context, []
        with context.database.reading() as connection:
            records = sorted(day_facts.records(connection, first, last).items())
            then = AsItStood(connection)
        for day, record in records:
            if record.closed:
                found.append(KeptView(day, record.due, record.done, record.kept))
                continue
            with context.database.reading() as connection:
                tally = self._tally(connection, day, record, then)
            found.append(KeptView(day, tally.slots, tally.done, is_kept(tally, context.config.streak.percent)))
        return tuple(found)

    def begin(self) -> tuple[int, Changes]:
        """Note what today holds at its first look; later looks change nothing. Returns the slots.

        They are counted from the day's start, whenever the look is: who comes late missed what stood there.
        """
        with self._context.database.reading() as connection:
            known = day_facts.record(connection, self._context.today())
        if known is not None:
            return known.due, Changes(frozenset(), frozenset(), "")
        held, totals = self._today.held(), self._today.plan().totals
        with Noting(self._context.database, self._context.now()) as note:
            today = self._context.today()
            if day_facts.record(note.connection, today) is None:
                slots = held + self._done(note.connection, today)
                minutes = self._block_minutes(note.connection, today)
                left = totals.left_over - totals.decisions
                day_facts.write_record(note, Record(today, due=slots, left_over=left, block_minutes=minutes))
                settings.write(note, settings.ZONE, f"{today} {self._context.config.zone}")
        return slots, Changes(frozenset({"day_record"}), frozenset(), "Begin the day")

    def planned_zone(self) -> str:
        """Return the zone today was planned in at its first look; empty when it has not been looked at."""
        with self._context.database.reading() as connection:
            day, _, zone = settings.read(connection, settings.ZONE).partition(" ")
        if not zone or not is_zone(zone):
            return ""
        return zone if day == local_day(self._context.now(), zone, self._context.config.day_starts).isoformat() else ""

    def note_zone(self) -> None:
        """Note that today is planned in the zone that holds now."""
        with Noting(self._context.database, self._context.now()) as note:
            settings.write(note, settings.ZONE, f"{self._context.today()} {self._context.config.zone}")

    def close(self) -> tuple[DayView, Changes]:
        """End the day: store what it came to."""
        self.begin()
        view = self.view()
        with Noting(self._context.database, self._context.now()) as note:
            record = Record(
                view.date,
                view.slots,
                view.done,
                view.moved,
                view.left_over,
                view.block_minutes,
                view.worked_minutes,
                round(view.momentum_saved * 10_000),
                view.kept,
                closed=True,
            )
            day_facts.write_record(note, record)
        return replace(view, closed=True), Changes(frozenset({"day_record"}), frozenset(), "End the day")

    def _view(self, connection: Any, day: date) -> DayView:
        context = self._context
        rules = context.rules(connection)
        record = day_facts.record(connection, day)
        tally = self._tally(connection, day, record, AsItStood(connection))
        tomorrow = rules.calendar.after(day)
        capacity = Capacity(connection, context.config)
        loads = day_load.load_on(connection, tomorrow)
        left = self._left(connection, day, record)
        return DayView(
            date=day,
            working=rules.calendar.is_working(day),
            slots=tally.slots,
            done=tally.done,
            moved=day_facts.moved_on(connection, *self._span(day)),
            left_over=left,
            block_minutes=tally.block_minutes,
            worked_minutes=tally.worked_minutes,
            momentum_saved=self._saved(connection, day),
            kept=is_kept(tally, context.config.streak.percent),
            closed=record is not None and record.closed,
            tomorrow=tomorrow,
            tomorrow_planned=sum(number for _, _, number in loads),
            tomorrow_minutes=sum(capacity.minutes(channel, beside) * n for channel, beside, n in loads),
            tomorrow_capacity=self._block_minutes(connection, tomorrow),
            streak=self._streak()[0],
            runs=tuple(run_view(connection, run, context) for run in day_facts.runs(connection, day)),
        )

    def _left(self, connection: Any, day: date, record: Record | None) -> int:
        if day == self._context.today():
            return len([row for row in queue.due(connection, day) if row.kind != "decision"])
        return record.left_over if record is not None else 0

    def _first(self, connection: Any, today: date) -> date | None:
        """Return the first day the streak may reach back to; None when nothing was done yet."""
        began, config = day_facts.first_day(connection), self._context.config
        if began is None:
            return None
        return max(local_day(began, config.zone, config.day_starts), plus_days(today, -FARTHEST))

    def _streak(self, told: Callable[..., bool] = lambda day: True) -> tuple[int, bool]:
        """Return the streak, and whether today is kept; read in lots, so that a log never waits."""
        context = self._context
        today = context.today()
        with context.database.reading() as connection:
            first = self._first(connection, today)
            if first is None:
                return 0, False
            rules = context.rules(connection)
            records = day_facts.records(connection, first, today)
            then = AsItStood(connection)
            known = self._known.known(connection, today)

        @cache
        def kept(day: date) -> bool:
            if day in known:
                return known[day]
            if not told(day.isoformat()):
                raise FollowupError("counting the days was called off")
            percent = context.config.streak.percent
            found = is_kept(self._tally_in_lots(day, records.get(day), then, percent), percent)
            if day != today:
                known[day] = found
            return found

        found = streak(today, first, rules.calendar, kept), kept(today)
        self._known.remember()
        return found

    def _tally(self, connection: Any, day: date, record: Record | None, then: AsItStood) -> DayTally:
        """Return what counts of a day: against its first plan, else against what its journals say was due."""
        count = self._count(connection, day, record)
        return count.and_more(then.waiting(count.ask, day, self._span(day)[1], count.room))

    def _tally_in_lots(self, day: date, record: Record | None, then: AsItStood, decide: int) -> DayTally:
        """Return what decides whether so many percent of a day were worked: the count ends at the first slot too many.

        The journals are told again in lots, each a read of its own: a log that is saved meanwhile waits for no more.
        """
        with self._context.database.reading() as connection:
            count = self._count(connection, day, record, decide)
        end, more = self._span(day)[1], 0
        for begin in range(0, len(count.ask), LOT):
            if more >= count.room:
                break
            with self._context.database.reading():
                more += then.waiting(count.ask[begin : begin + LOT], day, end, count.room - more)
        return count.and_more(more)

    def _count(self, connection: Any, day: date, record: Record | None, decide: int | None = None) -> Count:
        done = self._done(connection, day)
        minutes = record.block_minutes if record else self._block_minutes(connection, day)
        worked = worked_minutes(connection, day, self._context)
        if record is not None:
            return Count(DayTally(record.due, done, minutes, worked), 0, [])
        end = self._span(day)[1]
        fits = max(0, minutes // USUAL_MINUTES - done)
        if decide is not None:
            fits = min(fits, done * 100 // decide + 1 - done if decide else 0)
        waiting = day_facts.due_untouched_since(connection, day, end, fits)
        ask = day_facts.written_since(connection, end) if waiting < fits else []
        return Count(DayTally(done + min(waiting, fits), done, minutes, worked), max(0, fits - waiting), ask)

    def _done(self, connection: Any, day: date) -> int:
        return day_facts.count_touched_on(connection, *self._span(day))

    def _saved(self, connection: Any, day: date) -> float:
        """Return the momentum the touches of a day kept: what each would have lost by the next day."""
        begin, end = self._span(day)
        then = AsItStood(connection)
        states = (then.before_touch(key, begin) for key in day_facts.touched_on(connection, begin, end))
        late = (due_on(state, day) for state in states if state is not None)
        return round(sum(lost_by_tomorrow(days) for days in late if days is not None), 4)

    def _block_minutes(self, connection: Any, day: date) -> int:
        return sum(length(block) for block in blocks_on(connection, self._context.config, day))

    def _span(self, day: date) -> tuple[datetime, datetime]:
        """Return the instants a day of the user starts and ends."""
        config = self._context.config
        zone = zone_of(config.zone)
        return (
            datetime.combine(day, config.day_starts, zone),
            datetime.combine(plus_days(day, 1), config.day_starts, zone),
        )
