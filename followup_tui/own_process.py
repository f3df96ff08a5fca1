"""Long work in a process of its own: the interpreter that answers keys is left alone, and so is its memory.

The process is started anew, never forked: the app has threads. It opens the same database with the same configuration
and clock. Its standard input stays open as long as the work is wanted: closed by a cancel, or by the end of the app
for whatever reason, it calls the work off at the next word of progress.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import IO, TYPE_CHECKING, NamedTuple, TypeVar, TypeVarTuple, cast

from followup_tui.errors import FollowupError

if TYPE_CHECKING:
    import subprocess
    from datetime import datetime
    from pathlib import Path
    from threading import Event

    from followup_tui.bootstrap import Services
    from followup_tui.config import Config

T = TypeVar("T")
Words = TypeVarTuple("Words")
Told = Callable[..., bool]
"""Gets how far the work is, as the work tells it in words and numbers, and returns False to call it off.

A work may also tell parts of its answer as they are ready: anything else than words and numbers.
"""

BEHIND = 19
"""How much nicer the process is than the app, where the system knows no tasks for idle moments."""
EVERY = 0.05
"""Seconds between two words of progress; what the work says in between nobody would see."""
LOT = 100
"""So many items of a long answer are taken at once: taking thousands would hold the interpreter."""
_BEGIN = """
import sys
if sys.argv[1] not in sys.path:
    sys.path.insert(0, sys.argv[1])
from followup_tui.own_process import answer
answer()
"""
"""Finds this very package; the folder somebody happens to be in is left aside (-P)."""
_BEHIND = "behind"
"""Says to the process that the end of the app is not its own."""


class Asked(NamedTuple):
    """What the process is asked for, and what it stands on."""

    path: Path
    config: Config
    config_path: Path
    now: datetime
    session: str
    """Names the app in the list of changes."""
    work: Callable[..., object]
    """A function of a module: it goes by its name."""
    words: tuple[object, ...]


def run(services: Services, work: Callable[[Services, Told, *Words], T], told: Told, *words: *Words) -> T:
    """Return or raise what a work does; where keys are answered, in a process of its own.

    It blocks: call it in a thread. FollowupError when the process was ended from outside.
    """
    if not services.keys_come_first or not sys.executable:
        return work(services, told, *words)
    import pickle
    import subprocess

    asked = pickle.dumps(Asked(*services.standing_on(), work, words))
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    try:
        process = subprocess.Popen(_command(), stdin=pipe, stdout=pipe, stderr=nowhere)
    except OSError:  # no room for another process
        return work(services, told, *words)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        return cast("T", _taken(process.stdin, process.stdout, asked, told, services.told_to_wait))
    finally:
        _close(process.stdin)
        process.stdout.close()
        process.wait()


def leave_behind(services: Services, work: Callable[[Services, Told], object]) -> subprocess.Popen[bytes] | None:
    """Begin a work in a process that goes on when the app has ended; None where there can be none.

    Nobody hears how it went: only for what is looked after again at the next start.
    """
    import pickle
    import subprocess

    asked = pickle.dumps(Asked(*services.standing_on(), work, ()))
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    try:
        process = subprocess.Popen(
            [*_command(), _BEHIND], stdin=pipe, stdout=nowhere, stderr=nowhere, start_new_session=True
        )
        assert process.stdin is not None
        process.stdin.write(asked)
        process.stdin.close()
    except OSError:
        return None
    return process


def _command() -> list[str]:
    from pathlib import Path

    return [sys.executable, "-P", "-c", _BEGIN, str(Path(__file__).parent.parent)]


def _taken(to: IO[bytes], out: IO[bytes], asked: bytes, told: Told, waits: Callable[[], None] | None) -> object:
    """Hand over what is asked, pass on what is told, and return the answer or raise the error."""
    import pickle

    try:
        to.write(asked)
        to.flush()
    except BrokenPipeError:
        raise _ended() from None
    some: list[object] = []
    while True:
        try:
            kind, what = pickle.load(out)
        except (EOFError, pickle.UnpicklingError):
            raise _ended() from None
        if kind == "told":
            if not told(*what):
                _close(to)
        elif kind == "waits":
            if waits is not None:
                waits()
        elif kind == "some":
            some += what
        elif kind == "error":
            raise what
        else:
            return some if what is None and some else what


def _ended() -> FollowupError:
    return FollowupError("the work was ended from outside", "do it again; nothing was left half done")


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except OSError:  # the process has ended already
        return


def answer() -> None:
    """Do what standard input asks for and write the answer to standard output, in the process."""
    import pickle
    import signal
    import threading

    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # the app hears them, and its end is heard here
    _give_way()
    asked = pickle.load(sys.stdin.buffer)
    off = threading.Event()

    def listen() -> None:
        sys.stdin.buffer.read()
        off.set()

    if sys.argv[2:] != [_BEHIND]:
        threading.Thread(target=listen, daemon=True).start()
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what something prints is no answer
    _Answer(out, off).give(asked)


def _give_way() -> None:
    """Have a core only while the app needs none, in this process and those it starts.

    However nice, a process at work keeps its core for some milliseconds after a key has woken the app: the slowest
    twentieth of wakings took 4 ms beside two that are nicer by 10 or 19, and 0.2 ms beside two such tasks. Programs
    of other terminals are no reason to wait: Linux shares cores between sessions first.
    """
    if hasattr(os, "SCHED_IDLE"):
        with suppress(OSError):  # not in this container
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
            return
    os.nice(BEHIND)


class _Answer:
    """The way back to the app."""

    def __init__(self, out: IO[bytes], off: Event) -> None:
        self._out = out
        self._off = off
        self._last = 0.0

    def give(self, asked: Asked) -> None:
        """Do the work and send its result, or its error; nothing when nobody is there any more."""
        from traceback import format_exc

        with suppress(BrokenPipeError):
            try:
                result = asked.work(self._services(asked), self._told, *asked.words)
            except Exception as error:
                if not isinstance(error, FollowupError):  # a fault of the program: say where
                    error.add_note(format_exc())
                self._send("error", error)
                return
            if isinstance(result, list):
                for begin in range(0, len(result), LOT):
                    self._send("some", result[begin : begin + LOT])
                result = None if result else []
            self._send("done", result)

    def _services(self, asked: Asked) -> Services:
        from followup_tui.bootstrap import Services, clock_from

        clock = clock_from(asked.now.isoformat(), asked.config.zone)
        services = Services(asked.path, asked.config, clock, asked.config_path)
        services.belong_to(asked.session)
        services.told_to_wait = lambda: self._send("waits", None)
        return services

    def _told(self, *how_far: object) -> bool:
        """Pass on how far it is, now and then, and parts of the answer always; whether the work is still wanted."""
        import time

        is_part = any(not isinstance(word, (str, int)) for word in how_far)
        if is_part or time.monotonic() - self._last >= EVERY:
            try:
                self._send("told", how_far)
            except BrokenPipeError:  # the app has ended
                self._off.set()
            self._last = self._last if is_part else time.monotonic()
        return not self._off.is_set()

    def _send(self, kind: str, what: object) -> None:
        import pickle

        self._out.write(pickle.dumps((kind, what), pickle.HIGHEST_PROTOCOL))
        self._out.flush()
