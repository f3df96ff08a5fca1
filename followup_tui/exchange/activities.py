"""Exports of activities – calls, e-mails, meetings of another program – as touches that have happened."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from datetime import datetime, time
from zoneinfo import ZoneInfo

from followup_tui.domain.cleaning import clean_stored
from followup_tui.exchange.activity_words import channel_of, outcome_of, points_inwards, was_held
from followup_tui.exchange.birthdays import NotADate, birthday
from followup_tui.exchange.delimited import Record
from followup_tui.exchange.details import phone_key, split_emails, split_phones
from followup_tui.exchange.drafts import DetailDraft, Draft, Rejection
from followup_tui.exchange.headers import squash
from followup_tui.exchange.plain_text import without_tags
from followup_tui.records import dataclass

_COLUMNS = {
    "kind": "activitytype engagementtype channeltype communicationchanneltype objecttype type",
    "subject": "activitysubject subject calltitle emailsubject meetingname meetingtitle activitytitle title",
    "date": "activitymarkedasdonetime activityduedate activitydate calldate meetingstarttime emailsenddate senddate "
    "timestamp date duedate createdate",
    "time": "activityduetime duetime activitytime time",
    "done": "activitydone done completed activitystatus",
    "note": "activitynote note notes callnotes callbody emailbody emailtext meetingnotes meetingdescription "
    "internalmeetingnotes notebody communicationbody body description activitynotes publicdescription",
    "outcome": "calloutcome meetingoutcome outcome calldisposition disposition callstatus",
    "direction": "calldirection emaildirection direction activitydirection",
    "name": "personname contactpersonname associatedcontact associatedcontacts contactname contact person "
    "contactperson",
    "email": "personemail personemailwork contactemail associatedcontactemail emailtoaddress toemail contactsemail",
    "phone": "personphone personphonework contactphone associatedcontactphone tonumber",
    "company": "organizationname organization associatedcompany associatedcompanies companyname company",
}
_SIGNS = {
    "activitytype", "activitysubject", "activitydate", "activityduedate", "engagementtype", "calloutcome",
    "calldirection", "calltitle", "emaildirection", "emailsenddate", "meetingoutcome", "meetingstarttime",
    "communicationbody", "emailsubject", "meetingname",
}  # fmt: skip
"""Two of these names make a table one of activities."""
_KINDS = (("call", "call"), ("email", "email"), ("meeting", "meeting"), ("communication", "sms"))
"""What a table is of that has no column for it, by how its columns begin."""
_CLOCK = re.compile(r"(?:^|[T ,])(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([AaPp][Mm])?")
_ASSOCIATED = re.compile(r"\s*([^();]*?)\s*(?:\(([^()\s]+@[^()\s]+)\))?\s*(?:;|$)")
_NOON = time(12)
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


@dataclass(slots=True)
class Layout:
    """Which columns hold what."""

    headers: list[str]
    places: dict[str, list[int]] = field(default_factory=dict)
    kind: str = ""
    """What every row is, when no column says it."""

    def text(self, cells: Sequence[str], what: str) -> str:
        """Return the first filled column of a sort."""
        return next((text for i in self.places.get(what, ()) if i < len(cells) and (text := cells[i].strip())), "")

    def texts(self, cells: Sequence[str], what: str) -> list[str]:
        """Return all filled columns of a sort."""
        return [text for i in self.places.get(what, ()) if i < len(cells) and (text := cells[i].strip())]


def layout_of(header: Sequence[str]) -> Layout | None:
    """Return the layout of a table of activities; None for any other table."""
    names = [squash(cell) for cell in header]
    if len(_SIGNS.intersection(names)) < 2:
        return None
    found = Layout([cell.strip() for cell in header])
    for what, known in _COLUMNS.items():
        wanted = known.split()
        found.places[what] = sorted(
            (i for i, name in enumerate(names) if name in wanted), key=lambda i: wanted.index(names[i])
        )
    if not found.places["kind"]:
        found.kind = next((kind for start, kind in _KINDS if any(name.startswith(start) for name in names)), "")
    return found if found.places["date"] else None


def columns_of(layout: Layout) -> dict[str, str]:
    """Return column → what it is taken for, for the preview."""
    taken = {index: what for what, places in layout.places.items() for index in places}
    return {name: taken.get(index, "") for index, name in enumerate(layout.headers)}


def touches(layout: Layout, records: Iterable[Record], region: str, zone: str) -> Iterator[TouchDraft | Rejection]:
    """Yield the touches of the rows under a header; `zone` is the user's, for times without one."""
    here = ZoneInfo(zone)
    for record in records:
        if record.problem:
            yield Rejection(record.line, "", record.problem)
        elif any(cell.strip() for cell in record.cells):
            try:
                yield _touch(layout, record.line, record.cells, region, here)
            except ValueError as error:
                yield Rejection(record.line, "", str(error))


