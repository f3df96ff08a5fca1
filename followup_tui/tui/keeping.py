"""Keeps what was typed: a note half written is there at the next start, whatever ended the app."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, cast

from textual.app import App

from followup_tui import long_work, own_process
from followup_tui.drafts import Drafts
from followup_tui.errors import NothingFound
from followup_tui.tui import wording
from followup_tui.tui.typing_pauses import Rest

if TYPE_CHECKING:
    from rich.console import RenderableType

    from followup_tui.bootstrap import Services
    from followup_tui.early_picture import EarlyPicture
    from followup_tui.errors import FollowupError
    from followup_tui.services.changes import Changes
    from followup_tui.tui.app import FollowupApp

ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
PATIENCE = 5
"""Seconds for a last write, when the terminal is gone and nobody can be told."""
LONG_REST = Rest(20.0, 900.0)
"""Without a key for so long nobody is in the middle of something; a backup waits a quarter of an hour for that."""
MESSAGE = "compose "
"""What the key of a message half written begins with."""
NEW = "+"
"""The key of the form of a new prospect."""


class Keeping(App[int]):
    """The part of the app that survives its end."""

    drafts: Drafts
    _leaving: asyncio.Task[None]
    picture: EarlyPicture | None = None
    """What was painted before the app was loaded, and is kept for the next start; None where nothing ever is."""
    _backup_waits = False
    """The backup of the day is still to be made."""
    _unkept = False
    """It was said that drafts can't be kept."""

    def listen(self) -> None:
        """End in order on a signal: keep the drafts, finish what is being saved, give the terminal back."""
        self.set_interval(1, self.keep_drafts)
        if self.is_headless:
            return
        loop = asyncio.get_running_loop()
        for number in ENDING:
            loop.add_signal_handler(number, self._ended, number)

    def _ended(self, number: int) -> None:
        with suppress(OSError):  # nobody is there to be told
            self.drafts.save()
        if number == signal.SIGHUP:
            asyncio.get_running_loop().call_later(PATIENCE, os._exit, 128 + number)
        self._leaving = asyncio.get_running_loop().create_task(self._leave(128 + number))

    async def _leave(self, code: int) -> None:
        await self._keeper.ops.settled()
        self.exit(code)

    def exit(self, result: int | None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """Leave, and keep what Today looks like for the next start."""
        super().exit(result, return_code, message)
        if self.picture is not None:
            from followup_tui.tui.picture import keep_today

            with suppress(OSError):  # the next start shows its picture a little later
                keep_today(self._keeper, self.picture)

    def keep_drafts(self) -> None:
        """Write the drafts that changed, and say once when that can't be done; cheap, called once a second."""
        try:
            self.drafts.save()
        except OSError as error:
            if not self._unkept:
                self._unkept = True
                self._keeper.say(f"Notes not saved yet can't be kept: {error.strerror}", "warning")

    def note_change(self, changes: Changes | None) -> None:
        """Write to the log what was changed: ids, not people."""
        if changes is not None and changes.change and not self.is_headless:
            from followup_tui.logs import write

            who = ",".join(sorted(changes.prospects)[:20])
            write(logging.INFO, "change %d of %s: %s", changes.change, ",".join(sorted(changes.tables)), who)

    def last_words(self) -> None:
        """Write the drafts once more after the app has ended, for whatever reason."""
        try:
            self.drafts.save()
        except OSError as error:
            sys.stderr.write(f"followup: notes not saved yet can't be kept: {error.strerror}\n")

    def back_up(self) -> None:
        """Make the backup of the day, on the first start of it; without one everything else works on.

        A small database has it in a moment; a large one, which takes a core and the disk for seconds, when the keys
        have rested for a while.
        """

        def failed(error: FollowupError) -> None:
            self._backup_waits = False
            self._keeper.say(f"No backup was made today: {error}", "warning")

        def made(_: None) -> None:
            self._backup_waits = False

        def looked(waits: bool) -> None:
            self._backup_waits = waits
            if waits:
                self._keeper.ops.query("large backup", _backed_up, made, failed, patient=LONG_REST)

        if not self._keeper.is_demo:
            self._keeper.ops.query("backup", _small_backed_up, looked, failed, patient=True)

    def back_up_behind(self) -> None:
        """Have the backup of the day made after the app has ended, when it has waited in vain until then."""
        services = self._keeper.ops.services
        if self._backup_waits and services is not None:
            own_process.leave_behind(services, long_work.daily_backup)

    def offer_drafts(self) -> None:
        """Say whose notes an earlier session left; the log of each shows its own."""
        ids = [key for key in self.drafts if key != NEW and not key.startswith(MESSAGE)]
        if ids:
            self._keeper.ops.query("drafts", lambda services: _named(services, ids), self._offer)
        elif any(key.startswith(MESSAGE) for key in self.drafts):
            self._keeper.say("A message not sent yet is kept: e on its prospect shows it again")
        elif NEW in self.drafts:
            self._keeper.say("A new prospect not saved yet is kept: a shows it again")

    def _offer(self, named: dict[str, str]) -> None:
        for id in [key for key in self.drafts if key != NEW and key not in named and not key.startswith(MESSAGE)]:
            del self.drafts[id]
        if named:
            names = ", ".join(list(named.values())[:3]) + (" …" if len(named) > 3 else "")
            what = wording.count(len(named), "note")
            self._keeper.say(f"{what} not saved yet {'is' if len(named) == 1 else 'are'} kept, in the log of {names}")

    @property
    def _keeper(self) -> FollowupApp:
        return cast("FollowupApp", self)


def _small_backed_up(services: Services) -> bool:
    """Make the backup of the day at once if that takes a moment; whether it is still to be made."""
    if not services.backups.is_due():
        return False
    if long_work.is_small(services):
        services.backups.daily()
        return False
    return True


def _backed_up(services: Services) -> None:
    """Make the backup of the day where keys are not in its way; leaving the app calls it off."""
    if services.backups.is_due():  # no other window has made it meanwhile
        long_work.run(services, long_work.daily_backup, lambda *how_far: True)


def _named(services: Services, ids: list[str]) -> dict[str, str]:
    """Return the names of those who are still there."""
    found = {}
    for id in ids:
        with suppress(NothingFound):
            found[id] = services.prospects.get(id).name
    return found
