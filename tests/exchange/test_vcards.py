"""vCards of every version and every program's habits."""

from __future__ import annotations

from pathlib import Path

import pytest

from followup_tui.errors import FollowupError
from followup_tui.exchange.formats import open_file
from tests.exchange.cards import APPLE, NEW, PHONE, PHOTO, card
from tests.exchange.files import read, write


def test_a_phone_of_old(tmp_path: Path) -> None:
    """2.1: bare types, quoted-printable with soft breaks, a picture in base64 that is noted and left out."""
    got = read(tmp_path, PHONE, region="DE")
    draft = got.only
    assert (draft.name, draft.tags, draft.note) == ("Jörg Müller", (), "Erste Zeile\nzweite Zeile, grüßen")
    assert got.details() == [
        ("mobile", "+491701234567", ""),
        ("fax", "+4930901820", "work"),
        ("email", "joerg@x.example", "work"),
    ]
    assert draft.extra == {"PHOTO": "jpeg, 1 KB, left out"}
    assert (got.reading.format, got.rejections) == ("vcard", [])


def test_apple(tmp_path: Path) -> None:
    """3.0: groups with labels of their own, folded lines, escapes, a birthday without a year."""
    got = read(tmp_path, APPLE)
    draft = got.only
    assert (draft.name, draft.company, draft.title) == ("Dr. Ann Mary Sue Lee Jr.", "Acme, Inc.", "Head of Buying")
    assert got.details() == [
        ("phone", "+4930901820", "Assistant"),
        ("mobile", "+491701234567", ""),
        ("email", "ann@x.example", "Holiday home"),
        ("address", "hauptstr 1 hinterhaus 10115 berlin germany", "home"),
    ]
    assert draft.birthday == "--02-29"
    assert draft.note == "One line that is folded in the middle, with a comma; and a second\nline"
    assert draft.extra == {
        "ORG": "Acme, Inc.; Sales; North",
        "X-ABADR": "de",
        "X-ABDATE (Anniversary)": "2010-05-01",
    }


def test_version_four(tmp_path: Path) -> None:
    """4.0: quoted lists of types, tel: addresses, a zone by name, a label beside the address it repeats."""
    got = read(tmp_path, NEW)
    draft = got.only
    assert (draft.name, draft.birthday, draft.zone) == ("Zoë Åse", "--02-03", "America/New_York")
    assert draft.tags == ("roof", "solar, large")
    assert got.details() == [
        ("phone", "+14186569254;ext=102", "work"),
        ("mobile", "+14182626501", "work"),
        ("email", "zoe@x.example", "work"),
        ("address", "1 main st austin tx 78701 usa", "work"),
    ]
    assert draft.extra == {}


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
def test_wide_encodings(tmp_path: Path, codec: str) -> None:
    """UTF-16 and byte order marks are recognised."""
    assert read(tmp_path, NEW.encode(codec)).only.name == "Zoë Åse"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("FN;CHARSET=ISO-8859-1:Jörg".encode("latin-1"), "Jörg"),
        ("FN;CHARSET=Windows-1251:Анна".encode("cp1251"), "Анна"),
        ("FN;CHARSET=SHIFT_JIS:山田ソ".encode("shift_jis"), "山田ソ"),
        (b"FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:J=F6rg", "Jörg"),
        (b"FN;ENCODING=QUOTED-PRINTABLE:J=F6rg", "Jörg"),
        (b"FN;QUOTED-PRINTABLE:J=C3=B6rg", "Jörg"),
        (b"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg=C3", "JörgÃ"),
        (b"FN;CHARSET=punycode:Jorg", "Jorg"),
        (b"FN;CHARSET=UTF-8:J\xf6rg", "Jörg"),
        (b"FN;ENCODING=BASE64:SsO2cmc=\r\n", "Jörg"),
        ("FN:Jörg".encode("latin-1"), "Jörg"),
    ],
)
def test_charsets(tmp_path: Path, line: bytes, name: str) -> None:
    """A property is read in the charset it names, else as UTF-8, else as the file seems to be; broken letters mend."""
    got = read(tmp_path, b"BEGIN:VCARD\r\nVERSION:2.1\r\n" + line + b"\r\nEND:VCARD\r\n")
    assert got.only.name == name


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_line_ends(tmp_path: Path, end: str) -> None:
    """Every kind of line end counts once, and the odd breaks of Unicode end nothing."""
    text = card("FN:Ann\u2028Lee\x0b\x85", "NOTE:folded ", " here", end=end) + card("FN:Bob", end=end)
    got = read(tmp_path, text)
    assert [(draft.line, draft.name) for draft in got.drafts] == [(1, "Ann Lee"), (7, "Bob")]
    assert got.drafts[0].note == "folded here"


