"""The statements filters become: one SELECT, parameters only, indexes used, whatever is typed (T14)."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followup_tui.language.filter_fields import CHOICE, DAY, FIELDS, NUMBER
from followup_tui.language.filters import MAX_CONDITIONS, MAX_DEPTH, parse_filter
from followup_tui.language.smart_lists import SMART_LISTS, SmartList
from followup_tui.storage.filter_sql import compiled, count, matching_ids, select_ids
from followup_tui.storage.ready_filters import teach
from tests.storage.filter_people import EVERYBODY, TODAY, WHEN, found, plan_of, small_database

EXAMPLES = int(os.environ.get("FILTERS", "300"))
"""Filters that are generated for each rule; `FILTERS=5000 pytest …` for thousands."""


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    database = small_database(tmp_path_factory.mktemp("filters") / "followup.db")
    teach(database.connection())  # a statement is run as it is, whichever test comes first
    yield database.connection()
    database.close()


def test_instants_and_days_are_bound_as_stored() -> None:
    """Values pass through the column types: UTC with microseconds, ISO days."""
    _, values = compiled(select_ids(parse_filter("touched<14d due<=today"), **WHEN))
    assert "2026-11-11T03:00:00.000000+00:00" in values
    assert TODAY.isoformat() in values
    assert all(isinstance(value, str | int) for value in values)


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("is:overdue", "ix_standing_next_date"),
        ("due<=today", "ix_standing_next_date"),
        ("due:fri", "ix_standing_next_date"),
        ("relation:cold", "ix_standing_relation"),
        ("touched<7d", "ix_standing_last_touch_at"),
        ("is:promise", "ix_standing_fixed_date"),
        ("email:ann", "ix_detail_kind_key"),
        ("has:email", "ix_detail_prospect_id"),
        ("is:naked", "ix_standing_naked"),
    ],
)
def test_indexes_are_used(people: sqlite3.Connection, text: str, index: str) -> None:
    """What is asked all day is read from an index, and only what was found is sorted."""
    sql, values = compiled(select_ids(parse_filter(text), **WHEN))
    teach(people)
    used = plan_of(people, sql, values)
    assert index in used
    assert "SCAN prospect" not in used or text in ("has:email", "is:naked")


HOSTILE = [
    "'; DROP TABLE prospect; --",
    '" OR 1=1 --',
    "zq%' OR '1'='1",
    "?",
    ":name",
    "\\",
    "%_%",
    "zq\x00",
    "x) OR (1",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_parameters(people: sqlite3.Connection, words: str) -> None:
    """No text of the user reaches the statement, whatever field it is typed in."""
    quoted = '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'
    for text in [
        quoted,
        *(f"{name}:{quoted}" for name in ("name", "company", "tag", "note", "email", "phone", "cadence")),
    ]:
        sql, values = compiled(select_ids(parse_filter(text), **WHEN))
        _check_statement(sql, values)
        matching_ids(people, parse_filter(text), **WHEN)
    assert people.execute("SELECT count(*) FROM prospect").fetchone()[0] == 13


def _check_statement(sql: str, values: tuple[Any, ...]) -> None:
    """One SELECT; no literal but the escape mark; a value for every question mark."""
    assert sql.startswith("SELECT")
    assert not re.search(r"['\";]", sql.replace("ESCAPE '\\'", "").replace('"key"', "key")), sql
    assert not re.search(r"(?<![\w.])\d", re.sub(r"IS (NOT )?[01]\b|[01] = 1\b| = [01]\b", "", sql)), sql
    assert sql.count("?") == len(values)
    assert "zq" not in sql


def test_the_widest_and_deepest_run(people: sqlite3.Connection) -> None:
    """What the language allows, SQLite takes: the deepest nesting, the most conditions."""
    deep = "-(star -(tag:a or " * (MAX_DEPTH // 2) + "is:naked" + "))" * (MAX_DEPTH // 2)
    wide = "is:overdue is:new " * (MAX_CONDITIONS // 2)
    words = "a " * MAX_CONDITIONS
    for text in (deep, wide, words, words.strip().replace(" ", " or ")):
        assert count(people, parse_filter(text), **WHEN) >= 0


def _quoted(text: str) -> str:
    return '"zq' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _values(name: str) -> st.SearchStrategy[str]:
    field = FIELDS[name]
    signs = [":", "=", "!="]
    if field.kind == CHOICE:
        choices = [f'"{word}"' for word in field.choices] or ["sent", "vm", '"not now"']
        value: st.SearchStrategy[str] = st.sampled_from(choices)
    elif field.kind == NUMBER:
        signs += ["<", "<=", ">", ">="]
        value = st.integers(0, 120).map(str)
    elif field.kind == DAY:
        signs += ["<", "<=", ">", ">="]
        days = ["today", "yesterday", "2026-11-24", '"last mon"', "fri"] + (["+3d"] if field.future else ["14d", "2w"])
        value = st.sampled_from(days)
    else:
        value = st.one_of(st.text(max_size=8), st.sampled_from(HOSTILE)).map(_quoted)
    return st.builds("{}{}{}".format, st.just(name), st.sampled_from(signs), value)


LEAVES = st.one_of(
    *map(_values, FIELDS.keys() - {"list"}),
    st.one_of(st.text(max_size=8), st.sampled_from(HOSTILE)).map(_quoted),
    st.just("star"),
)
FILTERS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds("{} {}".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("-({})".format, inner),
        st.builds("not {}".format, inner),
    ),
    max_leaves=6,
).filter(lambda text: text.count("(") <= MAX_DEPTH)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=FILTERS)
def test_generated_filters_are_one_statement(people: sqlite3.Connection, text: str) -> None:
    """What the grammar's filters compile to is one SELECT with parameters only (T14 asks thousands, as people do)."""
    sql, values = compiled(select_ids(parse_filter(text), **WHEN))
    _check_statement(sql, values)
    people.execute(sql, values).fetchall()


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=FILTERS)
def test_a_filter_and_its_opposite_part_everybody(people: sqlite3.Connection, text: str) -> None:
    """No condition is NULL: everybody is found by a filter or by its opposite, and nobody by both."""
    these, others = found(people, text).split(), found(people, f"-({text})").split()
    assert sorted(these + others) == EVERYBODY.split()


@pytest.mark.parametrize("one", SMART_LISTS, ids=lambda one: one.name)
def test_shipped_lists_are_counted_from_an_index(people: sqlite3.Connection, one: SmartList) -> None:
    """Counting a list that ships reads no row of prospects or states, but of the few its index names.

    The rows of decisions and meetings are few, and an index that had their dates would cost every log two pages.
    """
    seen: list[str] = []
    people.set_trace_callback(lambda sql: seen.append(sql) if "count(" in sql else None)
    count(people, parse_filter(one.filter), **WHEN)
    people.set_trace_callback(None)
    used = plan_of(people, seen[-1])
    assert "prospect" not in used.replace("ix_journal_prospect_id (prospect_id", ""), used
    for line in used.splitlines():
        assert "standing" not in line or "COVERING INDEX" in line or one.name in ("New inbound", "Decisions"), line
        assert "SCAN standing" not in line or one.name == "High capacity", line
