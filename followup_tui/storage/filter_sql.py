"""Filters as SQL: one SELECT over the tables, with everything the user typed bound as a parameter (quality T14).

SQLAlchemy is imported when the first filter is used, and runs nothing: the statement goes to our own connection.
"""

from __future__ import annotations

import sqlite3
from datetime import date, datetime, time, tzinfo
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from followup_tui.errors import UsageError
from followup_tui.language.filters import Everything, Node
from followup_tui.storage import people
from followup_tui.storage.ready_filters import run

if TYPE_CHECKING:
    from sqlalchemy import Dialect, Select

    from followup_tui.storage.filter_days import Moment

ORDERS = ("name", "company", "due", "touched", "created", "attempts")


def select_ids(
    node: Node,
    *,
    today: date,
    now: datetime,
    zone: str,
    day_starts: time,
    date_order: str = "dmy",
    order: str = "name",
    limit: int | None = None,
    offset: int = 0,
) -> Select[tuple[str]]:
    """Return the one SELECT of the ids a filter finds; `today` is the user's local day, `now` aware in their zone.

    PhraseError, with the column, when a day of the filter is none; UsageError for an order not in ORDERS.
    """
    from sqlalchemy import select

    from followup_tui.storage.filter_conditions import condition
    from followup_tui.storage.filter_days import Moment
    from followup_tui.storage.filter_words import prospect, standing

    wanted = condition(node, Moment(today, now, zone, day_starts, date_order))
    both = prospect.id.table.join(standing.prospect_id.table, standing.prospect_id == prospect.id)
    query = select(prospect.id).select_from(both).where(wanted).order_by(*_order(order))
    if limit is not None:
        query = query.limit(limit)
    return query.offset(offset) if offset else query


def matching_ids(
    connection: sqlite3.Connection,
    node: Node,
    *,
    today: date,
    now: datetime,
    zone: str,
    day_starts: time,
    date_order: str = "dmy",
    order: str = "name",
    limit: int | None = None,
    offset: int = 0,
) -> list[str]:
    """Return the ids a filter finds, in order; see `select_ids`."""
    if isinstance(node, Everything) and order == "name":
        return people.ids(connection, limit, offset)
    query = select_ids(
        node,
        today=today,
        now=now,
        zone=zone,
        day_starts=day_starts,
        date_order=date_order,
        order=order,
        limit=limit,
        offset=offset,
    )
    return [str(row[0]) for row in run(connection, *compiled(query))]


def count(
    connection: sqlite3.Connection,
    node: Node,
    *,
    today: date,
    now: datetime,
    zone: str,
    day_starts: time,
    date_order: str = "dmy",
) -> int:
    """Return how many a filter finds; see `select_ids`."""
    if isinstance(node, Everything):
        return people.count(connection)
    return int(run(connection, *_counting(node, today, now.date(), now.tzinfo, zone, day_starts, date_order))[0][0])


@lru_cache(maxsize=256)
def _counting(
    node: Node, today: date, day: date, there: tzinfo | None, zone: str, day_starts: time, date_order: str
) -> tuple[str, tuple[Any, ...]]:
    """Return SQL and values of a count, kept for the day: a filter says days, never hours."""
    from sqlalchemy import func, select

    from followup_tui.storage.filter_days import Moment

    noon = datetime.combine(day, time(12), there)
    return compiled(_found(node, select(func.count()), Moment(today, noon, zone, day_starts, date_order)))


def found_ids(
    connection: sqlite3.Connection,
    node: Node,
    *,
    today: date,
    now: datetime,
    zone: str,
    day_starts: time,
    date_order: str = "dmy",
) -> set[str]:
    """Return the ids a filter finds, in no order; see `select_ids`."""
    from sqlalchemy import select

    from followup_tui.storage.filter_days import Moment
    from followup_tui.storage.filter_words import standing

    query = _found(node, select(standing.prospect_id), Moment(today, now, zone, day_starts, date_order))
    return {row[0] for row in run(connection, *compiled(query))}


def _found(node: Node, what: Select[Any], moment: Moment) -> Select[Any]:
    """Return the question for what is asked of whom a filter finds; prospects are read only where it asks of them."""
    from sqlalchemy import Column
    from sqlalchemy.sql.visitors import iterate

    from followup_tui.storage.filter_conditions import condition
    from followup_tui.storage.filter_words import prospect, standing

    wanted = condition(node, moment)
    person, state = prospect.id.table, standing.prospect_id.table
    asked = any(isinstance(part, Column) and part.table is person for part in iterate(wanted))
    both = state.join(person, standing.prospect_id == prospect.id)
    return what.select_from(both if asked else state).where(wanted)


def compiled(query: Select[Any]) -> tuple[str, tuple[Any, ...]]:
    """Return SQL with question marks and the values for them, each as its column stores it."""
    from sqlalchemy.sql.compiler import SQLCompiler

    dialect = _dialect()
    ready = query.compile(dialect=dialect)
    assert isinstance(ready, SQLCompiler)
    given = ready.construct_params()
    values = []
    for name in ready.positiontup or ():
        process = ready.binds[name].type.dialect_impl(dialect).bind_processor(dialect)
        values.append(process(given[name]) if process else given[name])
    return str(ready), tuple(values)


def _order(order: str) -> tuple[Any, ...]:
    """Return the columns to sort by; what is missing comes last, names decide between equals.

    Names sort folded, as an expression: so SQLite sorts what was found, instead of walking everybody in an index.
    """
    from sqlalchemy import func

    from followup_tui.storage.filter_words import prospect, standing

    orders: dict[str, tuple[Any, ...]] = {
        "name": (),
        "company": (prospect.company == "", func.lower(prospect.company)),
        "due": (standing.next_date.is_(None), standing.next_date),
        "touched": (standing.last_touch_at.is_(None), standing.last_touch_at.desc()),
        "created": (prospect.created_at.desc(),),
        "attempts": (standing.attempts.desc(),),
    }
    if order not in orders:
        raise UsageError(f"unknown order “{order}”", "use one of " + ", ".join(ORDERS))
    return (*orders[order], prospect.search.concat(""), prospect.id)


@cache
def _dialect() -> Dialect:
    from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

    return SQLiteDialect_pysqlite(paramstyle="qmark")
