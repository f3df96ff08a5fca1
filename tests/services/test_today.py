"""Today: every due touch once, in a slot or left over with the true reason, at a time that can be (domain §12, §13)."""

from __future__ import annotations

import gc
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followup_tui.config import BlockConfig, Windows
from followup_tui.domain.channels import BY_NAME
from followup_tui.domain.model import PlanKind, Question, Relation, State
from followup_tui.services.block_hours import BlockHours
from followup_tui.services.day_items import DayItems
from followup_tui.services.views import SlotView, TodayView
from followup_tui.storage import standing
from tests.factories import CONFIG, MONDAY, Clock, add, log, open_at, planned, plant, slots

GOOD = frozenset({"phone", "mobile", "fax", "email", "address"})
EVERY_DAY = frozenset(range(7))
MINUTE = timedelta(minutes=1)
ZONES = ("", "America/New_York", "Asia/Kathmandu", "Pacific/Kiritimati", "Pacific/Apia", "Australia/Lord_Howe", "UTC")


def due(services, key: str, *plans, zone: str = "", **state) -> None:
    """Plant somebody engaged with these plans."""
    plant(services, key, State(Relation.ENGAGED, GOOD, plans=tuple(plans), **state), zone=zone)


def where(view: TodayView) -> dict[str, list[str]]:
    """Return what of the day each prospect has: `Calls 09:00 step`."""
    found: dict[str, list[str]] = {}
    for name, some in [*((b.name, b.slots) for b in view.blocks), ("outside", view.promises)]:
        for slot in some:
            found.setdefault(slot.prospect.id, []).append(f"{name} {slot.start:%H:%M} {slot.kind}")
    for left in view.left_over:
        found.setdefault(left.prospect.id, []).append(f"left over: {left.reason}")
    return found


def begins(slot: SlotView) -> datetime:
    """Return the instant in UTC: local times of one zone compare by the clock on the wall, which may go back."""
    return slot.start.astimezone(UTC)


def ends(slot: SlotView) -> datetime:
    return begins(slot) + slot.minutes * MINUTE


def window_of(slot: SlotView, config=CONFIG) -> tuple[time, time]:
    """Return the hours in which the prospect may be contacted on a channel."""
    hours, windows = BY_NAME[slot.channel].hours, config.windows
    return {
        "any": (time(0), time.max),
        "window": (windows.hard_start, windows.hard_end),
        "business": (windows.start, windows.end),
    }[hours]


def assert_possible(view: TodayView, now: datetime) -> None:
    """Check a plan against the rules of §13, from what it shows alone."""
    floor = now.replace(second=0, microsecond=0).astimezone(UTC)
    flowing = [slot for slot in slots(view) if not slot.fixed and slot not in view.promises]
    for one, other in combinations(flowing, 2):
        assert ends(one) <= begins(other) or ends(other) <= begins(one), f"{one} overlaps {other}"
    for block in view.blocks:
        for slot in block.slots:
            assert block.start.astimezone(UTC) <= begins(slot)
            assert ends(slot) <= block.end.astimezone(UTC)
            assert begins(slot) >= floor
            assert not block.channels or slot.channel in block.channels
            if not slot.fixed and slot.kind != "answer":
                begin, end = window_of(slot)
                local = slot.start.astimezone(ZoneInfo(slot.prospect.zone))
                assert begin <= local.time(), f"{local} is too early"
                assert end == time.max or (local + slot.minutes * MINUTE).time() <= end
                assert BY_NAME[slot.channel].hours == "any" or local.weekday() < 5
        assert block.planned_minutes == sum(slot.minutes for slot in block.slots)


def gaps(view: TodayView, channel: str, floor: datetime) -> list[tuple[datetime, datetime]]:
    """Return the spans nobody uses in the blocks that take a channel."""
    free = []
    for block in view.blocks:
        if block.channels and channel not in block.channels:
            continue
        cursor = max(block.start, floor)
        busy = sorted(
            (slot.start, ends(slot)) for slot in slots(view) if slot.start < block.end and ends(slot) > cursor
        )
        for begin, end in [*busy, (block.end, block.end)]:
            if begin > cursor:
                free.append((cursor, begin))
            cursor = max(cursor, end)
    return free


PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(["phone", "phone", "phone", "email", "text", "in person", "mail", "fax", None]),
        st.integers(-40, 0),
        st.sampled_from(["step", "step", "step", "answer", "promise", "promise without a time", "own", "decision"]),
        st.sampled_from(ZONES),
        st.integers(7, 20),
        st.booleans(),
    ),
    max_size=40,
)


@given(people=PEOPLE, minute=st.integers(4 * 60, 28 * 60 - 1))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_due_touch_has_its_place(template, tmp_path_factory, people, minute):
    """Once each: in a slot that can be, or left over for a reason that is true; the same day gives the same plan."""
    path = tmp_path_factory.mktemp("day") / "followup.db"
    shutil.copyfile(template, path)
    clock = Clock("2026-11-23T00:00")
    clock.now += timedelta(minutes=minute, seconds=37)
    services = open_at(path, clock)
    for number, (channel, days, kind, zone, hour, star) in enumerate(people):
        on = MONDAY + timedelta(days=days)
        at = time(hour, 30) if kind == "promise" else None
        more = {"question": Question.ENDED} if kind == "decision" else {"step": 1 + number % 6}
        kind = kind.removesuffix(" without a time")
        due(
            services,
            f"p{number:02}",
            planned(kind, on, at, None if kind == "decision" else channel, **more),
            zone=zone,
            star=star,
        )
    view = services.today.plan()
    assert services.today.plan() == view, "deterministic"
    assert_possible(view, clock.now)
    assert {key: len(places) for key, places in where(view).items()} == {f"p{n:02}": 1 for n in range(len(people))}
    floor = clock.now.replace(second=0, microsecond=0)
    for left in view.left_over:
        if left.kind == "decision":
            assert left.reason == "waiting for a decision"
            continue
        assert (left.channel is None) == (left.reason == "detail missing")
        takers = [block for block in view.blocks if not block.channels or left.channel in block.channels]
        assert (left.reason == "no block takes this channel today") == (left.channel is not None and not takers)
        if left.reason == "no block left today takes this channel":
            assert all(block.end <= floor for block in takers)
        if left.reason == "block full" and BY_NAME[left.channel].hours == "any":
            needed = services.config.minutes[left.channel] * MINUTE
            assert all(end - begin < needed for begin, end in gaps(view, left.channel, floor)), "there is room"
    totals = view.totals
    asked = sum(1 for left in view.left_over if left.kind == "decision")
    assert totals.due == totals.planned + totals.left_over - asked == len(people) - asked
    assert totals.decisions == len(view.decisions) == asked
    services.close()


def test_a_promise_stands_at_its_time(services):
    """Inside a block the others flow around it; outside it stands apart; past it comes first."""
    due(services, "inside", planned("promise", MONDAY, time(9, 2)))
    due(services, "outside", planned("promise", MONDAY, time(12, 30)))
    due(services, "late", planned("promise", MONDAY, time(8)))
    due(services, "yesterday", planned("promise", MONDAY - timedelta(days=1), time(18)))
    for number in range(3):
        due(services, f"step{number}", planned("step", MONDAY, step=1))
    view = services.today.plan()
    places = where(view)
    assert places["inside"] == ["Calls 09:02 promise"]
    assert [slot.prospect.id for slot in view.promises] == ["yesterday", "late", "outside"]
    assert [places[f"step{n}"] for n in range(3)] == [["Calls 09:07 step"], ["Calls 09:12 step"], ["Calls 09:17 step"]]
    assert all("fixed" in slot.reasons[0] for slot in slots(view) if slot.fixed)


def test_promises_may_overlap_each_other_and_nothing_moves_them(services):
    """Two told for ten o'clock both stand at ten."""
    for key in ("ann", "bob"):
        due(services, key, planned("promise", MONDAY, time(10)))
    assert where(services.today.plan()) == {"ann": ["Calls 10:00 promise"], "bob": ["Calls 10:00 promise"]}


def test_a_promise_in_another_zone_stands_at_its_own_time(services):
    """Ten o'clock was told in New York: four in the afternoon in Berlin."""
    due(services, "ann", planned("promise", MONDAY, time(10), zone="America/New_York"))
    assert where(services.today.plan()) == {"ann": ["Calls 16:00 promise"]}


