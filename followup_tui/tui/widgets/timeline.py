"""The timeline of a prospect in lanes, one per channel in use; newest below, steps ahead under the line of today."""

from __future__ import annotations

from datetime import date

from followup_tui.domain.channels import BY_NAME
from followup_tui.domain.model import Outcome, OutcomeKind
from followup_tui.services.views import AheadView, ReferredView, TouchView
from followup_tui.tui import wording
from followup_tui.tui.widgets.canvas import Canvas
from followup_tui.tui.widgets.line_list import LineList
from followup_tui.tui.widgets.timeline_rows import AheadLine, GapLine, NamedLine, TimelineRows, TodayLine, TouchLine
from followup_tui.tui.widgets.timeline_words import ahead_label, promise_words

_DATE = 13
"""Cells of the date column."""
_TEXT = 30
"""Cells the words of the last lane need before lanes shrink to letters."""
_WIDEST, _NARROWEST, _LETTERS = 17, 11, 3
_RESPONSES = frozenset(str(outcome) for outcome in Outcome if outcome.kind is OutcomeKind.RESPONSE)
UNICODE_MARKS = {
    "out": "●",
    "in": "◀",
    "ahead": "○",
    "fixed": "◆",
    "value": "◇",
    "gap": "┆",
    "rule": "─",
    "named": "→",
    "by": "←",
    "note": "“{}”",
}
ASCII_MARKS = {
    "out": "*",
    "in": "<",
    "ahead": "o",
    "fixed": "!",
    "value": "+",
    "gap": ":",
    "rule": "-",
    "named": ">",
    "by": "<-",
    "note": '"{}"',
}


