"""What is chosen between reading files and importing them: the columns, and what everybody gets."""

from __future__ import annotations

import threading
from abc import abstractmethod
from typing import Literal

from textual import on
from textual.timer import Timer
from textual.widgets import Input, Static

from followup_tui.tui.import_choices import DELIMITERS, ENCODINGS, Choices, after
from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.screens.enrol_dialog import EnrolDialog, Enrolling
from followup_tui.tui.screens.field_dialog import FieldDialog
from followup_tui.tui.screens.note_dialog import NoteDialog
from followup_tui.tui.text import content
from followup_tui.tui.widgets.column_list import ColumnList
from followup_tui.tui.widgets.line_list import LineList

State = Literal["path", "reading", "read", "importing"]
SOON = 0.25
"""Seconds without a key before the files are read again: a large one takes its time."""
_KEYS = " ←→ field · space list · x out · o beside · e encoding · d cells · ? help "
_CHOOSING = {"turn", "put", "field", "encoding", "delimiter", "cadence", "per_day", "tags", "strict", "known"}


class ImportChoosing(Dialog[None]):
    """Holds the choices, and reads the files again when one of them changes."""

    def __init__(self) -> None:
        super().__init__()
        self._state: State = "path"
        self._choices = Choices()
        self._timer: Timer | None = None
        self._called_off = threading.Event()

    @abstractmethod
    def _look(self) -> None:
        """Try the import out with what is chosen now; the dialog."""

    def _show_choices(self, shown: bool) -> None:
        """Show the columns and the line of choices, or hide both."""
        columns = self.query_one(ColumnList)
        shown_columns = shown and bool(self._choices.columns)
        columns.display = shown_columns
        box = self.query_one("#import")
        box.set_class(shown_columns, "chosen")
        box.border_subtitle = content(_KEYS if shown_columns else "")
        self.query_one("#wishes").display = shown
        if shown:
            columns.set_columns(self._choices.columns, self._choices.samples)
            self.query_one("#wishes", Static).update(content(self._choices.words(), "$muted"), layout=False)
            self.set_focus(columns if shown_columns else None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let the choices be made only when there is something to choose."""
        if action in _CHOOSING:
            return self._state in ("read", "reading") and not isinstance(self.focused, Input)
        return True

    def _again(self) -> None:
        """Show what was chosen, and read the files again when no further key comes."""
        self._called_off.set()
        self._called_off = threading.Event()
        self._state = "reading"
        self._show_choices(True)
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(SOON, self._look)

    def action_turn(self, by: int) -> None:
        """Put the column under the cursor into the next field."""
        column = self.query_one(ColumnList).current
        if column is not None:
            self._choices.turn(column, by)
            self._again()

    def action_put(self, field: str) -> None:
        """Leave the column under the cursor out, or keep it beside the person."""
        column = self.query_one(ColumnList).current
        if column is not None:
            self._choices.put(column, field)
            self._again()

    @on(LineList.Chosen)
    def action_field(self) -> None:
        """Choose the field of the column under the cursor from the list of all."""
        column = self.query_one(ColumnList).current
        if column is None:
            return

        def take(field: str | None) -> None:
            if field is not None:
                self._choices.put(column, field)
                self._again()

        self.app.push_screen(FieldDialog(column, self._choices.columns[column]), take)

    def action_encoding(self) -> None:
        """Read the bytes as another encoding."""
        self._choices.encoding = after(ENCODINGS, self._choices.encoding)
        self._choices.read_again()
        self._again()

    def action_delimiter(self) -> None:
        """Part the cells at another mark."""
        self._choices.delimiter = after(DELIMITERS, self._choices.delimiter)
        self._choices.read_again()
        self._again()

    def action_cadence(self) -> None:
        """Choose the cadence new people start on; chosen again, none."""

        def take(chosen: Enrolling | None) -> None:
            if chosen is not None:
                self._choices.cadence = "" if chosen.cadence == self._choices.cadence else chosen.cadence
                self._again()

        self.app.push_screen(EnrolDialog("new people", self._choices.cadence or None), take)

    def action_per_day(self, by: int) -> None:
        """Let more or fewer start on one working day."""
        if self._choices.cadence:
            self._choices.count(by)
            self._again()

    def action_tags(self) -> None:
        """Say the tags everybody gets."""

        def take(words: str | None) -> None:
            if words is not None:
                self._choices.tags = tuple(filter(None, (word.strip() for word in words.split(","))))
                self._again()

        now = ", ".join(self._choices.tags)
        self.app.push_screen(
            NoteDialog("Tags for everybody", now, "tags", "with commas · enter takes them · esc"), take
        )

    def action_known(self) -> None:
        """Take all touches of a history, or only those of people who are here."""
        if self._choices.has_touches:
            self._choices.known_only = not self._choices.known_only
            self._again()

    def action_strict(self) -> None:
        """Choose between the rows that can be taken, and all or nothing."""
        self._choices.all_or_nothing = not self._choices.all_or_nothing
        self._show_choices(True)
