"""The last picture of Today, painted before anything else is imported: what the app would show had it been left open.

It is kept in a private file when the app is left, with all it depends on: the database as it was before the plan was
read, the files of configuration and theme, the size and kind of the terminal, the span of time in which the plan would
stay as it is. Unless every one of them still holds, nothing is painted. Then the terminal is the app's: keys typed
meanwhile wait unseen, and the app's own first frame replaces the picture. Only the standard library, and little of it.
"""

from __future__ import annotations

import os
import sys
import time
from binascii import crc32

from followup_tui import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

_MAGIC = b"followup picture 1"
_LARGEST = 1 << 20
_SEEN = (
    "TERM", "COLORTERM", "TERM_PROGRAM", "NO_COLOR", "FORCE_COLOR", "TZ", "LANG", "LC_ALL", "LC_TIME", "LC_CTYPE",
    "HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "FOLLOWUP_DB", "FOLLOWUP_CONFIG",
    "TEXTUAL_THEME", "TEXTUAL_COLOR_SYSTEM", "TEXTUAL_DRIVER", "TEXTUAL_FILTERS",
)  # fmt: skip
"""The variables that decide what is drawn, and which files."""
CLOCK = "\0\0:\0\0"
"""Stands for the time of day, which is filled in."""
_ENTER = b"\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[H"
_LEAVE = b"\x1b[?7h\x1b[?1049l\x1b[?25h"


