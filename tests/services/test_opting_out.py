"""Columns that say what somebody does not want: honoured on that channel, kept word for word, carried out again."""

from __future__ import annotations

import pytest

from followup_tui.domain.events import Added, Changed
from followup_tui.domain.model import Relation
from followup_tui.storage import codec
from tests.factories import add, failed, open_at

FILE = """Name,Email,Phone,Mobile,Email Opt Out,Do Not Call,HasOptedOutOfSMS
Ann Lee,ann@a.example,+49 30 901820,+49 171 2345678,1,0,
Bo Chan,bo@b.example,+49 30 901821,,,yes,Yes
Cy Diaz,cy@c.example,+49 30 901822,,,,
"""


@pytest.fixture
def file(tmp_path):
    """Ann wants no e-mail, Bo no calls and no text."""
    path = tmp_path / "people.csv"
    path.write_text(FILE, encoding="utf-8")
    return path


def not_by(services, who: str) -> tuple[str, ...]:
    return services.prospects.get(services.prospects.resolve(who)).stopped_channels


def test_a_channel_that_is_not_wanted_is_never_planned(services, file):
    """A step goes to the next channel, and the card says which one is not wanted and what the file said."""
    view, _ = services.exchange.import_files([file], cadence="Cold six")
    assert view.enrolled == 3
    assert {name: not_by(services, name) for name in ("ann", "bo", "cy")} == {
        "ann": ("email",),
        "bo": ("phone", "text"),
        "cy": (),
    }
    planned = {row.name: row.next_channel for row in services.prospects.rows()}
    assert planned == {"Ann Lee": "phone", "Bo Chan": "email", "Cy Diaz": "phone"}
    assert services.prospects.get(services.prospects.resolve("ann")).extra == {"Email Opt Out": "1"}
    assert failed(services) == []


def test_a_file_can_stop_a_channel_of_somebody_known(services, file):
    """Somebody in play stays in play, on the channels that are left: once, undoably."""
    who = add(services, "Bo Chan", email="bo@b.example", phone="+49 30 901821").id
    assert services.prospects.get(who).next_touch.channel == "phone"
    assert services.exchange.import_files([file])[0].files[0].updated == 1
    bo = services.prospects.get(who)
    assert (bo.relation, bo.next_touch.channel, bo.stopped_channels) == ("engaged", "email", ("phone", "text"))
    assert services.exchange.import_files([file])[0].files[0].skipped == 3
    assert failed(services) == []
    services.undo.undo()
    assert services.prospects.get(who).next_touch.channel == "phone"


@pytest.mark.parametrize("name", ["out.csv", "out.vcf", "out.json"])
def test_what_is_not_wanted_goes_out_and_comes_back(services, file, tmp_path, name):
    """Whatever the format: nobody who opted out is forgotten on the way to another computer."""
    services.exchange.import_files([file])
    services.exchange.export(tmp_path / name)
    other = open_at(tmp_path / "other.db")
    other.exchange.import_files([tmp_path / name])
    assert [not_by(other, who) for who in ("ann", "bo", "cy")] == [("email",), ("phone", "text"), ()]
    assert failed(other) == []
    other.close()


def test_journals_of_before_are_read():
    """An entry written before channels could be stopped by a file means that none was."""
    assert codec.loads(Added, '{"relation": "cold", "good": ["email"]}').stopped == frozenset()
    assert "stopped" not in codec.dumps(Added(Relation.COLD, frozenset()))
    assert "stopped" not in codec.dumps(Changed(frozenset(), False, "normal"))
