"""The zone an address suggests: its country when that has one for nearly everybody, else its state (domain §2)."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from followup_tui.domain.folding import fold

_OTHER_NAMES = {
    "GB": "united kingdom, great britain, uk, england, scotland, wales, northern ireland",
    "US": "usa, united states of america, u.s.a.",
    "DE": "deutschland",
    "AT": "österreich",
    "CH": "schweiz, suisse, svizzera",
    "ES": "españa",
    "IT": "italia",
    "PL": "polska",
    "NL": "nederland, the netherlands, holland",
    "BE": "belgique, belgië",
    "DK": "danmark",
    "SE": "sverige",
    "NO": "norge",
    "FI": "suomi",
    "CZ": "česko, czechia, česká republika",
    "HU": "magyarország",
    "TR": "türkiye, turkey",
    "BR": "brasil",
    "MX": "méxico",
    "JP": "日本",
    "CN": "中国",
    "KR": "south korea, korea, 대한민국",
    "AE": "uae",
}
_ONE_FOR_MOST = frozenset(
    ["AR", "CL", "CN", "CY", "DE", "EC", "ES", "MH", "MN", "MY", "NZ", "PF", "PS", "PT", "UA", "UZ"]
)
"""Countries with several zones, the first of which nearly everybody keeps."""
_STATES = {
    "America/New_York": "CT DC DE FL GA IN MA MD ME MI NC NH NJ NY OH PA RI SC VA VT WV KY",
    "America/Chicago": "AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI",
    "America/Denver": "CO ID MT NM UT WY",
    "America/Phoenix": "AZ",
    "America/Los_Angeles": "CA NV OR WA",
    "America/Anchorage": "AK",
    "Pacific/Honolulu": "HI",
    "America/Toronto": "ON QC",
    "America/Winnipeg": "MB",
    "America/Regina": "SK",
    "America/Edmonton": "AB",
    "America/Vancouver": "BC",
    "America/Halifax": "NS NB PE",
    "America/St_Johns": "NL",
    "Australia/Sydney": "NSW ACT",
    "Australia/Melbourne": "VIC",
    "Australia/Brisbane": "QLD",
    "Australia/Adelaide": "SA",
    "Australia/Perth": "WA.",
    "Australia/Hobart": "TAS",
    "Australia/Darwin": "NT",
}
"""The zone most of a state keeps; `WA.` is Western Australia."""
_US = re.compile(r"\b([A-Z]{2})[ ,.]+\d{5}(?:-\d{4})?\b")
_CANADA = re.compile(r"\b([A-Z]{2})[ ,.]+[A-Z]\d[A-Z] ?\d[A-Z]\d\b")
_AUSTRALIA = re.compile(r"\b(NSW|ACT|VIC|QLD|SA|WA|TAS|NT)[ ,.]+\d{4}\b")


@lru_cache(maxsize=4096)
def zone_of_address(text: str) -> str:
    """Return the zone an address suggests; empty when it names no country, or one with many zones and no state."""
    for part in reversed(re.split(r"[,;\n]", text)):
        country = _countries().get(fold(part).strip(" ."))
        if country in ("US", "CA", "AU"):
            return _zone_of_state(text)
        if country is not None:
            zones = _zones().get(country, ())
            return zones[0] if len(zones) == 1 or (zones and country in _ONE_FOR_MOST) else ""
    return _zone_of_state(text)


def _zone_of_state(text: str) -> str:
    for pattern, mark in ((_AUSTRALIA, "."), (_CANADA, ""), (_US, "")):
        if found := pattern.search(text):
            code = found[1] + (mark if found[1] == "WA" else "")
            return next((zone for zone, codes in _STATES.items() if code in codes.split()), "")
    return ""


@cache
def _countries() -> dict[str, str]:
    """Return codes of countries by their folded names, in English and in their own words."""
    found = {}
    for line in _table("iso3166.tab"):
        code, name = line[:2]
        found[fold(name)] = code
    for code, names in _OTHER_NAMES.items():
        found |= {fold(name): code for name in names.split(", ")}
    return found


@cache
def _zones() -> dict[str, tuple[str, ...]]:
    """Return the zones of each country by its code, in the order of the tz database."""
    found: dict[str, tuple[str, ...]] = {}
    for line in _table("zone.tab"):
        found[line[0]] = (*found.get(line[0], ()), line[2])
    return found


def _table(name: str) -> list[list[str]]:
    from importlib.resources import files

    text = (files("tzdata") / "zoneinfo" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
