"""Short ways to say a prospect's story: rules, days, and a journal that is written and replayed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from followup_tui.domain.builtin import BUILTIN
from followup_tui.domain.cadence import Cadence, Rules
from followup_tui.domain.channels import DETAIL_KINDS
from followup_tui.domain.decisions import question_of
from followup_tui.domain.events import Added, Answered, Enrolled, Event, Logged, Moved, Paused, Resumed, Skipped
from followup_tui.domain.lifecycle import BLANK, Advance, advance, invariant_broken
from followup_tui.domain.model import Outcome, PauseRule, PlanKind, Planned, Question, Relation, State, Touch
from followup_tui.domain.workdays import MONTHS, WorkCalendar

EVERY_DAY = WorkCalendar(frozenset(range(7)))
"""All seven days are worked: dates stay where the gaps put them."""
WEEK = WorkCalendar()
"""Monday to Friday."""
EVERYTHING = frozenset(DETAIL_KINDS)


def rules(*own: Cadence, calendar: WorkCalendar = EVERY_DAY, **other: Any) -> Rules:
    """Return rules with the built-in cadences and some of one's own."""
    cadences = (*BUILTIN, *own)
    return Rules(
        calendar, cadences={one.id: one for one in cadences}, current={one.name: one.id for one in cadences}, **other
    )


def day(text: str) -> date:
    """Return a day of 2026, unless the text names the year: `7 Mar`, `29 Feb 2028`."""
    number, month, *year = text.split()
    return date(int(year[0]) if year else 2026, MONTHS.index(month) + 1, int(number))


def said(on: date) -> str:
    """Return a day as `day` reads it."""
    return f"{on.day} {MONTHS[on.month - 1]}" + ("" if on.year == 2026 else f" {on.year}")


def utc(text: str, hour: int = 12, minute: int = 0) -> datetime:
    """Return noon of a day, or another time of it, in UTC."""
    return datetime.combine(day(text), time(hour, minute), UTC)


class Story:
    """One prospect and everything that happened to it; every step is checked against the invariant."""

    def __init__(self, of: Rules | None = None, **added: Any) -> None:
        self.rules = of or rules()
        self.state: State = BLANK
        self.journal: list[tuple[Event, datetime, Rules]] = []
        self.last: Advance | None = None
        added.setdefault("good", EVERYTHING)
        self._tell(Added(Relation(added.pop("relation", "cold")), **added), utc("1 Jan"))

    def _tell(self, event: Event, now: datetime) -> Advance:
        self.last = advance(self.state, event, now, self.rules)
        self.state = self.last.state
        self.journal.append((event, now, self.rules))
        return self.last

    def tell(self, event: Event, on: str = "1 Mar", hour: int = 12, minute: int = 0) -> Story:
        """Let an event happen on a day; the invariant holds afterwards."""
        now = utc(on, hour, minute)
        self._tell(event, now)
        assert invariant_broken(self.state, self.rules.day(now)) == ""
        return self

    def enrol(self, name: str, on: str = "1 Mar", step: int = 1) -> Story:
        return self.tell(Enrolled(self.rules.named(name).id, day(on), step), on)

    def log(self, on: str, outcome: str = "no answer", channel: str = "phone", **touch: Any) -> Story:
        """Log a touch at noon, or at `hour`; `until` and `told` are days as people write them."""
        hour, logged = touch.pop("hour", 12), touch.pop("logged", on)
        if "until" in touch:
            touch["until"] = day(touch["until"])
        made = Touch(channel, Outcome(outcome), utc(on, hour), **touch)
        return self.tell(Logged(made), logged, hour)

    def answer(self, on: str, choice: str, cadence: str = "", hour: int = 12, **more: Any) -> Story:
        if "until" in more:
            more["until"] = day(more["until"])
        if cadence:
            more["cadence_id"] = self.rules.named(cadence).id
        return self.tell(Answered(choice, **more), on, hour)

    def skip(self, on: str) -> Story:
        return self.tell(Skipped(), on)

    def move(self, on: str, to: str) -> Story:
        return self.tell(Moved(day(to)), on)

    def pause(self, on: str, until: str = "", rule: str = "freeze") -> Story:
        return self.tell(Paused(day(until) if until else None, PauseRule(rule)), on)

    def resume(self, on: str) -> Story:
        return self.tell(Resumed(), on)

    @property
    def next(self) -> Planned:
        assert self.state.next_touch is not None, "nothing is planned"
        return self.state.next_touch

    def plan(self, kind: str) -> Planned:
        return next(plan for plan in self.state.plans if plan.kind is PlanKind(kind))

    @property
    def kinds(self) -> list[str]:
        return [plan.kind.value for plan in self.state.plans]

    @property
    def due(self) -> str:
        """The planned step in short: `step 3 on 7 Mar by email`."""
        step = self.plan("step")
        return f"step {step.step} on {said(step.date)} by {step.channel}"

    def asks(self, on: str = "1 Mar", hour: int = 12) -> Question | None:
        return question_of(self.state, utc(on, hour), self.rules)


def cold(on: str = "1 Mar", of: Rules | None = None, **added: Any) -> Story:
    """Return a cold prospect on Cold six: 1 p+e · 3 p · 7 e · 14 p · 28 m · 58 p."""
    return Story(of, relation=Relation.COLD, **added).enrol("Cold six", on)


def engaged(on: str = "1 Mar", of: Rules | None = None, **added: Any) -> Story:
    """Return an engaged prospect on Steady: 1 p+e · 3 e · 7 p · 14 e · 28 p · 58 m."""
    return Story(of, relation=Relation.ENGAGED, interacted=True, **added).enrol("Steady", on)


def nurtured(on: str = "1 Mar", of: Rules | None = None, **added: Any) -> Story:
    """Return somebody on Stay in touch: monthly a · e+t · m · p."""
    return Story(of, relation=Relation.NURTURE, interacted=True, **added).enrol("Stay in touch", on)


def customer(on: str = "1 Mar", of: Rules | None = None, **added: Any) -> Story:
    """Return a customer on Customer: 7 m · 14 p, then monthly."""
    return Story(of, relation=Relation.CUSTOMER, interacted=True, **added).enrol("Customer", on)


def out_of_play(relation: str, **added: Any) -> Story:
    """Return somebody in the pool, closed (once cold), or on do not contact."""
    if relation == "pool":
        return Story(relation=Relation.POOL, **added)
    ending = {"closed": "definite no", "do not contact": "do not contact"}[relation]
    return cold("1 Feb", **added).log("1 Feb", ending)
