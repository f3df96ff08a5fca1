"""Cadences by command: the golden tables of the nine, and files in and out."""

from __future__ import annotations

import io
import json
import stat
import sys
from datetime import date

import pytest

from tests.domain.factories import EVERY_DAY, WEEK, said
from tests.domain.test_builtin_cadences import letter, walked

CALENDAR = {
    "Steady": (
        "1 Mar p+e · 3 Mar e · 7 Mar p · 14 Mar e · 28 Mar p · 27 Apr m · 27 May p · 26 Jun e · 26 Jul p"
        " · 25 Aug e · 24 Sep p · 24 Oct e"
    ),
    "Cold six": "1 Mar p+e · 3 Mar p · 7 Mar e · 14 Mar p · 28 Mar m · 27 Apr p · asks",
    "Twelve": (
        "1 Mar p+e · 3 Mar i · 7 Mar p · 14 Mar m · 21 Mar p+t · 28 Mar a · 11 Apr i · 25 Apr p+e"
        " · 9 May t · 23 May g · 6 Jun f · 20 Jun p · asks"
    ),
    "Busy executive": (
        "6 Mar m · 13 Mar p · 20 Mar e · 27 Mar p · 3 Apr a · 10 Apr p · 17 Apr p · 24 Apr e · 1 May p · 8 May e · asks"
    ),
    "New inbound": (
        "1 Mar p+e · 2 Mar p · 4 Mar e · 8 Mar p · 15 Mar p · 29 Mar m · 28 Apr p · 28 May e · 27 Jun p"
        " · 27 Jul e · 26 Aug p · 25 Sep e"
    ),
    "Referral": "1 Mar p+e · 3 Mar p · 7 Mar e · 14 Mar p · 28 Mar m · 27 Apr p · asks",
    "No-show": "1 Mar p+t · 2 Mar p · 4 Mar e · 7 Mar p · asks",
    "Stay in touch": (
        "1 Apr a · 1 May e+t · 1 Jun m · 1 Jul p · 1 Aug a · 1 Sep e+t · 1 Oct m · 1 Nov p · 1 Dec a"
        " · 1 Jan 2027 e+t · 1 Feb 2027 m · 1 Mar 2027 p"
    ),
    "Customer": (
        "7 Mar m · 14 Mar p · 14 Apr a · 14 May e+t · 14 Jun m · 14 Jul p · 14 Aug a · 14 Sep e+t"
        " · 14 Oct m · 14 Nov p · 14 Dec a · 14 Jan 2027 e+t"
    ),
}
WORKING = {
    "Steady": (
        "2 Mar p+e · 4 Mar e · 9 Mar p · 16 Mar e · 30 Mar p · 29 Apr m · 29 May p · 28 Jun e · 28 Jul p"
        " · 27 Aug e · 28 Sep p · 28 Oct e"
    ),
    "Cold six": "2 Mar p+e · 4 Mar p · 8 Mar e · 16 Mar p · 30 Mar m · 29 Apr p · asks",
    "Twelve": (
        "2 Mar p+e · 4 Mar i · 9 Mar p · 16 Mar m · 23 Mar p+t · 30 Mar a · 13 Apr i · 27 Apr p+e"
        " · 11 May t · 25 May g · 8 Jun f · 22 Jun p · asks"
    ),
    "Busy executive": (
        "6 Mar m · 13 Mar p · 20 Mar e · 27 Mar p · 3 Apr a · 10 Apr p · 17 Apr p · 24 Apr e · 1 May p · 8 May e · asks"
    ),
    "New inbound": (
        "1 Mar p+e · 2 Mar p · 4 Mar e · 9 Mar p · 16 Mar p · 30 Mar m · 29 Apr p · 29 May e · 29 Jun p"
        " · 29 Jul e · 28 Aug p · 27 Sep e"
    ),
    "Referral": "2 Mar p+e · 4 Mar p · 8 Mar e · 16 Mar p · 30 Mar m · 29 Apr p · asks",
    "No-show": "2 Mar p+t · 3 Mar p · 5 Mar e · 9 Mar p · asks",
    "Stay in touch": (
        "1 Apr a · 1 May e+t · 1 Jun m · 1 Jul p · 1 Aug a · 1 Sep e+t · 1 Oct m · 2 Nov p · 1 Dec a"
        " · 1 Jan 2027 e+t · 1 Feb 2027 m · 1 Mar 2027 p"
    ),
    "Customer": (
        "7 Mar m · 16 Mar p · 16 Apr a · 16 May e+t · 16 Jun m · 16 Jul p · 16 Aug a · 16 Sep e+t"
        " · 16 Oct m · 16 Nov p · 16 Dec a · 16 Jan 2027 e+t"
    ),
}

MINE = """name = "Mine"
for = "cold"

[[step]]
channels = ["phone"]

[[step]]
gap = 3
channels = ["email"]
"""
ANN = "add", "Ann Lee", "--phone", "+49 30 901820", "--email", "ann@acme.example"


