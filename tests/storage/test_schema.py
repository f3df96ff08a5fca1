"""Hand-written SQL, SQLModel tables and migrations are one schema; the hot questions use an index."""

from __future__ import annotations

import ast
import contextlib
import inspect
import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest

from followup_tui.domain import events
from followup_tui.domain.lifecycle import BLANK
from followup_tui.exchange.drafts import DetailDraft, Draft
from followup_tui.services import arrivals
from followup_tui.services.arriving import arriving
from followup_tui.storage import (
    checks,
    codec,
    day_load,
    history,
    journal,
    lookup,
    people,
    queue,
    standing,
    timelines,
    unit_of_work,
    whole,
)
from followup_tui.storage.tables import Base
from tests.factories import MONDAY, add, log, open_at

PACKAGE = Path(unit_of_work.__file__).parent.parent
TABLES = Base.metadata.tables
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture
def plain(path):
    """The file as SQLite sees it."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        yield connection


def plan_of(connection: sqlite3.Connection, sql: str, *values: object) -> str:
    rows = connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)
    return " | ".join(row[3] for row in rows)


def test_migrating_an_empty_file_gives_exactly_the_models(path):
    """`alembic` would generate nothing: migrations and SQLModel tables agree, indexes included."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlalchemy import create_engine

    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, _: kind != "table" or not name.startswith("found_")}
        )
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


@pytest.mark.parametrize("table", [*TABLES])
def test_every_table_has_the_models_columns(plain, table):
    """Names, NOT NULL, defaults and primary keys in the file are those of the model."""
    stored = {
        name: (bool(needed or key), bool(key), None if default is None else default.strip("('\")"))
        for _, name, _, needed, default, key in plain.execute(f"PRAGMA table_info({table})")
    }
    wanted = {
        column.name: (not column.nullable, column.primary_key, column.server_default and str(column.server_default.arg))
        for column in TABLES[table].columns
    }
    assert stored == wanted


def test_every_table_that_matters_can_be_undone():
    """PRIMARY_KEYS names each table's one key; only bookkeeping is left out."""
    for table, key in unit_of_work.PRIMARY_KEYS.items():
        assert [column.name for column in TABLES[table].primary_key] == [key]
    assert set(TABLES) - set(unit_of_work.PRIMARY_KEYS) == {"rules", "change", "change_image", "finding", "day_load"}


