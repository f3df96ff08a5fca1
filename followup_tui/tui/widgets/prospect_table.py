"""A table of prospects that holds a few pages of rows and asks for the rest as they come into view."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Sequence
from datetime import date

from textual.geometry import Size
from textual.message import Message

from followup_tui.services.views import ProspectRow
from followup_tui.tui import wording
from followup_tui.tui.widgets.canvas import Canvas
from followup_tui.tui.widgets.line_list import LineList
from followup_tui.tui.widgets.table_columns import COLUMNS, Arrangement

PAGE = 200
"""Rows of one page."""
_KEPT = 10
"""Pages held at most: memory stays flat however many people there are."""
WIDE = 104
"""Cells from which words are written out."""
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

    def toggle_all(self, count: int) -> None:
        """Mark all of `count` rows, or none when all are marked."""
        self.all = self.number(count) < count
        self._ids = set()

    def clear(self) -> None:
        """Take all marks away."""
        self.all = False
        self._ids = set()

    def keep(self, found: Collection[str]) -> None:
        """Forget rows that are no longer found."""
        if self._ids:
            self._ids.intersection_update(found)

    def name_all(self, found: Sequence[str]) -> None:
        """From now on mean those who are marked now, whoever comes."""
        if self.all:
            self.all, self._ids = False, set(found) - self._ids

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
        self.arrangement = Arrangement()
        self._star, self._mark, self._none = ("*", "+", "-") if symbols == "ascii" else ("★", "✓", "–")
        self._down, self._up = (" v", " ^") if symbols == "ascii" else (" ▾", " ▴")

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
        self.marks.toggle_all(self._total)
        self.forget_lines()
        self.refresh()

    # Drawing ------------------------------------------------------------------------------------------------------

    def take_in(self, arrangement: Arrangement) -> None:
        """Show other columns."""
        self.arrangement = arrangement
        self.forget_lines()
        self.refresh()

    def draw_head(self, canvas: Canvas) -> None:
        """Name the columns, and the way the table is sorted."""
        narrow = canvas.room < WIDE
        canvas.skip_to(4)
        for name, size in self.arrangement.fitted(canvas.room, narrow):
            column = COLUMNS[name]
            word = column.short if narrow else column.name
            if name == self.arrangement.order and (name != "name" or self.arrangement.backwards):
                word = f"{word}{self._up if self.arrangement.backwards else self._down}"
            canvas.cell(f"  {word}" if name == "next" else word, size, "muted", right=column.right)

    def draw_row(self, row: int, canvas: Canvas) -> None:
        """Draw one prospect, or the place of one who is on the way."""
        shown = self.row(row)
        if shown is None:
            self._want(row // PAGE)
            canvas.skip_to(4).write("…", "muted")
            return
        narrow = canvas.room < WIDE
        marked = shown.id in self.marks
        canvas.cell(self._mark if marked else "", 1, "accent")
        canvas.cell(self._star if shown.star else "", 1, "accent")
        for name, size in self.arrangement.fitted(canvas.room, narrow):
            self._draw(name, size, shown, canvas, marked=marked)

    def _draw(self, name: str, size: int, row: ProspectRow, canvas: Canvas, *, marked: bool) -> None:
        """Draw one cell."""
        match name:
            case "name":
                canvas.cell(row.name, size, "accent" if marked else "strong")
            case "company":
                canvas.cell(row.company, size)
            case "relation":
                canvas.cell(row.relation, size, "muted" if row.relation in _QUIET else "text")
            case "next":
                words, role = self.next_touch(row, size - 2)
                by = wording.channel_mark(row.next_channel, self._symbols) if row.next_channel else ""
                canvas.cell(by, 1, "muted").cell(words, size - 2, role)
            case "attempts":
                canvas.cell(str(row.attempts) if row.attempts else self._none, size, "muted", right=True)
            case "last":
                touched = wording.day(row.last_touch.date(), self.today) if row.last_touch else self._none
                canvas.cell(touched, size, "muted", right=True)
            case _:
                canvas.cell(row.phone if name == "phone" else row.email, size, "muted")

    def next_words(self, row: ProspectRow) -> str:
        """Return the next touch of a row in words."""
        words, _ = self.next_touch(row)
        return f"{words} {row.next_channel}" if row.next_channel else words

    def next_touch(self, row: ProspectRow, room: int = 80) -> tuple[str, str]:
        """Return the next touch in as many words as there is room for, and how it looks: late, due today, or later."""
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
            ways = [f"{kind}{late:,} d over", f"{late:,} d over"]
        else:
            near, day = wording.day_and_distance(row.next_date, self.today), wording.day(row.next_date, self.today)
            ways = [f"{kind}{near}", f"{kind}{day}", f"{kind}{day.partition(' ')[2] or day}", day]
        return next((words for words in ways if len(words) <= room), ways[-1]), role
