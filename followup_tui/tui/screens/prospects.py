"""Prospects: everybody in a table, filtered as one types; verbs act on the marked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from followup_tui.errors import FollowupError, PhraseError
from followup_tui.tui import bindings, commands, wording
from followup_tui.tui.screens.prospect_pages import Page, part, read
from followup_tui.tui.screens.row_verbs import RowVerbs
from followup_tui.tui.screens.verbs import Ids
from followup_tui.tui.text import content
from followup_tui.tui.widgets.field import Field
from followup_tui.tui.widgets.filter_line import problem_line
from followup_tui.tui.widgets.form_fields import FilterField
from followup_tui.tui.widgets.header import Header
from followup_tui.tui.widgets.key_line import KeyLine
from followup_tui.tui.widgets.line_list import LineList
from followup_tui.tui.widgets.list_pane import ListPane
from followup_tui.tui.widgets.prospect_table import ProspectTable

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services

DELAY = 0.08
"""Seconds without a key before the filter is tried."""
IDLE = 0.5
"""Seconds after the first picture until what filters need is imported, in a thread."""
PATIENCE = 5.0
"""Seconds a key waits at most for what a filter finds."""


class ProspectsScreen(RowVerbs):
    """The table holds a few pages; the rest stays in the database."""

    HEADING = "Prospects"
    BINDINGS = commands.as_bindings(bindings.PROSPECTS)
    AUTO_FOCUS: ClassVar[str] = "ProspectTable"

    def __init__(self) -> None:
        super().__init__()
        self._filter = ""
        """The filter of what is shown: the last one that was understood."""
        self._ids: Sequence[str] | None = None
        """Everybody it finds, in the order shown."""
        self._near = False
        """Nobody matches; the ones shown have names like the words."""
        self._arrangement = None
        self._asked = ""
        """The filter that was asked for last."""
        self._arrived = asyncio.Event()
        """Whom it finds is shown, or why it finds nobody; not set while that is on its way."""

    def compose(self) -> ComposeResult:
        """Show the empty frame."""
        yield Header()
        with Horizontal(id="filter"):
            yield Label(content("filter"))
            yield FilterField(id="words", hint="/  name, company, relation:cold due<=today tag:roof star")
        yield Static(id="filter-told", markup=False)
        with Horizontal(id="everybody"):
            yield ListPane(id="lists")
            with Vertical(id="people"):
                yield ProspectTable(id="table", symbols=self.home.config.symbols)
                yield Static(id="preview", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Load everybody."""
        super().on_mount()
        field = self.query_one("#words", FilterField)
        field.can_focus, field.back = False, self.table
        self.lists.border_title = "Lists"
        self._timer = self.set_timer(DELAY, self._try, pause=True)

    @property
    def table(self) -> ProspectTable:
        """The table."""
        return self.query_one(ProspectTable)

    @property
    def found_ids(self) -> Sequence[str]:
        """Whom the filter finds."""
        return self._ids or ()

    # Loading ------------------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Count again and read the pages in sight; cursor and marks stay."""
        if self._ids is not None and not self._arrived.is_set():
            self._try()
        else:
            self._read(self._filter, self.table.pages_in_view(), fresh=False)
        self.count_lists()

    async def caught_up(self) -> None:
        """Wait until what the filter line says is shown, so that a key typed right behind acts on it."""
        if not self.is_mounted:
            return
        self._take_filter()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._arrived.wait(), PATIENCE)

    def _try(self) -> None:
        self._asked = self.filter_shown
        self._arrived.clear()
        self._read(self._asked, (0,), fresh=True)

    def _read(self, filter: str, pages: tuple[int, ...], *, fresh: bool) -> None:
        arrangement = self._arrangement
        self.home.ops.query(
            "rows",
            lambda services: read(services, filter, pages, arrangement),
            lambda page: self._show(page, filter, fresh),
            self._refuse,
            owner=self,
        )

    def _show(self, page: Page, filter: str, fresh: bool) -> None:
        self.home.clock.set(page.now)
        if fresh and filter != self._filter:
            self.table.marks.clear()
            self.table.cursor = 0
        self.table.marks.keep(page.ids)
        self._filter, self._ids, self._near = filter, page.ids, page.near
        if self._arrangement is None:
            self._arrangement = page.arrangement
            self.set_timer(IDLE, self._get_ready)
        self.table.take_in(self._arrangement)
        self.table.replace(len(page.ids), page.today, page.pages)
        self.lists.set_shown(filter)
        self._tell_count()
        self._preview()
        self._arrived.set()

    def _get_ready(self) -> None:
        self.home.ops.query("ready", lambda services: services.prospects.get_ready(), lambda _: None, owner=self)

    def _refuse(self, error: FollowupError) -> None:
        self._arrived.set()
        column = error.column if isinstance(error, PhraseError) else None
        if column is None:
            self.home.say(str(error), "error")
        self._tell(problem_line(str(error), column), "$error")

    @on(ProspectTable.Wanted)
    def _fetch(self, message: ProspectTable.Wanted) -> None:
        page, ids = message.page, self._ids or ()
        self.home.ops.query(
            f"page {page}",
            lambda services: services.prospects.rows_of(part(ids, page)),
            lambda rows: self.table.set_page(page, rows) if ids is self._ids else None,
            owner=self,
        )

    # Words --------------------------------------------------------------------------------------------------------

    def _tell(self, text: str, style: str) -> None:
        told = self.query_one("#filter-told", Static)
        told.update(content(text, style), layout=style == "$error" or told.size.height != 1)

    def _tell_count(self) -> None:
        if self._ids is None:
            return
        marked = self.table.marks.number(len(self._ids))
        words = wording.count(len(self._ids), "prospect")
        if not self._ids:
            words = "nobody matches" if self._filter else "nobody yet: a adds one, ctrl+o imports a file"
        elif self._near:
            words = f"nobody is called {self._filter}; near it: {words}"
        self._tell(f"{words} · {marked:,} marked" if marked else words, "$accent" if marked else "$muted")

    @on(LineList.Moved, "#table")
    def _preview(self) -> None:
        row = self.table.current
        if row is None:
            self.query_one("#preview", Static).update("", layout=False)
            return
        parts = [content(row.name, "bold"), *(content(part, "$muted") for part in (row.company, row.relation) if part)]
        first = Content("  ").join(parts)
        details = [content(part) for part in (row.phone, row.email) if part] or [content("no phone number, no email")]
        if not self.has_class("-narrow"):  # before the e-mail, which may be long
            details.insert(1, content(f"next: {self.table.next_words(row)}", "$due"))
        second = Content("   ").join(details)
        glue = "   " if self.has_class("-narrow") else "\n"
        self.query_one("#preview", Static).update(Content(glue).join((first, second)), layout=False)

    # Filter -------------------------------------------------------------------------------------------------------

    def action_filter(self) -> None:
        """Type a filter."""
        field = self.query_one("#words", FilterField)
        field.can_focus = True
        self.set_focus(field)

    @on(Input.Changed)
    def _typed(self) -> None:
        self._timer.stop()
        self._timer = self.set_timer(DELAY, self._try)

    @on(Field.Left)
    def _take_filter(self) -> None:
        if self.filter_shown != self._asked:
            self._timer.stop()
            self._try()

    def action_leave(self) -> None:
        """Take the marks away; without any show everybody again."""
        if self.table.marks.number(len(self._ids or ())):
            self.table.marks.clear()
            self._draw_marks()
        else:
            self.query_one("#words", FilterField).value = ""

    @on(LineList.Chosen, "#lists")
    def action_take(self) -> None:
        """Show whom the list under the cursor finds; its filter can be read, and changed, in the line above."""
        one = self.lists.current
        self.show_filter(one.filter if one else "")
        self.action_hide_lists()

    def show_filter(self, filter: str) -> None:
        """Show whom a filter finds."""
        self.query_one("#words", FilterField).value = filter
        self._timer.stop()
        self._try()

    # Verbs --------------------------------------------------------------------------------------------------------

    def chosen(self) -> Callable[[Services], Ids] | None:
        """Act on the marked, else on the one under the cursor."""
        marks, ids, row = self.table.marks, self._ids or (), self.table.current
        if marks.all:
            exceptions = marks.ids
            return lambda _: [who for who in ids if who not in exceptions]
        if marks.ids:
            named = marks.ids
            return lambda _: [who for who in ids if who in named]
        return (lambda _: (row.id,)) if row is not None else None

    @property
    def chosen_number(self) -> int:
        """How many are marked; else the one under the cursor."""
        return self.table.marks.number(len(self._ids or ())) or (1 if self.table.current is not None else 0)

    @property
    def filter_shown(self) -> str:
        """The filter that stands in the line."""
        return self.query_one("#words", FilterField).value.strip()

    def chosen_words(self) -> str:
        """Return their number, or the name."""
        marked, row = self.table.marks.number(len(self._ids or ())), self.table.current
        return wording.count(marked, "prospect") if marked else row.name if row is not None else ""

    def verb_done(self, stay: Collection[str] | None = None) -> None:
        """Keep the marks for the next verb, on the very same people; some verbs leave nothing more to do."""
        self.table.marks.name_all(self._ids or ())
        if stay is not None:
            self.table.marks.keep(stay)
        self._draw_marks()

    def _draw_marks(self) -> None:
        self.table.forget_lines()
        self.table.refresh()
        self._tell_count()

    def action_mark(self) -> None:
        """Mark and go on."""
        self.table.toggle_mark()
        self._tell_count()

    def action_mark_all(self) -> None:
        """Mark everybody the filter finds."""
        self.table.toggle_all()
        self._tell_count()
