"""Due rows as items of the day plan: minutes, windows, score, and what makes them fixed or urgent."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from functools import cache, partial
from typing import NamedTuple
from weakref import proxy

from followup_tui.domain.cadence import Rules, companion, step_at
from followup_tui.domain.cards import current
from followup_tui.domain.channels import BY_NAME
from followup_tui.domain.day_parts import Item, Need, Window
from followup_tui.domain.decisions import question_of
from followup_tui.domain.lead_time import lead_days, send_by
from followup_tui.domain.model import PlanKind, Planned, State
from followup_tui.domain.ordering import Rank, rank
from followup_tui.domain.towns import town_of
from followup_tui.domain.windows import minute, open_windows
from followup_tui.domain.workdays import WEEKDAYS, zone_of
from followup_tui.services.context import Context
from followup_tui.storage.codec import loads
from followup_tui.storage.queue import DueRow

_ALWAYS: tuple[Window, ...] = ((0, 1 << 40),)
DEFAULT_MINUTES = 5
_item: Callable[[type[Item], tuple[object, ...]], Item] = tuple.__new__
_due: Callable[[type[Due], tuple[object, ...]], Due] = tuple.__new__
"""Tuples are named without a function of Python's in between: ten thousand may be due."""


class Due(NamedTuple):
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
    card: str = ""
    """What a card is for: `birthday on Thu 3 Dec; 3 days for the post`."""


class _Needed(NamedTuple):
    """What all touches on a channel to a zone (and with a companion, to a town) share."""

    need: Need
    opens: str


