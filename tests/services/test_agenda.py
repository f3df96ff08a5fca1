"""The agenda as iCalendar: read back by two parsers, updated by SEQUENCE, cancelled when gone (interface §1)."""

from __future__ import annotations

import io
import stat
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz
from icalendar import Calendar

from followup_tui.errors import FollowupError, UsageError
from followup_tui.exchange.agenda_zones import timezones
from tests.factories import add, log, slots
from tests.reliability.calendars import Store, instant_of, read_by_vobject

TUESDAY = date(2026, 11, 24)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "day.ics"


def events(file: Any) -> dict[str, Any]:
    found = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert len({event["UID"] for event in found}) == len(found)
    return {str(event["UID"]): event for event in found}


def test_two_parsers_read_the_plan_back(services, clock, tmp_path):
    """What icalendar and vobject read is the plan: its blocks and slots at their instants, with alarms on promises."""
    clock.at("2026-11-23T08:00")
    for turn, relation in enumerate(("cold", "engaged", "nurture", "customer", "engaged", "cold")):
        add(services, f"Person; {turn}, Ünal", relation, company="A\\B, C", address="Weg 1, Bonn", star=turn == 3)
    told = add(services, "Told", phone="+1 212 555 0123").id
    log(services, told, "call back", until=TUESDAY, until_time=datetime.fromisoformat("2026-11-24T16:00").time())
    view = services.agenda.write(tmp_path / "a.ics", 3)
    ours, theirs = events(tmp_path / "a.ics"), read_by_vobject(tmp_path / "a.ics")
    assert set(ours) == set(theirs)
    assert len(ours) == view.blocks + view.touches + view.promises + view.left_over
    for uid, event in ours.items():
        other = theirs[uid]
        assert str(event["SUMMARY"]) == other.summary.value
        assert str(event.get("DESCRIPTION", "")) == getattr(getattr(other, "description", None), "value", "")
        assert instant_of(event["DTSTART"].dt) == instant_of(other.dtstart.value)
        assert instant_of(event["DTEND"].dt) == instant_of(other.dtend.value)
        assert hasattr(other, "valarm") == uid.startswith(("promise", "meeting"))
    planned = [slot for day in range(3) for slot in slots(services.today.plan(date(2026, 11, 23 + day)))]
    starts = sorted(slot.start.astimezone(UTC) for slot in planned)
    read = [event["DTSTART"].dt for uid, event in ours.items() if not uid.startswith(("block", "left"))]
    assert sorted(start.astimezone(UTC) for start in read) == starts


def test_nothing_changed_is_the_same_file(services, file, clock):
    """A second run over the same plan writes the same bytes, whatever the clock says."""
    add(services)
    assert services.agenda.write(file).added > 0
    first = file.read_bytes()
    clock.at("2026-11-23T09:00:40")
    again = services.agenda.write(file)
    assert (again.added, again.changed, again.cancelled) == (0, 0, 0)
    assert file.read_bytes() == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_only_what_changed_counts_on_and_what_is_gone_is_cancelled(services, file, clock):
    """SEQUENCE rises on changed events alone; removed ones are cancelled; a calendar that imports both agrees."""
    clock.at("2026-11-23T08:00")
    add(services, "Ann"), add(services, "Bob", relation="cold")
    ann, bob = [slot.prospect for slot in slots(services.today.plan())]  # the later one moves
    calendar = Store()
    services.agenda.write(file, 5)
    calendar.imports(file)
    before = events(file)
    services.log.move(bob.id, TUESDAY)
    view = services.agenda.write(file, 5)
    after = events(file)
    raised = {uid for uid in after if uid in before and after[uid]["SEQUENCE"] > before[uid]["SEQUENCE"]}
    assert f"touch-{bob.id}@followup" in raised
    assert f"touch-{ann.id}@followup" not in raised
    assert len(raised) == view.changed + view.cancelled
    for uid in before.keys() - raised:
        assert before[uid].to_ical() == after[uid].to_ical()
    calendar.imports(file)
    calendar.imports(file)
    services.prospects.close([bob.id])
    services.blocks.save_day(TUESDAY, [])
    clock.at("2026-11-23T08:01")
    assert services.agenda.write(file, 5).cancelled >= 2
    calendar.imports(file)
    live = {str(uid) for uid in calendar.live}
    assert f"touch-{bob.id}@followup" not in live
    assert f"touch-{ann.id}@followup" in live
    assert not [uid for uid in live if uid.startswith("block-20261124")]
    assert [uid for uid in live if uid.startswith("block-20261125")]
    services.undo.undo()
    services.agenda.write(file, 5)
    calendar.imports(file)
    assert [uid for uid in calendar.live if uid.startswith("block-20261124")]


