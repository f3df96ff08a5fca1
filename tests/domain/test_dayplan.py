"""The day plan holds its properties on random days, and equals a slow and plain one (domain §12, §13)."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from followup_tui.domain.dayplan import (
    FULL,
    HOURS_FULL,
    NO_BLOCK,
    NO_BLOCK_LEFT,
    NO_DETAIL,
    OUTSIDE,
    Block,
    Item,
    Layout,
    Need,
    Slot,
    lay_out,
)
from followup_tui.domain.windows import minute
from tests.domain.slow_plan import free_minutes, slow_plan

DAYS = int(os.environ.get("DAYS", "100"))
"""Random days; 1,000 and more in the long run."""
EIGHT = 8 * 60
CHANNELS = ("phone", "email", "text", "in person", "mail")


@st.composite
def needs(draw) -> Need:
    """Draw what a touch needs: hours that open and close within the day, liked ones inside them, often the same."""
    channel = draw(st.sampled_from([*CHANNELS, None]))
    minutes = draw(st.sampled_from([2, 4, 5, 9, 15, 45]))
    if draw(st.booleans()):
        always = ((0, 10_000),)
        town = draw(st.sampled_from(["", "berlin", "bonn"])) if channel == "in person" else ""
        return Need(channel, minutes, always, always, town)
    opens = draw(st.integers(6, 16)) * 60
    close = opens + draw(st.integers(0, 13)) * 60
    later, sooner = draw(st.integers(0, 2)) * 60, draw(st.integers(0, 3)) * 60
    liked = ((opens + later, close - sooner),) if opens + later < close - sooner else ()
    return Need(channel, minutes, liked, ((opens, close),) if opens < close else ())


@st.composite
def days(draw) -> tuple[list[Item], list[Block], int]:
    """Draw touches, blocks that don't overlap, and a moment of the day."""
    shared = draw(st.lists(needs(), min_size=1, max_size=6))
    items = []
    for number in range(draw(st.integers(0, 40))):
        score = draw(st.sampled_from([0.05, 0.1, 0.1, 0.15, 0.2, 1.1]))
        item = Item(f"p{number:02}", draw(st.sampled_from(shared)), draw(st.integers(100, 103)), score)
        what = draw(st.sampled_from(["flows"] * 8 + ["fixed", "urgent"]))
        if what == "fixed":
            item = item._replace(fixed_at=draw(st.integers(EIGHT - 60, EIGHT + 600)))
        items.append(item._replace(urgent=what == "urgent"))
    blocks, start = [], EIGHT
    for number in range(draw(st.integers(0, 5))):
        start += draw(st.sampled_from([0, 0, 30, 60]))
        end = start + draw(st.sampled_from([20, 30, 60, 120]))
        channels = tuple(draw(st.lists(st.sampled_from(CHANNELS), max_size=2, unique=True)))
        only = frozenset(f"p{n:02}" for n in range(0, 40, 2)) if draw(st.integers(0, 4)) == 0 else None
        blocks.append(Block(f"b{number}", start, end, channels, only))
        start = end
    return draw(st.permutations(items)), blocks, EIGHT + draw(st.integers(-60, 500))


def placed(day: Layout) -> list[tuple[Block | None, Slot]]:
    return [(None, slot) for slot in day.outside] + [(block, slot) for block, slots in day.blocks for slot in slots]


def inside(windows, slot: Slot) -> bool:
    return any(opens <= slot.start and slot.end <= close for opens, close in windows)