@pytest.fixture
def at(run, tmp_path, monkeypatch):
    """Run a command on a database of the test's own, on Monday 23 November 2026."""
    monkeypatch.setenv("FOLLOWUP_DB", str(tmp_path / "own" / "followup.db"))
    monkeypatch.setenv("FOLLOWUP_NOW", "2026-11-23T09:00")
    return run


@pytest.fixture
def editor(tmp_path, monkeypatch):
    """Somebody at a terminal: `editor(texts…, answers=…)` is what they save in the editor and type at questions."""

    def sits(*texts: str | None, answers: str = "") -> None:
        script, queue = tmp_path / "editor.py", tmp_path / "queue.json"
        queue.write_text(json.dumps(texts))
        script.write_text(
            "import json, pathlib, sys\n"
            f"queue = pathlib.Path({str(queue)!r})\n"
            "texts = json.loads(queue.read_text())\n"
            "if texts[0] is not None:\n"
            "    pathlib.Path(sys.argv[1]).write_text(texts[0])\n"
            "queue.write_text(json.dumps(texts[1:]))\n"
        )
        terminal = io.StringIO(answers)
        terminal.isatty = lambda: True
        monkeypatch.setattr(sys, "stdin", terminal)
        monkeypatch.delenv("VISUAL", raising=False)
        monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
        monkeypatch.setenv("TMPDIR", str(tmp_path))
        monkeypatch.setattr("tempfile.tempdir", None)

    return sits


def table(data: dict) -> str:
    """Return the dates of `cadence show --json` as the golden tables write them."""
    cells = []
    for row in data["dates"]:
        beside = f"+{letter(row['companion'])}" if row["companion"] else ""
        day = said(date.fromisoformat(row["date"]))
        cells.append("asks" if row["kind"] == "decision" else f"{day} {letter(row['channel'])}{beside}")
    return " · ".join(cells)


@pytest.mark.parametrize("name", CALENDAR)
def test_with_every_day_worked(at, name):
    """Enrolled on 1 March 2026, all on time: the gaps of the sources, and what logging on those days gives."""
    found = table(at("cadence", "show", name, "--from", "2026-03-01", "--calendar", "--json").data)
    assert found == CALENDAR[name]
    assert found == walked(name, EVERY_DAY, 13 if name == "Twelve" else 12)


@pytest.mark.parametrize("name", WORKING)
def test_monday_to_friday(at, name):
    """Calls and visits fall on working days; what follows counts from where they fell."""
    found = table(at("cadence", "show", name, "--from", "2026-03-01", "--json").data)
    assert found == WORKING[name]
    assert found == walked(name, WEEK, 13 if name == "Twelve" else 12)


def test_the_table_as_text(at):
    """Day of the cadence, date, channels, step and why."""
    out = at("cadence", "show", "steady", "--from", "2026-03-01", "--calendar").out
    assert "Steady (S2) · for engaged, version 1, no prospects on it" in out
    assert "day 28   Sat 28 Mar  phone          step 5   +14 after email on Sat 14 Mar" in out
    assert "asks" in at("cadence", "show", "no-show").out


def test_a_cadence_comes_from_a_file_and_goes_into_one(at, tmp_path):
    """Add, list, show, export: the same text again is no change."""
    file, out = tmp_path / "mine.toml", tmp_path / "out.toml"
    file.write_text(MINE)
    assert at("cadence", "add", str(file)).out.splitlines() == [
        "Saved: Mine, version 1, 2 steps",
        "followup undo takes it back",
    ]
    assert "Mine" in [one["name"] for one in at("cadence", "list", "--json").data["cadences"]]
    text = at("cadence", "export", "mine").out
    assert at("cadence", "export", "mine", str(out)).out == f"Written: Mine to {out}\n"
    assert out.read_text() == text
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert at("cadence", "add", str(out)).out == "Unchanged: Mine, version 1\n"
    assert at("cadence", "copy", "mine", "Yours", "--json").data["cadence"]["name"] == "Yours"
    assert at("cadence", "retire", "yours").out.startswith("Retired: Yours\n")
    assert at("cadence", "show", "yours").code == 3
    assert at("undo", "3").code == 0
    assert at("cadence", "show", "mine").code == 3


def test_a_bad_file_is_one_line(at, tmp_path):
    """File, line, field; exit 2, nothing saved."""
    file = tmp_path / "mine.toml"
    file.write_text(MINE.replace("gap = 3", "gap = -3"))
    done = at("cadence", "add", str(file))
    assert (done.code, done.out) == (2, "")
    expected = "mine.toml line 8: step.gap: “-3” is not possible, expected a whole number from 0 to 1000"
    assert done.err == f"followup: {expected}\n"
    assert at("cadence", "add", str(tmp_path / "none.toml")).code == 1
    assert at("cadence", "add", str(tmp_path)).code == 1
    assert at("cadence", "edit", "steady", "--file", str(file)).code == 2
    assert at("history", "--json").data["changes"] == []


