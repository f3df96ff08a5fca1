"""Cadences: named, versioned lists of steps, and when each step falls (domain §5)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime, time
from enum import StrEnum

from followup_tui.domain.channels import BY_NAME, RANKED, usable
from followup_tui.domain.model import Enrolment, State
from followup_tui.domain.occasions import CardRules
from followup_tui.domain.workdays import WorkCalendar, local_day, plus_days, plus_months, rolled_words
from followup_tui.errors import FollowupError
from followup_tui.records import dataclass


class Anchor(StrEnum):
    """What a gap is counted from (§5)."""

    AFTER_DONE = "after done"
    FROM_START = "from start"
    SAME_WEEKDAY = "same weekday"


@dataclass(frozen=True, slots=True)
class Step:
    """A planned touch."""

    channels: tuple[str, ...]
    """In order of preference."""
    gap: int = 0
    """Days after the previous touch; for the first one after the enrolment day."""
    companion: str | None = None
    star_channel: str | None = None
    """The channel for starred prospects."""
    star_only: bool = False
    """In a rotation: only for starred prospects."""
    anchor: Anchor = Anchor.AFTER_DONE
    days: str | None = None
    """`calendar` or `working`; None: the channel's default."""
    urgent: bool = False
    """Due at once, working day or not (New inbound's first)."""
    purpose: str = ""
    template: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Repeat:
    """What comes after the last step, again and again."""

    rotation: tuple[Step, ...]
    every_days: int | None = None
    """None: monthly."""
    times: int | None = None
    """None: for ever."""
    then: str = "ask"


@dataclass(frozen=True, slots=True)
class Cadence:
    """A named list of steps in one version; versions never change once written."""

    id: int
    name: str
    steps: tuple[Step, ...]
    then: str | Repeat = "ask"
    """`ask`, `nurture`, `cadence NAME`, or a repetition."""
    version: int = 1
    for_relation: str = "any"
    source: str = ""
    no_repeat_channel: bool = False
    """Never the same channel twice running (S1, Stay in touch)."""
    preselect: str = "nurture"
    """The preselected answer when it asks."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything the rules need besides the state: the user's calendar, limits and cadences."""

    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    zone: str = "UTC"
    day_starts: time = time(4)
    cold_limit: int = 6
    engaged_limit: int = 12
    gentle: float = 1.5
    meeting_minutes: int = 60
    cadences: Mapping[int, Cadence] = field(default_factory=dict)
    """Every version by id."""
    current: Mapping[str, int] = field(default_factory=dict)
    """The newest version's id by name."""
    cards: CardRules = field(default_factory=CardRules)
    """Which cards are planned."""

    def day(self, instant: datetime) -> date:
        """Return the user's local day of an instant."""
        return local_day(instant, self.zone, self.day_starts)

    def cadence(self, cadence_id: int) -> Cadence:
        """Return a cadence version by id; FollowupError when the database lost it."""
        try:
            return self.cadences[cadence_id]
        except KeyError:
            raise FollowupError(f"cadence version {cadence_id} is missing", "run followup doctor") from None

    def named(self, name: str) -> Cadence:
        """Return the newest version of a cadence by name; FollowupError when there is none."""
        if name not in self.current:
            raise FollowupError(f"there is no cadence “{name}”", "followup cadence list shows them")
        return self.cadence(self.current[name])


GOAL_ORDER: Mapping[str, tuple[str, ...]] = {
    "quick response": ("phone", "text", "email", "fax", "in person", "mail"),
    "positive outcome": RANKED,
}
"""How a goal ranks channels; speed is ours, effect is S1's."""
KEEP_GOING = Repeat((Step(("phone",)), Step(("email",))), every_days=30)


def repeat_of(cadence: Cadence, enrolment: Enrolment) -> Repeat | None:
    """Return the repetition that follows the last step, if any."""
    if enrolment.keep_going:
        return KEEP_GOING
    return cadence.then if isinstance(cadence.then, Repeat) else None


def rotation_of(repeat: Repeat, star: bool) -> tuple[Step, ...]:
    """Return the channels in rotation: some only for starred prospects (★)."""
    return tuple(step for step in repeat.rotation if star or not step.star_only)


def step_at(cadence: Cadence, enrolment: Enrolment, number: int, star: bool) -> Step | None:
    """Return the step with this number (from 1), repetitions included; None past the end."""
    if number <= len(cadence.steps):
        return cadence.steps[number - 1]
    repeat = repeat_of(cadence, enrolment)
    if repeat is None:
        return None
    turn = number - len(cadence.steps) - 1
    if repeat.times is not None and turn >= repeat.times:
        return None
    rotation = rotation_of(repeat, star)
    return rotation[turn % len(rotation)] if rotation else None


