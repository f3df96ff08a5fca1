"""A fortnight with 300 prospects, lived by a script: what each day planned, held and left (`make fortnight` prints it).

A week with an interrupted Wednesday, a day off and a rainy Friday of half the work, then a week with a day away. Every
day is held to the rules as it is lived; the same seed lives the same days.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

from followup_tui.bootstrap import Services
from followup_tui.domain.model import Outcome
from followup_tui.errors import UsageError
from followup_tui.services.demo import demo_database
from followup_tui.services.log import suits
from followup_tui.services.views import BlockView, LogDraft, SlotView, TodayView
from tests.factories import BERLIN, CONFIG, Clock, failed, open_at

FIRST = date(2026, 11, 23)
DAYS = 14
PEOPLE = 300
INTERRUPTED, DAY_OFF, HALF, AWAY = (FIRST + timedelta(days=days) for days in (2, 3, 4, 9))
RESPONSES = (Outcome.SPOKE, Outcome.CALL_BACK, Outcome.MEETING_SET, Outcome.NOT_NOW, Outcome.DEFINITE_NO)


@dataclass
class Lived:
    """What one day came to."""

    day: date
    what: str
    planned: int
    done: int
    left_over: int
    decisions: int
    moved: int
    kept: bool
    streak: int
    waiting: frozenset[str] = field(default=frozenset(), repr=False)
    """Who was still due when the day was over."""

    def line(self) -> str:
        """Return the day as it is printed."""
        return (
            f"{self.day:%a %d %b}  planned {self.planned:>3}  done {self.done:>3}  left over {self.left_over:>3}  "
            f"decisions {self.decisions:>2}  moved {self.moved:>3}  {'kept' if self.kept else '    '}  "
            f"streak {self.streak:>2}  {self.what}"
        ).rstrip()


class Fortnight:
    """Lives the days one after the other; `check` holds each plan to the rules."""

    def __init__(self, services: Services, clock: Clock, seed: int = 7) -> None:
        self.services, self.clock = services, clock
        self._random = Random(seed)
        self._known: Lived | None = None

    def days(self) -> Iterator[Lived]:
        """Yield every day after it was lived."""
        for offset in range(DAYS):
            lived = self._live(FIRST + timedelta(days=offset))
            self._known = lived
            yield lived

    def _live(self, day: date) -> Lived:
        services = self.services
        self._at(day, time(7, 30))
        what = self._prepare(day)
        services.days.begin()
        view = services.today.plan()
        check(services, view)
        assert services.today.plan() == view, "the same input gives the same plan"
        if self._known is not None:
            lost = self._known.waiting - standing_in(view) - self._moved_on(day)
            assert not lost, f"whatever was missed flows on: {lost}"
        planned = sum(len(block.slots) for block in view.blocks) + len(view.promises)
        if services.today.plan().blocks and day != AWAY and day.weekday() < 5:
            self._work(day)
        if day.weekday() == 4:
            what = f"{what}; {self._answer()} decisions answered".removeprefix("; ")
        self._at(day, time(18, 30))
        ended = services.days.close()[0]
        evening = services.today.plan()
        check(services, evening)
        left = [one for one in evening.left_over if one.kind != "decision"]
        waiting = frozenset(one.prospect.id for one in (*left, *evening.promises))
        return Lived(
            day,
            what,
            planned,
            ended.done,
            len(left) + len(evening.promises),
            len(evening.decisions),
            ended.moved,
            ended.kept,
            services.days.streak().days,
            waiting,
        )

    def _prepare(self, day: date) -> str:
        """Do what the story says about a day before its work."""
        services = self.services
        if day == FIRST and services.triage.overdue():
            spread, _ = services.triage.spread()
            return f"overdue work spread: {len(spread.moved)} moved"
        if day == INTERRUPTED:
            return "interrupted after the first calls"
        if day == DAY_OFF:
            services.blocks.save_day(day, [])
            return "a day off, decided that morning"
        if day == HALF:
            return "one block left out; what it held flows on"
        if day == AWAY:
            services.away.apply(day, day)
            return "away"
        return "" if day.weekday() < 5 else "weekend"

    def _work(self, day: date) -> None:
        """Work block after block; at each start the plan is made anew, so that what was missed flows on."""
        for number in range(12):
            view = self.services.today.plan()
            block = next((one for one in view.blocks if one.slots and one.end > self.clock.now), None)
            if block is None or (day == INTERRUPTED and number >= 1):
                return
            self.clock.now = max(self.clock.now, block.start)
            if day == HALF and number == 1:
                self.clock.now = block.end
                continue
            self._work_block(block)

    def _work_block(self, block: BlockView) -> None:
        view = self.services.today.plan()
        check(self.services, view)
        now = next((one for one in view.blocks if one.start == block.start), None)
        soon = [slot for slot in view.promises if slot.kind != "meeting" or slot.start <= self.clock.now]
        for slot in (*soon, *(now.slots if now else ())):
            self.clock.now = max(self.clock.now, min(slot.start, block.end))
            self._log(slot)
        self.clock.now = max(self.clock.now, block.end)

    def _log(self, slot: SlotView) -> None:
        """Log a touch: mostly nobody answers."""
        if slot.kind == "meeting":
            return
        roll, talks = self._random.random(), slot.channel in ("phone", "in person")
        outcome = Outcome.NO_ANSWER if talks else Outcome.SENT
        if talks and roll > 0.72:
            outcome = RESPONSES[min(4, int((roll - 0.72) * 18))]
        if not suits(slot.channel, outcome):
            outcome = Outcome.SPOKE if talks else Outcome.SENT
        until = slot.start.date() + timedelta(days=1 + self._random.randrange(4)) if outcome.asks_when else None
        at = time(9 + self._random.randrange(8), 30) if outcome.asks_when else None
        draft = LogDraft(slot.channel, outcome, until=until, until_time=at)
        try:
            self.services.log.log(slot.prospect.id, draft)
        except UsageError as error:  # the story may not go wrong silently
            raise AssertionError(f"{slot}: {error}") from error

    def _answer(self) -> int:
        """Answer what waits, as the app offers it first; a date that is asked for is a week away."""
        decisions = self.services.today.plan().decisions
        for one in decisions:
            asks = next(choice.asks for choice in one.choices if choice.choice == one.preselected)
            until = self.clock.now.date() + timedelta(days=7) if asks == "when" else None
            self.services.log.answer(one.prospect.id, one.preselected, until=until)
        return len(decisions)

    def _moved_on(self, day: date) -> set[str]:
        """Return who was moved to another day by being away: the only way not to be due any more."""
        if day != AWAY:
            return set()
        with self.services._context.database.reading() as connection:
            sql = "SELECT prospect_id FROM standing WHERE next_date > ?"
            return {str(row[0]) for row in connection.execute(sql, (day.isoformat(),))}

    def _at(self, day: date, at: time) -> None:
        self.clock.now = datetime.combine(day, at, BERLIN)


def standing_in(view: TodayView) -> set[str]:
    """Return everybody who stands somewhere in a day."""
    slots = [*view.promises, *(slot for block in view.blocks for slot in block.slots)]
    left = [one.prospect.id for one in view.left_over]
    return {slot.prospect.id for slot in slots} | set(left) | {one.prospect.id for one in view.decisions}


def check(services: Services, view: TodayView) -> None:
    """Hold a plan to the rules: everybody due once, slots one after the other within their block, reasons given."""
    day = view.date.isoformat()
    with services._context.database.reading() as connection:
        due = {
            str(row[0])
            for row in connection.execute(
                "SELECT prospect_id FROM standing WHERE next_date <= ? AND (paused_from IS NULL OR "
                "(paused_until IS NOT NULL AND paused_until <= ?))",
                (day, day),
            )
        }
    slots = [*view.promises, *(slot for block in view.blocks for slot in block.slots)]
    assert due <= standing_in(view), f"{day}: somebody due stands nowhere"
    planned = [slot.prospect.id for slot in slots if not slot.fixed]
    planned += [one.prospect.id for one in view.left_over if one.kind not in ("decision", "promise", "meeting")]
    twice = [who for who, number in Counter(planned).items() if number > 1]
    assert not twice, f"{day}: planned twice: {twice}"
    assert all(one.reason for one in view.left_over)
    for block in view.blocks:
        end = block.start
        for slot in block.slots:
            assert block.start <= slot.start < block.end, f"{day}: {slot} outside {block.name}"
            if not slot.fixed:
                assert slot.start >= end, f"{day}: {slot} overlaps in {block.name}"
                assert slot.start >= view.now.replace(second=0, microsecond=0), f"{day}: {slot} is past"
                assert slot.window_open, f"{day}: {slot} outside their hours"
                assert not block.channels or slot.channel in block.channels
                end = slot.start + timedelta(minutes=slot.minutes)
        assert end <= block.end or block.slots[-1].fixed, f"{day}: {block.name} runs over"
    for one, two in zip(view.blocks, view.blocks[1:], strict=False):
        assert one.end <= two.start


def opened(folder: Path) -> tuple[Services, Clock]:
    """Return the services over a fresh crowd, on the first morning."""
    clock = Clock(f"{FIRST.isoformat()}T07:30")
    path = demo_database(PEOPLE, 5, now=clock.now, folder=folder, config=CONFIG)
    return open_at(path, clock), clock


def main() -> None:
    """Print the fortnight."""
    with tempfile.TemporaryDirectory() as folder:
        services, clock = opened(Path(folder))
        for lived in Fortnight(services, clock).days():
            print(lived.line())
        print("doctor:", "; ".join(failed(services)) or "every invariant holds")
        services.close()


if __name__ == "__main__":
    main()
