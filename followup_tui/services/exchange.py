"""Bringing people in and taking them out; an import is one change, so one undo takes it back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from itertools import islice
from pathlib import Path

from followup_tui.domain.cleaning import clean_stored
from followup_tui.errors import FollowupError, UsageError
from followup_tui.exchange.drafts import Draft, Rejection
from followup_tui.exchange.reading import Reading
from followup_tui.records import dataclass
from followup_tui.services.arrivals import Arrivals, Counts
from followup_tui.services.backups import BackupService
from followup_tui.services.changes import Changes
from followup_tui.services.context import Context, changes_of
from followup_tui.services.history_taking import HistoryTaking
from followup_tui.services.import_wishes import Wishes, recalled, refusal, remember
from followup_tui.services.views import FileReportView, ImportView, RejectedView
from followup_tui.storage.connection import CACHE
from followup_tui.storage.unit_of_work import UnitOfWork

_LOT = 500
"""Rows looked up and written at a time."""
_SHOWN = 5
_HELD = 160_000
"""KiB of new pages held back: once SQLite writes before the commit, nobody else can read until the import is done."""
Progress = Callable[[int], bool]
"""Gets the number done so far and returns False to cancel."""


class _DryRun(Exception):
    """Leaves the unit of work without keeping anything."""


@dataclass(slots=True)
class _File:
    """What came of one file so far."""

    path: Path
    reading: Reading | None = None
    created: int = 0
    updated: int = 0
    skipped: int = 0
    rejected: list[RejectedView] = field(default_factory=list)
    sample: list[str] = field(default_factory=list)
    completed: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    samples: dict[str, tuple[str, ...]] = field(default_factory=dict)
    touches: Counter[str] = field(default_factory=Counter)
    doubled: int = 0


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
        progress: Progress | None = None,
    ) -> tuple[ImportView, Changes]:
        """Import files in one transaction; bad rows are reported and never stop the rest, unless `all_or_nothing`.

        `mapping` is field → column, `placed` column → field, `extra` or empty to leave it out; what was placed is
        remembered for the next file with the same header row, unless a `mapping` is given. `progress` gets the rows
        read so far and returns False to cancel, which leaves everything as it was. Of a file of activities the touches
        are taken, with `known_only` those of people who are here already.
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
        files = [_File(path) for path in paths]
        name = f"Import {paths[0].name}" if len(paths) == 1 else f"Import {len(paths)} files"
        if not dry_run:
            BackupService(self._context).before("import")
        work = self._context.working(name, cards=False)
        enrolled = self._take(files, work, wishes, per_day, dry_run, progress)
        views = tuple(_report(one) for one in files)
        undo = "" if dry_run or not work.tables else work.name
        changes = Changes(frozenset(), frozenset(), name) if dry_run else changes_of(work)
        return ImportView(views, dry_run, undo, enrolled, cadence), changes

    def _take(
        self,
        files: Sequence[_File],
        work: UnitOfWork,
        wishes: Wishes,
        per_day: int | None,
        look: bool,
        progress: Progress | None,
    ) -> int:
        """Take the files in as one unit of work, and return how many were enrolled; a look leaves nothing behind."""
        enrolled = 0
        try:
            work.connection.execute(f"PRAGMA cache_size = -{_HELD}")
            with work:
                arrivals = Arrivals(self._context, work, wishes.cadence, per_day)
                for one in files:
                    self._one(one, work, arrivals, wishes, look, progress)
                arrivals.finish()
                enrolled = arrivals.enrolled
                work.name = f"{work.name} ({sum(one.created for one in files)} new)"
                if look:
                    raise _DryRun
        except _DryRun:
            work.tables.clear()
        finally:
            work.connection.execute(f"PRAGMA cache_size = -{CACHE}")
        return enrolled

    def _one(
        self, one: _File, work: UnitOfWork, arrivals: Arrivals, wishes: Wishes, look: bool, progress: Progress | None
    ) -> None:
        from followup_tui.exchange.formats import open_file

        options = wishes.options(self._context.config.default_region, lambda header: recalled(work, header))
        reading = open_file(one.path, format=wishes.format, options=options)
        one.reading = reading
        if reading.complete is not None:
            if wishes.cadence is not None:
                raise UsageError(f"{one.path.name}: its people bring their own cadences", "leave --cadence out")
            arrivals.finish()
            self._return(one, reading, work, progress)
            return
        if reading.is_history:
            self._touches(
                one, reading, HistoryTaking(self._context, work, arrivals, wishes.known_only), wishes, progress
            )
            return
        if look:
            one.samples = {name: tuple(some) for name, some in reading.samples().items()}
        if wishes.placed and not look:
            remember(work, reading.columns)
        lot: list[Draft] = []
        for found in reading:
            if isinstance(found, Rejection):
                one.rejected.append(RejectedView(found.line, found.field, found.why))
                if wishes.all_or_nothing:
                    raise refusal(one.path.name, found)
                continue
            lot.append(wishes.tagged(found))
            if len(lot) >= _LOT:
                self._store(one, arrivals, lot)
                if progress is not None and not progress(reading.rows):
                    raise FollowupError("the import was cancelled: nothing was changed")
        self._store(one, arrivals, lot)
        if progress is not None and not progress(reading.rows):
            raise FollowupError("the import was cancelled: nothing was changed")

    def _touches(
        self, one: _File, reading: Reading, history: HistoryTaking, wishes: Wishes, progress: Progress | None
    ) -> None:
        """Take the activities of another program."""
        found = reading.touches(self._context.config.zone)
        while lot := list(islice(found, _LOT)):
            refused = [item for item in lot if isinstance(item, Rejection)]
            taken = history.take([item for item in lot if not isinstance(item, Rejection)])
            self._count(one, taken.people)
            refused += taken.rejected
            if refused and wishes.all_or_nothing:
                raise refusal(one.path.name, refused[0])
            one.rejected += [RejectedView(item.line, item.field, item.why) for item in refused]
            one.touches.update(taken.channels)
            one.doubled += taken.doubled
            if progress is not None and not progress(reading.rows):
                raise FollowupError("the import was cancelled: nothing was changed")

    def _store(self, one: _File, arrivals: Arrivals, lot: list[Draft]) -> None:
        self._count(one, arrivals.take(lot))
        lot.clear()

    def _count(self, one: _File, counts: Counts) -> None:
        one.created += len(counts.created)
        one.updated += len(counts.updated)
        one.skipped += len(counts.skipped)
        for names, some in ((one.sample, counts.created), (one.completed, counts.updated), (one.known, counts.skipped)):
            names += some[: _SHOWN - len(names)]

    def _return(self, one: _File, reading: Reading, work: UnitOfWork, progress: Progress | None) -> None:
        """Take a complete export of ours: people with their journals."""
        from followup_tui.services.returning import bring_back

        outcome = bring_back(self._context, work, reading, progress)
        one.created, one.skipped = outcome.created, outcome.skipped
        one.rejected = [RejectedView(item.line, item.field, item.why) for item in outcome.rejected]
        one.sample = outcome.names[:_SHOWN]

    def export(
        self,
        path: Path,
        *,
        format: str | None = None,
        where: str = "",
        ids: Sequence[str] | None = None,
        raw: bool = False,
        progress: Progress | None = None,
    ) -> int:
        """Write prospects to a file and return how many; `progress` may cancel, and then the file is as it was.

        All of them, those a filter finds (NothingFound for nobody), or those named by `ids`.

        JSON is complete, CSV safe for spreadsheets unless raw, vCard (4.0) for address books.
        """
        from followup_tui.services.leaving import WRITERS

        ending = path.suffix.removeprefix(".").lower() or "json"
        chosen = format.lower() if format else {"vcf": "vcard"}.get(ending, ending)
        if chosen not in WRITERS:
            raise UsageError(f"can't export “{chosen}”", "use --format json, csv or vcard")
        return WRITERS[chosen](self._context, path, where if ids is None else ids, raw, progress)


def _report(one: _File) -> FileReportView:
    reading = one.reading
    assert reading is not None
    return FileReportView(
        file=str(one.path),
        format=reading.format,
        encoding=reading.encoding,
        delimiter=reading.delimiter,
        rows=reading.rows,
        created=one.created,
        updated=one.updated,
        skipped=one.skipped,
        rejected=tuple(one.rejected),
        columns=dict(reading.columns),
        sample=tuple(one.sample),
        sheet=reading.sheet,
        samples=one.samples,
        recalled=reading.recalled,
        completed=tuple(one.completed),
        known=tuple(one.known),
        touches=dict(one.touches),
        doubled=one.doubled,
    )
