"""Doctor catches what is wrong with the data, and damage never ends in a traceback (quality R14)."""

from __future__ import annotations

import os
import random
import sqlite3
from pathlib import Path

import pytest

from followup_tui.errors import FollowupError, NotOurDatabase
from followup_tui.storage import checks, meanings
from tests.factories import add, change, failed, log, open_at

DAMAGES = int(os.environ.get("DAMAGES", "45"))


@pytest.fixture
def full(services, path):
    """A few people in every relation, with touches, a promise, a question, tags and something undone."""
    for relation in ("pool", "cold", "engaged", "nurture", "customer"):
        add(services, relation.title(), relation, tags=("roof",), phone=f"+49 30 9018{len(relation):02}")
    who = {name: services.prospects.resolve(name) for name in ("cold", "engaged", "customer")}
    log(services, who["cold"])
    log(services, who["engaged"], "not now")
    log(services, who["customer"], "replied", "email")
    services.log.pause(who["cold"])
    services.undo.undo()
    return services


def checked(services) -> dict[str, bool]:
    return {check.name: check.ok for check in services.doctor.check()}


def test_a_healthy_database_passes_every_check(full):
    """All is well, in sentences: the checks and their number are what users see."""
    assert set(checked(full)) == {
        *("version", "permissions", "integrity", "values", "meanings", "schema", "foreign keys"),
        *("state for everybody", "next touch", "journal", "finding", "kept", "backups"),
    }
    assert failed(full) == []


TAMPERING = {
    "a state": ("UPDATE standing SET state = replace(state, '\"attempts\":1', '\"attempts\":3')", "journal"),
    "a relation": ("UPDATE standing SET relation = 'closed' WHERE relation = 'cold'", "journal"),
    "a planned date": ("UPDATE standing SET next_date = '2031-01-01' WHERE relation = 'cold'", "journal"),
    "a channel": ("UPDATE standing SET next_channel = 'fax' WHERE relation = 'cold'", "journal"),
    "a missing state": ("DELETE FROM standing WHERE relation = 'cold'", "state for everybody"),
    "a missing entry": ("DELETE FROM journal WHERE kind = 'touch' AND outcome = 'left voicemail'", "journal"),
    "a missing first entry": ("DELETE FROM journal WHERE kind = 'added'", "journal"),
    "no entries at all": ("DELETE FROM journal", "state for everybody"),
    "a doubled entry": (
        "INSERT INTO journal (prospect_id, kind, at, logged_at, rules_id, event) "
        "SELECT prospect_id, kind, at, logged_at, rules_id, event FROM journal WHERE outcome = 'left voicemail'",
        "journal",
    ),
    "an entry of nobody": ("UPDATE journal SET prospect_id = 'nobody' WHERE kind = 'touch'", "foreign keys"),
    "a missing cadence": ("DELETE FROM cadence WHERE name = 'Cold six'", "journal"),
    "missing rules": ("DELETE FROM rules", "journal"),
    "another outcome": ("UPDATE journal SET event = replace(event, 'left voicemail', 'spoke')", "journal"),
    "no next touch": ("UPDATE standing SET state = '{\"relation\":\"cold\"}' WHERE relation = 'cold'", "next touch"),
    "a next touch in the pool": (
        "UPDATE standing SET state = replace(state, '\"cold\"', '\"pool\"') WHERE relation = 'cold'",
        "next touch",
    ),
    "half a state": ("UPDATE standing SET state = substr(state, 1, 40) WHERE relation = 'cold'", "values"),
    "a state that is none": ("UPDATE standing SET state = '[]' WHERE relation = 'cold'", "values"),
    "a date that is none": ("UPDATE standing SET next_date = '2026-13-01' WHERE relation = 'cold'", "values"),
    "an event that is none": ("UPDATE journal SET event = '{}' WHERE kind = 'touch'", "values"),
    "a kind nobody knows": ("UPDATE journal SET kind = 'tuch' WHERE kind = 'touch'", "values"),
    "bytes in a name": ("UPDATE prospect SET name = x'ff00'", "values"),
    "a number as text": ("UPDATE standing SET attempts = 'many'", "values"),
    "a cadence that is none": ("UPDATE cadence SET document = '{}' WHERE name = 'Cold six'", "values"),
    "a column filters count by": ("UPDATE standing SET naked = 1 - naked", "finding"),
    "an empty index of words": ("INSERT INTO found_name (found_name) VALUES ('delete-all')", "finding"),
    "somebody outside the index": ("DELETE FROM finding", "finding"),
    "a load nobody planned": ("UPDATE day_load SET number = number + 1", "finding"),
    "a load that is gone": ("DELETE FROM day_load", "finding"),
    "a load of no day": ("INSERT INTO day_load (day) VALUES ('soon')", "values"),
    "a block that ended before it began": (
        "INSERT INTO block_run (day, name, planned_start, planned_end, began_at, ended_at) VALUES "
        "('2026-11-23', 'Calls', '09:00', '11:00', '2026-11-23T09:00:00+00:00', '2026-11-23T08:00:00+00:00')",
        "kept",
    ),
    "a record below nothing": ("INSERT INTO day_record (day, due) VALUES ('2026-11-23', -1)", "kept"),
    "a record of no day": ("INSERT INTO day_record (day) VALUES ('2026-11-2x')", "values"),
    "blocks that are none": ("INSERT INTO day_exception VALUES ('2026-11-23', '[{}]')", "kept"),
    "a list nobody understands": ("INSERT INTO smart_list (name, filter) VALUES ('Mine', 'has:(')", "kept"),
    "a strand of nobody": ("UPDATE journal SET strand = 'gone' WHERE kind = 'touch'", "kept"),
    "a pair of one": ("INSERT INTO apart (first_id, second_id) VALUES ('b', 'b')", "kept"),
    "an image of no table": ("UPDATE change_image SET tbl = 'nothing'", "kept"),
    "a span away that is none": ("INSERT INTO setting VALUES ('away', '2026-13-01/x')", "values"),
    "an order that is none": ("INSERT INTO setting VALUES ('standing_order', '{')", "values"),
    "an item made never": (
        "INSERT INTO value_item (title, kind, created_at) VALUES ('Guide', 'guide', 'once')",
        "values",
    ),
    "a kind of detail there is none of": ("UPDATE detail SET kind = 'telegraph'", "meanings"),
    "a star that is neither yes nor no": ("UPDATE prospect SET star = 7", "meanings"),
    "a zone there is none of": ("UPDATE prospect SET zone = 'Mars/Base'", "meanings"),
    "a referrer who is nobody": ("UPDATE prospect SET referred_by = 'nobody'", "meanings"),
    "somebody nobody finds": ("UPDATE prospect SET search = 'x'", "meanings"),
    "a trigger that is gone": ("DROP TRIGGER prospect_found", "schema"),
    "a trigger that is not ours": ("CREATE TRIGGER mine AFTER INSERT ON tag BEGIN SELECT 1; END", "schema"),
    "an index that is gone": ("DROP INDEX ix_standing_next_date", "schema"),
    "columns that are not JSON": ("UPDATE prospect SET extra = 'red'", "values"),
}


