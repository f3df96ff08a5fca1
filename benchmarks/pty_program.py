"""Run a terminal program in a real pty and time what it paints.

Every read from the pty is stamped the moment it returns, and nothing is parsed while the program still talks: once the
output is quiet, the chunks are fed one by one to a terminal emulator, and the time of the chunk that completed the
wanted picture is the answer. So the emulator, slow as it is, is never in the figure. Linux; needs pyte.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pyte

from benchmarks.environment import plain
from benchmarks.terminal_answers import answers, without_unknown

now = time.perf_counter
Expected = str | Callable[["PtyProgram"], bool]


class Timeout(Exception):
    """What was waited for never came."""


class PtyProgram:
    """One program in a terminal of 120 × 40."""

    def __init__(
        self, argv: Sequence[str], env: Mapping[str, str] | None = None, cwd: str | None = None,
        columns: int = 120, rows: int = 40,
    ) -> None:  # fmt: skip
        whole = plain(**(env or {}))
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._held = b""
        self.status: int | None = None
        self.started = now()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:  # pragma: no cover – the child
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
                if cwd:
                    os.chdir(cwd)
                os.execvpe(argv[0], list(argv), whole)
            finally:
                os._exit(127)
        os.set_blocking(self.fd, False)
        self._poll = select.poll()
        self._poll.register(self.fd, select.POLLIN)

    def _read(self, seconds: float) -> tuple[float, bytes] | None:
        """Return one read and its time; None when nothing came, no bytes at the end."""
        if not self._poll.poll(max(0.0, seconds) * 1000):
            return None
        try:
            data = os.read(self.fd, 1 << 16)
        except BlockingIOError:
            return None
        except OSError as error:
            if error.errno == errno.EIO:
                return now(), b""
            raise
        stamp = now()
        for answer in answers(data):
            os.write(self.fd, answer)
        return stamp, data

    def _feed(self, data: bytes) -> None:
        known, self._held = without_unknown(self._held + data)
        self._stream.feed(known)

    def text(self) -> str:
        """Return the screen as lines."""
        return "\n".join(self.screen.display)

    def _matches(self, expected: Expected) -> Callable[[], bool]:
        if callable(expected):
            return lambda: bool(expected(self))
        pattern = re.compile(expected)
        return lambda: pattern.search(self.text()) is not None

    def wait_for(
        self, expected: Expected, *, timeout: float = 30.0, quiet: float = 0.003, since: float | None = None
    ) -> float:
        """Return the seconds from the start (or `since`) until the screen showed it; Timeout when it never did."""
        begun = self.started if since is None else since
        matches = self._matches(expected)
        if since is not None and matches():
            return 0.0
        deadline = now() + timeout
        chunks: list[tuple[float, bytes]] = []
        while True:
            got = self._read(min(quiet, deadline - now()))
            if got and got[1]:
                chunks.append(got)
                if now() < deadline:
                    continue
            for index, (stamp, data) in enumerate(chunks):
                self._feed(data)
                if matches():
                    for _, rest in chunks[index + 1 :]:
                        self._feed(rest)
                    return stamp - begun
            chunks.clear()
            if (got and not got[1]) or now() >= deadline:
                raise Timeout(f"no {expected!r}; the screen:\n{self.text()}")

    def key(self, data: bytes, expected: Expected, *, timeout: float = 5.0, quiet: float = 0.012) -> float:
        """Send a key and return the seconds until the screen showed what was expected."""
        self.settle(0.0)
        begun = now()
        os.write(self.fd, data)
        taken = self.wait_for(expected, timeout=timeout, quiet=quiet, since=begun)
        return taken or now() - begun

    def settle(self, quiet: float = 0.15, timeout: float = 3.0) -> None:
        """Take in output until it was quiet for so many seconds."""
        deadline = now() + timeout
        while now() < deadline:
            got = self._read(quiet)
            if not got or not got[1]:
                return
            self._feed(got[1])

    def send(self, data: bytes) -> None:
        """Type."""
        os.write(self.fd, data)

    def resident(self) -> float:
        """Return the memory in use (MB)."""
        return self._status_line("VmRSS") / 1024

    def processor_time(self) -> float:
        """Return the seconds of a processor it has taken so far, in all its threads."""
        with open(f"/proc/{self.pid}/stat", encoding="ascii", errors="replace") as status:
            words = status.read().rsplit(")", 1)[1].split()
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")

    def open_files(self) -> int:
        """Return how many files the program holds open."""
        return len(os.listdir(f"/proc/{self.pid}/fd"))

    def _status_line(self, name: str) -> int:
        with open(f"/proc/{self.pid}/status", encoding="ascii", errors="replace") as status:
            return next((int(line.split()[1]) for line in status if line.startswith(name)), 0)

    def quit(self, key: bytes) -> float:
        """Send the key that ends it and return the seconds until the process was gone (3 when it had to be killed)."""
        begun = now()
        self.send(key)
        ended = self._reap(3)
        taken = now() - begun
        self.close()
        return taken if ended else 3.0

    def close(self) -> None:
        """End it, by force when needed; always this child, by its number."""
        for sign, patience in ((signal.SIGTERM, 0.5), (signal.SIGKILL, 2.0)):
            if self.status is not None:
                break
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, sign)
            self._reap(patience)
        with contextlib.suppress(OSError):
            os.close(self.fd)

    def _reap(self, patience: float) -> bool:
        deadline = now() + patience
        while self.status is None and now() < deadline:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
                return True
            with contextlib.suppress(OSError):
                if self._poll.poll(2):
                    os.read(self.fd, 1 << 16)
        return self.status is not None

    def __enter__(self) -> PtyProgram:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()
