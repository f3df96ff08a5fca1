"""Rebuilding what can be derived: states and the columns of the queue, from the journal, as one undo step."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from followup_tui.domain.cadence import Rules
from followup_tui.domain.model import State
from followup_tui.domain.retelling import retold
from followup_tui.errors import FollowupError
from followup_tui.records import dataclass
from followup_tui.services.backups import BackupService
from followup_tui.services.changes import Changes
from followup_tui.services.context import Context, changes_of
from followup_tui.services.holiday_calendar import holidays_of
from followup_tui.storage import finding, journal, rulebook, standing
from followup_tui.storage.meanings import unfindable
from followup_tui.storage.unit_of_work import UnitOfWork

NAME = "Rebuild from the journal"
_TOLD = 100
Progress = Callable[[str, int, int], bool]
"""Gets what is looked at, how much of it is done and how much there is; returns False to cancel."""


class Cancelled(FollowupError):
    """The user stopped it."""

    def __init__(self) -> None:
        super().__init__("cancelled: no state was changed")


def go_on(wanted: bool) -> None:
    """Go on, or stop when that is no longer wanted."""
    if not wanted:
        raise Cancelled


@dataclass(frozen=True, slots=True)
class RebuildView:
    """What rebuilding did."""

    backup: str
    """The copy made before."""
    mended: tuple[str, ...]
    """Ids of the prospects whose state or queue columns were written anew."""
    left: tuple[str, ...]
    """Sentences about what can't be derived."""


def rebuild(context: Context, progress: Progress | None = None) -> tuple[RebuildView, Changes]:
    """Write every state and its columns as the journal says, after a backup; what is right already stays untouched."""
    tell = progress or (lambda what, done, of: True)
    made = BackupService(context).make(reason="rebuild", progress=tell)
    go_on(tell("indexes of words", 0, 1))
    finding.make_anew(context.database)
    mended: list[str] = []
    left: list[str] = []
    with context.working(NAME) as work:
        rules = rulebook.all_rules(work.connection, holidays_of)
        mended += _findable(work)
        ids = work.execute("SELECT id FROM prospect ORDER BY 1").fetchall()
        for number, (prospect_id,) in enumerate(ids):
            if number % _TOLD == 0:
                go_on(tell("journals", number, len(ids)))
            try:
                state = _derived(work, prospect_id, rules)
            except (FollowupError, LookupError, ValueError, TypeError, ArithmeticError) as error:
                left.append(f"{prospect_id}: its journal can't be replayed ({why(error)})")
                continue
            if state is None:
                left.append(f"{prospect_id}: there is no journal to derive a state from")
            elif _written(context, work, prospect_id, state) and prospect_id not in mended:
                mended.append(str(prospect_id))
        if mended:
            work.name = f"{NAME} ({len(mended)} mended)"
    return RebuildView(made.file, tuple(mended), tuple(left)), changes_of(work)


def _findable(work: UnitOfWork) -> list[str]:
    """Write anew what people are found by where it is another, and return whose."""
    lost = list(unfindable(work.connection))
    for key, search in lost:
        work.update("prospect", key, {"search": search})
    return [key for key, _ in lost]


def why(error: Exception) -> str:
    """Return why a journal can't be replayed: a bare key is the number of rules that are gone."""
    return f"the rules {error} it was written under are missing" if isinstance(error, KeyError) else str(error)


def _derived(work: UnitOfWork, prospect_id: str, rules: Mapping[int, Rules]) -> State | None:
    """Return what the journal says; None without one."""
    entries = list(journal.entries(work.connection, prospect_id))
    return retold((strand, event, now, rules[key]) for _, strand, event, now, key in entries) if entries else None


def _written(context: Context, work: UnitOfWork, prospect_id: str, state: State) -> bool:
    """Write a state where the stored one differs, and say whether it did."""
    wanted = standing.columns(prospect_id, state, context.rules(work.connection))
    row = work.one("standing", prospect_id)
    if row is None:
        work.insert("standing", wanted)
        return True
    if all(row[name] == value for name, value in wanted.items()):
        return False
    work.update("standing", prospect_id, {name: value for name, value in wanted.items() if name != "prospect_id"})
    return True
