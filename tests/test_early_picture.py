"""The picture painted before the app is loaded: true, private, and out of the way of keys and terminal."""

from __future__ import annotations

import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from followup_tui import early_picture
from followup_tui.bootstrap import open_services
from followup_tui.early_picture import EarlyPicture, forget, stamp_of
from tests.factories import Clock, add, open_at
from tests.journeys.test_a_morning import environment
from tests.terminal import Terminal

NOW = "2026-11-23T09:00:00+00:00"
ASKS = b"\x1b[?1000h"
"""What the app's driver writes first: everything before it is the picture."""
DRAWN = re.compile(rb"\x1b\[(\?1049h|\?25l|\?7l|\d*H|[\d;]*m)")


def home(folder: Path, *names: str) -> dict[str, str]:
    """Return an environment with a database of people who can be called today."""
    env = environment(folder) | {"FOLLOWUP_NOW": NOW}
    Path(env["FOLLOWUP_DB"]).parent.mkdir(exist_ok=True)
    services = open_at(Path(env["FOLLOWUP_DB"]), Clock("2026-11-20T09:00"))
    for name in names or ("Ann Lee", "Bea Moll"):
        services.cadences.enrol([add(services, name).id], "Steady")
    services.close()
    begun = open_services(db=env["FOLLOWUP_DB"], config_path=Path(env["FOLLOWUP_CONFIG"]), now=NOW)
    begun.days.begin()  # noted at the first look of a day, a moment after the plan was read
    begun.close()
    return env


def visit(env: dict[str, str], keys: str = "q", until: str = "call 1", **size: int) -> bytes:
    """Open the app, wait for Today, type, wait for its end; return what was painted before it was loaded."""
    with Terminal(env=env, **size) as app:
        app.until(lambda text: ASKS in app.written and until in text and "Steady" in text)
        app.press(keys)
        assert app.wait_for_end() == 0
        before, _, after = app.written.partition(ASKS)
        assert after.count(b"\x1b[?1049l") == 1
        return before


def test_the_next_start_begins_with_what_was_left(tmp_path: Path) -> None:
    """The first start has no picture; the second paints the day before the app is there, and nothing clears it."""
    env = home(tmp_path)
    assert b"Ann Lee" not in visit(env)
    painted = visit(env)
    assert painted.count(b"\x1b[?1049h") == 1
    assert b"Ann Lee" in painted
    assert b"09:00" in painted


def test_the_picture_is_the_first_frame(tmp_path: Path) -> None:
    """The app's own frame changes nothing of it."""
    env = home(tmp_path)
    visit(env, until="streak 1")
    with Terminal(env=env) as app:
        app.until(lambda text: "Bea Moll" in text and "Steady" in text)
        assert ASKS not in app.written
        picture = app.lines()
        app.until(lambda _: app.written.count(b"Bea Moll") > 1 and app.lines() == picture)


def test_keys_typed_at_the_picture_are_kept(tmp_path: Path) -> None:
    """They are done as soon as the app is there, and never echoed."""
    env = home(tmp_path)
    visit(env)
    with Terminal(env=env) as app:
        app.until("Bea Moll")
        assert ASKS not in app.written
        app.press("l")
        app.until("Log ·")
        app.press("\x1b")
        app.until(lambda text: "Log ·" not in text)
        app.press("q")
        assert app.wait_for_end() == 0


def test_a_start_that_ends_early_gives_the_terminal_back(tmp_path: Path) -> None:
    """A signal while only the picture is there leaves a terminal as it was found."""
    env = home(tmp_path)
    visit(env)
    with Terminal(env=env) as app:
        before = termios.tcgetattr(app._master)
        app.until("Bea Moll")
        app.process.send_signal(signal.SIGSTOP)
        if ASKS in app.written:
            pytest.skip("the app was quicker than the test")
        assert not termios.tcgetattr(app._master)[3] & termios.ECHO
        app.process.send_signal(signal.SIGTERM)
        app.process.send_signal(signal.SIGCONT)
        app.wait_for_end()
        assert b"\x1b[?1049l" in app.written
        assert termios.tcgetattr(app._master)[:4] == before[:4]


def test_hostile_names_reach_the_picture_clean(tmp_path: Path) -> None:
    """The picture is text, places and colours: nothing a name brings is a sequence."""
    env = home(tmp_path, "\x1b]0;owned\x07Ann \x9b31m[@click=app.quit]x[/]", "Bea ‮lloM\x00")
    visit(env)
    painted = visit(env)
    assert b"owned" in painted or b"Ann" in painted
    left = DRAWN.sub(b"", painted).decode("utf-8")
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", left)


@pytest.fixture
def kept(tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep a picture that is true, on a terminal that is none; return its file."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("FOLLOWUP_NOW", NOW)
    monkeypatch.setattr(os, "isatty", lambda _: True)
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((120, 36)))
    (tmp_path / "config.toml").write_text("")
    shutil.copy(path, tmp_path / "other.db")
    picture = EarlyPicture({"db": str(path)})
    now = 1795424400
    span = (now - 60, now + 3600, 3600)
    picture.keep(str(path), stamp_of(str(path)), [str(tmp_path / "config.toml")], span, f"{early_picture.CLOCK} Ann")
    [file] = (tmp_path / "state" / "followup" / "pictures").iterdir()
    return file


def body(path: Path, **said: str) -> bytes | None:
    """Return what a start would paint."""
    return EarlyPicture({"db": str(path), **said})._true_body()


