"""The filters that are asked most, as SQL that is ready: the lists that ship, and words as people type names.

Nothing here imports SQLAlchemy or the grammar, which take most of a second the first time; a test holds every text and
every value against what filter_sql.py makes of the same filter, so that the two can't drift apart.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple

from followup_tui.domain.folding import fold
from followup_tui.domain.model import Relation
from followup_tui.domain.workdays import plus_days, zone_of
from followup_tui.records import dataclass
from followup_tui.storage.unit_of_work import instant

FOLDED = "folded"
"""Our `fold` inside SQLite; asked only about accents and broken lines, because each call leaves SQLite."""
MOST_WORDS = 8
_PLAIN_WORDS = re.compile(r"[a-z]{1,40}(?: [a-z]{1,40})*", re.IGNORECASE | re.ASCII)
_LETTERS_INSIDE = 3
_KEYWORDS = frozenset({"and", "or", "not", "star"})


class Day(NamedTuple):
    """A local day, so many from today."""

    offset: int


class Start(NamedTuple):
    """The instant such a day starts."""

    offset: int


class Condition(NamedTuple):
    """SQL with question marks, and what stands for them."""

    sql: str
    values: tuple[str | int | Day | Start, ...] = ()


@dataclass(frozen=True, slots=True)
class Ready:
    """A condition over `standing`, with the values of a moment."""

    sql: str
    values: tuple[str | int, ...]
    counting: tuple[str, tuple[str, ...]] | None = None
    """A whole SELECT that only counts, and its values, where one is quicker than the condition."""


def _and(*parts: Condition) -> Condition:
    return Condition(" AND ".join(part.sql for part in parts), tuple(value for part in parts for value in part.values))


def _not(part: Condition) -> Condition:
    return Condition(f"NOT ({part.sql})", part.values)


_PAUSED = Condition(
    "standing.paused_from IS NOT NULL AND (standing.paused_until IS NULL OR standing.paused_until > ?)", (Day(0),)
)
_ASKS = Condition(
    "standing.next_kind IS NOT NULL AND (standing.next_kind = ? OR standing.next_kind = ? AND standing.next_date < ?)",
    ("decision", "meeting", Day(0)),
)
_DECISION = _and(_ASKS, _not(_PAUSED))
_IN_PLAY = Condition(
    "standing.relation != ? AND standing.relation != ? AND standing.relation != ?", ("pool", "closed", "do not contact")
)
_NEVER = Condition("standing.relation != ?", ("do not contact",))
_ANSWER = _and(Condition("standing.next_kind IS NOT NULL AND standing.next_kind = ?", ("answer",)), _not(_PAUSED))
_NEW_INBOUND = Condition(
    "standing.cadence_id IS NOT NULL AND standing.cadence_id IN (SELECT cadence.id FROM cadence WHERE cadence.name "
    f"LIKE ? ESCAPE '\\' OR (length(cadence.name) != length(CAST(cadence.name AS BLOB)) OR instr(cadence.name, ?) > ?) "
    f"AND {FOLDED}(cadence.name) LIKE ? ESCAPE '\\') AND standing.last_channel IS NULL "
    "AND (standing.touches = ? OR NOT (EXISTS (SELECT * FROM journal WHERE "
    "journal.prospect_id = standing.prospect_id AND journal.kind = ? AND journal.inbound IS 0)))",
    ("%new inbound%", "\n", 0, "%new inbound%", 0, "touch"),
)
SHIPPED: Mapping[str, Condition] = {
    "is:overdue": _and(
        Condition("standing.next_date IS NOT NULL AND standing.next_date <= ?", (Day(-1),)), _not(_ASKS), _not(_PAUSED)
    ),
    'kind:answer or (cadence:"new inbound" is:new)': Condition(
        f"{_ANSWER.sql} OR {_NEW_INBOUND.sql}", _ANSWER.values + _NEW_INBOUND.values
    ),
    'attempts>0 attempts<3 -has:response (due:none or is:decision) -is:paused -relation:"do not contact"': _and(
        Condition("standing.attempts > ? AND standing.attempts < ? AND standing.answered = 0", (0, 3)),
        Condition(
            f"(standing.next_date IS NULL OR {_PAUSED.sql} OR {_DECISION.sql})", _PAUSED.values + _DECISION.values
        ),
        _not(_PAUSED),
        _NEVER,
    ),
    "is:resting": _and(_IN_PLAY, Condition("standing.next_kind IS NULL"), _not(_PAUSED)),
    "is:decision": _DECISION,
    'is:"in play" (star or has:why has:benefit)': _and(
        _IN_PLAY, Condition("(standing.starred = 1 OR standing.has_why = 1 AND standing.has_benefit = 1)")
    ),
    "relation:nurture": Condition("standing.relation = ?", ("nurture",)),
    "is:promise": _and(
        Condition("standing.fixed_date IS NOT NULL AND standing.fixed_date >= ?", (date.min.isoformat(),)),
        _not(_PAUSED),
    ),
    'is:"in play" is:naked': _and(_IN_PLAY, Condition("standing.naked = 1")),
    'is:"in play" -is:paused touched<=-30d': _and(
        _IN_PLAY,
        _not(_PAUSED),
        Condition("standing.last_touch_at IS NOT NULL AND standing.last_touch_at < ?", (Start(-29),)),
    ),
    "relation:pool": Condition("standing.relation = ?", ("pool",)),
    '-has:detail -relation:closed -relation:"do not contact"': _and(
        Condition("standing.reachable = 0 AND standing.relation != ?", ("closed",)), _NEVER
    ),
}
"""By the text of the filter, as smart_lists.py has it."""
_PLAYING = tuple(relation.value for relation in Relation if relation.in_play)
_IN_PLAY_BY_NAME = f"standing.relation IN ({', '.join('?' * len(_PLAYING))})"
"""The same people as `_IN_PLAY`, said so that an index finds them."""
_COUNTED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    # Whoever is starred, and whoever is not and has both: each a walk along an index that tests nothing.
    'is:"in play" (star or has:why has:benefit)': (
        f"SELECT (SELECT count(*) FROM standing WHERE {_IN_PLAY_BY_NAME} AND standing.starred = 1) + (SELECT "
        f"count(*) FROM standing WHERE {_IN_PLAY_BY_NAME} AND standing.starred = 0 AND standing.has_why = 1 "
        "AND standing.has_benefit = 1)",
        _PLAYING * 2,
    ),
    'is:"in play" is:naked': (
        f"SELECT count(*) FROM standing WHERE standing.naked = 1 AND {_IN_PLAY_BY_NAME}",
        _PLAYING,
    ),
}
"""How the largest lists are counted: three and one and a half times as quick at 100,000 people."""
_WORD = (
    "standing.prospect_id IN (SELECT finding.prospect_id FROM finding WHERE finding.id IN "
    "(SELECT found_name.rowid FROM found_name WHERE found_name.found_name MATCH ? UNION ALL "
    "SELECT found_about.rowid FROM found_about WHERE found_about.found_about MATCH ?) UNION ALL "
    "SELECT detail.prospect_id FROM detail WHERE detail.id IN "
    "(SELECT found_detail.rowid FROM found_detail WHERE found_detail.found_detail MATCH ?) UNION ALL "
    "SELECT journal.prospect_id FROM journal WHERE journal.id IN "
    "(SELECT found_note.rowid FROM found_note WHERE found_note.found_note MATCH ?) UNION ALL "
    "SELECT tag.prospect_id FROM tag WHERE tag.tag LIKE ? ESCAPE '\\' OR length(tag.tag) != "
    f"length(CAST(tag.tag AS BLOB)) AND {FOLDED}(tag.tag) LIKE ? ESCAPE '\\'"
)
_INSIDE = " UNION ALL SELECT prospect.id FROM prospect WHERE prospect.search LIKE ? ESCAPE '\\'"
"""For words of three letters and more."""
_BOTH = "FROM prospect JOIN standing ON standing.prospect_id = prospect.id"


def ready(text: str, today: date, zone: str, day_starts: time) -> Ready | None:
    """Return the SQL of a filter at the user's local day; None when only the grammar can say what it means."""
    words = plain_words(text)
    found = SHIPPED.get(text) if words is None else _and(*map(_word, words))
    if found is None:
        return None

    def value(one: str | int | Day | Start) -> str | int:
        if isinstance(one, Day):
            return plus_days(today, one.offset).isoformat()
        if isinstance(one, Start):
            begin = datetime.combine(plus_days(today, one.offset), day_starts, zone_of(zone))
            return instant(begin.astimezone(UTC))
        return one

    return Ready(found.sql, tuple(map(value, found.values)), _COUNTED.get(text))


