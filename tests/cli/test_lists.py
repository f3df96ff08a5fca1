"""Smart lists by command: saved, used inside filters, renamed, moved and removed."""

from __future__ import annotations

import pytest


@pytest.fixture
def at(run, tmp_path, monkeypatch):
    """Run a command on a database of the test's own."""
    monkeypatch.setenv("FOLLOWUP_DB", str(tmp_path / "own" / "followup.db"))
    monkeypatch.setenv("FOLLOWUP_NOW", "2026-11-23T09:12")
    return run


def test_a_list_is_kept_and_used_by_name(at, tmp_path):
    """`list:` stands for what was saved in find and in export; JSON says what a script needs."""
    at("add", "Ann Lee", "--phone", "+49 30 901820", "--tag", "roof")
    saved = at("list", "save", "Roofers", "tag:roof", "-star", "--json").data
    assert saved["list"] == {"name": "Roofers", "filter": "tag:roof -star", "shipped": False, "count": None}
    assert saved["undo"] == "Save list Roofers"
    assert [one["count"] for one in at("list", "list", "--json").data["lists"]][-1] == 1
    assert "Ann Lee" in at("find", "list:roofers").out
    assert at("export", str(tmp_path / "a.csv"), "--where", "list:roofers").code == 0
    assert at("list", "rename", "roofers", "Tilers").code == 0
    assert at("list", "move", "Tilers", "1").code == 0
    assert at("list", "remove", "Tilers").code == 0
    assert "Ann Lee" in at("undo").out + at("find", "list:tilers").out


def test_mistakes_about_lists_are_told_with_their_column(at, tmp_path):
    """Circles, unknown lists and nobody found: one line and the exit code, and no file."""
    wrong = at("list", "save", "Round", "star", "or", "list:round")
    assert (wrong.code, "would hold itself" in wrong.err, "column" in wrong.err) == (2, True, True)
    unknown = at("find", "list:rofers")
    assert (unknown.code, "there is no list “rofers”" in unknown.err) == (2, True)
    assert at("list", "remove", "nothing").code == 3
    nobody = at("export", str(tmp_path / "a.csv"), "--where", "tag:roof")
    assert (nobody.code, (tmp_path / "a.csv").exists()) == (3, False)
