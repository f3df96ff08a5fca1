"""Changes of clocks: each due touch is planned once, and blocks neither overlap nor lie (R13)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from followup_tui.bootstrap import Services
from followup_tui.config import BlockConfig, default_blocks
from followup_tui.services.views import TodayView
from tests.factories import CONFIG, Clock, add, dump, failed, log, open_at, slots
from tests.figures import size
from tests.reliability.calendars import instant_of, read_by_vobject

ZONES = (
    *(
        "America/New_York",
        "Europe/London",
        "America/Sao_Paulo",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
        "Pacific/Apia",
    ),
    *("Pacific/Kiritimati", "Pacific/Chatham", "Africa/Casablanca", "Asia/Tehran", "America/St_Johns", "UTC"),
)

EVERY_DAY = default_blocks(frozenset(range(7)))
AT_A_TIME = time(9, 30)


def changes(zone: ZoneInfo) -> Iterator[datetime]:
    """Yield the days in which the clocks change in 2026 and 2027; one ordinary day where they never do."""
    day, none = datetime(2026, 1, 1, tzinfo=UTC), True
    while day.year < 2028:
        after = day + timedelta(days=1)
        if day.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            none = False
            yield day
        day = after
    if none:
        yield datetime(2026, 7, 1, tzinfo=UTC)


def day_of(now: datetime) -> date:
    """Return the day on the user's wall, which starts at four: reckoned here, not by the program."""
    return now.date() - timedelta(days=now.hour < 4)


def due_around(services: Services, ids: list[str], change: date) -> dict[str, date]:
    """Plan everybody anew for the day before a change, that day, the day after, and that day at a time of the clock."""
    days = [change + timedelta(days=turn) for turn in (-1, 0, 1)]
    for id, day in zip(ids, days, strict=False):
        services.log.move(id, day)
    services.log.move(ids[3], change, AT_A_TIME)
    return dict(zip(ids, [*days, change], strict=True))


def keeps_to_the_clock(view: TodayView, blocks: tuple[BlockConfig, ...]) -> None:
    """Blocks stand at the times they are named for, one after the other; slots lie in them, one after the other."""
    wanted = [(block.start, block.end) for block in blocks]
    assert [(block.start.time(), block.end.time()) for block in view.blocks] == wanted
    assert {one.date() for block in view.blocks for one in (block.start, block.end)} == {view.date}
    for before, after in zip(view.blocks, view.blocks[1:], strict=False):
        assert before.start < before.end <= after.start < after.end
    for block in view.blocks:
        for one, two in zip(block.slots, block.slots[1:], strict=False):
            assert block.start <= one.start < two.start < block.end


def test_r13_every_touch_once_whatever_the_clocks_do(path, figure):
    """12 zones × each change of clocks in 2026–27 ± 36 h: planned once from their day on, blocks by the clock (R13)."""
    plans = 0
    step = size(12, 6)
    for name in ZONES:
        zone = ZoneInfo(name)
        clock = Clock(zone=zone)
        clock.now = datetime(2026, 1, 1, 12, tzinfo=UTC).astimezone(zone)
        config = replace(CONFIG, zone=name, working_days=frozenset(range(7)), blocks=EVERY_DAY)
        services = open_at(path, clock, config)
        ids = [add(services, f"{name} {turn}").id for turn in range(4)]
        found = [*changes(zone)]
        for change in found:
            clock.now = (change - timedelta(hours=60)).astimezone(zone)
            due = due_around(services, ids, (change + timedelta(hours=12)).astimezone(zone).date())
            for hours in range(-36, 37, step):
                clock.now = (change + timedelta(hours=hours)).astimezone(zone)
                view = services.today.plan()
                plans += 1
                where = name, clock.now
                assert view.date == day_of(clock.now), where
                planned = Counter(
                    [*(s.prospect.id for s in slots(view)), *(left.prospect.id for left in view.left_over)]
                )
                assert planned == dict.fromkeys([id for id in ids if due[id] <= view.date], 1), where
                keeps_to_the_clock(view, EVERY_DAY)
                for slot in slots(view):
                    if slot.prospect.id == ids[3] and view.date == due[ids[3]]:
                        assert (slot.start.date(), slot.start.time()) == (view.date, AT_A_TIME), where
        services.undo.undo(4 + 4 * len(found))
        services.close()
    figure("R13", plans, "plans around changes of clocks in 12 zones")


def test_r13_the_agenda_says_the_same_instants(path, tmp_path, figure):
    """12 zones × each change of clocks: another parser reads blocks and touches at the instants of the plan (R13)."""
    agendas = 0
    for name in ZONES:
        zone = ZoneInfo(name)
        clock = Clock(zone=zone)
        clock.now = datetime(2026, 1, 1, 12, tzinfo=UTC).astimezone(zone)
        services = open_at(path, clock, replace(CONFIG, zone=name, working_days=frozenset(range(7)), blocks=EVERY_DAY))
        for turn in range(2):
            add(services, f"{name} {turn}")
        for change in [*changes(zone)][:: size(4, 1)]:
            clock.now = (change - timedelta(hours=30)).astimezone(zone)
            file = tmp_path / f"{agendas}.ics"
            services.agenda.write(file, 3)
            agendas += 1
            read = read_by_vobject(file)
            starts = sorted(instant_of(one.dtstart.value) for uid, one in read.items() if not uid.startswith("left"))
            ends = sorted(instant_of(one.dtend.value) for uid, one in read.items() if uid.startswith("block"))
            days = [services.today.plan((clock.now + timedelta(days=n)).date()) for n in range(3)]
            blocks = [block for day in days for block in day.blocks]
            planned = [slot for day in days for slot in slots(day)]
            assert starts == sorted(one.start.astimezone(UTC) for one in (*blocks, *planned)), (name, change)
            assert ends == sorted(block.end.astimezone(UTC) for block in blocks), (name, change)
        services.undo.undo(2)
        services.close()
    figure("R13", agendas, "agendas around changes of clocks, read by another parser")


def test_r12_a_clock_that_jumps_while_one_works(path, figure):
    """Back an hour, a day, forward ten years, another zone: the journal goes by id, no gap is negative (R12)."""
    clock = Clock()
    services = open_at(path, clock)
    who = add(services).id
    jumps = [timedelta(hours=-1), timedelta(days=-1), timedelta(days=3650), timedelta(days=-3650), timedelta(minutes=5)]
    zones = ["Pacific/Kiritimati", "America/New_York", "Asia/Kathmandu"]
    trials = 0
    for turn in range(size(3, 30)):
        for step in [*jumps, zones[turn % len(zones)]]:
            if isinstance(step, str):
                services.travel(step)
                clock.now = clock.now.astimezone(ZoneInfo(step))
            else:
                clock.now += step
            trials += 1
            view = log(services, who, "spoke", note=f"{trials}")
            assert view.after is not None
            assert view.after.date is None or view.after.date >= services.local_today(), (turn, step)
            shown = services.prospects.timeline(who).timeline
            moments = [one.at for one in shown]
            assert len(shown) == trials
            assert moments == sorted(moments), "no gap between two touches is negative"
            services.today.plan()
    stored = [int(row[0]) for row in dump(path)["journal"] if row[2] == "touch"]
    assert stored == sorted(stored)
    assert len(stored) == trials
    assert failed(services) == []
    services.undo.undo(trials)
    assert services.prospects.get(who).touches == 0
    services.close()
    figure("R12", trials, "touches logged while the clock jumped or the zone changed")
