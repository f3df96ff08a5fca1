"""An import the app asks for runs in a process of its own: the same result, one undo step, nothing half done."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from followup_tui import importing, own_process
from followup_tui.bootstrap import Services
from followup_tui.errors import FollowupError
from tests.factories import Clock, dump, failed, open_at


@pytest.fixture
def services(path: Path, clock: Clock) -> Iterator[Services]:
    opened = open_at(path, clock)
    opened.keys_come_first = True
    yield opened
    opened.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Too large to be read where keys are answered."""
    found = tmp_path / "people.csv"
    rows = [f"Ada Berg{number},ada{number}@example.com\n" for number in range(3000)]
    found.write_text("Name,Email\nNobody,no address\n" + "".join(rows), encoding="utf-8")
    assert found.stat().st_size > importing.SMALL
    return found


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What processes of their own were asked for."""
    found: list[object] = []
    run = own_process.run

    def noted(services: Services, work: object, *words: object) -> object:
        found.append(work)
        return run(services, work, *words)  # type: ignore[arg-type]

    monkeypatch.setattr(own_process, "run", noted)
    return found


def test_a_large_file_is_taken_in_beside_and_is_this_windows_own(
    services: Services, path: Path, file: Path, asked: list[object]
) -> None:
    """Counts, report and progress come back, and one undo of this window takes all of it away again."""
    done: list[int] = []
    before = dump(path, ("prospect", "standing", "journal"))
    view, changes = importing.import_beside(services, lambda rows: not done.append(rows), [file], {"tags": ("fair",)})
    assert asked == [importing.import_files]
    assert (view.files[0].created, view.files[0].rows, view.similar) == (3001, 3001, 0)
    assert [(one.line, one.field) for one in view.files[0].rejected] == [(2, "email")]
    assert done
    assert done == sorted(done)
    assert (changes.change, failed(services)) == (1, [])
    assert [change.name for change in services.undo.history()] == [view.undo]
    services.undo.undo()
    assert dump(path, ("prospect", "standing", "journal")) == before


def test_a_look_writes_nothing_and_the_first_rows_need_no_process(
    services: Services, path: Path, file: Path, asked: list[object]
) -> None:
    """What would happen is counted beside, the first rows are looked at where it is asked."""
    before = dump(path)
    view, changes = importing.import_beside(services, lambda rows: True, [file], {"dry_run": True, "first": 1000})
    assert (view.looked_at, changes.change, asked) == (1000, 0, [])
    view, changes = importing.import_beside(services, lambda rows: True, [file], {"dry_run": True})
    assert (view.files[0].created, changes.change, len(asked)) == (3001, 0, 1)
    assert dump(path) == before


def test_called_off_it_leaves_everything_as_it_was(services: Services, path: Path, file: Path) -> None:
    """Esc ends the process at its next word of progress, and nobody of the file is there."""
    before = dump(path)
    file.write_text(file.read_text(encoding="utf-8") + "".join(f"Bo {n},bo{n}@x.example\n" for n in range(30_000)))
    with pytest.raises(FollowupError, match="cancelled: nothing was changed"):
        importing.import_beside(services, lambda rows: False, [file], {})
    assert dump(path) == before


def test_a_file_that_cannot_be_read_is_said(services: Services, tmp_path: Path) -> None:
    """A file that is gone, or no list of people, is one line, whoever finds it out."""
    broken = tmp_path / "film.csv"
    broken.write_bytes(os.urandom(importing.SMALL * 2))
    for file, words in ((tmp_path / "gone.csv", "there is no such file"), (broken, "this is no text file")):
        with pytest.raises(FollowupError, match=words):
            importing.import_beside(services, lambda rows: True, [file], {})
