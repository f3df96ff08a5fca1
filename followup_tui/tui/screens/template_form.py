"""The form of a template: the linter and unknown placeholders are shown while it is written."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Label, Static, TextArea

from followup_tui.domain import linter
from followup_tui.domain.placeholders import PLACEHOLDERS, require_known
from followup_tui.errors import PhraseError
from followup_tui.services.views import TemplateDraft, TemplateView
from followup_tui.tui.screens.form import Form
from followup_tui.tui.text import content
from followup_tui.tui.widgets.form_fields import TextField
from followup_tui.tui.widgets.writing import Writing

BLANK = "Hello {first_name},\n\n\n\n{my_name}\n{my_phone} · {my_email}"


class TemplateForm(Form[None]):
    """Enter in the words is a new line; ctrl+s saves from anywhere."""

    FIELD = "#name"

    def __init__(self, template: TemplateView | None) -> None:
        super().__init__()
        self._template = template

    @property
    def heading(self) -> str:
        """New, or which one."""
        return f"Edit · {self._template.name}" if self._template else "New template"

    def rows(self) -> ComposeResult:
        """Yield what a template has."""
        one = self._template
        yield from self.row("name", TextField(one.name if one else "", id="name", hint="what you call it"))
        channels = ", ".join(one.channels) if one else ""
        yield from self.row("channels", TextField(channels, id="channels", hint="email, mail; empty: any"))
        yield from self.row("tags", TextField(" ".join(one.tags) if one else "", id="tags", hint="challenge, relate"))
        yield from self.row("subject", TextField(one.subject if one else "", id="subject"))
        with Horizontal(classes="row tall"):
            yield Label(content("words"), classes="label")
            yield Writing(one.body if one else BLANK, id="body")
        yield Static(id="checked", markup=False)

    def on_mount(self) -> None:
        """Look at once."""
        super().on_mount()
        self._look()

    def inputs(self) -> list[Widget]:
        """Return the fields in their order, the button last."""
        return [widget for widget in self.query("TextField, Writing, Button") if widget.display]

    def values(self) -> dict[str, str]:
        """Return what stands in the fields, and the words."""
        return super().values() | {"body": self.query_one(Writing).text.strip()}

    def takes(self, event: events.Key) -> bool:
        """Leave enter to the words."""
        return not isinstance(self.focused, Writing) and super().takes(event)

    @on(TextField.Changed)
    @on(TextArea.Changed)
    def _look(self) -> None:
        """Show what the linter says, and the places there are."""
        self._warned = False
        values, config = self.values(), self.home.config
        pane = self.query_one("#checked", Static)
        try:
            require_known(values["subject"], "subject")
            require_known(values["body"], "words")
        except PhraseError as error:
            pane.update(content(str(error), "$error"))
            return
        found = linter.lint_template(values["body"], values["subject"], limit=config.limits.words)
        bad = "x" if config.symbols == "ascii" else "✗"
        lines = [content(f"{bad} {one.line} ({one.source})", "$overdue") for one in found if not one.ok]
        lines.append(content(" ".join(f"{{{name}}}" for name in PLACEHOLDERS), "$muted"))
        pane.update(Content("\n").join(lines))

    def save(self, values: dict[str, str]) -> None:
        """Keep the template."""
        draft = TemplateDraft(
            name=values["name"],
            channels=tuple(filter(None, map(str.strip, values["channels"].split(",")))),
            subject=values["subject"],
            body=values["body"],
            tags=tuple(values["tags"].replace(",", " ").split()),
        )
        id = self._template.id if self._template else ""

        def kept(one: TemplateView) -> None:
            self.home.say(f"{'Changed' if id else 'Kept'}: {one.name} · u undo")
            self.leave()

        self.home.ops.mutate(
            lambda services: services.templates.edit(id, draft) if id else services.templates.add(draft),
            kept,
            self.refused,
        )
