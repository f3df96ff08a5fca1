"""Workbooks and vCards through the services: brought in together, taken out for an address book, cancelled."""

from __future__ import annotations

import pytest

from followup_tui.errors import FollowupError, UsageError
from tests.exchange.cards import ALL
from tests.exchange.workbooks import day, number, sheet, xlsx
from tests.factories import add, dump, failed, log, open_at


def test_a_workbook_and_cards_in_one_change(services, path, tmp_path):
    """Files of any format come in together, the sheet is named, and one undo takes all of them back."""
    rows = [["Name", "Phone", "Birthday"], ["Bob", number("4.930901821E10"), day(29281)]]
    (tmp_path / "leads.xlsx").write_bytes(xlsx({"Leads": sheet(rows)}))
    (tmp_path / "phone.vcf").write_text(ALL, encoding="utf-8")
    before = dump(path)
    view, _ = services.exchange.import_files([tmp_path / "leads.xlsx", tmp_path / "phone.vcf"])
    book, cards = view.files
    assert (book.created, book.sheet, book.format, book.source) == (1, "Leads", "xlsx", "")
    assert (cards.created, cards.sheet, cards.format) == (3, "", "vcard")
    assert services.prospects.get(services.prospects.resolve("bob")).birthday == "1980-03-01"
    assert failed(services) == []
    again, _ = services.exchange.import_files([tmp_path / "leads.xlsx", tmp_path / "phone.vcf"])
    assert [(file.created, file.skipped) for file in again.files] == [(0, 1), (0, 3)]
    services.undo.undo()
    assert dump(path) == before


def test_cards_for_an_address_book(services, tmp_path):
    """A card carries every detail, also a bad one, and comes back; the journal stays behind, as the docs say."""
    who = add(services, mobile="+49 151 23456789", address="Straße 1, 10115 Berlin", star=True, tags=("roof",),
              zone="Europe/Vienna", birthday="1980-02-29", why="hail; storm", note="one\ntwo").id  # fmt: skip
    log(services, who, "bad detail")
    file = tmp_path / "book.vcf"
    assert services.exchange.export(file) == services.exchange.export(tmp_path / "b", format="vcard") == 1
    text = file.read_bytes().decode()
    assert text.startswith(f"BEGIN:VCARD\r\nVERSION:4.0\r\nUID:followup:{who}\r\nFN:Ann Lee\r\n")
    assert text.endswith("END:VCARD\r\n")
    other = open_at(tmp_path / "other.db")
    assert other.exchange.import_files([file])[0].files[0].created == 1
    (back,) = other.prospects.find("")
    ours = services.prospects.get(who)
    same = ("name", "company", "phone", "mobile", "email", "address", "zone", "birthday", "why", "note", "tags", "star")
    assert {name: getattr(back, name) for name in same} == {name: getattr(ours, name) for name in same}
    assert (back.bad_details, back.extra, back.touches) == (ours.bad_details, ours.extra, 0)
    assert back.zone_confirmed
    other.close()


@pytest.mark.parametrize("name", ["a.json", "a.csv", "a.vcf"])
def test_a_cancelled_export_leaves_the_old_file(services, tmp_path, name):
    """Progress says how many are written; stopping leaves what was there."""
    add(services)
    file = tmp_path / name
    file.write_text("old")
    told: list[int] = []
    with pytest.raises(FollowupError, match="cancelled"):
        services.exchange.export(file, progress=lambda done: bool(told.append(done)))
    assert (told, file.read_text(), [one.name for one in tmp_path.glob(".*part")]) == ([1], "old", [])
    assert services.exchange.export(file, progress=lambda done: True) == 1


def test_formats_there_are(services, tmp_path):
    """What can't be written is a usage error that names what can."""
    with pytest.raises(UsageError, match="json, csv or vcard"):
        services.exchange.export(tmp_path / "a.xlsx")


@pytest.mark.parametrize("name", ["people.csv", "people.vcf"])
def test_two_ids_of_our_own_export_are_two_people(services, path, tmp_path, name):
    """Namesakes with one phone, or with nothing at all, come back as two; the same file again is nobody new."""
    for company in ("Harbour House", "Harbour Inn"):
        add(services, "Ann Lee", company=company, phone="+49 30 901820", email="")
    for _ in range(2):
        add(services, "Cy Diaz", "pool", phone="", email="")
    file = tmp_path / name
    services.exchange.export(file)
    before = dump(path)
    here, _ = services.exchange.import_files([file])
    assert (here.files[0].created, here.files[0].updated, here.files[0].skipped) == (0, 0, 4)
    assert dump(path)["prospect"] == before["prospect"]
    other = open_at(tmp_path / "other.db")
    for created in (4, 0):
        view, _ = other.exchange.import_files([file])
        assert (view.files[0].created, view.files[0].updated) == (created, 0)
    assert sorted((one.name, one.company) for one in other.prospects.find("")) == [
        ("Ann Lee", "Harbour House"), ("Ann Lee", "Harbour Inn"), ("Cy Diaz", ""), ("Cy Diaz", "")
    ]  # fmt: skip
    other.close()


def test_a_row_copied_with_its_id_is_another_person(services, tmp_path):
    """Who copies a row of our export and writes another name into it adds somebody, whatever the id says."""
    add(services, "Ann Lee", email="ann@x.example")
    file = tmp_path / "people.csv"
    services.exchange.export(file)
    head, row = file.read_text().splitlines()
    file.write_text("\n".join([head, row, row.replace("Ann Lee", "Bob Roe").replace("ann@", "bob@")]))
    view, _ = services.exchange.import_files([file])
    assert (view.files[0].created, view.files[0].skipped) == (1, 1)
