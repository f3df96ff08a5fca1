"""Exports of activities as HubSpot and Pipedrive write them: whose columns they are, and on whom their touches land."""

from __future__ import annotations

from datetime import UTC

import pytest

from followup_tui.exchange.activity_columns import layout_of
from tests.exchange.workbooks import sheet, xlsx
from tests.factories import add, failed

CALLS = (
    "Record ID,Call title,Activity date,Activity assigned to,Call direction,Call outcome,Call status,Call duration,"
    "From number,To number,Call notes,Call and meeting type,Associated Contact,Associated Contact IDs,"
    "Associated Company"
)
EMAILS = (
    "Record ID,Email subject,Activity date,Activity assigned to,Email direction,Email send status,Email from address,"
    "Email to address,Email body"
)
MEETINGS = (
    "Record ID,Meeting name,Activity date,Activity assigned to,Call and meeting type,Meeting outcome,Meeting location,"
    "Meeting start time,Meeting end time,Internal meeting notes,Associated Contact,Associated Contact IDs"
)
API = (
    "id,hs_timestamp,hs_call_title,hs_call_body,hs_call_direction,hs_call_disposition,"
    "hs_call_to_number,hs_call_from_number"
)
PIPEDRIVE = (
    "Activity - ID,Activity - Subject,Activity - Type,Activity - Due date,Activity - Due time,Activity - Duration,"
    "Activity - Done,Activity - Marked as done time,Activity - Assigned to user,Activity - Note,Deal,Organization,"
    "Contact person,Person - ID"
)


def taken(services, tmp_path, header: str, *rows: str, **wishes):
    file = tmp_path / "history.csv"
    file.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return services.exchange.import_files([file], **wishes)[0].files[0]


def told(services, who: str) -> list[tuple[str, str, str, str]]:
    timeline = services.prospects.timeline(services.prospects.resolve(who)).timeline
    return [(one.at.astimezone(UTC).isoformat()[:16], one.channel, str(one.outcome), one.direction) for one in timeline]


@pytest.mark.parametrize(
    ("header", "source", "kind"),
    [
        (CALLS, "hubspot-activities", "call"),
        (EMAILS, "hubspot-activities", "email"),
        (MEETINGS, "hubspot-activities", "meeting"),
        (API, "hubspot-activities", "call"),
        ("Record ID,Note body,Activity date,Activity assigned to,Associated Contact", "hubspot-activities", "note"),
        (PIPEDRIVE, "pipedrive-activities", ""),
        ("Activity - Subject*,Activity - Due date,Activity - Type,Activity - Done", "pipedrive-activities", ""),
    ],
)
def test_whose_export_it_is(header, source, kind):
    """The names of the columns say the program and, where no column does, what every row is."""
    layout = layout_of(header.split(","))
    assert layout is not None
    assert (layout.source, layout.kind) == (source, kind)


def test_people_are_not_taken_for_activities():
    """A table of people stays one, whatever else is in it."""
    for header in ("Name,Email,Activity date,Phone", "Record ID,First Name,Last Name,Email,Last Activity Date"):
        assert layout_of(header.split(",")) is None


def test_calls_land_by_number_and_never_on_our_own(services, tmp_path):
    """Theirs is the number called, or of an incoming call the one that calls; a call nobody took is an attempt."""
    add(services, "Ann Lee", phone="+49 30 5550101", email=None)
    rows = (
        "1,Intro,2025-02-03T10:00:00Z,Me,Outbound,,NO_ANSWER,0,+49 30 1,+49 30 5550101,,,,,",
        "2,Back,2025-02-04T10:00:00Z,Me,INBOUND,Connected,,60,+49 30 5550101,+49 30 1111111,asked,,,,",
    )
    report = taken(services, tmp_path, CALLS, *rows, known_only=True)
    assert (report.rejected, report.touches) == ((), {"phone": 2})
    assert told(services, "ann") == [
        ("2025-02-03T10:00", "phone", "no answer", "outbound"), ("2025-02-04T10:00", "phone", "spoke", "inbound"),
    ]  # fmt: skip


def test_emails_land_on_the_other_side(services, tmp_path):
    """What was sent is theirs who got it, what came theirs who wrote it; what bounced was no touch."""
    add(services, "Ann Lee", email="ann@x.example", phone=None)
    rows = (
        "1,Offer,2025-02-03 10:00,Me,EMAIL,SENT,me@my.example,ann@x.example,<p>see below</p>",
        "2,Re: Offer,2025-02-04 10:00,Me,INCOMING_EMAIL,,ann@x.example,me@my.example,yes",
        "3,Offer,2025-02-05 10:00,Me,EMAIL,BOUNCED,me@my.example,ann@x.example,",
    )
    report = taken(services, tmp_path, EMAILS, *rows)
    assert report.created == 0
    assert [row.why for row in report.rejected] == ["an e-mail that was not delivered; left out"]
    assert [(outcome, way) for _, _, outcome, way in told(services, "ann")] == [
        ("sent", "outbound"), ("replied", "inbound"),
    ]  # fmt: skip


