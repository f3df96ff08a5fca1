"""Correcting a touch logged wrong: the journal is told again with it as it was, and the dates follow (domain §4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from followup_tui.domain.cadence import Rules
from followup_tui.domain.channels import find_channel
from followup_tui.domain.cleaning import clean_stored
from followup_tui.domain.events import Answered, Event, LoadMoved, Logged
from followup_tui.domain.lifecycle import Advance
from followup_tui.domain.model import Outcome, OutcomeKind, State, Touch
from followup_tui.domain.planning import plan_of
from followup_tui.domain.retelling import Retelling
from followup_tui.domain.workdays import day_name
from followup_tui.errors import FollowupError, NothingFound, UsageError
from followup_tui.records import dataclass
from followup_tui.services import present
from followup_tui.services.changes import Changes
from followup_tui.services.context import Context, changes_of
from followup_tui.services.holiday_calendar import holidays_of
from followup_tui.services.recording import is_older, promise_words, refuse_future, stored
from followup_tui.services.views import CorrectionView, NextTouchView
from followup_tui.storage import rulebook, standing
from followup_tui.storage.journal import Placement, row_of
from followup_tui.storage.replaying import Entry, as_touch, owner_of_touch, stored_entries
from followup_tui.storage.unit_of_work import Row, UnitOfWork

_KEPT = ("prospect_id", "kind", "logged_at", "rules_id")
"""Columns of an entry that no correction changes: its place in the journal stays."""
Change = Callable[[Entry, list[Entry]], Touch | None]
"""From an entry, and those before it, to the touch as it was; None when there was none."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A journal told again."""

    before: State
    after: State
    rows: Mapping[int, Row]
    """Columns that differ, by entry."""
    gone: list[int]
    """Entries that go: a removed touch, and load moves of a date that is another now."""
    view: CorrectionView


class Correcting:
    """A correction or a removal is one change, one undo; with `dry_run` the dates are only looked at."""

    _context: Context

    def correct(
        self,
        touch_id: str,
        *,
        note: str | None = None,
        value: str | None = None,
        outcome: Outcome | None = None,
        at: datetime | None = None,
        channel: str | None = None,
        sentiment: str | None = None,
        inbound: bool | None = None,
        until: date | None = None,
        until_time: time | None = None,
        dry_run: bool = False,
    ) -> tuple[CorrectionView, Changes]:
        """Change what a touch says; None leaves a field as it is. A future time is refused.

        FollowupError naming the later entry that would be impossible then: nothing is saved.
        """
        if sentiment not in (None, "", "good", "neutral", "bad"):
            raise UsageError(f"unknown sentiment “{sentiment}”", "use good, neutral or bad")

        def corrected(entry: Entry, earlier: list[Entry]) -> Touch:
            assert isinstance(entry.event, Logged)
            touch = _with_outcome(entry.event.touch, outcome, inbound)
            touch = replace(
                touch,
                note=touch.note if note is None else clean_stored(note, multiline=True),
                value=touch.value if value is None else clean_stored(value),
                sentiment=touch.sentiment if sentiment is None else sentiment,
            )
            if channel is not None:
                touch = replace(touch, channel=find_channel(channel).name)
            if (touch.channel, touch.outcome) != (entry.event.touch.channel, entry.event.touch.outcome):
                touch = replace(touch, detail="", spare=False)
            if until is not None:
                zone = self._context.config.zone if until_time else None
                touch = replace(touch, until=until, until_time=until_time, until_zone=zone)
            return touch if at is None else self._at(touch, at, earlier)

        return self._tell_again(touch_id, "Correct", corrected, dry_run)

    def remove(self, touch_id: str, dry_run: bool = False) -> tuple[CorrectionView, Changes]:
        """Take a touch out of the journal, as if it had never been logged."""
        return self._tell_again(touch_id, "Remove", lambda entry, earlier: None, dry_run)

    def _at(self, touch: Touch, at: datetime, earlier: list[Entry]) -> Touch:
        """Return the touch at another time; older than what was written before it, it moves no date (§4)."""
        context = self._context
        refuse_future(at, context.now())
        with context.database.reading() as connection:
            rules = context.rules(connection)
        older = is_older(((one.kind, one.at) for one in reversed(earlier)), at, rules)
        return replace(touch, at=at, back_dated=older)

    def _tell_again(self, touch_id: str, verb: str, change: Change, dry_run: bool) -> tuple[CorrectionView, Changes]:
        context = self._context
        if dry_run:
            with context.database.reading() as connection:
                told = self._told(connection, touch_id, change)
            return told.view, Changes(frozenset(), frozenset(), "")
        with context.working(verb) as work:
            told = self._told(work.connection, touch_id, change)
            touch = told.view.touch
            name = stored(work.connection, touch.prospect).name
            work.name = f"{verb} {touch.channel}, {touch.outcome} · {name}"
            if told.rows or told.gone:
                self._write(work, told)
        return replace(told.view, undo=work.name if work.change else ""), changes_of(work)

    def _write(self, work: UnitOfWork, told: _Told) -> None:
        prospect_id = told.view.touch.prospect
        for entry_id, row in told.rows.items():
            work.update("journal", entry_id, row)
        for entry_id in told.gone:
            work.delete("journal", entry_id)
        for kind in told.before.good ^ told.after.good:
            bad = int(kind not in told.after.good)
            sql = "SELECT id FROM detail WHERE prospect_id = ? AND kind = ? AND bad = ?"
            for row_id in work.execute(sql, (prospect_id, kind, 1 - bad)).fetchall():
                work.update("detail", row_id[0], {"bad": bad})
        standing.write(work, prospect_id, told.after, self._context.rules(work.connection))

    def _told(self, connection: Any, touch_id: str, change: Change) -> _Told:
        context = self._context
        touch_id = touch_id.strip().removeprefix("#")
        owner = owner_of_touch(connection, touch_id)
        if owner is None:
            raise NothingFound(f"there is no touch {touch_id}", "followup show WHO prints the id of each")
        entries = stored_entries(connection, owner)
        place = next(number for number, entry in enumerate(entries) if entry.id == int(touch_id))
        touch = change(entries[place], [one for one in entries[:place] if one.strand == entries[place].strand])
        rules = rulebook.all_rules(connection, holidays_of)
        after, rows, gone = _replayed(entries, place, touch, rules)
        before = present.state_of(stored(connection, owner))
        now, current = context.now(), context.rules(connection)
        row = {**entries[place].touch, **rows.get(entries[place].id, {})}
        was, is_now = (present.next_touch_view(state, now, current) for state in (before, after))
        shown = present.touch_view(as_touch(row), current)
        view = CorrectionView(shown, was, is_now, _explained(before, after, was, is_now))
        return _Told(before, after, rows, gone, view)


