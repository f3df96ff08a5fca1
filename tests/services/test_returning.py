"""A complete export comes back whole; what is here already is left alone; nothing in a file can break the database."""

from __future__ import annotations

import copy
import json
import random
import shutil
import sqlite3
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from followup_tui.bootstrap import Services
from followup_tui.errors import FollowupError, UsageError
from followup_tui.services.demo import demo_database
from followup_tui.services.views import ProspectDraft
from tests.factories import CONFIG, add, dump, failed, log, open_at

CROWD = 1000
ROUND_TRIP = {
    "prospect": "SELECT * FROM prospect ORDER BY id",
    "detail": "SELECT prospect_id, kind, value, key, label, bad FROM detail ORDER BY prospect_id, position, id",
    "tag": "SELECT prospect_id, tag FROM tag ORDER BY prospect_id, tag",
    "standing": "SELECT * FROM standing ORDER BY prospect_id",
    "journal": "SELECT j.prospect_id, j.kind, j.at, j.logged_at, r.document, j.event, j.channel, j.outcome, j.inbound, "
    "j.note, j.value, j.sentiment, j.reason, j.step, j.cadence_id, c.at, c.event, j.template, j.promise "
    "FROM journal j JOIN rules r ON r.id = j.rules_id LEFT JOIN journal c ON c.id = j.companion_of "
    "ORDER BY j.prospect_id, j.id",
}
"""Everything there is, the numbers of journal entries, details and tags aside."""


def content(path: Path) -> dict[str, list[Any]]:
    connection = sqlite3.connect(path)
    try:
        return {table: connection.execute(sql).fetchall() for table, sql in ROUND_TRIP.items()}
    finally:
        connection.close()


@pytest.fixture
def other(template, tmp_path, clock):
    """The services over a second, empty database."""
    path = tmp_path / "other.db"
    shutil.copyfile(template, path)
    path.chmod(0o600)
    made = open_at(path, clock)
    yield made
    made.close()


@pytest.fixture
def document(services, tmp_path) -> dict[str, Any]:
    """A complete export of two people with stories, as JSON."""
    ann = add(services, star=True, tags=("roof",), why="hail", zone="Europe/Vienna", birthday="1980-02-29").id
    log(services, ann, note="one\ntwo", value="article", until=date(2026, 11, 26), until_time=time(10))
    log(services, ann, "sent", "email")
    log(services, ann, "not now")
    add(services, "Bob", "pool", email="bob@x.example", phone="")
    services.exchange.export(tmp_path / "all.json")
    return json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))


def bring(services: Services, folder: Path, document: Any, **options: Any) -> Any:
    file = folder / "back.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return services.exchange.import_files([file], **options)[0].files[0]


def counts(view: Any) -> tuple[int, int, int]:
    return view.created, view.skipped, len(view.rejected)


def named(document: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in document["prospects"] if one["name"] == name)


def test_a_crowd_comes_back_equal(other, tmp_path, clock):
    """A thousand generated people out and in: every row equal, doctor content, nobody twice, one undo (R28)."""
    (tmp_path / "demo").mkdir()
    path = demo_database(CROWD, 3, clock(), tmp_path / "demo", CONFIG)
    crowd = open_at(path, clock)
    told: list[int] = []
    assert crowd.exchange.export(tmp_path / "a.json", progress=lambda done: told.append(done) or True) == CROWD
    crowd.close()
    empty = dump(other.path)
    view, changes = other.exchange.import_files([tmp_path / "a.json"])
    assert counts(view.files[0]) == (CROWD, 0, 0)
    assert content(other.path) == content(path)
    assert failed(other) == []
    assert counts(other.exchange.import_files([tmp_path / "a.json"])[0].files[0]) == (0, CROWD, 0)
    assert other.exchange.export(tmp_path / "b.json") == CROWD
    other.undo.undo()
    assert dump(other.path) == empty
    assert (told[-1], changes.name) == (CROWD, f"Import a.json ({CROWD} new)")


def test_cadences_and_rules_find_their_numbers(other, document, tmp_path):
    """Cadence versions are known by what they say, whatever their number in the file; nothing is added twice."""
    shifted = copy.deepcopy(document)
    for cadence in shifted["cadences"]:
        cadence["id"] += 100
        cadence["cadence"]["id"] += 100
    for rules in shifted["rules"]:
        rules["id"] += 70
        rules["rules"]["cadences"] = {name: key + 100 for name, key in rules["rules"]["cadences"].items()}
    for prospect in shifted["prospects"]:
        for entry in prospect["journal"]:
            entry["rules_id"] += 70
            entry["id"] *= 7
            entry["companion_of"] = entry["companion_of"] and entry["companion_of"] * 7
            entry["cadence_id"] = entry["cadence_id"] and entry["cadence_id"] + 100
            if "cadence_id" in entry["event"]:
                entry["event"]["cadence_id"] += 100
    before = dump(other.path, ("cadence",))
    assert counts(bring(other, tmp_path, shifted)) == (2, 0, 0)
    assert dump(other.path, ("cadence",)) == before
    assert content(other.path) == content(tmp_path / "followup.db")


