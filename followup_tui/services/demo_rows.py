"""From histories and people to rows: what a history says is written out once and used for everybody who shares it."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

from followup_tui.domain.cadence import Rules
from followup_tui.domain.events import BirthdaySet
from followup_tui.domain.lifecycle import advance
from followup_tui.domain.model import Relation
from followup_tui.domain.workdays import zone_of
from followup_tui.records import dataclass
from followup_tui.services.demo_histories import History
from followup_tui.services.demo_people import Someone
from followup_tui.services.demo_telling import Entry
from followup_tui.storage import journal, people, standing
from followup_tui.storage.filling import Filling
from followup_tui.storage.journal import Placement
from followup_tui.storage.unit_of_work import Value, instant

_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
"""As `context.new_id` has it; in the order of text, so that ids grow."""
_LENGTH = 8
_JOURNAL = (
    "kind", "at", "logged_at", "rules_id", "event", "channel", "outcome", "inbound", "note", "value", "sentiment",
    "reason", "step", "cadence_id", "promise",
)  # fmt: skip
_EMPTY: dict[str, Value] = {"inbound": 0, "note": "", "value": "", "sentiment": "", "reason": ""}
_PROSPECT = (
    "id", "name", "company", "title", "why", "benefit", "source", "note", "star", "zone", "zone_confirmed", "birthday",
    "goal", "referred_by", "search", "created_at",
)  # fmt: skip
_DETAIL = ("id", "prospect_id", "kind", "value", "key", "bad", "position")
_Cells = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class _Written:
    """The columns a history fills, alike for everybody who shares it."""

    journal: tuple[tuple[int | None, _Cells], ...]
    """Which entry of the same person a companion accompanies, and the other columns."""
    standing: _Cells
    created: str


class Rows:
    """Collects the rows of people and writes a lot of them at a time."""

    def __init__(self, work: Filling, rules: Rules, rules_id: int, expected: int, seed: int) -> None:
        self._work = work
        self._rules = rules
        self._morning = datetime.combine(rules.day(work.now), rules.day_starts, zone_of(rules.zone)).astimezone(UTC)
        self._rules_id = rules_id
        self._random = Random(seed)
        self._stride = len(_ALPHABET) ** _LENGTH // max(1, expected)
        self._count = self._entries = self._details = self._tags = 0
        self._customer: str | None = None
        self._written: dict[int, tuple[History, _Written]] = {}
        self._columns: tuple[str, ...] = ()
        self._lots: dict[str, list[_Cells]] = {}
        self.flush()

    def add(self, history: History, someone: Someone) -> None:
        """Take a person with a journal and a state."""
        written = self._once(history)
        key = self._next_id()
        lots = self._lots
        referrer = self._customer if history.story.source == "referral" else None
        if history.state.relation is Relation.CUSTOMER:
            self._customer = key
        lots["prospect"].append(self._prospect(key, history, someone, written.created, referrer))
        good = history.state.good
        for position, (kind, value, found_by) in enumerate(someone.details):
            self._details += 1
            lots["detail"].append((self._details, key, kind, value, found_by, int(kind not in good), position))
        for tag in someone.tags:
            self._tags += 1
            lots["tag"].append((self._tags, key, tag))
        first = self._entries + 1
        for beside, cells in written.journal:
            self._entries += 1
            lots["journal"].append((self._entries, key, None if beside is None else first + beside, *cells))
        if not someone.birthday:
            lots["standing"].append((key, *written.standing))
            return
        told = Entry(BirthdaySet(someone.birthday), max(history.entries[-1].at, self._morning))
        self._entries += 1
        lots["journal"].append((self._entries, key, None, *self._cells(told)))
        state = advance(history.state, told.event, told.at, self._rules).state
        lots["standing"].append((key, *tuple(standing.columns("", state, self._rules).values())[1:]))

    def flush(self) -> None:
        """Write what was collected."""
        columns = {
            "prospect": _PROSPECT,
            "detail": _DETAIL,
            "tag": ("id", "prospect_id", "tag"),
            "journal": ("id", "prospect_id", "companion_of", *_JOURNAL),
            "standing": ("prospect_id", *self._columns),
        }
        for table, rows in self._lots.items():
            self._work.fill(table, columns[table], rows)
        self._lots = {table: [] for table in columns}

    def _next_id(self) -> str:
        """Return an id nobody has, greater than the ones before, so that rows and indexes grow at their end."""
        number = self._count * self._stride + self._random.randrange(self._stride)
        self._count += 1
        letters = []
        for _ in range(_LENGTH):
            number, digit = divmod(number, len(_ALPHABET))
            letters.append(_ALPHABET[digit])
        return "".join(reversed(letters))

    def _prospect(self, key: str, history: History, someone: Someone, created: str, referrer: str | None) -> _Cells:
        return (
            key,
            someone.name,
            someone.company,
            someone.title,
            someone.why,
            someone.benefit,
            someone.source,
            someone.note,
            int(history.story.star),
            history.place.zone,
            int(self._random.random() < 0.7),
            someone.birthday,
            someone.goal,
            referrer,
            people.search_text(someone.name, someone.company),
            created,
        )

    def _once(self, history: History) -> _Written:
        """Return what a history writes, made at the first use."""
        known = self._written.get(id(history))
        if known is not None:
            return known[1]
        row = standing.columns("", history.state, self._rules)
        self._columns = tuple(row)[1:]
        entries = tuple((entry.companion_of, self._cells(entry)) for entry in history.entries)
        written = _Written(entries, tuple(row.values())[1:], instant(history.entries[0].at))
        self._written[id(history)] = (history, written)
        return written

    def _cells(self, entry: Entry) -> _Cells:
        placed = Placement(entry.step, entry.cadence_id, None, entry.promise)
        row = _EMPTY | journal.row_of("", entry.event, entry.at, entry.at, self._rules_id, placed)
        return tuple(row.get(name) for name in _JOURNAL)
