"""Long work the app has done in a process of its own: functions of a module, so that they go there by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar, TypeVarTuple

from followup_tui import own_process

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from followup_tui.bootstrap import Services
    from followup_tui.services.days_known import Counted
    from followup_tui.services.views.measures import SectionView, StatsView
    from followup_tui.services.views.merging import PairView
    from followup_tui.services.views.planning import ForecastView
    from followup_tui.services.views.working import StreakView

T = TypeVar("T")
Words = TypeVarTuple("Words")
SMALL = 8_000_000
"""Bytes of a database (a thousand people) up to which the work is done before a process for it has begun."""


def run(
    services: Services, work: Callable[[Services, own_process.Told, *Words], T], told: own_process.Told, *words: *Words
) -> T:
    """Return or raise what a work does; in a thread that may wait for it."""
    if services.keys_come_first and not is_small(services):
        return own_process.run(services, work, told, *words)
    return work(services, told, *words)


def is_small(services: Services) -> bool:
    """Whether a work on all of the database is over in a moment."""
    try:
        return services.path.stat().st_size <= SMALL
    except OSError:  # it is not there: there is nothing to do either
        return True


def daily_backup(services: Services, told: Callable[[str, int, int], bool]) -> None:
    """Make the backup of this day, unless it has one."""
    services.backups.daily(told)


def count_days(services: Services, told: own_process.Told) -> Counted | None:
    """Count which days before today were kept."""
    return services.days.count(told)


def streak(services: Services) -> StreakView:
    """Return how many working days running were kept; days never counted are counted behind the keys first."""
    if services.keys_come_first and not is_small(services) and not services.days.are_counted():
        services.days.take(own_process.run(services, count_days, lambda *_: True))
    return services.days.streak()


MOST_PAIRS = 1_000
"""Ours: so many pairs are looked at in one go; taking a hundred thousand would hold the interpreter for seconds."""


class Surest(NamedTuple):
    """The pairs that look most like one person, and how many do in all."""

    pairs: list[PairView]
    in_all: int


def look_for_duplicates(services: Services, told: Callable[[int, int], bool]) -> Surest:
    """Return the pairs that look like one person, the surest first."""
    found = services.duplicates.scan(told)
    return Surest(found[:MOST_PAIRS], len(found))


def count_measures(services: Services, told: own_process.Told, since: date | None) -> StatsView:
    """Count every measure since a day, and tell each section as soon as it is ready."""

    def ready(section: SectionView) -> None:
        told(section)

    return services.measures.stats(since, ready, told)


def look_ahead(
    services: Services, told: own_process.Told, what_if: int, cadence: str | None, per_day: int | None
) -> ForecastView:
    """Live through the weeks ahead in numbers."""
    return services.forecast.forecast(what_if=what_if, cadence=cadence, per_day=per_day, progress=told)
