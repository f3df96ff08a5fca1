"""What the prospect screen reads and lays out in a thread, and where its cursor stays when that comes again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from followup_tui.records import dataclass
from followup_tui.tui.widgets.facts import Standing
from followup_tui.tui.widgets.timeline_rows import TimelineRows
from followup_tui.tui.widgets.track_record import track_record

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services
    from followup_tui.services.views.opened import OpenedView


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the worker brings: everything is counted and laid out there."""

    opened: OpenedView
    standing: Standing
    rows: TimelineRows

    @property
    def items(self) -> int:
        """Touches and referrals there are, read or not."""
        view = self.opened.view
        return self.opened.touches + len(view.referrals) + (view.named_by is not None)

    @property
    def whole(self) -> bool:
        """Whether every touch is read."""
        return len(self.opened.view.timeline) == self.opened.touches


def load(
    services: Services, who: str, channel: str | None, newest: int | None, promises: bool, alive: Callable[[], bool]
) -> Loaded:
    """Read one prospect and lay out its timeline."""
    opened = services.prospects.opened(who, newest, promises=promises, alive=alive)
    return laid_out(opened, services.now(), services.local_today(), channel)


def laid_out(opened: OpenedView, now: datetime, today: date, channel: str | None) -> Loaded:
    """Lay out what is read of a timeline."""
    rows = TimelineRows(opened.view, today, channel, [one.channel for one in opened.tallies])
    return Loaded(opened, Standing(opened.view, track_record(opened, today), now), rows)


def same_place(before: Loaded, after: Loaded, cursor: int) -> int | None:
    """Return where the cursor's touch stands now; None, the newest, when it was there and another came."""
    touch = before.rows.touch(cursor)
    if touch is None:
        return cursor - before.rows.touches + after.rows.touches
    newest = cursor == before.rows.touches - 1
    if newest and before.rows.channel == after.rows.channel:
        return None if after.items != before.items else after.rows.touches - 1
    return after.rows.nearest(touch)
