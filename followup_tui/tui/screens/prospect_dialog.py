"""The form of a prospect: a quick one to add, the same filled in to change; no error loses what was typed."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult

from followup_tui.services.views import ProspectDraft, ProspectView
from followup_tui.tui import wording
from followup_tui.tui.keeping import NEW
from followup_tui.tui.screens.form import Form
from followup_tui.tui.text import clean, content
from followup_tui.tui.widgets.form_fields import Choice, TextField

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


class ProspectForm(Form[None]):
    """The fields of a prospect; a name is the only thing needed."""

    FIELD = "#name"
    VERB = "Add"
    LINES: ClassVar[tuple[tuple[str, str, str], ...]] = LINES

    @property
    def heading(self) -> str:
        """What is done."""
        return f"{self.VERB} a prospect"

    def rows(self) -> ComposeResult:
        """Yield the fields, the choices behind what is in it for them."""
        symbols = self.home.config.symbols
        for name, label, hint in self.LINES:
            yield from self.row(label, TextField(id=name, hint=hint))
            if name == "benefit":
                yield from self.row("relation", Choice(RELATIONS, "cold", id="relation", symbols=symbols))
                sides = ("we came to them", "they came to us")
                yield from self.row("inbound", Choice(sides, "", id="inbound", symbols=symbols))

    def action_save(self) -> None:
        """Save once there is a name."""
        if self.values()["name"]:
            super().action_save()
            return
        self.say("A prospect needs a name", "$error")
        self.query_one("#name").focus()

    def saved(self, prospect: ProspectView, said: str) -> None:
        """Close and say so."""
        self.home.say(said)
        self.leave()


class AddDialog(ProspectForm):
    """Adds a prospect; without a cadence the relation decides which one it starts. What is typed is kept as a draft."""

    def on_mount(self) -> None:
        """Fill in what an earlier session left, once the empty form is known."""
        super().on_mount()
        self.call_after_refresh(self._bring_back)

    def _bring_back(self) -> None:
        try:
            kept = json.loads(self.home.drafts.get(NEW) or "{}")
        except ValueError:  # somebody else wrote into the file
            kept = {}
        for field in self.query(TextField):
            if isinstance(kept, dict) and not field.value and field.id in kept:
                field.value = str(kept[field.id])

    @on(TextField.Changed)
    def _keep(self) -> None:
        typed = {name: text for name, text in self.values().items() if text and text != self._before.get(name)}
        self.home.drafts[NEW] = json.dumps(typed) if typed else ""

    def action_close(self) -> None:
        """Leave; what was thrown away is no draft any more."""
        if self._warned:
            self.home.drafts.pop(NEW, None)
        super().action_close()

    def save(self, values: dict[str, str]) -> None:
        """Add it."""
        typed = {name: value for name, value in values.items() if value and value != self._before[name]}
        draft = draft_of(typed)
        self.home.ops.mutate(lambda services: services.prospects.add(draft), self._added, self.refused)

    def _added(self, prospect: ProspectView) -> None:
        self.home.drafts.pop(NEW, None)
        now = self.home.clock.now()
        what = f"Added {prospect.name}"
        if prospect.next_touch is not None and now is not None:
            what += f" → {wording.next_touch(prospect.next_touch, now.date(), prospect.steps_total)}"
        self.saved(prospect, f"{what} · u undo")


class EditDialog(ProspectForm):
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
