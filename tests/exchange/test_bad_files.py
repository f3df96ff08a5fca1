"""Broken, strange and hostile files end in rejections or in one clear line."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from followup_tui.errors import FollowupError, UsageError
from followup_tui.exchange.encodings import detect
from followup_tui.exchange.formats import open_file
from tests.exchange.files import read, write

TWO = "Name,Email\nAnn,ann@x.example\nBob,bob@x.example\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_by_known_names(tmp_path: Path, delimiter: str) -> None:
    """The header row's known names choose the delimiter, whatever else the cells are full of."""
    rows = delimiter.join(["Name", "Email", "Notes"]) + "\n"
    rows += delimiter.join(["Ann", "ann@x.example", '"a, b; c | d, e; f | g"']) + "\n"
    got = read(tmp_path, rows)
    assert got.reading.delimiter == delimiter
    assert got.only.note == "a, b; c | d, e; f | g"


@pytest.mark.parametrize(
    ("content", "notes"),
    [
        ("'Name','Note'\n'O''Hara','a, b'\n'Bo','x'\n", ["a, b", "x"]),
        ("Name,Note,No\n'O''Hara','a, b',1\n'Bo','x',2\n", ["a, b", "x"]),
        ("Name;Note\nO'Hara;'tis\nBo;it's 'so'\n", ["'tis", "it's 'so'"]),
        ('"Name", "Note"\n"O\'Hara", "a, b"\n"Bo",   "x"\n', ["a, b", "x"]),
        ('Name, Note\nO\'Hara, "a, b"\nBo, says "x" "y"\n', ["a, b", 'says "x" "y"']),
        ('Name,Note\nO\'Hara,"say \\"a, b\\" now"\nBo,"c \\\\ d"\n', ['say "a, b" now', "c \\ d"]),
        ('Name,Note\nO\'Hara,"C:\\dir\\"\nBo,"D:\\"\n', ["C:\\dir\\", "D:\\"]),
    ],
    ids=["apostrophes", "apostrophes but for the header", "plain", "blanks", "some blanks", "backslashes", "folders"],
)
def test_what_holds_cells_together(tmp_path: Path, content: str, notes: list[str]) -> None:
    """Quotation marks, apostrophes, blanks before and backslashes in them are told by what they make of the rows."""
    got = read(tmp_path, content)
    assert ([draft.name for draft in got.drafts], [draft.note for draft in got.drafts]) == (["O'Hara", "Bo"], notes)
    assert got.rejections == []


def test_delimiter_by_what_stands_alone(tmp_path: Path) -> None:
    """Where names do not decide, the delimiter does that leaves addresses without words beside them."""
    got = read(tmp_path, "Last, First;Email\nLee, Ann;ann@x.example\n")
    assert (got.reading.delimiter, got.only.name, got.details()) == (";", "Lee, Ann", [("email", "ann@x.example", "")])


def test_a_mark_that_lies(tmp_path: Path) -> None:
    """Plain text behind the mark of UTF-16 is read as the plain text it is, broken bytes said as ever."""
    got = read(
        tmp_path, b"\xff\xfe" + TWO.encode() + "Jörg,j@x.example\n".encode() + "Käte,k@x.example\n".encode("cp1252")
    )
    assert [draft.name for draft in got.drafts] == ["Ann", "Bob", "Jörg", "Käte"]
    assert [(r.line, r.field) for r in got.rejections] == [(5, "encoding")]


def test_excel_separator_line(tmp_path: Path) -> None:
    """Excel's `sep=` line names the delimiter and is a line of its own."""
    got = read(tmp_path, "sep=;\r\nName;Firma\r\nLee, Ann;Acme\r\n")
    assert (got.reading.delimiter, got.only.name, got.only.line) == (";", "Lee, Ann", 3)


