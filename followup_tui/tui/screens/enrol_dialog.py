"""Choose a cadence for one prospect or many; what it replaces and when it starts is said before."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from followup_tui.services.views import CadenceView
from followup_tui.tui import commands, dialog_bindings, wording
from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.text import content
from followup_tui.tui.widgets.cadence_list import CadenceList
from followup_tui.tui.widgets.line_list import LineList


class EnrolDialog(Dialog[str]):
    """Answers with the name of a cadence."""

    HEADING = "Choice"
    AUTO_FOCUS: ClassVar[str] = "CadenceList"
    BINDINGS = commands.as_bindings(dialog_bindings.CHOOSING)

    def __init__(self, who: str, now_on: str | None) -> None:
        super().__init__()
        self._who = who
        self._now_on = now_on

    def compose(self) -> ComposeResult:
        """Show the list and the line of what it does."""
        with Vertical(id="enrol", classes="box") as box:
            box.border_title = content(f" Cadence · {self._who} ")
            yield CadenceList(id="cadences", symbols=self.home.config.symbols)
            yield Static(id="consequence", markup=False)

    def on_mount(self) -> None:
        """Fetch the cadences."""
        super().on_mount()
        self.query_one(CadenceList).focus()
        self.home.ops.query("enrol", lambda services: services.cadences.list(), self._show, owner=self)

    def _show(self, cadences: list[CadenceView]) -> None:
        self.query_one(CadenceList).set_cadences(cadences)

    @on(LineList.Moved)
    def _tell(self) -> None:
        cadence = self.query_one(CadenceList).current
        if cadence is None:
            return
        replaces = f"replaces {self._now_on}" if self._now_on and self._now_on != cadence.name else ""
        if self._now_on == cadence.name:
            replaces = f"starts {cadence.name} again"
        first = f"first {cadence.steps[0].partition(' ')[2]}" if cadence.steps else ""
        steps = f"{wording.count(len(cadence.steps), 'step')}, then {cadence.then}" if cadence.steps else cadence.then
        line = " · ".join(part for part in ("enter enrols", replaces, first, steps) if part)
        self.query_one("#consequence", Static).update(content(line, "$muted"), layout=False)

    @on(LineList.Chosen)
    def action_take(self) -> None:
        """Enrol in the cadence under the cursor."""
        cadence = self.query_one(CadenceList).current
        if cadence is not None:
            self.dismiss(cadence.name)
