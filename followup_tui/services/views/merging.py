"""Two prospects side by side, and the pairs that look like one person."""

from __future__ import annotations

from followup_tui.records import dataclass
from followup_tui.services.views.people import DetailView, NextTouchView, TouchView, WhoView


@dataclass(frozen=True, slots=True)
class MergeSideView:
    """One of the two as it is now."""

    id: str
    name: str
    company: str
    relation: str
    cadence: str | None
    attempts: int
    touches: int
    entries: int
    """Journal entries, touches among them."""
    next_touch: NextTouchView | None
    newest: tuple[TouchView, ...]
    """The newest touches, the newest first."""
    details: tuple[DetailView, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MergeFieldView:
    """One fact of which one value stands first; the other is kept as `other` says."""

    field: str
    a: str
    b: str
    chosen: str
    """`a` (the kept prospect's) or `b`."""
    other: str = ""
    """Where the value that was not chosen goes; empty when nothing is left over."""

    @property
    def differs(self) -> bool:
        """Whether there is something to choose."""
        return self.a != self.b


@dataclass(frozen=True, slots=True)
class MergeView:
    """What a merge does, or did: a's id stays, b's record ends, nothing is lost."""

    a: MergeSideView
    b: MergeSideView
    fields: tuple[MergeFieldView, ...]
    relation: str
    cadence: str | None
    attempts: int
    touches: int
    next_touch: NextTouchView | None
    told: tuple[str, ...]
    """What it means, in sentences."""
    dry_run: bool = False
    undo: str = ""


@dataclass(frozen=True, slots=True)
class PairView:
    """Two prospects that look like one person."""

    a: WhoView
    b: WhoView
    score: int
    """How alike, up to 100."""
    reasons: tuple[str, ...]
