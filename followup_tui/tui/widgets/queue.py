"""The day's queue: one line a row, titles between the blocks; a cursor key redraws two lines and lays out nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from followup_tui.tui.day_rows import Arrangement, Entry, Line, Section, lines_of
from followup_tui.tui.text import content
from followup_tui.tui.widgets.paint import Painter, Piece
from followup_tui.tui.widgets.queue_row import Frame, row_pieces, section_words, skeleton_pieces


class Queue(ScrollView, Painter, inherit_bindings=False):
    """Shows an arrangement; keeps the cursor on a row by its key. It fetches nothing and says what is selected."""

    can_focus = False

    @dataclass
    class Chosen(Message):
        """A row was clicked while it was selected."""

        entry: Entry

    def __init__(self, symbols: str, selected: Callable[[Entry | None], None]) -> None:
        """`selected` is called with the row under the cursor, None when there is none: at once and not by a message, so
        that the row and its card are painted together.
        """
        super().__init__(id="queue")
        self._symbols = symbols
        self._selected = selected
        self._arrangement = Arrangement()
        self._lines: list[Line] = []
        self._line_of: list[int] = []
        self._cursor: int | None = None
        self._next: int | None = None
        self._now: datetime | None = None
        self._message: list[list[Piece]] = []
        self._saving: set[str] = set()
        self._strips: dict[int, Strip] = {}
        self._titled = ("", "")

    def on_mount(self) -> None:
        """Draw the skeleton until the first plan is there."""
        self.border_title = Content("Today")

    @property
    def entry(self) -> Entry | None:
        """The row under the cursor."""
        return None if self._cursor is None else self._arrangement.rows[self._cursor]

    @property
    def cursor(self) -> int:
        """The number of that row; 0 when there is none."""
        return self._cursor or 0

    @property
    def arrangement(self) -> Arrangement:
        """What is shown."""
        return self._arrangement

    @property
    def is_saving(self) -> bool:
        """Whether a log of one of its rows is being saved."""
        return bool(self._saving)

    def show(self, arrangement: Arrangement, now: datetime, cursor: str | None, message: list[list[Piece]]) -> None:
        """Show a new arrangement with the cursor on a key; `message` is drawn when there are no rows."""
        self._arrangement, self._now, self._message = arrangement, now, message
        self._lines, self._line_of = lines_of(arrangement)
        self._next = arrangement.next_open()
        size = Size(self.size.width, max(1, len(self._lines)))
        drawn, self._strips = self._strips if size == self.virtual_size else {}, {}
        if size != self.virtual_size:
            self.virtual_size = size
        self._cursor = arrangement.index(cursor)
        if self._cursor is None and arrangement.rows:
            self._cursor = self._next if self._next is not None else 0
        self._reveal()
        self._retitle()
        self._refresh_changed(drawn)
        self._selected(self.entry)

    def _refresh_changed(self, drawn: dict[int, Strip]) -> None:
        """Redraw the lines in sight that differ from what was drawn; everything when nothing can be compared."""
        if not drawn:
            self.refresh()
            return
        top = round(self.scroll_y)
        for line in range(top, min(top + self.size.height, len(self._lines))):
            self._strips[line] = self._draw(self._lines[line], self.size.width)
            if self._strips[line] != drawn.get(line):
                self.refresh_line(line)

    def move(self, to: int, *, working: bool = False) -> None:
        """Put the cursor on a row, kept within the list; `working` shows what comes after it as well."""
        rows = len(self._arrangement.rows)
        if not rows:
            return
        to = max(0, min(rows - 1, to))
        if to == self._cursor:
            return
        old, self._cursor = self._cursor, to
        for row in (old, to):
            if row is not None:
                self._redraw(row)
        self._reveal(working=working)
        self._selected(self.entry)

    def step(self, by: int) -> None:
        """Move the cursor by rows."""
        self.move((self._cursor or 0) + by)

    def step_open(self, by: int) -> None:
        """Move the cursor to the next or previous row that is still to do."""
        rows, at = self._arrangement.rows, self._cursor if self._cursor is not None else -1
        ahead = range(at + 1, len(rows)) if by > 0 else range(at - 1, -1, -1)
        found = next((n for n in ahead if rows[n].open), None)
        if found is not None:
            self.move(found)

    def mark_saving(self, prospect: str) -> None:
        """Show that a log of the prospect is being saved, and go on to the next row still to do."""
        index = self._arrangement.index(prospect)
        if index is None:
            return
        self._saving.add(prospect)
        self._redraw(index)
        if self._cursor == index:
            found = self._arrangement.next_open(index + 1)
            if found is not None:
                self.move(found, working=True)

    def mark_saved(self, prospect: str) -> None:
        """It is saved: a row of this key is no longer the one that was."""
        self._saving.discard(prospect)

    def unmark_saving(self, prospect: str) -> None:
        """It was not saved: the row is as it was, and under the cursor again."""
        self._saving.discard(prospect)
        index = self._arrangement.index(prospect)
        if index is not None:
            self._redraw(index)
            self.move(index)

    def page(self) -> int:
        """Return the rows of a page."""
        return max(1, self.size.height - 2)

    def render_line(self, y: int) -> Strip:
        """Draw one line; drawn lines are kept until something on them changes."""
        at, width = y + self.scroll_offset.y, self.size.width
        if self._now is None:
            return self.strip(skeleton_pieces(y, width, self._symbols), width)
        if not self._lines:
            return self._words(y, width)
        if at >= len(self._lines):
            return self.strip((), width)
        drawn = self._strips.get(at)
        if drawn is None or drawn.cell_length != width:
            drawn = self._strips[at] = self._draw(self._lines[at], width)
        return drawn

    def _draw(self, line: Line, width: int) -> Strip:
        if line is None:
            return self.strip((), width)
        if isinstance(line, Section):
            name, rest = section_words(line, self._now)
            return self.strip([(" ", "text"), (name, "block"), (rest, "muted")], width)
        entry = self._arrangement.rows[line]
        assert self._now is not None
        section = self._arrangement.places[entry.key][0]
        frame = Frame(
            width=width,
            symbols=self._symbols,
            now=self._now,
            selected=line == self._cursor,
            is_next=line == self._next,
            later=section.startswith("block") and not self._current(section),
            saving=entry.key in self._saving,
        )
        return self.strip(row_pieces(entry, frame), width, marked=line == self._cursor)

    def _current(self, key: str) -> bool:
        return any(section.current for section in self._arrangement.sections if section.key == key)

    def _words(self, y: int, width: int) -> Strip:
        """Draw the message of an empty day."""
        top = max(0, (self.size.height - len(self._message)) // 2)
        inside = 0 <= y - top < len(self._message)
        return self.strip([("    ", "text"), *self._message[y - top]] if inside else (), width)

    def _redraw(self, row: int) -> None:
        line = self._line_of[row]
        self._strips.pop(line, None)
        self.refresh_line(line)

    def _reveal(self, *, working: bool = False) -> None:
        """Scroll just enough to have the cursor in sight, with its title when that is right above.

        Who works through the list sees a new page of it instead: a line for each log would draw the whole list anew,
        and never show who comes next.
        """
        if self._cursor is None:
            return
        line, height, top = self._line_of[self._cursor], self.size.height, round(self.scroll_y)
        above = line - 1 if line and isinstance(self._lines[line - 1], Section) else line
        if self._cursor == 0:
            above = 0
        if above < top:
            self.scroll_to(y=above, animate=False)
        elif line >= top + height > 0:
            self.scroll_to(y=above - 1 if working else line - height + 1, animate=False)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Keep the title of the rows at the top in the border."""
        super().watch_scroll_y(old_value, new_value)
        self._retitle()

    def _retitle(self) -> None:
        sections = self._arrangement.sections
        if not sections:
            self._titled = ("", "")
            self.border_title = Content("Today")
            return
        line = min(round(self.scroll_y), len(self._lines) - 1)
        row = next((at for at in self._lines[line:] if isinstance(at, int)), 0)
        key = self._arrangement.places[self._arrangement.rows[row].key][0]
        section = next(section for section in sections if section.key == key)
        words = section_words(section, self._now)
        if words != self._titled:
            self._titled = words
            self.entitle(Content.assemble(content(words[0], "bold $primary"), content(words[1], "$muted")))

    def on_resize(self) -> None:
        """Draw all lines anew for the new width, the cursor in sight."""
        self._strips.clear()
        self.virtual_size = Size(self.size.width, max(1, len(self._lines)))
        self._reveal()

    def notify_style_update(self) -> None:
        """Draw in the new theme's colours."""
        self._strips.clear()
        super().notify_style_update()

    def on_click(self, event: events.Click) -> None:
        """A click selects a row, a second one chooses it."""
        at = event.y - 1 + self.scroll_offset.y
        line = self._lines[at] if 0 <= at < len(self._lines) else None
        if not isinstance(line, int):
            return
        if line == self._cursor:
            self.post_message(self.Chosen(self._arrangement.rows[line]))
        else:
            self.move(line)
