"""Odd values on a real database: one line and the right exit code, nothing written, nobody's file touched."""

from __future__ import annotations

import os

import pytest

from tests.cli.test_end_to_end import at

__all__ = ["at"]

BOOK = "x" * 10_000


@pytest.fixture
def ann(at):
    """The command line on a database with one person."""
    assert at("add", "Ann Lee", "--phone", "+49 30 901820", "--relation", "engaged").code == 0
    return at


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("today", "--date", "9999-12-31"), 2, "“9999-12-31” is out of reach – a year from 1970 until 2299"),
        (("day", "--date", "+7000y"), 2, "“+7000y” is out of reach"),
        (("edit", "ann", "--pace", "²"), 2, "unknown pace “²”"),
        (("edit", "ann", "--pace", "9" * 5000), 2, "unknown pace “999"),
        (("edit", "ann", "--zone", BOOK), 2, "unknown zone “xxx"),
        (("refer", "ann", "--waive", "²"), 2, "--waive “²” is no number"),
        (("refer", "ann", "--waive", "9" * 5000), 2, "--waive “999"),
        (("block", "edit", "9" * 5000, "--name", "x"), 2, ""),
        (("forecast", "--weeks", BOOK), 2, "invalid value for '--weeks'"),
        (("agenda", BOOK), 1, "“/xxx"),
        (("cadence", "export", "Steady", BOOK), 1, "“/xxx"),
        (("agenda", "/proc/1/mem"), 1, "/proc/1/mem "),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else "",
)
def test_a_value_nobody_can_use_is_one_short_line(ann, words, code, said, monkeypatch, tmp_path):
    """What was wrong is named and cut to what fits, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    before = ann("history", "--json").data
    failed = ann(*words)
    assert (failed.code, failed.out) == (code, "")
    assert failed.err.startswith(f"followup: {said.replace('/xxx', 'xxx')}"), failed.err
    assert failed.err.count("\n") == 1
    assert len(failed.err) < 600
    assert "internal error" not in failed.err
    assert ann("history", "--json").data == before


def test_a_file_with_a_name_that_is_no_text_is_imported(at, tmp_path):
    """Old disks hold such names; the change and the report show them cleaned."""
    file = tmp_path / os.fsdecode(b"caf\xe9.csv")
    file.write_text("name,phone\nBob Ray,+49 30 901821\n")
    done = at("import", str(file), "--tag", os.fsdecode(b"\xe9t\xe9"))
    assert (done.code, done.err) == (0, "")
    assert at("history", "--json").data["changes"][0]["name"] == "Import caf.csv (1 new)"
    assert at("show", "Bob", "--json").data["prospect"]["tags"] == ["t"]


def test_a_full_disk_behind_the_output_is_one_line(ann, monkeypatch):
    """A list sent to a full disk fails aloud: exit 1, and no word of an internal error."""
    import sys

    with open("/dev/full", "w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        failed = ann("find")
        monkeypatch.undo()
    assert (failed.code, failed.err) == (1, "followup: the output can't be written: No space left on device\n")


def test_closed_streams_change_no_exit_code(ann, monkeypatch):
    """Who started us may have closed both: a command does its work, and a wrong one is still wrong."""
    import sys

    for stream in ("stdout", "stderr"):
        monkeypatch.setattr(sys, stream, None)
    codes = ann("star", "ann").code, ann("tody").code
    for stream in (sys.stdout, sys.stderr):
        stream.close()
    monkeypatch.undo()
    assert codes == (0, 2)


@pytest.mark.parametrize(
    "name",
    ["👩‍👩‍👧‍👦", "می\u200cخواهم", "Appels\u00a0: matin", "[/b][@click=app.quit]", "\x1b[2Jx", "\u202edrow", '"\\"'],
)
def test_a_block_may_be_called_what_a_person_may(at, tmp_path, name):
    """What is written to the configuration is read back as it was written."""
    (tmp_path / "c.toml").touch()
    added = at("block", "add", name, "12:20", "12:40", "--config", str(tmp_path / "c.toml"))
    assert (added.code, added.err) == (0, "")
    assert at("config", "check", "--config", str(tmp_path / "c.toml")).code == 0
