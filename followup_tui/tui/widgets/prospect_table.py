"""A table of prospects that holds a few pages of rows and asks for the rest as they come into view."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from datetime import date

from textual.geometry import Size
from textual.message import Message

from followup_tui.services.views import ProspectRow
from followup_tui.tui import wording
from followup_tui.tui.widgets.canvas import Canvas
from followup_tui.tui.widgets.line_list import LineList

PAGE = 200
"""Rows of one page."""
_KEPT = 10
"""Pages held at most: memory stays flat however many people there are."""
WIDE = 104
"""Cells from which words are written out."""
_REACH = 44
"""Cells to spare from which number and address stand in the row."""
_QUIET = frozenset({"pool", "closed", "do not contact"})


class Marks:
    """Which rows are marked: some, or all but some."""

    def __init__(self) -> None:
        self.all = False
        self._ids: set[str] = set()

    def __contains__(self, who: str) -> bool:
        return (who in self._ids) != self.all

    def toggle(self, who: str) -> None:
        """Mark a row, or take its mark away."""
        self._ids ^= {who}

    def toggle_all(self) -> None:
        """Mark all rows, or none when all are marked."""
        self.all = not (self.all and not self._ids)
        self._ids = set()

    def clear(self) -> None:
        """Take all marks away."""
        self.all = False
        self._ids = set()

    def number(self, count: int) -> int:
        """Return how many of `count` rows are marked."""
        return count - len(self._ids) if self.all else len(self._ids)

    @property
    def ids(self) -> frozenset[str]:
        """The rows named: the marked ones, or the exceptions when `all`."""
        return frozenset(self._ids)


class ProspectTable(LineList):
    """Draws rows it was given page by page; posts `Wanted` for a page it lacks."""

    class Wanted(Message):
        """A page that is about to be seen is not here."""

        def __init__(self, page: int) -> None:
            super().__init__()
            self.page = page

    def __init__(self, *, id: str | None = None, symbols: str = "unicode") -> None:
        super().__init__(id=id)
        self.marks = Marks()
        self.today = date.min
        self._total = 0
        self._pages: OrderedDict[int, Sequence[ProspectRow]] = OrderedDict()
        self._asked: set[int] = set()
        self._symbols = symbols
        self._star, self._mark, self._none = ("*", "+", "-") if symbols == "ascii" else ("★", "✓", "–")

    # Rows ---------------------------------------------------------------------------------------------------------

    @property
    def count(self) -> int:
        """Everybody the filter finds."""
        return self._total

    def set_total(self, total: int, today: date, cursor: int) -> None:
        """Start over with so many rows, none of which is here yet."""
        self.today = today
        self._total = total
        self._pages.clear()
        self._asked.clear()
        self.show(cursor)

    def set_page(self, page: int, rows: Sequence[ProspectRow]) -> None:
        """Take in a page and paint it; the page unused for longest is dropped."""
        self._asked.discard(page)
        self._pages[page] = rows
        self._pages.move_to_end(page)
        if self.cursor // PAGE in self._pages:
            self._pages.move_to_end(self.cursor // PAGE)
        while len(self._pages) > _KEPT:
            self._pages.popitem(last=False)
        self.forget_lines()
        self.refresh()
        if page == self.cursor // PAGE:
            self.post_message(self.Moved(self, self.cursor))

    def replace(self, total: int, today: date, pages: dict[int, Sequence[ProspectRow]]) -> None:
        """Take in fresh pages for the ones on screen, without a blank moment between."""
        self.today = today
        same = total == self._total
        self._total = total
        self._pages = OrderedDict(pages)
        self._asked.clear()
        if same:
            self.forget_lines()
            self.refresh()
            self.post_message(self.Moved(self, self.cursor))
        else:
            self.virtual_size = Size(0, 0)
            self.show()

    def row(self, index: int) -> ProspectRow | None:
        """Return a row when it is here."""
        rows = self._pages.get(index // PAGE)
        place = index % PAGE
        return rows[place] if rows is not None and place < len(rows) else None

    @property
    def current(self) -> ProspectRow | None:
        """The row under the cursor."""
        return self.row(self.cursor) if self._total else None

    def pages_in_view(self) -> tuple[int, ...]:
        """Return the pages the screen shows, and the cursor's: at least one."""
        top = self.scroll_offset.y
        last = max(top, min(top + self.page_lines, self._total) - 1)
        return tuple(sorted({*range(top // PAGE, last // PAGE + 1), self.cursor // PAGE}))

    def _want(self, page: int) -> None:
        if page not in self._asked:
            self._asked.add(page)
            self.post_message(self.Wanted(page))

    # Marks --------------------------------------------------------------------------------------------------------

    def toggle_mark(self) -> None:
        """Mark the row under the cursor and go on to the next."""
        row = self.current
        if row is not None:
            self.marks.toggle(row.id)
            self.forget_lines()
            self.repaint(self.cursor)
            self.move_to(self.cursor + 1)

    def toggle_all(self) -> None:
        """Mark everybody the filter finds, or nobody."""
        self.marks.toggle_all()
        self.forget_lines()
        self.refresh()

    # Drawing ------------------------------------------------------------------------------------------------------

    def _columns(self, width: int) -> tuple[int, int, int, int, int, int]:
        """Return the widths of name, company, relation, next, attempts, last touch."""
        narrow = width < WIDE
        relation, following, attempts, last = (8, 14, 3, 10) if narrow else (14, 24, 8, 11)
        rest = max(20, width - 4 - relation - following - 2 - attempts - last - 6)
        name = min(34, rest - rest // 2)
        return name, min(40, rest - name), relation, following, attempts, last

    def draw_head(self, canvas: Canvas) -> None:
        """Name the columns."""
        narrow = canvas.room < WIDE
        *sizes, attempts, last = self._columns(canvas.room)
        canvas.skip_to(4)
        for word, size in zip(("name", "company", "relation", "  next"), sizes, strict=True):
            canvas.cell(word, size, "muted")
        canvas.skip_to(canvas.at + 2)
        canvas.cell("att" if narrow else "attempts", attempts, "muted", right=True)
        canvas.cell("last touch", last, "muted", right=True)
        if canvas.room > _REACH:
            canvas.skip_to(canvas.at + 2).cell("phone", 18, "muted").write("email", "muted")

    def draw_row(self, row: int, canvas: Canvas) -> None:
        """Draw one prospect, or the place of one who is on the way."""
        shown = self.row(row)
        if shown is None:
            self._want(row // PAGE)
            canvas.skip_to(4).write("…", "muted")
            return
        narrow = canvas.room < WIDE
        name, company, relation, following, attempts, last = self._columns(canvas.room)
        marked = shown.id in self.marks
        canvas.cell(self._mark if marked else "", 1, "accent")
        canvas.cell(self._star if shown.star else "", 1, "accent")
        canvas.cell(shown.name, name, "accent" if marked else "strong")
        canvas.cell(shown.company, company)
        canvas.cell(shown.relation, relation, "muted" if shown.relation in _QUIET else "text")
        words, role = self._next(shown, narrow)
        by = wording.channel_mark(shown.next_channel, self._symbols) if shown.next_channel else ""
        canvas.cell(by, 1, "muted").cell(words, following, role)
        canvas.cell(str(shown.attempts) if shown.attempts else self._none, attempts, "muted", right=True)
        touched = wording.day(shown.last_touch.date(), self.today) if shown.last_touch else self._none
        canvas.cell(touched, last, "muted", right=True)
        if canvas.room > _REACH:
            canvas.skip_to(canvas.at + 2).cell(shown.phone, 18, "muted").write(shown.email, "muted")

    def next_words(self, row: ProspectRow) -> str:
        """Return the next touch of a row in words."""
        words, _ = self._next(row, False)
        return f"{words} {row.next_channel}" if row.next_channel else words

    def _next(self, row: ProspectRow, short: bool) -> tuple[str, str]:
        """Return the next touch in words and how it looks: late, due today, or later."""
        if row.next_date is None:
            return self._none, "muted"
        late = (self.today - row.next_date).days
        role = "overdue" if late > 0 else "due" if late == 0 else "muted"
        kind = "" if row.next_kind in (None, "step", "own") else f"{row.next_kind} "
        if row.next_kind == "decision":
            return "decision", "due"
        if row.next_channel is None and row.next_kind == "step":
            return "no good detail", "overdue"
        if late > 0:
            return f"{kind}{late:,} d over", role
        words = wording.day if short else wording.day_and_distance
        return f"{kind}{words(row.next_date, self.today)}", role
