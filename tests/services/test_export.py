"""Exporting: JSON says everything, CSV computes nothing, and a file in the way is replaced whole or not at all."""

from __future__ import annotations

import csv
import json
import os
from datetime import date, time

import pytest

from followup_tui.errors import FollowupError, PhraseError, UsageError
from followup_tui.services.views import ProspectDraft
from tests.factories import add, columns_of, dump, log, open_at

FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", '=HYPERLINK("http://x")', "'=already quoted", "-", "+"]


@pytest.fixture
def full(services) -> str:
    """Somebody about whom everything is known, and who has a story."""
    who = add(
        services,
        "Zoë “Q” Müller",
        company="Größe, & Söhne",
        title="CEO",
        mobile="+49 151 23456789",
        fax="+49 30 901829",
        address="Straße 1, 10115 Berlin",
        zone="Europe/Vienna",
        why="hail\tstorm",
        benefit="dry",
        source="fair",
        star=True,
        tags=("roof", "vip"),
        birthday="1980-02-29",
        pace="gentle",
        goal="positive outcome",
        note="one\ntwo",
    ).id
    log(
        services,
        who,
        note="asked for Bob",
        value="article",
        sentiment="good",
        until=date(2026, 11, 26),
        until_time=time(10),
    )
    log(services, who, "bad detail")
    services.log.pause(who, date(2026, 12, 1))
    add(services, "Bob", "pool", email="bob@x.example")
    return who


def test_json_is_complete(services, path, full, tmp_path):
    """Every column of prospect, details, tags, journal, state, rules and cadences is in the file (interface §1)."""
    assert services.exchange.export(tmp_path / "all.json") == 2
    whole = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))
    found = {one["id"]: one for one in whole["prospects"]}
    stored = dump(path, ("prospect", "detail", "tag", "journal", "standing", "cadence", "rules"))
    columns = {table: columns_of(path, table) for table in stored}
    rows = {table: [dict(zip(columns[table], row, strict=True)) for row in some] for table, some in stored.items()}
    assert len(found) == len(rows["prospect"])
    for row in rows["prospect"]:
        for name, value in row.items():
            said = found[row["id"]].get(name)
            if name != "search":
                assert (json.dumps(said, ensure_ascii=False) if name == "extra" else said) == value, name
    for row in rows["journal"]:
        (entry,) = [one for one in found[row["prospect_id"]]["journal"] if one["id"] == row["id"]]
        assert json.loads(row.pop("event")) == entry["event"]
        assert {name: entry[name] for name in row if name != "prospect_id"} == {
            name: value for name, value in row.items() if name != "prospect_id"
        }
    for row in rows["detail"]:
        assert {name: row[name] for name in ("kind", "value", "label", "bad")} in [
            {name: detail[name] for name in ("kind", "value", "label", "bad")}
            for detail in found[row["prospect_id"]]["details"]
        ]
    for row in rows["standing"]:
        assert found[row["prospect_id"]]["state"] == json.loads(row["state"])
    assert {(row["prospect_id"], row["tag"]) for row in rows["tag"]} == {
        (key, tag) for key, one in found.items() for tag in one["tags"]
    }
    assert [row["id"] for row in rows["cadence"]] == [one["id"] for one in whole["cadences"]]
    assert [row["id"] for row in rows["rules"]] == [one["id"] for one in whole["rules"]]


def test_a_complete_export_comes_back_as_it_was(services, path, full, tmp_path, clock):
    """Into an empty database: the same people, journals, states and plans, proven by doctor (R28)."""
    services.exchange.export(tmp_path / "all.json")
    other = open_at(tmp_path / "other" / "followup.db", clock)
    assert other.exchange.import_files([tmp_path / "all.json"])[0].files[0].created == 2
    tables = ("prospect", "tag", "standing", "journal")
    mine, theirs = dump(path, tables), dump(other.path, tables)
    assert theirs["journal"] == mine["journal"]
    assert theirs["prospect"] == mine["prospect"]
    assert [row[1:] for row in theirs["tag"]] == [row[1:] for row in mine["tag"]]
    assert theirs["standing"] == mine["standing"]
    shown, again = services.prospects.timeline(full), other.prospects.timeline(full)
    assert (again.prospect, again.ahead, again.details) == (shown.prospect, shown.ahead, shown.details)
    assert [(t.at, t.note, t.outcome, t.promise) for t in again.timeline] == [
        (t.at, t.note, t.outcome, t.promise) for t in shown.timeline
    ]
    assert [check for check in other.doctor.check() if not check.ok] == []
    other.close()


def cells(file) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_computes_nothing(services, tmp_path, text):
    """What would compute gets an apostrophe, with --raw it does not; importing takes it off again (T6)."""
    add(services, f"{text} x", company=text, email="eve@x.example", note=text, tags=(f"{text}y".lstrip("-") or "y",))
    services.exchange.export(tmp_path / "safe.csv")
    services.exchange.export(tmp_path / "raw.csv", raw=True)
    (safe,), (raw,) = cells(tmp_path / "safe.csv"), cells(tmp_path / "raw.csv")
    for name, value in safe.items():
        assert not value.startswith(("=", "-", "@", "\t", "\r")), name
        assert not value.startswith("+") or name == "phone" or value.strip("+0123456789 ()-./") == ""
    assert (raw["company"], raw["note"]) == (text, text)
    assert safe["phone"] == raw["phone"] == "+49 30 901820", "a phone number keeps its +"
    other = open_at(tmp_path / "other.db")
    other.exchange.import_files([tmp_path / "safe.csv"])
    (back,) = other.prospects.find("")
    assert (back.name, back.company, back.note) == (f"{text} x".strip(), text, text)
    other.close()


