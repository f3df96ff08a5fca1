"""Commands, people and smart lists by name: type a few letters, enter runs, opens or shows what is found."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.strip import Strip
from textual.widgets import Input

from followup_tui.records import dataclass
from followup_tui.tui import dialog_bindings
from followup_tui.tui.commands import as_bindings, keys_of
from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.screens.help import sections_of
from followup_tui.tui.text import fit
from followup_tui.tui.widgets.field import CleanInput
from followup_tui.tui.widgets.paint import Painter

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services


@dataclass(frozen=True, slots=True)
class Command:
    """One line of the palette."""

    name: str
    keys: str
    place: str
    id: str
    """Of the command; `person:` and an id, or `list:` and a filter."""


PEOPLE, LISTS = "person:", "list:"
MOST = 6
"""People shown, however many are found: more letters find fewer."""
DELAY = 0.06
"""Seconds without a key before people whose names are misspelt are looked for too."""


def around(services: Services, typed: str, *, glance: bool = False) -> list[Command]:
    """Return the lists and the people that words may mean; with a `glance` only those that are found at once."""
    words = typed.casefold().split()
    lists = [
        Command(one.name, "list", "Smart list", f"{LISTS}{one.filter}")
        for one in services.lists.all()
        if all(word in one.name.casefold() for word in words)
    ]
    found = services.prospects.surest(typed, MOST) if glance else services.prospects.search(typed, MOST)
    people = [
        Command(f"{row.name}  {row.company}".rstrip(), row.relation, "Person", f"{PEOPLE}{row.id}") for row in found
    ]
    return [*lists, *people]


def choices(screen: Screen[object], keymap: Mapping[str, str]) -> list[Command]:
    """Return what can be run on a screen, without what only moves the cursor."""
    return [
        Command(binding.tooltip, keys_of(binding, keymap), heading, binding.id or "")
        for heading, commands in sections_of(screen)
        if heading != "Lists"
        for binding in commands
        if binding.id not in ("app.palette", "app.back")
    ]


def matching(commands: list[Command], typed: str) -> list[Command]:
    """Return the commands that hold every word typed; those whose name begins with it first."""
    words = typed.casefold().split()
    found = [c for c in commands if all(word in f"{c.name} {c.id} {c.place}".casefold() for word in words)]
    return sorted(found, key=lambda c: not c.name.casefold().startswith(typed.strip().casefold()))


class Found(Painter):
    """The commands that match, one a line."""

    def __init__(self, commands: list[Command]) -> None:
        super().__init__(id="palette-list")
        self.commands = commands
        self.cursor = 0

    def render_line(self, y: int) -> Strip:
        """Draw one command."""
        width, height = self.size.width, self.size.height
        at = y + max(0, self.cursor - height + 1)
        if at >= len(self.commands):
            return self.strip([(" nothing is called that", "muted")] if not self.commands and y == 0 else (), width)
        command = self.commands[at]
        name = fit(f" {command.name}", max(0, width - 28))
        pieces = [(name, "text"), (fit(command.place, 14), "muted"), (fit(command.keys, 13), "key")]
        return self.strip(pieces, width, marked=at == self.cursor)


class Palette(Dialog[str]):
    """Gives the id of the chosen command."""

    HEADING = "Commands"
    FIELD = "#command"
    BINDINGS = as_bindings(dialog_bindings.PALETTE)

    def __init__(self, commands: list[Command]) -> None:
        super().__init__()
        self._commands = commands
        self._run_next = False
        """Enter was pressed while people were looked for."""

    def compose(self) -> ComposeResult:
        """Show the field above what matches."""
        with Vertical(id="palette", classes="box"):
            yield CleanInput(id="command", compact=True, placeholder="what to do")
            yield Found(self._commands)

    def on_mount(self) -> None:
        """Name the box."""
        box = self.query_one("#palette")
        box.border_title = Content("Commands")
        box.border_subtitle = Content("people and lists too · enter · esc")
        self._timer = self.set_timer(DELAY, self._look, pause=True)
        super().on_mount()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._show(matching(self._commands, event.value))
        self._timer.stop()
        if event.value.strip():
            self._look()

    def _look(self, *, glance: bool = True) -> None:
        """Put lists and people behind the commands that match, a few of these when there are many."""
        typed = self.query_one("#command", Input).value
        commands = matching(self._commands, typed)

        def show(others: list[Command]) -> None:
            if typed != self.query_one("#command", Input).value:
                return
            if others or not glance:
                self._show([*(commands if len(commands) <= MOST else commands[:MOST]), *others], keep=True)
            if glance and sum(one.id.startswith(PEOPLE) for one in others) < MOST:
                self._timer = self.set_timer(DELAY, partial(self._look, glance=False))

        self.home.ops.query(
            "palette", lambda services: around(services, typed, glance=glance), show, lambda _: None, owner=self
        )

    def _show(self, commands: list[Command], *, keep: bool = False) -> None:
        """Show what matches; with `keep` the chosen line stays chosen where it still is."""
        found = self.query_one(Found)
        chosen = found.commands[found.cursor : found.cursor + 1] if keep and found.cursor else []
        found.commands = commands
        found.cursor = commands.index(chosen[0]) if chosen and chosen[0] in commands else 0
        found.refresh()
        if self._run_next and commands:
            self._run()

    def action_cursor(self, by: int) -> None:
        """Choose another one."""
        found = self.query_one(Found)
        if found.commands:
            found.cursor = (found.cursor + by) % len(found.commands)
            found.refresh()

    @on(Input.Submitted)
    def _run(self) -> None:
        found = self.query_one(Found)
        if found.commands:
            self.dismiss(found.commands[found.cursor].id)
        else:
            self._run_next = True
