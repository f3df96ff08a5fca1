"""Phones, e-mails and addresses as people type them: checked, and given the key they are found by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from followup_tui.config import is_zone
from followup_tui.domain.channels import DETAIL_KINDS
from followup_tui.domain.cleaning import clean_stored
from followup_tui.domain.workdays import zone_of
from followup_tui.errors import UsageError
from followup_tui.services.views import ProspectDraft
from followup_tui.storage.people import Detail, Person
from followup_tui.storage.unit_of_work import UnitOfWork, Value

KINDS = DETAIL_KINDS


def typed(kind: str, text: str, region: str) -> tuple[str, str]:
    """Return the cleaned detail and its key; UsageError when it can't be one."""
    from followup_tui.exchange.details import address_key, email_key, phone_key

    value = clean_stored(text)
    if kind == "email":
        value = value.removeprefix("mailto:")
        key = email_key(value)
        if not key:
            raise UsageError(f"“{value}” is not an e-mail address", "write it as name@example.com")
        return value, key
    if kind == "address":
        return value, address_key(value)
    key = phone_key(value, region)
    if not key:
        raise UsageError(f"“{value}” is not a {kind} number", "write it as +49 30 123456")
    return value, key


def chosen(draft: ProspectDraft) -> dict[str, str]:
    """Return the details a draft sets; an empty text removes one."""
    return {kind: text for kind in KINDS if (text := getattr(draft, kind)) is not None}


def good_kinds(details: Iterable[Detail]) -> frozenset[str]:
    """Return the kinds with at least one detail not marked bad."""
    return frozenset(detail.kind for detail in details if not detail.bad)


def insert(work: UnitOfWork, prospect_id: str, details: Mapping[str, str], region: str) -> frozenset[str]:
    """Write the details of a new prospect and return the kinds it has."""
    kinds: set[str] = set()
    for position, (kind, text) in enumerate(details.items()):
        if not clean_stored(text):
            continue
        value, key = typed(kind, text, region)
        work.insert(
            "detail",
            {"prospect_id": prospect_id, "kind": kind, "value": value, "key": key, "position": position},
        )
        kinds.add(kind)
    return frozenset(kinds)


def change(work: UnitOfWork, person: Person, details: Mapping[str, str], region: str) -> None:
    """Set the first detail of each kind named; a corrected one is no longer bad, an empty text removes it."""
    for kind, text in details.items():
        shown = person.detail(kind)
        current = next((detail for detail in person.details if detail.kind == kind and detail.value == shown), None)
        if not clean_stored(text):
            if current is not None:
                work.delete("detail", current.id)
            continue
        value, key = typed(kind, text, region)
        if current is None:
            row: dict[str, Value] = {
                "prospect_id": person.id,
                "kind": kind,
                "value": value,
                "key": key,
                "position": len(person.details),
            }
            work.insert("detail", row)
        elif current.value != value or current.bad:
            work.update("detail", current.id, {"value": value, "key": key, "bad": 0})


def checked_zone(text: str) -> str:
    """Return an IANA zone; UsageError when this machine does not know it."""
    zone = clean_stored(text)
    if zone and not is_zone(zone):
        raise UsageError(f"unknown zone “{zone}”", "use an IANA name as Europe/Berlin")
    return zone


def suggested_zone(key: str) -> str:
    """Return the zone a phone number suggests, nothing when it may be in zones with different clocks (domain §2)."""
    if key[:1] != "+":
        return ""
    return _zone_of_country(key[1:4]) or _zone_of_number(key)


@lru_cache(maxsize=4096)
def _zone_of_number(key: str) -> str:
    import phonenumbers
    from phonenumbers import timezone

    try:
        zones = timezone.time_zones_for_number(phonenumbers.parse(key))
    except phonenumbers.NumberParseException:
        return ""
    return zones[0] if len({_clock(zone) for zone in zones}) == 1 and is_zone(zones[0]) else ""


@lru_cache(maxsize=1000)
def _clock(name: str) -> tuple[object, ...]:
    """Return what a zone's clocks show over two recent years, month by month: zones that agree there are one to us."""
    from datetime import UTC, datetime

    zone = zone_of(name)
    months = (datetime(year, month, 15, tzinfo=UTC) for year in (2025, 2026) for month in range(1, 13))
    return tuple(at.astimezone(zone).utcoffset() for at in months)


@lru_cache(maxsize=1000)
def _zone_of_country(digits: str) -> str:
    """Return the one zone of the country whose calling code these digits begin with."""
    return _only_zone(next((digits[:n] for n in (1, 2, 3) if int(digits[:n] or 0) in _countries()), ""))


def _countries() -> Mapping[int, object]:
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    return COUNTRY_CODE_TO_REGION_CODE


@lru_cache(maxsize=300)
def _only_zone(country: str) -> str:
    """Return the one zone of a country by its calling code: most have just one, and then no number is taken apart."""
    from phonenumbers.tzdata import TIMEZONE_DATA

    zones: tuple[str, ...] = TIMEZONE_DATA.get(country, ())
    return zones[0] if len(zones) == 1 and is_zone(zones[0]) else ""


def checked_birthday(text: str, region: str) -> str:
    """Return an ISO date, or --MM-DD; UsageError when it is none."""
    from followup_tui.exchange.birthdays import NotADate, birthday

    try:
        return birthday(clean_stored(text), region)
    except NotADate as error:
        raise UsageError(f"birthday: {error}") from None
