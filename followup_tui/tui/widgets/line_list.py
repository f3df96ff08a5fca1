"""A list drawn line by line: a fixed heading, a cursor that repaints two lines and never lays out."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from followup_tui.tui.bindings import LISTS, as_bindings
from followup_tui.tui.widgets.canvas import Canvas
from followup_tui.tui.widgets.paint import Painter


class LineList(Painter, ScrollView, can_focus=True):
    """Items on numbered lines; subclasses say what stands on a line and which line an item is on."""

    DEFAULT_CSS = """
    LineList { overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    """
    BINDINGS: ClassVar[list[BindingType]] = as_bindings(LISTS)

    head_lines = 1
    """Lines at the top that do not scroll."""

    class Moved(Message):
        """The cursor stands on another item, or its item changed."""

        def __init__(self, lines: LineList, index: int) -> None:
            super().__init__()
            self.lines = lines
            self.index = index

        @property
        def control(self) -> LineList:
            """The list, for `@on` selectors."""
            return self.lines

    class Chosen(Moved):
        """Enter or a double click on an item."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.cursor = 0
        self._wide = 0
        self._strips: LRUCache[tuple[int, bool], Strip] = LRUCache(600)

    # What subclasses say ------------------------------------------------------------------------------------------

    @property
    @abstractmethod
    def count(self) -> int:
        """Number of items."""

    @property
    def height_in_lines(self) -> int:
        """Number of lines below the heading."""
        return self.count

    def row_of(self, index: int) -> int:
        """Return the line of an item."""
        return index

    def index_at(self, row: int) -> int:
        """Return the item a line belongs to."""
        return row

    def draw_head(self, canvas: Canvas) -> None:
        """Draw the heading."""

    @abstractmethod
    def draw_row(self, row: int, canvas: Canvas) -> None:
        """Draw a line; the canvas knows whether the cursor is on it."""

    # What all of them do ------------------------------------------------------------------------------------------

    def show(self, cursor: int | None = None, *, end: bool = False, at_once: bool = False) -> None:
        """Draw everything again after the items changed; the cursor stays on its place where it can.

        With `end` as much of the end of the list is shown as leaves the cursor in the upper half. `at_once`: it is laid
        out already, so that the next picture shows the cursor where it belongs, if not yet the scrollbar.
        """
        self._strips.clear()
        self.virtual_size = Size(0, self.height_in_lines + self.head_lines)
        self.cursor = max(0, min(self.cursor if cursor is None else cursor, self.count - 1))
        self.refresh()
        if at_once:
            self._settle(end, at_once)
        else:
            self.call_after_refresh(self._settle, end)

    def show_at(self, cursor: int, above: int) -> None:
        """Draw everything again, with so many lines of the view above the cursor: nothing moves on the screen."""
        self._strips.clear()
        self.virtual_size = Size(0, self.height_in_lines + self.head_lines)
        self.cursor = max(0, min(cursor, self.count - 1))
        self.scroll_to(y=self.row_of(self.cursor) - above, animate=False, immediate=True)
        self.refresh()
        self.post_message(self.Moved(self, self.cursor))

    def forget_lines(self) -> None:
        """Draw lines anew at the next paint."""
        self._strips.clear()

    def _settle(self, end: bool, at_once: bool = False) -> None:
        if self.count:
            if end:
                page = self.page_lines
                middle = self.row_of(self.cursor) - page // 2
                y = max(0, min(middle, self.height_in_lines - page))
                self.scroll_to(y=y, animate=False, force=at_once)
            self._scroll_to_cursor(at_once)
            self.post_message(self.Moved(self, self.cursor))

    @property
    def page_lines(self) -> int:
        """Lines of items on screen."""
        return max(1, self.size.height - self.head_lines)

    def move_to(self, index: int) -> None:
        """Put the cursor on an item: repaints two lines, scrolls only when it must."""
        index = max(0, min(index, self.count - 1))
        if index == self.cursor or not self.count:
            return
        before, self.cursor = self.cursor, index
        self.repaint(before)
        self.repaint(index)
        self._scroll_to_cursor()
        self.post_message(self.Moved(self, index))

    def repaint(self, index: int) -> None:
        """Paint the line of one item again."""
        y = self.row_of(index) + self.head_lines - self.scroll_offset.y
        if self.head_lines <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def _scroll_to_cursor(self, at_once: bool = False) -> None:
        row, page, top = self.row_of(self.cursor), self.page_lines, self.scroll_offset.y
        last = self.height_in_lines - 1 if self.cursor == self.count - 1 else row
        if row < top:
            first = self.row_of(self.cursor - 1) + 1 if self.cursor else 0
            self.scroll_to(y=max(first, row - page + 1), animate=False, force=at_once)
        elif row >= top + page or (last != row and last >= top + page):
            self.scroll_to(y=min(row, last - page + 1), animate=False, force=at_once)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Note the width once for all lines of this paint."""
        width = self.scrollable_content_region.width
        if width != self._wide:
            self._wide = width
            self._strips.clear()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the viewport, from the cache when it did not change."""
        width = self._wide
        if y < self.head_lines:
            canvas = Canvas(width, self.role)
            self.draw_head(canvas)
            return canvas.strip()
        row = y - self.head_lines + self.scroll_offset.y
        if row >= self.height_in_lines:
            return Strip.blank(width, self.role("text"))
        selected = bool(self.count) and row == self.row_of(self.cursor)
        strip = self._strips.get((row, selected))
        if strip is None:
            canvas = Canvas(width, partial(self.role, marked=selected))
            self.draw_row(row, canvas)
            strip = self._strips[row, selected] = canvas.strip()
        return strip

    def notify_style_update(self) -> None:
        """Forget drawn lines when the theme changes."""
        self._strips.clear()
        super().notify_style_update()

    def on_click(self, event: events.Click) -> None:
        """Select by mouse; a second click opens."""
        at = event.get_content_offset(self)
        row = -1 if at is None or at.y < self.head_lines else at.y - self.head_lines + self.scroll_offset.y
        if not 0 <= row < self.height_in_lines or not self.count:
            return
        self.move_to(self.index_at(row))
        if event.chain == 2:
            self.post_message(self.Chosen(self, self.cursor))

    def action_cursor(self, by: int) -> None:
        """Move by items."""
        self.move_to(self.cursor + by)

    def action_cursor_to(self, end: str) -> None:
        """Move to the `first` or the `last` item."""
        self.move_to(0 if end == "first" else self.count - 1)

    def action_page(self, by: int) -> None:
        """Move by what is on screen."""
        row = self.row_of(self.cursor) + by * self.page_lines if self.count else 0
        self.move_to(self.index_at(max(0, min(row, self.height_in_lines - 1))))