def test_who_is_on_an_older_version_is_asked(at, tmp_path):
    """An edit prints the table; migrate --dry-run too; migrate moves them, and one undo takes it back."""
    file = tmp_path / "mine.toml"
    file.write_text(MINE)
    at("cadence", "add", str(file))
    at(*ANN, "--cadence", "mine")
    at("log", "ann", "phone", "vm")
    file.write_text(MINE.replace("gap = 3", "gap = 10"))
    edited = at("cadence", "edit", "mine", "--file", str(file)).out
    assert "Saved: Mine, version 2, 2 steps" in edited
    row = "Ann Lee  version 1  step 2, Thu 26 Nov  →  step 2, Thu 3 Dec"
    assert row in edited
    assert "followup cadence migrate “Mine”" in edited
    dry = at("cadence", "migrate", "mine", "--dry-run").out
    assert row in dry
    assert "Nothing was changed: 1 prospect would move to version 2" in dry
    assert at("show", "ann", "--json").data["prospect"]["next_touch"]["date"] == "2026-11-26"
    data = at("cadence", "migrate", "mine", "--json").data
    assert (data["migrated"], data["rows"][0]["date_to"]) == (1, "2026-12-03")
    assert at("show", "ann", "--json").data["prospect"]["next_touch"]["date"] == "2026-12-03"
    assert at("cadence", "migrate", "mine").out == "Everybody on Mine is on version 2\n"
    assert at("undo", "--json").data["changes"][0]["name"] == "Migrate Ann Lee to Mine, version 2"
    assert at("doctor").code == 0


def test_editing_needs_a_terminal_or_a_file(at):
    """No prompt and no editor where nobody sits."""
    done = at("cadence", "edit", "steady")
    assert (done.code, done.err) == (
        2,
        "followup: an editor needs a terminal – followup cadence edit “Steady” --file FILE\n",
    )


def test_mistakes_in_the_editor_can_be_mended(at, editor, tmp_path):
    """They are shown, the text is still there, and the second try is saved; the draft goes."""
    good = at("cadence", "export", "no-show").out.replace("gap = 1\n", "gap = 2\n")
    editor(good.replace("gap = 2\n", "gap = -2\n"), None, good, answers="\ny\n")
    done = at("cadence", "edit", "no-show")
    assert "Saved: No-show, version 2, 4 steps" in done.out
    assert done.err.count("step.gap: “-2” is not possible") == 4
    assert done.err.count("Edit again? [Y/n]") == 2
    assert list(tmp_path.glob("followup-*.toml")) == []


def test_what_was_typed_is_kept_when_one_gives_up(at, editor, tmp_path):
    """No, or the end of the input: nothing saved, and the text has a name."""
    for answers in ("n\n", ""):
        editor("dear diary", answers=answers)
        done = at("cadence", "edit", "steady")
        (kept,) = tmp_path.glob("followup-*.toml")
        assert (done.code, kept.read_text()) == (1, "dear diary")
        assert f"nothing was saved – your text is kept in {kept}" in done.err
        kept.unlink()
    assert at("history", "--json").data["changes"] == []


def test_an_editor_that_changes_nothing_or_fails(at, editor, monkeypatch):
    """Unchanged is no version; a missing editor is one line."""
    editor(None)
    assert at("cadence", "edit", "steady").out == "Unchanged: Steady, version 1\n"
    monkeypatch.setenv("EDITOR", "/nowhere/to/be/found")
    done = at("cadence", "edit", "steady")
    assert (done.code, len(done.err.splitlines())) == (1, 1)


@pytest.mark.parametrize("answer", ["y", "", "option"])
def test_those_who_run_are_kept_or_migrated_as_asked(at, editor, tmp_path, answer):
    """On a terminal the edit asks under the table, an empty line keeps; --running says it without a question."""
    file = tmp_path / "mine.toml"
    file.write_text(MINE)
    at("cadence", "add", str(file))
    at(*ANN, "--cadence", "mine")
    at("log", "ann", "phone", "vm")
    text = at("cadence", "export", "mine").out.replace("gap = 3", "gap = 10")
    editor(text, answers=f"{answer}\n")
    done = at("cadence", "edit", "mine", *(["--running", "migrate"] if answer == "option" else []))
    assert ("Migrate 1 prospect? [y/N]" in done.err) == (answer != "option")
    assert ("Migrated: 1 prospect" in done.out) == (answer != "")
    assert ("Kept: they go on with the version before" in done.out) == (answer == "")
    moved = at("show", "ann", "--json").data["prospect"]["next_touch"]["date"]
    assert moved == ("2026-11-26" if answer == "" else "2026-12-03")
    assert at("cadence", "edit", "mine", "--file", str(file), "--running", "maybe").code == 2
