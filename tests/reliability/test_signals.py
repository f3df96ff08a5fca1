"""However the app ends, what was typed is there at the next start, and the terminal is given back (R25)."""

from __future__ import annotations

import fcntl
import os
import random
import signal
import struct
import termios
from pathlib import Path

import pytest

from tests.figures import TORTURE, size
from tests.journeys.test_a_morning import contacts, environment, followup
from tests.terminal import Terminal

NOTE = "asked for the roof [/] half"


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    found = environment(tmp_path)
    followup(found, "import", str(contacts(tmp_path)), "--cadence", "Cold six")
    return found


def type_half_a_note(app: Terminal) -> None:
    app.until("Number00")
    app.press("l")
    app.until("Log ·")
    app.press("\t" + NOTE)
    app.until(NOTE)


def drafts(env: dict[str, str]) -> list[Path]:
    return list(Path(env["XDG_STATE_HOME"], "followup", "drafts").glob("*"))


def resize(app: Terminal, rng: random.Random) -> None:
    rows, columns = rng.randrange(1, 70), rng.randrange(1, 220)
    fcntl.ioctl(app._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    os.kill(app.process.pid, signal.SIGWINCH)
    app.read(0.01)


def test_r25_a_half_typed_note_survives_every_ending(env, figure):
    """TERM, HUP, INT and KILL: the note is in the log at the next start; saved, its draft is gone (R25)."""
    endings = [signal.SIGTERM, signal.SIGHUP, *([signal.SIGINT] if TORTURE else []), signal.SIGKILL]
    with Terminal(env=env) as app:
        type_half_a_note(app)
        os.kill(app.process.pid, endings[0])
        assert app.wait_for_end() == 128 + endings[0]
        assert b"\x1b[?1049l" in app.written
    for number in endings[1:]:
        with Terminal(env=env) as app:
            app.until("not saved yet")
            app.press("l")
            app.until(NOTE)
            if number == signal.SIGKILL:
                app.press("\t!")
                app.until(NOTE + "!")
                app.until(lambda _: any(NOTE + "!" in path.read_text() for path in drafts(env)))
            os.kill(app.process.pid, number)
            assert app.wait_for_end() == (-number if number == signal.SIGKILL else 128 + number)
            if number != signal.SIGKILL:
                assert b"\x1b[?1049l" in app.written
    assert {path.stat().st_mode & 0o777 for path in drafts(env)} == {0o600}
    abandoned = drafts(env)[0].with_name(f".{drafts(env)[0].name.lstrip('.')}.00000000.new")
    abandoned.write_text("killed while writing")
    with Terminal(env=env) as app:
        app.until("not saved yet")
        app.press("l")
        app.until(NOTE + "!")
        app.press("2")
        app.until("1/")
        app.press("q")
        assert app.wait_for_end() == 0
    assert drafts(env) == []
    figure("R25", len(endings), "endings by a signal with a note half typed")


def test_r25_resizing_and_stopping_lose_nothing(env, figure):
    """Windows of every size from 1×1 on, and a stop and go on: the app still answers, the note still stands (R25)."""
    rng = random.Random(25)
    trials = size(40, 200)
    with Terminal(env=env) as app:
        type_half_a_note(app)
        for _ in range(trials):
            resize(app, rng)
        app.screen.resize(36, 120)
        fcntl.ioctl(app._master, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))
        os.kill(app.process.pid, signal.SIGWINCH)
        app.until(NOTE)
        os.kill(app.process.pid, signal.SIGTSTP)
        app.until(lambda _: os.waitpid(app.process.pid, os.WUNTRACED | os.WNOHANG)[0] != 0)
        os.kill(app.process.pid, signal.SIGCONT)
        app.press("!")
        app.until(NOTE + "!")
        os.kill(app.process.pid, signal.SIGTERM)
        assert app.wait_for_end() == 128 + signal.SIGTERM
    figure("R25", trials, "resizes, and a stop and go on, with a note half typed")
