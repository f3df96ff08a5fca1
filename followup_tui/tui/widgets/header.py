"""The first line: where you are, the date, the time, and how far the day is."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, cast

from textual import events
from textual.strip import Strip

from followup_tui.records import dataclass
from followup_tui.tui import bindings, commands
from followup_tui.tui.widgets.meters import glyphs, steps_bar
from followup_tui.tui.widgets.paint import Painter, Piece, cells_of
from followup_tui.tui.working import minutes_left, pace_words

if TYPE_CHECKING:
    from followup_tui.tui.app import FollowupApp

WIDE = 100
"""Cells from which the streak is shown, and nothing stands close."""
TABS = dict(zip(("today", "prospects", "cadences", "insights"), bindings.EVERYWHERE, strict=False))
"""The places by the commands that lead there, which stand first."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the day is: touches made, and all that the plan holds."""

    day: date
    done: int
    total: int


class Header(Painter):
    """One line; redrawn when the minute or the progress changes."""

    _drawn_in = ""
    """The place that was the brightest when it was drawn."""

    def on_mount(self) -> None:
        """Look at the clock once a second; draw only when the line differs."""
        self._drawn = ""
        self.set_interval(1, self.tick)

    def tick(self) -> None:
        """Redraw if something on the line changed."""
        now = "".join(text for text, _ in self._right())
        if now != self._drawn:
            self._drawn = now
            self.refresh()

    def come_back(self) -> None:
        """Redraw if it was drawn last in another place, or something on the line changed since."""
        if self._drawn_in != self._home.current_mode:
            self.refresh()
        self.tick()

    def render_line(self, y: int) -> Strip:
        """Draw the tabs at the left, the day at the right."""
        self._drawn_in = self._home.current_mode
        left, right, width = self._left(), self._right(), self.size.width
        while right and cells_of(left) + cells_of(right) + 2 > width:
            right = right[2:]
        gap = width - cells_of(left) - cells_of(right) - 1
        return self.strip([*left, (" " * max(1, gap), "text"), *right], width)

    def on_click(self, event: events.Click) -> None:
        """A click on a tab goes there."""
        at = 0
        for text, _ in self._left():
            at += len(text)
            if event.x < at:
                mode = next((mode for mode, tab in TABS.items() if tab.description == text), None)
                if mode is not None:
                    self._home.action_place(mode)
                return

    @property
    def _home(self) -> FollowupApp:
        return cast("FollowupApp", self.app)

    def _left(self) -> list[Piece]:
        pieces: list[Piece] = [(" ", "text")]
        for mode, tab in TABS.items():
            here = mode == self._home.current_mode
            key = commands.first_key(tab, self._home.keymap_shown)
            pieces += [
                (f"{key} ", "key" if here else "muted"),
                (tab.description, "tab" if here else "muted"),
                ("   " if self.size.width >= WIDE else "  ", "text"),
            ]
        return pieces[:-1]

    def _right(self) -> list[Piece]:
        now, progress = self._home.clock.now(), self._home.progress
        if now is None:
            return []
        if progress is not None and progress.day != now.date():
            shown = progress.day
            return [
                ("the plan of ", "muted"),
                (f"{shown:%a} {shown.day} {shown:%b}", "accent"),
                (f" · {now:%H:%M}", "muted"),
            ]
        demo: list[Piece] = [("demo", "accent"), (" · ", "muted")] if self._home.is_demo else []
        pieces: list[Piece] = [
            *demo,
            (f"{now:%a} {now.day} {now:%b}", "text"),
            (" · ", "muted"),
            (f"{now:%H:%M}", "strong"),
        ]
        if progress is not None and progress.total:
            cells = 10 if self.size.width >= WIDE else 5
            bar = steps_bar(progress.done, progress.total, glyphs(self._home.config.symbols), cells)
            pieces += [(" · ", "muted"), *bar, (f" {progress.done}/{progress.total}", "strong")]
        return [*pieces, *self._work(now)]

    def _work(self, now: datetime) -> list[Piece]:
        """Return the block that is worked with its minutes and pace; without one the streak, where there is room."""
        run = self._home.at_work
        if run is not None:
            minutes, pace = minutes_left(run, now), pace_words(run)
            role = "overdue" if pace.endswith("behind") else "next"
            return [(" · ", "muted"), (f"{minutes} min left{f', {pace}' if pace else ''}", role)]
        if self._home.streak and self.size.width >= WIDE:
            return [(" · ", "muted"), (f"streak {self._home.streak}", "value")]
        return []
