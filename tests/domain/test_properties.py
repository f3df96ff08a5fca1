"""Whatever happens, in whatever order: the rules that always hold (domain §3, architecture, rule 2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from followup_tui.domain.cadence import Rules
from followup_tui.domain.channels import BY_NAME
from followup_tui.domain.decisions import CHOICES, question_of
from followup_tui.domain.events import (
    Added,
    Answered,
    Changed,
    Closed,
    Enrolled,
    Event,
    Logged,
    Moved,
    Paused,
    Reopened,
    Resumed,
    Skipped,
)
from followup_tui.domain.lifecycle import BLANK, advance, invariant_broken, preview, replay
from followup_tui.domain.model import Outcome, PauseRule, PlanKind, Relation, State, Touch
from followup_tui.domain.workdays import WorkCalendar, plus_days
from followup_tui.errors import UsageError
from tests.domain.factories import EVERY_DAY, EVERYTHING, WEEK, rules

HOLIDAYS = WorkCalendar(holidays=lambda year: frozenset({date(year, 1, 1), date(year, 5, 1), date(year, 12, 25)}))
CALENDARS = {"every day": EVERY_DAY, "week": WEEK, "holidays": HOLIDAYS}
PACES = ("normal", "gentle", "+3 +7 +14")
ENDS = (Outcome.DEFINITE_NO, Outcome.DO_NOT_CONTACT, Outcome.WON, Outcome.NOT_NOW)
OFTEN = [*(outcome for outcome in Outcome if outcome not in ENDS)] * 3 + [*ENDS]
"""Stories that end at once tell little."""
CHANNELS = sorted(BY_NAME)
WISHES = st.none() | st.integers(-2, 40)
Maker = Callable[[datetime, date, State, Rules], Event]
"""Makes an event of a moment, its local day and the state it happens in."""


@dataclass(frozen=True)
class Moment:
    """Something that happens so many minutes after the last thing."""

    wait: int
    make: Maker


def _until(today: date, days: int | None) -> date | None:
    return None if days is None else plus_days(today, days)


@st.composite
def touches(draw: st.DrawFn) -> Maker:
    """Return a touch, sometimes old, sometimes with wishes, seldom nonsense."""
    planned, channel = draw(st.booleans()), draw(st.sampled_from(CHANNELS))
    outcome = draw(st.sampled_from(OFTEN))
    days = draw(st.integers(0, 40)) if outcome.asks_when and draw(st.integers(0, 9)) else draw(WISHES)
    at = draw(st.none() | st.sampled_from([time(0, 30), time(9), time(23, 59)]))
    rare = st.integers(0, 9).map(lambda number: number == 0)
    inbound, old, only = draw(rare), draw(rare), draw(rare)
    shift = draw(st.sampled_from([0, 0, 0, 1, -1, 5]))
    completes = draw(st.sampled_from([None, None, None, True, False]))
    consent = draw(st.none() | st.booleans())

    def make(now: datetime, today: date, state: State, of: Rules) -> Event:
        moment = now - timedelta(days=3) if old else now
        lead = state.next_touch
        return Logged(
            Touch(
                lead.channel if planned and lead and lead.channel else channel,
                outcome,
                moment,
                inbound,
                until=_until(today, days),
                until_time=at if days is not None else None,
                shift=shift,
                completes=completes,
                consent=consent,
                channel_only=only,
                back_dated=old,
            )
        )

    return make


@st.composite
def answers(draw: st.DrawFn) -> Maker:
    """Return an answer to what is asked, or to something else."""
    turn, days = draw(st.integers(0, 5)), draw(st.integers(0, 30) | WISHES)
    cadence = draw(st.none() | st.integers(1, 9))
    everything = sorted({choice.name for choices in CHOICES.values() for choice in choices})

    def make(now: datetime, today: date, state: State, of: Rules) -> Event:
        question = question_of(state, now, of)
        names = [choice.name for choice in CHOICES[question]] if question else everything
        return Answered(names[turn % len(names)], _until(today, days), None, cadence)

    return make


@st.composite
def others(draw: st.DrawFn) -> Maker:
    """Return one of the events that are not touches or answers."""
    kind = draw(st.sampled_from([Enrolled, Skipped, Moved, Paused, Resumed, Resumed, Changed, Closed, Reopened]))
    days, number = draw(st.integers(0, 30)), draw(st.integers(1, 9))
    step = draw(st.sampled_from([1, 1, 1, 2, 4, 9]))
    rule, open_end = draw(st.sampled_from(PauseRule)), draw(st.booleans())
    good = frozenset(draw(st.sets(st.sampled_from(sorted(EVERYTHING)))))
    star, pace = draw(st.booleans()), draw(st.sampled_from(PACES))

    def make(now: datetime, today: date, state: State, of: Rules) -> Event:
        events: dict[type[Event], Event] = {
            Enrolled: Enrolled(number, plus_days(today, days % 4), step),
            Moved: Moved(plus_days(today, days - 2)),
            Paused: Paused(None if open_end else plus_days(today, days), rule),
            Changed: Changed(good, star, pace),
        }
        return events.get(kind) or kind()

    return make


moments = st.builds(
    Moment, st.integers(0, 12 * 24 * 60) | st.integers(0, 120), touches() | touches() | touches() | answers() | others()
)
beginnings = st.tuples(
    st.sampled_from([Relation.POOL, Relation.COLD, Relation.ENGAGED, Relation.NURTURE, Relation.CUSTOMER]),
    st.sampled_from([EVERYTHING, frozenset({"email"}), frozenset({"phone", "address"})]),
    st.booleans(),
    st.sampled_from(PACES),
    st.integers(1, 9),
)
zones = st.sampled_from(["UTC", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe"])


def begin(beginning: tuple[Relation, frozenset[str], bool, str, int], now: datetime, of: Rules) -> list[Event]:
    """Return how somebody entered: into the pool, or in play with a cadence at once."""
    relation, good, star, pace, cadence = beginning
    added = Added(relation, good, star, pace, relation is not Relation.COLD)
    return [added] if relation is Relation.POOL else [added, Enrolled(cadence, of.day(now))]


def check_plans(state: State, of: Rules) -> None:
    """One plan of a kind at most; each with a reason; the step is the enrolment's; calls and visits on working days."""
    counted = Counter(plan.kind for plan in state.plans if plan.kind is not PlanKind.CARD)
    assert not counted or max(counted.values()) == 1
    assert all(plan.reason for plan in state.plans)
    for plan in state.plans:
        if plan.kind is not PlanKind.STEP:
            continue
        assert state.enrolment is not None
        assert plan.step == state.enrolment.step >= 1
        chosen_by_user, urgent = plan.nominal is None, state.enrolment.cadence_id == 5 and plan.step == 1
        if plan.channel in ("phone", "in person") and not chosen_by_user and not urgent:
            assert of.calendar.is_working(plan.date), plan


