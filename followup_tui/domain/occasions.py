"""Occasions for a card, and what the user wants of them: birthdays, and one holiday the user chose (domain §5)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from followup_tui.records import dataclass


class Occasion(StrEnum):
    """What a card is for."""

    BIRTHDAY = "birthday"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class CardRules:
    """Which cards are planned, for whom, and by what; nothing is planned unless it says so."""

    birthday: frozenset[str] = frozenset()
    """The relations that get a birthday card."""
    holiday: str = ""
    """Month and day as `12-25`; empty: no holiday was chosen."""
    holiday_name: str = ""
    holiday_for: frozenset[str] = frozenset()
    """The relations that get a card for the holiday."""
    channel: str = "mail"
    lead_days: int = 3
    """Days a card takes by this channel; another channel takes its own."""

    @property
    def wanted(self) -> bool:
        """Whether any card is planned at all."""
        return bool(self.birthday or (self.holiday and self.holiday_for))

    def relations(self, occasion: Occasion) -> frozenset[str]:
        """Return the relations that get a card for this occasion."""
        return self.birthday if occasion is Occasion.BIRTHDAY else self.holiday_for

    def name(self, occasion: Occasion) -> str:
        """Return what the occasion is called in an explanation."""
        return "birthday" if occasion is Occasion.BIRTHDAY else self.holiday_name or "the holiday"


def next_day(text: str, earliest: date) -> date | None:
    """Return the first day from `earliest` on with month and day of `1980-02-29`, `--02-29` or `02-29`.

    Somebody born on 29 February has the 28th in other years (a month's end is clamped, §5). None without a date.
    """
    try:
        month, day = int(text[-5:-3]), int(text[-2:])
        for year in (earliest.year, earliest.year + 1):
            clamped = 28 if (month, day) == (2, 29) and not _has_leap_day(year) else day
            if (found := date(year, month, clamped)) >= earliest:
                return found
    except ValueError:
        return None
    return None


def _has_leap_day(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
