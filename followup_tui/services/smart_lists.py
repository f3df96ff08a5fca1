"""Smart lists: filters under a name, those that ship and the user's own, with how many each finds now."""

from __future__ import annotations

from typing import Any

from followup_tui.domain.cleaning import clean_stored
from followup_tui.domain.folding import fold
from followup_tui.errors import FollowupError, NothingFound, PhraseError, UsageError
from followup_tui.language.smart_lists import SMART_LISTS
from followup_tui.records import dataclass
from followup_tui.services.changes import Changes
from followup_tui.services.context import Context, changes_of
from followup_tui.storage import lists, settings
from followup_tui.storage.unit_of_work import UnitOfWork

_SHIPPED = {fold(shipped.name): shipped for shipped in SMART_LISTS}
LONGEST = 60
"""Characters of a name."""


@dataclass(frozen=True, slots=True)
class SmartListView:
    """A filter under a name."""

    name: str
    filter: str
    shipped: bool
    count: int | None = None
    """How many it finds now; None when it was not asked, or its filter is not understood any more."""


class SmartListService:
    """The lists at the left of the prospects, and `list:` in filters."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def all(self) -> list[SmartListView]:
        """Return the lists that ship, then the saved ones in their order."""
        with self._context.database.reading() as connection:
            return _all(connection)

    def counted(self) -> list[SmartListView]:
        """Return all lists with how many each finds now, read together."""
        with self._context.database.reading() as connection:
            return [
                SmartListView(one.name, one.filter, one.shipped, self._count(connection, one.filter))
                for one in _all(connection)
            ]

    def _count(self, connection: Any, filter: str) -> int | None:
        from followup_tui.services.filtering import count_matching

        try:
            return count_matching(self._context, connection, filter)
        except PhraseError:
            return None

    def save(self, name: str, filter: str) -> tuple[SmartListView, Changes]:
        """Save a filter under a name, or change what the list of that name holds.

        PhraseError, with the column, for a filter that is not understood or would hold itself.
        """
        from followup_tui.language.filters import parse_filter
        from followup_tui.language.lists import with_lists
        from followup_tui.services.filtering import known_lists

        wanted, text = _checked(name), " ".join(filter.split())
        if not text:
            raise UsageError("an empty filter finds everybody", "say whom the list holds, as relation:cold")
        with self._context.working(f"Save list {wanted}") as work:
            held = known_lists(work.connection) | {fold(wanted): text}
            with_lists(parse_filter(text), held)
            with_lists(parse_filter(f'list:"{wanted}"'), held)
            here = lists.saved(work.connection)
            key = next((key for key, known, _ in here if fold(known) == fold(wanted)), None)
            if key is None:
                work.insert("smart_list", {"name": wanted, "filter": text, "position": len(here) + 1})
            else:
                work.name = f"Change list {wanted}"
                work.update("smart_list", key, {"name": wanted, "filter": text})
        return SmartListView(wanted, text, False), changes_of(work)

    def rename(self, name: str, new: str) -> tuple[SmartListView, Changes]:
        """Give a saved list another name; the lists that name it follow."""
        wanted = _checked(new)
        with self._context.working(f"Rename list {name} to {wanted}") as work:
            key, known, filter = _saved(work, name)
            work.name = f"Rename list {known} to {wanted}"
            taken = {fold(other) for other_key, other, _ in lists.saved(work.connection) if other_key != key}
            if fold(wanted) in taken:
                raise UsageError(f"there is a list “{wanted}” already", "choose another name")
            if fold(wanted) != fold(known):
                _refuse_used(work, known, "rename")
            work.update("smart_list", key, {"name": wanted})
        return SmartListView(wanted, filter, False), changes_of(work)

    def remove(self, name: str) -> Changes:
        """Take a saved list away; one that another list names stays."""
        with self._context.working("Remove list") as work:
            key, known, _ = _saved(work, name)
            work.name = f"Remove list {known}"
            _refuse_used(work, known, "remove")
            work.delete("smart_list", key)
        return changes_of(work)

    def table(self) -> str:
        """Return how the table of prospects was arranged; empty when it never was."""
        with self._context.database.reading() as connection:
            return settings.read(connection, settings.TABLE)

    def arrange(self, table: str) -> tuple[str, Changes]:
        """Remember how the table of prospects is arranged."""
        with self._context.working("Arrange the table of prospects") as work:
            settings.write(work, settings.TABLE, table)
        return table, changes_of(work)

    def shift(self, name: str, by: int) -> Changes:
        """Move a saved list up (-1) or down (1) among the saved ones."""
        with self._context.working("Move list") as work:
            key, known, _ = _saved(work, name)
            work.name = f"Move list {known}"
            keys = [other for other, *_ in lists.saved(work.connection)]
            place = keys.index(key)
            keys.insert(max(0, min(len(keys) - 1, place + by)), keys.pop(place))
            for position, other in enumerate(keys, 1):
                work.update("smart_list", other, {"position": position})
        return changes_of(work)


def _all(connection: Any) -> list[SmartListView]:
    shipped = [SmartListView(one.name, one.filter, True) for one in SMART_LISTS]
    return shipped + [SmartListView(name, filter, False) for _, name, filter in lists.saved(connection)]


def _checked(name: str) -> str:
    """Return a name that can be typed behind `list:`; UsageError otherwise."""
    wanted = clean_stored(name)
    if not fold(wanted):
        raise UsageError("a list needs a name", 'followup list save "Roofers" tag:roof')
    if len(wanted) > LONGEST or '"' in wanted or "\\" in wanted:
        raise UsageError(f"“{wanted[:LONGEST]}” can't be a list's name", f"at most {LONGEST} characters, no quotes")
    if fold(wanted) in _SHIPPED:
        raise UsageError(f"“{wanted}” ships with Followup", "choose another name")
    return wanted


def _saved(work: UnitOfWork, name: str) -> tuple[int, str, str]:
    """Return key, name and filter of a saved list; errors for one that ships, and for none."""
    found = next((one for one in lists.saved(work.connection) if fold(one[1]) == fold(clean_stored(name))), None)
    if found is not None:
        return found
    if fold(clean_stored(name)) in _SHIPPED:
        raise FollowupError(f"“{clean_stored(name)}” ships with Followup and stays", "save your own beside it")
    raise NothingFound(f"there is no list “{clean_stored(name)}”", "followup list shows them")


def _refuse_used(work: UnitOfWork, name: str, verb: str) -> None:
    """Refuse what would leave another list with a name nobody knows."""
    from followup_tui.language.filters import parse_filter
    from followup_tui.language.lists import names_in

    for _, other, filter in lists.saved(work.connection):
        if fold(other) != fold(name) and fold(name) in names_in(parse_filter(filter)):
            raise FollowupError(f"the list “{other}” names “{name}”", f"change that one before you {verb} this")