QUESTIONS = {
    "due": queue.DUE_SQL,
    "on": queue.ON_SQL,
    "behind": queue.BEHIND_SQL,
    "done": queue.DONE_SQL,
    "load": day_load.LOAD_SQL,
    "own load": day_load.OWN_SQL,
    "touches": f"SELECT {journal.TOUCH_COLUMNS} FROM journal",
    "person": f"SELECT {people._PERSON} {people._FROM}",
    "rows": f"SELECT {people.ROW_COLUMNS} {people._FROM}",
    "standing": f"SELECT {checks._QUEUE} FROM standing",
    "journal": f"SELECT {whole._JOURNAL} FROM journal",
    "history": f"SELECT {history._COLUMNS} FROM change",
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_hand_written_questions_fit_the_tables(plain, name):
    """Every column named in text SQL exists: SQLite compiles each question."""
    sql = QUESTIONS[name]
    plain.execute(f"EXPLAIN {sql}", [None] * sql.count("?"))


def test_rows_and_questions_have_as_many_columns(path):
    """What a question selects is what its row type names, in this order."""
    services = open_at(path)
    who = add(services, "Ann Lee").id
    log(services, who, "replied", "email")
    connection = services._context.database.connection()
    cursor = connection.execute(queue.DUE_SQL, ("2027-01-01", "2027-01-01"))
    assert len(cursor.description) == len(queue.DueRow._fields)
    assert queue.DueRow(*cursor.fetchone())[:3] == (who, "Ann Lee", "")
    assert [name for name, *_ in connection.execute(queue.DONE_SQL, ("", "3")).description][5:] == [
        *("star", "channel", "outcome", "at", "step", "cadence_id", "inbound", "id", "companion_of")
    ]
    services.close()


def test_rows_that_are_written_fit_the_tables(services):
    """The builders of rows name columns of their tables, and all that must not be empty."""
    rules = services._context.rules(services._context.database.connection())
    ann = arriving(Draft(1, "Ann", details=(DetailDraft("email", "a@b.example", "a@b.example"),), tags=("Fair",)))
    built = {
        "standing": standing.columns("x", BLANK, rules),
        "journal": journal.row_of("x", events.Closed("why"), NOW, NOW, 1),
        "prospect": dict(zip(arrivals._PROSPECT, ("x", *ann.person, "now"), strict=True)),
        "detail": dict(zip(arrivals._DETAIL, (1, "x", *ann.details), strict=True)),
        "tag": dict(zip(arrivals._TAG, (1, "x", *ann.tags), strict=True)),
    }
    for table, row in built.items():
        needed = {c.name for c in TABLES[table].columns if not (c.nullable or c.server_default or c.name == "id")}
        assert needed <= set(row) <= set(TABLES[table].columns.keys()), table
    for table, column in checks._SHAPES:
        assert column in TABLES[table].columns
    assert set(whole._JOURNAL.split(", ")) | {"prospect_id"} == set(TABLES["journal"].columns.keys())


def test_every_event_has_a_kind_and_reads_back():
    """The journal can hold whatever may happen, and a replay reads what was written."""
    assert set(journal.KINDS.values()) == set(get_args(events.Event))
    for name, kind in journal.KINDS.items():
        needed = [p.name for p in inspect.signature(kind).parameters.values() if p.default is p.empty]
        samples = {"relation": "cold", "good": [], "cadence_id": 1, "on": "2026-11-23", "to": "2026-11-23"}
        samples |= {"choice": "close", "star": False, "pace": "normal"}
        samples |= {"touch": {"channel": "phone", "outcome": "sent", "at": NOW.isoformat()}}
        samples |= {"prospect": "a", "number": 1, "rule": "naked", "strand": "b"}
        text = codec.json.dumps({field: samples[field] for field in needed})
        event = codec.loads(kind, text)
        assert codec.loads(kind, codec.dumps(event)) == event, name


INDEXED = {
    "the queue": (queue.DUE_SQL, "ix_standing_next_date"),
    "another day": (queue.ON_SQL, "ix_standing_next_date"),
    "promises behind": (queue.BEHIND_SQL, "ix_standing_fixed_date"),
    "touches of a day": (queue.DONE_SQL, "ix_journal_kind_at"),
    "meetings to confirm": (queue.MEETINGS_SQL.format(on_day="instr(s.state, ?)"), "ix_standing_fixed_date"),
    "a timeline": (journal.TOUCHES_SQL, "ix_journal_prospect_id"),
    "the newest of a timeline": (timelines.NEWEST_SQL, "ix_journal_prospect_id"),
    "a timeline in numbers": (timelines.TALLY_SQL.format(responses="?"), "ix_journal_prospect_id"),
    "a journal as it lies": (timelines.ENTRIES_SQL, "ix_journal_prospect_id"),
    "the newest entry": (
        "SELECT kind, at FROM journal WHERE prospect_id = ? ORDER BY id DESC",
        "ix_journal_prospect_id",
    ),
    "names in order": ("SELECT id FROM prospect ORDER BY search, id LIMIT ? OFFSET ?", "ix_prospect_search"),
    "who has this number": (
        "SELECT d.prospect_id FROM detail d WHERE d.kind IN ('email', 'phone', 'mobile') AND d.key IN (?, ?)",
        "ix_detail_kind_key",
    ),
    "images of a change": (
        "SELECT id, tbl, pk, image FROM change_image WHERE change_id = ? ORDER BY id DESC",
        "ix_change_image_change_id",
    ),
    "what can be done again": (
        "UPDATE change SET dropped = 1 WHERE undone = 1 AND dropped = 0",
        "ix_change_undone",
    ),
}


@pytest.mark.parametrize("name", INDEXED)
def test_hot_questions_use_an_index(plain, name):
    """Nothing the user waits for reads a whole table, or sorts what an index has in order."""
    sql, index = INDEXED[name]
    plan = plan_of(plain, sql, *([None] * sql.count("?")))
    assert f"INDEX {index}" in plan, plan
    assert not re.search(r"SCAN (?!prospect USING (COVERING )?INDEX)", plan), plan
    # few rows, or only ties
    sorts = "timeline" in name or name in (
        "the queue",
        "meetings to confirm",
        "another day",
        "promises behind",
        "touches of a day",
    )
    assert sorts or "TEMP B-TREE" not in plan, plan


def test_a_log_leaves_most_indexes_alone(services, plain, clock):
    """Each index that has a column a log sets takes two more pages of it: dates and attempts alone, no others."""
    who = add(services, "Ann Lee", cadence="Steady").id
    for _ in range(3):
        clock.pass_(hours=48)
        log(services, who)
    images = plain.execute(
        "SELECT image FROM change_image WHERE tbl = 'standing' AND change_id = (SELECT max(id) FROM change)"
    ).fetchall()
    written = {"last_outcome"}.union(*(codec.json.loads(image) for (image,) in images))
    names = [row[1] for row in plain.execute("PRAGMA index_list(standing)")]
    columns = {name: {row[2] for row in plain.execute(f"PRAGMA index_info({name})")} for name in names}
    assert {name for name in names if columns[name] & written} == {
        *("ix_standing_next_date", "ix_standing_last_touch_at", "ix_standing_unanswered"),
    }
    assert "last_touch_at" in written
    (trigger,) = plain.execute("SELECT sql FROM sqlite_master WHERE name = 'journal_counted'").fetchone()
    for column in ("answered", "naked"):
        assert re.search(rf"SET {column} = [^;]* AND {column} ", trigger), "it is set only where it is another"


def test_an_import_looks_people_up_by_their_names(plain):
    """A file of 100,000 rows asks by name and company 250 times; each time by an index, not through the table."""
    sql = "SELECT id, search FROM prospect WHERE search IN (?, ?) ORDER BY id"
    assert inspect.getsource(lookup.Known._find_labels).count("WHERE search IN") == 1
    assert "SCAN" not in plan_of(plain, sql, "a", "b")


WRITES = re.compile(
    r"\b(INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+[\w{}]+\s+SET|DELETE\s+FROM|REPLACE\s+INTO|DROP\s|ALTER\s)", re.I
)
MAY_WRITE = {"storage/unit_of_work.py", "storage/history.py", "storage/first_rows.py", "storage/rulebook.py"}
INSERTS_FOR_THEM = {"storage/inserting.py"}
NOT_YET_SEEN = {"storage/dealing.py", "storage/filling.py", "storage/restoring.py"}
"""A throw-away database, or a backup about to take the file's place: nobody has seen it yet."""
DERIVES = {"storage/finding.py", "storage/day_load.py"}
"""What can be made anew at any time from what has images."""
ERASES = {"storage/erasing.py", "storage/lots.py"}
"""What is erased leaves no image: that is its purpose."""


def written_in(file: Path) -> list[str]:
    """Return the SQL texts of a file that write, docstrings left out."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    docs = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    texts = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = (part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
            texts.append("".join(map(str, parts)))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            texts.append(node.value)
    return [text for text in texts if WRITES.search(text)]


def test_nothing_writes_past_the_unit_of_work():
    """Every change of data has an image, so it can be undone: bulk statements are forbidden (architecture 4)."""
    found = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        name = str(file.relative_to(PACKAGE))
        if "migrations" not in name and (texts := written_in(file)):
            found[name] = texts
    assert set(found) - NOT_YET_SEEN - ERASES - DERIVES - INSERTS_FOR_THEM == MAY_WRITE, found
    users = {str(file.relative_to(PACKAGE)) for file in PACKAGE.rglob("*.py") if "insert_rows(" in file.read_text()}
    assert users - INSERTS_FOR_THEM <= MAY_WRITE
    assert all("INTO rules" in text for text in found["storage/rulebook.py"])


def test_days_in_the_models_are_local_and_instants_aware():
    """A naive instant is refused by the column type; a day is stored as its ISO text."""
    from followup_tui.storage.tables import LocalDay, UtcInstant

    with pytest.raises(ValueError, match="zone"):
        UtcInstant().process_bind_param(datetime(2026, 1, 1), None)
    assert UtcInstant().process_bind_param(NOW, None) == unit_of_work.instant(NOW)
    assert LocalDay().process_result_value(LocalDay().process_bind_param(MONDAY, None), None) == MONDAY
