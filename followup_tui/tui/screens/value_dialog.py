"""What of value a touch gives: items this prospect never got stand first, one key takes one; free words are allowed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from followup_tui.services.views import PromptView, ValueChoiceView
from followup_tui.tui import commands, dialog_bindings, wording
from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.text import content
from followup_tui.tui.widgets.canvas import Canvas
from followup_tui.tui.widgets.field import Field
from followup_tui.tui.widgets.line_list import LineList

Found = tuple[Sequence[ValueChoiceView], Sequence[PromptView], date]


class ChoiceList(LineList):
    """Items for one prospect; those given stand back."""

    head_lines = 0

    def __init__(self, symbols: str) -> None:
        super().__init__(id="choices-given")
        self._mark = "*" if symbols == "ascii" else "◇"
        self._choices: Sequence[ValueChoiceView] = ()
        self._today = date.min

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._choices)

    @property
    def choices(self) -> Sequence[ValueChoiceView]:
        """The items."""
        return self._choices

    def set_choices(self, choices: Sequence[ValueChoiceView], today: date) -> None:
        """Show items."""
        self._choices, self._today = choices, today
        self.show(0)

    def draw_row(self, row: int, canvas: Canvas) -> None:
        """Draw key, title, kind, and when it was given."""
        one = self._choices[row]
        canvas.skip_to(1).cell(str(row + 1) if row < 9 else "", 2, "key")
        canvas.cell(self._mark, 1, "value" if one.given is None else "muted")
        wide = max(10, canvas.room - 34)
        canvas.cell(one.title, wide, "text" if one.given is None else "muted").cell(one.kind, 10, "muted")
        given = "not given yet" if one.given is None else f"given {wording.day(one.given, self._today)}"
        canvas.write(given, "muted")


class ValueDialog(Dialog[str]):
    """Gives the title, or the words typed; None on esc. Keys typed before the items are there wait for them."""

    HEADING = "Value"
    BINDINGS = commands.as_bindings(dialog_bindings.VALUE)

    def __init__(self, prospect: str, channel: str | None, name: str, words: str = "") -> None:
        super().__init__()
        self._prospect, self._channel, self._name, self._words = prospect, channel or "", name, words
        self._waiting: list[events.Key] | None = []

    def compose(self) -> ComposeResult:
        """Show the frame."""
        with Vertical(id="giving", classes="box") as box:
            box.border_title = content(f" Give something of value · {self._name} ")
            box.border_subtitle = content(" a number takes one · v other words · esc ")
            yield ChoiceList(self.home.config.symbols)
            yield Static(id="ideas", markup=False)
            with Horizontal(classes="line"):
                yield Static(content("other words"), classes="label")
                yield Field(self._words, id="given-words", compact=True, select_on_focus=False)

    def on_mount(self) -> None:
        """Ask for the items."""
        super().on_mount()
        who, channel = self._prospect, self._channel
        self.home.ops.query(
            "choices",
            lambda s: (s.library.choices(who, channel), s.library.prompts(), s.local_today()),
            self._show,
            owner=self,
        )

    def keep(self, event: events.Key) -> bool:
        """Take a key typed before the items are there."""
        if self._waiting is None or event.key == "escape":
            return False
        self._waiting.append(event)
        return True

    def takes(self, event: events.Key) -> bool:
        """Take an item by its number."""
        choices = self.query_one(ChoiceList).choices if self._waiting is None else ()
        if isinstance(self.focused, Field) or not event.key.isdigit() or not 1 <= int(event.key) <= len(choices):
            return False
        self.dismiss(choices[int(event.key) - 1].title)
        return True

    def _show(self, found: Found) -> None:
        choices, prompts, today = found
        items = self.query_one(ChoiceList)
        items.set_choices(choices, today)
        items.styles.height = min(10, len(choices))
        fresh = any(one.given is None for one in choices)
        if not fresh:
            ideas = [f"{one.kind:<10}  {one.prompt}" for one in prompts]
            head = "Nothing here they never got. Think of" if choices else "The library is empty (v fills it). Think of"
            lines = "\n".join([head, *ideas[: max(2, self.size.height - 12 - len(choices))]])
            self.query_one("#ideas", Static).update(content(lines, "$muted", one_line=False))
        self.set_focus(items if choices else self.query_one(Field))
        waiting, self._waiting = self._waiting or [], None
        for event in waiting:
            self.app.post_message(events.Key(event.key, event.character))

    def action_number(self) -> None:
        """No item stands there; those that do are taken at once."""

    def action_words(self) -> None:
        """Write other words."""
        self.set_focus(self.query_one(Field))

    @on(LineList.Chosen)
    def action_take(self) -> None:
        """Take the item under the cursor."""
        items = self.query_one(ChoiceList)
        if items.choices:
            self.dismiss(items.choices[items.cursor].title)

    @on(Field.Left)
    def _left(self, event: Field.Left) -> None:
        if event.entered:
            self.dismiss(event.field.value.strip())
        elif not self.query_one(ChoiceList).choices:
            self.dismiss(None)
        else:
            self.set_focus(self.query_one(ChoiceList))