@pytest.mark.parametrize(
    ("property", "detail"),
    [
        ("TEL;HOME;FAX", ("fax", "home")),
        ("TEL;TYPE=fax", ("fax", "")),
        ("TEL;TYPE=WORK;TYPE=FAX", ("fax", "work")),
        ("TEL;TYPE=work,fax", ("fax", "work")),
        ('TEL;TYPE="fax,home"', ("fax", "home")),
        ("TEL;CELL", ("mobile", "")),
        ("TEL;type=iPhone;type=CELL;type=VOICE", ("mobile", "")),
        ("TEL;TYPE=X-Reception", ("phone", "x-reception")),
        ("TEL", ("phone", "")),
        ("tel;voice;work", ("phone", "work")),
        ("a.TEL;VALUE=text;PREF=1", ("phone", "")),
    ],
)
def test_types_of_numbers(tmp_path: Path, property: str, detail: tuple[str, str]) -> None:
    """Cell is a mobile and fax a fax in every spelling; the rest of the types is the label."""
    got = read(tmp_path, card("FN:Ann", f"{property}:+49 30 901820"))
    assert [(kind, label) for kind, _, label in got.details()] == [detail]


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["FN:", "N:Lee;Ann;;;"], "Ann Lee"),
        (["N:Lee;Ann"], "Ann Lee"),
        (["N:;;;;", "ORG:Acme"], "Acme"),
        (["NICKNAME:Annie"], "Annie"),
        (["EMAIL:a@x.example"], "a@x.example"),
        (["TEL:+49 30 901820"], "+49 30 901820"),
        (["FN:Ann \\, Lee\\\\x"], "Ann , Lee\\x"),
        (["FN:Pat O\\'Neil"], "Pat O'Neil"),
        (['FN;X="a:b;c":Ann'], "Ann"),
        (['FN;X="open:Ann'], "Ann"),
    ],
)
def test_who_it_is(tmp_path: Path, lines: list[str], name: str) -> None:
    """FN names the person, else N, else whatever names or reaches them."""
    assert read(tmp_path, card(*lines)).only.name == name


@pytest.mark.parametrize(
    ("block", "size"),
    [
        ([f" {PHOTO}", f" {PHOTO}="], 1),
        ([PHOTO, f"{PHOTO}="], 1),
        (["", f" {PHOTO}", ""], 1),
        ([f" {PHOTO}" * 40, ""], 1),
    ],
)
def test_blocks_of_base64(tmp_path: Path, block: list[str], size: int) -> None:
    """A picture may be folded, unindented or begin after a blank line: it ends where it ends, and is noted."""
    got = read(tmp_path, card("PHOTO;ENCODING=b;TYPE=PNG:", *block, "FN:Ann", "NOTE:x"))
    assert (got.only.name, got.only.note) == ("Ann", "x")
    assert got.only.extra["PHOTO"].startswith("png, ")
    assert got.rejections == []


def test_data_addresses_and_keys(tmp_path: Path) -> None:
    """A picture as a data: address is left out and noted; one on the net keeps its address."""
    got = read(tmp_path, card("FN:Ann", f"PHOTO:data:image/png;base64,{PHOTO}", "LOGO:https://x.example/l.png"))
    assert got.only.extra == {"PHOTO": "data, 1 KB, left out", "LOGO": "https://x.example/l.png"}


def test_agents(tmp_path: Path) -> None:
    """Somebody's assistant, as a card in the card or as text, stays beside them and is nobody of their own."""
    inner = card("FN:Susan", "TEL:+49 30 1")
    old = card("FN:Ann", "AGENT:", *inner.split("\r\n")[:-1], "TITLE:Boss", version="2.1")
    new = card("FN:Bob", "AGENT:" + inner.replace("\r\n", "\\n"), "TITLE:Boss")
    got = read(tmp_path, old + new)
    assert [(draft.name, draft.title) for draft in got.drafts] == [("Ann", "Boss"), ("Bob", "Boss")]
    assert all("FN:Susan" in draft.extra["AGENT"] for draft in got.drafts)


