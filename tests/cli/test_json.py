"""The JSON is a contract: these keys, null where nothing is, times with their offset."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from followup_tui.cli.output import plain


def words(text: str) -> list[str]:
    return text.split()


PROSPECT = words(
    """
    id name company title relation phone mobile email fax address zone zone_confirmed
    why benefit source star tags birthday referred_by attempts touches last_touch next_touch paused
    paused_until pace goal consent do_not_contact bad_details blocked momentum phase cadence step steps_total
    extra
    """
)
NEXT = ["kind", "date", "time", "channel", "step", "reason", "fixed"]
TOUCH = words(
    """
    id prospect channel direction outcome at logged_at note value sentiment step cadence
    companion_of reason template promise
    """
)
TODAY = ["date", "zone", "now", "blocks", "promises", "left_over", "decisions", "totals"]
BLOCK = ["name", "start", "end", "channels", "capacity_minutes", "planned_minutes", "slots"]
SLOT = words(
    """
    start prospect channel step steps_total due overdue_days momentum phase local_time companion reasons
    """
)
OUTCOME = ["key", "outcome", "next_touch", "relation", "attempts_left", "explanation"]
FILE = ["file", "format", "encoding", "delimiter", "rows", "created", "updated", "skipped", "rejected"]


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("today", TODAY),
        ("today --date tomorrow", TODAY),
        ("show ann", ["prospect", "timeline", "ahead"]),
        ("find", ["prospects"]),
        ("add Ann", ["prospect"]),
        ("edit ann --phone 1", ["prospect"]),
        ("log ann phone vm", ["touch", "prospect", "before", "after", "undo"]),
        ("log ann phone skip", ["touch", "prospect", "before", "after", "undo"]),
        ("answer ann nurture", ["touch", "prospect", "before", "after", "undo"]),
        ("skip ann", ["touch", "prospect", "before", "after", "undo"]),
        ("move ann +3d", ["touch", "prospect", "before", "after", "undo"]),
        ("snooze ann", ["touch", "prospect", "before", "after", "undo"]),
        ("pause ann", ["touch", "prospect", "before", "after", "undo"]),
        ("resume ann", ["touch", "prospect", "before", "after", "undo"]),
        ("next ann", ["prospect", "outcomes"]),
        ("enrol ann Steady", ["enrolled", "refused", "first", "last", "undo"]),
        ("enrol --where tag:roof Steady", ["enrolled", "refused", "first", "last", "undo"]),
        ("cadence list", ["cadences"]),
        ("cadence show steady", ["cadence", "from", "dates"]),
        ("star ann", ["prospects", "undo"]),
        ("tag ann roof", ["prospects", "undo"]),
        ("close ann", ["prospects", "undo"]),
        ("reopen ann", ["prospects", "undo"]),
        ("import leads.csv", ["files"]),
        ("export out.json", ["file", "format", "prospects"]),
        ("history", ["changes"]),
        ("undo", ["changes"]),
        ("redo 2", ["changes"]),
        ("doctor", ["checks", "ok"]),
        ("paths", ["database", "backups", "config", "state", "log"]),
        ("config show", ["zone", "day_starts", "working_days", "block", "limits"]),
        ("config check", ["file", "problems"]),
        ("config path", ["file"]),
    ],
)
def test_every_command_speaks_json_before_and_after_its_name(run, fake, words, keys):
    """--json stands on either side of the command and gives the same document, alone on stdout."""
    after, before = run(*words.split(), "--json"), run("--json", *words.split())
    assert (after.code, after.err) == (0, "")
    assert after.data == before.data
    missing = [key for key in keys if key not in after.data]
    assert not missing


def test_prospect_and_next_touch(run, fake):
    """A prospect has every field of the contract; empty texts are null."""
    data = run("show", "ann", "--json").data["prospect"]
    assert [key for key in PROSPECT if key not in data] == []
    assert [key for key in NEXT if key not in data["next_touch"]] == []
    assert (data["title"], data["mobile"], data["goal"]) == (None, None, None)
    assert (data["tags"], data["bad_details"], data["momentum"]) == (["roof"], ["mobile"], 0.729)
    assert data["next_touch"]["date"] == "2026-12-23"
    assert data["last_touch"] == "2026-11-20T10:12:00+01:00"
    assert data["extra"] == {"Region": "North"}


def test_touch(run, fake):
    """A touch has every field of the contract, its times with the offset."""
    touch = run("show", "ann", "--json").data["timeline"][0]
    assert [key for key in TOUCH if key not in touch] == []
    assert touch["at"] == "2026-11-23T09:12:00+01:00"
    assert (touch["value"], touch["sentiment"], touch["reason"]) == (None, None, None)


def test_today(run, fake):
    """The plan names its blocks and slots as the contract says."""
    data = run("today", "--json").data
    (block,) = data["blocks"]
    (slot,) = block["slots"]
    assert [key for key in BLOCK if key not in block] == []
    assert [key for key in SLOT if key not in slot] == []
    assert slot["prospect"] == {"id": "p1", "name": "Ann Lee", "company": None, "zone": "Europe/Berlin"}
    assert datetime.fromisoformat(block["end"]).utcoffset() is not None
    assert set(data["left_over"][0]) >= {"prospect", "channel", "reason"}
    assert data["left_over"][0]["channel"] is None


def test_next_and_import_and_history(run, fake):
    """Outcomes, file reports, changes and checks have their fields."""
    assert set(run("next", "ann", "--json").data["outcomes"][0]) >= set(OUTCOME)
    (file,) = run("import", "leads.csv", "--json").data["files"]
    assert set(file) >= set(FILE)
    assert file["rejected"][0] == {"line": 2, "field": "email", "why": "has no @"}
    assert len(file["rejected"]) == 30
    assert set(run("history", "--json").data["changes"][0]) == {"id", "at", "name", "undone"}
    assert set(run("doctor", "--json").data["checks"][0]) == {"name", "ok", "detail"}
    refused = run("enrol", "ann", "Steady", "--json").data["refused"]
    assert refused == [
        {
            "prospect": {"id": "p1", "name": "Ann Lee", "company": None, "zone": "Europe/Berlin"},
            "why": "no detail is good",
        }
    ]


def test_errors_leave_stdout_empty(run, fake):
    """With --json an error is still one plain line on stderr."""
    failed = run("show", "nobody", "--json")
    assert (failed.code, failed.out) == (3, "")
    assert failed.err == "followup: nobody matches nobody\n"
    fake.rows = []
    assert run("find", "x", "--json").out == ""


def test_json_steers_no_terminal(capsys):
    """Control characters, C1 and overrides of direction are escaped, and come back the same."""
    from followup_tui.cli.output import put_json

    hostile = {"name": "a\x1b[2J\x9b\u202e\ud800\u2028"}
    put_json(hostile)
    out = capsys.readouterr().out
    assert out.replace("\n", "").isprintable()
    assert json.loads(out) == hostile


def test_numbers_and_nothing_stay_what_they_are():
    """Only texts that may be missing turn into null."""
    assert plain({"name": "", "phone": "", "n": 0, "ok": False}) == {"name": "", "phone": None, "n": 0, "ok": False}
