"""Many rows with each statement: what is handed over once for all of them arrives in each."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from hypothesis import given, settings
from hypothesis import strategies as st

from followup_tui.storage.inserting import insert_rows

VALUES = st.one_of(st.none(), st.integers(-3, 3), st.sampled_from(["", "a", "1", "ä"]))


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 4), st.data())
def test_rows_arrive_as_they_are(width: int, data: st.DataObject) -> None:
    """Whatever is the same in all rows, in some, or in none: every row is there with its own values, in its order."""
    few = data.draw(st.lists(st.tuples(*[VALUES] * width), min_size=1, max_size=9))
    times = data.draw(st.sampled_from([1, 30, 100]))
    rows = [(number, *few[number % len(few)]) for number in range(len(few) * times)]
    names = [f"c{place}" for place in range(width + 1)]
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"CREATE TABLE t ({', '.join(names)})")
        insert_rows(connection, "t", names, rows)
        found = connection.execute(f"SELECT *, {', '.join(f'typeof({name})' for name in names)} FROM t").fetchall()
    kinds = {int: "integer", str: "text", type(None): "null"}
    assert found == [(*row, *[kinds[type(value)] for value in row]) for row in rows]


def test_a_whole_row_may_be_the_same_in_all() -> None:
    """Rows without anything of their own are written too."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE t (a, b)")
        insert_rows(connection, "t", ["a", "b"], [(1, "x")] * 200)
        assert connection.execute("SELECT count(*), max(a), max(b) FROM t").fetchone() == (200, 1, "x")