def _with_outcome(touch: Touch, outcome: Outcome | None, inbound: bool | None) -> Touch:
    """Return the touch with another outcome: who wrote follows from *replied*, a date only from what asks for one."""
    if outcome is not None and outcome is not touch.outcome:
        theirs = outcome is Outcome.REPLIED or (touch.inbound and touch.outcome is not Outcome.REPLIED)
        if touch.outcome.asks_when and not outcome.asks_when:
            touch = replace(touch, until=None, until_time=None, until_zone=None)
        if outcome.kind is not OutcomeKind.RESPONSE:
            touch = replace(touch, consent=None, channel_only=False)
        touch = replace(touch, outcome=outcome, inbound=theirs)
    return touch if inbound is None else replace(touch, inbound=inbound)


def _replayed(
    entries: list[Entry], place: int, touch: Touch | None, rules: Mapping[int, Rules]
) -> tuple[State, dict[int, Row], list[int]]:
    """Return the state after the whole journal with one touch changed or left out, what differs, and what goes."""
    was, now = Retelling(), Retelling()
    rows, gone, newest = dict[int, Row](), list[int](), dict[tuple[str, int | None], int]()
    for number, entry in enumerate(entries):
        event = Logged(touch) if number == place and touch is not None else entry.event
        untold = number == place and touch is None
        strand = entry.strand
        stale = isinstance(event, LoadMoved) and _spot(was.of(strand), event) != _spot(now.of(strand), event)
        was.tell(strand, entry.event, entry.logged_at, rules[entry.rules_id])
        if untold or stale:
            gone.append(entry.id)
            continue
        done = _advanced(now, event, entry, rules[entry.rules_id], corrected=number == place)
        if isinstance(event, Logged):
            of = newest.get((strand, done.step)) if done.companion else None
            if differing := _differing(entry, event, done, of):
                rows[entry.id] = differing
            newest[strand, done.step] = entry.id
    return now.state, rows, gone


def _spot(state: State, move: LoadMoved) -> tuple[date, int | None] | None:
    """Return the day and step that a stored move puts later."""
    plan = plan_of(state, move.kind)
    return (plan.date, plan.step) if plan is not None else None


def _advanced(telling: Retelling, event: Event, entry: Entry, rules: Rules, *, corrected: bool) -> Advance:
    """Return what an entry leads to now; FollowupError naming it when it can't have happened."""
    try:
        return telling.tell(entry.strand, event, entry.logged_at, rules)
    except UsageError as error:
        which = "it" if corrected else _named(entry, rules)
        raise FollowupError(f"{which} would be impossible: {error.title}", "nothing was changed") from None


def _differing(entry: Entry, event: Logged, done: Advance, of: int | None) -> Row:
    """Return the columns of a touch that are others now: of a later one only where it belongs."""
    placed = Placement(done.step, done.cadence_id, of, promise_words(event.touch))
    wanted = row_of("", event, event.touch.at, entry.logged_at, entry.rules_id, placed)
    if event == entry.event:
        wanted = {name: wanted[name] for name in ("step", "cadence_id", "companion_of")}
    return {name: value for name, value in wanted.items() if name not in _KEPT and entry.touch.get(name, "") != value}


def _named(entry: Entry, rules: Rules) -> str:
    """Name an entry of the journal for people."""
    day = day_name(rules.day(entry.logged_at))
    if isinstance(entry.event, Logged):
        touch = entry.event.touch
        return f"the touch {entry.id} ({touch.channel}, {touch.outcome}) of {day_name(rules.day(touch.at))}"
    if isinstance(entry.event, Answered):
        return f"the answer “{entry.event.choice}” of {day}"
    return f"the “{entry.kind}” of {day}"


def _explained(before: State, after: State, was: NextTouchView | None, is_now: NextTouchView | None) -> str:
    """Say in one sentence what a correction changes."""
    parts = []
    if _words(was) != _words(is_now):
        parts.append(f"next: {_words(was)} → {_words(is_now)}")
    else:
        parts.append(f"the next touch stays: {_words(is_now)}")
    if before.relation is not after.relation:
        parts.append(f"{before.relation} → {after.relation}")
    if before.attempts != after.attempts:
        parts.append(f"attempts {before.attempts} → {after.attempts}")
    return "; ".join(parts)


def _words(view: NextTouchView | None) -> str:
    if view is None:
        return "nothing planned"
    at = f" {view.time:%H:%M}" if view.time else ""
    return f"{view.channel or view.kind} on {day_name(view.date)}{at}"
