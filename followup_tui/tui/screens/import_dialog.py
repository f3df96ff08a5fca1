"""Import people from files: where each column goes and what would happen, then it happens, and can be called off."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from followup_tui.errors import FollowupError
from followup_tui.importing import import_beside
from followup_tui.services.views import ImportView
from followup_tui.tui import commands, dialog_bindings, wording
from followup_tui.tui.import_choices import Choices, files_of
from followup_tui.tui.screens.import_choosing import ImportChoosing
from followup_tui.tui.text import content
from followup_tui.tui.widgets.column_list import ColumnList
from followup_tui.tui.widgets.file_names import common_start, matches
from followup_tui.tui.widgets.form_fields import TextField
from followup_tui.tui.widgets.import_report import EVERY, LINES, progress_line, report

SHOWN = 12
"""File names listed at once."""
FIRST = 1000
"""Rows looked at before anything else is counted: enough to see whether the columns are right."""


class ImportDialog(ImportChoosing):
    """Enter reads the files, a second enter imports them; between the two everything can be changed."""

    HEADING = "Import"
    FIELD = "#path"
    BINDINGS = commands.as_bindings(dialog_bindings.IMPORTING)

    def __init__(self) -> None:
        super().__init__()
        self._files: list[Path] = []
        self._rows = 0
        self._done = 0
        self._began = 0.0
        self._counting = False
        """Whether the rows behind the first are being counted."""
        self._names: list[str] = []

    def compose(self) -> ComposeResult:
        """Show the field, room for the report, and the line of progress."""
        with Vertical(id="import", classes="box") as box:
            box.border_title = content(" Import people ")
            with Horizontal(classes="line"):
                yield Static(content("file"), classes="label")
                yield TextField(id="path", hint="~/people.csv – csv, xlsx, vcf, json; tab completes, * for several")
            yield Static(id="report", markup=False)
            yield ColumnList(id="import-columns", symbols=self.home.config.symbols)
            yield Static(id="wishes", markup=False)
            yield Static(id="going", markup=False)

    def on_mount(self) -> None:
        """List the files here."""
        super().on_mount()
        self._show_choices(False)
        self._list("")
        self._tell("enter reads the file · nothing is stored yet · esc leaves")
        self.set_interval(EVERY, self._tick)

    # The path -----------------------------------------------------------------------------------------------------

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        if self._state != "importing":
            self._called_off.set()
            self._state, self._choices = "path", Choices()
            self._show_choices(False)
            self._list(event.value)

    def _list(self, typed: str) -> None:
        self.home.ops.query("files", lambda _: matches(typed), self._show_names, owner=self)

    def _show_names(self, names: list[str]) -> None:
        self._names = names
        if self._state != "path":
            return
        lines = [content(name, "$muted") for name in names[:SHOWN]]
        if len(names) > SHOWN:
            lines.append(content(f"and {len(names) - SHOWN} more", "$muted"))
        self._report(lines or [content("No file here begins like this", "$muted")])

    def action_complete(self) -> None:
        """Complete the path as far as it is clear."""
        field = self.query_one("#path", TextField)
        start = common_start(self._names)
        if len(start) > len(field.value.strip()):
            field.value = start
            field.cursor_position = len(start)

    # Reading and importing ----------------------------------------------------------------------------------------

    @on(Input.Submitted)
    def action_go(self) -> None:
        """Read the files; when they are read, import them."""
        typed = self.query_one("#path", TextField).value.strip()
        if self._state == "path" and typed:
            self._files = files_of(typed)
            self._look()
        elif self._state == "read":
            self._import()

    def _look(self) -> None:
        """Try the import out with what is chosen now: on the first rows at once, then on all of them."""
        self._called_off.set()
        self._state = "reading"
        self._ask(FIRST)

    def _ask(self, first: int | None) -> None:
        """Look at the first rows, or at all; an answer that is not waited for any more is nothing."""
        wishes = self._choices.wishes(True) | {"first": first, "dry_run": True}
        files, progress = self._files, self._begin()
        asked = self._called_off
        self.home.ops.query(
            "dry run",
            lambda s: import_beside(s, progress, files, wishes)[0],
            lambda view: self._read(view) if self._called_off is asked else None,
            lambda error: self._wrong(error) if self._called_off is asked else None,
            owner=self,
        )

    def _read(self, view: ImportView) -> None:
        """Show what would happen; as long as only the first rows were looked at, the rest is being counted."""
        self._state = "read"
        self._counting = view.looked_at is not None
        self._rows = 0 if self._counting else sum(file.rows for file in view.files)
        self._choices.learn(view)
        named = len(view.files) > 1
        room, most = self.query_one("#report").size.width, 0 if named else LINES
        told = (report(file, named, view.looked_at, room=room, most=most) for file in view.files)
        self._report([line for lines in told for line in lines])
        self._show_choices(True)
        taken = sum(file.created + file.updated + sum(file.touches.values()) for file in view.files)
        if self._counting:
            self.call_later(self._ask, None)  # the look at the first rows ends before the next begins
        elif taken:
            people = wording.count(taken, "prospect")
            self._tell(f"enter imports {people} · one undo takes it back · esc leaves", "$accent")
        else:
            self._tell("There is nothing to import in this file", "$overdue")

    # Importing ----------------------------------------------------------------------------------------------------

    def _wrong(self, error: FollowupError) -> None:
        self._counting = False
        if self._choices.columns or self._choices.encoding or self._choices.delimiter:
            self._state = "read"  # what was chosen can be changed again
            self._show_choices(True)
        else:
            self._state = "path"
        self._tell("Called off" if self._called_off.is_set() else str(error), "$error")

    def _import(self) -> None:
        self._state, self._counting = "importing", False
        self._called_off.set()
        self.query_one("#path").disabled = True
        self.set_focus(None)
        files, wishes, progress = self._files, self._choices.wishes(False), self._begin()
        self.home.ops.mutate(lambda s: import_beside(s, progress, files, wishes), self._imported, self._failed)

    def _begin(self) -> Callable[[int], bool]:
        """Return what the worker tells how many rows are done, and which tells it to stop."""
        off = self._called_off = threading.Event()
        self._done, self._began = 0, time.monotonic()

        def progress(done: int) -> bool:
            self._done = done
            return not off.is_set()

        return progress

    def _tick(self) -> None:
        if self._called_off.is_set():
            return
        if self._state == "reading":
            self._tell(f"reading … {wording.count(self._done, 'row')} · esc calls it off", "$accent")
        elif self._state == "read" and self._counting:
            rows = wording.count(self._done, "row")
            self._tell(f"counting … {rows} so far · enter imports the whole file · esc leaves", "$accent")
        elif self._state == "importing" and not self._rows:
            self._tell(f"importing … {wording.count(self._done, 'row')} · esc calls it off", "$accent")
        elif self._state == "importing":
            line = progress_line(self._done, self._rows, time.monotonic() - self._began, self.home.config.symbols)
            self._tell(f"{line} · esc calls it off", "$accent")

    def _imported(self, view: ImportView) -> None:
        created = sum(file.created for file in view.files)
        updated = sum(file.updated for file in view.files)
        rejected = sum(len(file.rejected) for file in view.files)
        words = [f"Imported {wording.count(created, 'prospect')}"]
        words += [f"{updated:,} updated"] if updated else []
        words += [f"{rejected:,} rejected"] if rejected else []
        if view.similar:
            words.append(f"{wording.count(view.similar, 'looks', 'look')} like people you know: M looks at the pairs")
        elif view.similar is None and created:
            words.append("too many to compare in passing: M looks for people who are there twice")
        self.home.say(" · ".join([*words, "u undo"]))
        self.leave()

    def _failed(self, error: FollowupError) -> None:
        self._state = "read"
        off = self._called_off.is_set()
        self.query_one("#path", TextField).disabled = False
        self._show_choices(True)
        self._tell("Called off; nothing was stored" if off else str(error), "$overdue" if off else "$error")

    def action_close(self) -> None:
        """Call the import off while it runs; else leave."""
        if self._state in ("reading", "importing"):
            self._called_off.set()
            self._tell("calling off …")
        else:
            self._called_off.set()
            self.dismiss(None)

    def _report(self, lines: list[Content]) -> None:
        self.query_one("#report", Static).update(Content("\n").join(lines), layout=False)

    def _tell(self, text: str, style: str = "$muted") -> None:
        self.query_one("#going", Static).update(content(text, style), layout=False)
