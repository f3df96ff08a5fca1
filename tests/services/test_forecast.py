"""The workload ahead agrees with what the plan does when the days come (issue: look ahead)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from followup_tui.bootstrap import Services
from followup_tui.config import WORKING_DAYS, BlockConfig, Load, default_blocks
from followup_tui.domain.model import Outcome
from followup_tui.errors import FollowupError, UsageError
from followup_tui.services.views import LogDraft, TodayView
from tests.factories import BERLIN, CONFIG, Clock, add, log, open_at, slots
from tests.figures import size

TIGHT = replace(
    CONFIG,
    blocks=(
        BlockConfig("Calls", WORKING_DAYS, time(9), time(9, 30), ("phone",)),
        BlockConfig("Write", WORKING_DAYS, time(11), time(11, 20), ("email", "article", "text")),
        BlockConfig("Post", WORKING_DAYS, time(17), time(17, 30), ("mail", "gift")),
    ),
)


def crowd(services: Services, number: int) -> None:
    """Add people of every kind, by rule: relations, details, stars, paces, pauses, a promise and a meeting."""
    everywhere = {"mobile": "+49 151 23456789", "address": "Hafenstr. 1, Hamburg", "fax": "+49 30 901821"}
    for turn in range(number):
        relation = ("cold", "engaged", "nurture", "customer")[turn % 4]
        facts = {"star": turn % 5 == 0, "pace": "gentle" if turn % 7 == 0 else "normal", **everywhere}
        if turn % 3 == 0:
            facts = {"email": "", "star": False}
        cadence = ("Twelve", "Busy executive", None)[turn % 3] if relation == "engaged" else None
        if turn % 8 == 0:  # a cold one asks after six attempts, whatever the cadence still holds
            cadence = "Busy executive"
        who = add(services, f"P{turn:03d}", relation, cadence=cadence, **facts).id
        if turn % 11 == 4:
            services.log.pause(who, until=services.local_today() + timedelta(days=9))
        if turn % 11 == 5:
            log(services, who, "call back", until=services.local_today() + timedelta(days=4), until_time=time(10, 30))
        if turn % 11 == 6:
            log(services, who, "meeting set", until=services.local_today() + timedelta(days=6), until_time=time(14))
        if turn % 11 == 7:
            log(services, who, "left voicemail")


def worked(services: Services, view: TodayView) -> Counter[str]:
    """Make every touch of a day, nobody answering, and return how many by channel."""
    made: Counter[str] = Counter()
    due = [(slot.prospect.id, slot.channel, slot.kind) for slot in slots(view)]
    due += [(left.prospect.id, left.channel, left.kind) for left in view.left_over if left.kind != "decision"]
    for who, channel, kind in sorted(due):
        if channel is None:
            continue
        made[channel] += 1
        if kind != "meeting":
            outcome = Outcome.NO_ANSWER if channel in ("phone", "in person") else Outcome.SENT
            services.log.log(who, LogDraft(channel, outcome))
    return made


def lived(services: Services, clock: Clock, days: int) -> dict[date, Counter[str]]:
    """Work day after day and return what was made on each."""
    found = {}
    for offset in range(days):
        day = date(2026, 11, 23) + timedelta(days=offset)
        clock.now = datetime.combine(day, time(8), BERLIN)
        found[day] = worked(services, services.today.plan())
    return found


def opened(path, clock, config):
    clock.at("2026-11-23T08:00")
    return open_at(path, clock, config)


def test_the_forecast_is_what_the_days_bring(path, clock, figure):
    """Eight weeks lived day by day, nobody answering: the same touches by channel on every single day."""
    services = opened(path, clock, replace(CONFIG, load=Load(0)))
    crowd(services, size(44, 200))
    view = services.forecast.forecast(8)
    said = {day.date: Counter(day.channels) for week in view.weeks for day in week.days}
    came = lived(services, clock, 56)
    assert {day: one for day, one in said.items() if one != came[day]} == {}
    assert len(services.today.plan().decisions) == sum(week.decisions for week in view.weeks)
    assert sum(came[day].total() for day in came) == sum(week.touches for week in view.weeks) > 100
    services.close()
    figure("F1", 56, "days of forecast against the plan as it came")


def test_the_forecast_knows_the_load_rule(path, clock):
    """With days too full, and steps falling later, it agrees week by week, and on nearly every day."""
    services = opened(path, clock, TIGHT)
    crowd(services, 44)
    view = services.forecast.forecast(6)
    came = lived(services, clock, 42)
    apart = 0
    for week in view.weeks:
        lived_week = sum(came[day.date].total() for day in week.days)
        assert abs(week.touches - lived_week) <= 2, (week.start, week.touches, lived_week)
        apart += sum(abs(day.touches - came[day.date].total()) for day in week.days)
    assert apart <= sum(week.touches for week in view.weeks) * 0.1
    services.close()


def test_what_if_adds_just_the_people_imagined(path, clock):
    """Twenty more on a cadence start so many a working day; the others stay as they were, and nothing is written."""
    services = opened(path, clock, replace(CONFIG, load=Load(0)))
    crowd(services, 12)
    version = services.version()
    plain = services.forecast.forecast(4)
    more = services.forecast.forecast(4, what_if=20, cadence="cold six", per_day=8)
    assert services.version() == version
    assert (more.what_if, more.cadence, more.per_day) == (20, "Cold six", 8)
    days = [day for week in more.weeks for day in week.days]
    before = [day for week in plain.weeks for day in week.days]
    assert [day.touches - day.extra for day in days] == [day.touches for day in before]
    assert [day.extra for day in days[:5]] == [8, 8, 12, 8, 4]
    assert sum(day.extra_minutes for day in days) > 0
    enrolled = [add(services, f"N{n}", "pool", address="Weg 1, Bonn", mobile="+49 151 2345678").id for n in range(20)]
    services.cadences.enrol(enrolled, "Cold six", per_day=8)
    really = [day.touches for week in services.forecast.forecast(4).weeks for day in week.days]
    assert really == [day.touches for day in days]
    services.close()


def test_capacity_counts_the_blocks_of_each_date(path, clock):
    """A day off has no capacity and says what no block takes; today counts what is left of it."""
    services = opened(path, clock, replace(CONFIG, blocks=default_blocks(WORKING_DAYS)))
    for turn in range(3):
        add(services, f"P{turn}")
    clock.at("2026-11-23T10:00")
    services.blocks.save_day(date(2026, 11, 24), [])
    monday, tuesday, wednesday = services.forecast.forecast(1).weeks[0].days[:3]
    assert (monday.capacity_minutes, tuesday.capacity_minutes, wednesday.capacity_minutes) == (320, 0, 410)
    assert monday.over_minutes == 0
    clock.at("2026-11-23T17:30")
    late = services.forecast.forecast(1)
    assert late.weeks[0].days[0].over_minutes == late.weeks[0].days[0].minutes > 0
    assert late.full_on == date(2026, 11, 23)
    services.close()


def test_a_forecast_can_be_cancelled_and_refuses_nonsense(services):
    """Progress counts the days and may end it; numbers out of range and half a question are refused."""
    seen = []
    services.forecast.forecast(2, progress=lambda done, of: seen.append((done, of)) is None)
    assert seen == [(day, 14) for day in range(14)]
    with pytest.raises(FollowupError, match="cancelled"):
        services.forecast.forecast(2, progress=lambda done, of: done < 3)
    for bad in ({"weeks": 0}, {"weeks": 99}, {"what_if": 5}, {"cadence": "Steady"}, {"what_if": -1}):
        with pytest.raises(UsageError):
            services.forecast.forecast(**bad)


def test_nothing_is_held_open_while_the_days_are_gone_through(services):
    """Everything is read first: a long forecast holds no read transaction, so the write-ahead log can be emptied."""
    crowd(services, 12)
    open_ones: list[bool] = []

    def progress(done: int, of: int) -> bool:
        open_ones.append(services._context.database.connection().in_transaction)
        return True

    services.forecast.forecast(weeks=1, what_if=3, cadence="Cold six", progress=progress)
    assert open_ones == [False] * 7