@pytest.mark.parametrize(
    ("codec", "mark", "said"),
    [
        ("utf-8", b"\xef\xbb\xbf", "utf-8-sig"),
        ("utf-8", b"", "utf-8"),
        ("utf-16-le", b"\xff\xfe", "utf-16"),
        ("utf-16-be", b"\xfe\xff", "utf-16"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
        ("utf-32-le", b"\xff\xfe\0\0", "utf-32"),
        ("utf-32-be", b"\0\0\xfe\xff", "utf-32"),
        ("utf-32-le", b"", "utf-32-le"),
        ("utf-32-be", b"\xfe\xff", "utf-32-be"),
        ("cp1252", b"", "cp1252"),
    ],
)
def test_encodings(tmp_path: Path, codec: str, mark: bytes, said: str) -> None:
    """Marks, NUL patterns and lonely accents tell the encoding, and the reading says which it was."""
    got = read(tmp_path, mark + "Name,Ort,Email\nJörg Müller,Köln,j@x.example\n".encode(codec))
    assert (got.reading.encoding, got.only.name) == (said, "Jörg Müller")


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("mac_roman", "Name,Ort\nJörg Müller,Köln\nKäthe Groß,Österreich\n"),
        ("mac_roman", "Nombre\nJosé Muñoz\nMaría Ibáñez\n"),
        ("cp850", "Nom\nRené Lefèvre\nFrançois à Nîmes\n"),
        ("cp1252", "Note\n§ 5 Abs. 3 – 20 € “x” it’s ok… 30 m²\n"),
        ("cp1252", "Nimi\nTšekki Šakki\n"),
        ("cp1250", "Name\nŁukasz Żółć Wójcik\nGrażyna Śliwińska\n"),
        ("utf-16-le", "Имя\nИван Петров сидит дома\n"),
        ("utf-16-be", "姓名,電話\n王小明,030 5550101\n"),
    ],
)
def test_one_byte_a_letter_by_what_makes_sense(tmp_path: Path, codec: str, text: str) -> None:
    """Old code pages are told apart by which of them makes letters where letters stand; UTF-16 by its marks alone."""
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(codec))
    assert text.encode(codec).decode(detect(path).name) == text


def test_cyrillic_is_guessed(tmp_path: Path) -> None:
    """Runs of high bytes are no Western accents: the guesser is asked."""
    got = read(tmp_path, "Name;Email;Notes\nАлексей Иванов;a@x.example;перезвонить в понедельник\n".encode("cp1251"))
    assert (got.reading.encoding, got.only.name) == ("cp1251", "Алексей Иванов")


def test_one_line_in_another_encoding(tmp_path: Path) -> None:
    """Stray bytes in a UTF-8 file are read as Windows-1252, and the line is named."""
    good = "Name,Email\nZoë Åse,z@x.example\n".encode()
    got = read(tmp_path, good + "Jürgen,j@x.example\n".encode("cp1252") + b"Ann,a@x.example\n")
    assert [draft.name for draft in got.drafts] == ["Zoë Åse", "Jürgen", "Ann"]
    assert [(r.line, r.field) for r in got.rejections] == [(3, "encoding")]
    assert got.reading.rows == 3


@pytest.mark.parametrize("others", [1, 3])
def test_two_encodings_pasted_together(tmp_path: Path, others: int) -> None:
    """Letters of UTF-8 among as many or a few more of Windows-1252 are read as what they are; those are told."""
    rows = "".join(f"Grün {number},g{number}@x.example\n" for number in range(others)).encode("cp1252")
    got = read(tmp_path, "Name,Email\nJörg,j@x.example\n".encode() + rows)
    assert [draft.name for draft in got.drafts] == ["Jörg", *(f"Grün {number}" for number in range(others))]
    assert [(r.line, r.field) for r in got.rejections] == [(3 + number, "encoding") for number in range(others)]


def test_late_accent_beyond_the_sample(tmp_path: Path) -> None:
    """A file that is plain for megabytes and has its first accent at the end is still read right."""
    got = read(tmp_path, b"Name,Email\n" + b"Ann,a@x.example\n" * 40_000 + "Jürgen,j@x.example\n".encode("cp1252"))
    assert (got.reading.encoding, got.drafts[-1].name, got.rejections) == ("cp1252", "Jürgen", [])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_quoted_line_breaks(tmp_path: Path, end: str) -> None:
    """Every kind of line end counts once, also inside a cell; a row's line is where it starts."""
    got = read(tmp_path, end.join(["Name,Notes", 'Ann,"one', 'two ""2"""', "Bob,x", ""]))
    assert [(d.line, d.name, d.note) for d in got.drafts] == [(2, "Ann", 'one\ntwo "2"'), (4, "Bob", "x")]


