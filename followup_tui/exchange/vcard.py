"""vCard files: from a path to a Reading."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from followup_tui.errors import FollowupError
from followup_tui.exchange.drafts import Draft, Rejection
from followup_tui.exchange.encodings import detect
from followup_tui.exchange.reading import Options, Reading
from followup_tui.exchange.vcard_lines import Stray, cards
from followup_tui.exchange.vcard_people import person_of


def open_vcards(path: Path, options: Options) -> Reading:
    """Open a file of vCards; FollowupError when there is none in it."""
    encoding = detect(path)
    if all(isinstance(found, Stray) for found in cards(path, encoding)):
        raise FollowupError(f"{path.name}: no vCard in it", "a card begins with BEGIN:VCARD; export it again")
    fallback = "cp1252" if encoding.name.startswith("utf") else encoding.name

    def produce() -> Iterator[Draft | Rejection]:
        for found in cards(path, encoding):
            if isinstance(found, Stray):
                yield Rejection(found.line, "", found.why)
            else:
                yield from person_of(found, options.default_region, fallback)

    return Reading(path, format="vcard", encoding=encoding.name, produce=produce)
