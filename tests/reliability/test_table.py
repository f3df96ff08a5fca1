"""Rules of the table whose checkers stand elsewhere, run here with their counts (quality §1)."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from followup_tui.bootstrap import Services
from followup_tui.config import load_config
from followup_tui.errors import FollowupError
from tests.factories import CONFIG, Clock, failed
from tests.figures import TORTURE, size
from tests.services import test_doctor, test_no_loss, test_undo
from tests.services.test_doctor import full
from tests.services.test_no_loss import ACTS, room_for, story
from tests.storage import test_opening

__all__ = ["full", "story"]


def test_r01_kill_9_loses_no_acknowledged_touch(path, monkeypatch, record_property, figure):
    """Killed at random moments through the services: no touch that was said to be saved is lost (R1)."""
    monkeypatch.setattr(test_no_loss, "KILLS", size(6, 200))
    test_no_loss.test_no_acknowledged_touch_is_lost_to_kill_9(path, record_property)
    figure("R1", size(6, 200), "kill -9 of a logging process")


@pytest.mark.parametrize("late", [False, True], ids=["refused", "done, then failed"])
@pytest.mark.parametrize("act", ACTS if TORTURE else ["log", "import", "merge", "undo"])
def test_r03_an_error_at_every_statement(story, path, tmp_path, act, late, figure):
    """Whichever statement fails, the tables are as before or as after (R3)."""
    test_no_loss.test_an_error_at_any_statement_leaves_all_or_nothing(story, path, tmp_path, act, late)
    figure("R3", 1, f"verb with an error at each of its statements ({act}{', late' if late else ''})")


def test_r05_a_full_disk(story, path, tmp_path, figure):
    """No room to log, import, export: one message, nothing changed, and with room it works (R5)."""
    test_no_loss.test_a_full_disk_loses_nothing(story, path, tmp_path)
    figure("R5", 3, "verbs on a full disk (backup: test_backups)")


@pytest.mark.parametrize(
    "make", [test_opening.folder, test_opening.dangling, os.mkfifo], ids=["folder", "link", "pipe"]
)
def test_r07_what_stands_in_the_way(tmp_path, make, figure):
    """A folder, a link or a pipe at the path is named with its exit code and left (R7)."""
    test_opening.test_what_is_no_ordinary_file_is_refused(tmp_path, make)
    figure("R7", 1, f"{getattr(make, '__name__', '')} in the file's place")


def test_r07_read_only(path, figure):
    """A read-only file is read; a folder nobody may write is named (R7)."""
    test_opening.test_a_file_that_may_only_be_read_is_read(path)
    test_opening.test_a_folder_that_may_not_be_written_is_named()
    figure("R7", 2, "read-only file and folder")


def test_r14_every_look_at_damage_is_a_clear_line(full, path, monkeypatch, figure):
    """Planning, looking, finding, previewing, logging and doctor over damage: never a traceback (R14)."""
    trials = size(10, 100)
    monkeypatch.setattr(test_doctor, "DAMAGES", trials * 3)
    test_doctor.test_damage_is_named_and_never_traced_back(full, path, 14)
    figure("R14", trials, "damaged databases, six looks each")


@pytest.mark.parametrize("kind", test_opening.STRANGERS)
def test_r15_what_is_not_ours(tmp_path: Path, kind: str, figure):
    """Somebody else's file is refused and keeps every byte (R15)."""
    test_opening.test_what_is_not_ours_is_refused_untouched(tmp_path, kind)
    figure("R15", 1, f"foreign file ({kind})")


@pytest.mark.parametrize("kind", ["0 bytes", "text", "folder", "link", "pipe"])
def test_r07_doctor_says_what_stands_there(tmp_path: Path, kind: str, figure):
    """Doctor names whatever stands in the database's place in one sentence, fails, and leaves it (R7)."""
    path = tmp_path / "followup.db"
    others = {"folder": test_opening.folder, "link": test_opening.dangling, "pipe": os.mkfifo}
    (test_opening.STRANGERS | others)[kind](path)
    services = Services(path, CONFIG, Clock())
    (line,) = failed(services)
    assert line.startswith(f"opening: {path} ")
    assert list(tmp_path.iterdir()) == [path]
    services.close()
    figure("R7", 1, f"doctor on what is no database ({kind})")


def test_r18_a_revision_from_the_future(path, figure):
    """A newer database is refused with exit code 5, untouched; there is no older revision than 0001 yet (R18)."""
    test_opening.test_a_newer_database_is_refused_untouched(path)
    figure("R18", 1, "database of a newer version")


def test_r22_random_stories_of_work_and_undo(template, monkeypatch, figure):
    """A random state machine equals its model, and undoing all is the start (R22)."""
    stories = size(3, 100)
    monkeypatch.setenv("STORIES", str(stories))
    test_undo.test_everything_can_be_undone(template)
    figure("R22", stories, "stories of 40 random operations with undo and redo")


def test_r24_a_killed_import(path, tmp_path, monkeypatch, figure):
    """All or nothing, and importing again makes no duplicate (R24)."""
    rows = size(2000, 10_000)
    monkeypatch.setattr(test_no_loss, "IMPORT_KILLS", size(2, 20))
    monkeypatch.setattr(test_no_loss, "IMPORT_ROWS", rows)
    test_no_loss.test_a_killed_import_is_all_or_nothing(path, tmp_path)
    figure("R24", size(2, 20), f"kill -9 in an import of {rows:,} rows")


def test_r05_a_full_disk_saving_the_configuration(path, tmp_path, figure):
    """No room, or no right, to save the blocks: one message, the file as it was, and with room it works (R5)."""
    file = tmp_path / "config.toml"
    text = "# mine\n" * 900 + '[[block]]\nname = "Calls"\nstart = "09:00"\nend = "11:00"\n'
    file.write_text(text)
    services = Services(path, load_config(file), Clock(), file)
    wanted = [(0, replace(services.blocks.template()[0], name="Ring"))]
    with room_for(4096), pytest.raises(FollowupError, match="nothing was saved"):
        services.blocks.save_template(wanted)
    file.chmod(0o400)
    with pytest.raises(FollowupError, match="may only be read"):
        services.blocks.save_template(wanted)
    assert file.read_text() == text
    assert services.blocks.template()[0].name == "Calls"
    assert not [one for one in tmp_path.iterdir() if one.name.startswith(".config")]
    file.chmod(0o600)
    services.blocks.save_template(wanted)
    assert load_config(file).blocks[0].name == "Ring"
    services.close()
    figure("R5", 2, "ways the configuration can't be saved")