def test_ragged_rows(tmp_path: Path) -> None:
    """Too many cells reject the row, too few are fine, empty ones at the end do no harm, blank rows are nothing."""
    got = read(tmp_path, "Name,Email\nAnn,a@x.example,x\nBob\n\n , \nCid,c@x.example,,\n")
    assert [draft.name for draft in got.drafts] == ["Bob", "Cid"]
    assert [(r.line, r.field) for r in got.rejections] == [(2, "")]
    assert "3 cells under 2 columns" in got.rejections[0].why
    assert (got.reading.rows, got.reading.drafts, got.reading.rejected) == (3, 2, 1)


def test_header_twice(tmp_path: Path) -> None:
    """A header row in the middle, as in files glued together, is no person."""
    got = read(tmp_path, TWO + TWO)
    assert len(got.drafts) == 4
    assert [r.line for r in got.rejections] == [4]
    assert "header row" in got.rejections[0].why
    assert [draft.name for draft in read(tmp_path, TWO + "NAME, EMAIL\nCy,c@x.example\n").drafts] == [
        "Ann",
        "Bob",
        "Cy",
    ]


def test_duplicate_headers(tmp_path: Path) -> None:
    """A second e-mail column is a second e-mail; a second name stays beside the person under its numbered header."""
    got = read(tmp_path, "Name,Email,Name,Email\nAnn,a@x.example,Annie,b@x.example\n")
    assert got.only.name == "Ann"
    assert [key for _, key, _ in got.details()] == ["a@x.example", "b@x.example"]
    assert got.only.extra == {"Name (2)": "Annie"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "no rows"),
        ("\n\n  \n", "no rows"),
        ("colour,size\nred,9\n", "its columns are colour, size"),
        ("Ann Lee,ann@x.example\nBob,bob@x.example\n", "header row is missing"),
        ("Ann Lee;+1 415 555 0100\n", "header row is missing"),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR\n", "calendar"),
        ('[{"colour": "red"}]', "its columns are colour"),
        ('{"colour": [1]}', "no list of contacts"),
        ("<html><table>", "web page"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"SQLite format 3\0", "SQLite"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel"),
        (b"\x1f\x8b\x08", "gzip"),
        (bytes(range(256)) * 40, "no text file"),
    ],
)
def test_one_clear_line(tmp_path: Path, content: str | bytes, words: str) -> None:
    """What can't be a table of people is refused with one line that names the file and says what to do."""
    with pytest.raises(FollowupError) as refused:
        read(tmp_path, content)
    assert words in str(refused.value)
    assert str(refused.value).startswith("people.csv: ")
    assert refused.value.hint
    assert refused.value.exit_code == 1


def test_workbook_is_named_even_as_csv(tmp_path: Path) -> None:
    """An Excel workbook called .csv is recognised by its bytes, also when CSV is insisted on."""
    path = tmp_path / "people.csv"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(FollowupError, match="Excel workbook"):
        open_file(path, format="csv")


def test_missing_and_folder(tmp_path: Path) -> None:
    """A wrong path is said in one line."""
    with pytest.raises(FollowupError, match="no such file"):
        open_file(tmp_path / "none.csv")
    with pytest.raises(FollowupError, match="folder"):
        open_file(tmp_path)


def test_header_only(tmp_path: Path) -> None:
    """A file with nothing under its header is read, and has no people."""
    got = read(tmp_path, "Name,Email\n")
    assert (got.reading.rows, got.drafts, got.rejections) == (0, [], [])


def test_unknown_format(tmp_path: Path) -> None:
    """A format nobody reads is a usage error that lists those there are."""
    with pytest.raises(UsageError, match="auto, csv"):
        open_file(write(tmp_path, TWO), format="ods")


def test_mapping(tmp_path: Path) -> None:
    """What the user maps goes before what is known, by name without regard to case."""
    got = read(tmp_path, "who,where,Name\nAnn,Acme,nick\n", mapping={"name": "WHO", "company": "Where"})
    assert (got.only.name, got.only.company, got.only.extra) == ("Ann", "Acme", {"Name": "nick"})


@pytest.mark.parametrize(
    ("field", "column", "words"), [("nose", "Name", "first_name"), ("title", "Rank", "Name, Email")]
)
def test_mapping_to_nothing(tmp_path: Path, field: str, column: str, words: str) -> None:
    """An unknown field or column is a usage error that lists what is there."""
    with pytest.raises(UsageError, match=words):
        read(tmp_path, TWO, mapping={field: column})


