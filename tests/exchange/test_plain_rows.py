"""Rows that need no closer look come out as they do with one."""

from __future__ import annotations

import os
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_tui.exchange import details
from followup_tui.exchange.columns import make_plan
from followup_tui.exchange.drafts import Draft, Rejection
from followup_tui.exchange.plain_rows import PlainRows, Unusual
from followup_tui.exchange.rows import RowReader

TRIALS = int(os.environ.get("FOLLOWUP_ROW_TRIALS", "1"))
HEADERS = (
    *("Name", "First Name", "Last Name", "Company", "Title", "Why", "Email", "Email 2", "E-Mail", "Phone", "Mobile"),
    *("Phone 1 - Label", "Phone 1 - Value", "Business Fax", "Address", "Street", "Street 2", "City", "State", "Zip"),
    *("Country", "Birthday", "Notes", "Star", "Do not email", "Time Zone", "Relation", "Tags", "Colour", "Name", "id"),
    *("benefit", "not by", "Cadence", "Source"),
)
TABLES = st.one_of(
    st.lists(st.sampled_from(HEADERS), min_size=1, max_size=14),
    st.sampled_from(
        [
            ["Name", "Address", "Street", "Street 2", "City", "State", "Zip", "Country"],
            ["Name", "Email", "Email 2", "Phone", "Mobile", "Business Fax"],
            ["Name", "Phone 1 - Label", "Phone 1 - Value", "Tags", "Birthday"],
        ]
    ),
)
NUMBERS = st.builds(
    "".join, st.tuples(st.sampled_from(["+49", "+1", "+39", "+7 ", "+358", "", "+0"]), st.text("0 1239٣"))
)
CELLS = st.one_of(
    st.sampled_from(
        [
            *("", "", "", " ", "Ada Berg", " Ada ", "ada@example.com", "Ada@Example.com ", "a@b.de; c@d.de", ".a@b.de"),
            *("+49 30 1234567", "030 1234567", "(212) 555-0100", "+49 (0)30 123456", "+49 0", "12", "Mobile", "* Home"),
            *(
                "Work Fax",
                "Home ::: Work",
                "Street 1, 10115 Berlin",
                ",",
                "A 1 ::: B 2",
                "Berlin",
                "10115",
                "1980-02-03",
            ),
            *(
                "3.4.1990",
                "no date",
                "yes",
                "no",
                "maybe",
                "fair; roof",
                "Starred, VIP",
                "'=1+1",
                "Müller",
                "a\nb",
                "\t",
            ),
        ]
    ),
    st.text(st.characters(codec="ascii"), max_size=12),
    st.text("+0123456789 ()-/.x", max_size=18),
    st.text("abA1.@_-+", max_size=18),
)


def read_closely(reader: RowReader, cells: list[str]) -> Sequence[Draft | Rejection]:
    """Read a row without the short way."""

    class Never(PlainRows):
        def read(self, line: int, cells: list[str]) -> Draft:
            raise Unusual

    other = RowReader(reader.plan, reader.region)
    other._plain.__class__ = Never
    return other.read(2, cells, is_plain(cells))


def is_plain(cells: list[str]) -> bool:
    """Return whether a table offers a row to the short way."""
    whole = "".join(cells)
    return whole.isascii() and whole.isprintable() and "'" not in whole


@settings(max_examples=300 * TRIALS, deadline=None)
@given(TABLES, st.sampled_from(["", "DE", "US"]), st.data())
def test_the_short_way_reads_what_the_long_one_does(header: list[str], region: str, data: st.DataObject) -> None:
    """Whatever the columns and cells are, both ways give the same person and the same reasons."""
    reader = RowReader(make_plan(header, "table", {}), region)
    for _ in range(4):
        cells = data.draw(st.lists(CELLS, min_size=len(header) - data.draw(st.integers(0, 1)), max_size=len(header)))
        assert list(reader.read(2, list(cells), is_plain(cells))) == list(read_closely(reader, list(cells)))


def test_most_rows_go_the_short_way() -> None:
    """An ordinary row needs no closer look."""
    plan = make_plan(["Name", "Email", "Phone", "Address", "Tags", "Birthday", "Colour"], "table", {})
    cells = ["Ada Berg", "ada@x.example", "+49 30 1234567", "Street 1, 10115 Berlin", "fair; roof", "1980-02-03", "red"]
    assert PlainRows(plan, "", -1, lambda cell: ((cell,), False)).read(2, cells).extra == {"Colour": "red"}


@settings(max_examples=500 * TRIALS, deadline=None)
@given(NUMBERS, st.sampled_from(["", "DE", "US", "IT"]))
def test_a_usual_number_has_the_key_of_the_long_way(number: str, region: str) -> None:
    """What is taken without a closer look has the key it would have with one."""
    quick = details.phone_key(number, region)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(details, "usual_phone", lambda number: "")
        assert details.phone_key(number, region) == quick
