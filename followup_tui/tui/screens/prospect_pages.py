"""The pages of the table of prospects, read together with who stands where; the rest stays in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from followup_tui.records import dataclass
from followup_tui.services.views import ProspectRow
from followup_tui.tui.widgets.prospect_table import PAGE
from followup_tui.tui.widgets.table_columns import Arrangement, arranged

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services


@dataclass(frozen=True, slots=True)
class Page:
    """Who is found, in order, and the rows of the pages in sight, read together."""

    ids: Sequence[str]
    now: datetime
    today: date
    pages: dict[int, Sequence[ProspectRow]]
    arrangement: Arrangement
    near: bool = False
    """Nobody matches; these have names like the words."""


def read(services: Services, filter: str, wanted: tuple[int, ...], arrangement: Arrangement | None) -> Page:
    """Find the people of a filter and read some pages of them; without an arrangement as it was left."""
    arrangement = arrangement or arranged(services.lists.table())
    found = services.prospects.listing(filter, arrangement.order, backwards=arrangement.backwards)
    pages = {page: services.prospects.rows_of(part(found.ids, page)) for page in wanted}
    return Page(found.ids, found.now, found.today, dict(pages), arrangement, found.near)


def part(ids: Sequence[str], page: int) -> Sequence[str]:
    """Return the ids of one page."""
    return ids[page * PAGE : (page + 1) * PAGE]
