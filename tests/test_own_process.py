"""Long work in a process of its own: the same answers, progress, cancelling, errors, and nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from followup_tui import long_work, own_process
from followup_tui.bootstrap import Services
from followup_tui.domain.workdays import zone_of
from followup_tui.errors import FollowupError, NothingFound
from followup_tui.services.views import ProspectDraft
from followup_tui.services.views.merging import PairView
from tests.factories import CONFIG, Clock, add, log, open_at


@pytest.fixture
def services(path: Path, clock: Clock) -> Iterator[Services]:
    opened = open_at(path, clock)
    opened.keys_come_first = True
    yield opened
    opened.close()


def heard(*how_far: object) -> bool:
    return True


def facts(services: Services, told: own_process.Told, word: str) -> tuple[object, ...]:
    return os.getpid(), services.path, services.config, services.now().replace(microsecond=0), word


def added(services: Services, told: own_process.Told) -> int:
    print("what is printed is no answer")
    return services.prospects.add(ProspectDraft(name="Ann Lee"))[1].change


def scanned(services: Services, told: own_process.Told) -> list[PairView]:
    return services.duplicates.scan(told)


def way(services: Services, told: own_process.Told) -> tuple[int, int]:
    """How it shares the cores: its own policy and its niceness."""
    return os.sched_getscheduler(0), os.nice(0)


def for_ever(services: Services, told: own_process.Told) -> None:
    while told(os.getpid()):
        time.sleep(0.01)
    raise FollowupError("called off")


def refused(services: Services, told: own_process.Told) -> None:
    raise NothingFound("nobody is here", "add somebody")


def broken(services: Services, told: own_process.Told) -> None:
    raise ZeroDivisionError("a fault of the program")


def killed(services: Services, told: own_process.Told) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def leaving(services: Services, told: own_process.Told) -> None:
    """A backup that waits, half done, for the end of the app."""
    said = services.path.with_name("began")

    def wait(*how_far: object) -> bool:
        said.touch()
        while told(*how_far):
            time.sleep(0.01)
        said.with_name("ended").touch()
        return False

    services.backups.make(progress=wait)


def test_it_stands_on_what_the_app_stands_on(services: Services) -> None:
    """Another process, with the same database, configuration and clock; where nobody types it is this one."""
    process, *found = own_process.run(services, facts, heard, "a word")
    assert process != os.getpid()
    assert found == [services.path, CONFIG, services.now(), "a word"]
    services.keys_come_first = False
    assert own_process.run(services, facts, heard, "a word")[0] == os.getpid()


@pytest.mark.skipif(not hasattr(os, "SCHED_IDLE"), reason="cores are shared in another way here")
def test_it_gives_way_to_the_app(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """It works in idle moments, and what it starts does too; where the system forbids that, it is as nice as can be."""
    assert own_process.run(services, way, heard) == (os.SCHED_IDLE, os.nice(0))
    asked: list[int] = []

    def forbidden(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "sched_setscheduler", forbidden)
    monkeypatch.setattr(os, "nice", asked.append)
    own_process._give_way()
    assert asked == [own_process.BEHIND]


def test_what_it_writes_is_written_by_this_session(services: Services) -> None:
    """Undo takes it for a change of this window, and what is printed meanwhile disturbs nothing."""
    assert own_process.run(services, added, heard) == 1
    services.undo.undo()
    assert services.prospects.rows() == []
    connection = services._context.database.connection()
    assert connection.execute("SELECT session FROM change").fetchall() == [(services._context.database.session,)]


def test_pairs_come_whole(services: Services) -> None:
    """A long answer comes in several lots and is the one a scan in this process gives; an empty one too."""
    assert own_process.run(services, scanned, heard) == []
    for number in range(24):
        company = ("Acme", "Bretzel")[number % 2]
        add(services, "Ann Lee", "pool", company=company, phone=None, email=f"{number}@acme.example")
    expected = services.duplicates.scan()
    assert len(expected) > own_process.LOT
    assert own_process.run(services, scanned, heard) == expected
    assert own_process.run(services, long_work.look_for_duplicates, heard) == (expected, len(expected))


def test_parts_of_an_answer_all_arrive(services: Services) -> None:
    """Sections of the measures come one by one, none is left out, and are those counted in this process."""
    log(services, add(services).id)
    sections: list[object] = []

    def told(*words: object) -> bool:
        sections.extend(words if len(words) == 1 else ())
        return True

    here: list[object] = []
    expected = services.measures.stats(None, here.append)
    assert own_process.run(services, long_work.count_measures, told, None) == expected
    assert sections == here
    ahead = own_process.run(services, long_work.look_ahead, heard, 5, "Steady", 2)
    assert ahead == services.forecast.forecast(what_if=5, cadence="Steady", per_day=2)


def test_a_small_database_needs_no_process(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done before a process has begun is done here; in a large database, where keys come first, beside it."""
    assert long_work.run(services, facts, heard, "")[0] == os.getpid()
    monkeypatch.setattr(long_work, "SMALL", 1)
    assert long_work.run(services, facts, heard, "")[0] != os.getpid()
    services.keys_come_first = False
    assert long_work.run(services, facts, heard, "")[0] == os.getpid()


