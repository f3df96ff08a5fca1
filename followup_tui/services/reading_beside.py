"""A large file read and checked by a process of its own, so that an import works on two cores: one reads, one stores.

The process is started anew, never forked: whoever imports may have threads. It gets nothing but the file and how to
read it, and is ended when its rows are not wanted any more. What it sends is plain values, for many at a time.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, NamedTuple

from followup_tui.errors import FollowupError
from followup_tui.exchange.drafts import Rejection
from followup_tui.exchange.reading import Options, Reading
from followup_tui.services.arriving import made_of
from followup_tui.services.context import AscendingIds
from followup_tui.services.lots import Lot, Repeats, lots, uncollected

LARGE = 1 << 20
"""Bytes of a file below which starting a process takes longer than it saves."""
_ROOM = 1 << 20
"""Bytes it may be ahead of who stores: a few lots."""
_LOT, _ERROR, _END = b"L", b"E", b"."
_BEGIN = """
import sys
if sys.argv[1] not in sys.path:
    sys.path.insert(0, sys.argv[1])
from followup_tui.services.reading_beside import answer
answer()
"""
"""Finds this very package; the folder somebody happens to be in is left aside (-P)."""


class Asked(NamedTuple):
    """What is to be read, and how."""

    path: Path
    format: str
    options: Options
    """Without `recall`: what was recalled is `placed`."""
    tags: tuple[str, ...]


def lots_of(reading: Reading, asked: Asked) -> Generator[Lot]:
    """Return the people of an opened file as `lots` does; a large one is read by another process."""
    return read_beside(reading, asked) if _is_worth_it(asked.path) else lots(reading, asked.tags)


def _is_worth_it(path: Path) -> bool:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores > 1 and bool(sys.executable) and is_large(path)


def is_large(path: Path) -> bool:
    """Whether taking the file in takes a while; what is not there is not."""
    return path.is_file() and path.stat().st_size >= LARGE


def read_beside(reading: Reading, asked: Asked) -> Generator[Lot]:
    """Start the process and yield what it reads; where it can't be started, the file is read here."""
    import pickle
    import subprocess

    command = [sys.executable, "-P", "-c", _BEGIN, str(Path(__file__).parent.parent.parent)]
    try:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except OSError:
        yield from lots(reading, asked.tags)
        return
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        _make_room(process.stdout)
        with suppress(BrokenPipeError):
            process.stdin.write(pickle.dumps(asked))
            process.stdin.close()
        yield from _taken(process.stdout)
    finally:
        process.kill()
        process.stdout.close()
        process.wait()


def _make_room(pipe: IO[bytes]) -> None:
    """Let the process be a few lots ahead, where the system can."""
    import fcntl

    if hasattr(fcntl, "F_SETPIPE_SZ"):
        with suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _ROOM)


def _taken(pipe: IO[bytes]) -> Iterator[Lot]:
    """Yield the lots that come through the pipe; raise what went wrong at the other end."""
    import pickle

    while (kind := pipe.read(1)) != _END:
        body = pipe.read(int.from_bytes(pipe.read(4), "big"))
        if kind == _ERROR:
            raise pickle.loads(body)
        try:
            rows, people, refused, ids, closer = marshal.loads(body)
        except (EOFError, ValueError, TypeError):
            raise FollowupError("reading the file was ended from outside", "import it again") from None
        yield Lot(rows, list(map(made_of, people)), [Rejection(*one) for one in refused], ids=ids, closer=closer)


def answer() -> None:
    """Read what standard input asks for and write its lots to standard output, in the process."""
    import pickle
    import signal

    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # who stores hears them, and ends this process
    asked = pickle.load(sys.stdin.buffer)
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what something prints is no lot
    with suppress(BrokenPipeError), uncollected():
        try:
            for body in _packed(asked):
                _send(out, _LOT, body)
        except Exception as error:
            _send(out, _ERROR, pickle.dumps(error))
        out.write(_END)
        out.flush()


def _packed(asked: Asked) -> Iterator[bytes]:
    """Yield each lot as bytes."""
    from followup_tui.exchange.formats import open_file

    reading = open_file(asked.path, format=asked.format, options=asked.options)
    ids, repeats = AscendingIds(), Repeats()
    for rows, people, refused, *_ in lots(reading, asked.tags):
        plain = [(one.line, one.field, one.why) for one in refused]
        yield marshal.dumps((rows, list(map(tuple, people)), plain, ids.some(len(people)), repeats.among(people)))


def _send(out: IO[bytes], kind: bytes, body: bytes) -> None:
    out.write(kind + len(body).to_bytes(4, "big") + body)
    out.flush()
