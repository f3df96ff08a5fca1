"""The numbers the source articles give, which the user's own are shown beside (domain §14)."""

from __future__ import annotations

from followup_tui.records import dataclass


@dataclass(frozen=True, slots=True)
class SourceNumber:
    """One number of a source."""

    value: float | None
    """In the unit of the measure; None where the source gives a span in words."""
    words: str
    source: str
    """S0 to S4, or ours."""


ATTEMPTS = (
    SourceNumber(1.3, "the average rep", "S4"),
    SourceNumber(2, "most stop after 1–2", "S1"),
    SourceNumber(12, "what it takes", "S1"),
)
CALLS = (SourceNumber(6, "reach 90 %", "S4"),)
GIVEN_UP = (SourceNumber(0.9, "of reps, after three", "S0"),)
GIVEN_UP_AFTER = 3
FROM_FIFTH = (
    SourceNumber(0.8, "from the 5th touch on", "S0, S3"),
    SourceNumber(None, "4th to 12th touch", "S1"),
    SourceNumber(None, "7 to 15 touches", "S2"),
)
FIFTH = 5
REFERRALS = (SourceNumber(4, "four wanted", "S2"), SourceNumber(6, "six asked for", "S2"))
LINES = (SourceNumber(100, "a hundred lines", "S0"),)
FIRST_CONTACT = (SourceNumber(5, "minutes", "ours"),)
FIRST_MINUTES = 5
