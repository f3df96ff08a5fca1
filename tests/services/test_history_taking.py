"""Histories of other programs become touches: the right person, channel and outcome, once, and no date moves."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import pytest

from followup_tui.domain.model import Outcome
from followup_tui.exchange.activity_words import channel_of, outcome_of
from followup_tui.exchange.plain_text import without_tags
from tests.factories import add, dump, failed

PIPEDRIVE = """Activity - Subject,Activity - Type,Activity - Due date,Activity - Due time,Activity - Done,\
Activity - Note,Activity - Assigned to user,Deal - Title,Person - Name,Person - Email,Organization - Name
Call about the roof,Call,2024-03-05,14:30,Done,<p>Wants a <b>quote</b> &amp; a visit</p><script>x()</script>,Me,Roof,\
Ann Lee,ann@acme.example,Acme
Voicemail,Call,2024-03-07,09:00,Done,,Me,Roof,Ann Lee,ann@acme.example,Acme
Quote sent,Email,2024-03-08,,Done,,Me,Roof,Ann Lee,ann@acme.example,Acme
On site,Meeting,2024-03-12,10:00,Done,measured,Me,Roof,Bo Chan,bo@delta.example,Delta
Write the offer,Task,2024-03-13,,Done,,Me,Roof,Bo Chan,bo@delta.example,Delta
Next call,Call,2024-03-14,10:00,To do,,Me,Roof,Bo Chan,bo@delta.example,Delta
Call,Call,tomorrow,,Done,,Me,Roof,Bo Chan,bo@delta.example,Delta
Call,Call,2024-03-14,,Done,,Me,Roof,,,
"""
HUBSPOT = """Record ID,Activity type,Activity date,Call outcome,Call direction,Call notes,\
Email subject,Associated Contact
1,Call,2025-02-03T10:00:00Z,No answer,Outbound,,,Ann Lee (ann@acme.example)
2,Call,2025-02-04 16:05,Connected,INBOUND,asked for a date,,Ann Lee (ann@acme.example)
3,INCOMING_EMAIL,2025-02-05 08:00,,,,Re: offer,Ann Lee (ann@acme.example)
4,SMS,2025-02-06 08:00,,,see you,,Cy Diaz
"""


@pytest.fixture
def pipedrive(tmp_path: Path) -> Path:
    """An export of activities: calls, an e-mail, a meeting, and what is no touch."""
    file = tmp_path / "activities.csv"
    file.write_text(PIPEDRIVE, encoding="utf-8")
    return file


def told(services, who: str) -> list[tuple[str, str, str, str]]:
    timeline = services.prospects.timeline(services.prospects.resolve(who)).timeline
    return [(one.at.astimezone(UTC).isoformat()[:16], one.channel, str(one.outcome), one.note) for one in timeline]


def test_activities_become_touches(services, path, pipedrive):
    """Channel, outcome, instant and note arrive; tasks, plans and broken rows are refused by line; one undo."""
    before = dump(path)
    view, _ = services.exchange.import_files([pipedrive])
    report = view.files[0]
    assert (report.source, report.created, report.touches) == (
        "pipedrive-activities", 2, {"phone": 2, "email": 1, "in person": 1},
    )  # fmt: skip
    assert [row.line for row in report.rejected] == [6, 7, 8, 9]
    assert told(services, "ann") == [
        ("2024-03-05T13:30", "phone", "no answer", "Call about the roof\nWants a quote & a visit"),
        ("2024-03-07T08:00", "phone", "left voicemail", "Voicemail"),
        ("2024-03-08T11:00", "email", "sent", "Quote sent"),
    ]
    assert told(services, "bo") == [("2024-03-12T09:00", "in person", "spoke", "On site\nmeasured")]
    ann = services.prospects.get(services.prospects.resolve("ann"))
    assert (ann.relation, ann.next_touch, ann.company) == ("pool", None, "Acme")
    assert failed(services) == []
    services.undo.undo()
    assert dump(path) == before


def test_the_same_history_twice_is_there_once(services, path, pipedrive):
    """A touch is known by person, instant, channel and direction, even after its note was mended."""
    services.exchange.import_files([pipedrive])
    first = services.prospects.timeline(services.prospects.resolve("ann")).timeline[0]
    services.log.correct(first.id, note="mended")
    before = dump(path)
    report = services.exchange.import_files([pipedrive])[0].files[0]
    assert (report.touches, report.doubled) == ({}, 4)
    assert dump(path) == before


def test_a_history_moves_no_date(services, tmp_path):
    """Somebody in play keeps the plan; the touches are counted, theirs too (domain §4, back-dated)."""
    file = tmp_path / "hubspot.csv"
    file.write_text(HUBSPOT, encoding="utf-8")
    ann = add(services, "Ann Lee", email="ann@acme.example")
    report = services.exchange.import_files([file], known_only=True)[0].files[0]
    after = services.prospects.get(ann.id)
    assert (after.next_touch, after.cadence, after.touches) == (ann.next_touch, ann.cadence, 3)
    assert told(services, ann.id) == [
        ("2025-02-03T10:00", "phone", "no answer", ""),
        ("2025-02-04T15:05", "phone", "spoke", "asked for a date"),
        ("2025-02-05T07:00", "email", "replied", "Re: offer"),
    ]
    assert [one.direction for one in services.prospects.timeline(ann.id).timeline] == ["outbound", "inbound", "inbound"]
    assert (report.touches, report.created) == ({"phone": 2, "email": 1}, 0)
    assert [row.why for row in report.rejected] == ["nobody here is Cy Diaz; left out"]
    assert failed(services) == []


def test_a_touch_to_come_is_none(services, tmp_path):
    """What lies in the future has not happened."""
    file = tmp_path / "future.csv"
    file.write_text(HUBSPOT.replace("2025-02-03T10:00:00Z", "2031-02-03T10:00:00Z"), encoding="utf-8")
    report = services.exchange.import_files([file])[0].files[0]
    assert [(row.line, "future" in row.why) for row in report.rejected] == [(2, True)]


@pytest.mark.parametrize(
    ("kind", "subject", "outcome", "inbound", "expected"),
    [
        ("Call", "", "Left voicemail", False, ("phone", "left voicemail")),
        ("Anruf", "nicht erreicht", "", False, ("phone", "no answer")),
        ("call", "", "Left live message", False, ("phone", "left message")),
        ("Call", "", "Busy", False, ("phone", "no answer")),
        ("Meeting", "", "COMPLETED", False, ("in person", "spoke")),
        ("Lunch", "", "", False, ("in person", "spoke")),
        ("FORWARDED_EMAIL", "", "", False, ("email", "sent")),
        ("WHATSAPP", "", "", True, ("text", "replied")),
        ("Postal mail", "", "", False, ("mail", "sent")),
        ("Fax", "", "", False, ("fax", "sent")),
    ],
)
def test_words_of_other_programs(kind, subject, outcome, inbound, expected):
    """Each type is a channel of ours, each result an outcome there is."""
    channel = channel_of(kind)
    assert (channel, outcome_of(channel, outcome, subject, inbound)) == expected
    assert Outcome(expected[1])
    assert channel_of("Task") == ""


def test_notes_lose_their_tags_and_nothing_else():
    """HTML becomes the text a person would have typed; text with a < stays as it is."""
    assert without_tags("<div>One<br>two</div><ul><li>a</li><li>b</li></ul>") == "One\ntwo\n\n- a\n\n- b"
    assert without_tags("5 < 6 and a<b, R&D") == "5 < 6 and a<b, R&D"
    assert without_tags("<b>cut") == "cut"
