"""The one composition root: paths → configuration → database → services; opening is lazy."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from followup_tui import paths
from followup_tui.bootstrap_ahead import LookingAhead
from followup_tui.bootstrap_day import WorkingTheDay
from followup_tui.bootstrap_handing_over import HandingOver
from followup_tui.bootstrap_saying import SayingServices
from followup_tui.config import Config, load_config
from followup_tui.domain.workdays import FIRST_YEAR, LAST_YEAR, zone_of
from followup_tui.errors import UsageError

if TYPE_CHECKING:
    from followup_tui.language.dates import When
    from followup_tui.services.away import AwayService
    from followup_tui.services.backups import BackupService
    from followup_tui.services.bulk import BulkService
    from followup_tui.services.cadences import CadenceService
    from followup_tui.services.coach import CoachService
    from followup_tui.services.context import Context
    from followup_tui.services.doctor import DoctorService
    from followup_tui.services.duplicates import DuplicateService
    from followup_tui.services.exchange import ExchangeService
    from followup_tui.services.guard import GuardService
    from followup_tui.services.insights import InsightService
    from followup_tui.services.log import LogService
    from followup_tui.services.merging import MergeService
    from followup_tui.services.prospects import ProspectService
    from followup_tui.services.referrals import ReferralService
    from followup_tui.services.smart_lists import SmartListService
    from followup_tui.services.standing_order import StandingOrderService
    from followup_tui.services.today import TodayService
    from followup_tui.services.undo import UndoService


class Services(LookingAhead, SayingServices, WorkingTheDay, HandingOver):
    """Every verb of the product; each service is imported when it is first used."""

    def __init__(
        self, path: Path, config: Config, clock: Callable[[], datetime], config_path: Path | None = None
    ) -> None:
        """`config_path` is where the configuration is written; None: the usual place."""
        self.path = path
        self.config_path = config_path or paths.config_path()
        self.config = config
        self.now = clock
        self.told_to_wait: Callable[[], None] | None = None
        """Called in the thread of a write that has waited two seconds for another copy's, and from time to time."""
        self.told_of_migration: Callable[[str, int, int], bool] | None = None
        """Gets how far bringing an old database to this version is, an empty text at its end; False calls it off."""

    def _migrating(self, what: str, done: int, of: int) -> bool:
        return self.told_of_migration is None or self.told_of_migration(what, done, of)

    @cached_property
    def _context(self) -> Context:
        from followup_tui.services.context import Context
        from followup_tui.storage.database import Database

        database = Database(self.path, lambda: self.told_to_wait and self.told_to_wait(), self._migrating)
        return Context(database, self.config, self.now)

    @cached_property
    def today(self) -> TodayService:
        """The plan of the day."""
        from followup_tui.services.today import TodayService

        return TodayService(self._context)

    @cached_property
    def prospects(self) -> ProspectService:
        """People."""
        from followup_tui.services.prospects import ProspectService

        return ProspectService(self._context)

    @cached_property
    def lists(self) -> SmartListService:
        """Filters under a name."""
        from followup_tui.services.smart_lists import SmartListService

        return SmartListService(self._context)

    @cached_property
    def bulk(self) -> BulkService:
        """Verbs on many prospects at once."""
        from followup_tui.services.bulk import BulkService

        return BulkService(self._context)

    @cached_property
    def log(self) -> LogService:
        """Logging, decisions, moves."""
        from followup_tui.services.log import LogService

        return LogService(self._context)

    @cached_property
    def cadences(self) -> CadenceService:
        """Cadences and enrolments."""
        from followup_tui.services.cadences import CadenceService

        return CadenceService(self._context)

    @cached_property
    def away(self) -> AwayService:
        """The user's own holidays."""
        from followup_tui.services.away import AwayService

        return AwayService(self._context)

    @cached_property
    def guard(self) -> GuardService:
        """The over-contact guard."""
        from followup_tui.services.guard import GuardService

        return GuardService(self._context)

    @cached_property
    def referrals(self) -> ReferralService:
        """Whom people name."""
        from followup_tui.services.referrals import ReferralService

        return ReferralService(self._context, self.prospects)

    @cached_property
    def merging(self) -> MergeService:
        """Two prospects that are one person."""
        from followup_tui.services.merging import MergeService

        return MergeService(self._context)

    @cached_property
    def duplicates(self) -> DuplicateService:
        """Who looks like one person."""
        from followup_tui.services.duplicates import DuplicateService

        return DuplicateService(self._context)

    @cached_property
    def insights(self) -> InsightService:
        """Measures of what was done."""
        from followup_tui.services.insights import InsightService

        return InsightService(self._context)

    @cached_property
    def standing(self) -> StandingOrderService:
        """The standing order that keeps lines in the water."""
        from followup_tui.services.standing_order import StandingOrderService

        return StandingOrderService(self._context)

    @cached_property
    def coach(self) -> CoachService:
        """The coach."""
        from followup_tui.services.coach import CoachService

        return CoachService(self._context)

    @cached_property
    def undo(self) -> UndoService:
        """Undo, redo, history."""
        from followup_tui.services.undo import UndoService

        return UndoService(self._context)

    @cached_property
    def exchange(self) -> ExchangeService:
        """Import and export."""
        from followup_tui.services.exchange import ExchangeService

        return ExchangeService(self._context)

    @cached_property
    def doctor(self) -> DoctorService:
        """Proof of the invariants."""
        from followup_tui.services.doctor import DoctorService

        return DoctorService(self._context)

    @cached_property
    def backups(self) -> BackupService:
        """Backups and the way back."""
        from followup_tui.services.backups import BackupService

        return BackupService(self._context)

    def travel(self, zone: str) -> None:
        """Plan by another zone from now on: the user has flown, and knows; or has flown, and does not yet."""
        clock, there = self.now, zone_of(zone)
        self.now = lambda: clock().astimezone(there)
        self.config = replace(self.config, zone=zone)
        self._context.travel(self.config, self.now)

    def local_today(self) -> date:
        """Return the user's local day."""
        return self._context.today()

    def when(self, text: str, *, future: bool = True) -> When:
        """Return the date, and the time if one was said, that a phrase means; PhraseError for what is none."""
        from followup_tui.services.phrases import understood

        return understood(self._context, text, future)

    def is_ready(self) -> bool:
        """Whether the database can be read as it is: nothing has to be made or migrated first."""
        return self._context.database.is_ready()

    def stamp(self) -> str:
        """Return what changes with every commit by whomever; empty where that can't be told."""
        from followup_tui.early_picture import stamp_of

        return stamp_of(str(self.path))

    def version(self) -> int:
        """Return a number that changes when another process wrote to the database."""
        return self._context.database.version()

    def commits(self) -> int | None:
        """Return the number of commits to the database by whomever; None where that can't be told."""
        return self._context.database.commits()

    def close(self) -> None:
        """Close the database, if it was opened."""
        if "_context" in self.__dict__:
            self._context.database.close()


