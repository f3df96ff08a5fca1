"""What a plan reads from an address, and when something has to leave to be there in time (domain §2, §13)."""

from __future__ import annotations

from datetime import date

import pytest

from followup_tui.domain.lead_time import send_by
from followup_tui.domain.towns import town_of
from followup_tui.domain.workdays import WorkCalendar


@pytest.mark.parametrize(
    ("address", "town"),
    [
        ("Hauptstr. 5, 10115 Berlin", "berlin"),
        ("Hauptstr. 5\n10115 BERLIN\nGermany", "berlin"),
        ("12 Elm St, Springfield, IL 62704", "springfield"),
        ("12 Elm St, Springfield, IL 62704, USA", "springfield"),
        ("1 High Road, London SW1A 1AA", "london"),
        ("Bahnhofplatz 1; CH-8001 Zürich", "zürich"),
        ("12345 Long Road, Austin", "austin"),
        ("5 Rue de la Paix, Paris", "paris"),
        ("somewhere", ""),
        ("", ""),
    ],
)
def test_the_town_is_read_from_an_address(address, town):
    """With or without a post code, on lines or between commas; the number of a house is no post code."""
    assert town_of(address) == town


def test_what_is_promised_by_mail_leaves_before():
    """Three days before it is to be there, on a working day; what is instant, on its date."""
    holidays = WorkCalendar(holidays=lambda _: frozenset({date(2026, 11, 26)}))
    assert send_by("mail", date(2026, 12, 4), holidays) == date(2026, 12, 1)
    assert send_by("gift", date(2026, 12, 2), holidays) == date(2026, 11, 27)  # three before is a Sunday
    assert send_by("mail", date(2026, 11, 29), holidays) == date(2026, 11, 25)  # three before is a holiday
    assert send_by("phone", date(2026, 12, 4), holidays) == date(2026, 12, 4)
