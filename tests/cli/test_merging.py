"""followup merge and followup duplicates, on a database of their own."""

from __future__ import annotations

import pytest


@pytest.fixture
def at(run, tmp_path, monkeypatch):
    monkeypatch.setenv("FOLLOWUP_DB", str(tmp_path / "own" / "followup.db"))
    monkeypatch.setenv("FOLLOWUP_NOW", "2026-11-23T09:12")
    return run


@pytest.fixture
def two(at):
    """Return the ids of two who look like one."""
    ann = ("--company", "Acme", "--phone", "+49 30 901820", "--relation", "engaged", "--why", "the hail")
    anne = ("--company", "Acme GmbH", "--email", "anne@acme.example", "--relation", "cold", "--why", "a quote")
    return [
        at("add", name, *facts, "--json").data["prospect"]["id"]
        for name, facts in (("Ann Lee", ann), ("Anne Lee", anne))
    ]


def test_merge_shows_then_does(at, two):
    """A dry run writes nothing and says the same as the merge; undo names it."""
    shown = at("merge", *two, "--dry-run")
    assert "Nothing was written" in shown.out
    assert "Steady runs on, step 1 (Ann Lee)" in shown.out
    assert at("find", "--json").data["prospects"][1]["id"] == two[1]
    done = at("merge", *two, "--keep", "company=b", "--json")
    assert (done.code, done.data["undo"]) == (0, "Merge Anne Lee into Ann Lee")
    chosen = {one["field"]: one["chosen"] for one in done.data["fields"]}
    assert (chosen["company"], chosen["name"], chosen["email"]) == ("b", "a", "b")
    prospect = at("show", "Ann Lee", "--json").data["prospect"]
    assert (prospect["company"], prospect["email"]) == ("Acme GmbH", "anne@acme.example")
    assert at("show", two[1]).code == 3
    assert at("undo").code == 0
    assert at("show", two[1]).code == 0


def test_what_cannot_be_merged(at, two):
    """One line, and exit 2 or 3."""
    assert at("merge", two[0], "Ann Lee").code == 2
    assert at("merge", two[0], "Nobody").code == 3
    for wrong in ("company", "company=c", "shoe=a", "=a"):
        result = at("merge", *two, "--keep", wrong)
        assert (result.code, len(result.err.splitlines())) == (2, 1), wrong
    assert at("doctor").code == 0


def test_duplicates_until_there_are_none(at, two):
    """The pair with why; exit 3 when nobody is here twice, and once the two were said to be two."""
    found = at("duplicates", "--json").data["pairs"]
    assert [sorted((one["a"]["id"], one["b"]["id"])) for one in found] == [sorted(two)]
    assert (found[0]["reasons"], found[0]["score"]) == (["near name, same company"], 90)
    text = at("duplicates")
    assert text.code == 0
    assert "near name, same company" in text.out
    assert at("duplicates", "--apart", *two).code == 0
    assert at("duplicates").code == 3
    empty = at("duplicates", "--json")
    assert (empty.code, empty.data) == (3, {"pairs": []})


def test_an_import_tells_who_looks_alike(at, two, tmp_path):
    """The count is in the report, with the command that names them."""
    file = tmp_path / "people.csv"
    file.write_text("Name,Company,Email\nAnne Leee,Acme,anne.l@x.example\nBo Chan,Delta,bo@x.example\n")
    assert at("import", str(file), "--json", "--dry-run").data["similar"] is None
    assert "followup duplicates" in at("import", str(file)).out
    file.write_text("Name,Company,Email\nCy Diaz,Eastside,cy@x.example\n")
    assert at("import", str(file), "--json").data["similar"] == 0
