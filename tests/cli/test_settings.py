"""config show, check, edit, path; and paths."""

from __future__ import annotations

import stat
import sys
from dataclasses import replace

import pytest

from followup_tui import paths
from followup_tui.config import load_config
from followup_tui.config_example import EXAMPLE


@pytest.fixture
def write():
    def config(text: str) -> None:
        paths.config_path().parent.mkdir(parents=True, exist_ok=True)
        paths.config_path().write_text(text, encoding="utf-8")

    return config


@pytest.fixture
def editor(monkeypatch):
    """Somebody sits in front of a terminal and uses this editor."""

    def use(command: str) -> None:
        monkeypatch.setenv("VISUAL", command)
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True)

    return use


def test_what_show_prints_is_a_configuration(run, write, tmp_path):
    """Printed, saved and read again it is the same, names and quotes included."""
    write(
        'zone = "Asia/Tokyo"\nworking_days = ["sun", "mon"]\n[me]\nname = "O\'Dell \\"Ö\\""\n'
        '[keys]\n"today.log" = "l,enter"\n[minutes]\n"in person" = 50\n'
    )
    shown = tmp_path / "shown.toml"
    shown.write_text(run("config", "show").out, encoding="utf-8")
    again = load_config(shown)
    assert again.problems == ()
    assert again == replace(load_config(paths.config_path()), problems=())


def test_show_names_days_and_null_in_json(run, write):
    """Days by name, times as HH:MM, nothing as null."""
    write("[me]\nname = 'Sam'\n")
    data = run("config", "show", "--json").data
    assert data["working_days"] == ["mon", "tue", "wed", "thu", "fri"]
    assert (data["me"]["name"], data["me"]["phone"], data["day_starts"]) == ("Sam", None, "04:00")
    assert data["block"][1]["start"] == "09:00"


def test_check_names_the_problems_and_fails(run, write):
    """Exit 1 and a line per problem on stdout; 0 when all is well, or nothing is there."""
    assert run("config", "check").code == 0
    write("\nnope = 1\n")
    checked = run("config", "check")
    assert (checked.code, checked.err) == (1, "")
    assert checked.out.startswith("config.toml line 2: nope: unknown key")
    data = run("config", "check", "--json").data
    assert (data["ok"], len(data["problems"])) == (False, 1)
    write("theme = 'paper'\n")
    assert run("config", "check").out.endswith("config.toml is fine\n")


def test_edit_makes_the_example_for_its_owner_and_checks_it(run, editor):
    """The first edit starts from every key commented out, in a file nobody else reads."""
    editor("true")
    edited = run("config", "edit")
    path = paths.config_path()
    assert (edited.code, path.read_text(encoding="utf-8")) == (0, EXAMPLE)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_edit_keeps_what_is_there(run, write, editor):
    """A file of one's own is never replaced, and what was typed is checked."""
    write("nope = 1\n")
    editor("true")
    assert run("config", "edit").code == 1
    assert paths.config_path().read_text() == "nope = 1\n"


@pytest.mark.parametrize("command", ["/no/such/editor", "false", "vi '"])
def test_an_editor_that_fails_is_named(run, editor, command):
    """Not a traceback."""
    editor(command)
    failed = run("config", "edit")
    assert failed.code == 1
    assert failed.err.startswith(f"followup: the editor “{command}” failed")


def test_nothing_is_edited_without_a_terminal(run):
    """A script must not hang in an editor."""
    refused = run("config", "edit")
    assert refused.code == 1
    assert str(paths.config_path()) in refused.err
    assert not paths.config_path().exists()


def test_paths_follow_what_was_said(run, tmp_path):
    """The database and its backups are those of --db."""
    data = run("paths", "--db", str(tmp_path / "a.db"), "--config", "~/c.toml", "--json").data
    assert (data["database"], data["backups"]) == (str(tmp_path / "a.db"), str(tmp_path / "a.db-backups"))
    assert data["config"].startswith("/")
    assert data["config"].endswith("/c.toml")
    assert str(paths.log_path()) in run("paths").out
