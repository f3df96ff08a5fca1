"""The only worker code: `query` reads, `mutate` writes; services run in a thread, what follows on the loop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, TypeVar, cast

from textual.app import App, ScreenStackError
from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.worker import Worker

from followup_tui.errors import DatabaseBusy, FollowupError, NotOurDatabase
from followup_tui.tui.aside import Aside
from followup_tui.tui.migration_notice import MigrationNotice
from followup_tui.tui.typing_pauses import Rest, Typing

if TYPE_CHECKING:
    from textual.worker import WorkType

    from followup_tui.bootstrap import Services
    from followup_tui.headstart import FirstPlan, Headstart
    from followup_tui.services.changes import Changes

T = TypeVar("T")
Failed = Callable[[FollowupError], None]

PAINTED = 0.05
"""Seconds a write waits at most until what its key changed on the screen is painted."""


class Ops(Typing):
    """Opens the services on first use and runs them off the event loop.

    Answers come back on the loop, so a superseded query is simply cancelled there and its late result dropped.
    """

    def __init__(
        self,
        app: App[int],
        open_services: Callable[[], Services],
        changed: Callable[[Changes | None], None],
        failed: Callable[[FollowupError, bool], None],
        waiting: Callable[[], None] = lambda: None,
    ) -> None:
        """`changed` gets what a mutation changed, None when another process wrote; `failed` an error nobody else took,
        and whether anything has ever been read; `waiting` is called while a write waits long for another one's."""
        super().__init__()
        self._app = app
        self._open = open_services
        self._changed = changed
        self._failed = failed
        self._waiting = waiting
        self._services: Services | None = None
        self._opening = asyncio.Lock()
        self._writing = asyncio.Lock()
        self._aside = Aside()
        self._writes: set[Worker[None]] = set()
        self._unpainted: set[asyncio.Event] = set()
        """Writes that wait for the picture."""
        self._version: int | None = None
        self.own: set[int] = set()
        """The changes made in this session."""
        self._found = 0
        """The newest change that was there when the session began."""
        self._has_read = False
        self._written = 0
        """How many writes came to a good end: what failed before one says nothing about the database after it."""
        self._trouble = ""
        """What the last look said was wrong, so that it is said once."""
        self.headstart: Headstart | None = None
        """The first plan, made by a process of its own; taken once."""
        self._ahead: FirstPlan | None = None
        """What was shown before the database was opened here; None when that has been held against the database."""

    def query(
        self,
        group: str,
        fn: Callable[[Services], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
        *,
        owner: DOMNode | None = None,
        beside: bool = False,
        patient: bool | Rest = False,
    ) -> None:
        """Read in a thread, then call `done`; a later query of the same group and owner replaces this one.

        `beside`: what is read lies beside the database, which may be one nobody can read. `patient`: nobody waits for
        it, so it is read when the keys rest, for a moment or for as long as it says: a thread at work makes them slow.
        It never runs beside one that it replaces, for that can't be stopped and does the same work.
        """
        answer, line = partial(self._answer, owner, done), f"{group} of {id(owner or self._app)}"
        work = partial(self._query, fn, answer, failed, _call if beside else self._read, patient, line)
        self._start(owner or self._app, f"query {group}", work, exclusive=True)

    @property
    def services(self) -> Services | None:
        """The services, once they have been opened; for what needs no reading."""
        return self._services

    def first_plan(self) -> FirstPlan | None:
        """Return the plan that was made ahead, once; None when there is none, or not soon.

        It is waited for: nothing is on the screen yet, and what is typed is kept by the terminal.
        """
        ahead, self.headstart = self.headstart, None
        self._ahead = ahead.take() if ahead is not None else None
        return self._ahead

    def mutate(
        self,
        fn: Callable[[Services], tuple[T, Changes]],
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Write in a thread, one after the other in the order asked; then publish the changes and call `done`."""
        worker = self._start(self._app, "write", partial(self._mutate, fn, done, failed), exclusive=False)
        self._writes = {write for write in self._writes if not write.is_finished} | {worker}

    async def settled(self) -> None:
        """Wait until every write that was asked for is done."""
        for picture in self._unpainted:
            picture.set()
        writes = [write for write in self._writes if not write.is_finished]
        if writes:  # without names it would wait for everything
            await self._app.workers.wait_for_complete(writes)

    def poll(self) -> None:
        """Look whether another process has written; cheap, called once a second."""
        if self._services is not None and self._has_read and not self._writing.locked():
            self._start(self._app, "poll", partial(self._poll, self._services), exclusive=True)

    def close(self) -> None:
        """Close the services, if they were ever opened and nothing is read any more: leaving never waits for that."""
        if self._services is not None and not self._aside.busy:
            self._services.close()

    @staticmethod
    def _start(node: DOMNode, group: str, work: Callable[[], Awaitable[None]], *, exclusive: bool) -> Worker[None]:
        """Start a worker in a named group: without a name, an exclusive one ends what a dialog waits for."""
        return node.run_worker(cast("WorkType[None]", work), name=group, group=group, exclusive=exclusive)

    async def _ready(self) -> Services:
        async with self._opening:
            if self._services is None:
                services = self._services = await asyncio.to_thread(self._open)
                services.told_to_wait = partial(self._waits, asyncio.get_running_loop())
                services.told_of_migration = MigrationNotice(self._app, asyncio.get_running_loop())
        return self._services

    def _waits(self, loop: asyncio.AbstractEventLoop) -> None:
        """Say, from the thread of a write, that it waits; nobody hears it any more when the app has ended."""
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(self._waiting)

    async def _query(
        self,
        fn: Callable[[Services], T],
        done: Callable[[T], None],
        failed: Failed | None,
        read: Callable[[Callable[[Services], T], Services], T],
        patient: bool | Rest,
        line: str,
    ) -> None:
        if patient:
            await self._aside.vacant(line)
            await self.keys_at_rest(patient if isinstance(patient, Rest) else None)
        while True:
            written = self._written
            try:
                result = await self._aside.run(partial(read, fn, await self._ready()), line)
            except NotOurDatabase as error:
                if written != self._written:
                    continue  # it read a file that has been brought back meanwhile
                self._report(error, failed)
            except FollowupError as error:
                self._report(error, failed)
            else:
                done(result)
            return

    def _answer(self, owner: DOMNode | None, done: Callable[[T], None], result: T) -> None:
        """Say what was read; an answer that comes while who asked is being taken away is for nobody."""
        try:
            done(result)
        except (NoMatches, ScreenStackError):
            stack = self._app.screen_stack
            if stack and (owner is None or any(screen in stack for screen in owner.ancestors_with_self)):
                raise

    def _catch_up(self, services: Services) -> None:
        """Say so when somebody has written since the plan was made ahead, or when nobody can tell."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None and (ahead.commits is None or services.commits() != ahead.commits):
            self._app.call_later(self._changed, None)

    def _read(self, fn: Callable[[Services], T], services: Services) -> T:
        """Read, in a thread; the first time also see which changes were there before this session.

        The version is noted before the first read, so that what another process writes right after it is seen.
        """
        if not self._has_read and self._version is None:
            self._version = services.version()
        self._catch_up(services)
        result = fn(services)
        if not self._has_read:
            self._found = _newest_change(services)
            self._has_read = True
        return result

    def is_foreign(self, change: int) -> bool:
        """Whether a change was made by another window while this one was open: `u` and `U` leave it alone."""
        return change > self._found and change not in self.own

    async def _mutate(
        self, fn: Callable[[Services], tuple[T, Changes]], done: Callable[[T], None] | None, failed: Failed | None
    ) -> None:
        await self._painted()
        async with self._writing:
            try:
                result, changes = await asyncio.to_thread(self._write, fn, await self._ready())
            except FollowupError as error:
                self._report(error, failed)
                return
        self._written += 1
        self.own.add(changes.change)
        self._changed(changes)
        if done is not None:
            done(result)

    async def _painted(self) -> None:
        """Wait for the picture: the thread that writes takes the interpreter from what paints, five times as slow."""
        picture = asyncio.Event()
        self._unpainted.add(picture)
        self._app.call_after_refresh(picture.set)
        with suppress(TimeoutError):
            await asyncio.wait_for(picture.wait(), PAINTED)
        self._unpainted.discard(picture)

    def _write(self, fn: Callable[[Services], tuple[T, Changes]], services: Services) -> tuple[T, Changes]:
        """Write, in a thread; when that was the only commit meanwhile, the next look need not plan again for it.

        The version alone can't tell: it changes once for any number of commits, so they are counted beside it, in an
        order in which a commit by somebody else is never taken for ours.
        """
        if not self._has_read:
            with suppress(NotOurDatabase):  # the way back from a damaged file is a write too
                self._found = _newest_change(services)
        before = services.commits()
        known = before is not None and self._version is not None and services.version() == self._version
        done = fn(services)
        if known:
            version = services.version()
            if services.commits() == (before or 0) + 1:
                self._version = version
        return done

    async def _poll(self, services: Services) -> None:
        written = self._written
        try:
            version = await self._aside.run(services.version, "poll")
        except DatabaseBusy:
            return  # somebody is writing this very moment: the next look, in a second, sees it
        except FollowupError as error:
            if self._trouble != str(error) and written == self._written:
                self._trouble = str(error)
                self._report(error, None)
            return
        self._trouble = ""
        known, self._version = self._version, version
        if known is not None and known != version:
            self._changed(None)

    def _report(self, error: FollowupError, failed: Failed | None) -> None:
        if failed is not None:
            failed(error)
        if failed is None or (self._has_read and isinstance(error, NotOurDatabase)):
            self._failed(error, self._has_read)


def _newest_change(services: Services) -> int:
    return max((change.id for change in services.undo.history(1)), default=0)


def _call(fn: Callable[[Services], T], services: Services) -> T:
    return fn(services)
