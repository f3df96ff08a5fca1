"""Asks for one date, and time if there is one, in words; says at once what was understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from followup_tui.errors import FollowupError, PhraseError
from followup_tui.tui import wording
from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.text import content
from followup_tui.tui.widgets.field import CleanInput

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services
    from followup_tui.language.dates import When

AHEAD = "tomorrow · tue 3pm · +3d · in 2 weeks · 24.12. 9:00"
BACK = "yesterday · 10:30 · last fri 3pm · 2 days ago"


class WhenDialog(Dialog["When"]):
    """Enter takes what is shown; a phrase that is not understood is never guessed."""

    HEADING = "When"
    FIELD = "#when"

    def __init__(self, title: str, label: str, *, past: bool = False) -> None:
        """`title` is shown as text; `past` looks back, for what has happened already."""
        super().__init__()
        self._title = title
        self._label = label
        self._past = past
        self._understood: When | None = None
        self._reading = False
        self._entered = False

    def compose(self) -> ComposeResult:
        """Show the field, and below it what it means."""
        with Vertical(id="when-box", classes="box small"):
            with Horizontal(classes="line"):
                yield Static(content(self._label), classes="label")
                yield CleanInput(id="when", compact=True)
            yield Static(content(BACK if self._past else AHEAD, "$muted"), id="understood")

    def on_mount(self) -> None:
        """Name the box."""
        box = self.query_one("#when-box")
        box.border_title = Content.assemble(content(self._title, "bold"))
        box.border_subtitle = Content("enter takes it · esc")
        super().on_mount()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._understood = None
        text = event.value
        if not text.strip():
            self._reading = False
            self._say(content(BACK if self._past else AHEAD, "$muted"))
            return
        self._reading = True
        self.home.ops.query("when", lambda services: self._read(services, text), self._read_it, self._wrong, owner=self)

    def _read(self, services: Services, text: str) -> When:
        when = services.when(text, future=not self._past)
        if not self._past and when.date < services.local_today():
            raise PhraseError(f"{when.date:%a} {when.date.day} {when.date:%b %Y} is past", "say a day to come")
        return when

    def _read_it(self, when: When) -> None:
        self._understood, self._reading = when, False
        now = self.home.clock.now()
        today = now.date() if now else when.date
        at = f" · {wording.clock(when.time)}" if when.time else ""
        self._say(content(wording.full_day(when.date, today) + at, "bold $value"))
        if self._entered:
            self.dismiss(when)

    def _wrong(self, error: FollowupError) -> None:
        self._reading = self._entered = False
        self._say(content(str(error), "$overdue"))

    def _say(self, words: Content) -> None:
        self.query_one("#understood", Static).update(words)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        if self._understood is not None:
            self.dismiss(self._understood)
        else:
            self._entered = self._reading
