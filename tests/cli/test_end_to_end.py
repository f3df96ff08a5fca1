"""The real command line on a real database: every verb once, its JSON, its exit code, and undo."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import subprocess
import sys

import pytest

from followup_tui.cli import touches


@pytest.fixture
def at(run, tmp_path, monkeypatch):
    """Run a command on a database of the test's own, each a minute after the one before."""
    monkeypatch.setenv("FOLLOWUP_DB", str(tmp_path / "own" / "followup.db"))
    minutes = iter(range(12, 600))

    def command(*words):
        minute = next(minutes)
        monkeypatch.setenv("FOLLOWUP_NOW", f"2026-11-23T{9 + minute // 60:02}:{minute % 60:02}")
        return run(*words)

    return command


ANN = "add", "Ann Lee", "--company", "Acme", "--phone", "+49 30 901820", "--email", "ann@acme.example"
STEADY = "--relation", "engaged"


def test_the_first_run_says_what_to_do(at):
    """An empty database is a start, not an error."""
    assert "followup add NAME" in at("today").out
    assert at("today", "--json").data["totals"]["prospects"] == 0
    assert at("find").code == 3
    assert at("undo").code == 3
    assert at("history", "--json").data == {"changes": []}


def test_a_wrong_path_makes_no_database(run, tmp_path):
    """A path named by --db is made by what begins something there; to everything else it is a wrong path."""
    path = tmp_path / "typo" / "followup.db"
    (tmp_path / "people.csv").write_text("Name\nCay\n")
    looks = (
        "today",
        "find",
        "find ann",
        "show ann",
        "next ann",
        "history",
        "undo",
        "redo",
        "stats",
        "doctor",
        "star ann",
    )
    more = ("cadence list", "list list", "value list", "export out.csv", "agenda out.ics", "away mon tue", "erase ann")
    for words in (*looks, *more):
        done = run(*words.split(), "--db", str(path))
        assert (done.code, done.out) == (3, ""), words
        assert done.err == (
            f"followup: there is no database at {path} – add or import begins one there; restore brings one back\n"
        ), words
    assert sorted(tmp_path.iterdir()) == [tmp_path / "people.csv"]
    assert run("backup", "--db", str(path)).code == run("restore", str(path), "--db", str(path)).code == 3
    assert not path.parent.exists()
    assert run("import", str(tmp_path / "people.csv"), "--db", str(path)).code == 0
    assert run("find", "--db", str(path), "--json").data["prospects"][0]["name"] == "Cay"
    lost = run("backup", str(tmp_path / "nowhere" / "copy.db"), "--db", str(path))
    assert lost.code == 1
    assert f"the folder {tmp_path / 'nowhere'} is not there" in lost.err
    assert not (tmp_path / "nowhere").exists()


def test_a_log_tells_the_next_touch_and_undo_takes_it_back(at):
    """The promise of the product, by command."""
    added = at(*ANN, *STEADY, "--json").data
    assert added["prospect"]["next_touch"]["channel"] == "phone"
    logged = at("log", "ann", "phone", "vm", "--note", "asked for Bob", "--json").data
    assert (logged["touch"]["outcome"], logged["touch"]["note"]) == ("left voicemail", "asked for Bob")
    assert logged["before"]["date"] == "2026-11-23"
    assert (logged["after"]["date"], logged["after"]["channel"]) == ("2026-11-25", "email")
    shown = at("show", "ann", "--json").data
    assert [touch["id"] for touch in shown["timeline"]] == [logged["touch"]["id"]]
    assert shown["prospect"]["attempts"] == 1
    assert shown["ahead"][0]["date"] == "2026-11-25"
    undone = at("undo", "--json").data["changes"]
    assert [change["name"] for change in undone] == [logged["undo"]]
    assert at("show", "ann", "--json").data["timeline"] == []
    assert at("redo").code == 0
    assert at("show", "ann", "--json").data["prospect"]["attempts"] == 1
    assert [change["undone"] for change in at("history", "--json").data["changes"]] == [False, False]


def test_the_preview_and_the_log_agree(at):
    """What `next` says is what `log` does."""
    at(*ANN, *STEADY)
    outcomes = at("next", "ann", "--json").data["outcomes"]
    said = next(one for one in outcomes if one["outcome"] == "left voicemail")
    assert at("log", "ann", "phone", "vm", "--json").data["after"] == said["next_touch"]


def test_the_plan_holds_what_is_due(at):
    """A due call lies in the first block that takes calls."""
    at(*ANN, *STEADY)
    plan = at("today", "--json").data
    (block,) = [block for block in plan["blocks"] if block["slots"]]
    assert (block["name"], block["slots"][0]["prospect"]["name"]) == ("Calls", "Ann Lee")
    assert "Ann Lee" in at("today").out


