"""The naughty strings, and some of our own, survive the way in and out in every format."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from followup_tui.domain.cleaning import clean_stored
from tests.exchange.files import read
from tests.exchange.workbooks import sheet, xlsx
from tests.factories import open_at

_FILE = Path(__file__).parents[2].parent / "shared" / "samples" / "strings" / "blns.json"
OWN = [
    "\x1b]52;c;Zg==\x07", "a\u2028b\u2029c\x85d", "\r\nBEGIN:VCARD\r\nFN:Eve", "END:VCARD", "=1+1", "'=1+1", "''", "'",
    "\\n", "\\", "\\\\;", ";;;", ",", '"', '","', "\t", "ends with \\", "=3D=0A", "^n^'", "null", "{}", "[1]", "\ufeff",
    "x" * 5000, "\u202eabc", "e\u0301" * 40, "\U0001f468\u200d\U0001f469", "-- ", "\ud800", "::: a ::: b", "sep=;",
]  # fmt: skip
_PARTS = re.compile(r":::|[,;|\n]")
_STAR = re.compile(r"^\*\s*")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
STRINGS = [*OWN, *(json.loads(_FILE.read_text(encoding="utf-8")) if _FILE.is_file() else [])]


def wanted() -> list[tuple[str, ...]]:
    return [
        (clean_stored(f"p{n} {text}"), clean_stored(text), clean_stored(text), clean_stored(text, multiline=True))
        for n, text in enumerate(STRINGS)
    ]


@pytest.fixture
def full(services, tmp_path):
    """The services over a database in which everybody is naughty, brought in as JSON of another program."""
    entries = [
        {"name": f"p{n} {text}", "company": text, "why": text, "note": text, "oddity": text, "email": f"p{n}@x.example"}
        for n, text in enumerate(STRINGS)
    ]
    (tmp_path / "in.json").write_text(json.dumps(entries), encoding="utf-8")
    view = services.exchange.import_files([tmp_path / "in.json"])[0].files[0]
    assert (view.created, len(view.rejected)) == (len(STRINGS), 0)
    for one in services.prospects.find(""):
        tag = STRINGS[int(one.name.split()[0][1:])].lstrip("-")
        services.prospects.tag([one.id], [tag] if clean_stored(tag) else [])
    return services


def tags(services, parted: bool = False) -> list[tuple[str, ...]]:
    """Return everybody's tags; `parted` as a table has them, where a comma, semicolon, bar or line end parts two."""
    people = sorted(services.prospects.find(""), key=lambda one: int(one.name.split()[0][1:]))
    if not parted:
        return [tuple(one.tags) for one in people]
    words = [[_unquoted(word.strip('"')).strip() for tag in one.tags for word in _PARTS.split(tag)] for one in people]
    return [tuple(sorted({_STAR.sub("", word) for word in found} - {""})) for found in words]


def held(services) -> list[tuple[str, ...]]:
    people = sorted(services.prospects.find(""), key=lambda one: int(one.name.split()[0][1:]))
    return [(one.name, one.company, one.why.replace("\n", " "), one.note) for one in people]


@pytest.mark.skipif(not _FILE.is_file(), reason="no sample files at ../shared/samples: only our own strings are tried")
def test_all_of_them_are_there() -> None:
    """The list has its 515 strings."""
    assert len(STRINGS) - len(OWN) == 515


def test_json_of_others_and_our_own(full, tmp_path):
    """What came in is the cleaned text, and the complete export brings every character of it back."""
    # A cell of somebody else's table may begin with the apostrophe a spreadsheet wants; ours was one of those.
    assert held(full) == [tuple(_unquoted(text) for text in row) for row in wanted()]
    full.exchange.export(tmp_path / "all.json")
    other = open_at(tmp_path / "other.db")
    assert other.exchange.import_files([tmp_path / "all.json"])[0].files[0].created == len(STRINGS)
    assert held(other) == held(full)
    assert {one.id: one.extra for one in other.prospects.find("")} == {
        one.id: one.extra for one in full.prospects.find("")
    }
    assert tags(other) == tags(full)
    assert sum(map(bool, tags(full))) > len(STRINGS) * 0.9
    other.close()


def _unquoted(text: str) -> str:
    return text[1:] if text.startswith(("'=", "''=")) else text


@pytest.mark.parametrize("raw", [False, True])
def test_csv(full, tmp_path, raw):
    """A spreadsheet's format keeps them too, safe or raw."""
    full.exchange.export(tmp_path / "all.csv", raw=raw)
    with (tmp_path / "all.csv").open(encoding="utf-8", newline="") as file:
        assert sum(1 for _ in csv.reader(file)) == len(STRINGS) + 1
    other = open_at(tmp_path / "other.db")
    view = other.exchange.import_files([tmp_path / "all.csv"])[0].files[0]
    assert (view.created, len(view.rejected)) == (len(STRINGS), 0)
    if raw:  # for machines: where a text itself begins with '= the apostrophe is taken for a spreadsheet's
        assert held(other) == [tuple(_unquoted(text) for text in row) for row in held(full)]
    else:
        assert held(other) == held(full)
    assert tags(other, parted=True) == tags(full, parted=True)
    other.close()


def test_vcards(full, tmp_path):
    """Cards keep them, and no string opens or closes a card."""
    assert full.exchange.export(tmp_path / "all.vcf") == len(STRINGS)
    other = open_at(tmp_path / "other.db")
    view = other.exchange.import_files([tmp_path / "all.vcf"])[0].files[0]
    assert (view.created, view.rejected) == (len(STRINGS), ())
    assert held(other) == held(full)
    assert sorted(one.extra.items() for one in other.prospects.find("")) == sorted(
        one.extra.items() for one in full.prospects.find("")
    )
    assert tags(other) == tags(full)
    other.close()


def test_a_workbook(tmp_path):
    """A sheet of another program: every cell is the cleaned text; what XML can't hold was never in it."""
    header = ["Name", "Company", "Why", "Email", "Notes", "Oddity"]
    rows = [[f"p{n} {text}", text, text, f"p{n}@x.example", text, text] for n, text in enumerate(map(_in_xml, STRINGS))]
    (tmp_path / "in.xlsx").write_bytes(xlsx({"People": sheet([header, *rows])}))
    services = open_at(tmp_path / "x.db")
    view = services.exchange.import_files([tmp_path / "in.xlsx"])[0].files[0]
    assert (view.created, view.rejected) == (len(STRINGS), ())
    texts = [_unquoted(_in_xml(text)) for text in STRINGS]
    assert held(services) == [
        (
            clean_stored(f"p{n} {_in_xml(raw)}"),
            clean_stored(text),
            clean_stored(text),
            clean_stored(text, multiline=True),
        )
        for n, (raw, text) in enumerate(zip(STRINGS, texts, strict=True))
    ]
    services.close()


def _in_xml(text: str) -> str:
    """Return what a workbook can hold of a text: no control characters, surrogates or non-characters; CR is LF."""
    return _NOT_XML.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def test_a_plain_table(tmp_path):
    """A CSV of another program: every cell is the cleaned text."""
    out = io.StringIO()
    rows = [(f"p{n} {text}", text) for n, text in enumerate(STRINGS)]
    csv.writer(out).writerows([("Name", "Notes"), *rows])
    got = read(tmp_path, out.getvalue().encode("utf-8", "replace"))
    assert got.rejections == []
    assert [draft.name for draft in got.drafts if "?" not in draft.name] == [
        name for name, *_ in wanted() if "?" not in name and name != "p28"
    ]
