"""Which column of an export of activities holds what.

HubSpot names columns by the labels of its properties (“Call outcome”, “Email send status”, “Meeting name”, “Associated
Contact IDs”) or, out of its API, by their names (`hs_call_disposition`); Pipedrive by `Activity - Subject`, with bare
“Contact person” and “Organization” beside them. Which columns are there is up to the user, so each is optional.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from followup_tui.exchange.headers import squash
from followup_tui.records import dataclass

_COLUMNS = {
    "kind": "activitytype engagementtype channeltype communicationchanneltype hscommunicationchanneltype "
    "objecttype type",
    "subject": "activitysubject subject calltitle hscalltitle emailsubject hsemailsubject meetingname meetingtitle "
    "hsmeetingtitle activitytitle tasktitle title",
    "date": "activitymarkedasdonetime meetingstarttime hsmeetingstarttime activitydate hstimestamp calldate "
    "emailsenddate senddate activityduedate starttime timestamp date duedate activityadddate activityaddtime "
    "activitycreationdate createdate hscreatedate",
    "time": "activityduetime duetime activitytime time",
    "done": "activitydone done completed activitystatus",
    "note": "activitynote note notes callnotes callbody hscallbody emailbody emailtext hsemailtext meetingnotes "
    "meetingdescription hsmeetingbody internalmeetingnotes internalnotes hsinternalmeetingnotes notebody hsnotebody "
    "communicationbody hscommunicationbody body description activitynotes publicdescription activitypublicdescription",
    "outcome": "calloutcome hscalldisposition meetingoutcome hsmeetingoutcome outcome calldisposition disposition "
    "emailsendstatus emailstatus hsemailstatus callstatus hscallstatus",
    "direction": "calldirection hscalldirection emaildirection hsemaildirection direction activitydirection",
    "name": "personname activitycontactperson activityperson contactpersonname associatedcontact associatedcontacts "
    "contactname contact person contactperson",
    "email": "personemail personemailwork contactemail associatedcontactemail contactsemail personemailhome",
    "email to": "emailtoaddress emailtoemail hsemailtoemail toemail to",
    "email from": "emailfromaddress emailfromemail hsemailfromemail fromemail from",
    "phone": "personphone personphonework contactphone associatedcontactphone personphonemobile",
    "phone to": "tonumber hscalltonumber",
    "phone from": "fromnumber hscallfromnumber",
    "company": "organizationname activityorganization organization associatedcompany associatedcompanies companyname "
    "company",
    "id": "personid personpipedrivesystemid associatedcontactids associatedcontactid contactid contactids",
}
_SIGNS = {
    "activityid", "activitypipedrivesystemid", "activitytype", "activitysubject", "activitydate", "activityduedate",
    "activitydone", "activityassignedto", "activityassignedtouser", "engagementtype", "calloutcome", "calldirection",
    "calltitle", "callnotes", "callandmeetingtype", "emaildirection", "emailsenddate", "emailsendstatus",
    "emailsubject", "meetingoutcome", "meetingstarttime", "meetingname", "communicationbody", "notebody", "tasktitle",
    "hstimestamp", "hscalltitle", "hscallbody", "hscalldirection", "hscalldisposition", "hsemailsubject",
    "hsemaildirection", "hsemailstatus", "hsmeetingtitle", "hsmeetingoutcome", "hscommunicationbody", "hsnotebody",
}  # fmt: skip
"""Two of these names make a table one of activities."""
_KINDS = {
    "call": "call",
    "email": "email",
    "meeting": "meeting",
    "communication": "sms",
    "note": "note",
    "task": "task",
}
"""What a table is of that has no column for it, by how most of its columns begin."""
_SAYS_NOTHING = {"callandmeetingtype", "note", "notes"}
IDS = {
    "pipedrive-activities": ("Person - ID", "Person - Pipedrive System ID"),
    "hubspot-activities": ("Record ID", "Record ID - Contact", "Contact ID"),
}
"""Under which names the export of people keeps the id that activities refer to; the first is the one for new people."""


@dataclass(slots=True)
class Layout:
    """Which columns hold what."""

    headers: list[str]
    source: str
    """Whose export it is."""
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
    found = Layout([cell.strip() for cell in header], _source(header, names))
    for what, known in _COLUMNS.items():
        wanted = {name: place for place, name in enumerate(known.split())}
        found.places[what] = sorted(
            (i for i, name in enumerate(names) if name in wanted), key=lambda i: wanted[names[i]]
        )
    if not found.places["kind"]:
        found.kind = _kind(names)
    return found if found.places["date"] else None


def _source(header: Sequence[str], names: Sequence[str]) -> str:
    if any(cell.strip().startswith("Activity - ") for cell in header):
        return "pipedrive-activities"
    signs = {"recordid", "activityassignedto", "associatedcontact", "associatedcontacts", "associatedcontactids"}
    return "hubspot-activities" if signs & set(names) or any(name.startswith("hs") for name in names) else "activities"


def _kind(names: Sequence[str]) -> str:
    """Return what most columns speak of."""
    told = [name.removeprefix("hs") for name in names if name not in _SAYS_NOTHING]
    numbers = {kind: sum(name.startswith(start) for name in told) for start, kind in _KINDS.items()}
    best = max(numbers, key=lambda kind: numbers[kind])
    return best if numbers[best] else ""


def columns_of(layout: Layout) -> Mapping[str, str]:
    """Return column → what it is taken for, for the preview."""
    taken = {index: what for what, places in layout.places.items() for index in places}
    return {name: taken.get(index, "") for index, name in enumerate(layout.headers)}
