"""The table of `make torture` can't look whole when something failed, and touches nothing but its own place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.figures_table import BEGIN, END, RULES, Row, markdown, markdown_written, table

ALL = [Row(rule, "tried (so)", 3, 0, 0.5) for rule in RULES]


def test_figures_that_say_the_same_are_one_line() -> None:
    """Rules in their order, one line for what differs in brackets only, and the sum."""
    lines = [*table([*reversed(ALL), Row("R3", "tried (otherwise)", 1_000, 0, 1.0)], True)]
    assert len(lines) == len(RULES) + 2
    assert lines[1].split() == ["R1", "3", "0", "0.5", "tried"]
    assert lines[2].split() == ["R3", "1,003", "0", "1.5", "tried"]
    assert lines[-1].split()[:3] == ["all", "1,078", "0"]


@pytest.mark.parametrize(
    ("row", "named"),
    [
        (Row("R8", "FAILED tests/x.py::test_r08_writers", 1, 1, 9.0), "FAILED tests/x.py::test_r08_writers"),
        (Row("?", "FAILED tests/x.py", 1, 1, 0.0), "no rule; FAILED tests/x.py"),
    ],
)
def test_a_failed_test_is_in_both_tables(row: Row, named: str) -> None:
    """A test that failed, or a file that could not be read, is named and counts as lost."""
    assert any(line.split()[:3] == [row.rule, "1", "1"] and row.what in line for line in table([*ALL, row], True))
    (line,) = (line for line in markdown([*ALL, row]).splitlines() if "FAILED" in line)
    assert line.startswith(f"| {row.rule} ")
    assert named in line
    assert line.split("|")[4].strip() == "1"


def test_a_rule_that_says_nothing_is_lost_in_a_whole_run() -> None:
    """Its test was renamed, skipped, or its file could not be read: the table says so; a part of the tests may miss."""
    some = [row for row in ALL if row.rule != "T14"]
    assert [row.rule for row in Row.with_missing(some, True) if row.lost] == ["T14"]
    assert not any(row.lost for row in Row.with_missing(some, False))
    assert "| T14 | generated filters; FAILED: no figure | 0 | 1 | 0 |" in markdown(some)


def test_the_table_is_written_between_its_marks(tmp_path: Path) -> None:
    """What stands before and after stays; a file without marks is left, and named."""
    (tmp_path / "docs").mkdir()
    readme, other = tmp_path / "README.md", tmp_path / "docs" / "reliability.md"
    readme.write_text(f"# Before\n{BEGIN}\nold\n{END}\nafter {END}\n", encoding="utf-8")
    other.write_text("nothing here\n", encoding="utf-8")
    said = [*markdown_written(ALL, tmp_path)]
    assert readme.read_text("utf-8") == f"# Before\n{BEGIN}\n{markdown(ALL)}{END}\nafter {END}\n"
    assert other.read_text("utf-8") == "nothing here\n"
    assert [line.split(":")[0] for line in said] == ["written into README.md", "NOT written into docs/reliability.md"]
