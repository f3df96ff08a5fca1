"""Histories laid down once and dealt to many people inside SQLite: their rows never pass through Python again.

Of a crowd whose people share their histories nine rows in ten are copies; handed over one by one they take three
times as long.
"""

from __future__ import annotations

from collections.abc import Sequence

from followup_tui.records import dataclass
from followup_tui.storage.filling import Filling
from followup_tui.storage.finding import plain_words
from followup_tui.storage.unit_of_work import Row, Value

BIRTHDAY = "%birthday%"
"""Stands in events and states for the birthday of whoever gets the history."""
_ENTRY = (
    "kind", "at", "logged_at", "rules_id", "event", "channel", "outcome", "inbound", "note", "value", "sentiment",
    "reason", "step", "cadence_id", "promise",
)  # fmt: skip
_EMPTY: Row = {"inbound": 0, "note": "", "value": "", "sentiment": "", "reason": ""}
_LOT = ("history", "birthday", "stands", "has_why", "has_benefit", "entries", "first", "prospect_id")


@dataclass(frozen=True, slots=True)
class Share:
    """What one person gets: a history, and perhaps a birthday, which is its last entry."""

    prospect_id: str
    history: int
    entries: int
    """How many entries of the history are theirs, from its first on."""
    stands: int | None
    """Which state is theirs; None: one of their own."""
    birthday: str = ""
    has_why: bool = False
    has_benefit: bool = False


class Dealing:
    """Lays histories down and deals them; entries are numbered in the order of the people."""

    def __init__(self, work: Filling) -> None:
        self._work = work
        self._entries = self._states = 0
        self._standing: tuple[str, ...] = ()
        self._lot: list[tuple[Value, ...]] = []
        work.indexed |= {"found_note", "standing"}
        for table, columns in (
            ("told", f"history, place, beside, {', '.join(_ENTRY)}, words, PRIMARY KEY (history, place)"),
            ("lot", f"{', '.join(_LOT)}"),
        ):
            work.execute(f"CREATE TEMP TABLE {table} ({columns})" + (" WITHOUT ROWID" if table == "told" else ""))

    def lay(self, history: int, entries: Sequence[tuple[int | None, Row]]) -> None:
        """Lay down a history: which entry of it each accompanies, and rows of `journal.row_of`."""
        rows = []
        for place, (beside, row) in enumerate(entries):
            whole = _EMPTY | row
            cells = tuple(whole.get(name) for name in _ENTRY)
            rows.append((history, place, beside, *cells, plain_words(str(whole["note"]))))
        self._work.fill("temp.told", ("history", "place", "beside", *_ENTRY, "words"), rows)

    def lay_state(self, row: Row) -> int:
        """Lay down a state, a row of `standing.columns` with what filters count by, and return its number."""
        names = tuple(name for name in row if name != "prospect_id")
        if not self._standing:
            self._standing = names
            self._work.execute(f"CREATE TEMP TABLE stood (id INTEGER PRIMARY KEY, {', '.join(names)})")
        self._states += 1
        self._work.fill("temp.stood", ("id", *names), [(self._states, *(row[name] for name in names))])
        return self._states

    def give(self, share: Share) -> None:
        """Give somebody a history, with the next lot."""
        facts = int(share.has_why), int(share.has_benefit)
        self._lot.append(
            (share.history, share.birthday, share.stands, *facts, share.entries, self._entries + 1, share.prospect_id)
        )
        self._entries += share.entries

    def deal(self) -> None:
        """Write what was given."""
        self._work.fill("temp.lot", _LOT, self._lot)
        self._lot = []
        theirs = "FROM temp.lot l CROSS JOIN temp.told t ON t.history = l.history AND t.place < l.entries"
        own = {"event": f"CASE t.kind WHEN 'birthday' THEN {_with_birthday('t.event')} ELSE t.event END"}
        cells = ", ".join(own.get(name, f"t.{name}") for name in _ENTRY)
        self._work.execute(
            f"INSERT INTO journal (id, prospect_id, companion_of, {', '.join(_ENTRY)}) "
            f"SELECT l.first + t.place, l.prospect_id, l.first + t.beside, {cells} {theirs}"
        )
        self._work.execute(
            f"INSERT INTO found_note (rowid, words) SELECT l.first + t.place, t.words {theirs} WHERE t.words <> ''"
        )
        if self._standing:
            own = {"state": f"CASE l.birthday WHEN '' THEN s.state ELSE {_with_birthday('s.state')} END"}
            cells = ", ".join(own.get(name, f"s.{name}") for name in self._standing)
            self._work.execute(
                f"INSERT INTO standing (prospect_id, has_why, has_benefit, {', '.join(self._standing)}) SELECT "
                f"l.prospect_id, l.has_why, l.has_benefit, {cells} "
                "FROM temp.lot l CROSS JOIN temp.stood s ON s.id = l.stands"
            )
        self._work.execute("DELETE FROM temp.lot")


def _with_birthday(column: str) -> str:
    return f"replace({column}, '{BIRTHDAY}', l.birthday)"