def open_services(
    *, db: str | None = None, config_path: Path | None = None, now: str | None = None, demo: bool = False
) -> Services:
    """Return the services over a database; nothing is opened or made yet. UsageError for a bad `now`.

    `demo` without a database makes a throw-away one of fictional people.
    """
    from followup_tui.storage.connection import path_of

    config = load_config(config_path or paths.config_path(), required=config_path is not None)
    clock = clock_from(now or os.environ.get("FOLLOWUP_NOW"), config.zone)
    if demo and db is None:
        from followup_tui.services.demo import demo_database

        db = str(demo_database(now=clock(), config=config))
    path = path_of(db or paths.database_path())
    services = Services(path, config, clock, path.with_name("config.toml") if demo else config_path)
    services.memory = None if demo else paths.days_dir()
    return services


def clock_from(text: str | None, zone: str) -> Callable[[], datetime]:
    """Return the clock: the machine's, or one that started at `text` (ISO) and runs on from there."""
    here = zone_of(zone)
    if not text:
        return lambda: datetime.now(here)
    try:
        start = datetime.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"--now: “{text}” is not a time", "write it as 2026-11-23T09:00") from None
    if not FIRST_YEAR <= start.year < LAST_YEAR:
        raise UsageError(f"--now: “{text}” is out of reach", f"a year from {FIRST_YEAR} until {LAST_YEAR - 1}")
    if len(text.strip()) <= 10:
        start = datetime.combine(start.date(), time(9))
    start = start.replace(tzinfo=here) if start.tzinfo is None else start.astimezone(here)
    began = datetime.now(here)
    return lambda: (start.astimezone(zone_of("UTC")) + (datetime.now(here) - began)).astimezone(here)
