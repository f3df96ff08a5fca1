"""Opening a prospect: first what the screen shows first, then the whole timeline, then what became of promises."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from followup_tui.domain.cadence import Rules
from followup_tui.domain.model import Outcome, OutcomeKind
from followup_tui.services import fates, present
from followup_tui.services.ahead import ahead
from followup_tui.services.context import Context
from followup_tui.services.fates import Fate, Fates
from followup_tui.services.knowing import known, named_by, referrals_of
from followup_tui.services.recording import stored
from followup_tui.services.views import TimelineView, TouchView
from followup_tui.services.views.made import Made
from followup_tui.services.views.opened import ChannelTally, OpenedView
from followup_tui.storage import journal, people, timelines

SHORT = 300
"""Touches up to which promises are looked at together with the timeline: each takes a sixth of a millisecond."""
_RESPONSES = tuple(outcome.value for outcome in Outcome if outcome.kind is OutcomeKind.RESPONSE)


class Opening:
    """The part of the prospects that reads one with everything that happened."""

    _context: Context
    _fates: Fates

    def timeline(self, prospect_id: str) -> TimelineView:
        """Return a prospect with everything that happened and what comes."""
        context = self._context
        with context.database.reading() as connection:
            rules = context.rules(connection)
            person = stored(connection, prospect_id)
            rows = journal.touches(connection, prospect_id)
            fate = fates.promises_of(connection, prospect_id) if _promising(rows) else fates.NONE
            view = self._view(connection, person, rules, rows, fate)
            return replace(view, timeline=tuple(view.timeline))

    def opened(
        self,
        prospect_id: str,
        newest: int | None = None,
        *,
        promises: bool = False,
        alive: Callable[[], bool] | None = None,
    ) -> OpenedView:
        """Return the newest touches, or all; what became of promises when that is quick, or they are asked for.

        FollowupError when `alive` says that nobody waits for it any more.
        """
        context = self._context
        with context.database.reading() as connection:
            rules = context.rules(connection)
            person = stored(connection, prospect_id)
            tallies = timelines.tallies(connection, prospect_id, _RESPONSES)
            touches = sum(row[1] for row in tallies if row[0] is not None)
            whole = newest is None or touches <= newest
            rows = _touches(connection, prospect_id, None if whole else newest)
            told = whole and (promises or touches <= SHORT or not _promising(rows))
            promising = told and _promising(rows)
            fate = self._fates.of(connection, prospect_id, alive) if promising else fates.NONE
            view = self._view(connection, person, rules, rows, fate, named=any(row[0] is None for row in tallies))
        firsts = [row[4] for row in tallies if row[0] is not None]
        return OpenedView(
            view=view,
            touches=touches,
            first=present.local(datetime.fromisoformat(min(firsts)), rules) if firsts else None,
            tallies=tuple(ChannelTally(row[0], row[2], row[3]) for row in tallies if row[0] is not None),
            goes_on=not told,
        )

    def _view(
        self,
        connection: Any,
        person: people.Person,
        rules: Rules,
        rows: Sequence[tuple[Any, ...]],
        fate: Fate,
        named: bool = True,
    ) -> TimelineView:
        """Return the view of a timeline whose touches are made as they are looked at."""
        context, now = self._context, self._context.now()
        kept = fate[1]

        def touch(place: int) -> TouchView:
            one = present.touch_view(rows[place], rules)
            return replace(one, kept=kept.get(one.promise)) if one.promise else one

        return TimelineView(
            prospect=known(connection, person, context, rules, now),
            timeline=Made(touch, len(rows)),
            ahead=ahead(present.state_of(person), now, rules),
            details=present.detail_views(person),
            referrals=referrals_of(connection, person.id, context, rules) if named else (),
            promises=fate[0],
            named_by=named_by(connection, person, context, rules),
        )


def _touches(connection: Any, prospect_id: str, newest: int | None) -> list[tuple[Any, ...]]:
    if newest is None:
        return journal.touches(connection, prospect_id)
    return timelines.newest_touches(connection, prospect_id, newest)


def _promising(rows: Sequence[tuple[Any, ...]]) -> bool:
    """Whether something was promised in one of the touches."""
    return any(row[-1] for row in rows)