def _touch(layout: Layout, line: int, cells: Sequence[str], region: str, here: ZoneInfo) -> TouchDraft:
    kind = clean_stored(layout.text(cells, "kind")) or layout.kind
    subject = clean_stored(without_tags(layout.text(cells, "subject")))
    outcome = clean_stored(layout.text(cells, "outcome"))
    channel = channel_of(kind)
    if not channel:
        raise ValueError(f"{kind[:40] or 'no type'}: no touch of a channel there is; left out")
    if squash(layout.text(cells, "done")) not in _DONE or not was_held(outcome):
        raise ValueError("planned or called off, not done; left out")
    inbound = points_inwards(kind, layout.text(cells, "direction"))
    notes = [subject, *(clean_stored(without_tags(text), multiline=True) for text in layout.texts(cells, "note"))]
    return TouchDraft(
        line=line,
        person=_person(layout, line, cells, region),
        channel=channel,
        outcome=outcome_of(channel, outcome, subject, inbound),
        inbound=inbound,
        at=_instant(layout.text(cells, "date"), layout.text(cells, "time"), region, here),
        note="\n".join(dict.fromkeys(filter(None, notes))),
    )


def _person(layout: Layout, line: int, cells: Sequence[str], region: str) -> Draft:
    """Return whom the touch was with; ValueError when nothing says it."""
    said = _ASSOCIATED.match(clean_stored(layout.text(cells, "name")))
    name, beside = (said[1], said[2] or "") if said else ("", "")
    company = clean_stored(layout.text(cells, "company")).split(";")[0].strip()
    emails = split_emails(clean_stored(layout.text(cells, "email") or beside, multiline=True))
    details = [DetailDraft("email", address, key) for address, key in emails if key]
    phones = split_phones(clean_stored(layout.text(cells, "phone"), multiline=True))
    details += [DetailDraft("phone", number, key) for number in phones if number and (key := phone_key(number, region))]
    name = name or company or next((detail.value for detail in details), "")
    if not name:
        raise ValueError("nothing says with whom: no name, e-mail, phone or company")
    return Draft(line, name, company, details=tuple(details))


def _instant(day: str, clock: str, region: str, here: ZoneInfo) -> datetime:
    """Return the instant of a date and a time of day; ValueError for what is no date."""
    text = clean_stored(day)
    try:
        exact = datetime.fromisoformat(text.replace(" UTC", "+00:00"))
    except ValueError:
        exact = None
    if exact is not None and exact.tzinfo is not None:
        return exact.astimezone(ZoneInfo("UTC"))
    try:
        on = birthday(re.split(r"[T ,]+(?=\d{1,2}:\d{2})", text)[0], region)
    except NotADate as error:
        raise ValueError(str(error)) from None
    if not on or on.startswith("--"):
        raise ValueError("no date with a year; write it as 2026-02-28")
    found = _CLOCK.search(clean_stored(clock)) or _CLOCK.search(text)
    at = datetime.combine(datetime.fromisoformat(on).date(), _time(found) if found else _NOON, here)
    return at.astimezone(ZoneInfo("UTC"))


def _time(found: re.Match[str]) -> time:
    hour, half = int(found[1]), (found[4] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, int(found[2]), int(found[3] or 0))
