"""A real terminal for tests: the app in a pty, its screen kept by pyte, waited for by what it shows."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyte

PATIENCE = float(os.environ.get("FOLLOWUP_PATIENCE", "30"))
"""Seconds a screen may take to show what is waited for; a failure, never a pause."""


class Terminal:
    """The app, its keyboard and its screen."""

    def __init__(self, *arguments: str, env: Mapping[str, str], columns: int = 120, rows: int = 36) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.written = b""
        """Every byte the app wrote."""
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        whole = {
            "PATH": os.environ["PATH"],
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            **env,
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "followup_tui", *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=whole,
            cwd=Path(__file__).parent.parent,
            start_new_session=True,
        )
        os.close(slave)
        self._master = master

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: Any) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self._master)

    def read(self, seconds: float) -> bool:
        """Take in what was written within `seconds`; False once the app has closed its terminal."""
        ready, _, _ = select.select([self._master], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self._master, 65536)
        except OSError:
            return False
        self.written += data
        self._stream.feed(data)
        return bool(data)

    def lines(self) -> list[str]:
        """Return the screen as lines of text."""
        return [line.rstrip() for line in self.screen.display]

    def text(self) -> str:
        """Return the whole screen."""
        return "\n".join(self.lines())

    def until(self, shown: str | Callable[[str], bool]) -> str:
        """Wait until the screen shows something and return it; AssertionError with the screen otherwise."""
        holds = shown if callable(shown) else lambda text: shown in text
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if holds(self.text()):
                return self.text()
            if not self.read(0.05) and not holds(self.text()):
                break
        raise AssertionError(f"never shown: {shown}\n{self.text()}")

    def press(self, keys: str) -> None:
        """Type keys."""
        os.write(self._master, keys.encode())

    def wait_for_end(self) -> int:
        """Wait until the app has ended and return its exit code."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.read(0.05):
            if self.process.poll() is not None:
                break
        code = self.process.wait(timeout=PATIENCE)
        while time.monotonic() < deadline and self.read(0.05):
            pass
        return code
