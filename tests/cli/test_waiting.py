"""The line that says how far long work is."""

from __future__ import annotations

import io
import threading
from pathlib import Path

import pytest

from followup_tui.cli import waiting
from followup_tui.cli.options import Options
from followup_tui.cli.session import Session
from followup_tui.cli.waiting import Waiting, progress_words
from followup_tui.errors import FollowupError
from tests.factories import add, open_at


class Screen(io.StringIO):
    """A terminal that says when something was drawn."""

    def __init__(self, watched: bool = True) -> None:
        super().__init__()
        self.watched = watched
        self.drawn = threading.Event()

    def isatty(self) -> bool:
        return self.watched

    def write(self, text: str) -> int:
        done = super().write(text)
        self.drawn.set()
        return done


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("people", 1200, 4000, 1200, 2.0), "1,200 of 4,000 people · 600 a second · 5 s left · ctrl-c stops"),
        (("people", 1200, 400_000, 1200, 2.0), "1,200 of 400,000 people · 600 a second · 11 min left · ctrl-c stops"),
        (("rows", 50, 0, 50, 2.0), "50 rows · 25 a second · ctrl-c stops"),
        (("promises", 0, 0, 0, 7.0), "promises · 7 s so far · ctrl-c stops"),
        (("checks: values", 1, 8, 0, 7.0), "1 of 8 checks: values · 7 s so far · ctrl-c stops"),
        (("people", 5000, 4000, 5000, 1.0), "5,000 of 4,000 people · 5,000 a second · 0 s left · ctrl-c stops"),
    ],
)
def test_count_rate_and_time_left(words: tuple[str, int, int, int, float], line: str) -> None:
    """The line names what is counted, how fast it goes and how long it takes, or else how long it took."""
    assert progress_words(*words) == line


def test_a_line_that_goes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work that says nothing for a while still has its line, and nothing of it is left when the work is done."""
    screen = Screen()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setattr(waiting, "_PATIENCE", 0.001)
    with Waiting() as told:
        assert told.tell("people", 3, 10)
        assert screen.drawn.wait(10)
    assert "3 of 10 people" in screen.getvalue()
    assert screen.getvalue().endswith("\r\x1b[K")


def test_an_old_database_has_its_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whatever the command, how far bringing the database to this version is stands there until it is."""
    screen, session = Screen(), Session(lambda: 0, Options(db=str(tmp_path / "a.db")), "add")
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setattr(waiting, "_PATIENCE", 0.001)
    told = session.services.told_of_migration
    assert told is not None
    assert told("", 0, 0)
    assert told("MB copied", 3, 10)
    assert screen.drawn.wait(10)
    assert told("", 0, 0)
    assert "3 of 10 MB copied" in screen.getvalue()
    assert screen.getvalue().endswith("\r\x1b[K")


def test_nobody_watches_and_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Into a file or a pipe no line is written, and work shorter than a glance says nothing either."""
    for watched in (False, True):
        screen = Screen(watched)
        monkeypatch.setattr("sys.stderr", screen)
        with Waiting() as told:
            assert (told._line is not None) == watched
            assert told.counting("rows")(5)
            assert told.of("days")(1, 2)
        assert screen.getvalue() == ""


def test_a_rebuild_is_cancelled_whole(tmp_path: Path) -> None:
    """A rebuild and a doctor stop when told so, at whatever they are, and no state was changed."""
    services = open_at(tmp_path / "a.db")
    who = add(services, "Ann Lee").id
    connection = services._context.database.connection()
    connection.execute("UPDATE standing SET touches = 7")
    seen: list[str] = []

    def stop(what: str, done: int, of: int) -> bool:
        seen.append(what)
        return what != "journals"

    for work in (services.doctor.rebuild, services.doctor.check):
        with pytest.raises(FollowupError, match="cancelled"):
            work(stop)
    assert {"MB copied", "journals", "checks: integrity"} <= set(seen)
    assert connection.execute("SELECT touches FROM standing").fetchall() == [(7,)]
    done, _ = services.doctor.rebuild()
    assert done.mended == (who,)
    services.close()
