"""Blocks, forecast and agenda by command, on a real database and a real configuration."""

from __future__ import annotations

import pytest


@pytest.fixture
def at(run, tmp_path, monkeypatch):
    """Run a command on a database and a configuration of the test's own, on a Monday morning."""
    monkeypatch.setenv("FOLLOWUP_DB", str(tmp_path / "own" / "followup.db"))
    monkeypatch.setenv("FOLLOWUP_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("FOLLOWUP_NOW", "2026-11-23T08:00")
    (tmp_path / "config.toml").write_text('zone = "Europe/Berlin" # mine\n')
    return run


def test_blocks_by_command(at, tmp_path):
    """The template is listed, changed and refused with the reason; JSON says what the file says."""
    names = [block["name"] for block in at("block", "list", "--json").data["blocks"]]
    assert names == ["Answer", "Calls", "Write", "Visits", "Calls", "Post"]
    done = at("block", "add", "Late", "18:00", "19:00", "--channel", "p", "--days", "mon,fri", "--color", "accent")
    assert done.code == 0
    assert "Late" in done.out
    last = at("block", "list", "--json").data["blocks"][-1]
    assert last == {
        "name": "Late",
        "days": ["mon", "fri"],
        "start": "18:00",
        "end": "19:00",
        "channels": ["phone"],
        "filter": "",
        "color": "accent",
    }
    assert "# mine" in (tmp_path / "config.toml").read_text()
    refused = at("block", "edit", "late", "--from", "16:30")
    assert refused.code == 2
    assert "overlaps" in refused.err
    for bad in (("--from", "25:00"), ("--color", "pink"), ("--days", "xyz"), ("--channel", "smoke")):
        assert at("block", "edit", "late", *bad).code == 2
    assert at("block", "edit", "nothing").code == 2
    assert at("block", "remove", "late").code == 0
    assert at("block", "minutes", "phone", "7", "--json").data["minutes"]["phone"] == 7


def test_one_date_by_command(at):
    """A date's own blocks, a day off and back, each taken back by undo; the plan of the date follows."""
    assert at("block", "on", "tue", "--json").data["own"] is False
    changed = at("block", "edit", "2", "--from", "12:00", "--on", "tue", "--json").data
    assert (changed["date"], changed["own"], changed["undo"]) == ("2026-11-24", True, "Blocks · Tue 24 Nov")
    blocks = at("today", "--date", "tue", "--json").data["blocks"]
    assert [(one["name"], one["start"][11:16]) for one in blocks if one["name"] == "Calls"] == [
        ("Calls", "12:00"),
        ("Calls", "16:00"),
    ]
    assert at("block", "on", "tue", "off").code == 0
    assert at("today", "--date", "tue", "--json").data["blocks"] == []
    assert at("undo").code == 0
    assert len(at("today", "--date", "tue", "--json").data["blocks"]) == 6
    assert at("block", "on", "tue", "template", "--json").data["own"] is False
    assert at("block", "on", "yesterday", "off").code == 2


def test_the_forecast_by_command(at):
    """Weeks, the question what if, and one line for half a question."""
    at("add", "Ann Lee", "--phone", "+49 30 901820", "--relation", "engaged")
    data = at("forecast", "--weeks", "2", "--json").data
    assert [len(week["days"]) for week in data["weeks"]] == [7, 7]
    assert data["weeks"][0]["touches"] == 2
    assert "3 more" in at("forecast", "--what-if", "3", "--cadence", "cold", "--per-day", "1").out
    assert at("forecast", "--what-if", "3").code == 2
    assert at("forecast", "--weeks", "0").code == 2


def test_the_agenda_by_command(at, tmp_path):
    """A file for the calendar with a report, or the calendar alone on stdout."""
    at("add", "Ann Lee", "--phone", "+49 30 901820", "--relation", "engaged")
    file = tmp_path / "day.ics"
    report = at("agenda", str(file), "--days", "2", "--json").data
    assert (report["blocks"], report["touches"], report["added"]) == (12, 1, 13)
    assert at("agenda", str(file), "--days", "2", "--json").data["unchanged"] == 13
    out = at("agenda", "-", "--days", "1").out
    assert out.startswith("BEGIN:VCALENDAR")
    assert out.rstrip().endswith("END:VCALENDAR")
    assert at("agenda", str(tmp_path)).code == 1
    assert at("agenda", str(file), "--days", "999").code == 2