def test_a_companion_stays_beside_its_touch(services, other, tmp_path):
    """The e-mail right after the call is still the companion of that call, under its new number."""
    who = add(services).id
    log(services, who)
    log(services, who, "sent", "email")
    add(other, "Somebody else", email="else@x.example", phone="")
    services.exchange.export(tmp_path / "a.json")
    other.exchange.import_files([tmp_path / "a.json"])
    call, mail = other.prospects.timeline(who).timeline
    assert (mail.companion_of, call.channel) == (call.id, "phone")


def test_a_cadence_of_the_same_name_that_says_something_else(other, document, tmp_path):
    """It comes behind ours and is not offered; the journal goes on as it was; the next import finds it again."""
    steady = next(one for one in document["cadences"] if one["name"] == "Steady")
    steady["cadence"]["steps"][1]["gap"] = 5
    offered = [(view.name, view.version) for view in other.cadences.list()]
    assert bring(other, tmp_path, document).created == 2
    (added,) = [row for row in dump(other.path, ("cadence",))["cadence"] if row[1] == "Steady" and row[2] == 2]
    assert added[3] == 1, "retired"
    assert [(view.name, view.version) for view in other.cadences.list()] == offered
    assert failed(other) == []
    other.undo.undo()
    before = dump(other.path, ("cadence",))
    assert bring(other, tmp_path, document).created == 2
    assert bring(other, tmp_path, document).skipped == 2
    assert len(dump(other.path, ("cadence",))["cadence"]) == len(before["cadence"]) + 1


def test_a_cadence_only_they_have_is_offered(other, document, tmp_path):
    """A cadence of one's own comes along and can be enrolled in."""
    steady = next(one for one in document["cadences"] if one["name"] == "Steady")
    own = copy.deepcopy(steady) | {"id": 99, "name": "My own"}
    document["cadences"].append(own)
    bring(other, tmp_path, document)
    assert "My own" in [view.name for view in other.cadences.list()]


def test_an_id_somebody_else_has(other, document, tmp_path):
    """They get a new id, and those they referred name them by it."""
    ann, bob = named(document, "Ann Lee"), named(document, "Bob")
    bob["referred_by"] = ann["id"]
    theirs = add(other, "Quite Another", email="another@x.example", phone="").id
    ann["id"] = bob["referred_by"] = theirs
    assert counts(bring(other, tmp_path, document)) == (2, 0, 0)
    rows = {row[1]: row for row in dump(other.path, ("prospect",))["prospect"]}
    assert rows["Quite Another"][0] == theirs != rows["Ann Lee"][0]
    assert rows["Ann Lee"][0] in rows["Bob"]
    assert failed(other) == []
    assert counts(bring(other, tmp_path, document)) == (0, 1, 1), "Bob by his id; Ann is known by her e-mail"


def test_whom_somebody_named_follows_a_new_id(services, other, tmp_path):
    """The journal of a referrer names people by ids: by those they have here."""
    ann = add(services, relation="customer").id
    named_id = services.referrals.refer(ann, ProspectDraft(name="Cay", phone="+49 30 901899"))[0].id
    services.exchange.export(tmp_path / "a.json")
    theirs = add(other, "Quite Another", email="another@x.example", phone="").id
    (tmp_path / "b.json").write_text((tmp_path / "a.json").read_text().replace(named_id, theirs))
    other.exchange.import_files([tmp_path / "b.json"])
    found = other.prospects.timeline(other.prospects.resolve("ann@acme.example"))
    assert [one.prospect.name for one in found.referrals] == ["Cay"]
    assert failed(other) == []


def test_who_is_here_already_is_left_alone(other, document, tmp_path):
    """Known by e-mail, or by id with another journal: reported, never merged."""
    here = add(other).id
    view = bring(other, tmp_path, document)
    assert (counts(view), here in view.rejected[0].why) == ((1, 0, 1), True)
    bob = named(document, "Bob")
    log(other, bob["id"], "replied", "email", inbound=True)
    view = bring(other, tmp_path, document)
    assert counts(view) == (0, 0, 2)
    assert "2 journal entries, the file has 1" in view.rejected[1].why
    assert failed(other) == []


def test_two_alike_in_the_file_stay_two(services, other, tmp_path):
    """People who share an e-mail in the file are two, as they were."""
    for name in ("Ann Lee", "Ann Lee"):
        add(services, name)
    services.exchange.export(tmp_path / "a.json")
    assert counts(other.exchange.import_files([tmp_path / "a.json"])[0].files[0]) == (2, 0, 0)


def test_nothing_is_kept_of_a_dry_run_or_a_cancelled_one(other, document, tmp_path):
    """Both leave every row as it was; a cadence asked for is refused, for these people bring their own."""
    before = dump(other.path)
    assert bring(other, tmp_path, document, dry_run=True).created == 2
    assert dump(other.path) == before
    with pytest.raises(UsageError, match="their own cadences"):
        bring(other, tmp_path, document, cadence="Steady")
    many = document | {
        "prospects": [named(document, "Bob") | {"id": None, "details": [], "name": f"p{n}"} for n in range(300)]
    }
    with pytest.raises(FollowupError, match="cancelled"):
        bring(other, tmp_path, many, progress=lambda done: False)
    assert dump(other.path) == before


