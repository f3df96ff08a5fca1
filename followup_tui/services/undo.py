"""Undo and redo: every change, across restarts, by name."""

from __future__ import annotations

from followup_tui.domain.workdays import zone_of
from followup_tui.errors import NothingFound
from followup_tui.services.changes import Changes
from followup_tui.services.context import Context
from followup_tui.services.views import HistoryView
from followup_tui.storage import history
from followup_tui.storage.history import Entry
from followup_tui.storage.unit_of_work import UnitOfWork


class UndoService:
    """Taking changes back and bringing them again, newest first."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def history(self, limit: int = 50) -> list[HistoryView]:
        """Return the changes, the newest first."""
        with self._context.database.reading() as connection:
            return [self._view(entry) for entry in history.listed(connection, limit)]

    def undo(self, n: int = 1) -> tuple[list[HistoryView], Changes]:
        """Take back the newest `n` changes; NothingFound when there is none."""
        return self._walk(n, undone=True)

    def redo(self, n: int = 1) -> tuple[list[HistoryView], Changes]:
        """Bring back the `n` changes undone last; NothingFound when there is none."""
        return self._walk(n, undone=False)

    def _walk(self, n: int, *, undone: bool) -> tuple[list[HistoryView], Changes]:
        context = self._context
        done: list[HistoryView] = []
        work = UnitOfWork(context.database, "undo", context.now(), amends=0)
        with work:
            for _ in range(n):
                entry = history.newest_done(work) if undone else history.oldest_undone(work)
                if entry is None:
                    break
                history.swap(work, entry[0], undone=undone)
                done.append(self._view((*entry[:3], undone, entry[4])))
            if not done:
                raise NothingFound(
                    "nothing to undo" if undone else "nothing to redo", "followup history lists the changes"
                )
            work.tables.add("change")
        verb = "Undo" if undone else "Redo"
        name = f"{verb} {done[0].name}" if len(done) == 1 else f"{verb} {len(done)} changes"
        return done, Changes(frozenset(work.tables), frozenset(work.prospects), name, done[-1].id)

    def _view(self, entry: Entry) -> HistoryView:
        key, at, name, undone, _ = entry
        return HistoryView(key, at.astimezone(zone_of(self._context.config.zone)), name, undone)
