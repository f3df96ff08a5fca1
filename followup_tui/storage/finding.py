"""What triggers keep: the index of words, the columns filters count by, the load of each day; made anew, or checked.

They follow every change, undoing included; nothing here runs while somebody works.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from followup_tui.domain.model import Outcome, OutcomeKind
from followup_tui.storage import day_load
from followup_tui.storage.connection import translated
from followup_tui.storage.database import Database
from followup_tui.storage.turns import take_turn

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
_LETTERS = str.maketrans(
    {"ß": "ss", "ẞ": "ss", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ł": "l", "Ł": "l"}
    | {"æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ı": "i"}
)
"""Letters that SQLite's tokenizer takes for others, as the views of revision 3 write them."""


def plain_words(text: str) -> str:
    """Return a text as the index of words reads it: a view says the same, and takes its time."""
    return text if text.isascii() else text.translate(_LETTERS)


def make_anew(database: Database) -> None:
    """Make index, columns and load anew in a transaction of their own: nothing of it is there to undo.

    States of nobody go: undone, they could not come back.
    """
    connection = database.writing()
    try:
        take_turn(connection, database.told)
        connection.execute("DELETE FROM standing WHERE prospect_id NOT IN (SELECT id FROM prospect)")
        fill(connection)
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise translated(error, database.path) from error
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def fill(connection: sqlite3.Connection, indexes: Iterable[str] = INDEXES, *, columns: bool = True) -> None:
    """Make these indexes, the columns and the load of each day anew, inside the caller's transaction."""
    connection.execute("DELETE FROM finding WHERE prospect_id NOT IN (SELECT id FROM prospect)")
    connection.execute(
        "INSERT INTO finding (prospect_id) "
        "SELECT id FROM prospect WHERE id NOT IN (SELECT prospect_id FROM finding) ORDER BY id"
    )
    for index in indexes:
        connection.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
    if columns:
        names, values = ", ".join(_DERIVED), ", ".join(_DERIVED.values())
        connection.execute(f"UPDATE standing AS s SET ({names}) = ({values}) WHERE ({names}) IS NOT ({values})")
    day_load.fill(connection)


_NAME_WORDS = "SELECT id, words FROM found_name_words WHERE id > ?"
_ABOUT_WORDS = "SELECT id, words FROM found_about_words WHERE id > ?"
_DETAIL_WORDS = "SELECT id, words FROM found_detail_words WHERE id > ?"
_PLAIN_ABOUT = (
    "SELECT f.id, p.note || char(10) || p.why || char(10) || p.benefit || char(10) || p.title FROM finding f "
    "CROSS JOIN prospect p ON p.id = f.prospect_id "
    "WHERE (p.note <> '' OR p.why <> '' OR p.benefit <> '' OR p.title <> '') AND f.id > ?"
)
_PLAIN_DETAIL = "SELECT id, value FROM detail WHERE id > ? AND +kind IN ('email', 'address')"
"""What the views say of ASCII: they look for letters to write otherwise, and that takes longer than all else."""
_MANY = 20_000
"""People indexed at once: their words gather in memory meanwhile."""


class Newcomers:
    """Indexes people inserted by lots, in place of the triggers: row by row they take half of an import's time.

    Many thousands at once: with each statement that writes to it the index writes out what it gathered.

    Only within one transaction: rolled back, the triggers are there as before.
    """

    _DONE_HERE = ("prospect_found", "detail_found", "standing_marked", "standing_told")
    _OF_OTHERS = ("journal_found", "journal_counted", "standing_planned")
    """What only touches and plans set off; SQLite puts the rows of a statement aside first where any trigger is."""

    def __init__(self, connection: sqlite3.Connection, *, quiet: bool = False) -> None:
        """Take the triggers away; `quiet`: whoever comes has no plan, and nobody's touches are written meanwhile."""
        self._connection = connection
        names = self._DONE_HERE + self._OF_OTHERS if quiet else self._DONE_HERE
        marks = ", ".join("?" * len(names))
        self._triggers: list[tuple[str, str]] = connection.execute(
            f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name IN ({marks})", names
        ).fetchall()
        for name, _ in self._triggers:
            connection.execute(f"DROP TRIGGER {name}")
        self._indexed = self._newest()
        self._waiting = 0
        self._plain = True
        """Whether all that waits is ASCII."""

    def expect(self, number: int, plain: bool = False) -> None:
        """Note that so many more are to be indexed, and do it when they are many; `plain`: nothing but ASCII."""
        self._waiting += number
        self._plain &= plain
        if self._waiting >= _MANY:
            self._take_in()

    def take_in_before(self, prospect_id: str) -> None:
        """See that somebody who is going to be changed is in the index: the triggers take out what was there."""
        row = self._connection.execute("SELECT rowid > ? FROM prospect WHERE id = ?", (self._indexed[0], prospect_id))
        if row.fetchone()[0]:
            self._take_in()

    def _newest(self) -> tuple[int, int, int]:
        """Return the newest row of prospect, finding and detail."""
        row = self._connection.execute(
            "SELECT (SELECT coalesce(max(rowid), 0) FROM prospect), (SELECT coalesce(max(id), 0) FROM finding), "
            "(SELECT coalesce(max(id), 0) FROM detail)"
        ).fetchone()
        return int(row[0]), int(row[1]), int(row[2])

    def _take_in(self) -> None:
        """Index those inserted since."""
        prospect, finding, detail = self._indexed
        for sql, after in (
            ("INSERT INTO finding (prospect_id) SELECT id FROM prospect WHERE rowid > ? ORDER BY rowid", prospect),
            (f"INSERT INTO found_name (rowid, words) {_NAME_WORDS}", finding),
            (f"INSERT INTO found_about (rowid, words) {_PLAIN_ABOUT if self._plain else _ABOUT_WORDS}", finding),
            (f"INSERT INTO found_detail (rowid, words) {_PLAIN_DETAIL if self._plain else _DETAIL_WORDS}", detail),
            (
                "UPDATE standing SET (starred, has_why, has_benefit) = (SELECT star, why <> '', benefit <> '' "
                "FROM prospect p WHERE p.id = standing.prospect_id) WHERE prospect_id IN "
                "(SELECT id FROM prospect WHERE rowid > ? AND (star OR why <> '' OR benefit <> ''))",
                prospect,
            ),
        ):
            self._connection.execute(sql, (after,))
        self._indexed = self._newest()
        self._waiting, self._plain = 0, True

    def finish(self) -> None:
        """Index the last ones and let the triggers go on."""
        self._take_in()
        for _, sql in self._triggers:
            self._connection.execute(sql)


def tidy(connection: sqlite3.Connection) -> None:
    """Merge the index, inside the caller's transaction: what was removed from it is gone from its pages."""
    for index in INDEXES:
        connection.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")


def problems(connection: Any) -> Iterator[str]:
    """Yield where index, columns or the load of a day differ from what they are made of."""
    yield from day_load.problems(connection)
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
