"""The place at the lower right where notices stand: laid out when the number of lines changes, never made anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.containers import Container
from textual.content import Content
from textual.geometry import Size
from textual.notifications import Notification
from textual.strip import Strip

from followup_tui.tui.widgets.paint import Painter, Piece

EDGE = "▌"
MARGIN = 2
"""Blank cells at both sides of the words."""
LEFT_FREE = 6
"""Lines of the screen that notices never cover."""


class NoticeBoard(Painter):
    """The notices, oldest first; a click on one takes it away."""

    def __init__(self, dropped: Callable[[Notification], None]) -> None:
        super().__init__()
        self._dropped = dropped
        self._notices: list[Notification] = []
        self._lines: list[tuple[str, Notification]] = []
        self._wide = 0

    def show(self, notices: Sequence[Notification]) -> None:
        """Show these and no others."""
        if [notice.identity for notice in notices] == [notice.identity for notice in self._notices]:
            return
        self._notices = list(notices)
        lines = len(self._lines)
        self._wrap(self._wide)
        self.refresh(layout=len(self._lines) != lines or not self._wide)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines needed."""
        self._wrap(width)
        return len(self._lines)

    def _wrap(self, width: int) -> None:
        """Break the words into lines; of more than there is room for the newest stay."""
        self._wide, room = width, max(1, width - len(EDGE) - 2 * MARGIN)
        lines = [
            (line.plain.rstrip(), notice) for notice in self._notices for line in Content(notice.message).wrap(room)
        ]
        self._lines = lines[-max(1, self.app.size.height - LEFT_FREE) :]

    def render_line(self, y: int) -> Strip:
        """Draw one line: the edge in the colour of how grave it is, and the words."""
        pieces: list[Piece] = []
        if y < len(self._lines):
            words, notice = self._lines[y]
            pieces = [(EDGE, f"notice-{notice.severity}"), (" " * MARGIN + words, "text")]
        return self.strip(pieces, self.size.width)

    def on_click(self, event: events.Click) -> None:
        """Take away the notice that was clicked."""
        if event.y < len(self._lines):
            self._dropped(self._lines[event.y][1])


class NoticeRack(Container):
    """Keeps the board at the right, above the last line; not there at all while nothing is said."""

    def __init__(self, board: NoticeBoard) -> None:
        super().__init__(board)
        self._board = board
        self.display = False

    def show(self, notices: Sequence[Notification]) -> None:
        """Show these; the place is gone with the last of them."""
        self._board.show(notices)
        self.display = bool(notices)
