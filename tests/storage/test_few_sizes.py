"""Questions about many records at a time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from followup_tui.storage import people
from followup_tui.storage.few_sizes import in_lots
from tests.factories import add, open_at


@given(st.lists(st.text(max_size=3), max_size=90, unique=True), st.integers(1, 20))
def test_every_id_is_asked_for_once_in_few_sizes(ids: list[str], most: int) -> None:
    """The lots name all ids in their order and none else; there are as many marks as ids, of few different numbers."""
    lots = list(in_lots(ids, most))
    assert list(dict.fromkeys(id for _, lot in lots for id in lot)) == ids
    assert all(marks.count("?") == len(lot) <= most for marks, lot in lots)
    assert all(len(lot) == most or not len(lot) & (len(lot) - 1) for _, lot in lots)


def test_people_are_found_by_few_statements(path, clock) -> None:
    """However many are asked for, each comes once, with all that is theirs, and few statements are prepared."""
    services = open_at(path, clock)
    ids = [add(services, f"P{number}").id for number in range(20)]
    asked = set[str]()
    with services._context.database.reading() as connection:
        connection.set_trace_callback(lambda sql: asked.add(sql[: sql.find(" IN (")] + str(sql.count(", "))))
        for number in range(1, 21):
            found = people.people(connection, ids[:number])
            assert [person.id for person in found] == ids[:number]
            assert len({len(person.details) for person in found}) == 1
        connection.set_trace_callback(None)
    assert len(asked) <= 3 * 6
