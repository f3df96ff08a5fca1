"""Other people's exports, when they lie beside the repository."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from followup_tui.errors import FollowupError
from followup_tui.exchange.formats import open_file
from followup_tui.exchange.table import read_cells
from tests.exchange.files import write

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"
SPECTRUM = SAMPLES / "csv-torture" / "csv-spectrum"

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="no sample files at ../shared/samples")


def files(folder: Path, pattern: str) -> list[Path]:
    """Return the files, or none: the tests are skipped then."""
    return sorted(folder.rglob(pattern)) if folder.is_dir() else []


@pytest.mark.parametrize("path", files(SPECTRUM, "*.csv"), ids=lambda path: path.stem)
def test_csv_spectrum(path: Path, tmp_path: Path) -> None:
    """The torture files parse to what their authors expect."""
    expected = json.loads((SPECTRUM / "json" / f"{path.stem}.json").read_text())
    content = path.read_bytes()
    if path.stem.endswith("_crlf") and b"\r" not in content:
        # A checkout turned the line ends of these files around; they are about carriage returns.
        content = content.replace(b"\n", b"\r\n")
    got = [cells for _, cells in read_cells(write(tmp_path, content))]
    if path.stem == "location_coordinates":
        # Its expected parse is one object instead of a list, and made for another phone number.
        expected = [{**expected, "Contact Phone Number": "2095257564"}]
    assert got == expected


@pytest.mark.parametrize("path", files(SAMPLES, "*.*"), ids=lambda path: path.name)
def test_every_sample_ends_well(path: Path) -> None:
    """Every sample is read, or refused with one clear line that names it."""
    try:
        reading = open_file(path)
    except FollowupError as error:
        refused = error
    else:
        items = list(reading)
        assert len(items) == reading.drafts + reading.rejected
        return
    assert path.name in str(refused)
    assert refused.hint


def test_messy_leads_lose_nobody() -> None:
    """Every row of the messy leads has somebody in it, and becomes a draft."""
    for path in files(SAMPLES / "messy-leads", "*.csv"):
        reading = open_file(path)
        assert all(hasattr(item, "name") for item in reading), path.name
        assert reading.rows > 0


CARDS = {
    "ezvcard_John_Doe_ANDROID": (6, 1),
    "ezvcard_John_Doe_GMAIL": (1, 0),
    "ezvcard_John_Doe_IPHONE": (1, 0),
    "ezvcard_John_Doe_MS_OUTLOOK": (1, 0),
    "ezvcard_gmail-list": (3, 0),
    "ezvcard_outlook-2003": (1, 4),
    "ezvcard_rfc6350-example": (1, 0),
    "pyvobject_radicale-1587": (1, 0),
    "sabre_issue64": (0, 1),
}
"""People and rejections: an address that is none, four phones that are words, a card with nothing but a picture."""


@pytest.mark.parametrize("path", files(SAMPLES / "vcard", "*.vcf"), ids=lambda path: path.stem)
def test_real_cards(path: Path) -> None:
    """Every card is read whole, and what it has that is no detail is named by its line."""
    reading = open_file(path)
    items = list(reading)
    assert (reading.drafts, reading.rejected) == CARDS[path.stem]
    assert all(item.line for item in items)
