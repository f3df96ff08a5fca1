"""Erasing a person leaves nothing that speaks of them (interface §1)."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from followup_tui.domain.model import Outcome
from followup_tui.errors import NothingFound
from followup_tui.services.views import LogDraft, ProspectDraft
from tests.factories import add, change, dump, failed, log

SECRETS = ("Zebulon", "Quagmire", "zeb@quagmire", "901820", "yellow hat", "tapir", "Zeb the Old")

PEOPLE = ("prospect", "detail", "tag", "standing", "journal")


def everything(path: Path) -> str:
    """Return every value of every table as one text."""
    connection = sqlite3.connect(path)
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = " ".join(str(connection.execute(f"SELECT * FROM {table}").fetchall()) for table in tables)
    connection.close()
    return found


def known(services) -> str:
    """Add somebody about whom a lot was written, changed and undone."""
    facts = {"company": "Quagmire", "email": "zeb@quagmire.example", "why": "yellow hat", "tags": ("tapir",)}
    who = add(services, "Zeb the Old", **facts).id
    services.prospects.edit(who, ProspectDraft(name="Zebulon", phone="+49 30 555"))
    services.log.log(who, LogDraft("phone", Outcome.SPOKE, note="yellow hat again"))
    services.prospects.tag([who], ["-tapir"])
    services.log.move(who, services.local_today())
    services.undo.undo()
    return who


def test_nothing_is_left_of_them(services, path):
    """No table, no undo image, no name of a change, no byte of the file; only the id is kept."""
    who = known(services)
    changes = services.prospects.erase(who)
    assert changes.prospects == {who}
    assert changes.change == 0
    text = everything(path)
    assert [secret for secret in SECRETS if secret in text] == []
    services.close()
    raw = path.read_bytes()
    assert [secret for secret in SECRETS if secret.encode() in raw] == []
    assert text.count(who) == 1
    assert f"erased:{who}" in text
    assert failed(services) == []


def test_it_cannot_be_undone(services, path):
    """The history forgets what was only about them; undo takes back what came before it for others."""
    bob = add(services, "Bob").id
    before = dump(path, PEOPLE)
    log(services, bob)
    services.prospects.erase(known(services))
    assert [one.name for one in services.undo.history()] == ["Log phone, left voicemail · Bob", "Add Bob"]
    services.undo.undo()
    assert dump(path, PEOPLE) == before
    with pytest.raises(NothingFound):
        services.prospects.erase("nobody")


def test_changes_shared_with_others_still_undo(services, path):
    """An import or a tag of several keeps its part for the others, without the name."""
    who, bob = known(services), add(services, "Bob").id
    start = dump(path)["tag"]
    services.prospects.tag([who, bob], ["roof"])
    services.prospects.star([who, bob], True)
    services.prospects.erase(who)
    assert len(services.undo.history()) == 3
    services.undo.undo(2)
    assert [row for row in dump(path)["tag"] if row[1] == bob] == [row for row in start if row[1] == bob]
    assert not services.prospects.get(bob).star
    assert failed(services) == []
    services.undo.redo(2)
    assert services.prospects.get(bob).tags == ("roof",)
    assert failed(services) == []


def test_a_key_that_somebody_else_has_now_stays_theirs(services, path):
    """Keys of removed details and tags are given again: the history of the other person is untouched."""
    who = add(services, "Zebulon", tags=("tapir",)).id
    services.prospects.tag([who], ["-tapir"])
    bob = add(services, "Bob").id
    before = dump(path)
    services.prospects.tag([bob], ["roof"])
    services.prospects.tag([bob], ["-roof", "wall"])
    services.prospects.erase(who)
    services.undo.undo(2)
    assert [row for row in before["tag"] if row[1] == bob] == dump(path)["tag"]
    assert failed(services) == []
    services.undo.redo(2)
    assert services.prospects.get(bob).tags == ("wall",)
    services.prospects.erase(bob)
    assert "roof" not in everything(path)
    assert "wall" not in everything(path)


def test_nobody_is_referred_by_them_any_more(services, path):
    """The credit goes with the person, in the undo history too."""
    who, bob = known(services), add(services, "Bob").id
    change(path, "UPDATE prospect SET referred_by = ? WHERE id = ?", who, bob)
    services.prospects.edit(bob, ProspectDraft(company="Acme"))
    sql = "UPDATE change_image SET image = ? WHERE tbl = 'prospect' AND pk = ? AND image IS NOT NULL"
    change(path, sql, f'{{"company":"","referred_by":"{who}"}}', bob)
    services.prospects.erase(who)
    assert services.prospects.get(bob).referred_by is None
    services.undo.undo()
    assert services.prospects.get(bob).referred_by is None


def test_a_namesake_keeps_their_history(services):
    """Two people of one name: the changes of the one who stays are named as they were."""
    first, second = add(services, "Ann Lee").id, add(services, "Ann Lee", phone="+49 30 777", email="b@x.example").id
    services.prospects.tag([second], ["roof"])
    services.prospects.erase(first)
    assert [one.name for one in services.undo.history()] == ["Tag Ann Lee", "Add Ann Lee"]


def test_nothing_is_left_of_somebody_who_came_with_others(services, path, tmp_path):
    """An import keeps one image for many rows: one person is taken out of it, the others still undo and redo."""
    file = tmp_path / "people.csv"
    file.write_text("Name,Email,Phone\nAnn Lee,ann@acme.example,\nBo Chan,bo@acme.example,+49 30 901820\n", "utf-8")
    empty = dump(path)
    services.exchange.import_files([file])
    ann, bo = (services.prospects.resolve(name) for name in ("ann", "bo"))
    services.prospects.erase(ann)
    with sqlite3.connect(path) as connection:
        images = [row[0] for row in connection.execute("SELECT image FROM change_image")]
    assert not any(ann in str(image) for image in images)
    assert any(bo in str(image) for image in images)
    before = dump(path)
    services.undo.undo()
    assert dump(path, ("prospect", "detail", "journal", "standing")) == {
        table: rows for table, rows in empty.items() if table in ("prospect", "detail", "journal", "standing")
    }
    services.undo.redo()
    assert dump(path) == before
    assert failed(services) == []
