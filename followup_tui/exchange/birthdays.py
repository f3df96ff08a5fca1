"""Dates of birth in the orders people and programs write them, to ISO; what is ambiguous is refused, not guessed."""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from datetime import date, timedelta

from followup_tui.exchange.headers import squash

_MONTH_FIRST_REGIONS = {"US", "PH", "PR", "GU"}
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january januar janner janvier janv enero ene", "feb february februar fevrier fevr febrero",
         "mar march marz mrz maerz mars marzo", "apr april avril avr abril abr", "may mai mayo",
         "jun june juni juin junio", "jul july juli juillet juil julio", "aug august aout agosto ago",
         "sep sept september septembre septiembre", "oct october okt oktober octobre octubre",
         "nov november novembre noviembre", "dec december dez dezember decembre diciembre dic"), 1)
    for name in names.split()
}  # fmt: skip
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}.*$")
_NONE = re.compile(r"[0\s./-]*|none|null|n/?a|unknown|1/1/1601|1601-01-01|1/1/4501", re.I)
_YEARLESS = re.compile(r"--(\d{2})-?(\d{2})")
_ISO = re.compile(r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})([./-])\s?(\d{1,2})\2?\s?(\d{4}|\d{2})?")
_WORDS = re.compile(
    r"(?:(\d{1,2})(?:\.|st|nd|rd|th)?\s*(?:de\s+)?)?([^\W\d]+)\.?\s*(\d{1,2}(?!\d))?(?:st|nd|rd|th)?,?\s*(?:de\s+)?(\d{4})?"
)
_SERIAL = re.compile(r"[1-4]\d{4}", re.ASCII)
"""A spreadsheet's day number whose cell lost its form: from 1927 on five digits, and nothing else has five."""
_DAY_ZERO = date(1899, 12, 30)
_NO_YEAR = 1604
"""The year Apple and Google write when none is known."""


class NotADate(ValueError):
    """The text is no date, or could be two; the words say which."""


def birthday(text: str, region: str = "") -> str:
    """Return `YYYY-MM-DD`, `--MM-DD` without a year or with a short one, or an empty string; NotADate otherwise."""
    text = _TIME.sub("", text.strip())
    if _NONE.fullmatch(text):
        return ""
    if found := _YEARLESS.fullmatch(text):
        return _iso(0, int(found[1]), int(found[2]), text)
    if found := _ISO.fullmatch(text):
        return _iso(int(found[1]), int(found[3]), int(found[4]), text)
    if _SERIAL.fullmatch(text):
        return (_DAY_ZERO + timedelta(int(text))).isoformat()
    if found := _NUMBERS.fullmatch(text):
        day, month = _order(int(found[1]), int(found[3]), found[2], found[4] or "", region, text)
        return _iso(_year(found[4]), month, day, text)
    if found := _WORDS.fullmatch(text):
        number = _MONTHS.get(squash(found[2]))
        days = [part for part in (found[1], found[3]) if part]
        if number and len(days) == 1:
            return _iso(_year(found[4]), number, int(days[0]), text)
    raise NotADate(f"not a date: {text[:40]}; write it as 1980-02-29")


def _year(text: str | None) -> int:
    # Two digits leave the century open, and a birthday card needs none.
    return int(text) if text and len(text) == 4 else 0


def _order(first: int, second: int, separator: str, year: str, region: str, text: str) -> tuple[int, int]:
    """Return day and month."""
    if separator == "." or first > 12 or first == second:
        return first, second
    if second > 12:
        return second, first
    if not region:
        written = text if len(text) < 20 else "it"
        year = year if len(year) == 4 else "-"
        raise NotADate(
            f"{written} may be two dates, {first} {month_name[second]} or {second} {month_name[first]}: write "
            f"{year}-{second:02}-{first:02} or {year}-{first:02}-{second:02}, or set default_region in config.toml"
        )
    return (second, first) if region in _MONTH_FIRST_REGIONS else (first, second)


def _iso(year: int, month: int, day: int, text: str) -> str:
    if year == _NO_YEAR:
        year = 0
    if (
        not 1 <= month <= 12
        or not 1 <= day <= monthrange(year or 2000, month)[1]
        or (year and not 1800 <= year <= 2200)
    ):
        raise NotADate(f"there is no such day: {text[:40]}; write it as 1980-02-29")
    return f"{year:04}-{month:02}-{day:02}" if year else f"--{month:02}-{day:02}"
