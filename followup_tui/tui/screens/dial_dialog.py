"""Which number to call: several, or something to mind before (domain §5); with the line to begin with."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from followup_tui.services.views import DialView
from followup_tui.tui import commands, dialog_bindings
from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.text import content
from followup_tui.tui.widgets.canvas import Canvas
from followup_tui.tui.widgets.line_list import LineList


class NumberList(LineList):
    """The numbers of one person, each behind its key."""

    head_lines = 0

    def __init__(self, view: DialView) -> None:
        super().__init__(id="numbers")
        self._numbers = view.numbers

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._numbers)

    @property
    def current(self) -> str:
        """The number under the cursor."""
        return self._numbers[self.cursor].number

    def draw_row(self, row: int, canvas: Canvas) -> None:
        """Draw key, kind, number and label."""
        one = self._numbers[row]
        canvas.skip_to(1).cell(str(row + 1), 2, "key").cell(one.kind, 8, "muted")
        canvas.cell(one.number, 24, "muted" if one.bad else "strong").write("bad " if one.bad else "", "overdue")
        canvas.write(one.label, "muted")


class DialDialog(Dialog[None]):
    """Calls by a number's own key, or by enter."""

    HEADING = "Dial"
    AUTO_FOCUS: ClassVar[str] = "NumberList"
    BINDINGS = commands.as_bindings(dialog_bindings.DIAL)

    def __init__(self, view: DialView) -> None:
        super().__init__()
        self._view = view

    def compose(self) -> ComposeResult:
        """Show what to mind, the numbers, and the opener."""
        with Vertical(id="dial", classes="box small") as box:
            box.border_title = Content.assemble(" Call ", content(self._view.name, "bold"), " ")
            box.border_subtitle = content(" a number calls · c copies · esc ")
            if self._view.guard:
                yield Static(content(f"! {self._view.guard}", "$overdue"), classes="said")
            yield NumberList(self._view)
            yield Static(content(self._view.opener, "$value"), classes="said")

    def on_mount(self) -> None:
        """Show the numbers."""
        super().on_mount()
        numbers = self.query_one(NumberList)
        numbers.styles.height = min(9, numbers.count)
        numbers.show(0)

    def takes(self, event: events.Key) -> bool:
        """Call by a number key."""
        if event.key.isdigit() and 1 <= int(event.key) <= len(self._view.numbers):
            self._call(self._view.numbers[int(event.key) - 1].number)
            return True
        return False

    def action_number(self) -> None:
        """No number stands there; those that do are taken at once."""

    @on(LineList.Chosen)
    def action_take(self) -> None:
        """Call the number under the cursor."""
        self._call(self.query_one(NumberList).current)

    def action_copy(self) -> None:
        """Copy the number under the cursor."""
        number = self.query_one(NumberList).current
        self.dismiss(None)
        self.home.copy_text(number, f"Copied {number} · c again shows it")

    def _call(self, number: str) -> None:
        self.dismiss(None)
        self.home.call_number(self._view, number)
