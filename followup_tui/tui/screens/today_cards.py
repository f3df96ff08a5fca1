"""The card below the queue: read ahead for the rows around the cursor, so that a key waits for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followup_tui.tui.day_rows import Entry
from followup_tui.tui.screens.today_verbs import TodayVerbs
from followup_tui.tui.widgets.card import Card

if TYPE_CHECKING:
    from followup_tui.services.views import ProspectView

AHEAD = 60
"""Cards fetched in one go."""
LEFT = 20
"""So many rows before the last card that is there the next ones are fetched, when the keys rest."""


class DayCards(TodayVerbs):
    """The part of Today that shows the selected prospect."""

    _painted = False
    """The first plan is on the screen; nothing else is read before."""
    _reads_ahead = False
    """More cards will be read when the keys rest."""

    def _fetch_cards(self, *, patient: bool = False) -> None:
        """Get the cards around the cursor in one go."""
        start = max(0, self.queue.cursor - AHEAD // 4)
        ids = dict.fromkeys(row.prospect.id for row in self.queue.arrangement.rows[start : start + AHEAD])
        wanted = [id for id in ids if id not in self._people]
        if wanted:
            self._reads_ahead = patient
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
            rows, at = self.queue.arrangement.rows, self.queue.cursor
            soon = rows[at : at + LEFT + 1][-1:]
            if soon and soon[0].prospect.id not in self._people:
                self._fetch_cards(patient=True)
