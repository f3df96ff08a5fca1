"""A terminal driver that wakes at once: Textual's own looks ten times a second, so ESC and leaving wait for its clock.

The one file that leans on the insides of Textual (the parser's time limit, the input thread), and so it is used only
with the versions it was tried with; with any other, or with `prompt_keys = false`, the driver is Textual's own.
"""

from __future__ import annotations

import os
import selectors
import sys
import time
from codecs import getincrementaldecoder
from threading import Event
from typing import TYPE_CHECKING, Any

from followup_tui.tui.terse import terse

if TYPE_CHECKING:
    from textual.driver import Driver

    from followup_tui.early_picture import EarlyPicture

TRIED = frozenset({"8.2.8"})
"""Versions of Textual this was tried with."""
ESCAPE_WAIT = 0.012
"""Seconds after a lone ESC until it is a key and not the start of a sequence; a terminal on this machine writes a
sequence in one go."""
READ = 4096
BEGIN = "\x1b[?2026h"
"""Asks the terminal to show what follows in one go; its end comes by itself."""
HAND_OVER = 0.0001
"""Seconds the interpreter is left to the thread that writes: it would wait for as long as the loop has something to do,
and a frame be late by a millisecond or two."""
FRAME = 1000
"""Characters from which on something is a frame worth being made shorter."""
ENTER = "\x1b[?1049h"
"""Switches to the screen an app draws on, and clears it."""


def driver_class(prompt: bool, picture: EarlyPicture | None = None) -> type[Driver] | None:
    """Return the driver to use; None for Textual's own, which knows nothing of a `picture` painted before.

    `prompt` is the user's setting. Windows has another driver, and TEXTUAL_DRIVER names one outright.
    """
    if prompt and sys.platform != "win32" and not os.environ.get("TEXTUAL_DRIVER") and _installed() in TRIED:
        return _prompt_driver(picture)
    if picture is not None:
        picture.give_back()
    return None


def _installed() -> str:
    """Return which tried version is installed, empty for none: by its folder, for reading its metadata takes 15 ms."""
    import textual

    packages = os.path.dirname(os.path.dirname(os.path.abspath(textual.__file__)))
    found = (version for version in TRIED if os.path.isdir(os.path.join(packages, f"textual-{version}.dist-info")))
    return next(found, "")


def escape_wait() -> float:
    """Return how long a lone ESC waits (seconds): ESCDELAY when set (milliseconds), longer over a network."""
    from textual import constants

    far = any(os.environ.get(name) for name in ("ESCDELAY", "SSH_CONNECTION", "SSH_TTY", "MOSH_CONNECTION"))
    return constants.ESCAPE_DELAY if far else ESCAPE_WAIT


class _WakingEvent(Event):
    """An event that can be waited for together with the terminal: setting it makes `reading` readable."""

    def __init__(self) -> None:
        super().__init__()
        self.reading, self._writing = os.pipe()
        os.set_blocking(self.reading, False)

    def set(self) -> None:
        super().set()
        os.write(self._writing, b"!")

    def clear(self) -> None:
        super().clear()
        try:
            os.read(self.reading, READ)
        except BlockingIOError:
            return


def _prompt_driver(picture: EarlyPicture | None) -> type[Driver]:
    """Return the class; made here, so that Textual is imported by whoever uses it."""
    from textual._xterm_parser import XTermParser
    from textual.drivers.linux_driver import LinuxDriver

    class PromptDriver(LinuxDriver):
        """Sleeps until there is something to read or to do; no clock ticks in between."""

        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            self.exit_event: _WakingEvent = _WakingEvent()
            self._begun = ""

        def start_application_mode(self) -> None:
            """Take the terminal; from a picture with what it was before that, which is what is to be given back."""
            painted = picture is not None and picture.is_up
            super().start_application_mode()  # type: ignore[no-untyped-call]
            if painted and picture is not None:
                self.attrs_before, picture.taken = picture.attributes, True

        def write(self, data: str) -> None:
            """Write, but leave a picture up until the first frame: entering its screen again would clear it."""
            if data == ENTER and picture is not None and picture.is_up:
                return
            if data == BEGIN:  # written with the frame: a thread woken for it would take the interpreter from that
                self._begun = data
                return
            is_frame = bool(self._begun) or len(data) > FRAME
            data, self._begun = self._begun + (terse(data) if len(data) > FRAME else data), ""
            super().write(data)
            if is_frame:
                time.sleep(HAND_OVER)

        def run_input_thread(self) -> None:
            """Hand over what is typed; a lone ESC after a moment's wait."""
            parser = XTermParser(self._debug)
            decode = getincrementaldecoder("utf-8")("replace").decode
            wait = escape_wait()
            with selectors.DefaultSelector() as selector:
                selector.register(self.fileno, selectors.EVENT_READ)
                selector.register(self.exit_event.reading, selectors.EVENT_READ)
                while not self.exit_event.is_set():
                    unsure = parser._timeout_time is not None
                    ready = selector.select(wait if unsure else None)
                    if any(key.fd == self.fileno for key, _ in ready):
                        data = os.read(self.fileno, READ)
                        if not data:
                            return
                        for message in parser.feed(decode(data)):
                            self.process_message(message)
                    elif unsure and not ready:
                        parser._timeout_time = 0.0
                        for message in parser.tick():
                            self.process_message(message)

    return PromptDriver