def test_cards_cut_in_the_middle(tmp_path: Path) -> None:
    """A card without its end goes as far as the next one, or the file, and is named by its line."""
    cut = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Cut\r\nTEL:+49 30 901820\r\n"
    got = read(tmp_path, card("FN:Ann") + cut + card("FN:Bob") + cut + "PHOTO;ENCODING=b:" + PHOTO)
    assert [(draft.name, len(draft.details)) for draft in got.drafts] == [
        ("Ann", 0),
        ("Cut", 1),
        ("Bob", 0),
        ("Cut", 1),
    ]
    assert [(r.line, r.field, "no END" in r.why) for r in got.rejections] == [(5, "END", True), (13, "END", True)]
    assert all("left out" in text for text in got.drafts[3].extra.values())


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_half_a_property_is_none(tmp_path: Path, codec: str) -> None:
    """What stands in the middle of the line the file ends in is kept as it is, and no number or address of anybody."""
    text = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann\r\nTEL:+49 30 901820\r\nEMAIL:ann@x.exa"
    got = read(tmp_path, text.encode(codec))
    assert [detail.value for detail in got.drafts[0].details] == ["+49 30 901820"]
    assert got.drafts[0].extra == {"other lines": "EMAIL:ann@x.exa"}
    assert [(r.line, r.field) for r in got.rejections] == [(1, "END"), (5, "line")]
    whole = read(tmp_path, f"{text}mple\r\n".encode(codec))
    assert len(whole.drafts[0].details) == 2
    nobody = read(tmp_path, "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:An".encode(codec))
    assert (nobody.drafts, [r.field for r in nobody.rejections]) == ([], [""])


def test_half_an_agent_is_nobody(tmp_path: Path) -> None:
    """The file may end in the card of somebody's agent too."""
    got = read(tmp_path, "BEGIN:VCARD\nVERSION:2.1\nFN:Ann\nAGENT:\nBEGIN:VCARD\nFN:Susan\n")
    assert [(draft.name, "Susan" in draft.extra["other lines"]) for draft in got.drafts] == [("Ann", True)]


def test_lines_that_are_no_property(tmp_path: Path) -> None:
    """A line without a name or colon is kept, and reported by its number; so is text outside of cards."""
    got = read(tmp_path, "BEGIN:VCARD\nFN:Ann\nno property at all\nEND:VCARD\nstray\nmore\n" + card("FN:Bob"))
    assert got.drafts[0].extra == {"other lines": "no property at all"}
    assert [(r.line, r.field) for r in got.rejections] == [(3, "line"), (5, "")]


def test_parameters_without_a_value(tmp_path: Path) -> None:
    """A parameter that is named and left empty says nothing, and the line is read as without it."""
    got = read(
        tmp_path,
        card(
            "FN;ENCODING=:Ann",
            "NOTE;ENCODING=:hi",
            "TEL;TYPE=;VALUE=:+49 30 901820",
            "EMAIL;CHARSET=;LANGUAGE=:a@x.example",
        ),
    )
    assert got.only.name == "Ann"
    assert not got.rejections


def test_what_is_wrong_is_kept_and_said(tmp_path: Path) -> None:
    """A value that does not fit its field stays beside the person, and the line is named."""
    got = read(tmp_path, card("FN:Ann", "TEL:later", "EMAIL:none", "BDAY:soon", "TZ:-0500", "ADR:;;;Berlin;;;"))
    assert got.only.extra == {"TEL": "later", "EMAIL": "none", "BDAY": "soon", "TZ": "-0500", "ADR": ";;;Berlin;;;"}
    assert [(r.line, r.field) for r in got.rejections] == [(4, "tel"), (5, "email"), (6, "bday")]


def test_second_values(tmp_path: Path) -> None:
    """Of what a person has one only, the first is taken and the others stay beside."""
    lines = [
        "FN:Ann",
        "FN:Annie",
        "ORG:Acme",
        "ORG:Bolt",
        "TITLE:Boss",
        "ROLE:Buyer",
        "NOTE:a",
        "NOTE:b",
        "BDAY:19800229",
    ]
    draft = read(tmp_path, card(*lines, "BDAY:1980-03-01", "URL:x.example", "URL:y.example")).only
    assert (draft.name, draft.company, draft.title, draft.note) == ("Ann", "Acme", "Boss", "a\nb")
    assert draft.birthday == "1980-02-29"
    assert draft.extra == {
        "FN": "Annie", "ORG": "Bolt", "ROLE": "Buyer", "BDAY": "1980-03-01", "URL": "x.example; y.example",
    }  # fmt: skip


def test_printed_addresses(tmp_path: Path) -> None:
    """A printed address counts when there is no other, and is nothing new when there is."""
    same = ["ADR;WORK:;;1 Main St;Austin;TX;78701;USA", "LABEL;WORK:1 Main St\\nAustin\\, TX 78701"]
    got = read(tmp_path, card("FN:Ann", *same, "LABEL;HOME:2 Oak Rd\\nAustin"))
    assert got.details() == [
        ("address", "1 main st austin tx 78701 usa", "work"),
        ("address", "2 oak rd austin", "home"),
    ]
    assert got.only.extra == {}


