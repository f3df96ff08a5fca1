"""Two hundred things happen to one prospect, in whatever order: the invariant, the preview and the replay hold (§3)."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followup_tui.domain.cadence import Rules
from followup_tui.domain.cards import current
from followup_tui.domain.events import (
    BirthdaySet,
    CardsPlanned,
    Coached,
    CompanionWaived,
    ConfirmWaived,
    Event,
    LoadMoved,
    Logged,
    Placed,
    ReeledBack,
    Referred,
    SlotsWaived,
    Tuned,
)
from followup_tui.domain.lifecycle import BLANK, advance, invariant_broken, preview, replay
from followup_tui.domain.model import Outcome, PlanKind, Relation, State, Touch
from followup_tui.domain.occasions import CardRules
from followup_tui.domain.workdays import plus_days
from followup_tui.errors import UsageError
from tests.domain.factories import rules
from tests.domain.test_properties import (
    CALENDARS,
    Maker,
    Moment,
    answers,
    begin,
    beginnings,
    check_step,
    others,
    touches,
    zones,
)

EXAMPLES = int(os.environ.get("STORIES", "12"))


@st.composite
def newer(draw: st.DrawFn) -> Maker:
    """Return one of the events of a session: load, companions, pace and goal, reel back, referrals, coach."""
    kind = draw(
        st.sampled_from([CompanionWaived, ConfirmWaived, LoadMoved, Tuned, ReeledBack, ReeledBack, SlotsWaived])
    )
    days, number = draw(st.integers(-1, 12)), draw(st.integers(1, 6))
    what = draw(st.sampled_from([PlanKind.STEP, PlanKind.STEP, PlanKind.OWN, PlanKind.PROMISE, PlanKind.DECISION]))
    goal = draw(st.sampled_from(["", "quick response", "positive outcome"]))
    phase = draw(st.sampled_from(["", "respect"]))
    other = draw(st.integers(0, 9))
    relation = draw(st.sampled_from([one for one in Relation if one.in_play or one is Relation.CLOSED]))
    birthday = draw(st.sampled_from(["", "--02-29", "1980-03-14", "--12-20"]) | st.dates().map(date.isoformat))

    def make(now: datetime, today: object, state: State, of: Rules) -> Event:
        if other == 0:
            return Referred("a2b3c4d5")
        if other == 1:
            return Coached("naked")
        if other == 2:
            return BirthdaySet(birthday)
        if other == 3:
            return CardsPlanned()
        if other == 4 and state.relation is not Relation.DO_NOT_CONTACT:
            return Placed(relation)
        if kind is LoadMoved:
            plan = next((plan for plan in state.plans if plan.kind is what), None)
            on = plus_days(plan.date if plan else of.day(now), days)
            return LoadMoved(of.calendar.roll(on), "Thu is full → Fri", what)
        events: dict[type[Event], Event] = {
            Tuned: Tuned(goal, phase),
            ReeledBack: ReeledBack("too much"),
            SlotsWaived: SlotsWaived(number),
        }
        return events.get(kind) or kind()

    return make


moments = st.builds(
    Moment,
    st.integers(0, 6 * 24 * 60) | st.integers(0, 120),
    touches() | touches() | answers() | others() | newer(),
)


SOME = frozenset({"nurture", "customer"})
EVERYBODY = SOME | {"cold", "engaged"}
card_rules = st.sampled_from(
    [
        CardRules(),
        CardRules(SOME, "12-25", "Christmas", SOME),
        CardRules(EVERYBODY, "03-17", "", EVERYBODY, "email", 0),
    ]
)


def check_cards(state: State, now: datetime, of: Rules) -> None:
    """A card goes on a working day, or late; not after its day; one for each occasion; and lapsing leaves a plan."""
    cards = [plan for plan in state.plans if plan.kind is PlanKind.CARD]
    assert len({card.occasion for card in cards}) == len(cards) <= 2
    for card in cards:
        assert card.card_for is not None
        assert card.date <= card.card_for
        assert card.channel is not None
    if (state.held is not None) != any(card.step is not None for card in cards):
        raise AssertionError(state)
    later = current(state, plus_days(of.day(now), 400))
    assert bool(later.plans) == bool([plan for plan in state.plans if plan.kind is not PlanKind.CARD])


def check_previews(state: State, now: datetime, of: Rules) -> None:
    """For every outcome the preview is what the act would be, and what it leaves keeps the invariant."""
    today = of.day(now)
    for outcome in Outcome:
        if outcome is Outcome.SKIP:
            continue
        event = Logged(Touch("phone", outcome, now, until=plus_days(today, 3) if outcome.asks_when else None))
        try:
            seen = preview(state, event, now, of)
        except UsageError:
            continue
        assert seen == advance(state, event, now, of)
        assert invariant_broken(seen.state, today) == ""


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(beginnings, st.lists(moments, min_size=200, max_size=200), st.sampled_from(sorted(CALENDARS)), zones, card_rules)
def test_two_hundred_events(
    beginning: tuple[object, ...], story: list[Moment], calendar: str, zone: str, wanted: CardRules
) -> None:
    """After each: in play has a next touch, the impossible changed nothing; at the end a replay is the state."""
    of = rules(calendar=CALENDARS[calendar], zone=zone, cold_limit=3, engaged_limit=4, cards=wanted)
    now = datetime(2026, 1, 28, 9, tzinfo=UTC)
    state, journal = BLANK, []
    for event in begin(beginning, now, of):  # type: ignore[arg-type]
        state = advance(state, event, now, of).state
        journal.append((event, now, of))
    for number, moment in enumerate(story):
        now += timedelta(minutes=moment.wait)
        event = moment.make(now, of.day(now), state, of)
        if number % 20 == 0:
            check_previews(state, now, of)
        try:
            done = advance(state, event, now, of)
        except UsageError:
            continue
        slots = replace(state, referral_slots=min(state.referral_slots, done.state.referral_slots))
        check_step(slots, event, done.state, now, of)
        check_cards(done.state, now, of)
        state = done.state
        journal.append((event, now, of))
    assert replay(journal) == state


@settings(max_examples=60, deadline=None)
@given(beginnings, st.lists(moments, min_size=5, max_size=30), st.sampled_from(sorted(CALENDARS)))
def test_a_load_move_never_goes_back_nor_touches_what_is_fixed(
    beginning: tuple[object, ...], story: list[Moment], calendar: str
) -> None:
    """It puts one plan later or changes nothing at all."""
    of = rules(calendar=CALENDARS[calendar])
    now = datetime(2026, 1, 28, 9, tzinfo=UTC)
    state = BLANK
    for event in begin(beginning, now, of):  # type: ignore[arg-type]
        state = advance(state, event, now, of).state
    for moment in story:
        now += timedelta(minutes=moment.wait)
        try:
            after = advance(state, event := moment.make(now, of.day(now), state, of), now, of).state
        except UsageError:
            continue
        if isinstance(event, LoadMoved):
            fixed = [plan for plan in state.plans if plan.fixed]
            assert [plan for plan in after.plans if plan.fixed] == fixed
            assert len(after.plans) == len(state.plans)
            for plan in state.plans:
                same = next(other for other in after.plans if other.kind is plan.kind)
                assert same.date >= plan.date
        state = after
