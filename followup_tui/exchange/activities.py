"""Exports of activities – calls, e-mails, meetings of another program – as touches that have happened."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from followup_tui.domain.cleaning import clean_stored
from followup_tui.exchange.activity_columns import IDS, Layout
from followup_tui.exchange.activity_words import channel_of, meant, outcome_of, points_inwards, was_held
from followup_tui.exchange.birthdays import NotADate, birthday
from followup_tui.exchange.delimited import Record
from followup_tui.exchange.details import phone_key, split_emails, split_phones
from followup_tui.exchange.drafts import DetailDraft, Draft, Rejection
from followup_tui.exchange.headers import squash
from followup_tui.exchange.plain_text import without_tags
from followup_tui.records import dataclass

_CLOCK = re.compile(r"(?:^|[T ,])(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([AaPp][Mm])?")
_ASSOCIATED = re.compile(r"\s*([^();]*?)\s*(?:\(([^()\s]+@[^()\s]+)\))?\s*(?:;|$)")
_SEVERAL = re.compile(r"\s*;\s*")
_NUMBER = re.compile(r"\d{5,13}(?:\.\d+)?")
_SINCE_1990, _UNTIL_2100 = 631_152_000, 4_102_444_800
_UNDELIVERED = re.compile(r"bounced|failed|not sent", re.I)
_NOON = time(12)
_EXCEL = datetime.fromisoformat("1899-12-30")
_DONE = {"", "done", "yes", "true", "1", "completed", "complete", "erledigt", "ja", "x"}


@dataclass(frozen=True, slots=True)
class TouchDraft:
    """One touch as a file describes it."""

    line: int
    person: Draft
    channel: str
    outcome: str
    inbound: bool
    at: datetime
    """UTC instant; without a time of day noon of the user's day."""
    note: str


def touches(layout: Layout, records: Iterable[Record], region: str, zone: str) -> Iterator[TouchDraft | Rejection]:
    """Yield the touches of the rows under a header, one for each person of a row; `zone` is the user's."""
    here = ZoneInfo(zone)
    for record in records:
        if record.problem:
            yield Rejection(record.line, "", record.problem)
        elif any(cell.strip() for cell in record.cells):
            try:
                yield from _touches(layout, record.line, record.cells, region, here)
            except ValueError as error:
                yield Rejection(record.line, "", str(error))


def _touches(layout: Layout, line: int, cells: Sequence[str], region: str, here: ZoneInfo) -> Iterator[TouchDraft]:
    kind = clean_stored(layout.text(cells, "kind")) or layout.kind
    subject = clean_stored(without_tags(layout.text(cells, "subject")))
    outcome = meant(clean_stored(layout.text(cells, "outcome")))
    channel = channel_of(kind)
    if not channel:
        raise ValueError(f"{kind[:40] or 'no type'}: no touch of a channel there is; left out")
    if squash(layout.text(cells, "done")) not in _DONE or not was_held(outcome):
        raise ValueError("planned or called off, not done; left out")
    if channel == "email" and _UNDELIVERED.search(outcome):
        raise ValueError("an e-mail that was not delivered; left out")
    inbound = points_inwards(kind, layout.text(cells, "direction"))
    notes = [subject, *(clean_stored(without_tags(text), multiline=True) for text in layout.texts(cells, "note"))]
    at = _instant(layout.text(cells, "date"), layout.text(cells, "time"), region, here)
    for person in _people(layout, line, cells, region, inbound):
        yield TouchDraft(
            line=line,
            person=person,
            channel=channel,
            outcome=outcome_of(channel, outcome, subject, inbound),
            inbound=inbound,
            at=at,
            note="\n".join(dict.fromkeys(filter(None, notes))),
        )


