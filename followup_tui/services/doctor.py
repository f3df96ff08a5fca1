"""Doctor: proves what the product promises about its data, in plain sentences."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from itertools import groupby

from followup_tui import __version__
from followup_tui.domain.lifecycle import invariant_broken, replay
from followup_tui.domain.model import State
from followup_tui.errors import FollowupError
from followup_tui.services.context import Context
from followup_tui.services.holiday_calendar import holidays_of
from followup_tui.services.views import CheckView
from followup_tui.storage import journal, rulebook, standing
from followup_tui.storage.checks import foreign_keys, integrity, orphans, sqlite_version, standing_row, states
from followup_tui.storage.codec import dumps, loads
from followup_tui.storage.connection import HEAD

_NAMED = 5


class DoctorService:
    """Checks that can fail."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def check(self) -> list[CheckView]:
        """Return every check with what was found; errors of opening are raised as they are."""
        path = self._context.database.path
        checks = [CheckView("version", True, f"Followup {__version__}, schema {HEAD}, SQLite {sqlite_version()}")]
        with self._context.database.reading() as connection:
            checks += list(self._permissions())
            checks.append(_of("integrity", integrity(connection), f"{path} is whole"))
            checks.append(_of("foreign keys", foreign_keys(connection), "every row belongs to somebody"))
            checks.append(_of("state for everybody", orphans(connection), "every prospect has a state and a journal"))
            checks.append(_of("next touch", list(self._invariants(connection)), "everyone in play has a next touch"))
            checks.append(_of("journal", list(self._replayed(connection)), "every state is what its journal says"))
        return checks

    def _permissions(self) -> Iterator[CheckView]:
        path = self._context.database.path
        try:
            mode = stat.S_IMODE(os.lstat(path).st_mode)
        except OSError as error:
            raise FollowupError(f"{path}: {error.strerror}") from None
        yield CheckView(
            "permissions",
            not mode & 0o077,
            f"{path} is {mode:04o}" + ("" if not mode & 0o077 else f": others can read it; chmod 600 {path}"),
        )

    def _invariants(self, connection: object) -> Iterator[str]:
        today = self._context.today()
        for prospect_id, text in states(connection):
            broken = invariant_broken(loads(State, text), today)
            if broken:
                yield f"{prospect_id}: {broken}"

    def _replayed(self, connection: object) -> Iterator[str]:
        rules = rulebook.all_rules(connection, holidays_of)  # type: ignore[arg-type]
        stored = dict(states(connection))
        current = self._context.rules(connection)
        for prospect_id, entries in groupby(journal.entries(connection), key=lambda entry: entry[0]):  # type: ignore[arg-type]
            try:
                state = replay((event, now, rules[key]) for _, event, now, key in entries)
            except FollowupError as error:
                yield f"{prospect_id}: its journal can't be replayed ({error})"
                continue
            if dumps(state) != stored.get(prospect_id):
                yield f"{prospect_id}: the stored state differs from its journal"
            elif (row := standing_row(connection, prospect_id)) is not None:
                wanted = standing.columns(prospect_id, state, current)
                wrong = [name for name, value in row.items() if wanted[name] != value]
                if wrong:
                    yield f"{prospect_id}: the queue's columns differ from its state ({', '.join(wrong)})"


def _of(name: str, problems: list[str], fine: str) -> CheckView:
    if not problems:
        return CheckView(name, True, fine)
    shown = "; ".join(problems[:_NAMED])
    more = f"; and {len(problems) - _NAMED} more" if len(problems) > _NAMED else ""
    return CheckView(name, False, shown + more)