@pytest.mark.parametrize("lead", ["answer", "step", "own", "decision", "promise"])
def test_a_promise_behind_something_else_stays_in_the_day(services, lead):
    """A time told to somebody is never hidden: not by a step overdue, an answer, a question or another promise."""
    more = {"question": Question.ENDED} if lead == "decision" else {}
    first = planned(lead, MONDAY - timedelta(days=2), time(9) if lead == "promise" else None, **more)
    due(services, "ann", first, planned("meeting", MONDAY, time(15), "in person"))
    assert "Visits 15:00 meeting" in where(services.today.plan())["ann"]
    assert len(where(services.today.plan())["ann"]) == 2


def test_a_promise_of_another_day_is_shown_on_that_day(services):
    """Tomorrow's plan holds tomorrow's promise, though something overdue leads; what leads is not planned twice."""
    tuesday = MONDAY + timedelta(days=1)
    due(services, "ann", planned("step", MONDAY), planned("promise", tuesday, time(15)))
    assert where(services.today.plan(tuesday)) == {"ann": ["outside 15:00 promise"]}
    assert where(services.today.plan()) == {"ann": ["Calls 09:00 step"]}


def test_answers_and_new_inbound_stand_first(services, clock):
    """They wrote, or came to us: now, oldest first, block and working day or not; a late promise alone goes before."""
    clock.at("2026-11-22T13:00")  # a Sunday
    due(services, "new", planned("answer", clock.now.date(), channel="email"))
    due(services, "old", planned("answer", clock.now.date() - timedelta(days=2), channel="email"))
    due(services, "late", planned("promise", clock.now.date(), time(12)))
    due(services, "soon", planned("promise", clock.now.date(), time(13, 8)))
    due(services, "evening", planned("promise", clock.now.date(), time(19)))
    came = add(services, "Cay", None, inbound=True).id
    view = services.today.plan()
    order = [slot.prospect.id for slot in view.promises]
    assert (order[:3], set(order[3:5]), order[5]) == (["late", "soon", "old"], {"new", came}, "evening")
    assert [f"{slot.start:%H:%M}" for slot in view.promises[2:4]] == ["13:00", "13:04"]


def test_decisions_are_listed_and_left_over(services):
    """A question stands at the top, dated by when it was asked, and is never laid into a block (§3)."""
    due(services, "ann", planned("decision", MONDAY - timedelta(days=3), channel=None, question=Question.ENDED))
    view = services.today.plan()
    assert [(d.prospect.id, d.since) for d in view.decisions] == [("ann", MONDAY - timedelta(days=3))]
    assert where(view) == {"ann": ["left over: waiting for a decision"]}
    assert (view.totals.due, view.totals.overdue, view.totals.at_risk) == (0, 0, 0)


def test_a_meeting_that_is_over_becomes_a_question(services, clock):
    """A quarter of an hour after its end the app asks what happened; before, it stands at its time (§4)."""
    due(services, "ann", planned("meeting", MONDAY, time(14), "in person"))
    clock.at("2026-11-23T15:14")
    assert where(services.today.plan()) == {"ann": ["outside 14:00 meeting"]}
    clock.at("2026-11-23T15:15")
    view = services.today.plan()
    assert [d.question for d in view.decisions] == ["meeting"]
    assert where(view) == {"ann": ["left over: waiting for a decision"]}


REASONS = {
    "no block takes this channel today": (
        "fax",
        "2026-11-23T09:00",
        (BlockConfig("Calls", EVERY_DAY, time(9), time(11), ("phone",)),),
    ),
    "no block left today takes this channel": ("phone", "2026-11-23T17:30", CONFIG.blocks),
    "block full": ("in person", "2026-11-23T15:30", CONFIG.blocks),
    "detail missing": (None, "2026-11-23T09:00", CONFIG.blocks),
}


@pytest.mark.parametrize("reason", REASONS)
def test_what_does_not_fit_says_why(path, reason):
    """Left over is never silent (§13)."""
    channel, now, blocks = REASONS[reason]
    services = open_at(path, Clock(now), replace(CONFIG, blocks=blocks))
    due(services, "ann", planned("step", MONDAY, channel=channel))
    assert where(services.today.plan()) == {"ann": [f"left over: {reason}"]}
    assert services.today.why("ann") == (reason,)
    services.close()


def test_nobody_is_called_outside_their_hours(services):
    """Los Angeles opens at 17:00 in Berlin, after the last block for calls: left over, with when it opens."""
    due(services, "far", planned("step", MONDAY), zone="America/Los_Angeles")
    due(services, "east", planned("step", MONDAY), zone="America/New_York")
    assert where(services.today.plan()) == {
        "far": ["left over: outside their hours (opens at 17:00)"],
        "east": ["Calls 16:00 step"],
    }