def _people(layout: Layout, line: int, cells: Sequence[str], region: str, inbound: bool) -> list[Draft]:
    """Return whom the touch was with; ValueError when nothing says it."""
    said = [found for found in _ASSOCIATED.findall(clean_stored(layout.text(cells, "name"))) if any(found)]
    ids = [one for one in _SEVERAL.split(clean_stored(layout.text(cells, "id"))) if one]
    company = _SEVERAL.split(clean_stored(layout.text(cells, "company")))[0]
    way = "from" if inbound else "to"
    details = _details(layout, cells, region, "email", "phone")
    if len(said) <= 1 and not details:
        details = _details(layout, cells, region, f"email {way}", f"phone {way}")
    if len(said) <= 1:
        name, beside = said[0] if said else ("", "")
        return [_person(layout, line, name, beside, company, details, ids[0] if len(ids) == 1 else "")]
    if len(ids) != len(said):
        ids = [""] * len(said)
    each = zip(said, ids, strict=True)
    people = (_person(layout, line, name, beside, company, [], id) for (name, beside), id in each)
    return list({(one.name, one.details): one for one in people}.values())


def _details(layout: Layout, cells: Sequence[str], region: str, email: str, phone: str) -> list[DetailDraft]:
    emails = split_emails(clean_stored(layout.text(cells, email), multiline=True))
    details = [DetailDraft("email", address, key) for address, key in emails if key]
    phones = split_phones(clean_stored(layout.text(cells, phone), multiline=True))
    return details + [
        DetailDraft("phone", number, key) for number in phones if number and (key := phone_key(number, region))
    ]


def _person(
    layout: Layout, line: int, name: str, beside: str, company: str, details: Sequence[DetailDraft], id: str
) -> Draft:
    """Return one person; without a name the id alone may say who it is."""
    if beside and not details:
        details = [DetailDraft("email", address, key) for address, key in split_emails(beside) if key]
    name = name.strip() or company or next((detail.key for detail in details), "")  # so it is the same person
    names = IDS.get(layout.source, ())
    if not name and not (id and names):
        raise ValueError("nothing says with whom: no name, e-mail, phone or company")
    return Draft(line, name, company, details=tuple(details), extra={names[0]: id} if id and names else {})


def _instant(day: str, clock: str, region: str, here: ZoneInfo) -> datetime:
    """Return the instant of a date and a time of day; ValueError for what is no date."""
    text = clean_stored(day)
    if _NUMBER.fullmatch(text):
        return _of_number(float(text), clock, here)
    try:
        exact = datetime.fromisoformat(text.replace(" UTC", "+00:00"))
    except ValueError:
        exact = None
    if exact is not None and exact.tzinfo is not None:
        return exact.astimezone(UTC)
    try:
        on = birthday(re.split(r"[T ,]+(?=\d{1,2}:\d{2})", text)[0], region)
    except NotADate as error:
        raise ValueError(str(error)) from None
    if not on or on.startswith("--"):
        raise ValueError("no date with a year; write it as 2026-02-28")
    # A time of day beside the date is the date's own; that of another column belongs to when it was planned.
    found = _CLOCK.search(text) or _CLOCK.search(clean_stored(clock))
    at = datetime.combine(datetime.fromisoformat(on).date(), _time(found) if found else _NOON, here)
    return at.astimezone(UTC)


def _of_number(number: float, clock: str, here: ZoneInfo) -> datetime:
    """Return the instant of a number: milliseconds or seconds since 1970, or a spreadsheet's days since 1900."""
    for unit in (1000, 1):
        if _SINCE_1990 <= number / unit < _UNTIL_2100:
            return datetime.fromtimestamp(number / unit, UTC)
    if not 20_000 <= number < 80_000:
        raise ValueError(f"not a date: {number:g}; write it as 2026-02-28")
    at = _EXCEL + timedelta(days=number)
    if at.time() == time():
        found = _CLOCK.search(clean_stored(clock))
        at = datetime.combine(at.date(), _time(found) if found else _NOON)
    return at.replace(tzinfo=here, microsecond=0).astimezone(UTC)


def _time(found: re.Match[str]) -> time:
    hour, half = int(found[1]), (found[4] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, int(found[2]), int(found[3] or 0))
