"""Cadences: who is on which, and putting people on them (domain §3, §5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from followup_tui.domain.cadence import Rules
from followup_tui.domain.channels import DETAIL_KINDS
from followup_tui.domain.events import Enrolled
from followup_tui.domain.workdays import WorkCalendar
from followup_tui.errors import UsageError
from followup_tui.services import present
from followup_tui.services.ahead import from_today
from followup_tui.services.cadence_editing import CadenceEditing
from followup_tui.services.cadence_words import cadence_view
from followup_tui.services.changes import Changes
from followup_tui.services.context import Context, changes_of
from followup_tui.services.migrating import Migrating
from followup_tui.services.recording import record, stored
from followup_tui.services.views import AheadView, CadenceView, EnrolView, WhoView
from followup_tui.storage import standing

EVERY_DAY = WorkCalendar(frozenset(range(7)))


class CadenceService(CadenceEditing, Migrating):
    """Looking at cadences, editing them, and enrolling prospects."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def list(self) -> list[CadenceView]:
        """Return the newest version of every cadence with the number of people on any version of it."""
        with self._context.database.reading() as connection:
            rules = self._context.rules(connection)
            counts = dict(
                connection.execute(
                    "SELECT c.name, count(*) FROM standing s JOIN cadence c ON c.id = s.cadence_id GROUP BY c.name"
                )
            )
        return [cadence_view(rules.named(name), counts.get(name, 0)) for name in rules.current]

    def ahead(self, name: str, on: date | None = None, *, every_day: bool = False) -> tuple[AheadView, ...]:
        """Return the dates of a cadence for somebody with every detail, enrolled on a day (today).

        With `every_day` all days count as worked: the bare calendar of the gaps.
        """
        context = self._context
        with context.database.reading() as connection:
            rules = context.rules(connection)
            cadence = context.cadence_named(connection, name)
        if every_day:
            rules = replace(rules, calendar=EVERY_DAY)
        return from_today(cadence, frozenset(DETAIL_KINDS), on or context.today(), rules)

    def enrol(
        self,
        ids: Sequence[str],
        cadence: str,
        *,
        step: int = 1,
        on: date | None = None,
        per_day: int | None = None,
    ) -> tuple[EnrolView, Changes]:
        """Put prospects on a cadence, many of them spread over working days; one undo step.

        People without any usable detail, closed ones and those on do not contact are refused one by one (§3).
        """
        context = self._context
        today = context.today()
        begin = on or today
        if begin < today:
            raise UsageError(f"{begin.isoformat()} is past", "enrol from today on")
        if per_day is not None and per_day < 1:
            raise UsageError("--per-day needs a number from 1 on")
        spread = per_day or context.config.limits.per_day
        refused: list[tuple[WhoView, str]] = []
        days: list[date] = []
        with context.working("Enrol") as work:
            rules = context.rules(work.connection)
            chosen = context.cadence_named(work.connection, cadence)
            for prospect_id in ids:
                person = stored(work.connection, prospect_id)
                if not standing.read(work, prospect_id).good:
                    refused.append((present.who_view(person, context), "no phone, e-mail or address that works"))
                    continue
                day = _day(begin, len(days), spread, rules, single=len(ids) == 1)
                try:
                    record(context, work, prospect_id, Enrolled(chosen.id, day, step))
                except UsageError as error:
                    refused.append((present.who_view(person, context), f"{error.title}; {error.hint}"))
                    continue
                days.append(day)
                who = person.name if len(ids) == 1 else f"{len(days)} prospects"
                work.name = f"Enrol {who} in {chosen.name}"
        first, last = (days[0], days[-1]) if days else (None, None)
        return EnrolView(len(days), tuple(refused), first, last), changes_of(work)


def _day(begin: date, number: int, spread: int, rules: Rules, *, single: bool) -> date:
    """Return the day the n-th person starts: `spread` a working day; one alone starts as said, working day or not."""
    if single:
        return begin
    day = rules.calendar.roll(begin)
    for _ in range(number // spread):
        day = rules.calendar.after(day)
    return day
