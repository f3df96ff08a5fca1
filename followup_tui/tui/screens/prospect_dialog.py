"""The form of a prospect: a quick one to add, the same filled in to change; no error loses what was typed."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Label, Static

from followup_tui.errors import FollowupError
from followup_tui.services.views import ProspectDraft, ProspectView
from followup_tui.tui import commands, dialog_bindings, wording
from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.text import clean, content
from followup_tui.tui.widgets.form_fields import Choice, TextField

if TYPE_CHECKING:
    from textual.widget import Widget

LINES = (
    ("name", "name", "the only one needed"),
    ("company", "company", ""),
    ("title", "title", "what they do there"),
    ("phone", "phone", "+49 30 …"),
    ("mobile", "mobile", "for texts"),
    ("email", "email", ""),
    ("address", "address", "for visits, letters, gifts"),
    ("why", "why", "why they came or agreed to talk"),
    ("benefit", "benefit", "what is in it for them"),
    ("tags", "tags", "roof berlin …"),
)
"""Field, label, hint."""
MORE = (
    ("fax", "fax", ""),
    ("zone", "zone", "Europe/Berlin; what you save is confirmed"),
    ("birthday", "birthday", "1980-05-24 or 24.5."),
    ("source", "source", "where they came from"),
    ("pace", "pace", "normal · gentle · +3 +7 +14"),
    ("goal", "goal", "quick response · positive outcome"),
    ("phase", "phase", "curiosity · annoyance · resentment · respect · auto"),
    ("note", "note", ""),
)
"""What only a change asks for."""
RELATIONS = ("cold", "engaged", "nurture", "customer", "pool")
_DRAFT = {field.name for field in fields(ProspectDraft)}


class Form(Dialog[None]):
    """Enter goes on to the next field and saves in the last one; ctrl+s and the button save from anywhere."""

    HEADING = "Form"
    FIELD = "#name"
    BINDINGS = commands.as_bindings(dialog_bindings.FORM)
    VERB = "Add"
    LINES: ClassVar[tuple[tuple[str, str, str], ...]] = LINES

    def __init__(self) -> None:
        super().__init__()
        self._saving = False
        self._warned = False
        self._before: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """Lay the fields out in rows."""
        with VerticalScroll(id="form", classes="box", can_focus=False) as form:
            form.border_title = content(f" {self.VERB} a prospect ")
            for name, label, hint in self.LINES:
                with Horizontal(classes="row"):
                    yield Label(content(label), classes="label")
                    yield TextField(id=name, hint=hint)
                if name == "benefit":
                    yield from self._choices()
            with Horizontal(classes="row"):
                yield Label("", classes="label")
                yield Button(Content("Save"), id="save", compact=True, variant="primary")
                yield Static(id="problem", markup=False)

    def _choices(self) -> ComposeResult:
        symbols = self.home.config.symbols
        with Horizontal(classes="row"):
            yield Label(content("relation"), classes="label")
            yield Choice(RELATIONS, "cold", id="relation", symbols=symbols)
        with Horizontal(classes="row"):
            yield Label(content("inbound"), classes="label")
            yield Choice(("we came to them", "they came to us"), "", id="inbound", symbols=symbols)

    def on_mount(self) -> None:
        """Remember what an untouched form holds."""
        super().on_mount()
        self._before = self.values()
        self.say("enter next field · ctrl+s save · esc leave", "$muted")

    # Fields -------------------------------------------------------------------------------------------------------

    def _inputs(self) -> list[Widget]:
        """Return the fields in their order, the button last."""
        return [widget for widget in self.query("TextField, Choice, Button") if widget.display]

    def values(self) -> dict[str, str]:
        """Return what stands in the fields."""
        values = {field.id or "": field.value.strip() for field in self.query(TextField)}
        return values | {choice.id or "": choice.value for choice in self.query(Choice) if choice.display}

    def say(self, text: str, style: str) -> None:
        """Show a line beside the button."""
        self.query_one("#problem", Static).update(content(text, style), layout=False)

    def action_field(self, by: int) -> None:
        """Go to the field below or above."""
        inputs = self._inputs()
        place = inputs.index(self.focused) if self.focused in inputs else -1
        self.set_focus(inputs[(place + by) % len(inputs)])

    def takes(self, event: events.Key) -> bool:
        """Go on to the next field with enter at once, so that what is typed right behind stands in it."""
        inputs = self._inputs()
        if event.key != "enter" or self.focused not in inputs[:-2]:
            return False
        self.action_field(1)
        return True

    @on(TextField.Submitted)
    @on(Choice.Submitted)
    def _go_on(self, event: TextField.Submitted | Choice.Submitted) -> None:
        inputs = self._inputs()
        if self.focused is inputs[-2]:
            self.action_save()
        else:
            self.action_field(1)

    @on(TextField.Changed)
    @on(Choice.Changed)
    def _typed(self) -> None:
        self._warned = False

    @on(Button.Pressed)
    def action_save(self) -> None:
        """Save; the form stays until that is done."""
        values = self.values()
        if not values["name"]:
            self.say("A prospect needs a name", "$error")
            self.query_one("#name").focus()
            return
        if not self._saving:
            self._saving = True
            self.save(values)

    def save(self, values: dict[str, str]) -> None:
        """Write what is needed; subclasses."""
        raise NotImplementedError

    def saved(self, prospect: ProspectView, said: str) -> None:
        """Close and say so."""
        self.home.say(said)
        if self.is_current:
            self.dismiss(None)

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


class AddDialog(Form):
    """Adds a prospect; without a cadence the relation decides which one it starts."""

    def save(self, values: dict[str, str]) -> None:
        """Add it."""
        typed = {name: value for name, value in values.items() if value and value != self._before[name]}
        draft = draft_of(typed)
        self.home.ops.mutate(lambda services: services.prospects.add(draft), self._added, self.refused)

    def _added(self, prospect: ProspectView) -> None:
        now = self.home.clock.now()
        what = f"Added {prospect.name}"
        if prospect.next_touch is not None and now is not None:
            what += f" → {wording.next_touch(prospect.next_touch, now.date(), prospect.steps_total)}"
        self.saved(prospect, f"{what} · u undo")


class EditDialog(Form):
    """Changes a prospect: only the fields that differ are saved."""

    VERB = "Edit"
    LINES = (*LINES, *MORE)

    def __init__(self, prospect: str) -> None:
        super().__init__()
        self._prospect = prospect
        self._stored = False

    def on_mount(self) -> None:
        """Fetch what is stored; the relation is not typed, it follows from what happens."""
        super().on_mount()
        for choice in self.query(Choice):
            choice.display = False
            if choice.parent is not None:
                choice.parent.display = False
        self.home.ops.query(
            "form", lambda services: services.prospects.get(self._prospect), self._fill, self.refused, owner=self
        )

    def _fill(self, prospect: ProspectView) -> None:
        """Fill in what nobody typed over meanwhile."""
        for field in self.query(TextField):
            name = field.id or ""
            stored = " ".join(prospect.tags) if name == "tags" else getattr(prospect, name)
            if not field.value:
                field.value = stored
                field.cursor_position = len(field.value)
            self._before[name] = clean(stored).strip()
        self.query_one("#form").border_title = content(f" Edit · {prospect.name} ")
        self._stored = True

    def save(self, values: dict[str, str]) -> None:
        """Save what differs."""
        changed = {name: value for name, value in values.items() if value != self._before.get(name)}
        if not changed or not self._stored:
            self.dismiss(None)
            return
        draft = draft_of(changed)
        self.home.ops.mutate(
            lambda services: services.prospects.edit(self._prospect, draft),
            lambda done: self.saved(done, f"Changed {', '.join(changed)} · {done.name} · u undo"),
            self.refused,
        )


def draft_of(values: dict[str, str]) -> ProspectDraft:
    """Return the draft of what was typed."""
    draft: dict[str, Any] = {name: value for name, value in values.items() if name in _DRAFT}
    if "tags" in draft:
        draft["tags"] = tuple(draft["tags"].replace(",", " ").split())
    if "inbound" in draft:
        draft["inbound"] = draft["inbound"] == "they came to us"
    return ProspectDraft(**draft)
