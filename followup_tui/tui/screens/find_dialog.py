"""Find a prospect: words or a filter, results as one types, enter opens."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from followup_tui.errors import FollowupError, PhraseError
from followup_tui.services.views import ProspectRow
from followup_tui.tui import commands, dialog_bindings, wording
from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.text import content
from followup_tui.tui.widgets.filter_line import problem_line
from followup_tui.tui.widgets.form_fields import TextField
from followup_tui.tui.widgets.line_list import LineList
from followup_tui.tui.widgets.prospect_table import ProspectTable

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services

MOST = 50
DELAY = 0.06
"""Seconds without a key before it looks: a fast typist asks once."""
_FILTERS = re.compile(r"""[:<>=≤≥≠"“()]|(?:^|\s)-\w|(?:^|\s)(?:or|not|star)(?:\s|$)""", re.IGNORECASE)
"""What words as people type names don't have."""


class FindDialog(Dialog[str]):
    """Answers with the id of a prospect."""

    HEADING = "Find"
    FIELD = "#words"
    BINDINGS = commands.as_bindings(dialog_bindings.FINDING)

    def __init__(self) -> None:
        super().__init__()
        self._asked = ""
        self._open_next = False

    def compose(self) -> ComposeResult:
        """Show the field and an empty table."""
        with Vertical(id="find", classes="box") as box:
            box.border_title = content(" Find ")
            yield TextField(id="words", hint="a name, a company, a number, or a filter: relation:cold due<=today")
            yield Static(id="told", markup=False)
            table = ProspectTable(id="found", symbols=self.home.config.symbols)
            table.can_focus = False
            yield table

    def on_mount(self) -> None:
        """Show the first people at once."""
        super().on_mount()
        self._timer = self.set_timer(DELAY, self._ask, pause=True)
        self._ask()

    @on(Input.Changed)
    def _typed(self) -> None:
        self._timer.stop()
        self._timer = self.set_timer(DELAY, self._ask)

    def _ask(self) -> None:
        words = self._asked = self.query_one("#words", TextField).value.strip()
        self.home.ops.query("find", lambda services: _look(services, words), self._show, self._refuse, owner=self)

    def _show(self, found: tuple[list[ProspectRow], date]) -> None:
        rows, today = found
        more = len(rows) > MOST
        table = self.query_one(ProspectTable)
        table.replace(min(MOST, len(rows)), today, {0: rows[:MOST]})
        table.move_to(0)
        said = f"the first {MOST}; more words find fewer" if more else wording.count(len(rows), "prospect")
        self._tell(said if rows else "nobody", "$muted")
        if self._open_next:
            self._open_next = False
            self._take()

    def _refuse(self, error: FollowupError) -> None:
        self._open_next = False
        column = error.column if isinstance(error, PhraseError) else None
        self._tell(problem_line(str(error), column), "$error")

    def _tell(self, text: str, style: str) -> None:
        self.query_one("#told", Static).update(content(text, style), layout=False)

    @on(Input.Submitted)
    def _enter(self, event: Input.Submitted) -> None:
        if event.value.strip() != self._asked:
            self._timer.stop()
            self._open_next = True
            self._ask()
            return
        self._take()

    @on(LineList.Chosen)
    def _take(self) -> None:
        row = self.query_one(ProspectTable).current
        if row is not None:
            self.dismiss(row.id)

    def action_cursor(self, by: int) -> None:
        """Move in the table while the field keeps the focus."""
        self.query_one(ProspectTable).action_cursor(by)

    def action_page(self, by: int) -> None:
        """Move by pages."""
        self.query_one(ProspectTable).action_page(by)


def _look(services: Services, words: str) -> tuple[list[ProspectRow], date]:
    """Return one row more than are shown, to know whether there are more.

    A filter is asked as one; anything else is words, which find names first and forgive a wrong letter.
    """
    people = services.prospects
    is_filter = not words or _FILTERS.search(words)
    found = people.rows(words, limit=MOST + 1) if is_filter else people.search(words, MOST + 1)
    return found, services.local_today()