def test_preferred_hours_go_before_allowed_ones(path):
    """Eight to nine at theirs is allowed but not liked: the block at their ten o'clock is taken instead (§2)."""
    blocks = tuple(
        BlockConfig(name, EVERY_DAY, time(h), time(h + 1), ("phone",)) for name, h in (("Early", 8), ("Late", 10))
    )
    services = open_at(path, Clock("2026-11-23T07:00"), replace(CONFIG, blocks=blocks))
    due(services, "ann", planned("step", MONDAY))
    assert where(services.today.plan()) == {"ann": ["Late 10:00 step"]}
    services.close()


def test_the_day_starts_at_four(services, clock):
    """At half past two it is still yesterday: its work is due, no block is left, tomorrow's is not due yet (§5)."""
    due(services, "monday", planned("step", MONDAY))
    due(services, "tuesday", planned("step", MONDAY + timedelta(days=1)))
    clock.at("2026-11-24T02:30")
    assert services.local_today() == MONDAY
    view = services.today.plan()
    assert (view.date, view.totals.overdue, view.totals.tomorrow) == (MONDAY, 0, 1)
    assert where(view) == {"monday": ["left over: no block left today takes this channel"]}
    clock.at("2026-11-24T04:00")
    assert services.today.plan().totals.overdue == 1
    assert set(where(services.today.plan())) == {"monday", "tuesday"}


def test_a_touch_at_night_belongs_to_the_day_before(services, clock):
    """Done touches count for the user's day, from four to four."""
    who = add(services).id
    clock.at("2026-11-24T02:30")
    log(services, who, completes=False)
    assert [slot.done for slot in services.today.plan().done] == ["left voicemail"]
    clock.at("2026-11-24T09:00")
    assert services.today.plan().done == ()
    assert len(services.today.plan(MONDAY).done) == 1


def test_other_days_show_what_is_planned_for_them(services, clock):
    """Tomorrow from its start, with nothing overdue in it; a past day shows what was done; the blocks are its own."""
    tuesday = MONDAY + timedelta(days=1)
    due(services, "late", planned("step", MONDAY))
    due(services, "tuesday", planned("step", tuesday))
    clock.at("2026-11-23T22:00")
    assert where(services.today.plan(tuesday)) == {"tuesday": ["Calls 09:00 step"]}
    assert where(services.today.plan(MONDAY - timedelta(days=1))) == {}
    assert services.today.plan(date(2026, 11, 28)).blocks == ()
    assert services.today.plan().totals.tomorrow == 1


def test_paused_people_are_not_due(services):
    """The clock stands still for them, and tomorrow's count leaves them out too."""
    tuesday = MONDAY + timedelta(days=1)
    who = add(services).id
    log(services, who, until=tuesday)
    assert services.today.plan().totals.tomorrow == 1
    services.log.pause(who)
    assert (services.today.plan().totals.due, services.today.plan().totals.tomorrow) == (0, 0)


CHANGES_OF_CLOCKS = [
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Australia/Lord_Howe", date(2027, 4, 4)),
    ("America/St_Johns", date(2027, 3, 14)),
    ("Africa/Casablanca", date(2026, 2, 15)),
]


@pytest.mark.parametrize(("zone", "day"), CHANGES_OF_CLOCKS)
def test_blocks_keep_their_clock_times_when_clocks_change(path, zone, day):
    """On a day of 23 or 25 hours each due touch is planned once, blocks start when they say, none overlaps (R13)."""
    blocks = tuple(BlockConfig(f"{h}", EVERY_DAY, time(h), time(h + 1), ("email",)) for h in range(23))
    config = replace(CONFIG, zone=zone, blocks=blocks, day_starts=time(0))
    for hour in range(0, 24, 3):
        here = ZoneInfo(zone)
        clock = Clock(f"{day.isoformat()}T{hour:02}:10", here)
        services = open_at(path, clock, config)
        if hour == 0:
            for number in range(60):
                due(services, f"p{number}", planned("step", day, channel="email"))
        view = services.today.plan()
        assert {len(places) for places in where(view).values()} == {1}
        assert len(where(view)) == 60
        assert_possible(view, clock.now)
        for block, after in zip(view.blocks, view.blocks[1:], strict=False):
            assert block.end.astimezone(UTC) <= after.start.astimezone(UTC)
            assert block.start.time().hour == int(block.name) or block.start == block.end or hour < 4
        services.close()


