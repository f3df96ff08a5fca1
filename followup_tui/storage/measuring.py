"""What the journal says in numbers: grouped statements over a span of entries, so that no reader holds up a log.

One touch is counted as answered when it got a response itself, or when the prospect's next touch was theirs within so
many days. Spans are of ids, which is how the journal lies in the file; `at` bounds the days.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from followup_tui.records import dataclass
from followup_tui.storage.unit_of_work import instant

Counted = tuple[Any, ...]
_KINDS = "'touch', 'skip', 'close', 'answer', 'reel', 'enrolled'"
_NO_TOUCH = "'bad detail', 'skip', 'no-show'"
"""Outcomes that count as no attempt (§4)."""
_OURS = (
    "FROM journal WHERE id > :after AND id <= :to AND +kind = 'touch' AND inbound = 0 "
    f"AND outcome NOT IN ({_NO_TOUCH}) AND at >= :since"
)
_THEIRS_NEXT = (
    "FROM journal j JOIN journal p ON p.id = (SELECT q.id FROM journal q WHERE q.prospect_id = j.prospect_id "
    "AND q.id < j.id AND +q.kind = 'touch' ORDER BY q.id DESC LIMIT 1) WHERE j.id > :after AND j.id <= :to "
    "AND +j.kind = 'touch' AND j.inbound = 1 AND p.inbound = 0 AND p.at >= :since "
    f"AND p.outcome NOT IN ({_NO_TOUCH}) AND p.outcome NOT IN ({{responses}}) "
    "AND j.at <= strftime('%Y-%m-%dT%H:%M:%f', p.at, :window)"
)
WON_SQL = (
    "SELECT (SELECT count(*) FROM journal q WHERE q.prospect_id = j.prospect_id AND q.id <= j.id "
    "AND +q.kind = 'touch' AND q.inbound = 0 AND q.companion_of IS NULL "
    f"AND q.outcome NOT IN ({_NO_TOUCH})), count(*) "
    "FROM journal j WHERE j.id > :after AND j.id <= :to AND +j.kind = 'touch' AND j.outcome = 'won' "
    "AND j.at >= :since GROUP BY 1"
)
FIRST_SQL = (
    "SELECT j.at, (SELECT q.at FROM journal q WHERE q.prospect_id = j.prospect_id AND q.id > j.id "
    "AND +q.kind = 'touch' AND q.inbound = 0 ORDER BY q.id LIMIT 1) "
    "FROM journal j WHERE j.id > :after AND j.id <= :to AND +j.kind = 'enrolled' AND j.at >= :since "
    "AND json_extract(j.event, '$.cadence_id') IN (SELECT id FROM cadence WHERE name = :inbound)"
)
REASONS_SQL = (
    "SELECT CASE WHEN kind = 'touch' THEN outcome ELSE kind END, reason, count(*) FROM journal "
    "WHERE id > :after AND id <= :to AND reason != '' AND (+kind IN ('skip', 'close', 'answer', 'reel') "
    "OR (+kind = 'touch' AND outcome = 'definite no')) AND at >= :since GROUP BY 1, 2"
)
PROMISED_SQL = (
    "SELECT DISTINCT prospect_id FROM journal WHERE id > :after AND id <= :to AND at >= :since "
    "AND ((+kind = 'touch' AND promise IS NOT NULL) OR (+kind = 'answer' AND event LIKE '%\"until\"%'))"
)


@dataclass(frozen=True, slots=True)
class Span:
    """The entries of one statement."""

    after: int
    to: int
    since: str
    """The instant as it is stored; empty: from the first."""


class Slice:
    """The counts of one span; the same connection has to stay in one transaction for them to agree."""

    def __init__(self, connection: Any, span: Span, responses: Sequence[str], window_days: int) -> None:
        self._connection = connection
        self._responses = ", ".join(f"'{name}'" for name in responses)
        self._values = {"after": span.after, "to": span.to, "since": span.since, "window": f"+{window_days} days"}

    def steps(self) -> Iterator[Counted]:
        """Yield channel, step, touches, answered."""
        return self._both("{of}channel, {of}step", "1, 2")

    def times(self, digits: int) -> Iterator[Counted]:
        """Yield the beginning of the UTC instant, so many characters of it, touches, answered."""
        return self._both(f"substr({{of}}at, 1, {digits})", "1")

    def named(self, column: str) -> Iterator[Counted]:
        """Yield a value item or template, touches that name it, answered."""
        return self._both(f"{{of}}{column}", "1", f" AND {{of}}{column} != ''")

    def people(self) -> Iterator[Counted]:
        """Yield prospect, attempts and how many of them were calls; a companion counts with its step."""
        sql = f"SELECT prospect_id, count(*), sum(channel = 'phone') {_OURS} AND companion_of IS NULL GROUP BY 1"
        return self._rows(sql)

    def wins(self) -> Iterator[Counted]:
        """Yield the number of touches it took to win somebody, and how many were won so."""
        return self._rows(WON_SQL)

    def first_contacts(self, inbound: str) -> Iterator[Counted]:
        """Yield when somebody came to us (put on the cadence `inbound`), and when we first answered, or None."""
        return self._rows(FIRST_SQL, inbound=inbound)

    def reasons(self) -> Iterator[Counted]:
        """Yield what a reason was given for, the reason, how often."""
        return self._rows(REASONS_SQL)

    def promised(self) -> Iterator[Counted]:
        """Yield the ids of those who were promised something."""
        return self._rows(PROMISED_SQL)

    def referrals(self) -> int:
        """Return how many people were named."""
        sql = "SELECT count(*) FROM journal WHERE id > :after AND id <= :to AND +kind = 'refer' AND at >= :since"
        return int(next(self._rows(sql))[0])

    def _both(self, columns: str, groups: str, where: str = "") -> Iterator[Counted]:
        """Yield groups of our touches, then of those answered by a touch of theirs: these count no touch again."""
        answered = f"sum(outcome IN ({self._responses}))"
        ours, ours_where = columns.format(of=""), where.format(of="")
        yield from self._rows(f"SELECT {ours}, count(*), {answered} {_OURS}{ours_where} GROUP BY {groups}")
        later = _THEIRS_NEXT.format(responses=self._responses)
        theirs, theirs_where = columns.format(of="p."), where.format(of="p.")
        yield from self._rows(f"SELECT {theirs}, 0, count(*) {later}{theirs_where} GROUP BY {groups}")

    def _rows(self, sql: str, **more: object) -> Iterator[Counted]:
        return iter(self._connection.execute(sql, {**self._values, **more}))


def spans(connection: Any, since: datetime | None, length: int) -> list[Span]:
    """Return the spans that hold everything since an instant, of so many ids each, the oldest first."""
    last = int(connection.execute("SELECT coalesce(max(id), 0) FROM journal").fetchone()[0])
    first, begin = 1, ""
    if since is not None:
        begin = instant(since)
        sql = f"SELECT coalesce(min(id), 0) FROM journal WHERE kind IN ({_KINDS}, 'refer') AND at >= ?"
        first = int(connection.execute(sql, (begin,)).fetchone()[0])
    if not first or not last:
        return []
    return [Span(after, min(after + length, last), begin) for after in range(first - 1, last, length)]


def given_up(connection: Any, since: datetime | None) -> list[tuple[int, int]]:
    """Return attempts, and how many people were left after so many without an answer and with nothing planned."""
    sql = (
        "SELECT attempts, count(*) FROM standing WHERE answered = 0 AND next_kind IS NULL AND paused_from IS NULL "
        "AND attempts > 0 AND relation NOT IN ('customer', 'do not contact') AND last_touch_at >= ? GROUP BY 1"
    )
    return [(int(row[0]), int(row[1])) for row in connection.execute(sql, (instant(since) if since else "",))]


def due_by_day(connection: Any, today: date) -> list[tuple[date, int]]:
    """Return the planned dates up to today and how many wait since then; no decisions, nobody paused."""
    sql = (
        "SELECT next_date, count(*) FROM standing WHERE next_date <= ? AND next_kind != 'decision' "
        "AND (paused_from IS NULL OR paused_until <= ?) GROUP BY 1"
    )
    day = today.isoformat()
    return [(date.fromisoformat(row[0]), int(row[1])) for row in connection.execute(sql, (day, day))]


def logged_by_hour(connection: Any, begin: datetime, end: datetime, digits: int) -> list[tuple[str, int]]:
    """Return touches, theirs too, by the beginning of their UTC instant; the index alone is read."""
    sql = (
        f"SELECT substr(at, 1, {digits}), count(*) FROM journal WHERE kind = 'touch' AND at >= ? AND at < ? GROUP BY 1"
    )
    return [(str(row[0]), int(row[1])) for row in connection.execute(sql, (instant(begin), instant(end)))]
