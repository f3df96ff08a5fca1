"""Verbs on many prospects: one transaction, one undo step, and whoever can't be changed is named with the reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, time

from followup_tui.domain.cleaning import clean_stored
from followup_tui.domain.events import Changed, Closed, Event, Moved, Paused
from followup_tui.domain.model import PauseRule
from followup_tui.domain.workdays import day_name
from followup_tui.errors import FollowupError, UsageError
from followup_tui.services import present
from followup_tui.services.changes import Changes
from followup_tui.services.context import Context, changes_of
from followup_tui.services.recording import record, stored
from followup_tui.services.views import BulkView, WhoView
from followup_tui.storage import standing
from followup_tui.storage.lookup import next_id
from followup_tui.storage.people import Person
from followup_tui.storage.unit_of_work import UnitOfWork, Value

Progress = Callable[[int], bool]
"""Gets the number done so far and returns False to cancel."""
_LOT = 400


class Cancelled(FollowupError):
    """The user stopped it: nothing was changed."""

    def __init__(self) -> None:
        super().__init__("cancelled: nothing was changed")


class BulkService:
    """Each verb takes ids, and tells how many were changed and who was refused."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def star(self, ids: Sequence[str], on: bool = True, progress: Progress | None = None) -> tuple[BulkView, Changes]:
        """Star prospects, or take their stars away."""

        def star(work: UnitOfWork, person: Person) -> None:
            if person.star is not on:
                work.update("prospect", person.id, {"star": int(on)})
                state = standing.read(work, person.id)
                record(self._context, work, person.id, Changed(state.good, on, state.pace))

        return self._each("Star" if on else "Unstar", ids, star, progress)

    def pause(
        self, ids: Sequence[str], until: date | None = None, rule: str = "freeze", progress: Progress | None = None
    ) -> tuple[BulkView, Changes]:
        """Stop the clock of prospects until a date, or open (§5)."""
        return self._told("Pause", ids, Paused(until, PauseRule(rule)), progress)

    def move(
        self, ids: Sequence[str], day: date, at: time | None = None, progress: Progress | None = None
    ) -> tuple[BulkView, Changes]:
        """Plan the next touch of prospects for another day."""
        return self._told(f"Move to {day_name(day)}", ids, Moved(day, at), progress)

    def close(self, ids: Sequence[str], reason: str = "", progress: Progress | None = None) -> tuple[BulkView, Changes]:
        """Close prospects: nothing more is planned; they can be reopened."""
        return self._told("Close", ids, Closed(clean_stored(reason)), progress)

    def tag(
        self, ids: Sequence[str], tags: Sequence[str], progress: Progress | None = None
    ) -> tuple[BulkView, Changes]:
        """Add tags to prospects; one that begins with - is taken away."""
        words = list(dict.fromkeys(word for tag in tags if (word := clean_stored(tag).casefold()).strip("-")))
        if not words:
            raise UsageError("no tag was given", "type words; one that begins with - is taken away")
        with self._context.working(_named("Tag", len(ids))) as work:
            done = 0
            for begin in range(0, len(ids), _LOT):
                lot = ids[begin : begin + _LOT]
                for word in words:
                    _tag(work, lot, word)
                done += len(lot)
                _go_on(progress, done)
            if len(ids) == 1:
                work.name = f"Tag {stored(work.connection, ids[0]).name}"
        return BulkView(len(ids)), changes_of(work)

    def _told(self, verb: str, ids: Sequence[str], event: Event, progress: Progress | None) -> tuple[BulkView, Changes]:
        def tell(work: UnitOfWork, person: Person) -> None:
            record(self._context, work, person.id, event)

        return self._each(verb, ids, tell, progress)

    def _each(
        self,
        verb: str,
        ids: Sequence[str],
        change: Callable[[UnitOfWork, Person], None],
        progress: Progress | None,
    ) -> tuple[BulkView, Changes]:
        """Do it to each; UsageError when all are refused, so that no step without a change can be undone."""
        refused: list[tuple[WhoView, str]] = []
        done = 0
        with self._context.working(verb) as work:
            for number, who in enumerate(ids, 1):
                person = stored(work.connection, who)
                try:
                    change(work, person)
                    done += 1
                    work.name = f"{verb} · {person.name}" if len(ids) == 1 else _named(verb, done)
                except UsageError as error:
                    refused.append((present.who_view(person, self._context), error.title))
                if not number % 50:
                    _go_on(progress, number)
            if not done and refused:
                raise UsageError(f"nobody was changed: {refused[0][0].name} {refused[0][1]}".rstrip())
        return BulkView(done, tuple(refused)), changes_of(work)


def _tag(work: UnitOfWork, lot: Sequence[str], word: str) -> None:
    """Give a tag to those of a lot who lack it, or take it from those who have it."""
    marks = ", ".join("?" * len(lot))
    tag = word.removeprefix("-")
    rows = work.execute(f"SELECT id, prospect_id FROM tag WHERE tag = ? AND prospect_id IN ({marks})", (tag, *lot))
    have = {str(owner): int(key) for key, owner in rows}
    work.remember_prospects(lot)
    if word.startswith("-"):
        for key in have.values():
            work.delete("tag", key)
        return
    lacking = enumerate((who for who in lot if who not in have), next_id(work, "tag"))
    fresh: list[dict[str, Value]] = [{"id": key, "prospect_id": who, "tag": tag} for key, who in lacking]
    work.insert_many("tag", fresh)


def _go_on(progress: Progress | None, done: int) -> None:
    if progress is not None and not progress(done):
        raise Cancelled


def _named(verb: str, number: int) -> str:
    return f"{verb} · {number:,} prospects"
