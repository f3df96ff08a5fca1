"""Whatever is typed as a filter: one SELECT with parameters only, quickly, or an error with its column (T14)."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from followup_tui.errors import PhraseError
from followup_tui.services import filtering
from followup_tui.services.context import Context
from followup_tui.storage.database import Database
from tests.factories import CONFIG
from tests.figures import Figure, size
from tests.storage.filter_people import NOW, small_database
from tests.storage.test_filter_sql_statements import FILTERS, _check_statement

PARTS = size(1, 5)
"""In parts, for two at once."""
FILTERED, SPOILT = size(200, 1_000), size(200, 2_000)
QUICK = 0.2
"""Seconds a filter may take, from the text to the rows."""


class Recorder:
    """A connection that remembers what it was asked."""

    def __init__(self, real: sqlite3.Connection) -> None:
        self._real = real
        self.asked: list[tuple[str, tuple[Any, ...]]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def execute(self, sql: str, values: tuple[Any, ...] = ()) -> sqlite3.Cursor:
        self.asked.append((sql, tuple(values)))
        return self._real.execute(sql, values)


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = small_database(tmp_path_factory.mktemp("filters") / "followup.db")
    yield database
    database.close()


def filtered(database: Database, text: str, only: int | None = None) -> float:
    """Ask a filter in one or all of three ways, hold what SQLite was told, and return the seconds of the slowest."""
    context = Context(database, replace(CONFIG), lambda: NOW)
    recorder, slowest = Recorder(database.connection()), 0.0
    ways = (
        lambda: filtering.matching_ids(context, recorder, text, 10, 0),
        lambda: filtering.found_ids(context, recorder, text),
        lambda: filtering.count_matching(context, recorder, text),
    )
    for ask in ways if only is None else ways[only : only + 1]:
        recorder.asked.clear()
        begun = time.process_time()
        ask()
        slowest = max(slowest, time.process_time() - begun)
        filters = [(sql, values) for sql, values in recorder.asked if "FROM smart_list" not in sql]
        assert len({sql for sql, _ in filters}) == 1, (text, filters)
        _check_statement(*filters[0])
    return slowest


@pytest.mark.parametrize("part", range(PARTS))
def test_t14_every_filter_is_one_select(people: Database, part: int, figure: Figure) -> None:
    """Generated filters, listed, found and counted: one SELECT, every value a parameter, at most 200 ms (T14)."""
    filtered(people, "star")
    slowest, tried = 0.0, 0

    @seed(part)
    @settings(max_examples=FILTERED, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(text=FILTERS)
    def each(text: str) -> None:
        nonlocal slowest, tried
        took = filtered(people, text, tried % 3)
        if took > QUICK:
            took = min(took, filtered(people, text), filtered(people, text))
        assert took <= QUICK, text
        slowest, tried = max(slowest, took), tried + 1

    each()
    assert tried >= FILTERED
    figure("T14", tried, f"generated filters, each one SELECT, in three ways by turns, {slowest * 1000:.0f} ms at most")


def test_t14_what_is_no_filter_names_its_column(people: Database, figure: Figure) -> None:
    """Filters with characters taken out, put in and doubled: they run, or the error points into the text (T14)."""
    refused = tried = 0
    spoiling = st.lists(st.tuples(st.integers(0, 99), st.sampled_from([*'()":<>=!- ', "", "\x00", "é"])), max_size=3)

    @seed(14)
    @settings(max_examples=SPOILT, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(text=FILTERS, changes=spoiling)
    def each(text: str, changes: list[tuple[int, str]]) -> None:
        nonlocal refused, tried
        for at, new in changes:
            place = at % (len(text) + 1)
            text = text[:place] + new + text[place + (not new) :]
        tried += 1
        if not text.strip():
            return
        try:
            filtered(people, text)
        except PhraseError as error:
            refused += 1
            assert 1 <= error.column <= len(text) + 1, (text, error.column)  # noqa: PT017 – running is right too

    each()
    assert 0 < refused < tried
    figure("T14", tried, f"spoilt filters: {refused:,} refused with their column, the others run")
