"""Filters whose SQL is ready: the same text and values as SQLAlchemy makes, and nothing heavy imported for them."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from datetime import datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.domain.model import Relation
from followup_tui.domain.workdays import local_day, zone_of
from followup_tui.language.filters import parse_filter
from followup_tui.language.smart_lists import SMART_LISTS
from followup_tui.storage import ready_filters
from followup_tui.storage.filter_sql import compiled, select_ids

MOMENTS = [
    ("Europe/Berlin", time(4), datetime(2026, 11, 23, 9, 12)),
    ("Europe/Berlin", time(4), datetime(2026, 3, 29, 2, 30)),
    ("Asia/Tokyo", time(0), datetime(2027, 1, 1, 0, 0)),
    ("America/St_Johns", time(5, 30), datetime(2028, 2, 29, 23, 59)),
    ("Africa/Casablanca", time(4), datetime(2026, 3, 1, 3, 59)),
]


def agrees(text: str, zone: str, starts: time, at: datetime) -> None:
    """Compare the ready SQL of a filter with the one that is made of it."""
    now = at.replace(tzinfo=zone_of(zone))
    today = local_day(now, zone, starts)
    made, values = compiled(select_ids(parse_filter(text), today=today, now=now, zone=zone, day_starts=starts))
    ready = ready_filters.ready(text, today, zone, starts)
    assert ready is not None
    where = made.split("\nWHERE ", 1)[1].rsplit(" ORDER BY ", 1)[0]
    assert ready.sql == " ".join(where.split())
    assert (*ready.values, "") == values


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("one", SMART_LISTS, ids=lambda one: one.name)
def test_the_shipped_lists_ask_what_their_filters_say(one, moment) -> None:
    """The SQL that is ready can't drift from the tables and the language: every word and value is compared."""
    agrees(one.filter, *moment)


@given(st.lists(st.tuples(st.sampled_from(Relation), *(st.booleans(),) * 4), max_size=60))
def test_a_list_counts_whom_it_finds(people) -> None:
    """However a list is counted, it counts whom its condition finds."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE standing (prospect_id, relation, starred, has_why, has_benefit, naked)")
    rows = ((str(number), relation.value, *map(int, flags)) for number, (relation, *flags) in enumerate(people))
    connection.executemany("INSERT INTO standing VALUES (?, ?, ?, ?, ?, ?)", rows)
    counted = 0
    for one in SMART_LISTS:
        ready = ready_filters.ready(one.filter, datetime(2026, 11, 23).date(), "UTC", time(4))
        assert ready is not None
        if ready.counting is not None:
            counted += 1
            assert ready_filters.count(connection, ready) == len(ready_filters.found_ids(connection, ready))
    assert counted == 2


@given(st.text("abgORnotsdmSTAR ", min_size=1, max_size=24).filter(lambda text: text.strip()))
def test_plain_words_ask_what_the_grammar_makes_of_them(text) -> None:
    """Words of plain letters mean the same without the grammar; what it reads otherwise is left to it."""
    if ready_filters.plain_words(text) is not None:
        agrees(text, *MOMENTS[0])


@pytest.mark.parametrize(
    "text", ["star", "mar or cole", "not mar", "a-b", "tönn", "12345", "tag:vip", '"mar cole"', ""]
)
def test_what_only_the_grammar_understands_is_not_ready(text) -> None:
    """Keywords, marks, digits and other letters go the long way."""
    assert ready_filters.ready(text, datetime(2026, 11, 23).date(), "UTC", time(4)) is None


def test_counting_the_lists_imports_nothing_heavy(tmp_path) -> None:
    """The lists are counted, a list is shown and words are looked for before SQLAlchemy or the grammar is there."""
    code = f"""
import sys
from followup_tui.bootstrap import open_services
from pathlib import Path
services = open_services(db=sys.argv[1], config_path=Path(sys.argv[2]), now="2026-11-23T09:12:00+01:00")
assert len(services.lists.counted()) == {len(SMART_LISTS)}
services.prospects.listing("is:overdue"), services.prospects.listing("zyx"), services.prospects.find("mar", limit=5)
services.prospects.surest("mar")
print(*(name for name in ("sqlalchemy", "sqlmodel", "pydantic", "lark", "alembic") if name in sys.modules))
"""
    from followup_tui.services.demo import demo_database

    made = demo_database(30, 1, folder=tmp_path)
    (tmp_path / "config.toml").write_text('zone = "Europe/Berlin"\n', encoding="utf-8")
    words = [sys.executable, "-c", code, str(made), str(tmp_path / "config.toml")]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.returncode) == ("", 0), done.stderr
