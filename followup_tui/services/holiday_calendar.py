"""Public holidays of a country, from the holidays library, asked for only when the user set one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

from followup_tui.domain.workdays import no_holidays


@cache
def holidays_of(code: str) -> Callable[[int], frozenset[date]]:
    """Return year → holidays for `DE`, `DE-BY`, `US` …; unknown codes have none (`config check` names them)."""
    if not code:
        return no_holidays
    country, _, part = code.upper().partition("-")

    @cache
    def of_year(year: int) -> frozenset[date]:
        import holidays

        try:
            found = holidays.country_holidays(country, subdiv=part or None, years=year)
        except (NotImplementedError, KeyError):
            return frozenset()
        return frozenset(found)

    return of_year
