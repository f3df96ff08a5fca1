"""All changes by name, newest first; enter offers to undo up to one, or to redo up to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from followup_tui.services.views import HistoryView
from followup_tui.tui import commands, dialog_bindings, wording
from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.text import content
from followup_tui.tui.widgets.canvas import Canvas
from followup_tui.tui.widgets.line_list import LineList

MOST = 200


class ChangeList(LineList):
    """Draws changes; the undone ones are marked and stand back."""

    def __init__(self, *, id: str | None = None, symbols: str = "unicode") -> None:
        super().__init__(id=id)
        self._changes: Sequence[HistoryView] = ()
        self._today = date.min
        self._undone = "<" if symbols == "ascii" else "↶"

    @property
    def count(self) -> int:
        """Number of changes."""
        return len(self._changes)

    def set_changes(self, changes: Sequence[HistoryView], today: date) -> None:
        """Show changes, newest first; the cursor starts on the newest that is not undone."""
        self._changes, self._today = changes, today
        self.show(next((place for place, change in enumerate(changes) if not change.undone), 0))

    @property
    def current(self) -> HistoryView | None:
        """The change under the cursor."""
        return self._changes[self.cursor] if self._changes else None

    def steps(self) -> int:
        """Return how many changes lie between now and the one under the cursor, itself included; 0 when it can't be."""
        undone = self._changes[self.cursor].undone
        if not undone:
            return sum(1 for change in self._changes[: self.cursor + 1] if not change.undone)
        newer = self._changes[: self.cursor]
        older = self._changes[self.cursor :]
        if any(not change.undone for change in newer):
            return 0
        return next((place for place, change in enumerate(older) if not change.undone), len(older))

    def draw_head(self, canvas: Canvas) -> None:
        """Name the columns."""
        canvas.skip_to(1).cell("when", 17, "muted").write("what", "muted")

    def draw_row(self, row: int, canvas: Canvas) -> None:
        """Draw a change."""
        change = self._changes[row]
        when = f"{wording.day(change.at.date(), self._today)} {wording.clock(change.at)}"
        canvas.skip_to(1).cell(when, 17, "muted")
        canvas.cell(self._undone if change.undone else "", 1, "overdue")
        canvas.write(change.name, "muted" if change.undone else "text")
        if change.undone:
            canvas.write("  undone", "overdue")


class HistoryDialog(Dialog[None]):
    """The first enter says what would happen, the second does it."""

    HEADING = "History"
    AUTO_FOCUS: ClassVar[str] = "ChangeList"
    BINDINGS = commands.as_bindings(dialog_bindings.CHOOSING)

    def __init__(self) -> None:
        super().__init__()
        self._offered: HistoryView | None = None

    def compose(self) -> ComposeResult:
        """Show an empty list."""
        with Vertical(id="history", classes="box") as box:
            box.border_title = content(" History ")
            yield ChangeList(id="changes", symbols=self.home.config.symbols)
            yield Static(id="offer", markup=False)

    def on_mount(self) -> None:
        """Fetch the changes, and again after each of them."""
        super().on_mount()
        self.query_one(ChangeList).focus()
        self.home.changes.subscribe(self, lambda _: self._load())
        self._load()

    def _load(self) -> None:
        self.home.ops.query(
            "history", lambda s: (s.undo.history(MOST), s.local_today()), lambda got: self._show(*got), owner=self
        )

    def _show(self, changes: list[HistoryView], today: date) -> None:
        self.query_one(ChangeList).set_changes(changes, today)
        if not changes:
            self._tell("Nothing was changed yet")

    def _tell(self, text: str, style: str = "$muted") -> None:
        self.query_one("#offer", Static).update(content(text, style), layout=False)

    @on(LineList.Moved)
    def _moved(self) -> None:
        self._offered = None
        change = self.query_one(ChangeList).current
        if change is not None:
            verb = "does it again" if change.undone else "takes back everything down to here"
            self._tell(f"enter {verb}")

    @on(LineList.Chosen)
    def action_take(self) -> None:
        """Say what would happen; at the second enter do it."""
        changes = self.query_one(ChangeList)
        change = changes.current
        if change is None:
            return
        number = changes.steps()
        if not number:
            self._tell("This can't be done again: something else was changed since", "$overdue")
        elif self._offered != change:
            self._offered = change
            verb = "Do again" if change.undone else "Take back"
            what = f"“{change.name}”" if number == 1 else f"{number:,} changes, down to “{change.name}”"
            self._tell(f"{verb} {what}? enter yes · esc no", "bold $accent")
        else:
            self._offered = None
            redo = change.undone
            self.home.ops.mutate(lambda s: s.undo.redo(number) if redo else s.undo.undo(number), self._done)

    def _done(self, changes: list[HistoryView]) -> None:
        verb = "Undone" if changes[0].undone else "Done again"
        self.home.say(f"{verb}: {changes[0].name}" + (f" and {len(changes) - 1:,} more" if len(changes) > 1 else ""))

    def action_close(self) -> None:
        """Take the question back, else close."""
        if self._offered is not None:
            self._moved()
        else:
            self.dismiss(None)
