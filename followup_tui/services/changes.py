"""What a mutation touched, so that screens reload only when concerned."""

from __future__ import annotations

from followup_tui.records import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """Kinds of rows and ids of the prospects that a unit of work changed."""

    tables: frozenset[str]
    prospects: frozenset[str]
    name: str
    """The name of the undo step."""
    change: int = 0
    """Its id; 0 when nothing was written."""
