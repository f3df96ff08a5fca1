"""What value items and templates have in common: found by id or name, written, taken away, all as one undo step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol, TypeVar

from followup_tui.domain.channels import find_channel
from followup_tui.domain.cleaning import clean_stored
from followup_tui.errors import NothingFound, UsageError
from followup_tui.services.changes import Changes
from followup_tui.services.context import Context, changes_of
from followup_tui.storage import library
from followup_tui.storage.unit_of_work import Row, UnitOfWork, instant

ANSWER_DAYS = 14
"""Days within which an answer counts for what was sent, ours."""


class _Numbered(Protocol):
    @property
    def id(self) -> object: ...


K = TypeVar("K", bound=_Numbered)


def chosen(found: Sequence[K], said: str, what: str, name: Callable[[K], str]) -> K:
    """Return the one that is meant by its id, its name or the only beginning of it; case aside."""
    wanted = clean_stored(said).casefold()
    by_id = [one for one in found if str(one.id) == wanted]
    exact = by_id or [one for one in found if name(one).casefold() == wanted]
    begun = exact or [one for one in found if wanted and name(one).casefold().startswith(wanted)]
    if len(begun) == 1:
        return begun[0]
    names = ", ".join(f"{one.id} {name(one)}" for one in (begun or found)[:8])
    if begun:
        raise UsageError(f"“{said}” may be several", names)
    raise NothingFound(f"no {what} is called “{said}”", f"there are {names}" if names else "")


def channel_names(words: Iterable[str]) -> str:
    """Return names of channels as they are stored; UsageError for an unknown one."""
    return ",".join(dict.fromkeys(find_channel(word).name for word in words if word.strip()))


def tag_words(words: Iterable[str], have: Sequence[str] = ()) -> str:
    """Return tags as they are stored: those there are, with more; one that begins with - is taken away."""
    said = [" ".join(clean_stored(word).replace(",", " ").split()).casefold() for word in words]
    gone = {word.removeprefix("-") for word in said if word.startswith("-")}
    kept = [tag for tag in (*have, *said) if tag and not tag.startswith("-") and tag not in gone]
    return ",".join(dict.fromkeys(kept))


def put_in(context: Context, table: str, row: Row, what: str) -> tuple[int, Changes]:
    """Store a new row, or wake a retired one of the same name; UsageError when the name is taken."""
    name = str(row[library.NAMED[table]])
    with context.working(f"Add {what} · {name}") as work:
        before = library.row_named(work, table, name)
        if before is not None and not before["retired"]:
            raise UsageError(f"there is a {what} called “{before[library.NAMED[table]]}” already", "edit that one")
        if before is None:
            key = work.insert(table, {**row, "created_at": instant(work.now)})
        else:
            key = int(before["id"] or 0)
            work.update(table, key, {**row, "retired": 0})
    return key, changes_of(work)


def change(context: Context, table: str, key: int, row: Row, what: str) -> Changes:
    """Change columns of a row; UsageError when its new name is another one's."""
    column = library.NAMED[table]
    with context.working(f"Edit {what}") as work:
        before = work.one(table, key)
        if before is None:
            raise NothingFound(f"the {what} is gone", "somebody removed it meanwhile")
        name = str(row.get(column, before[column]))
        work.name = f"Edit {what} · {name}"
        other = library.row_named(work, table, name)
        if other is not None and other["id"] != key:
            raise UsageError(f"there is a {what} called “{other[column]}” already", "choose another name")
        if name != before[column]:
            _rename(work, table, str(before[column]), name)
        work.update(table, key, row)
    return changes_of(work)


def _rename(work: UnitOfWork, table: str, before: str, after: str) -> None:
    """Let the touches that name it follow, so that nobody is offered it again under another name."""
    from followup_tui.storage import journal

    column = "value" if table == "value_item" else "template"
    rows = work.execute(f"SELECT id FROM journal WHERE kind = 'touch' AND {column} = ?", (before,)).fetchall()
    for (entry,) in rows:
        if column == "value":
            journal.amend(work, int(entry), {"value": after})
        else:
            work.update("journal", entry, {"template": after})


def take_out(context: Context, table: str, key: int, what: str) -> tuple[bool, Changes]:
    """Remove a row nobody names; retire one that touches name or that ships. Return whether it was only retired."""
    with context.working(f"Remove {what}") as work:
        row = work.one(table, key)
        if row is None:
            raise NothingFound(f"the {what} is gone", "somebody removed it meanwhile")
        name = str(row[library.NAMED[table]])
        retired = bool(library.uses(work.connection, table, name) or row.get("source"))
        work.name = f"{'Retire' if retired else 'Remove'} {what} · {name}"
        if retired:
            work.update(table, key, {"retired": 1})
        else:
            work.delete(table, key)
    return retired, changes_of(work)


def responses() -> tuple[str, ...]:
    """Return the names of the outcomes that are an answer of theirs (§4)."""
    from followup_tui.domain.model import Outcome, OutcomeKind

    return tuple(outcome.value for outcome in Outcome if outcome.kind is OutcomeKind.RESPONSE)


def counted(connection: Any, table: str) -> dict[str, tuple[int, int]]:
    """Return how often each was sent and answered, by name in lower case."""
    return library.tallies(connection, table, responses(), ANSWER_DAYS)
