"""Facts of the clock: written durably, and no undo step.

That a block was begun, or a day ended, is true whatever is undone later; a change of its own would stand between the
user and taking back the last log, which is what `u` is for.
"""

from __future__ import annotations

from datetime import datetime

from followup_tui.storage.database import Database
from followup_tui.storage.unit_of_work import UnitOfWork, Value


class Noting(UnitOfWork):
    """A transaction that undo never sees: no change is listed, no image kept."""

    def __init__(self, database: Database, now: datetime) -> None:
        super().__init__(database, "", now, amends=0)

    def __enter__(self) -> Noting:
        """Begin; the write lock is taken at once."""
        super().__enter__()
        return self

    def _keep(self, table: str, key: Value, image: str | None) -> None:
        """Keep nothing: a fact is not taken back."""
