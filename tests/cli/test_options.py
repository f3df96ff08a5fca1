"""The options everybody takes, the start of the app, and what is imported for it."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace

import pytest

from followup_tui.cli import start
from followup_tui.cli.options import Options, plain_start, starting_at
from followup_tui.errors import UsageError


@pytest.mark.parametrize(
    "words",
    [
        "--db x.db --config c.toml --now 2026-11-23T09:00 --no-color today",
        "today --db x.db --config c.toml --now 2026-11-23T09:00 --no-color",
        "--db=x.db today --config=c.toml --no-color --now=2026-11-23T09:00",
    ],
)
def test_common_options_stand_before_or_after_the_command(run, fake, tmp_path, monkeypatch, words):
    """Both positions, both spellings."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "c.toml").write_text("")
    assert run(*words.split()).code == 0
    assert fake.opened == [Options(db="x.db", config="c.toml", now="2026-11-23T09:00", no_color=True)]


def test_the_later_option_holds(run, fake):
    """What stands nearer to the verb was meant."""
    run("--db", "a.db", "today", "--db", "b.db")
    assert fake.opened[0].db == "b.db"


def test_groups_take_them_too(run, fake):
    """`cadence --json list` is as good as `cadence list --json`."""
    assert run("cadence", "--json", "list").data == run("--json", "cadence", "list").data


def test_an_options_value_is_never_taken_for_an_option(run, fake):
    """A note may look like an option, and words after -- are words."""
    assert run("log", "ann", "phone", "vm", "--note", "--json").code == 0
    draft = fake.last("log.log")[0][1]
    assert draft.note == "--json"
    run("add", "--", "--json")
    assert fake.last("prospects.add")[0][0].name == "--json"


def test_the_services_are_closed_after_a_command(run, fake):
    """Also when it fails."""
    run("today")
    assert fake.calls[-1][0] == "close"
    fake.error = UsageError("no")
    run("today")
    assert fake.calls[-1][0] == "close"


@pytest.mark.parametrize(
    ("words", "options"),
    [
        ([], Options()),
        (["--db", "x", "--no-color"], Options(db="x", no_color=True)),
        (["--now=2026-01-01", "--version"], Options(now="2026-01-01", version=True)),
        (["today"], None),
        (["--db"], None),
        (["--db", "x", "today"], None),
        (["--help"], None),
        (["--"], None),
    ],
)
def test_a_plain_start_is_seen_without_a_parser(words, options):
    """Nothing but common options opens the app; anything else is looked at closely."""
    assert plain_start(words) == options


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-23T09:00", "2026-11-23T09:00:00+01:00"),
        ("2026-07-01 09:00", "2026-07-01T09:00:00+02:00"),
        ("2026-11-23T09:00:00-05:00", "2026-11-23T15:00:00+01:00"),
        ("2026-11-23T09:00Z", "2026-11-23T10:00:00+01:00"),
        ("2026-11-23", "2026-11-23T09:00:00+01:00"),
    ],
)
def test_now_is_iso_in_the_users_zone(text, expected):
    """Without an offset it is the user's time; a date alone is its 09:00."""
    assert starting_at(text, "Europe/Berlin").isoformat() == expected


@pytest.mark.parametrize("text", ["tomorrow", "25:00", "2026-13-01", "0001-01-01T00:00+14:00", "9", ""])
def test_a_bad_now_is_a_usage_error(text):
    """Scripts must not run at a time nobody meant."""
    with pytest.raises(UsageError, match="is not a time"):
        starting_at(text, "Europe/Berlin")


def test_the_app_starts_at_once(run, monkeypatch):
    """Without a command the app opens, with what was said."""
    seen = {}
    monkeypatch.setattr(start, "on_terminal", lambda: True)
    app = SimpleNamespace(run_app=lambda **words: seen.update(words) or 0)
    monkeypatch.setitem(sys.modules, "followup_tui.tui.app", app)
    assert run("--db", "x.db", "--now", "2026-11-23T09:00").code == 0
    assert (seen["db"], seen["now"]) == ("x.db", "2026-11-23T09:00:00+01:00")
    monkeypatch.setenv("FOLLOWUP_NOW", "2026-07-01T09:00")
    run()
    assert (seen["db"], seen["now"]) == (None, "2026-07-01T09:00:00+02:00")


def test_the_app_needs_a_terminal(run):
    """In a pipe it says so instead of drawing."""
    refused = run()
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith("followup: the app needs a terminal")
    assert run("--json").code == 2


def test_version_is_said_everywhere(run, fake):
    """Before, after, alone, and without opening anything."""
    for words in (["--version"], ["--db", "x", "--version"], ["today", "--version"], ["log", "--version"]):
        said = run(*words)
        assert (said.code, said.out.split()[0]) == (0, "followup")
    assert fake.opened == []


HEAVY = "textual", "sqlalchemy", "sqlmodel", "alembic", "pydantic", "lark", "phonenumbers", "rich", "pendulum"


@pytest.mark.parametrize(
    ("words", "also"),
    [
        (["--version"], ("typer",)),
        (["--help"], ()),
        (["log", "--help"], ()),
        (["paths"], ()),
        (["config", "check"], ()),
    ],
)
def test_help_and_version_import_nothing_heavy(tmp_path, words, also):
    """They answer at once: no screen, no database, and for the version not even a parser."""
    code = (
        "import sys; from followup_tui.__main__ import main; main(sys.argv[1:]);"
        f"print([name for name in {(*HEAVY, *also)!r} if name in sys.modules], file=sys.stderr)"
    )
    env = {"XDG_CONFIG_HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "PATH": "", "LANG": "C.UTF-8"}
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, env=env, check=False)
    assert done.stderr.strip() == "[]"
    assert done.returncode == 0


def test_help_names_every_command_of_the_contract(run):
    """What interface.md promises is listed."""
    out = run("--help").out
    promised = (
        "demo today add edit import export log answer show next find enrol pause resume move snooze skip star tag "
        "close reopen undo redo history doctor paths cadence config touch erase"
    )
    assert [name for name in promised.split() if f"\n  {name} " not in out] == []
