"""A fortnight with 300 prospects, held to the rules day by day; `make fortnight` prints it."""

from __future__ import annotations

from tests.factories import failed
from tests.journeys.fortnight import AWAY, DAY_OFF, DAYS, FIRST, HALF, INTERRUPTED, Fortnight, opened


def test_a_fortnight(tmp_path, figure):
    """Every plan keeps the rules, what is missed flows on, and the streak counts the working days that were kept."""
    services, clock = opened(tmp_path)
    lived = list(Fortnight(services, clock).days())  # each day is checked while it is lived
    by_day = {one.day: one for one in lived}
    assert [one.day.toordinal() - FIRST.toordinal() for one in lived] == list(range(DAYS))
    for one in lived:
        before = [other for other in lived if other.day <= one.day and other.day.weekday() < 5 and other.day != AWAY]
        running = 0
        for other in reversed(before):
            if other.kept:
                running += 1
            elif other.day != one.day:
                break
        assert one.streak == running, one.line()
    assert by_day[FIRST].what.startswith("overdue work spread")
    assert not by_day[INTERRUPTED].kept
    assert not by_day[DAY_OFF].kept
    assert by_day[DAY_OFF].left_over > by_day[FIRST].left_over
    assert by_day[HALF].planned > by_day[DAY_OFF].planned, "what was missed is planned again"
    assert by_day[AWAY].moved + by_day[AWAY].left_over > 0
    assert by_day[AWAY].streak == lived[AWAY.toordinal() - FIRST.toordinal() - 1].streak > 0, "away breaks nothing"
    assert lived[-1].streak >= 2
    assert sum(one.done for one in lived) > 100
    assert failed(services) == []
    figure("D14", sum(one.planned for one in lived), "planned touches of a fortnight, each plan held to the rules")
    services.close()
