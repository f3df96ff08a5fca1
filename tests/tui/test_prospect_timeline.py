"""The lines of a timeline: every item once, gaps to scale, the line of today, filters, and the record in one line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.services.views import AheadView, TimelineView, TouchView
from followup_tui.tui.widgets.timeline_rows import (
    AheadLine,
    GapLine,
    TimelineRows,
    TodayLine,
    TouchLine,
    gap_lines,
    lanes_in_use,
)
from followup_tui.tui.widgets.track_record import track_record
from tests.tui.fake_services import blank, opened

TODAY = date(2026, 11, 23)
CHANNELS = ("phone", "email", "in person", "semaphore")


def touch(number: int, day: date, channel: str = "phone", outcome: str = "no answer", **more: object) -> TouchView:
    at = datetime(day.year, day.month, day.day, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    view = TouchView(
        f"t{number}", "p", channel, "outbound", outcome, at, at, "", "", None, None, None, None, "", None, None
    )
    return replace(view, **more)


def timeline(days: list[int], ahead: list[int], channels: tuple[str, ...] = ("phone",)) -> TimelineView:
    """Return touches so many days ago, oldest first, and steps so many days from today."""
    touches = [
        touch(n, TODAY - timedelta(days=d), channels[n % len(channels)])
        for n, d in enumerate(sorted(days, reverse=True))
    ]
    steps = [
        AheadView(TODAY + timedelta(days=d), None, "step", "email", None, n, "") for n, d in enumerate(sorted(ahead))
    ]
    return TimelineView(blank("p"), tuple(touches), tuple(steps))


@given(
    st.lists(st.integers(0, 400), max_size=30),
    st.lists(st.integers(-20, 400), max_size=8),
    st.sampled_from([None, *CHANNELS]),
)
def test_every_item_stands_on_exactly_one_line_and_is_found_there(
    days: list[int], ahead: list[int], channel: str | None
) -> None:
    """Lines and items map to each other both ways; there is one line of today, between what was and what comes."""
    rows = TimelineRows(timeline(days, ahead, CHANNELS), TODAY, channel)
    items, today = [], []
    for row in range(rows.height):
        line = rows.line(row)
        if isinstance(line, TouchLine | AheadLine):
            items.append(row)
            assert rows.item_at(row) == len(items) - 1
            assert rows.row_of(len(items) - 1) == row
            assert isinstance(line, TouchLine) == (row < rows.today_row)
        elif isinstance(line, TodayLine):
            today.append(row)
    assert len(items) == rows.count
    assert today == [rows.today_row]


@pytest.mark.parametrize(
    ("days", "lines"), [(-3, 0), (0, 0), (1, 0), (2, 1), (7, 1), (8, 2), (30, 2), (31, 3), (900, 3)]
)
def test_gaps_are_to_scale_and_capped(days: int, lines: int) -> None:
    """A longer gap never takes fewer lines, and none takes more than three."""
    assert gap_lines(days) == lines


@given(st.lists(st.integers(0, 400), min_size=2, max_size=20))
def test_each_gap_names_its_days_once(days: list[int]) -> None:
    """One line of a gap carries the number of days; together they are the whole span."""
    rows = TimelineRows(timeline(days, []), TODAY)
    named = [line.days for line in map(rows.line, range(rows.height)) if isinstance(line, GapLine) and line.days]
    assert all(number >= 2 for number in named)
    assert sum(named) <= max(days)


def test_a_filter_leaves_one_channel_and_keeps_all_lanes() -> None:
    """Filtering hides touches of other channels; the lanes stay where they are."""
    view = timeline([30, 20, 10], [3], ("phone", "email"))
    rows = TimelineRows(view, TODAY, "phone")
    assert [rows.touch(n).channel for n in range(rows.touches)] == ["phone", "phone"]  # type: ignore[union-attr]
    assert rows.count == 2
    assert rows.lanes == lanes_in_use(view) == ("phone", "email")


def test_the_cursor_finds_its_touch_again_in_another_filter() -> None:
    """A touch that is hidden hands its place to the last one before it."""
    view = timeline([30, 20, 10], [], ("phone", "email"))
    everything, calls = TimelineRows(view, TODAY), TimelineRows(view, TODAY, "phone")
    assert calls.nearest(view.timeline[2]) == 1
    assert calls.nearest(view.timeline[1]) == 0
    assert everything.nearest(view.timeline[1]) == 1


def test_an_empty_timeline_has_only_the_line_of_today() -> None:
    """Nobody ever touched is a state of its own, not an error."""
    rows = TimelineRows(timeline([], []), TODAY)
    assert (rows.count, rows.height) == (0, 1)
    assert rows.line(0) == TodayLine()


def test_the_record_counts_touches_days_channels_and_answers() -> None:
    """The head line says how many touches in how many days, on what, and how much of it was answered."""
    days = [date(2026, 11, 1), date(2026, 11, 3), date(2026, 11, 9), date(2026, 11, 14)]
    view = timeline([], [])
    made = [touch(n, day, ("phone", "email")[n % 2]) for n, day in enumerate(days)]
    record = track_record(opened(replace(view, timeline=tuple(made))), TODAY)
    assert record.words == ("4 touches in 22 days", "p e p e", "answered: phone 0 of 2, email 0 of 2")
    made.append(touch(9, TODAY, "email", "replied", direction="inbound"))
    assert track_record(opened(replace(view, timeline=tuple(made))), TODAY).answered == (
        ("phone", 0, 2),
        ("email", 1, 2),
    )
    assert track_record(opened(view), TODAY).words == ("no touch yet",)