def test_a_decision_is_asked_and_answered(at):
    """Not now asks; the text names the command that answers."""
    at(*ANN, *STEADY)
    asked = at("log", "ann", "phone", "not now")
    assert "followup answer" in asked.out
    assert at("today", "--json").data["decisions"][0]["question"] == "permission"
    assert at("answer", "ann", "perhaps").code == 2
    answered = at("answer", "ann", "y", "--json").data
    assert (answered["prospect"]["relation"], answered["touch"]) == ("nurture", None)
    assert at("answer", "ann", "y").code == 2


def test_every_planning_verb(at):
    """Move, skip, snooze, pause and resume are one undo step each."""
    at(*ANN, *STEADY)
    assert at("move", "ann", "fri", "--json").data["after"]["date"] == "2026-11-27"
    assert at("skip", "ann", "--reason", "holiday", "--json").data["after"]["step"] == 2
    assert at("snooze", "ann", "--json").data["touch"] is None
    assert at("snooze", "ann", "8am").code == 2
    assert at("pause", "ann", "--until", "+10d", "--rule", "keep", "--json").data["prospect"]["paused"] is True
    assert at("resume", "ann", "--json").data["prospect"]["paused"] is False
    assert len(at("undo", "5", "--json").data["changes"]) == 5
    assert at("show", "ann", "--json").data["prospect"]["next_touch"]["date"] == "2026-11-23"


def test_stars_tags_closing_and_reopening(at):
    """What the table's verbs do, by command."""
    at(*ANN, *STEADY)
    assert at("star", "ann", "--json").data["prospects"] == 1
    assert "(roof, vip)" in at("tag", "ann", "roof", "vip").out
    assert "(roof)" in at("tag", "ann", "-vip").out
    prospect = at("show", "ann", "--json").data["prospect"]
    assert (prospect["star"], prospect["tags"]) == (True, ["roof"])
    assert at("close", "ann", "--reason", "wrong time").code == 0
    assert at("show", "ann", "--json").data["prospect"]["relation"] == "closed"
    assert "what next?" in at("reopen", "ann").out.casefold()


def test_people_are_found_and_named(at):
    """An id, its beginning, an email, a number, a name; several are listed; nobody is 3."""
    first = at(*ANN, "--json").data["prospect"]["id"]
    at("add", "Ann Low", "--email", "low@x.example")
    for who in (first, first[:6], "ANN@acme.example", "030 901820", "ann lee"):
        assert at("show", who, "--json").data["prospect"]["id"] == first, who
    several = at("show", "ann")
    assert several.code == 2
    assert "Ann Lee" in several.err
    assert "Ann Low" in several.err
    assert at("show", "zoe").code == 3


def test_the_table_and_its_filter(at):
    """A filter chooses; a bad one says where it is wrong; none is 3."""
    at(*ANN, "--tag", "roof")
    at("add", "Bo", "--relation", "pool")
    assert [one["name"] for one in at("find", "tag:roof", "--json").data["prospects"]] == ["Ann Lee"]
    assert [one["name"] for one in at("find", "-tag:roof", "--json").data["prospects"]] == ["Bo"]
    assert len(at("find", "--json").data["prospects"]) == 2
    assert at("find", "relation:cold (").code == 2
    assert at("find", "tag:unheard-of").code == 3


def test_enrolling_one_and_many(at):
    """Who can't be enrolled is named with the reason; nobody enrolled is a failure."""
    at(*ANN, "--relation", "pool")
    at("add", "Bo", "--relation", "pool")
    data = at("enrol", "--where", "relation:pool", "Cold six", "--on", "tomorrow", "--json").data
    assert (data["enrolled"], data["first"]) == (1, "2026-11-24")
    assert [one["prospect"]["name"] for one in data["refused"]] == ["Bo"]
    assert at("enrol", "bo", "steady").code == 1
    assert at("enrol", "ann", "nothing").code == 2
    assert at("cadence", "list", "--json").data["cadences"][0]["name"]
    dates = [step["date"] for step in at("cadence", "show", "steady", "--from", "2026-11-23", "--json").data["dates"]]
    assert dates[:2] == ["2026-11-23", "2026-11-25"]


def test_files_come_in_and_go_out(at, tmp_path):
    """A report per file, one undo, and JSON that comes back."""
    leads = tmp_path / "leads.csv"
    leads.write_text("Name;Phone;E-mail\nAnn Lee;+49 30 901820;ann@acme.example\nBo;;nope\n", encoding="utf-8")
    dry = at("import", str(leads), "--dry-run", "--json").data["files"][0]
    assert (dry["rows"], dry["encoding"], dry["delimiter"]) == (2, "utf-8", ";")
    assert at("find").code == 3
    (file,) = at("import", str(leads), "--json").data["files"]
    assert file["created"] >= 1
    assert [set(one) for one in file["rejected"]] == [{"line", "field", "why"}]
    assert at("import", str(leads), "--json").data["files"][0]["created"] == 0
    out = tmp_path / "all.csv"
    written = at("export", str(out), "--json").data
    assert (written["format"], written["prospects"]) == ("csv", len(at("find", "--json").data["prospects"]))
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert at("import", str(tmp_path / "none.csv")).code != 0
    assert at("export", str(tmp_path / "no" / "where.csv")).code == 1


