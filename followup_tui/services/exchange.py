"""Bringing people in and taking them out; an import is one change, so one undo takes it back."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, nullcontext
from itertools import islice
from pathlib import Path
from typing import TextIO

from followup_tui.domain.cleaning import clean_stored
from followup_tui.errors import FollowupError, UsageError
from followup_tui.exchange.drafts import Rejection
from followup_tui.exchange.reading import Reading
from followup_tui.records import dataclass, replace
from followup_tui.services.arrivals import Arrivals
from followup_tui.services.backups import BackupService
from followup_tui.services.changes import Changes
from followup_tui.services.context import Context, changes_of
from followup_tui.services.history_taking import HistoryTaking
from followup_tui.services.import_wishes import Wishes, recalled, refusal, remember
from followup_tui.services.lots import SIZE, Lot, lots, uncollected
from followup_tui.services.reading_beside import Asked, is_large, lots_of
from followup_tui.services.taken_file import TakenFile
from followup_tui.services.views import ImportView
from followup_tui.storage.lookup import nobody
from followup_tui.storage.many_at_once import many_at_once
from followup_tui.storage.unit_of_work import UnitOfWork

_HELD = 40_000
"""KiB of new pages held back: beyond them SQLite writes before the commit, and then others wait with their reading."""
_HELD_IN_SIGHT = 160_000
"""While a screen is used meanwhile: enough for a hundred thousand people, and nobody waits."""
Progress = Callable[[int], bool]
"""Gets the number done so far and returns False to cancel."""


class _DryRun(Exception):
    """Leaves the unit of work without keeping anything."""


@dataclass(frozen=True, slots=True)
class _Run:
    """What is asked of one import."""

    wishes: Wishes
    per_day: int | None
    look: bool
    first: int | None
    progress: Progress | None

    def tell(self, rows: int) -> None:
        """Say how far it is; FollowupError when it was cancelled."""
        if self.progress is not None and not self.progress(rows):
            raise FollowupError("the import was cancelled: nothing was changed")


class ExchangeService:
    """Import and export."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def import_files(
        self,
        paths: Sequence[Path],
        *,
        format: str = "auto",
        mapping: Mapping[str, str] | None = None,
        placed: Mapping[str, str] | None = None,
        encoding: str = "",
        delimiter: str = "",
        cadence: str | None = None,
        per_day: int | None = None,
        tags: Sequence[str] = (),
        known_only: bool = False,
        all_or_nothing: bool = False,
        dry_run: bool = False,
        first: int | None = None,
        in_sight: bool = False,
        progress: Progress | None = None,
    ) -> tuple[ImportView, Changes]:
        """Import files in one transaction; bad rows are reported and never stop the rest, unless `all_or_nothing`.

        `mapping` is field → column, `placed` column → field, `extra` or empty to leave it out; what was placed is
        remembered for the next file with the same header row, unless a `mapping` is given. `progress` gets the rows
        read so far and returns False to cancel, which leaves everything as it was. Of a file of activities the touches
        are taken, with `known_only` those of people who are here already. A dry run may stop behind the `first` rows
        of each file; a complete export of ours is always looked at as a whole. `in_sight`: a screen is used meanwhile,
        and must be able to read until the last moment, which takes memory.
        """
        if not paths:
            raise UsageError("which file?", "followup import FILE")
        if per_day is not None and per_day < 1:
            raise UsageError("--per-day needs a number from 1 on")
        wishes = Wishes(
            format,
            mapping or {},
            placed or {},
            encoding,
            delimiter,
            tuple(tag for tag in map(clean_stored, tags) if tag),
            cadence,
            all_or_nothing and not dry_run,
            known_only,
        )
        files = [TakenFile(path) for path in paths]
        name = f"Import {paths[0].name}" if len(paths) == 1 else f"Import {len(paths)} files"
        if not dry_run:
            BackupService(self._context).before("import")
        run = _Run(wishes, per_day, dry_run, first if dry_run else None, progress)
        with self._apart(paths, run) if dry_run else nullcontext(self) as taking:
            work = taking._context.working(name, cards=False)
            from followup_tui.exchange.formats import may_be_complete

            held = _HELD_IN_SIGHT if in_sight else _HELD
            owners = not any(may_be_complete(path, format) for path in paths)
            with many_at_once(work.connection, held, with_owners=owners), uncollected():
                enrolled = taking._take(files, work, run)
        views = tuple(one.report() for one in files)
        undo = "" if dry_run or not work.tables else work.name
        changes = Changes(frozenset(), frozenset(), name) if dry_run else changes_of(work)
        cut = any(one.cut for one in files)
        return ImportView(views, dry_run, undo, enrolled, cadence, looked_at=first if cut else None), changes

    @contextmanager
    def _apart(self, paths: Sequence[Path], run: _Run) -> Iterator[ExchangeService]:
        """Look at a large file in a copy of the database: others write meanwhile. A small one takes a moment."""
        from followup_tui.storage.scratch import scratch

        if not any(is_large(path) for path in paths if run.first is None or path.suffix.lower() == ".json"):
            yield self
            return
        context = self._context
        with scratch(context.database, lambda: run.tell(0)) as database:
            yield ExchangeService(Context(database, context.config, context.now))

    def _take(self, files: Sequence[TakenFile], work: UnitOfWork, run: _Run) -> int:
        """Take the files in as one unit of work, and return how many were enrolled; a look leaves nothing behind."""
        enrolled = 0
        try:
            with work:
                arrivals = Arrivals(self._context, work, run.wishes.cadence, run.per_day)
                for one in files:
                    self._one(one, work, arrivals, run)
                arrivals.finish()
                enrolled = arrivals.enrolled
                work.name = f"{work.name} ({sum(one.created for one in files)} new)"
                if run.look:
                    raise _DryRun
        except _DryRun:
            work.tables.clear()
        return enrolled

    def _one(self, one: TakenFile, work: UnitOfWork, arrivals: Arrivals, run: _Run) -> None:
        from followup_tui.exchange.formats import open_file

        wishes = run.wishes
        remembered: dict[str, str] = {}

        def recall(header: Sequence[str]) -> Mapping[str, str]:
            remembered.update(recalled(work, header))
            return remembered

        options = wishes.options(self._context.config.default_region, recall)
        reading = open_file(one.path, format=wishes.format, options=options)
        one.reading = reading
        if reading.complete is not None:
            if wishes.cadence is not None:
                raise UsageError(f"{one.path.name}: its people bring their own cadences", "leave --cadence out")
            arrivals.finish()
            self._return(one, reading, work, run.progress)
        elif reading.is_history:
            arrivals.expect_touches()
            self._touches(one, reading, HistoryTaking(self._context, work, arrivals, wishes.known_only), run)
        else:
            if run.look:
                one.samples = {name: tuple(some) for name, some in reading.samples().items()}
            elif wishes.placed:
                remember(work, reading.columns)
            told = replace(options, recall=None, placed=remembered or options.placed)
            asked = Asked(one.path, wishes.format, told, wishes.tags)
            found = lots_of(reading, asked) if run.first is None else lots(reading, wishes.tags, run.first)
            self._people(one, reading, found, arrivals, run)

    def _people(self, one: TakenFile, reading: Reading, found: Generator[Lot], arrivals: Arrivals, run: _Run) -> None:
        """Take the people of a table or of cards, a lot at a time."""
        alone = nobody(arrivals.work)
        with closing(found):
            for rows, people, refused, one.cut, ids, closer in found:
                reading.rows = rows
                if refused and run.wishes.all_or_nothing:
                    raise refusal(one.path.name, refused[0])
                one.refuse(refused)
                one.count(arrivals.take(people, ids, closer if alone else None))
                run.tell(rows)

    def _touches(self, one: TakenFile, reading: Reading, history: HistoryTaking, run: _Run) -> None:
        """Take the activities of another program."""
        found = reading.touches(self._context.config.zone)
        while lot := list(islice(found, SIZE)):
            refused = [item for item in lot if isinstance(item, Rejection)]
            taken = history.take([item for item in lot if not isinstance(item, Rejection)])
            one.count(taken.people)
            refused += taken.rejected
            if refused and run.wishes.all_or_nothing:
                raise refusal(one.path.name, refused[0])
            one.refuse(refused)
            one.touches.update(taken.channels)
            one.doubled += taken.doubled
            run.tell(reading.rows)
            if run.first is not None and reading.rows >= run.first:
                one.cut = next(found, None) is not None
                return

    def _return(self, one: TakenFile, reading: Reading, work: UnitOfWork, progress: Progress | None) -> None:
        """Take a complete export of ours: people with their journals."""
        from followup_tui.services.returning import bring_back

        outcome = bring_back(self._context, work, reading, progress)
        one.created, one.skipped = outcome.created, outcome.skipped
        one.refuse(outcome.rejected)
        one.sample = outcome.names

    def export(
        self,
        path: Path,
        *,
        format: str | None = None,
        where: str = "",
        ids: Sequence[str] | None = None,
        raw: bool = False,
        replace: bool = True,
        out: TextIO | None = None,
        progress: Progress | None = None,
    ) -> int:
        """Write prospects to a file and return how many; `progress` may cancel, and then the file is as it was.

        All of them, those a filter finds (NothingFound for nobody), or those named by `ids`. A file that is there is
        refused without `replace`. `out`: written there as it comes, and no file is made.

        JSON is complete, CSV safe for spreadsheets unless raw, vCard (4.0) for address books.
        """
        from followup_tui.services.leaving import WRITERS
        from followup_tui.services.replacing import replacing

        ending = path.suffix.removeprefix(".").lower() or "json"
        chosen = format.lower() if format else {"vcf": "vcard"}.get(ending, ending)
        if chosen not in WRITERS:
            raise UsageError(f"can't export “{chosen}”", "use --format json, csv or vcard")
        target = replacing(path, keep=not replace) if out is None else nullcontext(out)
        return WRITERS[chosen](self._context, target, where if ids is None else ids, raw, progress)
