"""Cards of all the address books we know of are read, and no line of one is lost in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from followup_tui.exchange.drafts import Draft
from followup_tui.exchange.encodings import detect
from followup_tui.exchange.vcard_lines import Card, cards
from tests.exchange.card_shapes import SHAPES, Shape
from tests.exchange.files import Read, read

_SAID_OTHERWISE = {
    *("PHOTO", "LOGO", "X-MS-CARDPICTURE", "N", "FN", "BDAY", "X-ABLABEL", "PRODID", "LABEL", "CATEGORIES", "KIND"),
}
"""Pictures are counted, names are one, dates are ISO, a label names its neighbour: tested in their own places."""


def everything(draft: Draft) -> str:
    """Return all words of a person."""
    parts = [draft.name, draft.company, draft.title, draft.note, draft.birthday, draft.zone, *draft.tags]
    parts += [text for detail in draft.details for text in (detail.value, detail.key, detail.label)]
    return "\n".join([*parts, *(f"{name}: {text}" for name, text in draft.extra.items())])


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_each_kind_of_card(tmp_path: Path, shape: Shape) -> None:
    """Name and details are found, and what has no field stands beside the person."""
    found = read(tmp_path, shape.card, format="vcard")
    draft = found.only
    assert draft.name == shape.person
    assert {detail.key for detail in draft.details} >= set(shape.keys)
    words = everything(draft)
    assert [text for text in shape.texts if text not in words] == []


def missing(folder: Path, shape: Shape, found: Read) -> list[str]:
    """Return the properties of a card of which nothing is left anywhere."""
    path = folder / "people.csv"
    words = everything(found.only) + "\n".join(rejection.why for rejection in found.rejections)
    said = "".join(char for char in words.casefold() if char.isalnum())
    lost = []
    for card in cards(path, detect(path)):
        assert isinstance(card, Card)
        for prop in card.properties:
            packed = b"QUOTED" in prop.head or b"BASE64" in prop.head or not prop.value.isascii()
            if packed or prop.name in _SAID_OTHERWISE:
                continue
            value = prop.value.decode().removeprefix("tel:").removesuffix(";phone-context=+49")
            value = value.replace("\\n", " ").replace("\\N", " ")
            pieces = ["".join(char for char in piece.casefold() if char.isalnum()) for piece in value.split(";")]
            if not all(piece in said for piece in pieces):
                lost.append(prop.name)
    return lost


def test_no_line_is_lost_in_silence(tmp_path: Path) -> None:
    """Every property of every card is in a field, beside the person, or refused by name."""
    lost = {}
    for shape in SHAPES:
        found = read(tmp_path, shape.card, format="vcard")
        if gone := missing(tmp_path, shape, found):
            lost[shape.name] = gone
    assert len(SHAPES) >= 38
    assert lost == {}
