"""Histories that end where they should: a story is begun earlier or later until its end falls on the day wanted."""

from __future__ import annotations

from datetime import date, datetime
from random import Random

from followup_tui.domain.cadence import Rules
from followup_tui.domain.events import Added
from followup_tui.domain.model import Relation, State
from followup_tui.domain.workdays import plus_days
from followup_tui.records import dataclass
from followup_tui.services.demo_hours import Hours
from followup_tui.services.demo_places import Place
from followup_tui.services.demo_telling import Entry, Teller

_TRIES = 12
_EXACT = 5
"""After so many tries the right side of today will do."""
DETAILS = {"p": "phone", "m": "mobile", "f": "fax", "e": "email", "a": "address"}


@dataclass(frozen=True, slots=True)
class Aim:
    """Where a history ends, in days from today."""

    first: int
    last: int
    """The earliest and the latest day that will do."""
    at: str = "next"
    """`next`: the day of the next touch; `entry`: of the newest entry; `ahead`: a next touch some day after today."""


@dataclass(frozen=True, slots=True)
class Story:
    """What happens to somebody, in the words of `demo_telling.ACT`."""

    relation: str
    """When they enter the database."""
    cadence: str
    acts: str
    aim: Aim
    kinds: str = "pea"
    """Letters of `DETAILS`."""
    star: bool = False
    pace: str = "normal"
    wait: int = 0
    """Days until the cadence starts."""
    pool: str = ""
    """Where the name comes from; empty: as usual in the town."""
    source: str = ""
    where: str = "near"
    """Where they live: `near`, `behind` (their morning is the user's afternoon), or `anywhere`."""
    days: int = 700
    """About how long it lasts; with `ahead` it is cut short where it would go beyond today."""


@dataclass(frozen=True, slots=True)
class History:
    """A journal with the state it comes to; many people may share one."""

    story: Story
    place: Place
    entries: tuple[Entry, ...]
    state: State

    def is_due(self, today: date) -> bool:
        """Whether the next touch is due today or overdue."""
        plan = self.state.next_touch
        return plan is not None and plan.date <= today and not self.state.is_paused(today)

    @property
    def kinds(self) -> list[str]:
        """The kinds of detail there are; those the state does not call good were found to be bad."""
        return [DETAILS[letter] for letter in self.story.kinds]


class Histories:
    """Tells stories for one user and one moment."""

    def __init__(self, rules: Rules, now: datetime) -> None:
        self._rules = rules
        self._now = now
        self._today = rules.day(now)

    def tell(self, story: Story, place: Place, seed: int) -> History:
        """Return the history of a story that ends as aimed, or as near as weekends let it."""
        start = plus_days(self._today, -story.days)
        tried: set[date] = set()
        best: tuple[tuple[bool, int], Teller] | None = None
        for turn in range(_TRIES):
            while start in tried:
                start = plus_days(start, -1)
            tried.add(start)
            told = self._told(story, place, seed, start)
            missed, aside = self._missed(story.aim, told, seed)
            if not told.late and (best is None or (aside, abs(missed)) < best[0]):
                best = ((aside, abs(missed)), told)
            if best is not None and best[0] <= (False, 0 if turn < _EXACT else story.days):
                break
            start = plus_days(start, missed if missed or not told.late else -7)
        assert best is not None, story
        return History(story, place, tuple(best[1].entries), best[1].state)

    def _told(self, story: Story, place: Place, seed: int, start: date) -> Teller:
        rng = Random(seed)
        teller = Teller(self._rules, Hours(self._rules, self._now, place.zone, rng, self._today), rng)
        relation = Relation(story.relation)
        interacted = relation in (Relation.ENGAGED, Relation.CUSTOMER)
        good = frozenset(DETAILS[letter] for letter in story.kinds)
        teller.begin(Added(relation, good, story.star, story.pace, interacted), story.cadence, start, story.wait)
        for number, act in enumerate(story.acts.split(), 1):
            rng.seed(seed * 64 + number)  # an act goes the same way on whatever day it falls
            before, length = teller.state, len(teller.entries)
            teller.act(act)
            if teller.late and story.aim.at == "ahead":
                teller.state, teller.late = before, False
                del teller.entries[length:]
                break
        return teller

    def _missed(self, aim: Aim, told: Teller, seed: int) -> tuple[int, bool]:
        """Return by how many days the story began too early (below zero: too late), and if that is aside of today."""
        plan = told.state.next_touch
        ended = told.day if aim.at == "entry" or plan is None else plan.date
        days = (ended - self._today).days
        first, last = aim.first, aim.last
        if aim.at == "ahead" and plan is not None:
            first, last = 1, max(1, (plan.date - told.day).days)
        wanted = first + seed % (last - first + 1)
        aside = (days > 0) != (first > 0) or days < min(first, -9)
        return (0 if first <= days <= last else wanted - days), aside
