"""Long work the app has done in a process of its own: functions of a module, so that they go there by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from followup_tui.bootstrap import Services
    from followup_tui.services.views.merging import PairView


def daily_backup(services: Services, told: Callable[[str, int, int], bool]) -> None:
    """Make the backup of this day, unless it has one."""
    services.backups.daily(told)


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
