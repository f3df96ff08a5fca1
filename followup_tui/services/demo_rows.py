"""From histories and people to rows: what a history says is laid down once and dealt to everybody who shares it."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

from followup_tui.domain.cadence import Rules
from followup_tui.domain.events import BirthdaySet, Logged
from followup_tui.domain.lifecycle import advance
from followup_tui.domain.model import Relation, State
from followup_tui.domain.workdays import zone_of
from followup_tui.records import dataclass, replace
from followup_tui.services.demo_histories import History
from followup_tui.services.demo_people import Someone
from followup_tui.services.demo_telling import Entry
from followup_tui.storage import finding, journal, people, standing
from followup_tui.storage.dealing import BIRTHDAY, Dealing, Share
from followup_tui.storage.filling import Filling
from followup_tui.storage.journal import Placement
from followup_tui.storage.unit_of_work import Row, Value, instant

_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
"""As `context.new_id` has it; in the order of text, so that ids grow."""
_LENGTH = 8
_PAIRS = tuple(first + second for first in _ALPHABET for second in _ALPHABET)
_PROSPECT = (
    "id", "name", "company", "title", "why", "benefit", "source", "note", "star", "zone", "zone_confirmed", "birthday",
    "goal", "referred_by", "search", "created_at",
)  # fmt: skip
_COLUMNS = {
    "prospect": _PROSPECT,
    "detail": ("id", "prospect_id", "kind", "value", "key", "bad", "position"),
    "tag": ("id", "prospect_id", "tag"),
}
_Cells = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class _Laid:
    """A history that everybody who shares it is given."""

    history: History
    number: int
    stands: int
    """Its state."""
    born: int | None
    """Its state with a birthday; None where that plans a card, so that each is another."""
    birthday_at: datetime
    created: str
    said: Row
    """The columns filters count by that follow from it."""


class Rows:
    """Collects the rows of people and writes a lot of them at a time."""

    def __init__(self, work: Filling, rules: Rules, rules_id: int, expected: int, seed: int) -> None:
        self._work = work
        self._rules = rules
        self._morning = datetime.combine(rules.day(work.now), rules.day_starts, zone_of(rules.zone)).astimezone(UTC)
        self._rules_id = rules_id
        self._random = Random(seed)
        self._stride = len(_ALPHABET) ** _LENGTH // max(1, expected)
        self._count = self._details = self._tags = 0
        self._customer: str | None = None
        self._laid: dict[int, _Laid] = {}
        self._dealing = Dealing(work)
        self._lots: dict[str, list[_Cells]] = {table: [] for table in _COLUMNS}
        self._own: list[Row] = []

    def add(self, history: History, someone: Someone) -> None:
        """Take a person with a journal and a state."""
        laid = self._laid.get(id(history)) or self._lay(history)
        key = self._next_id()
        lots = self._lots
        referrer = self._customer if history.story.source == "referral" else None
        if history.state.relation is Relation.CUSTOMER:
            self._customer = key
        lots["prospect"].append(self._prospect(key, history, someone, laid.created, referrer))
        good = history.state.good
        for position, (kind, value, found_by) in enumerate(someone.details):
            self._details += 1
            lots["detail"].append((self._details, key, kind, value, found_by, int(kind not in good), position))
        for tag in someone.tags:
            self._tags += 1
            lots["tag"].append((self._tags, key, tag))
        entries = len(history.entries)
        facts = bool(someone.why), bool(someone.benefit)
        if not someone.birthday:
            self._dealing.give(Share(key, laid.number, entries, laid.stands, "", *facts))
            return
        self._dealing.give(Share(key, laid.number, entries + 1, laid.born, someone.birthday, *facts))
        if laid.born is None:
            row = standing.columns(key, self._with_birthday(laid, someone.birthday), self._rules)
            self._own.append(row | laid.said | {"has_why": facts[0], "has_benefit": facts[1]})

    def flush(self) -> None:
        """Write what was collected."""
        for table, rows in self._lots.items():
            self._work.fill(table, _COLUMNS[table], rows)
            rows.clear()
        self._dealing.deal()
        if self._own:
            self._work.fill("standing", tuple(self._own[0]), [tuple(row.values()) for row in self._own])
            self._own = []

    def _next_id(self) -> str:
        """Return an id nobody has, greater than the ones before, so that rows and indexes grow at their end."""
        number = self._count * self._stride + self._random.randrange(self._stride)
        self._count += 1
        high, low = divmod(number, len(_PAIRS) ** 2)
        return "".join(_PAIRS[place] for half in (high, low) for place in divmod(half, len(_PAIRS)))

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

    def _lay(self, history: History) -> _Laid:
        """Lay down what a history writes, at its first use; it ends with a birthday for those who have one."""
        number = len(self._laid)
        said = _said(history)
        stands = self._dealing.lay_state(standing.columns("", history.state, self._rules) | said)
        birthday_at = max(history.entries[-1].at, self._morning)
        laid = _Laid(history, number, stands, None, birthday_at, instant(history.entries[0].at), said)
        if history.state.relation not in self._rules.cards.birthday:
            born = standing.columns("", self._with_birthday(laid, BIRTHDAY), self._rules)
            laid = replace(laid, born=self._dealing.lay_state(born | said))
        told = (*history.entries, Entry(BirthdaySet(BIRTHDAY), birthday_at))
        self._dealing.lay(number, [(entry.companion_of, self._row(entry)) for entry in told])
        self._laid[id(history)] = laid
        return laid

    def _with_birthday(self, laid: _Laid, birthday: str) -> State:
        return advance(laid.history.state, BirthdaySet(birthday), laid.birthday_at, self._rules).state

    def _row(self, entry: Entry) -> Row:
        placed = Placement(entry.step, entry.cadence_id, None, entry.promise)
        return journal.row_of("", entry.event, entry.at, entry.at, self._rules_id, placed)


def _said(history: History) -> Row:
    """Return what the touches of a history say to filters, as the triggers have it."""
    touches = [entry.event.touch for entry in history.entries if isinstance(entry.event, Logged)]
    ours = [touch for touch in touches if not touch.inbound][-2:]
    return {
        "answered": int(any(touch.inbound or touch.outcome.value in finding.RESPONSES for touch in touches)),
        "naked": int(len(ours) == 2 and not any(touch.value for touch in ours)),
        "last_outcome": touches[-1].outcome.value if touches else None,
        "starred": int(history.story.star),
    }
