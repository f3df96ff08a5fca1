"""Due rows as items of the day plan: minutes, windows, score, and what makes them fixed or urgent."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache

from followup_tui.domain.cadence import Rules
from followup_tui.domain.channels import BY_NAME
from followup_tui.domain.dayplan import Item, Window
from followup_tui.domain.decisions import question_of
from followup_tui.domain.model import Planned, State
from followup_tui.domain.ordering import Rank, rank
from followup_tui.domain.windows import minute, open_windows
from followup_tui.domain.workdays import WEEKDAYS, zone_of
from followup_tui.services.context import Context
from followup_tui.storage.codec import loads
from followup_tui.storage.queue import DueRow

_ALWAYS: tuple[Window, ...] = ((0, 1 << 40),)
DEFAULT_MINUTES = 5


@dataclass(frozen=True, slots=True)
class Due:
    """One due row with what the plan and the screen need to know."""

    row: DueRow
    item: Item
    zone: str
    overdue: int
    rank: Rank
    decision: bool
    opens: str
    """When the prospect's window opens next: `opens 15:00`, or `opens Mon`."""
    waiting_since: datetime | None = None
    """The inbound touch an answer is for."""


class DayItems:
    """Turns due rows into items for one day."""

    def __init__(self, context: Context, rules: Rules, now: datetime, day: date) -> None:
        self._config = context.config
        self._rules = rules
        self._now = now
        self._day = day
        self._ahead = day > rules.day(now)
        self._windows: dict[tuple[str, str], tuple[tuple[Window, ...], tuple[Window, ...]]] = {}
        self._opening = cache(self._opens)
        self._rank = cache(rank)

    def of(self, rows: Iterable[DueRow]) -> list[Due]:
        """Return every row as an item; a promise behind something else stays in the day as its own item."""
        found: list[Due] = []
        for row in rows:
            state = loads(State, row.state) if row.state else None
            asked = state is not None and question_of(state, self._now, self._rules) is not None
            if self._falls(date.fromisoformat(row.date)):
                found.append(self._due(row, state, asked))
            if state is not None:
                found += self._behind(row, state, state.plans if asked else state.plans[1:])
        return found

    def _falls(self, on: date) -> bool:
        """Whether a date belongs to this day: just this one ahead of time, everything overdue too today."""
        return on == self._day if self._ahead else on <= self._day

    def _behind(self, row: DueRow, state: State, plans: Iterable[Planned]) -> list[Due]:
        """Promises and meetings that something else stands before: the time was told, so it stays visible."""
        told = [plan for plan in plans if plan.fixed and self._falls(plan.date)]
        return [self._due(self._as_row(row, plan), state, False) for plan in told if not self._is_over(plan)]

    def _is_over(self, plan: Planned) -> bool:
        from followup_tui.domain.meetings import meeting_is_over

        return plan.kind.value == "meeting" and meeting_is_over(plan, self._now, self._rules)

    def _as_row(self, row: DueRow, plan: Planned) -> DueRow:
        at = plan.time.isoformat("minutes") if plan.time else None
        return row._replace(
            kind=plan.kind.value,
            date=plan.date.isoformat(),
            time=at,
            channel=plan.channel,
            step=plan.step,
            companion=None,
        )

    def _due(self, row: DueRow, state: State | None, asked: bool) -> Due:
        zone = row.zone or self._config.zone
        due = date.fromisoformat(row.date)
        overdue = 0 if asked else max(0, (self._day - due).days)
        ranked = self._rank(overdue, row.step, bool(row.star))
        preferred, allowed = self._open(row.channel, zone)
        urgent = row.kind == "answer" or self._first_inbound(row)
        fixed = None
        if row.kind in ("promise", "meeting") and row.time:
            fixed = minute(due, time.fromisoformat(row.time), self._fixed_zone(state, row))
        dated = 1.0 if row.kind == "promise" and fixed is None else 0.0
        item = Item(
            id=row.id,
            channel=row.channel,
            minutes=self._minutes(row.channel) + (self._minutes(row.companion) if row.companion else 0),
            due=due.toordinal(),
            score=ranked.score + dated,
            preferred=preferred,
            allowed=allowed,
            fixed_at=fixed,
            urgent=urgent,
        )
        since = state.next_touch.since if state is not None and state.next_touch else None
        return Due(row, item, zone, overdue, ranked, asked, self._opening(allowed), since)

    def _fixed_zone(self, state: State | None, row: DueRow) -> str:
        """Return the zone a promised time was told in."""
        for plan in state.plans if state else ():
            if plan.kind.value == row.kind and plan.zone:
                return plan.zone
        return self._config.zone

    def _first_inbound(self, row: DueRow) -> bool:
        """New inbound's first step is urgent: they came to us, speed to first contact wins (S1)."""
        if row.kind != "step" or row.step != 1 or row.cadence_id is None:
            return False
        cadence = self._rules.cadences.get(row.cadence_id)
        return bool(cadence and cadence.steps and cadence.steps[0].urgent)

    def _minutes(self, channel: str | None) -> int:
        if channel is None:
            return DEFAULT_MINUTES
        return int(self._config.minutes.get(channel, DEFAULT_MINUTES))

    def _open(self, channel: str | None, zone: str) -> tuple[tuple[Window, ...], tuple[Window, ...]]:
        """Return preferred and allowed windows: the prospect's hours for calls and texts, business hours for visits."""
        hours = BY_NAME[channel].hours if channel in BY_NAME else "any"
        if hours == "any" or channel is None:
            return _ALWAYS, _ALWAYS
        key = (hours, zone)
        if key not in self._windows:
            windows = self._config.windows
            working: Callable[[date], bool] = self._rules.calendar.is_working
            preferred = open_windows(self._day, zone, windows.start, windows.end, working)
            allowed = open_windows(self._day, zone, windows.hard_start, windows.hard_end, working)
            self._windows[key] = (preferred, preferred if hours == "business" else allowed)
        return self._windows[key]

    def _opens(self, allowed: tuple[Window, ...]) -> str:
        """Say when the window opens next, in the user's time."""
        now = int(self._now.timestamp() // 60)
        upcoming = [opens for opens, close in allowed if close > now]
        if allowed == _ALWAYS or not upcoming:
            return "" if allowed == _ALWAYS else "closed today"
        local = datetime.fromtimestamp(max(upcoming[0], 0) * 60, zone_of(self._config.zone))
        if local.date() == self._day:
            return f"opens at {local:%H:%M}"
        return f"opens {WEEKDAYS[local.weekday()]} {local:%H:%M}"