def steps_total(cadence: Cadence, enrolment: Enrolment) -> int | None:
    """Return m of "step n of m"; None once the cadence repeats without end."""
    repeat = repeat_of(cadence, enrolment)
    if enrolment.step <= len(cadence.steps):
        return len(cadence.steps)
    if repeat is not None and repeat.times is not None:
        return len(cadence.steps) + repeat.times
    return None


def paced(gap: int, number: int, pace: str, gentle: float) -> int:
    """Return the gap in days for the prospect's pace: gentle ×1.5 rounded up (ours), or own gaps (`+3 +7`)."""
    if pace == "gentle":
        return math.ceil(gap * gentle)
    own = [int(part) for part in pace.replace("+", " ").split() if part.isdigit()]
    if own and number > 1:
        return own[min(number - 2, len(own) - 1)]
    return gap


def choose_channel(step: Step, state: State, avoid: str | None = None) -> str | None:
    """Return the first channel whose detail is good: the step's own in order, then by rank (§5); None: blocked.

    A goal ranks both anew: quick response by speed, positive outcome by effect (S1).

    `avoid` is left out as long as another one is usable (never the same twice running, S1).
    """
    own = (step.star_channel, *step.channels) if step.star_channel and state.star else step.channels
    order = GOAL_ORDER.get(state.goal)
    if order is not None:
        own = tuple(sorted(own, key=lambda name: order.index(name) if name in order else len(order)))
    wanted = [*own, *(name for name in order or RANKED if name not in own)]
    good = [name for name in wanted if usable(name, state.good, state.stopped_channels)]
    fresh = [name for name in good if name != avoid]
    best = fresh or good
    return best[0] if best else None


def companion(step: Step, channel: str | None, state: State) -> str | None:
    """Return the companion channel of a step made on `channel`: another one, with a good detail; else none."""
    beside = step.companion
    if beside is None or beside == channel or not usable(beside, state.good, state.stopped_channels):
        return None
    return beside


@dataclass(frozen=True, slots=True)
class Due:
    """When and on what channel a step falls."""

    day: date
    nominal: date
    """Before it was rolled to a working day."""
    channel: str | None
    gap: int | None
    """Days; None for a month."""
    roll: str
    """`Sat → Mon`, or empty."""


def gap_of(cadence: Cadence, enrolment: Enrolment, number: int, state: State, rules: Rules) -> int | None:
    """Return the paced gap before this step in days; None for a calendar month."""
    if number <= len(cadence.steps):
        return paced(cadence.steps[number - 1].gap, number, state.pace, rules.gentle)
    repeat = repeat_of(cadence, enrolment)
    every = repeat.every_days if repeat else 0
    return None if every is None else paced(every, number, state.pace, rules.gentle)


def rolls(step: Step, channel: str | None) -> bool:
    """Whether the step moves on to a working day: as it says, else as its channel does (§5)."""
    if step.urgent:
        return False
    return step.days == "working" or (step.days is None and BY_NAME[channel or step.channels[0]].working)


def due(cadence: Cadence, enrolment: Enrolment, number: int, state: State, rules: Rules) -> Due | None:
    """Return when step `number` falls, counted from `enrolment.previous`; None past the end of the cadence."""
    step = step_at(cadence, enrolment, number, state.star)
    if step is None:
        return None
    gap = gap_of(cadence, enrolment, number, state, rules)
    avoid = state.last_channel if cadence.no_repeat_channel and number > len(cadence.steps) else None
    channel = choose_channel(step, state, avoid)
    if gap is None:
        nominal = plus_months(enrolment.previous, 1, enrolment.month_day or enrolment.previous.day)
    else:
        nominal = _anchored(cadence, enrolment, number, gap, state, rules)
    day = rules.calendar.roll(nominal) if rolls(step, channel) else nominal
    return Due(day, nominal, channel, gap, rolled_words(nominal, day))


def _anchored(cadence: Cadence, enrolment: Enrolment, number: int, gap: int, state: State, rules: Rules) -> date:
    step = step_at(cadence, enrolment, number, state.star)
    anchor = step.anchor if step else Anchor.AFTER_DONE
    if anchor is Anchor.FROM_START and number <= len(cadence.steps):
        gaps = (paced(one.gap, turn, state.pace, rules.gentle) for turn, one in enumerate(cadence.steps[:number], 1))
        offset = sum(gaps)
        earliest = plus_days(enrolment.previous, 1 if number > 1 else 0)
        return max(plus_days(enrolment.started, offset), earliest)
    nominal = plus_days(enrolment.previous, gap)
    if anchor is Anchor.SAME_WEEKDAY:
        return plus_days(nominal, (enrolment.started.weekday() - nominal.weekday()) % 7)
    return nominal
