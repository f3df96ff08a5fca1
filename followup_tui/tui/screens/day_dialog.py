"""The end of the day: done, left, moved, what was saved, what tomorrow holds, the streak (domain §13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from followup_tui.tui import commands, dialog_bindings, wording
from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.text import clean, content

if TYPE_CHECKING:
    from followup_tui.services.views.working import DayView

RUNS = 6
"""Blocks named one by one."""


class DayDialog(Dialog[bool]):
    """Gives True when the day is to be ended."""

    HEADING = "End of the day"
    BINDINGS = commands.as_bindings(dialog_bindings.DAY)

    def __init__(self, view: DayView) -> None:
        super().__init__()
        self._view = view

    def compose(self) -> ComposeResult:
        """Show what the day came to."""
        with Vertical(id="day-end", classes="box small") as box:
            day = self._view.date
            box.border_title = content(f" The day · {day:%a} {day.day} {day:%b} ")
            yield Static(Content("\n").join(self._lines()), markup=False)

    def action_end(self) -> None:
        """Store what the day came to."""
        self.dismiss(True)

    def _lines(self) -> list[Content]:
        view = self._view
        kept = "kept" if view.kept else "not kept yet"
        lines = [
            _row("done", f"{view.done} of {wording.count(view.slots, 'slot')} planned", "$done"),
            _row("left over", str(view.left_over), "$overdue" if view.left_over else "$muted"),
            _row("moved", str(view.moved)),
            _row("blocks", f"{view.worked_minutes} of {view.block_minutes} min worked"),
            *[_row("", run) for run in self._runs()],
            _row("saved", f"{view.momentum_saved * 100:.0f} % momentum (10 % a day each is lost: S2)", "$value"),
            content(""),
            _row(wording.day(view.tomorrow, view.date), self._load()),
            _row("streak", f"{wording.count(view.streak, 'day')} · today {kept}", "bold $next"),
            content(""),
            content(
                "enter ends the day · esc goes on with it" if not view.closed else "the day is ended · esc", "$muted"
            ),
        ]
        return lines

    def _runs(self) -> list[str]:
        return [
            f"{clean(run.name)} {wording.clock(run.began_at)}, {wording.span(run.minutes)}, {run.done} done"
            for run in self._view.runs[:RUNS]
        ]

    def _load(self) -> str:
        view = self._view
        what = wording.count(view.tomorrow_planned, "touch", "touches")
        left = f", and {view.left_over} left from today" if view.left_over else ""
        return f"{what}, {view.tomorrow_minutes} of {view.tomorrow_capacity} min{left}"


def _row(name: str, words: str, style: str = "") -> Content:
    return Content.assemble(content(f"{name:<12}", "$muted"), content(words, style))
