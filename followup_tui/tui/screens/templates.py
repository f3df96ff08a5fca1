"""Templates: what to say, previewed for the selected prospect, and looked over by the linter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from followup_tui.services.changes import Changes
from followup_tui.services.views import FindingView, MessageView, TemplateView
from followup_tui.tui import bindings, commands, wording
from followup_tui.tui.screens.library import answered
from followup_tui.tui.screens.place import Place
from followup_tui.tui.text import content
from followup_tui.tui.widgets.canvas import Canvas
from followup_tui.tui.widgets.header import Header
from followup_tui.tui.widgets.key_line import KeyLine
from followup_tui.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services


class TemplateList(LineList):
    """Templates, one a line."""

    def __init__(self) -> None:
        super().__init__(id="list")
        self._templates: Sequence[TemplateView] = ()

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._templates)

    @property
    def current(self) -> TemplateView | None:
        """The template under the cursor."""
        return self._templates[self.cursor] if self._templates else None

    def set_templates(self, templates: Sequence[TemplateView]) -> None:
        """Show templates; the cursor stays on its place."""
        self._templates = templates
        self.show()

    def draw_head(self, canvas: Canvas) -> None:
        """Name the columns."""
        canvas.skip_to(1).cell("name", 26, "muted").cell("tags", 12, "muted").cell("sent", 5, "muted", right=True)
        canvas.cell("answered", 14, "muted", right=True).skip_to(canvas.at + 1).write("for", "muted")

    def draw_row(self, row: int, canvas: Canvas) -> None:
        """Draw a template."""
        one = self._templates[row]
        canvas.skip_to(1).cell(one.name, 26, "strong").cell(" ".join(one.tags), 12, "muted")
        canvas.cell(f"{one.used:,}" if one.used else "–", 5, "text", right=True)
        canvas.cell(answered(one.used, one.answered), 14, "value" if one.answered else "muted", right=True)
        canvas.skip_to(canvas.at + 1).write(", ".join(one.channels) or "any channel", "muted")


Shown = tuple[tuple[FindingView, ...], MessageView | None]


def look(services: Services, template: TemplateView, prospect: str | None) -> Shown:
    """Read what the linter says, and the template filled for a prospect."""
    found = services.templates.check(template.body, template.subject)
    filled = None
    if prospect is not None:
        channel = template.channels[0] if template.channels else "email"
        filled = services.compose.prepare(prospect, channel=channel, template=template.id)
    return found, filled


class TemplatesScreen(Place):
    """A list; below it the chosen template, filled for the next in today's queue where there is one."""

    HEADING = "Templates"
    BINDINGS = commands.as_bindings(bindings.TEMPLATES)
    AUTO_FOCUS: ClassVar[str] = "TemplateList"

    def __init__(self, prospect: str | None = None) -> None:
        super().__init__()
        self._prospect = prospect

    def compose(self) -> ComposeResult:
        """Show the empty frame."""
        yield Header()
        yield TemplateList()
        yield Static(id="about", markup=False)
        yield KeyLine()

    def concerned(self, changes: Changes | None) -> bool:
        """Templates, and touches written from them."""
        return changes is None or bool({"template", "journal"} & changes.tables)

    def reload(self) -> None:
        """Read them again."""
        self.home.ops.query("templates", lambda services: services.templates.list(), self._show, owner=self)

    def _show(self, templates: Sequence[TemplateView]) -> None:
        found = self.query_one(TemplateList)
        found.border_title = content(f" {wording.count(len(templates), 'template')} ", "$muted")
        found.set_templates(templates)
        if not templates:
            self.query_one("#about", Static).update(content("No templates: a adds one", "$muted"))

    @on(LineList.Moved)
    def _moved(self) -> None:
        one = self.query_one(TemplateList).current
        if one is None:
            return
        who = self._prospect
        self.home.ops.query(
            "look",
            lambda services: look(services, one, who),
            lambda got: self._draw(one, *got),
            lambda _: self._draw(one, (), None),
            owner=self,
        )

    def _draw(self, one: TemplateView, found: tuple[FindingView, ...], filled: MessageView | None) -> None:
        about = self.query_one("#about", Static)
        source = f" · after {one.source}" if one.source else ""
        about.border_title = content(f" {'For ' + filled.name if filled else 'As it is kept'}{source} ", "$muted")
        bad, good = ("x", "ok") if self.home.config.symbols == "ascii" else ("✗", "✓")
        lines = [content(f"{bad} {rule.line} ({rule.source})", "$overdue") for rule in found if not rule.ok]
        fine = " · ".join(rule.line for rule in found if rule.ok)
        lines += [content(f"{good} {fine}", "$muted")] if fine else []
        lines.append(content((filled or one).subject, "bold $next"))
        lines.append(content((filled or one).body, one_line=False))
        about.update(Content("\n").join(lines))

    def action_add_template(self) -> None:
        """Ask for a new template."""
        from followup_tui.tui.screens.template_form import TemplateForm

        self.home.push_screen(TemplateForm(None))

    @on(LineList.Chosen)
    def action_edit(self) -> None:
        """Ask for changes to the template."""
        from followup_tui.tui.screens.template_form import TemplateForm

        one = self.query_one(TemplateList).current
        if one is not None:
            self.home.push_screen(TemplateForm(one))

    def action_remove(self) -> None:
        """Take the template out."""
        one = self.query_one(TemplateList).current
        if one is None:
            return
        id = one.id

        def remove(services: Services) -> tuple[tuple[TemplateView, bool], Changes]:
            gone, retired, changes = services.templates.remove(id)
            return (gone, retired), changes

        self.home.ops.mutate(
            remove, lambda done: self.home.say(f"{'Retired' if done[1] else 'Removed'}: {done[0].name} · u undo")
        )