class EarlyPicture:
    """The terminal from before the app until after it."""

    def __init__(self, said: Mapping[str, Any]) -> None:
        """`said` are the options of the start."""
        self._said = said
        self._found = ([os.environ.get(name) for name in _SEEN], os.getcwd(), os.path.realpath("/etc/localtime"))
        self.attributes: list[Any] | None = None
        """How the terminal was before; None while nothing is painted."""
        self.taken = False
        """The app's driver has the terminal, and gives it back."""
        self._shown: tuple[bytes, str, int] | None = None
        """What was painted depends on these conditions and this stamp of the database, and holds until then."""

    @property
    def is_up(self) -> bool:
        """Whether it is on the screen, and the terminal still to be taken by the app."""
        return self.attributes is not None and not self.taken

    def show(self) -> bool:
        """Paint the picture when all of it is still true; whatever goes wrong, nothing is painted."""
        try:
            body = self._true_body()
            if body is None:
                return False
            self._take_terminal()
            _write_all(2, _ENTER + body)
        except (OSError, ValueError, IndexError, ImportError):
            self.give_back()
            return False
        return True

    def give_back(self) -> None:
        """Leave the terminal as it was found, unless the app has taken it, which gives it back."""
        if self.attributes is None or self.taken:
            return
        import termios

        before, self.attributes = self.attributes, None
        try:
            _write_all(2, _LEAVE)
            termios.tcsetattr(0, termios.TCSANOW, before)
        except (OSError, termios.error):
            return

    def still_holds(self, stamp: str, now: int) -> bool:
        """Whether what was painted at the start would be painted again now: then nothing has to be kept."""
        return self._shown is not None and self._shown[:2] == (self._conditions(), stamp) and now < self._shown[2]

    def keep(self, database: str, stamp: str, files: Iterable[str], span: tuple[int, int, int], body: str) -> None:
        """Keep a picture: `stamp` of the database before it was read, `span` from, until, seconds ahead of UTC.

        OSError when it can't be written. What has changed since is not kept, nor is a picture of it left.
        """
        lines = [_MAGIC, self._conditions(), " ".join(map(str, span)).encode(), _line(stamp, database)]
        lines += [_line(file_stamp(path), path) for path in files]
        if not stamp or stamp != stamp_of(database) or any(b"\n" in line for line in lines):
            forget()
            return
        path = self._path()
        for folder in (os.path.dirname(os.path.dirname(path)), os.path.dirname(path)):
            os.makedirs(folder, mode=0o700, exist_ok=True)
        draft = f"{path}.{os.getpid()}.new"
        descriptor = os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(b"\n".join([*lines, b"", body.encode("utf-8")]))
        os.replace(draft, path)

    def _true_body(self) -> bytes | None:
        """Return what to paint, None when any of it may have changed."""
        if not all(os.isatty(descriptor) for descriptor in (0, 1, 2)):
            return None
        descriptor = os.open(self._path(), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            found = os.fstat(descriptor)
            if found.st_uid != os.geteuid() or found.st_mode & 0o077 or found.st_size > _LARGEST:
                return None
            head, _, body = file.read().partition(b"\n\n")
        magic, conditions, span, database, *files = head.split(b"\n")
        if magic != _MAGIC or conditions != self._conditions():
            return None
        begin, until, ahead = map(int, span.split())
        now = self._now()
        if now is None or not begin <= now < until:
            return None
        stamp, _, path = database.decode().partition(" ")
        if stamp != stamp_of(path) or any(line != _line(file_stamp(name), name) for line, name in _named(files)):
            return None
        self._shown = conditions, stamp, until
        minutes = (now + ahead) // 60 % 1440
        return body.replace(CLOCK.encode(), b"%02d:%02d" % divmod(minutes, 60))

    def _path(self) -> str:
        """Return where it is kept: each database that was asked for has one."""
        asked = f"{self._said.get('db')} {os.environ.get('FOLLOWUP_DB')}"
        return os.path.join(_folder(), f"{crc32(asked.encode('utf-8', 'surrogateescape')):08x}")

    def _conditions(self) -> bytes:
        """Return what the picture depends on beside files and time, in one line."""
        said = self._said.get("db"), self._said.get("config")
        return repr((__version__, tuple(os.get_terminal_size(2)), said, self._found)).encode()

    def _now(self) -> int | None:
        """Return the time of the start (seconds since 1970); None for one without an offset."""
        text = self._said.get("now") or os.environ.get("FOLLOWUP_NOW")
        if not text:
            return int(time.time())
        from datetime import datetime

        moment = datetime.fromisoformat(text.strip())
        return int(moment.timestamp()) if moment.tzinfo is not None else None

    def _take_terminal(self) -> None:
        """Have keys wait unseen, as the app's driver does, and the terminal given back whatever ends the start."""
        import signal
        import termios

        def ended(number: int, _: object) -> None:
            self.give_back()
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)

        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, ended)
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)
        before = termios.tcgetattr(0)
        self.attributes = [*before[:6], [*before[6]]]
        before[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
        before[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
        before[6][termios.VMIN] = 1
        termios.tcsetattr(0, termios.TCSANOW, before)


def early_picture(said: Mapping[str, Any] | None) -> EarlyPicture | None:
    """Return the picture of a start with these options, painted if it is true; None where no app will open."""
    if said is None or said.keys() & {"json", "version", "no_color"} or sys.platform == "win32":
        return None
    picture = EarlyPicture(said)
    picture.show()
    return picture


def stamp_of(database: str) -> str:
    """Return what changes with every commit to a database by whomever; empty where that can't be told.

    It can't in a write-ahead log, which leaves the counter in the header alone, nor while somebody writes.
    """
    try:
        found = os.lstat(database)
        with open(database, "rb") as file:
            head = file.read(100)
        if len(head) < 100 or head[18] != 1 or os.path.exists(f"{database}-journal"):
            return ""
    except OSError:
        return ""
    return f"{found.st_dev}.{found.st_ino}.{found.st_size}.{found.st_mtime_ns}.{head[24:28].hex()}"


def file_stamp(path: str) -> str:
    """Return what changes when a file does; a file that is not there has a stamp too."""
    try:
        found = os.stat(path)
    except OSError:
        return "none"
    return f"{found.st_dev}.{found.st_ino}.{found.st_size}.{found.st_mtime_ns}"


def forget() -> None:
    """Remove every picture: it may show somebody who is to be seen nowhere any more."""
    try:
        for entry in os.scandir(_folder()):
            os.unlink(entry.path)
    except OSError:
        return


def _folder() -> str:
    """Return where the pictures are kept."""
    state = os.environ.get("XDG_STATE_HOME", "")
    if not os.path.isabs(state):
        if sys.platform != "linux":
            from followup_tui import paths

            return str(paths.state_dir() / "pictures")
        state = os.path.expanduser("~/.local/state")
    return os.path.join(state, "followup", "pictures")


def _line(stamp: str, path: str) -> bytes:
    return f"{stamp} {path}".encode("utf-8", "surrogateescape")


def _named(lines: Iterable[bytes]) -> Iterable[tuple[bytes, str]]:
    return ((line, line.partition(b" ")[2].decode("utf-8", "surrogateescape")) for line in lines)


def _write_all(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]
