"""Choose the field that a column of a file goes to."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from followup_tui.tui import commands, dialog_bindings
from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.text import content
from followup_tui.tui.widgets.column_list import FIELDS, FieldList
from followup_tui.tui.widgets.line_list import LineList


class FieldDialog(Dialog[str]):
    """Up and down choose, enter takes; `extra` keeps the column beside the person, an empty text leaves it out."""

    HEADING = "Choice"
    AUTO_FOCUS: ClassVar[str] = "FieldList"
    BINDINGS = commands.as_bindings(dialog_bindings.CHOOSING)

    def __init__(self, column: str, field: str) -> None:
        super().__init__()
        self._column, self._field = column, field

    def compose(self) -> ComposeResult:
        """Show the fields."""
        with Vertical(id="field-box", classes="box small") as box:
            box.border_title = content(f" {self._column} ")
            box.border_subtitle = content("enter takes it · esc")
            yield FieldList(id="field-list")

    def on_mount(self) -> None:
        """Begin at the field the column goes to now."""
        super().on_mount()
        fields = self.query_one(FieldList)
        fields.focus()
        fields.show(FIELDS.index(self._field) if self._field in FIELDS else 0)

    @on(LineList.Chosen)
    def action_take(self) -> None:
        """Take the field under the cursor."""
        self.dismiss(self.query_one(FieldList).current)
