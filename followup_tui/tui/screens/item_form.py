"""The form of a value item."""

from __future__ import annotations

from textual.app import ComposeResult

from followup_tui.services.views import ValueDraft, ValueItemView
from followup_tui.tui.screens.form import Form
from followup_tui.tui.widgets.form_fields import Choice, TextField

KINDS = ("article", "press", "update", "gift", "picture", "card", "invitation")


class ItemForm(Form[None]):
    """Only the title is needed."""

    FIELD = "#title"

    def __init__(self, item: ValueItemView | None) -> None:
        super().__init__()
        self._item = item

    @property
    def heading(self) -> str:
        """New, or which one."""
        return f"Edit · {self._item.title}" if self._item else "New value item"

    def rows(self) -> ComposeResult:
        """Yield what can be said of an item."""
        item = self._item
        yield from self.row("title", TextField(item.title if item else "", id="title", hint="storm-damage checklist"))
        kind = item.kind if item else KINDS[0]
        yield from self.row("kind", Choice(KINDS, kind, id="kind", symbols=self.home.config.symbols))
        yield from self.row("link", TextField(item.link if item else "", id="link", hint="https://…"))
        yield from self.row("about", TextField(item.text if item else "", id="text", hint="what is in it for them"))
        channels = ", ".join(item.channels) if item else ""
        yield from self.row("channels", TextField(channels, id="channels", hint="email, mail; empty: any"))
        tags = " ".join(item.tags) if item else ""
        yield from self.row("tags", TextField(tags, id="tags", hint="those of people it fits come first"))

    def save(self, values: dict[str, str]) -> None:
        """Keep the item."""
        draft = ValueDraft(
            title=values["title"],
            kind=values["kind"],
            text=values["text"] if self._item is None or values["text"] != self._before["text"] else None,
            link=values["link"],
            channels=tuple(filter(None, map(str.strip, values["channels"].split(",")))),
            tags=tuple(values["tags"].split()),
        )
        id = self._item.id if self._item else ""

        def kept(item: ValueItemView) -> None:
            self.home.say(f"{'Changed' if id else 'Kept'}: {item.title} · u undo")
            self.leave()

        self.home.ops.mutate(
            lambda services: services.library.edit(id, draft) if id else services.library.add(draft), kept, self.refused
        )
