"""What one command works with: the options, the services once they are needed, and the way out to stdout and stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from followup_tui.cli.options import Options
from followup_tui.cli.output import Paint, put, put_json, warn
from followup_tui.cli.table import line
from followup_tui.errors import NothingFound
from followup_tui.records import dataclass

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services
    from followup_tui.cli.waiting import Waiting
    from followup_tui.config import Config
    from followup_tui.language.dates import When
    from followup_tui.services.changes import Changes
    from followup_tui.services.views import ProspectView


BEGINNING = frozenset(["add", "import", "restore", "backup", "demo"]) | {
    *("cadence add", "template add", "value add", "list save"),
}
"""The commands that may make the database --db names, or look for it themselves; to others a wrong path is wrong."""


def open_services(options: Options, config: Config) -> Services:
    """Open the services on the database and at the time the options name."""
    from followup_tui import bootstrap

    return bootstrap.open_services(db=options.db, config_path=options.named_config, now=options.start(config.zone))


@dataclass(slots=True)
class Session:
    """One run of the command line."""

    open_app: Callable[..., int]
    """Opens the app, for the one command that does."""
    options: Options = field(default_factory=Options)
    verb: str = ""
    """The command, as `cadence add`."""
    _config: Config | None = None
    _services: Services | None = None
    _said_to_wait: bool = False
    _migration: Waiting | None = None

    @property
    def config(self) -> Config:
        """The configuration; what is wrong with it is said once, and stops nothing."""
        if self._config is None:
            from followup_tui.config import load_config

            self._config = load_config(self.options.config_path, required=self.options.named_config is not None)
            for problem in self._config.problems:
                warn(problem)
        return self._config

    @property
    def services(self) -> Services:
        """The services, opened at the first use."""
        if self._services is None:
            opened = open_services(self.options, self.config)
            if self.options.db and self.verb not in BEGINNING and not os.path.lexists(opened.path):
                raise NothingFound(
                    f"there is no database at {opened.path}", "add or import begins one there; restore brings one back"
                )
            self._services = opened
            self._services.told_to_wait = self._waits
            self._services.told_of_migration = self._migrates
        return self._services

    def _migrates(self, what: str, done: int, of: int) -> bool:
        """Show how far bringing an old database to this version is; ctrl-c ends it, and nothing was changed."""
        from followup_tui.cli.waiting import Waiting

        if self._migration is None and what:
            self._migration = Waiting().__enter__()
        if self._migration is not None:
            self._migration.tell(what, done, of)
            if not what:
                self._migration.__exit__(None, None, None)
                self._migration = None
        return True

    def _waits(self) -> None:
        """Say that another copy is writing, once for each command."""
        if not self._said_to_wait:
            self._said_to_wait = True
            warn("waiting for another copy of Followup to finish writing …")

    @property
    def today(self) -> date:
        """The user's local date."""
        day = self.services.local_today()
        assert isinstance(day, date)
        return day

    @property
    def paint(self) -> Paint:
        """Bold and dim, when they can be seen."""
        return Paint.suited(sys.stdout, off=self.options.no_color)

    def close(self) -> None:
        """Let the database go."""
        if self._services is not None:
            self._services.close()

    def show(self, data: object, lines: Iterable[str]) -> None:
        """Print the data as JSON when asked, else the lines; lines are made only when printed."""
        if self.options.json:
            put_json(data)
        else:
            put(lines)

    def undo_hint(self, changes: Changes) -> list[str]:
        """Return the line that says how to take it back; none when nothing was written."""
        return [self.paint.dim("followup undo takes it back")] if changes.change else []

    def asked(self, prospect: ProspectView) -> Iterator[str]:
        """Return the question that waits for an answer, with the choices; nothing when none does."""
        waits = prospect.next_touch is not None and prospect.next_touch.kind == "decision"
        decision = self.services.log.decision(prospect.id) if waits else None
        if decision is not None:
            choices = " | ".join(choice.choice for choice in decision.choices)
            yield f"{line(decision.text)} followup answer {prospect.id} {choices}"

    def who(self, text: str) -> str:
        """Return the id of the prospect somebody means."""
        return self.services.prospects.resolve(text)

    def when(self, text: str, *, future: bool = True) -> When:
        """Return the date, and the time if one was said, that a phrase means."""
        return self.services.when(text, future=future)

    def moment(self, text: str) -> datetime:
        """Return the past moment a phrase means: noon of a day without a time, now when the day is today."""
        said = self.when(text, future=False)
        now = self.services.now()
        if said.time is None and said.date == now.date():
            return now
        return datetime.combine(said.date, said.time or time(12), now.tzinfo)