def test_an_export_writes_over_a_file_only_when_told(at, tmp_path):
    """A file that is there stays as it is without --replace, links too; `-` is stdout and makes no file."""
    at(*ANN, *STEADY)
    old = tmp_path / "old.csv"
    for words in (("export", str(old)), ("cadence", "export", "steady", str(old))):
        old.write_text("precious")
        refused = at(*words)
        assert (refused.code, old.read_text(), refused.out) == (1, "precious", "")
        assert refused.err == f"followup: {old} is there already – name another file, or use --replace\n"
        assert at(*words, "--replace").code == 0
        assert old.read_text() != "precious"
    here = set(tmp_path.iterdir())
    printed = at("export", "-", "--format", "csv")
    assert (printed.code, printed.out.splitlines()[1].split(",")[1]) == (0, "Ann Lee")
    nobody = at("export", "-", "--format", "json", "--where", "tag:roof")
    assert (nobody.code, nobody.out) == (3, "")
    assert "use --format" in at("export", "-").err
    assert set(tmp_path.iterdir()) == here


def test_doctor_finds_everything_sound(at):
    """After real work every invariant holds."""
    at(*ANN, *STEADY)
    at("log", "ann", "phone", "vm")
    data = at("doctor", "--json").data
    assert (data["ok"], [check for check in data["checks"] if not check["ok"]]) == (True, [])


def test_what_is_no_database_of_ours_is_refused(run, tmp_path):
    """A text and another app's database: exit 6, untouched."""
    text, other = tmp_path / "notes.txt", tmp_path / "other.db"
    text.write_text("hello")
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE t (a)")
    connection.commit()
    connection.close()
    for path in (text, other):
        before = path.read_bytes()
        refused = run("--db", str(path), "today")
        assert (refused.code, refused.out, refused.err.count("\n")) == (6, "", 1)
        assert path.read_bytes() == before


def test_naming_a_database_makes_none(run, tmp_path):
    """What needs no people opens nothing."""
    for words in (["paths"], ["config", "show"], ["config", "check"], ["--help"], ["find", "--nope"]):
        run("--db", str(tmp_path / "new" / "a.db"), *words)
    assert not (tmp_path / "new").exists()


def test_names_steer_no_terminal(at):
    """Escape sequences in a name are never printed."""
    at("add", "Ann\x1b[2J\x9b31m\u202eLee", "--phone", "+49 30 901820")
    for words in (["find"], ["today"], ["show", "ann"], ["find", "--json"]):
        out = at(*words).out
        assert out.replace("\n", "").isprintable(), words


def test_the_installed_program_runs(tmp_path):
    """As a process: stdout is data, stderr is empty, nothing is asked."""
    env = {**os.environ, "FOLLOWUP_DB": str(tmp_path / "a.db"), "FOLLOWUP_NOW": "2026-11-23T09:12"}

    def program(*words):
        command = [sys.executable, "-m", "followup_tui", *words]
        return subprocess.run(command, capture_output=True, text=True, env=env, stdin=subprocess.DEVNULL, check=False)

    assert program("add", "Ann", "--phone", "+49 30 901820").returncode == 0
    done = program("today", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["totals"]["prospects"] == 1


def test_find_forgives_a_wrong_letter_and_nothing_else_does(at):
    """Who is near is printed, and a line beside it says so; verbs on whom a filter finds never take them."""
    at("add", "Clara Schmidt", *STEADY)
    asked = at("find", "shmidt")
    assert (asked.code, "Clara Schmidt" in asked.out) == (0, True)
    assert "nobody is called shmidt; near it:" in asked.err
    assert [one["name"] for one in at("find", "shmidt", "--json").data["prospects"]] == ["Clara Schmidt"]
    assert at("find", "shmidt", "relation:engaged").code == 3
    assert at("enrol", "--where", "shmidt", "Steady").code == 3


def test_show_leaves_out_the_oldest_of_very_many(at, monkeypatch):
    """Of a long timeline the newest are printed, with how many are left out; --all and --json have every one."""
    monkeypatch.setattr(touches, "NEWEST", 2)
    at(*ANN, *STEADY)
    for number in range(2):
        at("log", "ann", "phone", "left voicemail", "--note", f"note {number}")
    assert "older" not in at("show", "ann").out
    at("log", "ann", "phone", "left voicemail", "--note", "note 2")
    short = at("show", "ann").out
    assert "without 1 older; --all shows them" in short
    assert [f"note {number}" in short for number in range(3)] == [False, True, True]
    whole = at("show", "ann", "--all").out
    assert "older" not in whole
    assert [f"note {number}" in whole for number in range(3)] == [True, True, True]
    assert len(at("show", "ann", "--json").data["timeline"]) == 3
