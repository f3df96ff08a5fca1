"""After an edit: who is on an older version, what moving to the newest would change, and moving them (domain §5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from followup_tui.domain.cadence import Cadence, Rules
from followup_tui.domain.events import Migrated
from followup_tui.domain.lifecycle import preview
from followup_tui.domain.model import PlanKind, State
from followup_tui.domain.planning import plan_of
from followup_tui.errors import FollowupError, UsageError
from followup_tui.services import present
from followup_tui.services.changes import Changes
from followup_tui.services.context import Context, changes_of
from followup_tui.services.recording import record, stored
from followup_tui.services.views import MigrationRow
from followup_tui.storage import people
from followup_tui.storage.people import Person

_LOT = 400


class Migrating:
    """Keep is doing nothing; migrate is one change, one undo."""

    _context: Context

    def migration(self, name: str) -> tuple[MigrationRow, ...]:
        """Return everybody on an older version with step and date before and after; the same function as the act."""
        context = self._context
        with context.database.reading() as connection:
            rules = context.rules(connection)
            newest = context.cadence_named(connection, name)
            found = list(_older(connection, newest, rules))
            lots = (found[begin : begin + _LOT] for begin in range(0, len(found), _LOT))
            return tuple(self._row(person, newest, rules) for lot in lots for person in people.people(connection, lot))

    def migrate(self, name: str, ids: Sequence[str] | None = None) -> tuple[int, Changes]:
        """Move prospects, everybody for None, to the newest version; UsageError for one who is not on an older one."""
        context = self._context
        with context.working("Migrate") as work:
            rules = context.rules(work.connection)
            newest = context.cadence_named(work.connection, name)
            chosen = list(_older(work.connection, newest, rules) if ids is None else dict.fromkeys(ids))
            for prospect_id in chosen:
                try:
                    record(context, work, prospect_id, Migrated(newest.id))
                except UsageError as error:
                    who = stored(work.connection, prospect_id).name
                    raise FollowupError(f"{who} {error.title}", error.hint) from None
            who = stored(work.connection, chosen[0]).name if len(chosen) == 1 else f"{len(chosen)} prospects"
            work.name = f"Migrate {who} to {newest.name}, version {newest.version}"
        return len(chosen), changes_of(work)

    def _row(self, person: Person, newest: Cadence, rules: Rules) -> MigrationRow:
        before = present.state_of(person)
        after = preview(before, Migrated(newest.id), self._context.now(), rules).state
        assert before.enrolment is not None
        assert after.enrolment is not None
        version = rules.cadence(before.enrolment.cadence_id).version
        who = present.who_view(person, self._context)
        return MigrationRow(
            who, version, before.enrolment.step, _planned(before), after.enrolment.step, _planned(after)
        )


def _planned(state: State) -> date | None:
    plan = plan_of(state, PlanKind.STEP)
    return plan.date if plan is not None else None


def _older(connection: Any, newest: Cadence, rules: Rules) -> Iterator[str]:
    """Yield who is on another version of this cadence, by the date of what is next."""
    older = [one.id for one in rules.cadences.values() if one.name == newest.name and one.id != newest.id]
    marks = ", ".join("?" * len(older))
    sql = f"SELECT prospect_id FROM standing WHERE cadence_id IN ({marks}) ORDER BY next_date, prospect_id"
    for row in connection.execute(sql, older).fetchall():
        yield str(row[0])
