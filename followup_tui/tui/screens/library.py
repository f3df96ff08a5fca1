"""The value library: what there is to give, how often it was given, and what came back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from followup_tui.services.changes import Changes
from followup_tui.services.views import PromptView, ValueItemView
from followup_tui.tui import bindings, commands, wording
from followup_tui.tui.screens.place import Place
from followup_tui.tui.text import content
from followup_tui.tui.widgets.canvas import Canvas
from followup_tui.tui.widgets.header import Header
from followup_tui.tui.widgets.key_line import KeyLine
from followup_tui.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services


class ItemList(LineList):
    """Value items, one a line."""

    def __init__(self) -> None:
        super().__init__(id="list")
        self._items: Sequence[ValueItemView] = ()

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    @property
    def current(self) -> ValueItemView | None:
        """The item under the cursor."""
        return self._items[self.cursor] if self._items else None

    def set_items(self, items: Sequence[ValueItemView]) -> None:
        """Show items; the cursor stays on its place."""
        self._items = items
        self.show()

    def draw_head(self, canvas: Canvas) -> None:
        """Name the columns."""
        wide = max(16, canvas.room - 56)
        canvas.skip_to(1).cell("title", wide, "muted").cell("kind", 10, "muted").cell("given", 5, "muted", right=True)
        canvas.cell("answered", 14, "muted", right=True).skip_to(canvas.at + 1).write("tags", "muted")

    def draw_row(self, row: int, canvas: Canvas) -> None:
        """Draw an item."""
        item = self._items[row]
        wide = max(16, canvas.room - 56)
        canvas.skip_to(1).cell(item.title, wide, "strong").cell(item.kind, 10, "muted")
        canvas.cell(f"{item.given:,}" if item.given else "–", 5, "text", right=True)
        canvas.cell(answered(item.given, item.answered), 14, "value" if item.answered else "muted", right=True)
        canvas.skip_to(canvas.at + 1).write(" ".join(item.tags), "muted")


def answered(sent: int, back: int) -> str:
    """Return how often they answered: `3 of 8, 38 %`."""
    return f"{back} of {sent}, {100 * back // sent} %" if sent else "–"


class LibraryScreen(Place):
    """A list; below it the chosen item, or ideas while there is none."""

    HEADING = "Value library"
    BINDINGS = commands.as_bindings(bindings.LIBRARY)
    AUTO_FOCUS: ClassVar[str] = "ItemList"

    def compose(self) -> ComposeResult:
        """Show the empty frame."""
        yield Header()
        yield ItemList()
        yield Static(id="about", markup=False)
        yield KeyLine()

    def concerned(self, changes: Changes | None) -> bool:
        """Items, and touches that give them."""
        return changes is None or bool({"value_item", "journal"} & changes.tables)

    def reload(self) -> None:
        """Read them again."""
        self.home.ops.query(
            "library", lambda s: (s.library.items(), s.library.prompts()), lambda got: self._show(*got), owner=self
        )

    def _show(self, items: Sequence[ValueItemView], prompts: Sequence[PromptView]) -> None:
        found = self.query_one(ItemList)
        found.border_title = content(f" Value library · {wording.count(len(items), 'item')} ", "$muted")
        found.set_items(items)
        if not items:
            lines = [content("Nothing to give yet: a adds an item. Think of", "$foreground")]
            lines += [content(f"  {one.kind:<11} {one.prompt}", "$muted") for one in prompts]
            self.query_one("#about", Static).update(Content("\n").join(lines))

    @on(LineList.Moved)
    def _moved(self) -> None:
        item = self.query_one(ItemList).current
        if item is None:
            return
        channels = ", ".join(item.channels) or "any channel"
        lines = [content(item.title, "bold $next"), content(f"{item.kind} · {channels}", "$muted")]
        lines += [content(item.link, "$accent")] if item.link else []
        lines += [Content(""), content(item.text, one_line=False)] if item.text else []
        back = (
            f"given {wording.count(item.given, 'time')}, answered within 14 days: {answered(item.given, item.answered)}"
        )
        lines += [Content(""), content(back if item.given else "not given yet", "$value")]
        self.query_one("#about", Static).update(Content("\n").join(lines))

    def action_add_item(self) -> None:
        """Ask for a new item."""
        from followup_tui.tui.screens.item_form import ItemForm

        self.home.push_screen(ItemForm(None))

    @on(LineList.Chosen)
    def action_edit(self) -> None:
        """Ask for changes to the item."""
        from followup_tui.tui.screens.item_form import ItemForm

        item = self.query_one(ItemList).current
        if item is not None:
            self.home.push_screen(ItemForm(item))

    def action_open(self) -> None:
        """Show its link in the browser."""
        item = self.query_one(ItemList).current
        if item is None or not item.link:
            self.home.say("There is no link to open · E adds one")
            return
        link = item.link
        self.home.ops.query("link", lambda s: s.reach.open_link(link), lambda _: self.home.say(f"Opened {link}"))

    def action_remove(self) -> None:
        """Take the item out."""
        item = self.query_one(ItemList).current
        if item is None:
            return
        id = item.id

        def told(done: tuple[ValueItemView, bool]) -> None:
            self.home.say(f"{'Retired' if done[1] else 'Removed'}: {done[0].title} · u undo")

        def remove(services: Services) -> tuple[tuple[ValueItemView, bool], Changes]:
            one, retired, changes = services.library.remove(id)
            return (one, retired), changes

        self.home.ops.mutate(remove, told)
