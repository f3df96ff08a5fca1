"""A form: rows of fields, a button, and the line that says what is wrong; no error loses what was typed."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Label, Static

from followup_tui.errors import FollowupError
from followup_tui.tui import commands, dialog_bindings
from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.text import content
from followup_tui.tui.widgets.form_fields import Choice, TextField

if TYPE_CHECKING:
    from textual.widget import Widget

T = TypeVar("T")


class Form(Dialog[T]):
    """Enter goes on to the next field and saves in the last one; ctrl+s and the button save from anywhere."""

    HEADING = "Form"
    BINDINGS = commands.as_bindings(dialog_bindings.FORM)

    def __init__(self) -> None:
        super().__init__()
        self._saving = False
        self._warned = False
        self._before: dict[str, str] = {}

    @property
    @abstractmethod
    def heading(self) -> str:
        """What the box is called."""

    @abstractmethod
    def rows(self) -> ComposeResult:
        """Yield the rows, each from `row`."""

    def compose(self) -> ComposeResult:
        """Lay the fields out in rows."""
        with VerticalScroll(id="form", classes="box", can_focus=False) as form:
            form.border_title = content(f" {self.heading} ")
            yield from self.rows()
            with Horizontal(classes="row"):
                yield Label("", classes="label")
                yield Button(Content("Save"), id="save", compact=True, variant="primary")
                yield Static(id="problem", markup=False)

    def row(self, label: str, field: Widget) -> Iterator[Widget]:
        """Yield one field behind its label."""
        with Horizontal(classes="row"):
            yield Label(content(label), classes="label")
            yield field

    def on_mount(self) -> None:
        """Remember what an untouched form holds."""
        super().on_mount()
        self._before = self.values()
        self.say("enter next field · ctrl+s save · esc leave", "$muted")

    def inputs(self) -> list[Widget]:
        """Return the fields in their order, the button last."""
        return [widget for widget in self.query("TextField, Choice, Button") if widget.display]

    def values(self) -> dict[str, str]:
        """Return what stands in the fields."""
        values = {field.id or "": field.value.strip() for field in self.query(TextField) if field.display}
        return values | {choice.id or "": choice.value for choice in self.query(Choice) if choice.display}

    def show_row(self, id: str, shown: bool) -> None:
        """Show or hide a field with its label."""
        field = self.query_one(f"#{id}")
        field.display = shown
        if field.parent is not None:
            field.parent.display = shown

    def say(self, text: str, style: str) -> None:
        """Show a line beside the button."""
        self.query_one("#problem", Static).update(content(text, style), layout=False)

    def action_field(self, by: int) -> None:
        """Go to the field below or above."""
        inputs = self.inputs()
        place = inputs.index(self.focused) if self.focused in inputs else -1
        self.set_focus(inputs[(place + by) % len(inputs)])

    def takes(self, event: events.Key) -> bool:
        """Go on to the next field with enter at once, so that what is typed right behind stands in it."""
        inputs = self.inputs()
        if event.key != "enter" or self.focused not in inputs[:-2]:
            return False
        self.action_field(1)
        return True

    @on(TextField.Submitted)
    @on(Choice.Submitted)
    def _go_on(self, event: TextField.Submitted | Choice.Submitted) -> None:
        inputs = self.inputs()
        if self.focused is inputs[-2]:
            self.action_save()
        else:
            self.action_field(1)

    @on(TextField.Changed)
    @on(Choice.Changed)
    def _typed(self) -> None:
        self._warned = False

    @on(Button.Pressed)
    def _pressed(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        """Save; the form stays until that is done."""
        if not self._saving:
            self._saving = True
            self.save(self.values())

    @abstractmethod
    def save(self, values: dict[str, str]) -> None:
        """Write what is needed; subclasses."""

    def refused(self, error: FollowupError) -> None:
        """Show what is wrong; everything typed stays."""
        self._saving = False
        self.say(str(error), "$error")

    def action_close(self) -> None:
        """Leave; what was typed is thrown away only at the second esc."""
        if self.values() == self._before or self._warned:
            self.dismiss(None)
            return
        self._warned = True
        self.say("Not saved. esc again throws it away", "$overdue")