class Timeline(LineList):
    """Draws a `TimelineRows`; knows nothing else."""

    def __init__(self, *, id: str | None = None, symbols: str = "unicode") -> None:
        super().__init__(id=id)
        self._rows: TimelineRows | None = None
        self._marks = ASCII_MARKS if symbols == "ascii" else UNICODE_MARKS
        self._pitch = _WIDEST
        self.wants_first = False
        """The first touch was asked for, and the cursor has not moved since."""

    # What LineList asks -------------------------------------------------------------------------------------------

    @property
    def count(self) -> int:
        """Touches and steps ahead that are shown."""
        return self._rows.count if self._rows else 0

    @property
    def height_in_lines(self) -> int:
        """Lines with gaps and the line of today."""
        return self._rows.height if self._rows else 0

    def row_of(self, index: int) -> int:
        """Return the line of a touch or step."""
        return self._rows.row_of(index) if self._rows and self._rows.count else 0

    def index_at(self, row: int) -> int:
        """Return the touch or step a line belongs to."""
        return self._rows.item_at(row) if self._rows else 0

    # The view -----------------------------------------------------------------------------------------------------

    @property
    def rows(self) -> TimelineRows | None:
        """What is shown."""
        return self._rows

    def set_rows(self, rows: TimelineRows, cursor: int | None = None, *, at_once: bool = False) -> None:
        """Show a timeline; without a cursor the newest touch is selected, or the first step ahead."""
        self._rows = rows
        self.wants_first = False
        self.show(max(0, rows.touches - 1) if cursor is None else cursor, end=cursor is None, at_once=at_once)

    def clear(self) -> None:
        """Show nothing; the scrollbar stays as it is, for most timelines have one and it is laid out anew each time."""
        self._rows = None
        self.wants_first = False
        self.cursor = 0
        self.scroll_to(y=0, animate=False, force=True)
        self.forget_lines()
        self.refresh()

    def extend(self, rows: TimelineRows, cursor: int) -> None:
        """Show more of the same timeline: the cursor's line stays where it is on the screen."""
        above = self.row_of(self.cursor) - self.scroll_offset.y
        self._rows = rows
        if self.wants_first:
            self.wants_first = False
            self.show(0)
        else:
            self.show_at(cursor, above)

    def move_to(self, index: int) -> None:
        """Put the cursor on an item; one who wanted the first has thought better of it."""
        self.wants_first = False
        super().move_to(index)

    def action_cursor_to(self, end: str) -> None:
        """Move to the `first` or the `last` item; the first of all may not be read yet."""
        super().action_cursor_to(end)
        self.wants_first = end == "first"

    @property
    def touch(self) -> TouchView | None:
        """The selected touch."""
        return self._rows.touch(self.cursor) if self._rows else None

    @property
    def named(self) -> ReferredView | None:
        """The selected referral."""
        return self._rows.named(self.cursor) if self._rows else None

    @property
    def ahead(self) -> AheadView | None:
        """The selected step ahead."""
        return self._rows.ahead(self.cursor) if self._rows else None

    # Drawing ------------------------------------------------------------------------------------------------------

    def _measure(self, width: int) -> int:
        lanes = len(self._rows.lanes) if self._rows else 1
        pitch = min(_WIDEST, (width - _DATE - _TEXT) // max(1, lanes - 1))
        return pitch if pitch >= _NARROWEST else _LETTERS

    def draw_head(self, canvas: Canvas) -> None:
        """Name the lanes; the one a filter leaves stands out."""
        if self._rows is None:
            return
        pitch = self._measure(canvas.room)
        for place, lane in enumerate(self._rows.lanes):
            role = "accent" if lane == self._rows.channel else "muted"
            name = lane if pitch > _LETTERS else BY_NAME[lane].letter if lane in BY_NAME else lane[:1]
            canvas.skip_to(_DATE + place * pitch).write(name, role, to=_DATE + (place + 1) * pitch - 1)

    def draw_row(self, row: int, canvas: Canvas) -> None:
        """Draw a touch, a gap, the line of today or a step ahead."""
        assert self._rows is not None
        self._pitch = self._measure(canvas.room)
        match self._rows.line(row):
            case TouchLine(touch, repeats):
                self._draw_touch(canvas, touch, repeats)
            case NamedLine(named, by, repeats):
                self._draw_named(canvas, named, by, repeats)
            case AheadLine(ahead, repeats):
                self._draw_ahead(canvas, ahead, repeats, row == self._rows.row_of(self._rows.touches))
            case GapLine(days):
                self._draw_gap(canvas, days)
            case TodayLine():
                rule = self._marks["rule"]
                canvas.write(f"{rule * 4} today ", "accent").write(rule * canvas.room, "muted")

    def _draw_gap(self, canvas: Canvas, days: int) -> None:
        words = f"{days:,} d" if days else ""
        canvas.cell(words, _DATE - 5, "muted", right=True)
        canvas.write(self._marks["gap"], "muted")

    def _lane(self, canvas: Canvas, channel: str | None) -> None:
        assert self._rows is not None
        lanes = self._rows.lanes
        canvas.skip_to(_DATE + (lanes.index(channel) if channel in lanes else 0) * self._pitch)

    def _words(self, canvas: Canvas) -> None:
        """Go to where the words start: beside the dot, or right of all lanes when those are letters."""
        assert self._rows is not None
        if self._pitch == _LETTERS:
            canvas.skip_to(_DATE + max(1, len(self._rows.lanes)) * _LETTERS + 1)
        else:
            canvas.skip_to(canvas.at + 1)

    def _draw_touch(self, canvas: Canvas, touch: TouchView, repeats: bool) -> None:
        assert self._rows is not None
        when = f"{touch.at:%H:%M}" if repeats else _day(touch.at.date(), self._rows.today)
        canvas.cell(when, _DATE - 2, "muted", right=True)
        self._lane(canvas, touch.channel)
        inbound = touch.direction == "inbound"
        role = "inbound" if inbound or touch.outcome in _RESPONSES else "text"
        canvas.write(self._marks["in" if inbound else "out"], role)
        self._words(canvas)
        canvas.write(touch.outcome, role)
        if said := promise_words(touch, self._rows.today):
            canvas.write(f" · {said}", "overdue" if touch.kept is False else "fixed")
        if touch.value:
            canvas.write(f" · {self._marks['value']} {touch.value}", "value")
        if touch.note:
            canvas.write("  " + self._marks["note"].format(touch.note), "muted")

    def _draw_named(self, canvas: Canvas, named: ReferredView, by: bool, repeats: bool) -> None:
        assert self._rows is not None
        canvas.cell("" if repeats else _day(named.on, self._rows.today), _DATE - 2, "muted", right=True)
        canvas.skip_to(_DATE).write(f"{self._marks['by' if by else 'named']} ", "accent")
        company = f", {named.prospect.company}" if named.prospect.company else ""
        canvas.write(f"{'named by' if by else 'named'} {named.prospect.name}{company}", "accent")

    def _draw_ahead(self, canvas: Canvas, ahead: AheadView, repeats: bool, first: bool) -> None:
        assert self._rows is not None
        when = "" if repeats else _day(ahead.date, self._rows.today)
        canvas.cell(when, _DATE - 2, "muted", right=True)
        self._lane(canvas, ahead.channel)
        fixed = ahead.kind in ("promise", "meeting")
        role = "next" if first else "fixed" if fixed else "muted"
        canvas.write(self._marks["fixed" if fixed else "ahead"], role)
        self._words(canvas)
        canvas.write(ahead_label(ahead, self._rows.view.prospect.steps_total), role)
        late = (self._rows.today - ahead.date).days
        if late > 0:
            canvas.write(f" · {late:,} d over", "overdue")


def _day(on: date, today: date) -> str:
    """Return `Sat 14 Nov`, or `14 Nov 2024` when it was another year."""
    return wording.day(on, today) if on.year == today.year else f"{on.day} {on:%b} {on.year}"