BROKEN = [
    ("name", ""),
    ("name", None),
    ("journal", []),
    ("journal", None),
    ("journal", [5]),
    ("journal.0.kind", "touch"),
    ("journal.1.kind", "nap"),
    ("journal.0.event", 5),
    ("journal.0.event.relation", "friend"),
    ("journal.0.event.good", ["teleport"]),
    ("journal.0.event.pace", "+" * 50),
    ("journal.0.event.star", "yes"),
    ("journal.0.at", "soon"),
    ("journal.0.at", "2026-11-23T09:00:00"),
    ("journal.0.logged_at", "0001-01-01T00:00:00+00:00"),
    ("journal.0.rules_id", 77),
    ("journal.1.event.cadence_id", 77),
    ("journal.1.event.step", 10**30),
    ("journal.1.event.on", "9999-12-31"),
    ("journal.2.event.touch.channel", "telepathy"),
    ("journal.2.event.touch.note", 5),
    ("journal.2.event.touch.shift", 10**10),
    ("journal.2.event.touch.at", "2026-11-23T09:00:00"),
    ("journal.2.event.touch.until_zone", "../../etc"),
    ("journal.2.event.touch.sentiment", "great"),
    ("journal.2.event.touch.unheard", 1),
]


def put(document: Any, place: str, value: Any) -> None:
    *way, last = (int(part) if part.isdigit() else part for part in place.split("."))
    for part in way:
        document = document[part]
    document[last] = value


@pytest.mark.parametrize(("place", "value"), BROKEN)
def test_a_prospect_that_is_none(other, document, tmp_path, place, value):
    """One broken field of a journal costs that person, with a reason; the others come, and doctor is content."""
    put(named(document, "Ann Lee"), place, value)
    view = bring(other, tmp_path, document)
    assert counts(view) == (1, 0, 1)
    assert view.rejected[0].why
    assert failed(other) == []


@pytest.mark.parametrize(
    ("place", "value", "field"),
    [("zone", "Mars/Base", "zone"), ("birthday", "2026-02-31", "birthday"), ("details.0.kind", "pigeon", "details")],
)
def test_a_fact_that_is_none(other, document, tmp_path, place, value, field):
    """A bad fact is left out and named; the person comes."""
    put(named(document, "Ann Lee"), place, value)
    view = bring(other, tmp_path, document)
    assert (view.created, [row.field for row in view.rejected]) == (2, [field])
    assert failed(other) == []


@pytest.mark.parametrize(
    ("place", "value", "words"),
    [
        ("cadences", None, "missing"),
        ("rules", {}, "missing"),
        ("cadences.0.id", "1", "no numbers"),
        ("cadences.0.name", "", "no name"),
        ("cadences.0.cadence.steps.0.channels", [], "without a channel"),
        ("cadences.0.cadence.steps.0.channels", ["telepathy"], "telepathy"),
        ("cadences.0.cadence.steps.0.gap", -1, "impossible gap"),
        ("cadences.1.cadence.steps", [], "no steps"),
        ("rules.0.rules.zone", "Mars", "Mars"),
        ("rules.0.rules.day_starts", "late", "no time"),
        ("rules.0.rules.working_days", [9], "working days"),
        ("rules.0.rules.cold", "six", "cold"),
        ("rules.0.rules.unheard", 1, "unheard"),
    ],
)
def test_broken_cadences_and_rules(other, document, tmp_path, place, value, words):
    """Without sound cadences and rules no journal means anything: one clear line, and nothing is kept."""
    before = dump(other.path)
    put(document, place, value)
    with pytest.raises(FollowupError, match=words):
        bring(other, tmp_path, document)
    assert dump(other.path) == before


def leaves(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [way] * bool(way) + [found for key, item in items for found in leaves(item, (*way, key))]


def test_mutated_exports_end_well(other, document, tmp_path):
    """Any value of the file in the place of any other: people, reports or one line, and a sound database."""
    dice = random.Random(11)
    places = leaves(document)
    values = [None, True, -1, 0, 10**40, 1.5, "", "x", "\ud800", "2026-11-23", [], {}, [[]], "\x1b[31m", "a\u2028b"]
    for _ in range(60):
        broken = copy.deepcopy(document)
        for way in dice.sample(places, 2):
            there = broken
            try:
                for part in way[:-1]:
                    there = there[part]
                there[way[-1]] = copy.deepcopy(dice.choice(values))
            except (LookupError, TypeError):
                continue
        try:
            view = bring(other, tmp_path, broken)
        except FollowupError:
            continue
        assert all(row.why for row in view.rejected)
        if view.created:
            assert failed(other) == []
            other.undo.undo()
