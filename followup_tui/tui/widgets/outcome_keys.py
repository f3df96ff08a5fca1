"""The outcomes with what each would do, before it is pressed; those that suit the channel first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.geometry import Size
from textual.strip import Strip

from followup_tui.domain.model import Outcome
from followup_tui.services.views import OutcomeView, PreviewView
from followup_tui.tui import wording
from followup_tui.tui.text import clean, fit
from followup_tui.tui.widgets.meters import glyphs
from followup_tui.tui.widgets.paint import Painter, Piece

ASKS = {
    "limit": "limit question",
    "ended": "ending question",
    "permission": "permission question",
    "resume": "resume question",
    "what next": "what comes next?",
    "meeting": "meeting question",
    "after meeting": "what came of it?",
    "pause": "pause question",
}
"""What a decision will ask, in the width of a step."""
ALONE = [outcome for outcome in Outcome if outcome not in (Outcome.SKIP, Outcome.NO_SHOW)]
"""What stands there before the preview."""


class OutcomeKeys(Painter):
    """One line an outcome. Without a preview it shows the keys alone, so that nothing jumps when it arrives."""

    def __init__(self, symbols: str = "unicode") -> None:
        super().__init__(id="outcomes")
        self._symbols = symbols
        self._preview: PreviewView | None = None
        self._today: date | None = None
        self._rows: list[OutcomeView | None] = []
        self._alone = len(ALONE) + 1
        """The lines the keys alone take: those of the last preview, so that the box need not be laid out for them."""

    def clear(self) -> None:
        """Show the keys alone again, on as many lines: the next preview will most likely have them too."""
        if self._preview is not None:
            self._alone = max(len(ALONE), len(self._rows))
            lines = len(self._lines())
            self._preview = None
            self.refresh(layout=len(self._lines()) != lines)

    def show(self, preview: PreviewView, today: date) -> None:
        """Show what the outcomes would do; lays out only when the number of lines changes."""
        self._preview, self._today = preview, today
        touch = preview.prospect.next_touch
        meeting = touch is not None and touch.kind in ("meeting", "decision")
        suits = [row for row in preview.outcomes if row.suits]
        others = [row for row in preview.outcomes if not row.suits and (meeting or row.outcome != Outcome.NO_SHOW)]
        lines = len(self._lines())
        self._rows = [*suits, None, *others] if suits and others else [*suits, *others]
        self.refresh(layout=len(self._lines()) != lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines needed."""
        return len(self._lines())

    def _lines(self) -> Sequence[OutcomeView | Outcome | None]:
        return self._rows if self._preview is not None else [*ALONE, *[None] * (self._alone - len(ALONE))]

    def render_line(self, y: int) -> Strip:
        """Draw one outcome."""
        width = self.size.width
        if self._preview is None:
            known = ALONE[y] if y < len(ALONE) else None
            pieces = [(f"  {known.key}  ", "key"), (known.value, "muted")] if known is not None else []
            return self.strip(pieces, width)
        row = self._rows[y] if y < len(self._rows) else None
        return self.strip(self._pieces(row, width) if row is not None else (), width)

    def _pieces(self, row: OutcomeView, width: int) -> list[Piece]:
        assert self._today is not None
        signs = glyphs(self._symbols)
        name, text, dim = ("strong", "text", "muted") if row.suits else ("muted", "muted", "muted")
        pieces: list[Piece] = [(f"  {clean(row.key)}  ", "key"), (fit(row.outcome, 16), name), (f"{signs.arrow} ", dim)]
        touch = row.next_touch
        if row.asks_when and (touch is None or touch.time is None):
            return [
                *pieces,
                (fit("you choose", 17), text),
                (fit("a promise" if row.key == "6" else "a meeting", 20), dim),
                *self._end(row),
            ]
        if touch is None:
            return [*pieces, (fit("no next touch", 37), text), *self._end(row)]
        if touch.kind == "decision":
            return [
                *pieces,
                (fit(wording.when_next(touch, self._today), 17), text),
                (fit(ASKS.get(touch.question or "", "a decision"), 19) + " ", dim),
                *self._end(row),
            ]
        when = wording.when_next(touch, self._today)
        gap = f"+{row.gap}" if row.gap is not None and row.gap > 0 else ""
        pieces += [(fit(when, 17 if touch.time else 12), text)]
        if not touch.time:
            pieces.append((fit(gap, 5), dim))
        what = (
            wording.step(touch.channel, touch.step, row.steps_total, touch.kind) if touch.channel else "detail missing"
        )
        mark = wording.channel_mark(touch.channel, self._symbols)
        return [*pieces, (f"{mark} ", "block" if row.suits else dim), (fit(what, 18), text), *self._end(row)]

    def _end(self, row: OutcomeView) -> list[Piece]:
        """Return a change of relation, or the attempts that are left."""
        assert self._preview is not None
        if row.relation != self._preview.prospect.relation:
            role = "overdue" if row.relation in ("closed", "do not contact") else "value"
            return [(f"{glyphs(self._symbols).arrow} {clean(row.relation)}", role if row.suits else "muted")]
        if row.attempts_left is None:
            return []
        left = max(0, row.attempts_left)
        return [(f"{wording.count(left, 'attempt')} left", "overdue" if left <= 1 and row.suits else "muted")]
