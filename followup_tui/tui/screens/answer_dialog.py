"""A decision: the question in words, and what each answer would do. The highlighted one is never taken by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip
from textual.widgets import Static

from followup_tui.records import dataclass
from followup_tui.services.views import ChoiceView, DecisionView
from followup_tui.tui import commands, dialog_bindings
from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.text import clean, content, fit
from followup_tui.tui.widgets.paint import Painter

if TYPE_CHECKING:
    from followup_tui.language.dates import When


@dataclass(frozen=True, slots=True)
class Answer:
    """A choice with what it asked for."""

    choice: str
    until: date | None = None
    at: time | None = None
    cadence: str | None = None
    reason: str = ""


class Choices(Painter):
    """One line a choice: its key, its name, its consequence."""

    def __init__(self, choices: tuple[ChoiceView, ...], cursor: int) -> None:
        super().__init__(id="choices")
        self._choices = choices
        self.cursor = cursor

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return one line a choice."""
        return len(self._choices)

    def render_line(self, y: int) -> Strip:
        """Draw one choice."""
        width = self.size.width
        if y >= len(self._choices):
            return self.strip((), width)
        choice = self._choices[y]
        asks = {"when": "  (asks when)", "cadence": "  (asks which)", "reason": "  (a reason may follow)"}.get(
            choice.asks, ""
        )
        pieces = [
            (f"  {clean(choice.key)}  ", "key"), (fit(choice.choice, 16), "strong"),
            (fit(clean(choice.consequence) + asks, max(0, width - 22)), "muted"),
        ]  # fmt: skip
        return self.strip(pieces, width, marked=y == self.cursor)


class AnswerDialog(Dialog[Answer]):
    """Keys take a choice at once, enter the highlighted one; a choice that needs more asks for it."""

    HEADING = "Answer"
    BINDINGS = commands.as_bindings(dialog_bindings.ANSWER)

    def __init__(self, decision: DecisionView) -> None:
        super().__init__()
        self._decision = decision
        names = [choice.choice for choice in decision.choices]
        self._start = names.index(decision.preselected) if decision.preselected in names else 0

    def compose(self) -> ComposeResult:
        """Show the question above the choices."""
        with Vertical(id="answer", classes="box"):
            yield Static(content(self._decision.text, "bold"), id="question")
            yield Choices(self._decision.choices, self._start)

    def on_mount(self) -> None:
        """Name the box."""
        super().on_mount()
        who = self._decision.prospect
        box = self.query_one("#answer")
        company = content(f" · {clean(who.company)}" if who.company else "", "$muted")
        box.border_title = Content.assemble("Decision · ", content(who.name, "bold"), company)
        box.border_subtitle = Content("one key answers · ↑ ↓ and enter · esc later")

    def on_key(self, event: events.Key) -> None:
        """Take the choice of a key."""
        for choice in self._decision.choices:
            if event.character == choice.key or event.key == choice.key:
                event.stop()
                self._take(choice)
                return

    def action_cursor(self, by: int) -> None:
        """Highlight another choice."""
        choices = self.query_one(Choices)
        choices.cursor = (choices.cursor + by) % len(self._decision.choices)
        choices.refresh()

    def action_take(self) -> None:
        """Take the highlighted choice."""
        mounted = self.query(Choices)
        at = mounted.first().cursor if mounted else self._start
        self._take(self._decision.choices[at])

    def _take(self, choice: ChoiceView) -> None:
        answer = Answer(choice.choice)
        who = clean(self._decision.prospect.name)
        if choice.asks == "when":
            from followup_tui.tui.screens.when_dialog import WhenDialog

            def said(when: When | None) -> None:
                if when is not None:
                    self.dismiss(replace(answer, until=when.date, at=when.time))

            self.home.push_screen(WhenDialog(f"{choice.choice.capitalize()} · {who}", "when"), said)
        elif choice.asks == "cadence":
            from followup_tui.tui.screens.enrol_dialog import EnrolDialog, Enrolling

            def chosen(wanted: Enrolling | None) -> None:
                if wanted is not None:
                    self.dismiss(replace(answer, cadence=wanted.cadence))

            self.home.push_screen(EnrolDialog(who, None), chosen)
        elif choice.asks == "reason" or self._decision.question == "permission":
            from followup_tui.tui.screens.note_dialog import NoteDialog

            def because(reason: str | None) -> None:
                if reason is not None:
                    self.dismiss(replace(answer, reason=reason))

            title, hint = f"{choice.choice.capitalize()} · {who}", "enter, with or without words · esc"
            label = "reason" if choice.asks else "their words"
            self.home.push_screen(NoteDialog(title, label=label, hint=hint), because)
        else:
            self.dismiss(answer)