many = settings(
    max_examples=DAYS,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


@given(day=days())
@many
def test_every_touch_is_there_once(day):
    """In a slot or left over, never both and never twice; the same touches in another order give the same plan."""
    items, blocks, now = day
    plan = lay_out(items, blocks, now)
    there = [slot.item.id for _, slot in placed(plan)] + [item.id for item, _ in plan.left_over]
    assert sorted(there) == sorted(item.id for item in items)
    assert lay_out(list(reversed(items)), list(reversed(blocks)), now) == plan


@given(day=days())
@many
def test_no_slot_stands_where_it_can_not(day):
    """None overlaps another, none is outside its block, its prospect's hours or before now; fixed ones as told."""
    items, blocks, now = day
    plan = lay_out(items, blocks, now)
    flowing = sorted(
        (slot.start, slot.end) for _, slot in placed(plan) if slot.item.fixed_at is None and not slot.item.urgent
    )
    assert all(end <= start for (_, end), (start, _) in pairwise(flowing))
    for block, slot in placed(plan):
        if slot.item.fixed_at is not None:
            assert slot.start == slot.item.fixed_at
        else:
            assert slot.start >= now
            others = [s for _, s in placed(plan) if s is not slot]
            assert all(s.end <= slot.start or slot.end <= s.start for s in others)
        if block is not None:
            assert block.start <= slot.start
            assert slot.end <= block.end
            assert block.takes(slot.item)
        if slot.item.fixed_at is None and not slot.item.urgent:
            assert block is not None
            assert inside(slot.item.need.allowed, slot)


@given(day=days())
@many
def test_what_is_left_over_says_the_truth(day):
    """Each reason is checked against the blocks and the minutes nobody uses."""
    items, blocks, now = day
    plan = lay_out(items, blocks, now)
    everything = [slot for _, slot in placed(plan)]
    for item, reason in plan.left_over:
        takers = [block for block in blocks if block.takes(item)]
        left = [block for block in takers if block.end > now]
        assert (reason == NO_DETAIL) == (item.channel is None)
        if item.channel is None:
            continue
        assert (reason == NO_BLOCK) == (not takers)
        assert (reason == NO_BLOCK_LEFT) == (bool(takers) and not left)
        free = [free_minutes(block, everything, now) for block in left]

        def chances(windows, item=item, free=free):
            spans = (range(m, m + item.minutes) for minutes in free for m in sorted(minutes))
            return [s for s in spans if any(o <= s[0] and s[-1] < c for o, c in windows) and fits(s, free)]

        if reason == FULL:
            assert not chances(item.need.allowed), "there is room"
        if reason == HOURS_FULL:
            assert chances(item.need.allowed)
            assert not chances(item.need.preferred)
        if reason == OUTSIDE:
            alone = lay_out([item], blocks, now)
            assert alone.left_over == [(item, OUTSIDE)]


def fits(span: range, free: list[set[int]]) -> bool:
    return any(set(span) <= minutes for minutes in free)


@given(day=days(), data=st.data())
@many
def test_taking_one_out_changes_nothing_before_it(day, data):
    """What stands before a touch that flows does not depend on it: a log never disturbs what was worked before."""
    items, blocks, now = day
    plan = lay_out(items, blocks, now)
    flowing = [slot for _, slot in placed(plan) if slot.item.fixed_at is None]
    if not flowing:
        return
    gone = data.draw(st.sampled_from(flowing))
    without = lay_out([item for item in items if item.id != gone.item.id], blocks, now)

    def before(one: Layout) -> set[tuple[str, int]]:
        return {(slot.item.id, slot.start) for _, slot in placed(one) if slot.start < gone.start}

    assert before(without) == before(plan)


@given(day=days())
@many
def test_the_fast_plan_is_the_slow_one(day):
    """Grouping what is alike, and jumping over empty minutes, changes nothing."""
    items, blocks, now = day
    slow = slow_plan(items, blocks, now)
    plan = lay_out(items, blocks, now)
    fast = {
        slot.item.id: (block.name, slot.start)
        for block, slot in placed(plan)
        if block is not None and slot.item.fixed_at is None and not slot.item.urgent
    }
    assert fast == {items[n].id: where for n, where in slow.items()}


ALWAYS = ((0, 10_000),)
HOUR = Block("Calls", EIGHT, EIGHT + 60, ("phone",))


def names(day: Layout) -> list[str]:
    return [slot.item.id for _, slots in day.blocks for slot in slots]


def test_visits_to_one_town_follow_one_another():
    """The best visit leads, its town's others come next, then the best of the rest (§13)."""
    visits = Block("Visits", EIGHT, EIGHT + 240, ("in person",))
    score = {"a1": ("bonn", 0.9), "b1": ("berlin", 0.8), "a2": ("bonn", 0.1), "b2": ("berlin", 0.2), "c": ("", 0.3)}
    towns = {town: Need("in person", 45, ALWAYS, ALWAYS, town) for town in ("bonn", "berlin", "")}
    items = [Item(key, towns[town], 1, points) for key, (town, points) in score.items()]
    plan = lay_out(items, [visits], EIGHT)
    assert names(plan) == ["a1", "c", "a2", "b1", "b2"]
    assert [slot.beside for slot in plan.blocks[0][1]] == [False, False, True, False, True]


def test_a_meeting_draws_visits_to_its_town():
    """A meeting set in Bonn lets the visits after it be in Bonn."""
    visits = Block("Visits", EIGHT, EIGHT + 240, ("in person",))
    bonn, berlin = (Need("in person", 45, ALWAYS, ALWAYS, town) for town in ("bonn", "berlin"))
    items = [Item("meeting", bonn, 1, fixed_at=EIGHT), Item("far", berlin, 1, 0.9), Item("near", bonn, 1, 0.1)]
    assert names(lay_out(items, [visits], EIGHT)) == ["meeting", "near", "far"]


def test_an_answer_goes_around_a_promise():
    """They wait for an answer now, but somebody else was told nine o'clock."""
    email, phone = Need("email", 4, ALWAYS, ALWAYS), Need("phone", 5, ALWAYS, ALWAYS)
    items = [Item("told", phone, 1, fixed_at=EIGHT + 2), Item("wrote", email, 1, urgent=True)]
    plan = lay_out(items, [HOUR], EIGHT)
    assert {slot.item.id: slot.start - EIGHT for _, slot in placed(plan)} == {"told": 2, "wrote": 7}


def test_what_a_missed_block_held_flows_on():
    """Half an hour later the same touches stand half an hour later, or in the next block that takes them."""
    phone = Need("phone", 15, ALWAYS, ALWAYS)
    late = replace(HOUR, name="Late", start=EIGHT + 300, end=EIGHT + 360)
    items = [Item(f"p{n}", phone, 1, 1.0 - n / 10) for n in range(6)]
    starts = {
        item: [s.start - EIGHT for _, s in placed(lay_out(items, [HOUR, late], EIGHT + item))] for item in (0, 30)
    }
    assert starts == {0: [0, 15, 30, 45, 300, 315], 30: [30, 45, 300, 315, 330, 345]}
    assert names(lay_out(items, [HOUR, late], EIGHT + 30)) == [f"p{n}" for n in range(6)]


TWELVE = (
    *("America/New_York", "Europe/London", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"),
    *("Pacific/Apia", "Pacific/Kiritimati", "Pacific/Chatham", "Africa/Casablanca", "Asia/Tehran", "America/St_Johns"),
)


def changing_days(name: str) -> list[date]:
    """Return the local days in which the clocks change in 2026 and 2027, and an ordinary one."""
    zone, days = ZoneInfo(name), [date(2026, 7, 1)]
    for turn in range(730):
        day = date(2026, 1, 1) + timedelta(days=turn)
        begin, end = (datetime(on.year, on.month, on.day, tzinfo=zone) for on in (day, day + timedelta(days=1)))
        if begin.utcoffset() != end.utcoffset():
            days.append(day)
    return days


@pytest.mark.parametrize("zone", TWELVE)
def test_blocks_around_the_clock_hold_a_day_of_any_length(zone):
    """On a day of 23, 24 or 25 hours the hours of the night are blocks too: as long as they are, none twice (R13)."""
    always = Need("email", 4, ((0, 1 << 40),), ((0, 1 << 40),))
    for day in changing_days(zone):
        walls = [minute(day, time(hour), zone) for hour in range(24)]
        blocks = [Block(f"{hour:02}", walls[hour], walls[hour + 1], ("email",)) for hour in range(23)]
        assert all(block.start <= block.end for block in blocks)
        items = [Item(f"p{n:03}", always, 1) for n in range(400)]
        for now in (walls[0], walls[3] - 30, walls[12]):
            plan = lay_out(items, blocks, now)
            found = [slot for _, slot in placed(plan)]
            assert len(found) + len(plan.left_over) == 400
            assert all(one.end <= two.start for one, two in pairwise(found))
            room = sum(max(0, block.end - max(block.start, now)) // 4 for block in blocks)
            assert len(found) == min(400, room)
            assert {reason for _, reason in plan.left_over} <= {FULL}
