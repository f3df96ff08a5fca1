"""The order of the queue: domain §12, and stable while one works."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from followup_tui.services.views import LeftOver, LeftOverView, TodayView, WhoView
from followup_tui.tui.arrangement import LISTED, Arrangement, arrange
from followup_tui.tui.widgets.queue_row import section_words
from tests.tui.fake_services import NOW, fake_services


def view_at(now: datetime = NOW) -> TodayView:
    """Return the fake plan at a time."""
    return fake_services(now=now).today.plan()


def keys(arrangement: Arrangement) -> list[str]:
    """Return the names of the sections."""
    return [section.name for section in arrangement.sections]


def test_the_current_block_comes_before_what_comes_later() -> None:
    """Now, decisions, the running block, later blocks and promises by time, left over at the end."""
    assert keys(arrange(view_at(), NOW)) == [
        "Now",
        "Decisions",
        "Calls",
        "Write",
        "Visits",
        "Promises",
        "Post",
        "Left over",
    ]


def test_a_promise_that_comes_up_goes_first() -> None:
    """Ten minutes before its time a promise leaves its block and stands first."""
    now = NOW + timedelta(minutes=10)
    found = arrange(view_at(now), now)
    assert found.rows[0].prospect.name == "Cy Diaz"
    assert sum(row.prospect.name == "Cy Diaz" for row in found.rows) == 1


def test_known_rows_keep_their_order() -> None:
    """A plan that comes back in another order moves nothing until it is arranged anew."""
    view = view_at()
    before = arrange(view, NOW)
    blocks = tuple(replace(block, slots=tuple(reversed(block.slots))) for block in view.blocks)
    after = arrange(replace(view, blocks=blocks), NOW, before)
    assert [row.key for row in after.rows] == [row.key for row in before.rows]
    assert [row.key for row in arrange(replace(view, blocks=blocks), NOW).rows] != [row.key for row in before.rows]


def test_everybody_stands_in_exactly_one_place() -> None:
    """No row is lost and none is there twice, whatever the time of day."""
    for hour in range(5, 24):
        now = NOW.replace(hour=hour)
        view = view_at(now)
        rows = [row.key for row in arrange(view, now).rows]
        assert len(rows) == len(set(rows))
        people = {slot.prospect.id for block in view.blocks for slot in block.slots}
        people |= {slot.prospect.id for slot in view.promises}
        people |= {entry.prospect.id for entry in (*view.left_over, *view.decisions)}
        assert people == set(rows)


def test_of_thousands_left_over_the_first_are_listed() -> None:
    """Rows are made for what somebody may look at, and the title says how many there are in all."""
    view = view_at()
    made: list[int] = []

    def one(place: int) -> LeftOverView:
        made.append(place)
        who = WhoView(f"left{place}", f"Left {place}", "", "Europe/Berlin")
        return LeftOverView(who, "phone", "block full", view.date)

    many = replace(view, left_over=LeftOver(one, 10_000), left_by_reason=(("block full", 10_000),))
    (left,) = [section for section in arrange(many, NOW).sections if section.key == "left"]
    assert len(left.entries) == LISTED
    assert len(made) <= LISTED + 1
    assert "10,000" in section_words(left, NOW)[1]
    assert many.left_over[-1].prospect.id == "left9999"
    assert [entry.prospect.id for entry in many.left_over[2:4]] == ["left2", "left3"]


def test_two_rows_of_one_prospect_are_told_apart() -> None:
    """A promise behind an answer is a row of its own: each stands in its section, under its own title."""
    services = fake_services()
    view = services.today.plan()
    answer = next(slot for slot in view.promises if slot.kind == "answer")
    later = view.now + timedelta(hours=5)
    promise = replace(answer, kind="promise", fixed=True, start=later, time="14:12")
    both = arrange(replace(view, promises=(answer, promise)), view.now)
    rows = [entry for entry in both.rows if entry.prospect.id == answer.prospect.id]
    assert len({entry.key for entry in rows}) == 2
    assert [both.places[entry.key][0] for entry in rows] == ["now", "promises"]
