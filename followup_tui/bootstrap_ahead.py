"""The part of the composition root that looks beyond today: blocks, week, forecast, clocks, calendar."""

from __future__ import annotations

from abc import abstractmethod
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from followup_tui.config import Config

if TYPE_CHECKING:
    from followup_tui.services.agenda import AgendaService
    from followup_tui.services.blocks import BlockService
    from followup_tui.services.context import Context
    from followup_tui.services.forecast import ForecastService
    from followup_tui.services.week import WeekService
    from followup_tui.services.zones import ZoneService


class LookingAhead:
    """Each service is imported when it is first used."""

    config: Config
    config_path: Path

    @cached_property
    @abstractmethod
    def _context(self) -> Context: ...

    @cached_property
    def blocks(self) -> BlockService:
        """The blocks of the week and of single dates."""
        from followup_tui.services.blocks import BlockService

        return BlockService(self._context, self.config_path, self._hold)

    @cached_property
    def agenda(self) -> AgendaService:
        """The days ahead for a calendar."""
        from followup_tui.services.agenda import AgendaService

        return AgendaService(self._context)

    @cached_property
    def forecast(self) -> ForecastService:
        """The workload ahead."""
        from followup_tui.services.forecast import ForecastService

        return ForecastService(self._context)

    @cached_property
    def zones(self) -> ZoneService:
        """The prospects' clocks."""
        from followup_tui.services.zones import ZoneService

        return ZoneService(self._context)

    @cached_property
    def week(self) -> WeekService:
        """A week at a glance."""
        from followup_tui.services.week import WeekService

        return WeekService(self._context)

    def _hold(self, config: Config) -> None:
        """Let a fresh configuration hold from now on, without a restart."""
        self.config = config
        self._context.config = config