class DayItems:
    """Turns due rows into items for one day; what rows have in common is worked out once."""

    def __init__(self, context: Context, rules: Rules, now: datetime, day: date) -> None:
        self._config = context.config
        self._rules = rules
        self._now = now
        self._day = day
        self._ahead = day > rules.day(now)
        self._windows: dict[tuple[str, str], tuple[tuple[Window, ...], tuple[Window, ...]]] = {}
        this = proxy(self)  # what is worked out once does not keep who worked it out until garbage is collected
        self._needed = cache(partial(DayItems._need_of, this))
        self._needed_at = cache(partial(DayItems._need_at, this))
        self._rank = cache(rank)
        self._dated = cache(date.fromisoformat)
        self._on = cache(partial(DayItems._day_of, this))
        self._urgent = {key for key, one in rules.cadences.items() if one.steps and one.steps[0].urgent}

    def of(self, rows: Iterable[DueRow]) -> list[Due]:
        """Return every row as an item; a promise behind something else stays in the day as its own item."""
        found: list[Due] = []
        for row in rows:
            if not row.state:
                if self._on(row.date)[0]:
                    found.append(self._due(row, None, False) if row.time else self._plain(row))
                continue
            state = loads(State, row.state)
            if row.kind == "card":
                row, state = self._led(row, state)
            asked = question_of(state, self._now, self._rules) is not None
            if self._falls(self._send_by(row.kind, row.channel, self._dated(row.date))):
                found.append(self._due(row, state, asked))
            found += self._behind(row, state, state.plans if asked else state.plans[1:])
        return found

    def _plain(self, row: DueRow) -> Due:
        """Return a step without a time: nearly all there are, so that nothing is worked out twice for them."""
        who, _, _, zone, _, star, kind, on, _, channel, step, _, companion, _, cadence, _, address, _ = row
        _, ordinal, overdue = self._on(on)
        ranked = self._rank(overdue, step, star)
        need, opens = self._needed_at(channel, companion, zone, address)
        urgent = kind == "step" and step == 1 and cadence in self._urgent
        item = _item(Item, (who, need, ordinal, ranked.score, None, urgent))
        return _due(Due, (row, item, zone or self._config.zone, overdue, ranked, False, opens, None, ""))

    def _day_of(self, text: str) -> tuple[bool, int, int]:
        """Return whether a stored date falls on this day, its ordinal, and the days it is overdue."""
        on = self._dated(text)
        return self._falls(on), on.toordinal(), max(0, (self._day - on).days)

    def _need_at(self, channel: str | None, companion: str | None, zone: str, address: str | None) -> _Needed:
        return self._needed(channel, companion, zone or self._config.zone, town_of(address) if address else "")

    def _led(self, row: DueRow, state: State) -> tuple[DueRow, State]:
        """Return row and state as they are read: behind a card that has lapsed the next plan leads."""
        state = current(state, self._day)
        lead, enrolment = state.next_touch, state.enrolment
        if lead is None or lead.kind is PlanKind.CARD:
            return row, state
        row = self._as_row(row, lead)
        if lead.kind is PlanKind.STEP and enrolment is not None:
            step = step_at(self._rules.cadence(enrolment.cadence_id), enrolment, enrolment.step, state.star)
            row = row._replace(companion=companion(step, lead.channel, state) if step else None)
        return row, state

    def _falls(self, on: date) -> bool:
        """Whether a date belongs to this day: just this one ahead of time, everything overdue too today."""
        return on == self._day if self._ahead else on <= self._day

    def _send_by(self, kind: str, channel: str | None, on: date) -> date:
        """Return the day a touch has to be made: what was promised by mail arrives on its date, so it leaves before."""
        return send_by(channel, on, self._rules.calendar) if kind == "promise" else on

    def _behind(self, row: DueRow, state: State, plans: Iterable[Planned]) -> list[Due]:
        """Promises and meetings that something else stands before: the time was told, so it stays visible."""
        told = [
            plan
            for plan in plans
            if plan.fixed and self._falls(self._send_by(plan.kind.value, plan.channel, plan.date))
        ]
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
        due = self._dated(row.date)
        overdue = 0 if asked else max(0, (self._day - due).days)
        ranked = self._rank(overdue, row.step, row.star)
        need, opens = self._needed_at(row.channel, row.companion, row.zone, row.address)
        score, fixed = ranked.score, None
        if row.time and row.kind in ("step", "own") and due == self._day:
            fixed = minute(due, time.fromisoformat(row.time), self._config.zone)
        elif row.kind in ("promise", "meeting"):
            if row.time and not lead_days(row.channel):
                fixed = minute(due, time.fromisoformat(row.time), self._fixed_zone(state, row))
            elif row.kind == "promise":
                score += 1.0
        urgent = row.kind == "answer" or (row.kind == "step" and row.step == 1 and row.cadence_id in self._urgent)
        item = Item(row.id, need, due.toordinal(), score, fixed, urgent)
        lead = state.next_touch if state is not None else None
        why = lead.reason if lead is not None and row.kind == "card" else ""
        return Due(row, item, zone, overdue, ranked, asked, opens, lead.since if lead else None, why)

    def _fixed_zone(self, state: State | None, row: DueRow) -> str:
        """Return the zone a promised time was told in."""
        for plan in state.plans if state else ():
            if plan.kind.value == row.kind and plan.zone:
                return plan.zone
        return self._config.zone

    def _need_of(self, channel: str | None, companion: str | None, zone: str, town: str) -> _Needed:
        minutes = self._minutes(channel) + (self._minutes(companion) if companion else 0)
        preferred, allowed = self.hours(channel, zone)
        return _Needed(Need(channel, minutes, preferred, allowed, town), self._opens(allowed))

    def _minutes(self, channel: str | None) -> int:
        if channel is None:
            return DEFAULT_MINUTES
        return int(self._config.minutes.get(channel, DEFAULT_MINUTES))

    def hours(self, channel: str | None, zone: str) -> tuple[tuple[Window, ...], tuple[Window, ...]]:
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
        later = [opens for opens in upcoming if opens > now]
        if len(later) < len(upcoming):  # open now: what is missing is a block before it closes
            closes = next(close for opens, close in allowed if opens <= now < close)
            return f"open now, until {datetime.fromtimestamp(closes * 60, zone_of(self._config.zone)):%H:%M}"
        local = datetime.fromtimestamp(later[0] * 60, zone_of(self._config.zone))
        if local.date() == self._day:
            return f"opens at {local:%H:%M}"
        return f"opens {WEEKDAYS[local.weekday()]} {local:%H:%M}"
