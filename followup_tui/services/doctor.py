"""Doctor: proves what the product promises about its data, in plain sentences."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from followup_tui import __version__
from followup_tui.domain.lifecycle import invariant_broken
from followup_tui.domain.model import State
from followup_tui.domain.retelling import retold
from followup_tui.errors import FollowupError
from followup_tui.services.changes import Changes
from followup_tui.services.context import Context
from followup_tui.services.day_blocks import stored_blocks
from followup_tui.services.filtering import understood
from followup_tui.services.holiday_calendar import holidays_of
from followup_tui.services.rebuilding import Cancelled, Progress, RebuildView, go_on, rebuild, why
from followup_tui.services.views import CheckView
from followup_tui.storage import finding, journal, rulebook, standing
from followup_tui.storage.checks import (
    days,
    foreign_keys,
    images,
    integrity,
    orphans,
    pairs,
    sqlite_version,
    standing_row,
    states,
    strands,
    unreadable,
)
from followup_tui.storage.codec import dumps, loads
from followup_tui.storage.connection import HEAD
from followup_tui.storage.meanings import meaningless, missing

_NAMED = 5
_TOLD = 500


class DoctorService:
    """Checks that can fail."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def check(self, progress: Progress | None = None) -> list[CheckView]:
        """Return every check with what was found; a database that can't even be opened has failed the second one.

        FollowupError when `progress` cancels.
        """
        path = self._context.database.path
        version = CheckView("version", True, f"Followup {__version__}, schema {HEAD}, SQLite {sqlite_version()}")
        try:
            self._context.database.prepare()
        except FollowupError as error:
            return [version, CheckView("opening", False, str(error)), self._backups()]
        tell = progress or (lambda what, done, of: True)
        asked: list[tuple[str, Callable[[Any], Iterable[str]], str]] = [
            ("integrity", integrity, f"{path} is whole"),
            ("values", unreadable, "every value is what its column says"),
            ("meanings", meaningless, "every value means something"),
            ("schema", missing, "every index and trigger is there"),
            ("foreign keys", foreign_keys, "every row belongs to somebody"),
            ("state for everybody", orphans, "every prospect has a state and a journal"),
            ("next touch", self._invariants, "everyone in play has a next touch"),
            ("journal", lambda connection: self._replayed(connection, tell), "every state is what its journal says"),
            ("finding", finding.problems, "the index of words and the columns of filters agree"),
            ("kept", self._kept, "days, blocks, lists, library, merges and undo steps can be read"),
        ]
        found = [version, *self._permissions(), self._backups()]
        for number, (name, question, fine) in enumerate(asked):
            go_on(tell(f"checks: {name}", number, len(asked)))
            found.append(self._asked(name, question, fine))
        return found

    def rebuild(self, progress: Progress | None = None) -> tuple[RebuildView, Changes]:
        """Write anew what can be derived from the journal, after a backup, as one undo step.

        FollowupError when `progress` cancels: the backup stays, and no state is another.
        """
        return rebuild(self._context, progress)

    def _asked(self, name: str, question: Callable[[Any], Iterable[str]], fine: str) -> CheckView:
        """Return one check; what can't even be asked, because the file is damaged, has failed."""
        try:
            with self._context.database.reading() as connection:
                problems = list(question(connection))
        except Cancelled:
            raise
        except FollowupError as error:
            problems = [str(error)]
        return _of(name, problems, fine)

    def _backups(self) -> CheckView:
        """Say where the backups are, and whether the newest one is good."""
        from followup_tui.services.backups import BackupService

        service = BackupService(self._context)
        found = service.list()
        where = f"in {service.folder}"
        if not found:
            return CheckView("backups", True, f"there is none yet {where}; the first start of a day makes one")
        try:
            problem = service.look(Path(found[0].file)).problem
        except FollowupError as error:
            problem = str(error)
        if problem:
            return CheckView("backups", False, f"the newest one, {found[0].file}, is damaged: {problem}")
        return CheckView("backups", True, f"{len(found)} {where}; the newest, {Path(found[0].file).name}, is good")

    def _kept(self, connection: Any) -> Iterator[str]:
        """Yield what is wrong with days, blocks, lists, merges and undo steps."""
        yield from (*days(connection), *strands(connection), *pairs(connection), *images(connection))
        for day, blocks in connection.execute("SELECT day, blocks FROM day_exception").fetchall():
            try:
                stored_blocks(blocks, date.fromisoformat(day))
            except FollowupError as error:
                yield error.title
        for name, filter in connection.execute("SELECT name, filter FROM smart_list").fetchall():
            try:
                understood(connection, filter)
            except FollowupError as error:
                yield f"the list “{name}” can't be understood: {error.title}"

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

    def _invariants(self, connection: Any) -> Iterator[str]:
        today = self._context.today()
        for prospect_id, text in states(connection):
            broken = invariant_broken(loads(State, text), today)
            if broken:
                yield f"{prospect_id}: {broken}"

    def _replayed(self, connection: Any, tell: Progress) -> Iterator[str]:
        rules = rulebook.all_rules(connection, holidays_of)
        stored = dict(states(connection))
        current = self._context.rules(connection)
        for number, (prospect_id, entries) in enumerate(groupby(journal.entries(connection), key=itemgetter(0))):
            if number % _TOLD == 0:
                go_on(tell("journals", number, max(number, len(stored))))
            try:
                state = retold((strand, event, now, rules[key]) for _, strand, event, now, key in entries)
            except (FollowupError, LookupError, ValueError, ArithmeticError) as error:
                yield f"{prospect_id}: its journal can't be replayed ({why(error)})"
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