def plain_words(text: str) -> list[str] | None:
    """Return the words, folded, of a filter that is a few words of plain letters; None for any other."""
    words = text.split()
    if not words or len(words) > MOST_WORDS or not _PLAIN_WORDS.fullmatch(" ".join(words)):
        return None
    folded = [fold(word) for word in words]
    return folded if _KEYWORDS.isdisjoint(folded) else None


def _word(word: str) -> Condition:
    begins = (*(f'"{word}" *',) * 4, *(f"{word}%",) * 2)
    if len(word) < _LETTERS_INSIDE:
        return Condition(_WORD + ")", begins)
    return Condition(f"{_WORD}{_INSIDE})", (*begins, f"%{word}%"))


def count(connection: sqlite3.Connection, asked: Ready) -> int:
    """Return how many are found."""
    if asked.counting is not None:
        return int(run(connection, *asked.counting)[0][0])
    return int(run(connection, f"SELECT count(*) AS count_1 FROM standing WHERE {asked.sql}", asked.values)[0][0])


def found_ids(connection: sqlite3.Connection, asked: Ready) -> set[str]:
    """Return the ids that are found, in no order."""
    sql = f"SELECT standing.prospect_id FROM standing WHERE {asked.sql}"
    return {row[0] for row in run(connection, sql, asked.values)}


def matching_ids(connection: sqlite3.Connection, asked: Ready, limit: int | None, offset: int) -> list[str]:
    """Return the ids that are found, by name."""
    order = "ORDER BY prospect.search || ?, prospect.id LIMIT ? OFFSET ?"
    sql = f"SELECT prospect.id {_BOTH} WHERE {asked.sql} {order}"
    values = (*asked.values, "", -1 if limit is None else limit, offset)
    return [str(row[0]) for row in run(connection, sql, values)]


def run(connection: sqlite3.Connection, sql: str, values: Iterable[str | int]) -> list[tuple[Any, ...]]:
    """Return the rows; a connection that can't fold yet is taught to."""
    values = tuple(values)
    try:
        return connection.execute(sql, values).fetchall()
    except sqlite3.OperationalError as error:
        if "no such function" not in str(error):
            raise
    teach(connection)
    return connection.execute(sql, values).fetchall()


def teach(connection: sqlite3.Connection) -> None:
    """Give a connection the function `folded`."""
    connection.create_function(FOLDED, 1, lambda text: None if text is None else fold(str(text)), deterministic=True)