@pytest.mark.parametrize("tail", ["Cid,c@x.example\n" * 3, "Cid,c@x.example\n" * 100_000], ids=["short", "long"])
def test_unclosed_quote(tmp_path: Path, tail: str) -> None:
    """A quotation mark never closed costs its own row, named by its line, and nobody behind it."""
    got = read(tmp_path, f'Name,Email\nAnn,a@x.example\n"Bob,b@x.example\n{tail}')
    assert [(r.line, r.field) for r in got.rejections] == [(3, "")]
    assert "quotation mark" in got.rejections[0].why
    assert len(got.drafts) == 1 + tail.count("\n")
    assert got.drafts[1].line == 4


@pytest.mark.parametrize("pieces", [1, 3, 20_000])
def test_text_behind_an_open_quote_is_nobody(tmp_path: Path, pieces: int) -> None:
    """The lines of a text whose quotation mark never closes make one report and no people; rows behind it are read."""
    text = 'Ann,a@x.example,"never\n' + "closed, and\n" * pieces
    got = read(tmp_path, f"Name,Email,Notes\nBob,b@x.example,\n{text}Cid,c@x.example,\nDee,d@x.example\n")
    assert [draft.name for draft in got.drafts] == ["Bob", "Cid", "Dee"]
    assert [r.line for r in got.rejections] == [3, 4]
    said = "it is" if pieces == 1 else f"lines 4 to {3 + pieces} are"
    assert got.rejections[1].why.startswith(f"{said} no row but text behind the quotation mark that opens in line 3")


def test_text_behind_an_open_quote_to_the_end(tmp_path: Path) -> None:
    """Nothing comes behind the text: it is told all the same, and what reaches somebody is a row."""
    got = read(tmp_path, 'Name,Email,Notes\nAnn,a@x.example,"never\nclosed\nBob,b@x.example\nand\non\n')
    assert ([draft.name for draft in got.drafts], [r.line for r in got.rejections]) == (["Bob"], [2, 3, 5])


def test_stray_quote_before_a_quoted_cell(tmp_path: Path) -> None:
    """A stray quotation mark does not swallow the rows up to the next quoted cell."""
    got = read(tmp_path, 'Name,Notes\n"Bob,b\nCid,c\n"Dee","x, y"\n')
    assert [draft.name for draft in got.drafts] == ["Cid", "Dee"]
    assert [r.line for r in got.rejections] == [2]


@pytest.mark.parametrize(
    "cell", ["x" * 9_000_000, "x" * 1_100_000, ("x" * 99 + "\n") * 90_000], ids=["line", "cell", "lines"]
)
def test_huge_cell(tmp_path: Path, cell: str) -> None:
    """A cell of megabytes rejects its row and leaves the others, their lines counted right."""
    got = read(tmp_path, f'Name,Notes\nAnn,a\nBob,"{cell}"\nCid,c\n')
    assert [draft.name for draft in got.drafts] == ["Ann", "Cid"]
    assert [r.line for r in got.rejections] == [3]
    assert "1 MiB" in got.rejections[0].why
    assert got.drafts[1].line == 4 + cell.count("\n")


def test_very_wide_file(tmp_path: Path) -> None:
    """A hundred thousand columns are columns like others."""
    count = 100_000
    got = read(tmp_path, "Name," + ",".join(f"c{i}" for i in range(count)) + "\nAnn" + "," * (count - 1) + ",x\nBob\n")
    assert [draft.name for draft in got.drafts] == ["Ann", "Bob"]
    assert got.drafts[0].extra == {f"c{count - 1}": "x"}


def test_control_characters_and_formulas(tmp_path: Path) -> None:
    """Text is cleaned on entry, and a formula is nothing but text."""
    got = read(tmp_path, b'Name,Notes\nA\0nn\x1b[31m,"=HYPERLINK(""http://x.example"")"\n')
    assert (got.only.name, got.only.note) == ("Ann", '=HYPERLINK("http://x.example")')


def test_reading_twice(tmp_path: Path) -> None:
    """Iterating again reads the file again: a preview costs the import nothing."""
    reading = open_file(write(tmp_path, TWO))
    assert list(reading) == list(reading)
    assert (reading.rows, reading.drafts, reading.rejected) == (2, 2, 0)
