"""Long work the app has done in a process of its own: functions of a module, so that they go there by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from followup_tui.bootstrap import Services
    from followup_tui.services.views.merging import PairView


def daily_backup(services: Services, told: Callable[[str, int, int], bool]) -> None:
    """Make the backup of this day, unless it has one."""
    services.backups.daily(told)


def look_for_duplicates(services: Services, told: Callable[[int, int], bool]) -> list[PairView]:
    """Return the pairs that look like one person."""
    return services.duplicates.scan(told)
