"""The options every command takes, and the quick look that tells a plain start from a command."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from typing import Any

from followup_tui.cli.plain import plain_words
from followup_tui.errors import UsageError
from followup_tui.records import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """What was said before or after the name of the command; the later one holds."""

    db: str | None = None
    """Path or URL."""
    config: str | None = None
    now: str | None = None
    json: bool = False
    no_color: bool = False
    version: bool = False

    def merged(self, values: dict[str, Any]) -> Options:
        """Return these options with those that are set in `values`."""
        return replace(self, **{name: value for name, value in values.items() if value})

    @property
    def config_path(self) -> Path:
        """The configuration file that was named, else the usual one."""
        from followup_tui import paths

        return Path(self.config).expanduser() if self.config else paths.config_path()

    @property
    def named_config(self) -> Path | None:
        """The configuration file somebody named, which therefore has to be there."""
        return self.config_path if self.config or os.environ.get("FOLLOWUP_CONFIG") else None

    @property
    def database(self) -> str:
        """The database that was named, else the usual one."""
        from followup_tui import paths

        return paths.database_path({**os.environ, "FOLLOWUP_DB": self.db}) if self.db else paths.database_path()

    def start(self, zone: str) -> str | None:
        """Return the instant to start at, ISO with an offset; None: the clock's."""
        text = self.now or os.environ.get("FOLLOWUP_NOW")
        return starting_at(text, zone).isoformat() if text else None


def plain_start(arguments: Sequence[str]) -> Options | None:
    """Return the options when there is nothing but options everybody takes, None when a parser has to look closer."""
    found = plain_words(arguments)
    return Options(**found) if found is not None else None


def starting_at(text: str, zone: str) -> datetime:
    """Return the instant an ISO text means, in the user's zone when it has no offset; a date alone is its 09:00."""
    from zoneinfo import ZoneInfo

    from followup_tui.domain.workdays import FIRST_YEAR, LAST_YEAR

    try:
        moment = datetime.fromisoformat(text.strip())
        if len(text.strip()) <= 10:
            moment = datetime.combine(moment, time(9))
        here = ZoneInfo(zone)
        moment = moment.replace(tzinfo=here) if moment.tzinfo is None else moment.astimezone(here)
    except (ValueError, OverflowError):
        raise UsageError(f"--now “{text}” is not a time", "expected ISO, as 2026-11-23T09:00") from None
    if not FIRST_YEAR <= moment.year < LAST_YEAR:
        raise UsageError(f"--now “{text}” is out of reach", f"a year from {FIRST_YEAR} until {LAST_YEAR - 1}")
    return moment