def test_a_true_picture_is_painted_with_the_time_it_is(kept: Path, path: Path) -> None:
    """The clock goes on; the file is the user's alone."""
    assert body(path) == b"10:00 Ann"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def _tampered(text: bytes) -> Callable[[Any, Path, Path], None]:
    return lambda _, kept, path: kept.write_bytes(text)


@pytest.mark.parametrize(
    "change",
    [
        lambda m, kept, path: m.setenv("FOLLOWUP_NOW", "2026-11-23T10:00:00+00:00"),
        lambda m, kept, path: m.setenv("FOLLOWUP_NOW", "2026-11-23T08:58:00+00:00"),
        lambda m, kept, path: m.setenv("FOLLOWUP_NOW", "2026-11-24T09:00:00+00:00"),
        lambda m, kept, path: m.setenv("FOLLOWUP_NOW", "2026-11-23T09:00"),
        lambda m, kept, path: m.setenv("NO_COLOR", "1"),
        lambda m, kept, path: m.setenv("TZ", "Asia/Tokyo"),
        lambda m, kept, path: m.setattr(os, "get_terminal_size", lambda _: os.terminal_size((80, 24))),
        lambda m, kept, path: m.setattr(os, "isatty", lambda descriptor: descriptor != 0),
        lambda m, kept, path: m.setattr(early_picture, "__version__", "99"),
        lambda m, kept, path: (kept.parents[3] / "config.toml").write_text("theme = 'paper'"),
        lambda m, kept, path: (kept.parents[3] / "config.toml").unlink(),
        lambda m, kept, path: add(open_at(path), "Somebody else"),
        lambda m, kept, path: path.with_name(f"{path.name}-journal").write_bytes(b"hot"),
        lambda m, kept, path: os.replace(kept.parents[3] / "other.db", path),
        lambda m, kept, path: path.unlink(),
        lambda m, kept, path: kept.chmod(0o644),
        lambda m, kept, path: forget(),
        lambda m, kept, path: (kept.rename(kept.with_name("real")), kept.symlink_to("real")),
        _tampered(b""),
        _tampered(b"followup picture 1\n\nx"),
        _tampered(bytes(range(256)) * 9),
    ],
)  # fmt: skip
def test_what_may_not_be_true_is_not_painted(
    kept: Path, path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Any, Path, Path], None]
) -> None:
    """Another time, terminal, language, program, configuration or database; or a file that is not what was kept."""
    change(monkeypatch, kept, path)
    said = EarlyPicture({"db": str(path)})
    assert not said.show()
    assert said.attributes is None


def test_another_database_has_another_picture(kept: Path, path: Path) -> None:
    """What was said at the start belongs to it."""
    other = path.with_name("other.db")
    assert not EarlyPicture({"db": str(other)}).show()
    EarlyPicture({"db": str(other)}).keep(str(other), stamp_of(str(other)), [], (0, 1 << 40, 0), "x")
    assert (body(other), body(path)) == (b"x", b"10:00 Ann")
    assert body(path, config="other.toml") is None


def test_a_change_while_the_plan_was_shown_is_not_kept(kept: Path, path: Path) -> None:
    """What is kept is what the plan was read from, or nothing, and no older picture either."""
    before = stamp_of(str(path))
    add(open_at(path), "Somebody else")
    EarlyPicture({"db": str(path)}).keep(str(path), before, [], (0, 1, 0), "x")
    assert not kept.exists()


def test_erasing_leaves_no_picture(kept: Path, path: Path) -> None:
    """Somebody who is erased is to be seen nowhere."""
    services = open_at(path)
    services.prospects.erase(add(services, "Ann Lee").id)
    assert not kept.exists()


def test_nobody_has_to_have_one(tmp_path: Path) -> None:
    """`early_picture = false`: nothing is kept, and what was is removed."""
    env = home(tmp_path)
    visit(env)
    [kept] = (tmp_path / "state" / "followup" / "pictures").iterdir()
    config = Path(env["FOLLOWUP_CONFIG"])
    config.write_text("early_picture = false\n" + config.read_text())
    assert b"Ann Lee" not in visit(env)
    assert not kept.exists()


def test_a_picture_that_still_holds_is_not_drawn_again(kept: Path, path: Path) -> None:
    """Leaving costs nothing when the next start would paint what this one did."""
    picture, now = EarlyPicture({"db": str(path)}), 1795424400
    assert not picture.still_holds(stamp_of(str(path)), now)
    assert picture._true_body() is not None
    assert picture.still_holds(stamp_of(str(path)), now)
    assert not picture.still_holds(stamp_of(str(path)), now + 3600)
    add(open_at(path), "Somebody else")
    assert not picture.still_holds(stamp_of(str(path)), now)


def test_a_picture_needs_next_to_nothing(kept: Path, path: Path) -> None:
    """It is painted before the app, its options or a database are imported; that is what makes it early."""
    code = "import sys; from followup_tui.cli.plain import plain_words; import followup_tui.__main__ as m;"
    code += "from followup_tui.early_picture import early_picture;"
    code += "early_picture(plain_words(sys.argv[1:])); print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-S", "-c", code, "--db", str(path)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    heavy = {"textual", "rich", "typing", "dataclasses", "inspect", "pathlib", "re", "sqlite3", "asyncio", "json"}
    assert not heavy & set(done.stdout.split())
