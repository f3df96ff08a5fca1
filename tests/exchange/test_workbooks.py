"""Workbooks are read as the tables they are, and what would hurt is refused in one line."""

from __future__ import annotations

import random
import re
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from followup_tui.errors import FollowupError
from followup_tui.exchange import workbook
from followup_tui.exchange.drafts import Draft
from followup_tui.exchange.formats import open_file
from followup_tui.exchange.values import text_of
from tests.exchange.files import Read, read, write
from tests.exchange.workbooks import (
    MAIN,
    MOMENT,
    day,
    error,
    formula,
    number,
    ods,
    packed,
    sheet,
    truth,
    unworked,
    xlsx,
)

HEADER = ["Name", "Phone", "Birthday", "Star", "Notes"]


def book(rows: list[list[str]], first: int = 1) -> bytes:
    return xlsx({"People": sheet([HEADER, *rows], first)})


def test_typed_cells_become_what_people_would_have_typed(tmp_path: Path) -> None:
    """A number is digits, a day is ISO, yes and no are words, a formula is its result, an error is nothing and told."""
    cells = [formula("Ann Lee"), number("4.930123456E10"), day(29281), truth(True), error("#N/A")]
    got = read(tmp_path, book([cells]))
    draft = got.only
    assert (draft.name, draft.birthday, draft.star, draft.note) == ("Ann Lee", "1980-03-01", True, "")
    assert got.details() == [("phone", "49301234560", "")]
    assert (got.reading.format, got.reading.sheet, got.reading.encoding) == ("table", "People", "")
    assert [(r.line, r.field, "#N/A" in r.why) for r in got.rejections] == [(2, "note", True)]


def test_cells_that_show_nothing(tmp_path: Path) -> None:
    """Errors and formulas nobody worked out are told by row and field; a column nobody knows may be full of them."""
    rows = [
        [*HEADER, "Colour"],
        [unworked(), "+49305550101", error("#REF!"), "", "", error("#N/A")],
        ["Bo", "", "", "", formula(""), unworked()],
        [],
        [error("#NAME?"), error("#VALUE!")],
    ]
    got = read(tmp_path, xlsx({"Other": sheet([["x"]]), "P": sheet(rows, 3)}))
    assert [(draft.line, draft.name) for draft in got.drafts] == [(4, "+49305550101"), (5, "Bo")]
    assert [(r.line, r.field, r.why.partition(";")[0]) for r in got.rejections] == [
        (4, "name", "a formula without a result"),
        (4, "birthday", "#REF! in the workbook"),
        (7, "", "#NAME? in the workbook"),
    ]
    assert got.reading.rows == 3


def test_errors_beside_an_empty_column(tmp_path: Path) -> None:
    """A gap is told under the right column when the sheet begins further right and its cells name no place."""
    rows = sheet([["", "Name", "Email"], ["", "Ann", error("#N/A")]])
    assert [(r.line, r.field) for r in read(tmp_path, xlsx({"P": rows})).rejections] == [(2, "email")]
    bare = re.sub(' r="[A-Z]*[0-9]+"', "", sheet([["Name", "Email"], ["Ann", error("#N/A")]]))
    assert [(r.line, r.field) for r in read(tmp_path, xlsx({"P": bare})).rejections] == [(2, "email")]


def test_cells_merged_over_several_rows(tmp_path: Path) -> None:
    """What is merged over rows belongs to each of them; a row of nothing else stays empty, a title is no company."""
    rows = [
        ["Clients"],
        ["Name", "Company", "Email"],
        ["Ann", "Acme", "ann@x.example"],
        ["Bob", "", "bob@x.example"],
        ["", "", ""],
        ["Cid", "", "cid@x.example"],
    ]
    got = read(tmp_path, xlsx({"P": sheet(rows, merged=["A1:C1", "B3:B5"])}))
    assert [(draft.name, draft.company) for draft in got.drafts] == [("Ann", "Acme"), ("Bob", "Acme"), ("Cid", "")]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (12.0, "12"),
        (0.1, "0.1"),
        (4.930123e10, "49301230000"),
        (1e300, "1e+300"),
        (float("nan"), ""),
        (float("inf"), ""),
        (7, "7"),
        (date(1980, 2, 29), "1980-02-29"),
        (datetime(1980, 2, 29), "1980-02-29"),
        (datetime(1980, 2, 29, 12, 30), "1980-02-29 12:30:00"),
        (time(9, 30), "09:30:00"),
        (timedelta(hours=26, minutes=5), "26:05:00"),
        (["x"], "['x']"),
    ],
)
def test_text_of_values(value: object, text: str) -> None:
    """Every type a cell may have has one plain text."""
    assert text_of(value) == text


def test_header_below_a_title(tmp_path: Path) -> None:
    """The header row is found below titles and gaps, and rows keep the numbers the sheet shows."""
    rows = sheet([["Contacts of 2026"], [], HEADER, ["Ann", "12"], [], ["Bob", "+49 30 901820", "soon"]], 3)
    got = read(tmp_path, xlsx({"S": rows}))
    assert [(draft.line, draft.name) for draft in got.drafts] == [(6, "Ann"), (8, "Bob")]
    assert [(r.line, r.field) for r in got.rejections] == [(6, "phone"), (8, "birthday")]