def check_step(before: State, event: Event, after: State, now: datetime, of: Rules) -> None:
    """What has to hold after every single event."""
    today = of.day(now)
    assert invariant_broken(after, today) == ""
    check_plans(after, of)
    assert after.attempts >= 0
    assert after.touches >= before.touches
    assert after.referral_slots >= before.referral_slots
    if not after.relation.in_play:
        assert (after.paused, after.companion, after.plans) == (None, None, ())
    if before.relation is Relation.DO_NOT_CONTACT:
        assert after.relation is Relation.DO_NOT_CONTACT
    if before.last_at is not None:
        assert after.last_at is not None
        assert after.last_at >= before.last_at
    known = {(plan.kind, plan.date) for plan in before.plans}
    oldest = min(today, of.day(event.touch.at)) if isinstance(event, Logged) else today
    for plan in after.plans:
        assert (plan.kind, plan.date) in known or plan.date >= oldest, (event, plan)
    check_back_dated(before, event, after)


def check_back_dated(before: State, event: Event, after: State) -> None:
    """An old touch moves no date, but for a stop and for a call that must not fall on a day off."""
    if not isinstance(event, Logged) or not event.touch.back_dated:
        return
    if event.touch.outcome not in (Outcome.DO_NOT_CONTACT, Outcome.BAD_DETAIL):
        assert [plan.date for plan in after.plans if plan.kind is not PlanKind.CARD] == [
            plan.date for plan in before.plans if plan.kind is not PlanKind.CARD
        ]


@settings(max_examples=250, deadline=None)
@given(beginnings, st.lists(moments, min_size=5, max_size=25), st.sampled_from(sorted(CALENDARS)), zones)
def test_any_story(
    beginning: tuple[Relation, frozenset[str], bool, str, int], story: list[Moment], calendar: str, zone: str
) -> None:
    """The invariants hold after every event; a preview is the act; the impossible changes nothing; a replay agrees."""
    of = rules(calendar=CALENDARS[calendar], zone=zone, cold_limit=2, engaged_limit=3)
    now = datetime(2026, 1, 28, 9, tzinfo=UTC)
    state, journal = BLANK, []
    for event in begin(beginning, now, of):
        state = advance(state, event, now, of).state
        journal.append((event, now, of))
    assert invariant_broken(state, of.day(now)) == ""
    for moment in story:
        now += timedelta(minutes=moment.wait)
        event = moment.make(now, of.day(now), state, of)
        assert invariant_broken(state, of.day(now)) == "", "time alone broke it"
        try:
            done = advance(state, event, now, of)
        except UsageError:
            continue
        assert preview(state, event, now, of) == done
        assert done.explanation
        check_step(state, event, done.state, now, of)
        state = done.state
        journal.append((event, now, of))
    assert replay(journal) == state


@settings(max_examples=100, deadline=None)
@given(
    st.integers(1, 9),
    st.sampled_from(sorted(CALENDARS)),
    st.lists(st.integers(0, 3), min_size=5, max_size=20),
    st.booleans(),
)
def test_a_cadence_walked_late_or_on_time(cadence: int, calendar: str, delays: list[int], star: bool) -> None:
    """Every completed step is followed by a later one, at least its gap away, never twice on one day."""
    of = rules(calendar=CALENDARS[calendar])
    now = datetime(2026, 1, 31, 12, tzinfo=UTC)
    state = advance(BLANK, Added(Relation.CUSTOMER, EVERYTHING, star), now, of).state
    state = advance(state, Enrolled(cadence, of.day(now)), now, of).state
    for delay in delays:
        plan = state.next_touch
        assert plan is not None
        if plan.kind is PlanKind.DECISION:
            break
        on = plus_days(plan.date, delay)
        now = datetime.combine(on, time(12), UTC)
        done = advance(state, Logged(Touch(plan.channel or "phone", Outcome.NO_ANSWER, now)), now, of)
        assert (done.completes, done.step) == (True, plan.step)
        state = done.state
        following = state.next_touch
        assert following is not None
        assert following.kind is PlanKind.DECISION or following.date > on