def test_the_blocks_filter_lets_in_only_whom_it_names(path):
    """A block for starred ones leaves the others to the next block."""
    blocks = (
        BlockConfig("Stars", EVERY_DAY, time(9), time(10), ("phone",), "star:yes"),
        BlockConfig("Rest", EVERY_DAY, time(10), time(11), ("phone",)),
    )
    services = open_at(path, Clock(), replace(CONFIG, blocks=blocks, windows=Windows()))
    star = add(services, "Sam", star=True).id
    plain = add(services, "Pat").id
    assert where(services.today.plan()) == {star: ["Stars 09:00 step"], plain: ["Rest 10:00 step"]}
    services.close()


def test_the_companion_has_its_minutes(services):
    """Call and e-mail right after take nine minutes, not five (§4)."""
    who = add(services).id
    add(services, "Bob")
    first, second = slots(services.today.plan())
    assert (first.companion, first.minutes, second.start - first.start) == ("email", 9, 9 * MINUTE)
    assert {first.prospect.id, second.prospect.id} >= {who}


def test_planning_a_day_takes_four_questions_whatever_its_size(services):
    """Nothing is asked per prospect: ten due touches and a hundred cost the same number of statements."""
    counted: list[str] = []
    connection = services._context.database.connection()

    def statements() -> int:
        counted.clear()
        connection.set_trace_callback(counted.append)
        services.today.plan()
        connection.set_trace_callback(None)
        return len([sql for sql in counted if sql.startswith("SELECT")])

    for number in range(10):
        due(services, f"a{number}", planned("step", MONDAY))
    few = statements()
    for number in range(100):
        due(services, f"b{number}", planned("step", MONDAY, step=1 + number))
    assert statements() == few <= 12


def test_kinds_are_told_apart():
    """Slots name their kind as the domain does, for scripts."""
    assert {"step", "own", "promise", "meeting", "answer", "decision"} <= {str(kind) for kind in PlanKind}


def test_what_is_promised_by_mail_is_due_before_its_date(services):
    """Promised for Thursday, three days by post: it stands in Monday's post block, and on no other day (§2)."""
    thursday = MONDAY + timedelta(days=3)
    due(services, "ann", planned("promise", thursday, time(10), channel="mail"))
    due(services, "bob", planned("promise", thursday, time(10)))
    assert where(services.today.plan()) == {"ann": ["Post 17:00 promise"]}
    assert "mail takes 3 days" in slots(services.today.plan())[0].reasons[0]
    assert where(services.today.plan(thursday)) == {"bob": ["Calls 10:00 promise"]}


def test_visits_are_grouped_by_town(path):
    """Two in Bonn follow one another though Berlin stands between them in the order."""
    visits = BlockConfig("Visits", EVERY_DAY, time(9), time(12), ("in person",))
    services = open_at(path, Clock(), replace(CONFIG, blocks=(visits,)))
    for name, days, address in (
        ("a", 9, "A 1, 53111 Bonn"),
        ("b", 5, "B 1, 10115 Berlin"),
        ("c", 1, "C 1, 53113 bonn"),
    ):
        who = add(services, name, address=address).id
        plan = planned("step", MONDAY - timedelta(days=days), channel="in person", step=1)
        state = State(Relation.ENGAGED, GOOD, plans=(plan,), star=name == "a")
        with services._context.working("Plant") as work:
            standing.write(work, who, state, services._context.rules(work.connection))
    found = slots(services.today.plan())
    assert {slot.prospect.name for slot in found[:2]} in ({"a", "c"}, {"c", "a"})
    assert any("same town" in reason for reason in found[1].reasons)
    services.close()


def test_what_a_plan_worked_out_is_gone_with_it(services):
    """Nothing of it waits for a collection of garbage: that comes when the keys rest, and a plan after every log."""
    for number in range(30):
        due(services, f"p{number}", planned(PlanKind.STEP, MONDAY, channel="call"))
    gc.collect()
    gc.disable()
    try:
        assert services.today.plan().left_over
        context = services._context
        with context.database.reading() as connection:
            assert BlockHours(connection, context, context.rules(connection)).meet("phone", "")
        assert [one for one in gc.get_objects() if isinstance(one, DayItems | BlockHours)] == []
    finally:
        gc.enable()
