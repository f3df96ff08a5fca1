"""What every service stands on: the database, the configuration, the clock, and the rules in force."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from itertools import accumulate
from types import TracebackType
from typing import Any

from followup_tui.config import Config
from followup_tui.domain.cadence import Cadence, Rules
from followup_tui.domain.workdays import local_day
from followup_tui.services.changes import Changes
from followup_tui.services.holiday_calendar import holidays_of
from followup_tui.storage import rulebook
from followup_tui.storage.database import Database
from followup_tui.storage.rulebook import RuleSettings
from followup_tui.storage.settings import AWAY
from followup_tui.storage.unit_of_work import UnitOfWork

_CHANCE = random.SystemRandom()
"""The system's own, so that nobody can tell the next id; `secrets` is the same behind a slower import."""
_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
"""In the order of the alphabet, so that greater numbers make later ids."""
_APART = 1_000_000
"""The most numbers between two ids of one import."""


class Context:
    """Shared by the services of one process; thread-safe."""

    def __init__(self, database: Database, config: Config, clock: Callable[[], datetime]) -> None:
        self.database = database
        self.config = config
        self.now = clock
        """The instant it is, aware, in the user's zone."""
        self._rules: tuple[object, Rules, str] | None = None
        self._working: dict[int, _Working] = {}
        """Units of work under way, by their connections."""

    def travel(self, config: Config, clock: Callable[[], datetime]) -> None:
        """Go on by another configuration's zone and its clock."""
        self.config, self.now, self._rules = config, clock, None

    def today(self) -> date:
        """Return the user's local day: it starts at `day_starts`."""
        return local_day(self.now(), self.config.zone, self.config.day_starts)

    def rules(self, connection: Any) -> Rules:
        """Return the rules in force now."""
        return self._current(connection)[1]

    def rules_id(self, work: UnitOfWork) -> int:
        """Return the id of the rules in force, stored with every journal entry."""
        return rulebook.rules_id(work.connection, self._current(work.connection)[2])

    def _current(self, connection: Any) -> tuple[object, Rules, str]:
        work = self._working.get(id(connection))
        if work is None or work.tables & _RULING:
            return self._looked_up(connection)
        work.ruled = work.ruled or self._looked_up(connection)
        return work.ruled

    def _looked_up(self, connection: Any) -> tuple[object, Rules, str]:
        stamp = connection.execute(
            "SELECT group_concat(id || retired || name || version), (SELECT value FROM setting WHERE key = ?) "
            "FROM cadence",
            (AWAY,),
        ).fetchone()
        if self._rules is None or self._rules[0] != stamp:
            versions, current = rulebook.cadences(connection)
            settings = self._settings(current, tuple((stamp[1] or "").split()))
            self._rules = (stamp, settings.rules(versions, holidays_of), settings.document())
        return self._rules

    def _settings(self, current: Mapping[str, int], away: tuple[str, ...]) -> RuleSettings:
        config = self.config
        return RuleSettings(
            config.zone,
            config.day_starts.isoformat("minutes"),
            tuple(sorted(config.working_days)),
            config.holidays,
            config.limits.cold,
            config.limits.engaged,
            config.pace.gentle,
            config.meeting_minutes,
            current,
            away,
            config.cards,
        )

    def cadence_named(self, connection: Any, text: str) -> Cadence:
        """Return the newest version of a cadence by name, case aside; FollowupError naming those there are."""
        from followup_tui.errors import UsageError

        rules = self.rules(connection)
        wanted = " ".join(text.split()).casefold()
        named = [name for name in rules.current if name.casefold() == wanted]
        named = named or [name for name in rules.current if wanted and name.casefold().startswith(wanted)]
        if len(named) != 1:
            raise UsageError(f"unknown cadence “{text}”", "use one of " + ", ".join(sorted(rules.current)))
        return rules.named(named[0])

    def working(self, name: str, *, cards: bool = True) -> UnitOfWork:
        """Return a unit of work: one transaction, one undo step, named for people.

        Without `cards` what is written stays as it came: an import looks at nobody's cards, the next change does.
        """
        return _Working(self, name) if cards else UnitOfWork(self.database, name, self.now())


_RULING = {"cadence", "setting"}
"""The tables that decide about the rules."""


class _Working(UnitOfWork):
    """A unit of work that looks at the cards once a day, when something is written anyway.

    It holds the write lock: the rules it began with stay in force until it writes others itself.
    """

    def __init__(self, context: Context, name: str) -> None:
        super().__init__(context.database, name, context.now())
        self._context = context
        self.ruled: tuple[object, Rules, str] | None = None

    def __enter__(self) -> _Working:
        """Begin."""
        super().__enter__()
        self._context._working[id(self.connection)] = self
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Plan cards anew where they need it, then commit; an error rolls everything back."""
        try:
            if error is None and self.tables:
                from followup_tui.services.cards import catch_up

                try:
                    catch_up(self._context, self)
                except BaseException as problem:
                    super().__exit__(type(problem), problem, problem.__traceback__)
                    raise
            super().__exit__(kind, error, trace)
        finally:
            self._context._working.pop(id(self.connection), None)


def changes_of(work: UnitOfWork) -> Changes:
    """Return what a finished unit of work touched."""
    return Changes(frozenset(work.tables), frozenset(work.prospects), work.name, work.change)


class AscendingIds:
    """Ids for many who come at once, as `new_id` makes them but ascending: each goes behind the one before.

    Between two stay up to a million: the indexes grow at their ends, and who comes later finds room between.
    """

    def __init__(self) -> None:
        self._next = _CHANCE.randrange(len(_ALPHABET) ** 8)

    def some(self, number: int) -> list[str]:
        """Return so many ids in their order; where the last possible one is passed, from the first on."""
        chance = random.Random(_CHANCE.getrandbits(64)).random
        numbers = list(accumulate([int(chance() * _APART) + 1 for _ in range(number)], initial=self._next))
        self._next = numbers.pop() % len(_ALPHABET) ** 8
        return [spelled(one % len(_ALPHABET) ** 8) for one in numbers]


class FreshIds(AscendingIds):
    """Such ids that nobody has."""

    def __init__(self, work: UnitOfWork) -> None:
        super().__init__()
        self._work = work

    def some(self, number: int) -> list[str]:
        """Return so many ids nobody has, in their order."""
        found: list[str] = []
        while missing := number - len(found):
            found += self.free(super().some(missing))
        return found

    def free(self, wanted: list[str]) -> list[str]:
        """Return those of some ids, not empty and in their order, that nobody has."""
        from followup_tui.storage import lookup

        taken = lookup.taken(self._work, wanted)
        return [one for one in wanted if one not in taken] if taken else wanted


@cache
def _pairs() -> list[str]:
    return [one + other for one in _ALPHABET for other in _ALPHABET]


def spelled(number: int) -> str:
    """Return a number below 30⁸ as an id; greater numbers come later in the alphabet."""
    pairs, size = _pairs(), len(_ALPHABET) ** 2
    first, second = divmod(number, size**2)
    return pairs[first // size] + pairs[first % size] + pairs[second // size] + pairs[second % size]


def new_id(taken: Callable[[str], bool]) -> str:
    """Return a short random id nobody has; no vowels, so it spells nothing, and no digit that looks like a letter."""
    while True:
        fresh = spelled(_CHANCE.randrange(len(_ALPHABET) ** 8))
        if not taken(fresh):
            return fresh