def test_a_meeting_is_everybodys_who_was_there(services, tmp_path):
    """Each contact of a row gets the touch, known by e-mail or by the id kept beside the person; twice is once."""
    add(services, "Ann Lee", email="ann@x.example", phone=None)
    (tmp_path / "people.csv").write_text("Record ID,First Name,Last Name,Lifecycle Stage\n202,Robert,Chan,lead\n")
    services.exchange.import_files([tmp_path / "people.csv"])
    row = (
        "9,Visit,2025-03-01 09:00,Me,Discovery,COMPLETED,Berlin,2025-03-01 09:30,2025-03-01 10:00,measured,"
        "Ann Lee (ann@x.example);Bob Chan,201;202"
    )
    report = taken(services, tmp_path, MEETINGS, row)
    assert (report.created, report.rows, report.touches) == (0, 1, {"in person": 2})
    assert told(services, "ann") == told(services, "Robert Chan") == [
        ("2025-03-01T08:30", "in person", "spoke", "outbound")
    ]  # fmt: skip
    again = taken(services, tmp_path, MEETINGS, row)
    assert (again.touches, again.doubled) == ({}, 2)
    assert failed(services) == []


def test_a_mere_name_is_the_only_one_of_it_or_nobody(services, tmp_path):
    """Without e-mail, number and company a name that several have is refused, one that one has is theirs."""
    add(services, "Ann Lee", company="Acme", email=None)
    for company in ("Delta", "Omega"):
        add(services, "Bo Chan", company=company, email=None, phone=None)
    rows = ("1,Call,2025-03-01,10:00,,Done,,Me,,,,Ann Lee,", "2,Call,2025-03-01,11:00,,Done,,Me,,,,Bo Chan,")
    header = PIPEDRIVE.replace("Activity - Subject,", "")
    report = taken(services, tmp_path, header, *rows)
    assert (report.created, report.touches) == (0, {"phone": 1})
    assert [row.why for row in report.rejected] == ["2 people here are called Bo Chan; left out"]
    assert len(told(services, "ann")) == 1


def test_an_id_alone_is_known_or_refused(services, tmp_path):
    """An activity that names only an id lands on the person that was brought in with it; else the id is said."""
    (tmp_path / "people.csv").write_text("Person - ID,Person - Name\n7,Ann Lee\n")
    services.exchange.import_files([tmp_path / "people.csv"])
    rows = ("1,a,Call,2025-03-01,,,Done,,Me,,,,,7", "2,b,Call,2025-03-01,,,Done,,Me,,,,,8")
    report = taken(services, tmp_path, PIPEDRIVE, *rows)
    assert (report.created, report.touches) == (0, {"phone": 1})
    assert [row.why for row in report.rejected] == ["nobody here is Person - ID 8; left out"]


@pytest.mark.parametrize(
    ("due", "time", "done", "at"),
    [
        ("2025-03-01", "14:30", "", "2025-03-01T13:30"),
        ("2025-03-01", "14:30", "2025-03-04 08:05:00", "2025-03-04T07:05"),
        ("45717", "14:30", "", "2025-03-01T13:30"),
        ("45717.5", "", "", "2025-03-01T11:00"),
        ("1740835800000", "", "", "2025-03-01T13:30"),
        ("2025-03-01T13:30:00Z", "09:00", "", "2025-03-01T13:30"),
    ],
)
def test_when_it_was(services, tmp_path, due, time, done, at):
    """The time it was marked as done goes before the plan, with its own clock; numbers of Excel and APIs are dates."""
    add(services, "Ann Lee", email="ann@x.example", phone=None)
    taken(services, tmp_path, PIPEDRIVE, f"1,a,Call,{due},{time},,Done,{done},Me,,,,Ann Lee,")
    assert [when for when, *_ in told(services, "ann")] == [at]


def test_ids_of_outcomes(services, tmp_path):
    """What HubSpot's API gives is ids of outcomes and milliseconds."""
    add(services, "Ann Lee", phone="+49 30 5550101", email=None)
    row = "1,1740835800000,Intro,,OUTBOUND,b2cf5968-551e-4856-9783-52b3da59a7d0,+49305550101,+49301"
    taken(services, tmp_path, API, row)
    assert told(services, "ann") == [("2025-03-01T13:30", "phone", "left voicemail", "outbound")]


def test_a_workbook_of_activities(services, tmp_path):
    """Pipedrive's first choice is Excel: the same touches come out of it."""
    add(services, "Ann Lee", email="ann@x.example", phone=None)
    header = ["Activity - Subject", "Activity - Type", "Activity - Due date", "Activity - Done", "Person - Email"]
    (tmp_path / "a.xlsx").write_bytes(
        xlsx({"Activities": sheet([header, ["a", "Call", "2025-03-01", "Done", "ann@x.example"]])})
    )
    report = services.exchange.import_files([tmp_path / "a.xlsx"])[0].files[0]
    assert (report.source, report.touches, report.created) == ("pipedrive-activities", {"phone": 1}, 0)
