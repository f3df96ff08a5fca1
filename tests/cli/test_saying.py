"""value, template, compose, dial on a real database: what scripts rely on (interface §1)."""

from __future__ import annotations

import json
import sys

import pytest

NOW = "2026-11-23T09:00"
RECORDER = "import json,sys,pathlib;pathlib.Path(sys.argv[1]).write_text(json.dumps(sys.argv[2:]))"


@pytest.fixture
def run(run, tmp_path, monkeypatch):
    """Run on a database of one person, with programs that write down what they get."""
    (tmp_path / "program.py").write_text(RECORDER)
    line = f"{sys.executable} {tmp_path / 'program.py'} {tmp_path / 'got.json'}"
    config = tmp_path / "config.toml"
    config.write_text(
        f"[me]\nname = 'Sam'\nphone = '+49 30 123456'\nemail = 'sam@example.com'\n"
        f"[commands]\ncompose = '{line} {{mailto}}'\n"
        f"dial = '{line} tel:{{phone}}'\n"
    )
    for name, value in (("DB", tmp_path / "f.db"), ("NOW", NOW), ("CONFIG", config)):
        monkeypatch.setenv(f"FOLLOWUP_{name}", str(value))
    added = run(
        "add", "Dr. Ann Lee", "--phone", "+49 30 901820", "--email", "ann@acme.example", "--company", "Acme",
        "--why", "asked for a quote", "--benefit", "a dry roof", "--address", "1 Main St, Berlin",
    )  # fmt: skip
    assert added.code == 0, added.err
    return run


def test_the_library_from_the_command_line(run):
    """Add, list, edit, tag, remove: plain and as JSON; ideas while it is empty; each can be undone."""
    assert "an article their customers would read" in run("value", "list").out
    kept = run(
        "value", "add", "Checklist", "--kind", "press", "--link", "https://example.com", "--tag", "roof", "--json"
    )
    assert kept.data["item"]["title"] == "Checklist"
    assert "undo" in kept.data
    assert run("value", "edit", "check", "--title", "Storm list").code == 0
    assert run("value", "tag", "storm", "-roof", "new").code == 0
    found = run("value", "list", "--json").data
    assert set(found) == {"items", "prompts"}
    assert found["items"][0]["tags"] == ["new"]
    assert "not given yet" in run("value", "list", "--for", "Ann").out
    assert run("log", "Ann", "email", "sent", "--value", "storm LIST").code == 0
    assert "given 1" in run("value", "list").out
    assert "Retired" in run("value", "remove", "storm").out
    assert run("undo").code == 0
    assert run("value", "list", "--json").data["items"][0]["retired"] is False


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("value", "add", "x", "--link", "file:///etc"), 2, "is not a link"),
        (("value", "add", "x", "--kind", "bomb"), 2, "use one of article"),
        (("value", "edit", "nothing", "--title", "x"), 3, "no value item is called"),
        (("value", "edit", "nothing"), 2, "nothing to change"),
        (("template", "show", "nothing"), 3, "no template is called"),
        (("template", "add", "x"), 2, "an editor needs a terminal"),
        (("template", "add", "x", "--file", "/nowhere"), 1, "can't be read"),
        (("compose", "Ann", "--channel", "phone"), 2, "nothing is written by phone"),
        (("compose", "Ann", "--template", "nothing", "--print"), 3, "no template is called"),
        (("dial", "Ann", "--number", "+49 1"), 2, "no such number"),
    ],
)
def test_what_is_wrong_is_one_line(run, words, code, said):
    """Bad input: one line that names what and what to do, the exit code of the contract (interface §1)."""
    done = run(*words)
    assert (done.code, done.err.count("\n")) == (code, 1)
    assert said in done.err


def test_templates_are_checked_by_exit_code(run, tmp_path):
    """check: 0 for what ships, 1 for a failing one and for an unknown placeholder, with its column."""
    assert run("template", "check").code == 0
    words = tmp_path / "words.txt"
    words.write_text("Hello,\nI know you are busy.")
    assert run("template", "add", "Mine", "--file", str(words), "--tag", "relate").code == 0
    done = run("template", "check", "Mine", "--json")
    assert done.code == 1
    assert [one["rule"] for one in done.data["checks"][0]["findings"] if not one["ok"]] == [
        "contact",
        "deflection",
        "action",
    ]
    words.write_text("Hello,\nthis is {frist_name}")
    done = run("template", "check", "--file", str(words))
    assert done.code == 1
    assert "line 2, column 9: unknown placeholder {frist_name}" in done.out
    refused = run("template", "edit", "Mine", "--file", str(words))
    assert refused.code == 2
    assert "column 9" in refused.err
    assert [one["name"] for one in run("template", "list", "--json").data["templates"]][-1] == "Mine"
    assert "Removed" in run("template", "remove", "Mine").out
    assert "Retired" in run("template", "remove", "News").out


def test_compose_sends_and_logs(run, tmp_path):
    """compose hands the words to the mail program and logs it with its template; --print does neither."""
    shown = run("compose", "Ann", "--template", "two", "--print", "--json").data["message"]
    assert shown["subject"].startswith("Tue 24 Nov at ")
    assert not (tmp_path / "got.json").exists()
    assert "Subject: Ann, a quarter" in run("compose", "Ann", "--print").out
    done = run("compose", "Ann", "--json")
    assert done.code == 0
    assert done.data["touch"]["template"] == "A time this week"
    assert json.loads((tmp_path / "got.json").read_text())[0].startswith("mailto:ann@acme.example?subject=Ann%2C")
    letter = run("compose", "Ann", "--channel", "mail", "--template", "two")
    assert letter.code == 0, letter.err
    assert "letters/2026-11-23-" in letter.out
    assert len(run("show", "Ann", "--json").data["timeline"]) == 2


def test_compose_refuses_what_is_not_filled(run, tmp_path):
    """A place without a value: exit 1 names it, nothing is sent or logged; --print shows it with a warning (§8)."""
    assert run("add", "Bo", "--email", "bo@acme.example", "--address", "1 Main St", "--company", "B").code == 0
    for channel in ("email", "mail"):
        done = run("compose", "Bo", "--channel", channel, "--template", "A time")
        assert (done.code, done.err.count("\n")) == (1, 1)
        assert "not filled: {why} {benefit} – nothing was sent or logged" in done.err
    assert not (tmp_path / "got.json").exists()
    assert run("show", "Bo", "--json").data["timeline"] == []
    shown = run("compose", "Bo", "--template", "A time", "--print")
    assert shown.code == 0
    assert "{benefit}" in shown.out
    assert "not filled: {why} {benefit}" in shown.err


def test_dial_calls_and_says_the_opener(run, tmp_path):
    """dial starts the dialler with the number's digits, and logs nothing by itself."""
    done = run("dial", "Ann")
    assert "Hello Ann, Sam here." in done.out
    assert json.loads((tmp_path / "got.json").read_text()) == ["tel:+4930901820"]
    assert run("show", "Ann", "--json").data["timeline"] == []