def test_an_address_said_twice_in_one_property(tmp_path: Path) -> None:
    """Google's whole address behind the seven parts is not part of the street; another word there is kept."""
    parts = "ADR:;;Weg 1;Ulm;;89073;DE"
    for more in ("Weg 1\\n89073 Ulm\\nDE", ""):
        got = read(tmp_path, "\n".join(["BEGIN:VCARD", "VERSION:3.0", "FN:Ann", f"{parts};{more}", "END:VCARD"]))
        assert ([d.value for d in got.only.details], got.only.extra) == (["Weg 1, 89073 Ulm, DE"], {})
    got = read(tmp_path, "\n".join(["BEGIN:VCARD", "VERSION:3.0", "FN:Ann", f"{parts};second floor", "END:VCARD"]))
    assert [d.value for d in got.only.details] == ["Weg 1, 89073 Ulm, DE, second floor"]


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_a_mark_that_lies(tmp_path: Path, mark: bytes) -> None:
    """Plain text behind the mark of UTF-16 is read as the plain text it is."""
    got = read(tmp_path, mark + b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann\r\nEND:VCARD\r\n")
    assert (got.only.name, got.rejections) == ("Ann", [])


def test_groups_are_nobody(tmp_path: Path) -> None:
    """A card that lists a group is refused by name; a starred group is a star."""
    got = read(tmp_path, card("FN:Team", "X-ADDRESSBOOKSERVER-KIND:group") + card("FN:Ann", "CATEGORIES:starred,vip"))
    assert (got.only.name, got.only.star, got.only.tags) == ("Ann", True, ("vip",))
    assert ["group" in r.why for r in got.rejections] == [True]


def test_a_property_of_megabytes(tmp_path: Path) -> None:
    """A note of megabytes is left out and said; a picture of megabytes is only counted."""
    got = read(tmp_path, card("FN:Ann", "NOTE:" + "x" * 2_000_000, "PHOTO;ENCODING=b:" + "A" * 9_000_000))
    assert (got.only.note, got.only.extra["PHOTO"]) == ("", "data, 6,143 KB, left out")
    assert [(r.field, "1 MiB" in r.why) for r in got.rejections] == [("note", True)]


@pytest.mark.parametrize("content", ["Name,Email\nAnn,a@x.example\n", "", "BEGIN:VCALENDAR\nEND:VCALENDAR\n"])
def test_no_card_at_all(tmp_path: Path, content: str) -> None:
    """A file without a card is one clear line."""
    with pytest.raises(FollowupError, match=r"vCard|calendar"):
        open_file(write(tmp_path, content), format="vcard")


@pytest.mark.parametrize("between", ["", "\ufeff", " ", "\r\n\r\n"])
def test_cards_that_touch(tmp_path: Path, between: str) -> None:
    """Files put behind each other lose nobody, with and without line ends, each with its own byte order mark."""
    one, other = (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann\r\nEND:VCARD",
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Bo\r\nEND:VCARD",
    )
    found = read(tmp_path, f"\ufeff{one}{between}{other}".encode(), format="vcard")
    assert [draft.name for draft in found.drafts] == ["Ann", "Bo"]
    assert found.rejections == []


def test_cards_behind_the_lines_of_an_email(tmp_path: Path) -> None:
    """A file called .vcf is one of cards whatever stands before the first: those lines are named."""
    path = tmp_path / "team.vcf"
    path.write_bytes(b"Content-Type: text/x-vcard\r\n\r\nBEGIN:VCARD\r\nFN:Ann\r\nEND:VCARD\r\n")
    found = list(open_file(path))
    assert [type(item).__name__ for item in found] == ["Rejection", "Draft"]


def test_a_line_of_megabytes_takes_its_length(tmp_path: Path) -> None:
    """A picture in one line is passed in time that grows with it, not with its square."""
    photo = b"PHOTO;ENCODING=b:" + b"A" * 3_000_000
    found = read(
        tmp_path, b"BEGIN:VCARD\r\nFN:Ann\r\n" + photo + b"\r\nTEL:+49305550170\r\nEND:VCARD\r\n", format="vcard"
    )
    assert [detail.key for detail in found.only.details] == ["+49305550170"]
    assert found.only.extra == {"PHOTO": "data, 2,197 KB, left out"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('["vcard",[["version",{},"text","4.0"],["fn",{},"text","A B"]]]', "this is a jCard"),
        ('<?xml version="1.0"?><vcards xmlns="urn:ietf:params:xml:ns:vcard-4.0"/>', "this is an xCard"),
        ('<div class="vcard"><span class="fn">A B</span></div>', "this is an xCard or hCard"),
    ],
)
def test_cards_in_other_clothes(tmp_path: Path, content: str, words: str) -> None:
    """Cards as JSON arrays or XML are refused by their name, with what to export instead."""
    (tmp_path / "a.vcf").write_text(content)
    with pytest.raises(FollowupError, match=words) as caught:
        open_file(tmp_path / "a.vcf")
    assert "vCard (.vcf)" in caught.value.hint
