"""Workbooks of the other kinds – .xls, .xlsb, .ods – come in like .xlsx, and their broken ones end in one line."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

import pytest

from followup_tui.errors import FollowupError
from followup_tui.exchange.formats import open_file
from tests.exchange.binary_workbooks import xls, xlsb
from tests.exchange.files import read

ROWS = [
    ["Name", "Email", "Phone", "Notes"],
    ["Jörg Grün", "j@x.example", 493012345678.0, "zwei\nZeilen"],
    ["王江", "w@x.example", "", ""],
]


@pytest.mark.parametrize("write", [xls, xlsb])
def test_the_same_people(tmp_path: Path, write) -> None:
    """Texts of every alphabet, numbers that are phones, and line breaks are what they were."""
    got = read(tmp_path, write(ROWS), region="DE")
    assert (got.reading.sheet, got.rejections) == ("People", [])
    assert [(draft.name, draft.note) for draft in got.drafts] == [("Jörg Grün", "zwei\nZeilen"), ("王江", "")]
    assert [detail.key for draft in got.drafts for detail in draft.details] == [
        "j@x.example", "+493012345678", "w@x.example",
    ]  # fmt: skip


@pytest.mark.parametrize("write", [xls, xlsb])
def test_cut_and_flipped(tmp_path: Path, write) -> None:
    """What is damaged is read or refused in one line, never a crash: the reader has a process of its own."""
    whole, dice = write(ROWS), random.Random(7)
    path = tmp_path / "a.bin"
    for _ in range(6):
        bent = bytearray(whole[: dice.randrange(len(whole) // 2, len(whole))])
        bent[dice.randrange(len(bent))] ^= 1 << dice.randrange(8)
        path.write_bytes(bent)
        with suppress(FollowupError):
            assert all(item.line > 0 for item in open_file(path))
