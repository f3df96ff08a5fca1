"""Editing a cadence: its steps as a table, and beside it what would happen to somebody enrolled today."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from followup_tui.domain.cadence import Cadence, Step
from followup_tui.errors import FollowupError
from followup_tui.services.views import AheadView, CadenceView
from followup_tui.tui import commands, dialog_bindings
from followup_tui.tui.cadence_terms import mix
from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.screens.step_form import StepForm, ThenForm
from followup_tui.tui.text import content
from followup_tui.tui.widgets.dry_run import dry_run
from followup_tui.tui.widgets.line_list import LineList
from followup_tui.tui.widgets.step_list import StepList

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services
    from followup_tui.services.changes import Changes

LABEL = "the form"
NEW = Step(("phone",), gap=7)


def read(services: Services, name: str) -> tuple[Cadence, tuple[str, ...]]:
    """Read the newest version of a cadence, and the names of all."""
    from followup_tui.services.cadence_files import parse

    names = tuple(cadence.name for cadence in services.cadences.list())
    return parse(services.cadences.text(name), name, names), names


def try_out(services: Services, cadence: Cadence) -> tuple[AheadView, ...]:
    """Return the dates of a cadence as it stands in the editor."""
    from followup_tui.services.cadence_text import write

    return services.cadences.try_out(write(cadence), LABEL)


def save(services: Services, cadence: Cadence) -> tuple[CadenceView, Changes]:
    """Save it as a version."""
    from followup_tui.services.cadence_text import write

    return services.cadences.save(cadence.name, write(cadence), LABEL)


class CadenceEditor(Dialog[CadenceView]):
    """Every change is tried out at once; nothing is saved until `ctrl+s`, and then as a version."""

    HEADING = "Editor"
    BINDINGS = commands.as_bindings(dialog_bindings.EDITOR)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._edited = name
        self._stored: Cadence | None = None
        self._cadence: Cadence | None = None
        self._names: tuple[str, ...] = ()
        self._warned = self._saving = False

    def compose(self) -> ComposeResult:
        """Show the empty table and the empty run."""
        with Vertical(id="editor", classes="box") as box:
            box.border_title = content(f" Edit · {self._edited} ")
            box.border_subtitle = Content("enter edit · a add · d remove · J K move · + - gap · ctrl+s save · esc")
            with Horizontal(id="editing"):
                yield StepList(id="steps-edited")
                yield Static(id="dry-run", markup=False)
            yield Static(id="mix", markup=False)
            yield Static(id="faults", markup=False)

    def on_mount(self) -> None:
        """Fetch the cadence."""
        super().on_mount()
        self.steps.focus()
        self.home.ops.query("editor", lambda s: read(s, self._edited), lambda got: self._show(*got), owner=self)

    @property
    def steps(self) -> StepList:
        """The table."""
        return self.query_one(StepList)

    def _show(self, cadence: Cadence, names: tuple[str, ...]) -> None:
        self._stored, self._names = cadence, names
        self._change(cadence, 0)

    def _change(self, cadence: Cadence, cursor: int | None = None) -> None:
        """Show a changed cadence and try it out."""
        self._cadence, self._warned = cadence, False
        self.steps.set_cadence(cadence, cursor)
        self.query_one("#mix", Static).update(content(f"mix  {mix(cadence)}", "$muted"))
        self.home.ops.query("dry run", lambda s: try_out(s, cadence), self._show_run, self._wrong, owner=self)

    def _show_run(self, ahead: tuple[AheadView, ...]) -> None:
        pane, now = self.query_one("#dry-run", Static), self.home.clock.now()
        if now is None or self._cadence is None:
            return
        lines = dry_run(ahead, len(self._cadence.steps), now.date(), pane.size.width, pane.size.height)
        pane.update(Content("\n").join(lines), layout=False)
        self._tell("")

    def _wrong(self, error: FollowupError) -> None:
        """Name the mistakes; the lines of a file nobody sees mean nothing here."""
        self._saving = False
        self._tell(re.sub(rf"{LABEL} line \d+: ", "", str(error)), "$error")

    def _tell(self, text: str, style: str = "$muted") -> None:
        self.query_one("#faults", Static).update(content(text, style), layout=False)

    @on(LineList.Chosen)
    def action_take(self) -> None:
        """Edit what the cursor is on."""
        cadence, at = self._cadence, self.steps.cursor
        if cadence is None:
            return
        if not self.steps.on_step:
            self.home.push_screen(ThenForm(cadence, self._names), lambda done: self._change(done) if done else None)
            return

        def put(step: Step | None) -> None:
            if step is not None:
                self._change(replace(cadence, steps=(*cadence.steps[:at], step, *cadence.steps[at + 1 :])))

        self.home.push_screen(StepForm(cadence.steps[at], at + 1), put)

    def action_add(self) -> None:
        """Add a step behind the one under the cursor, and edit it."""
        cadence = self._cadence
        if cadence is None:
            return
        at = min(self.steps.cursor + 1, len(cadence.steps))

        def put(step: Step | None) -> None:
            if step is not None:
                self._change(replace(cadence, steps=(*cadence.steps[:at], step, *cadence.steps[at:])), at)

        self.home.push_screen(StepForm(NEW, at + 1), put)

    def action_remove(self) -> None:
        """Take the step under the cursor away."""
        cadence, at = self._cadence, self.steps.cursor
        if cadence is not None and self.steps.on_step:
            self._change(replace(cadence, steps=(*cadence.steps[:at], *cadence.steps[at + 1 :])))

    def action_shift(self, by: int) -> None:
        """Move the step under the cursor; the gaps move with their steps."""
        cadence, at = self._cadence, self.steps.cursor
        if cadence is None or not self.steps.on_step or not 0 <= at + by < len(cadence.steps):
            return
        steps = list(cadence.steps)
        steps[at], steps[at + by] = steps[at + by], steps[at]
        self._change(replace(cadence, steps=tuple(steps)), at + by)

    def action_gap(self, by: int) -> None:
        """Lengthen or shorten the gap of the step under the cursor."""
        cadence, at = self._cadence, self.steps.cursor
        if cadence is None or not self.steps.on_step:
            return
        step = replace(cadence.steps[at], gap=max(0, cadence.steps[at].gap + by))
        self._change(replace(cadence, steps=(*cadence.steps[:at], step, *cadence.steps[at + 1 :])))

    def action_save(self) -> None:
        """Save a version; when nothing differs there is nothing to save."""
        cadence = self._cadence
        if cadence is None or self._saving:
            return
        if cadence == self._stored:
            self.dismiss(None)
            return
        self._saving = True
        self.home.ops.mutate(lambda services: save(services, cadence), self._saved, self._wrong)

    def _saved(self, done: CadenceView) -> None:
        self.leave(done)

    def action_close(self) -> None:
        """Leave; changes are thrown away only at the second esc."""
        if self._cadence == self._stored or self._warned:
            self.dismiss(None)
            return
        self._warned = True
        self._tell("Not saved: ctrl+s saves a version, esc again throws the changes away", "$overdue")
