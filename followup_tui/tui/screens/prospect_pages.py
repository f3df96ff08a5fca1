"""The pages of the table of prospects, read together with their count; the rest stays in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from followup_tui.services.views import ProspectRow
from followup_tui.tui.widgets.prospect_table import PAGE

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services


@dataclass(frozen=True, slots=True)
class Page:
    """A count and the pages in sight, read together."""

    total: int
    now: datetime
    today: date
    pages: dict[int, Sequence[ProspectRow]]


def read(services: Services, filter: str, wanted: tuple[int, ...]) -> Page:
    """Count the people a filter finds and read some pages of them."""
    total = services.prospects.count(filter)
    pages: dict[int, Sequence[ProspectRow]] = {
        page: services.prospects.rows(filter, limit=PAGE, offset=page * PAGE) for page in wanted
    }
    return Page(total, services.now(), services.local_today(), pages)


def everybody(services: Services, filter: str, exceptions: frozenset[str]) -> list[str]:
    """Return the ids of all a filter finds but the exceptions; nothing else is kept of them."""
    ids: list[str] = []
    for offset in range(0, services.prospects.count(filter), 5_000):
        rows = services.prospects.rows(filter, limit=5_000, offset=offset)
        ids += [row.id for row in rows if row.id not in exceptions]
    return ids
