"""The card below the queue: read ahead for the rows around the cursor, so that a key waits for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followup_tui.tui.day_rows import Entry
from followup_tui.tui.screens.today_verbs import TodayVerbs
from followup_tui.tui.typing_pauses import Rest
from followup_tui.tui.widgets.card import Card

if TYPE_CHECKING:
    from collections.abc import Iterable

    from followup_tui.services.views import ProspectView

AROUND = 60
"""Cards fetched in one go when the one under the cursor is not there."""
SOON = 20
"""So many rows below the cursor have their cards before it comes to them."""
A_FEW = 10
"""Cards fetched in one go for that: 3 ms, between two keys."""
BETWEEN_KEYS = Rest(0.1, 2.0)
"""For somebody who never rests they are read all the same, before the cursor has gone through those that are there."""


class DayCards(TodayVerbs):
    """The part of Today that shows the selected prospect."""

    _painted = False
    """The first plan is on the screen; nothing else is read before."""
    _reads_ahead = False
    """More cards will be read when the keys rest."""

    def _fetch_cards(self) -> None:
        """Get the cards around the cursor in one go."""
        start = max(0, self.queue.cursor - AROUND // 4)
        self._reads_ahead = False
        self._ask_for(self._without_card(self.queue.arrangement.rows[start : start + AROUND]))

    def _fetch_soon(self) -> None:
        """Get a few cards the cursor will come to: of the rows below it and of those to do after this one, which may be
        far; a new plan puts rows among those that have their cards.
        """
        arrangement, at = self.queue.arrangement, self.queue.cursor
        to_do = arrangement.next_open(at + 1) or 0
        below = arrangement.rows[at : at + SOON]
        wanted = self._without_card((*below[:A_FEW], *arrangement.rows[to_do : to_do + SOON], *below))[:A_FEW]
        if wanted:
            self._reads_ahead = True
            self._ask_for(wanted, BETWEEN_KEYS)

    def _without_card(self, rows: Iterable[Entry]) -> list[str]:
        ids = dict.fromkeys(row.prospect.id for row in rows)
        return [id for id in ids if id not in self._people]

    def _ask_for(self, wanted: list[str], patient: bool | Rest = False) -> None:
        self.home.ops.query(
            "cards", lambda s: s.prospects.get_many(wanted), self._show_cards, owner=self, patient=patient
        )

    def _show_cards(self, people: list[ProspectView]) -> None:
        self._reads_ahead = False
        self._people.update((person.id, person) for person in people)
        self._show_card(self.entry)

    def _show_card(self, entry: Entry | None) -> None:
        now = self.home.clock.now()
        if now is None:
            return
        person = self._people.get(entry.prospect.id) if entry else None
        self.query_one(Card).show(entry, person, now.date())

    def _first_cards(self) -> None:
        """The first plan is painted: now get the cards."""
        self._painted = True
        self._selected(self.entry)

    def _selected(self, entry: Entry | None) -> None:
        self._show_card(entry)
        if entry is None or not self._painted:
            return
        if entry.prospect.id not in self._people:
            self._fetch_cards()
        elif not self._reads_ahead:
            self._fetch_soon()
