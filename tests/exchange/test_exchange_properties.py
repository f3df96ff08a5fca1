"""Properties of reading: any bytes end well, any cells come back."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from followup_tui.domain.cleaning import clean_stored
from followup_tui.errors import FollowupError
from tests.exchange.files import read

SOUP = st.lists(
    st.sampled_from(
        [
            b"Name",
            b"Email",
            b"Phone",
            b"Birthday",
            b",",
            b";",
            b"\t",
            b'"',
            b'""',
            b"\n",
            b"\r",
            b"\r\n",
            b"\0",
            b"\xff\xfe",
            b"\xef\xbb\xbf",
            b"a@b.co",
            b"+1 415",
            b"sep=;",
            b"\xe9",
            b"\xf0\x9f",
            b"=1",
            b":::",
            b"x",
        ]
    )
    | st.binary(max_size=6),
    max_size=60,
).map(b"".join)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=20)
TEXT = st.builds(
    "{}{}{}".format, WORDS, st.sampled_from(["", "", "\n", "\r\n", "\r", "\t", "\x1b[31m", "\u2028", '"', ";"]), WORDS
)
"""Text with at most one control sequence: a small file full of them counts as binary."""


def check(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        try:
            got = read(Path(folder), content, region="DE")
        except FollowupError:
            return
    last = content.count(b"\n") + content.count(b"\r") + 1
    lines = [draft.line for draft in got.drafts] + [rejection.line for rejection in got.rejections]
    assert all(1 <= line <= last for line in lines)
    assert all(draft.name for draft in got.drafts)
    assert all(rejection.why for rejection in got.rejections)


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=400) | SOUP)
def test_any_bytes(content: bytes) -> None:
    """Whatever the bytes, there is a reading or one clear line, and every line number lies in the file."""
    check(content)


@settings(deadline=None, max_examples=300)
@given(SOUP)
def test_any_rows(rows: bytes) -> None:
    """Whatever stands under a good header row, reading ends."""
    check(b"Name,Email,Phone,Birthday\n" + rows)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=8), st.sampled_from([",", ";", "\t", "|"]))
@example([("", "", "\\\n\\")], ",")
def test_cells_come_back(rows: list[tuple[str, str, str]], delimiter: str) -> None:
    """Random cells written as CSV are read back as the cleaned cells they are, whatever the delimiter."""
    rows = [(f"p{name}", company.lstrip("'"), note.lstrip("'")) for name, company, note in rows]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([("Name", "Company", "Notes"), *rows])
    with tempfile.TemporaryDirectory() as folder:
        got = read(Path(folder), out.getvalue().encode())
    assert got.rejections == []
    assert [(d.name, d.company, d.note) for d in got.drafts] == [
        (clean_stored(name), clean_stored(company), clean_stored(note, multiline=True)) for name, company, note in rows
    ]


ROWS = ["Ann,a@x.example", '"Bob', 'C"id,c@x.example', '"Dee ""x""",', "", ",,,", '"', "Eve"]


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(ROWS), max_size=25))
def test_no_row_is_lost_without_a_word(rows: list[str]) -> None:
    """A row before the first stray quotation mark is always there, whatever follows it."""
    with tempfile.TemporaryDirectory() as folder:
        got = read(Path(folder), ("Name,Email\n" + "\n".join(rows) + "\n").encode())
    taken = {draft.line for draft in got.drafts}
    stray = next((number for number, row in enumerate(rows, 2) if row.count('"') % 2), len(rows) + 2)
    assert all(number in taken for number, row in enumerate(rows, 2) if row == "Eve" and number < stray)
