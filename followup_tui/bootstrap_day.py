"""The part of the composition root that works the day: triage, a block's clock, what is left over, what it came to."""

from __future__ import annotations

from abc import abstractmethod
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from followup_tui.services.block_clock import BlockClock
    from followup_tui.services.context import Context
    from followup_tui.services.days import DayService
    from followup_tui.services.forecast import ForecastService
    from followup_tui.services.insights import InsightService
    from followup_tui.services.log import LogService
    from followup_tui.services.measures import MeasureService
    from followup_tui.services.solving import SolvingService
    from followup_tui.services.today import TodayService
    from followup_tui.services.triage import TriageService


class WorkingTheDay:
    """Each service is imported when it is first used."""

    memory: Path | None = None
    """The folder that keeps what takes long to count, over the end of the program; None: nothing is kept."""

    @cached_property
    @abstractmethod
    def _context(self) -> Context: ...

    @cached_property
    @abstractmethod
    def today(self) -> TodayService:
        """The plan of the day."""

    @cached_property
    @abstractmethod
    def log(self) -> LogService:
        """Logging, decisions, moves."""

    @cached_property
    @abstractmethod
    def insights(self) -> InsightService:
        """Promises and reasons, looked back at."""

    @cached_property
    @abstractmethod
    def forecast(self) -> ForecastService:
        """The workload ahead."""

    @cached_property
    def triage(self) -> TriageService:
        """Overdue work."""
        from followup_tui.services.triage import TriageService

        return TriageService(self._context)

    @cached_property
    def clock(self) -> BlockClock:
        """The clock of the block that is worked."""
        from followup_tui.services.block_clock import BlockClock

        return BlockClock(self._context)

    @cached_property
    def days(self) -> DayService:
        """What the days came to, and the streak."""
        from followup_tui.services.days import DayService

        return DayService(self._context, self.today, self.memory)

    @cached_property
    def measures(self) -> MeasureService:
        """The measures beside the numbers of the sources."""
        from followup_tui.services.measures import MeasureService

        return MeasureService(self._context, self.days, self.insights, self.forecast)

    @cached_property
    def solving(self) -> SolvingService:
        """Ways out for what is left over."""
        from followup_tui.services.solving import SolvingService

        return SolvingService(self._context, self.today, self.log)
