"""The part of the composition root that lets a process of its own do long work in the place of this one."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from followup_tui.config import Config

if TYPE_CHECKING:
    from followup_tui.services.context import Context


class HandingOver:
    """What another process has to know to do the same as this one."""

    path: Path
    config: Config
    config_path: Path
    now: Callable[[], datetime]
    keys_come_first = False
    """Whether somebody types here: then long work is done in a process of its own (own_process.py)."""

    @cached_property
    @abstractmethod
    def _context(self) -> Context: ...

    def standing_on(self) -> tuple[Path, Config, Path, datetime, str]:
        """Return the database, the configuration and its file, the instant it is, and this session's name."""
        return self.path, self.config, self.config_path, self.now(), self._context.database.session

    def belong_to(self, session: str) -> None:
        """Write in the name of another process's session: what is written here was asked for there."""
        self._context.database.session = session
