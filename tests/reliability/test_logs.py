"""The log: private, rotating, without people (issue: logs hold ids)."""

from __future__ import annotations

import logging
import os

from followup_tui import logs, paths


def test_the_log_is_private_and_rotates(tmp_path, monkeypatch):
    """Whatever the umask: 0600 in 0700; beyond its size three older files are kept, and nothing more."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    before = os.umask(0)
    try:
        for turn in range(12):
            assert logs.write(logging.INFO, "change %d %s", turn, "x" * (logs.LARGEST // 2)) == paths.log_path()
    finally:
        os.umask(before)
    found = sorted(paths.state_dir().iterdir())
    assert [path.name for path in found] == ["followup.log", *(f"followup.log.{n}" for n in (1, 2, 3))]
    assert {path.stat().st_mode & 0o777 for path in found} == {0o600}
    assert paths.state_dir().stat().st_mode & 0o777 == 0o700


def test_the_log_is_no_way_through_a_link(tmp_path, monkeypatch):
    """A link planted in its place is not written through, and nothing is raised."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    paths.state_dir().mkdir()
    (tmp_path / "victim").write_text("mine")
    paths.log_path().symlink_to(tmp_path / "victim")
    assert logs.write(logging.INFO, "hello") is None
    assert (tmp_path / "victim").read_text() == "mine"