def test_it_can_be_called_off(services: Services) -> None:
    """Progress is passed on; a False ends the process at its next word, and its error is raised here."""
    workers = []

    def told(process: int) -> bool:
        workers.append(process)
        return len(workers) < 3

    with pytest.raises(FollowupError, match="called off"):
        own_process.run(services, for_ever, told)
    assert len(workers) >= 3
    with pytest.raises(ProcessLookupError):
        os.kill(workers[0], 0)


@pytest.mark.parametrize(
    ("work", "error", "words"),
    [
        (refused, NothingFound, "nobody is here – add somebody"),
        (broken, ZeroDivisionError, "a fault of the program"),
        (killed, FollowupError, "ended from outside"),
    ],
)
def test_errors_arrive(services: Services, work: Callable[..., None], error: type[Exception], words: str) -> None:
    """Title, hint and kind of an error are kept; a fault names its place; a killed process is told of."""
    with pytest.raises(error, match=words) as raised:
        own_process.run(services, work, heard)
    assert raised.type is error
    if error is ZeroDivisionError:
        assert "in broken" in raised.value.__notes__[0]


def test_the_backup_of_the_day(services: Services) -> None:
    """It is made once, in the folder beside the database, and can be restored."""
    add(services)
    assert services.backups.is_due()
    own_process.run(services, long_work.daily_backup, heard)
    assert not services.backups.is_due()
    assert services.backups.look(Path(services.backups.list()[0].file)).prospects == 1


def test_what_is_left_behind_goes_on_without_the_app(services: Services) -> None:
    """Nobody holds its end: it makes the backup of the day though its standard input is closed from the start."""
    add(services)
    process = own_process.leave_behind(services, long_work.daily_backup)
    assert process is not None
    assert process.wait(30) == 0
    assert not services.backups.is_due()


_APP = """
import sys, threading
from datetime import datetime
from pathlib import Path
from followup_tui import own_process
from tests.test_own_process import heard, leaving
from tests.factories import open_at
services = open_at(Path(sys.argv[1]))
services.keys_come_first = True
threading.Thread(target=own_process.run, args=(services, leaving, heard), daemon=True).start()
sys.stdin.read()
"""


def test_the_end_of_the_app_ends_it(services: Services, path: Path) -> None:
    """An app that is killed leaves no process that works on, and no half of a backup."""
    add(services)
    command = [sys.executable, "-c", _APP, str(path)]
    app = subprocess.Popen(command, stdin=subprocess.PIPE, cwd=Path(__file__).parents[1])
    _wait_for(path.with_name("began"))
    app.kill()
    app.communicate()
    _wait_for(path.with_name("ended"))
    until = time.monotonic() + 20
    while list(services.backups.folder.iterdir()) and time.monotonic() < until:
        time.sleep(0.01)
    assert list(services.backups.folder.iterdir()) == []


def _wait_for(file: Path) -> None:
    until = time.monotonic() + 20
    while not file.exists():
        assert time.monotonic() < until, f"{file.name} never came"
        time.sleep(0.01)


def test_clock_of_another_zone(services: Services) -> None:
    """Who has flown plans there too: the zone the day goes on in is handed over."""
    services.travel("Asia/Tokyo")
    _, _, config, now, _ = own_process.run(services, facts, heard, "")
    assert (config.zone, now.tzinfo) == ("Asia/Tokyo", zone_of("Asia/Tokyo"))  # type: ignore[attr-defined]


def test_days_that_are_over_are_counted_in_the_other_process(
    services: Services, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the days before today this process counts none, and the streak is the one it would have counted."""
    for day in ("2026-11-18T10:00", "2026-11-19T10:00", "2026-11-20T10:00"):
        clock.at(day)
        log(services, add(services, day).id)
    clock.at("2026-11-23T10:00")
    counted: list[object] = []
    tally = services.days._tally_in_lots
    monkeypatch.setattr(services.days, "_tally_in_lots", lambda day, *more: counted.append(day) or tally(day, *more))
    monkeypatch.setattr(long_work, "SMALL", 0)
    assert not services.days.are_counted()
    found = long_work.streak(services)
    assert counted == [clock().date()]
    assert services.days.are_counted()
    plain = open_at(services.path, clock)
    assert found == plain.days.streak()
    plain.close()
