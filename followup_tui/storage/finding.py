"""The index of words and the columns filters count by: made anew as a whole, and held against what they are made of.

Triggers of the schema keep both up with every change, undoing included; nothing here runs while somebody works.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from followup_tui.domain.model import Outcome, OutcomeKind

INDEXES = ("found_name", "found_about", "found_detail", "found_note")
RESPONSES = tuple(outcome.value for outcome in Outcome if outcome.kind is OutcomeKind.RESPONSE)
_TOUCHES = "FROM journal j WHERE j.prospect_id = s.prospect_id AND +j.kind = 'touch'"
_MARKS = ", ".join(f"'{response}'" for response in RESPONSES)
_DERIVED = {
    "answered": f"EXISTS (SELECT 1 {_TOUCHES} AND (j.inbound = 1 OR coalesce(j.outcome, '') IN ({_MARKS})))",
    "naked": "(SELECT count(*) = 2 AND max(given) = '' FROM "
    f"(SELECT j.value AS given {_TOUCHES} AND j.inbound = 0 ORDER BY j.id DESC LIMIT 2))",
    "last_outcome": f"(SELECT j.outcome {_TOUCHES} ORDER BY j.id DESC LIMIT 1)",
    "starred": "(SELECT p.star FROM prospect p WHERE p.id = s.prospect_id)",
    "has_why": "(SELECT p.why <> '' FROM prospect p WHERE p.id = s.prospect_id)",
    "has_benefit": "(SELECT p.benefit <> '' FROM prospect p WHERE p.id = s.prospect_id)",
}
"""Columns of `standing` and what they are made of."""


def fill(connection: sqlite3.Connection) -> int:
    """Make index and columns anew, inside the caller's transaction; return how many columns' rows were wrong."""
    connection.execute("DELETE FROM finding WHERE prospect_id NOT IN (SELECT id FROM prospect)")
    connection.execute(
        "INSERT INTO finding (prospect_id) "
        "SELECT id FROM prospect WHERE id NOT IN (SELECT prospect_id FROM finding) ORDER BY id"
    )
    for index in INDEXES:
        connection.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
    names, values = ", ".join(_DERIVED), ", ".join(_DERIVED.values())
    done = connection.execute(f"UPDATE standing AS s SET ({names}) = ({values}) WHERE ({names}) IS NOT ({values})")
    return done.rowcount


def tidy(connection: sqlite3.Connection) -> None:
    """Merge the index, inside the caller's transaction: what was removed from it is gone from its pages."""
    for index in INDEXES:
        connection.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")


def problems(connection: Any) -> Iterator[str]:
    """Yield where index or columns differ from what they are made of."""
    names, values = ", ".join(_DERIVED), ", ".join(_DERIVED.values())
    wrong = f"SELECT s.prospect_id FROM standing s WHERE ({names}) IS NOT ({values})"
    for (who,) in connection.execute(wrong):
        yield f"{who}: the columns filters count by differ from its journal"
    lost = "SELECT id FROM prospect WHERE id NOT IN (SELECT prospect_id FROM finding)"
    for (who,) in connection.execute(lost):
        yield f"{who}: is not in the index of words"
    for index in INDEXES:
        try:
            connection.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
        except sqlite3.OperationalError as error:
            if "readonly" not in str(error) and "locked" not in str(error):
                raise
        except sqlite3.DatabaseError:
            yield f"the index of words ({index}) differs from what it is made of"
