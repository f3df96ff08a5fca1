"""Dates typed anywhere know the user's own calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from followup_tui.errors import PhraseError
from tests.factories import CONFIG, open_at


@pytest.mark.parametrize(
    ("holidays", "away", "phrase", "day"),
    [
        ("", None, "in 3 business days", date(2026, 11, 26)),
        ("", (date(2026, 11, 24), date(2026, 11, 25)), "in 3 business days", date(2026, 11, 30)),
        ("US", None, "in 3 business days", date(2026, 11, 27)),
        ("US", (date(2026, 11, 24), date(2026, 11, 25)), "next business day", date(2026, 11, 27)),
    ],
)
def test_business_days_are_the_users_own(tmp_path, holidays, away, phrase, day):
    """Public holidays (Thanksgiving, 26 November) and days away are no business days, wherever a date is typed."""
    services = open_at(tmp_path / "a.db", config=replace(CONFIG, holidays=holidays))
    assert services.now().date() == date(2026, 11, 23)
    if away:
        services.away.apply(*away)
    assert services.when(phrase).date == day
    with pytest.raises(PhraseError):
        services.when("soonish")
    services.close()