@pytest.mark.parametrize("what", TAMPERING)
def test_tampering_is_caught(full, path, what):
    """Whatever somebody changes behind the program's back, the check that is about it fails, and none raises."""
    full.close()
    sql, check = TAMPERING[what]
    change(path, sql)
    services = open_at(path)
    found = checked(services)
    assert not found[check]
    assert found["version"]
    services.close()


def test_the_schema_doctor_expects_is_the_one_there_is(path):
    """The names of the newest revision's indexes and triggers, whoever adds one."""
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT type, name FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    connection.close()
    assert {name for kind, name in rows if kind == "index"} == meanings.INDEXES
    assert {name for kind, name in rows if kind == "trigger"} == meanings.TRIGGERS


def test_an_index_that_disagrees_is_caught(full, path):
    """SQLite's own check of the file is one of ours."""
    full.close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute(
        "UPDATE sqlite_master SET sql = replace(sql, '(relation, star', '(last_channel, star') WHERE type = 'index'"
    )
    connection.commit()
    connection.close()
    services = open_at(path)
    assert not checked(services)["integrity"]
    services.close()


def test_a_file_others_can_read_is_named(full, path):
    """The permissions are part of the health, with the command that mends them."""
    path.chmod(0o644)
    assert [line for line in failed(full) if "chmod 600" in line]


def damaged(whole: bytes, rng: random.Random) -> bytes:
    """Flip some bits, overwrite part of a page, or cut the end off."""
    data = bytearray(whole)
    match rng.randrange(3):
        case 0:
            for _ in range(rng.choice([1, 3, 30])):
                data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        case 1:
            begin = rng.randrange(len(data))
            length = min(rng.choice([8, 64, 4096]), len(data) - begin)
            data[begin : begin + length] = rng.randbytes(length)
        case _:
            del data[rng.randrange(len(data)) :]
    return bytes(data)


@pytest.mark.parametrize("seed", range(3))
def test_damage_is_named_and_never_traced_back(full, path, seed):
    """Flipped bits, overwritten pages, truncations: opening, planning, looking and doctor say what is wrong (R14)."""
    rng = random.Random(seed)
    ids = [prospect.id for prospect in full.prospects.find("")]
    full.close()
    whole = path.read_bytes()
    refused = 0
    for turn in range(DAMAGES // 3):
        path.write_bytes(damaged(whole, rng))
        who = ids[turn % len(ids)]
        for look in ("plan", "timeline", "find", "preview", "log", "doctor"):
            services = open_at(path)
            acts = {
                "plan": lambda s: s.today.plan(),
                "timeline": lambda s, who=who: s.prospects.timeline(who),
                "find": lambda s: s.prospects.find(""),
                "preview": lambda s, who=who: s.log.preview(who),
                "log": lambda s, who=who: log(s, who),
                "doctor": lambda s: s.doctor.check(),
            }
            try:
                acts[look](services)
            except FollowupError:
                refused += 1
            services.close()
    assert refused > DAMAGES // 3, "most of the damage is noticed at once"


def test_a_damaged_value_is_said_to_be_damage(full, path):
    """A date nobody can read names the file and the row, exit code 6: it is not a fault of the program."""
    full.close()
    change(path, "UPDATE standing SET next_date = '2026-10-2x' WHERE relation = 'cold'")
    services = open_at(path)
    with pytest.raises(NotOurDatabase, match="next_date"):
        services.today.plan()
    services.close()


def test_a_fault_of_the_program_is_not_blamed_on_the_data(full, monkeypatch):
    """With every value as it should be, the error of the program stays what it is, to be mended."""
    from followup_tui.services import today

    def broken(*_: object) -> None:
        raise TypeError("a bug")

    monkeypatch.setattr(today, "slot_view", broken)
    with pytest.raises(TypeError, match="a bug"):
        full.today.plan()


def test_every_text_that_means_something_is_looked_at():
    """A new date, instant or JSON column is added to what doctor reads."""
    from followup_tui.storage.tables import Base, LocalDay, UtcInstant

    wanted = {
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LocalDay | UtcInstant)
    }
    assert wanted <= set(checks._SHAPES)
    assert Path(checks.__file__).exists()
