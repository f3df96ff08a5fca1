"""Lines of a table read together give the rows that each of them gives alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followup_tui.exchange import delimited
from followup_tui.exchange.delimited import Marks, Record, records
from followup_tui.exchange.encodings import Encoding

TRIALS = int(os.environ.get("FOLLOWUP_ROW_TRIALS", "1"))
PIECES = st.sampled_from(
    ["a", "b c", ",", '"', '"', '""', "\n", "\n", "\r\n", "\r", "\\", "'", " ", "ü", "\udcfc"]
)
MARKS = st.sampled_from([Marks(","), Marks(",", spaced=True), Marks(",", escaped=True), Marks(",", "'")])


def read(file: Path, marks: Marks, after: int) -> list[Record]:
    return list(records(file, Encoding("utf-8"), marks, after))


@settings(max_examples=150 * TRIALS, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=40).map("".join), MARKS, st.integers(0, 2))
def test_lines_read_together_are_read_as_one_by_one(tmp_path: Path, text: str, marks: Marks, after: int) -> None:
    """Quotation marks, rows of several lines, stray bytes, an end in the middle: the same rows, lines and reasons."""
    file = tmp_path / "people.csv"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "_AT_ONCE", 3)
        together = read(file, marks, after)
        patch.setattr(delimited, "_one_to_a_line", lambda some, encoding, marks: None)
        assert together == read(file, marks, after)


def test_a_huge_line_is_never_read_many_times_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines gather until they are a megabyte: a film taken for a table fills no memory."""
    monkeypatch.setattr(delimited, "CELL_LIMIT", 100)
    file = tmp_path / "people.csv"
    file.write_text("a,b\n" * 10 + "x" * 90 + "\n" + "y" * 90 + "\nc,d\n")
    lines = delimited.Lines(file, Encoding("utf-8"))
    assert len(lines.some()) == 11
    lines.close()