def test_the_sheet_that_looks_like_people(tmp_path: Path) -> None:
    """The first sheet with a recognisable header is taken; another one that seems to hold people is named."""
    people = sheet([["Name", "Email"], ["Ann", "a@x.example"]])
    got = read(tmp_path, xlsx({"Intro": sheet([["Total", "7"]]), "Leads": people, "Old": people}))
    assert (got.reading.sheet, got.only.name) == ("Leads", "Ann")
    assert [(r.field, "“Old”" in r.why) for r in got.rejections] == [("sheet", True)]
    assert got.reading.rows == 1


def test_mapping_and_moments(tmp_path: Path) -> None:
    """The user's mapping works on a sheet as on a CSV; a moment keeps its time."""
    rows = sheet([["Who", "Seen"], ["Ann", day(45000.5, MOMENT)]])
    got = read(tmp_path, xlsx({"S": rows}), mapping={"name": "Who"})
    assert (got.only.name, got.only.extra) == ("Ann", {"Seen": "2023-03-15 12:00:00"})


def test_open_document(tmp_path: Path) -> None:
    """An OpenDocument table is read too; its endless empty rows are nothing."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in (
        ["Name", "Email"], ["Ann", "a@x.example"]))  # fmt: skip
    rows += '<table:table-row table:number-rows-repeated="1048574"><table:table-cell/></table:table-row>'
    assert read(tmp_path, ods(rows)).only.name == "Ann"


FAR = sheet([["Name"], ["Ann"]]).replace(
    "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
)
MANY = f'<sst xmlns="{MAIN}" uniqueCount="4294967295"><si><t>x</t></si></sst>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (xlsx({"S": FAR}), "too large"),
        (xlsx({"S": sheet([["Name"], ["Ann"]])}, MANY), "too large"),
        (book([["Ann"]])[:-40], "can't be read"),
        (book([["Ann"]])[:300] + b"x" * 900, "can't be read"),
        (xlsx({"S": sheet([["Name"], ["Ann"]])[:-30]}), "can't be read"),
        (xlsx({"S": sheet([])}), "no rows"),
        (xlsx({"S": sheet([["colour", "size"], ["red", "9"]])}), "its columns are colour, size"),
        (xlsx({"S": sheet([["Ann", "ann@x.example"]])}), "header row is missing"),
        (packed({"word/document.xml": "<x/>"}), "a Word document"),
        (packed({"a.txt": "x"}), "zip archive without a workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel or Outlook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_one_clear_line(tmp_path: Path, content: bytes, words: str) -> None:
    """A workbook that is damaged, locked, empty or made to burst costs one line that names the file, and no crash."""
    with pytest.raises(FollowupError) as refused:
        read(tmp_path, content)
    assert words in str(refused.value)
    assert str(refused.value).startswith("people.csv: ")
    assert refused.value.hint


def test_declared_size_is_believed_before_anything_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What says it unpacks to more than the limit is not unpacked."""
    monkeypatch.setattr(workbook, "UNPACKED_LIMIT", 1000)
    monkeypatch.setattr(workbook, "_read", lambda *_: pytest.fail("it was read"))
    with pytest.raises(FollowupError, match="unpacks to"):
        read(tmp_path, book([["Ann"]]))


def test_encrypted_member(tmp_path: Path) -> None:
    """A zip with encrypted parts is said to be locked."""
    path = write(tmp_path, book([["Ann"]]))
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        start = archive.start_dir
    content[start + 8] |= 1
    with pytest.raises(FollowupError, match="password"):
        read(tmp_path, bytes(content))


def test_wrong_format_asked_for(tmp_path: Path) -> None:
    """A CSV is no workbook, however much it is wanted to be."""
    with pytest.raises(FollowupError, match="no workbook"):
        open_file(write(tmp_path, "Name,Email\nAnn,a@x.example\n"), format="xlsx")


def test_huge_cell_rejects_its_row(tmp_path: Path) -> None:
    """A cell of megabytes costs its row, and the others are read."""
    got = read(tmp_path, book([["Ann", "", "", "", "x" * 1_100_000], ["Bob"]]))
    assert [draft.name for draft in got.drafts] == ["Bob"]
    assert [(r.line, "1 MiB" in r.why) for r in got.rejections] == [(2, True)]


def test_reading_twice(tmp_path: Path) -> None:
    """Iterating again yields the same people without opening the file again."""
    path = write(tmp_path, book([["Ann"], ["Bob"]]))
    reading = open_file(path)
    path.unlink()
    assert list(reading) == list(reading)
    assert reading.rows == 2


def test_mutations_end_well(tmp_path: Path) -> None:
    """Flipped bytes, in the archive or in its sheet, end in people or in one line."""
    dice = random.Random(5)
    whole, rows = book([["Ann", number("5"), day(29281)]]), sheet([HEADER, ["Ann", "1"], ["Bob", number("2")]])
    for turn in range(12):
        if turn % 2:
            content = bytearray(whole)
            content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
        else:
            at = dice.randrange(100, len(rows))
            content = bytearray(xlsx({"S": rows[:at] + chr(dice.randrange(33, 120)) + rows[at + 1 :]}))
        try:
            got: Read = read(tmp_path, bytes(content))
        except FollowupError:
            continue
        assert all(isinstance(draft, Draft) for draft in got.drafts)
