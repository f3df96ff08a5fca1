"""Find a prospect: words or a filter, results as one types, enter opens."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from followup_tui.errors import FollowupError, PhraseError
from followup_tui.records import dataclass
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
"""Seconds without a key before a filter is tried, and misspelt names are looked for: a fast typist asks once."""
_FILTERS = re.compile(r"""[:<>=≤≥≠"“()]|(?:^|\s)-\w|(?:^|\s)(?:or|not|star)(?:\s|$)""", re.IGNORECASE)
"""What words as people type names don't have."""


@dataclass(frozen=True, slots=True)
class Found:
    """Whom words find, and whether more may follow behind these."""

    rows: list[ProspectRow]
    today: date
    goes_on: bool = False


class FindDialog(Dialog[str]):
    """Answers with the id of a prospect."""

    HEADING = "Find"
    FIELD = "#words"
    BINDINGS = commands.as_bindings(dialog_bindings.FINDING)

    def __init__(self) -> None:
        super().__init__()
        self._asked = ""
        self._shown: str | None = None
        """The words whose people are in the table."""
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
        if _is_filter(self._words):
            self._timer = self.set_timer(DELAY, self._ask)
        else:
            self._ask()

    @property
    def _words(self) -> str:
        return self.query_one("#words", TextField).value.strip()

    def _ask(self) -> None:
        words = self._asked = self._words
        self._query(_look if _is_filter(words) else _glance)

    def _ask_rest(self) -> None:
        self._query(_look)

    def _query(self, look: Callable[[Services, str], Found]) -> None:
        words = self._asked
        self.home.ops.query("find", lambda services: look(services, words), self._show, self._refuse, owner=self)

    def _show(self, found: Found) -> None:
        """Show what is found at once; where there may be more, it is looked for behind the picture."""
        rows, today, words = found.rows, found.today, self._asked
        if found.goes_on:
            self._timer.stop()
            self._timer = self.set_timer(0 if self._open_next else DELAY, self._ask_rest)
            if not rows:
                return
        more = len(rows) > MOST
        table = self.query_one(ProspectTable)
        table.replace(min(MOST, len(rows)), today, {0: rows[:MOST]})
        table.move_to(min(table.cursor, len(rows) - 1) if self._shown == words else 0)
        self._shown = words
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
        words = event.value.strip()
        if words == self._shown:
            self._take()
            return
        self._timer.stop()
        self._open_next = True
        if words == self._asked:
            self._ask_rest()
        else:
            self._ask()

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


def _is_filter(words: str) -> bool:
    """Whether this is asked as a filter: nothing, which finds everybody, or what names are not written with."""
    return not words or _FILTERS.search(words) is not None


def _look(services: Services, words: str) -> Found:
    """Return one row more than are shown, to know whether there are more.

    A filter is asked as one; anything else is words, which find names first and forgive a wrong letter.
    """
    people = services.prospects
    found = people.rows(words, limit=MOST + 1) if _is_filter(words) else people.search(words, MOST + 1)
    return Found(found, services.local_today())


def _glance(services: Services, words: str) -> Found:
    """Return what `_look` begins with, which indexes know: before the finger leaves the key."""
    found = services.prospects.surest(words, MOST + 1)
    return Found(found, services.local_today(), goes_on=len(found) <= MOST)
