"""Erasing a person: everywhere, for good (interface §1)."""

from __future__ import annotations

from followup_tui.early_picture import forget
from followup_tui.services.changes import Changes
from followup_tui.services.context import Context
from followup_tui.storage import erasing


class Erasing:
    """The one change that cannot be undone; front ends ask before."""

    _context: Context

    def erase(self, prospect_id: str) -> Changes:
        """Remove a person with everything that speaks of them, undo history included; NothingFound for nobody."""
        context = self._context
        erasing.erase(context.database, prospect_id, context.now())
        forget()
        tables = frozenset({"prospect", "detail", "tag", "standing", "journal", "change"})
        return Changes(tables, frozenset({prospect_id}), "Erase a prospect")
