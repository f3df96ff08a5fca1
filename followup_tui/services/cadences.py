"""Cadences: who is on which, and putting people on them (domain §3, §5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from followup_tui.domain.channels import DETAIL_KINDS
from followup_tui.domain.workdays import WorkCalendar
from followup_tui.services.ahead import from_today
from followup_tui.services.cadence_editing import CadenceEditing
from followup_tui.services.cadence_words import cadence_view
from followup_tui.services.context import Context
from followup_tui.services.enrolling import Enrolling
from followup_tui.services.migrating import Migrating
from followup_tui.services.views import AheadView, CadenceView

EVERY_DAY = WorkCalendar(frozenset(range(7)))


class CadenceService(CadenceEditing, Migrating, Enrolling):
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
