"""A file read by another process: the same people, the same reports, and no process left behind."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from followup_tui.bootstrap import Services
from followup_tui.errors import FollowupError
from followup_tui.exchange.drafts import Draft
from followup_tui.exchange.formats import open_file
from followup_tui.exchange.reading import Options, Reading
from followup_tui.services import lots, reading_beside
from followup_tui.services.arrivals import Arrivals
from followup_tui.services.arriving import arriving
from followup_tui.services.reading_beside import Asked, read_beside
from tests.factories import add, failed, open_at

HEADER = "Name,Company,Email,Phone,Address,Tags,Why,Birthday,Colour\n"
ROWS = [
    'Ann Lee,Acme,ann@acme.example,+49 30 901820,"Main St 1, Berlin","roof, VIP",hail,1980-02-29,red\n',
    "Nobody Reachable,,not an address,call me,,,,,\n",
    "Zoë Müller,Größe,zoe@x.example,030 901821,,,,31.2.1990,=1+1\n",
    "Ann Lee,Acme,ann@acme.example,+49 30 901821,,,,,\n",
    ",,,,,,,,\n",
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A mixed file of a few lots."""
    found = tmp_path / "people.csv"
    some = [f"Person {number},Firm {number % 7},p{number}@x.example,,,,,,\n" for number in range(1200)]
    found.write_text(HEADER + "".join(ROWS + some), encoding="utf-8")
    return found


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The processes that were started; all have to have ended."""
    processes = []

    class Watched(subprocess.Popen):  # type: ignore[type-arg]
        def __init__(self, *words: object, **options: object) -> None:
            super().__init__(*words, **options)  # type: ignore[call-overload]
            processes.append(self)

    monkeypatch.setattr(subprocess, "Popen", Watched)
    yield processes
    assert [process.returncode is None for process in processes] == [False] * len(processes)


def reading(file: Path) -> tuple[Reading, Asked]:
    options = Options(default_region="DE")
    return open_file(file, options=options), Asked(file, "auto", options, ("fair",))


def test_it_reads_what_would_be_read_here(file: Path, started: list[object]) -> None:
    """People, order, rejections and rows are those of a reading in this process."""
    opened, asked = reading(file)
    here = list(lots.lots(opened, asked.tags))
    there = list(read_beside(opened, asked))
    assert [lot._replace(ids=(), closer=None) for lot in there] == here
    ids = [one for lot in there for one in lot.ids]
    assert len(set(ids)) == len(ids) == sum(len(lot.people) for lot in here)
    assert (len(started), len(here), here[-1].rows) == (1, 3, 1204)
    assert [(one.line, one.field) for one in here[0].refused] == [(3, "email"), (3, "phone"), (4, "birthday")]


def test_where_no_process_can_be_started_it_is_read_here(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system without room for another process imports all the same."""

    def full(*words: object, **options: object) -> None:
        raise BlockingIOError("no room")

    opened, asked = reading(file)
    monkeypatch.setattr(subprocess, "Popen", full)
    assert list(read_beside(opened, asked)) == list(lots.lots(opened, asked.tags))


def test_who_stops_taking_ends_it(file: Path, started: list[subprocess.Popen[bytes]]) -> None:
    """A cancelled import leaves no process that reads on."""
    opened, asked = reading(file)
    found = read_beside(opened, asked)
    next(found)
    assert started[0].poll() is None
    found.close()
    assert started[0].returncode == -signal.SIGKILL


def test_a_process_that_is_killed_is_told_of(file: Path, started: list[subprocess.Popen[bytes]]) -> None:
    """Half a file is never taken for a whole one."""
    file.write_text(HEADER + "".join(f"Person {number},,p{number}@x.example,,,,,,\n" for number in range(60_000)))
    found = read_beside(*reading(file))
    next(found)
    os.kill(started[0].pid, signal.SIGKILL)
    with pytest.raises(FollowupError, match="ended from outside"):
        list(found)


def test_its_errors_arrive(file: Path, started: list[object]) -> None:
    """What goes wrong at the other end is said as if it had gone wrong here."""
    opened, asked = reading(file)
    file.unlink()
    with pytest.raises(FollowupError, match="there is no such file"):
        list(read_beside(opened, asked))


@pytest.mark.parametrize("placed", [{}, {"Colour": "note", "Why": ""}])
def test_an_import_on_two_cores_stores_the_same(
    tmp_path: Path,
    file: Path,
    started: list[object],
    monkeypatch: pytest.MonkeyPatch,
    placed: dict[str, str],
) -> None:
    """Counts, reports and facts of all people are those of an import without another process, recalled columns too."""
    found = []
    for large in (1 << 30, 0):
        monkeypatch.setattr(reading_beside, "_is_worth_it", lambda path, large=large: path.stat().st_size >= large)
        services = open_at(tmp_path / f"{large}.db")
        services.exchange.import_files([file], placed=placed, dry_run=True)
        before = services.exchange.import_files([_small(tmp_path)], placed=placed)[0]
        view = services.exchange.import_files([file], tags=["fair"])[0].files[0]
        assert (before.files[0].created, view.recalled, failed(services)) == (1, bool(placed), [])
        found.append((view, _facts(services)))
        services.undo.undo()
        assert len(services.prospects.rows()) == 1
        services.close()
    assert found[0] == found[1]
    assert len(started) == 3


def _small(folder: Path) -> Path:
    found = folder / "small.csv"
    found.write_text(HEADER + "Cy Diaz,,cy@x.example,,,,,,blue\n", encoding="utf-8")
    return found


def _facts(services: Services) -> list[tuple[object, ...]]:
    connection = services._context.database.connection()
    columns = "p.name, p.company, p.why, p.note, p.zone, p.zone_confirmed, p.birthday, p.extra, p.search"
    return connection.execute(
        f"SELECT {columns}, s.relation, s.state, s.has_why, (SELECT group_concat(kind || value || key || position) "
        "FROM detail d WHERE d.prospect_id = p.id), (SELECT group_concat(tag) FROM tag t WHERE t.prospect_id = p.id), "
        "(SELECT group_concat(event) FROM journal j WHERE j.prospect_id = p.id) "
        "FROM prospect p JOIN standing s ON s.prospect_id = p.id ORDER BY p.name, p.search, p.created_at"
    ).fetchall()


def test_an_id_that_came_along_and_is_taken_is_passed_over(path: Path) -> None:
    """Nobody is overwritten by somebody new, however unlikely it is that two get one id."""
    services = open_at(path)
    who = add(services, "Ann Lee").id
    with services._context.working("Import", cards=False) as work:
        arrivals = Arrivals(services._context, work, None, None)
        arrivals.take([arriving(Draft(2, "Bo Chan")), arriving(Draft(3, "Cy Diaz"))], [who, "zzzzzzzz"])
        arrivals.finish()
    found = {row.name: row.id for row in services.prospects.rows()}
    assert (len(found), found["Ann Lee"], found["Bo Chan"]) == (3, who, "zzzzzzzz")
    assert failed(services) == []
    services.close()