def test_csv_keeps_lines_quotes_and_letters(services, full, tmp_path):
    """Commas, quotes, line breaks and letters of all kinds survive a spreadsheet's own format."""
    services.exchange.export(tmp_path / "people.csv")
    (row,) = [row for row in cells(tmp_path / "people.csv") if row["id"] == full]
    assert (row["name"], row["company"], row["note"]) == ("Zoë “Q” Müller", "Größe, & Söhne", "one\ntwo")
    assert (row["tags"], row["star"], row["relation"], row["cadence"]) == ("roof, vip", "yes", "engaged", "Steady")


def test_an_export_is_private_and_writes_only_its_file(services, full, tmp_path):
    """0600 whatever the umask, and no draft is left beside it (T12)."""
    (tmp_path / "out").mkdir()
    before = os.umask(0)
    try:
        for name in ("a.json", "b.csv", "c.vcf"):
            services.exchange.export(tmp_path / "out" / name)
    finally:
        os.umask(before)
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == ["a.json", "b.csv", "c.vcf"]
    assert {file.stat().st_mode & 0o777 for file in (tmp_path / "out").iterdir()} == {0o600}


def test_nothing_is_written_through_a_link_or_over_a_device(services, full, tmp_path):
    """A planted link, a folder, a pipe are named and left as they are; what a link points to is untouched (T12)."""
    target = tmp_path / "target.json"
    target.write_text("mine")
    (tmp_path / "link.json").symlink_to(target)
    (tmp_path / "dangling.json").symlink_to(tmp_path / "nowhere")
    (tmp_path / "folder.json").mkdir()
    os.mkfifo(tmp_path / "pipe.json")
    before = sorted((file.name, file.lstat().st_mode, file.lstat().st_ino) for file in tmp_path.iterdir())
    for name in ("link", "dangling", "folder", "pipe"):
        with pytest.raises(FollowupError, match=name):
            services.exchange.export(tmp_path / f"{name}.json")
    assert target.read_text() == "mine"
    assert sorted((file.name, file.lstat().st_mode, file.lstat().st_ino) for file in tmp_path.iterdir()) == before


def test_a_failed_export_leaves_the_old_file(services, full, tmp_path, monkeypatch):
    """Half of an export is worse than none: the disk fails on the last step, and the old file is still whole."""
    old = tmp_path / "old.json"
    old.write_text("old")

    def broken(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "replace", broken)
    with pytest.raises(FollowupError, match="Input/output error"):
        services.exchange.export(old)
    monkeypatch.undo()
    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(FollowupError):
        services.exchange.export(old)
    assert old.read_text() == "old"
    assert [file for file in tmp_path.iterdir() if file.suffix == ".part"] == []


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_came_meanwhile_is_kept(services, full, tmp_path, monkeypatch, links):
    """Asked to replace nothing, an export loses no file made while it was written, on disks without links too."""
    file = tmp_path / "all.csv"

    def meanwhile(_: int) -> bool:
        file.write_text("theirs")
        return True

    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    if not links:
        monkeypatch.setattr(os, "link", refused)
    with pytest.raises(FollowupError, match="is there already"):
        services.exchange.export(file, replace=False, progress=meanwhile)
    assert [one.read_text() for one in tmp_path.glob("all*")] == ["theirs"]
    assert services.exchange.export(tmp_path / "new.csv", replace=False) == 2
    assert [one for one in tmp_path.iterdir() if one.suffix == ".part"] == []


def test_a_filter_chooses_who_leaves(services, full, tmp_path):
    """--where is the filter of `find`; a bad one points at its column and writes nothing."""
    assert services.exchange.export(tmp_path / "some.json", where="tag:roof") == 1
    assert [one["name"] for one in json.loads((tmp_path / "some.json").read_text())["prospects"]] == ["Zoë “Q” Müller"]
    with pytest.raises(PhraseError):
        services.exchange.export(tmp_path / "bad.json", where="relation:")
    with pytest.raises(UsageError):
        services.exchange.export(tmp_path / "bad.xls")
    assert not (tmp_path / "bad.json").exists()


def test_nobody_at_all_is_a_valid_file(services, tmp_path):
    """An empty database exports an empty list and a row of headers."""
    assert services.exchange.export(tmp_path / "none.json") == 0
    assert json.loads((tmp_path / "none.json").read_text())["prospects"] == []
    assert services.exchange.export(tmp_path / "none.csv") == 0
    assert cells(tmp_path / "none.csv") == []
    services.prospects.add(ProspectDraft(name="Ann"))
    assert services.exchange.export(tmp_path / "none.csv") == 1