def test_a_moved_block_keeps_its_uid(services, file, clock):
    """A block at another time is the same event, moved."""
    clock.at("2026-11-23T08:00")
    services.agenda.write(file, 2)
    before = {uid for uid in events(file) if uid.startswith("block")}
    blocks = list(services.blocks.on(TUESDAY).blocks)
    blocks[0] = replace(blocks[0], start=blocks[0].start.replace(hour=7))
    services.blocks.save_day(TUESDAY, blocks)
    view = services.agenda.write(file, 2)
    assert (view.changed, view.added, view.cancelled) == (1, 0, 0)
    assert {uid for uid in events(file) if uid.startswith("block")} == before


def test_what_is_past_or_beyond_is_left_alone(services, file, clock):
    """Days gone by leave the file without a cancellation; days beyond a shorter run stay as they are."""
    add(services)
    services.agenda.write(file, 10)
    far = {uid for uid in events(file) if uid.startswith("block-20261202")}
    assert far
    clock.at("2026-11-24T08:00")
    view = services.agenda.write(file, 2)
    after = events(file)
    assert view.cancelled == 0
    assert far <= set(after)
    assert not [uid for uid in after if uid.startswith("block-20261123")]


def test_a_promise_has_an_alarm_and_its_time(services, file, clock):
    """A promise stands at the time that was told, with an alarm five minutes before, in the user's zone."""
    who = add(services).id
    log(services, who, "call back", until=TUESDAY, until_time=datetime.fromisoformat("2026-11-24T10:30").time())
    services.agenda.write(file, 3)
    event = events(file)[f"promise-{who}@followup"]
    assert event["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert event["DTSTART"].dt.astimezone(UTC) == datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
    (alarm,) = event.walk("VALARM")
    assert alarm["TRIGGER"].dt.total_seconds() == -300
    assert event["TRANSP"] == "OPAQUE"


@pytest.mark.parametrize("name", ["Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca"])
def test_clocks_change_at_the_minute_they_do(name):
    """Read by another library, a zone as we write it shows the right time around each of its changes, to the minute."""
    zone = ZoneInfo(name)
    read = tz.tzical(io.StringIO(timezones([name], date(2026, 6, 1))[0].to_ical().decode())).get()
    moment, tried = datetime(2025, 2, 1, tzinfo=UTC), 0
    while moment.year < 2031:
        after = moment + timedelta(hours=1)
        if moment.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            for minutes in range(-240, 300, 15):
                there = (after + timedelta(minutes=minutes)).astimezone(zone)
                if not there.fold and not (there + timedelta(hours=2)).fold:  # told apart by the clock alone
                    tried += 1
                    assert there.replace(tzinfo=read).utcoffset() == there.utcoffset(), there
        moment = after
    assert tried > 200


@pytest.mark.parametrize(
    "text", ["BEGIN:VCALENDAR\r\nPRODID:-//Other//EN\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", "hello", "\x00\xff" * 50]
)
def test_somebody_elses_file_is_left_alone(services, file, text):
    """A calendar that is not ours, or no calendar at all, is refused and keeps every byte."""
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(FollowupError, match="not an agenda of Followup"):
        services.agenda.write(file)
    assert file.read_bytes() == text.encode("latin-1")


def test_a_link_is_not_followed(services, file, tmp_path):
    """A link in the file's place is refused, and what it points to stays."""
    victim = tmp_path / "victim.ics"
    victim.write_text("mine")
    file.symlink_to(victim)
    with pytest.raises(FollowupError, match="is a link"):
        services.agenda.write(file)
    assert victim.read_text() == "mine"
    with pytest.raises(UsageError):
        services.agenda.write(tmp_path / "x.ics", 0)


def test_stdout_gets_the_calendar_alone(services, file):
    """With a stream nothing is remembered and no file is made."""
    add(services)
    out = io.StringIO()
    services.agenda.write(file, 1, out)
    assert not file.exists()
    assert [str(event["UID"]) for event in Calendar.from_ical(out.getvalue()).walk("VEVENT")]
